"""What a name in an answer is made of, who is said to say it, and what an article takes back, through `compose`."""

from __future__ import annotations

import pytest

from index.answering import compose
from index.answering.changes import raised_from
from index.answering.corrections import disowned, is_correction
from index.answering.speakers import speaker
from tests.answering_fixtures import Desk, article


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("But Varmeko bought the Kell Mill in the end.", "Varmeko", "Varmeko"),
        ("On Monday Reed was arrested.", "Reed", "Reed"),
        ("On Monday Tom Reed was arrested.", "Reed", "Tom Reed"),
        ("When Tom Reed won, the town danced.", "Reed", "Tom Reed"),
        ("In Aville the ferry sank.", "Aville", "Aville"),
        ("After Lind won, the town danced.", "Lind", "Lind"),
        ("Near Aville the ferry sank.", "Aville", "Aville"),
        ("AVILLE — But Lind won.", "Lind", "Lind"),
        ("He cried. “In Aville the ferry sank,” he said.", "Aville", "Aville"),
        ("Mayor Tom Reed won.", "Reed", "Tom Reed"),
        ("The winner was Mr Reed.", "Reed", "Reed"),
        ("The mayor, Will Reed, won.", "Reed", "Will Reed"),
        ("It was bought by North Kell Mill.", "Mill", "North Kell Mill"),
        ("On Monday, Jan Reed won.", "Reed", "Jan Reed"),
        ("Former Prime Minister Anna Lind won.", "Lind", "Anna Lind"),
        ("Anna Maria Lind won.", "Lind", "Anna Maria Lind"),
        ("Reed won. The prize went to Tom Reed.", "Reed", "Reed"),
        ("Tom Reed and Ada Reed won.", "Reed", "Reed"),
    ],
)
def test_a_name_is_completed_by_its_first_names_alone(text: str, marked: str, expected: str) -> None:
    answer = Desk([article("one", text)]).ask("Who won the prize?", (0, marked, 9.0))
    assert answer.text == expected


SAID = [
    ("“We are safe,” said the mayor of Aville.", None),
    ("“We are safe,” said his wife, who lives in Beeton.", None),
    ("“We are safe,” said a nurse at Beeton Hospital.", None),
    ("“We are safe,” said a man from Aville, Ohio.", None),
    ("“We are safe,” said Aville residents.", None),
    ("“We are safe,” said Capt. Tom Reed.", "Tom Reed"),
    ("“We are safe,” said Prof. Reed, of Beeton University.", "Reed"),
    ("“We are safe,” said Supt. Tom Reed.", "Tom Reed"),
    ("“We are safe,” said Dr. Lind.", "Lind"),
    ("“We are safe,” said mayor Anna Lind.", "Anna Lind"),
    ("“We are safe,” said Aville mayor Anna Lind.", "Anna Lind"),
    ("“We are safe,” said Mayor Anna Lind.", "Mayor Anna Lind"),
    ("“We are safe,” said the mayor, Anna Lind.", "Anna Lind"),
    ("“We are safe,” said Anna Lind, the mayor of Aville.", "Anna Lind"),
    ("“We are safe,” said Anna Lind after the fire in Aville.", "Anna Lind"),
    ("“We are safe,” added Anna Lind on Monday.", "Anna Lind"),
    ("“We are safe,” Anna Lind said in Aville.", "Anna Lind"),
    ("“We are safe,” the mayor of Aville said.", None),
    ("In Aville “we are safe” said the mayor.", None),
    ("Anna Lind, the mayor, said all were safe.", "Anna Lind"),
    ("Anna Lind, the mayor of Aville, said all were safe.", "Anna Lind"),
    ("The mayor, Anna Lind, said all were safe.", "Anna Lind"),
    ("His wife, who lives in Beeton, said all were safe.", None),
    ("A man from Aville, Ohio, said all were safe.", None),
    ("A nurse at Beeton Hospital said all were safe.", None),
    ("In Aville, Anna Lind said all were safe.", "Anna Lind"),
    ("“We are safe,” said the head of the board, Anna Lind.", "Anna Lind"),
    ("“We are safe,” said a nurse in Aville, Anna Lind, on Monday.", "Anna Lind"),
    ("“We are safe,” said a man whose wife, Anna Lind, lives in Beeton.", None),
    ("The mayor of Aville, Anna Lind, said all were safe.", "Anna Lind"),
    ("Her coach, the former Norland champion Anna Lind, said all were safe.", "Anna Lind"),
    ("Di Reed’s lawyer, Anna Lind, said all were safe.", "Anna Lind"),
    ("Her friend, a man from Beeton, said all were safe.", None),
    ("Tom Reed, 71, who has lived in Aville since 1999, said all were safe.", "Tom Reed"),
    ("Tom Reed, 71, won the race and his wife, who ran too, said all were safe.", None),
    ("Tom Reed, who has led 112,000 people, said all were safe.", "Tom Reed"),
    ("All were safe, said the mayor, Anna Lind.", "Anna Lind"),
    ("All were safe in Aville, said Anna Lind on Monday.", "Anna Lind"),
    ("The mayor, who is ill, said Tom Reed was safe.", None),
    ("The mayor, who is ill, said Tom Reed, his friend, was safe.", None),
    ("The bridge, Lind added, is safe.", "Lind"),
    ("Varmeko said it would pay $3 million.", "Varmeko"),
    ("Varmeko added 300 jobs in Aville last year.", None),
    ("Varmeko recalled 300 cars that were unsafe.", None),
    ("The storm Lind claimed 12 lives.", None),
    ("Lind estimated that 300 came.", "Lind"),
    ("Lind estimated the damage would reach $3 million.", "Lind"),
    ("The damage may reach $3 million, Lind estimated.", "Lind"),
    ("Varmeko added 300 jobs, Lind said.", "Lind"),
    ("Lind confirmed 12 people had died.", "Lind"),
    ("Lind confirmed: “They are safe.”", "Lind"),
    ("Both Anna Lind and Tom Reed said all were safe.", "Anna Lind and Tom Reed"),
    ("On Monday Lind and Reed said all were safe.", "Lind and Reed"),
    ("Anna Lind, Tom Reed and Di Berg said all were safe.", "Anna Lind, Tom Reed and Di Berg"),
    ("In Aville, Anna Lind and Tom Reed said all were safe.", "Anna Lind and Tom Reed"),
    ("“We are safe,” said Anna Lind and Tom Reed on Monday.", "Anna Lind and Tom Reed"),
    ("“We are safe,” said Anna Lind and Tom Reed agreed.", None),
    ("Neither Lind nor Reed said who was safe.", None),
    ("Either Lind or Reed said all were safe.", None),
    ("Residents of both Aville and Beeton said all were safe.", None),
    ("Nurses at Aville Hospital and Beeton Hospital said all were safe.", None),
    ("Reed beat Berg and Lind said it was over.", "Lind"),
    ("It was over for Reed, and Lind said she was glad.", "Lind"),
    ("Lind met Reed and said all were safe.", None),
    ("In Aville, Ohio, Lind and Reed said all were safe.", None),
    ("In Aville, Lind and Reed said all were safe.", "Lind and Reed"),
    ("On Monday, Lind, Reed and Berg said all were safe.", "Lind, Reed and Berg"),
    ("On Monday Lind, Reed and Berg said all were safe.", "Lind, Reed and Berg"),
    ("In north Aville, Ohio, Lind and Reed said all were safe.", None),
    ("In March Reed beat Berg, Lind and Cole said.", "Lind and Cole"),
    ("After talks in Aville, Lind and Reed said all were safe.", "Lind and Reed"),
    ("Speaking in Aville, Lind and Reed said all were safe.", "Lind and Reed"),
    ("The ferry sank off Aville, Lind and Reed said on Monday.", "Lind and Reed"),
    ("The parents of Reed, Berg and Lind said all were safe.", None),
    ("Supporters of Reed and Lind said all were safe.", None),
    ("Anna Lind and the head of Varmeko said all were safe.", None),
    ("Critics and Anna Lind said all were safe.", "Anna Lind"),
    ("Critics, Tom Reed and Anna Lind said all were safe.", "Tom Reed and Anna Lind"),
    ("James Reed and Anna Lind said all were safe.", "James Reed and Anna Lind"),
    ("Jones and Reed said all were safe.", "Jones and Reed"),
    ("“We are safe,” said Anna Lind and Reed, her lawyer, left the room.", None),
    ("“We are safe,” said Anna Lind and Reed, who won, agreed.", None),
    ("“We are safe,” said Anna Lind and Tom Reed, both of Aville, on Monday.", "Anna Lind and Tom Reed"),
    ("“We are safe,” said Anna Lind and Tom Reed, who own the shop.", "Anna Lind and Tom Reed"),
    ("“We are safe,” said Anna Lind of Beeton and Aville.", None),
    ("“We are safe,” Lind added on Monday.", "Lind"),
    ("“We are safe,” said Anna Lind quietly.", "Anna Lind"),
    ("“We are safe,” said Anna Lind 2 days later.", "Anna Lind"),
    ("“We are safe,” said the mayor. Lind, 54, left.", None),
    ("I said all were safe.", None),
    ("We said all were safe.", None),
    ("The mayor told Anna Lind about the fire.", None),
    ("The mayor, who is ill, said Tom Reed in Aville was safe.", None),
    ("Police in the capital, Oldport, said all were safe.", None),
    ("A man from Aville, New Hampshire, said all were safe.", None),
    ("His wife, Anna Lind, was there when the police said all were safe.", None),
    ("Tom Reed, 71, a baker, who lives in Aville, said all were safe.", "Tom Reed"),
    ("Lind, the “boss” of Aville, said all were safe.", "Lind"),
    ("“We are safe,” said Anna Lind and Tom Reed of Aville.", "Anna Lind and Tom Reed of Aville"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_speaker_is_a_name_beside_the_verb_of_saying(text: str, expected: str | None) -> None:
    found = speaker(text, 0, len(text))
    assert (found.text if found else None) == expected
    assert found is None or text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("“We are safe,” said Anna Lind.", "“It was dark,” she added.", "Anna Lind"),
        ("“We are safe,” said Capt. Tom Reed.", "“It was dark,” he added.", "Tom Reed"),
        ("“We are safe,” said Anna Lind.", "She added 300 jobs.", None),
        ("“We are safe,” said Anna Lind. Lind is 71.", "“It was dark,” she added.", "Anna Lind"),
        ("“We are safe,” said Anna Lind. Tom Reed was more careful.", "“It was dark,” he added.", None),
        ("“We were,” said Anna Lind. “We are safe,” said the mayor of Aville.", "“It was dark,” he added.", None),
        (
            "“We are,” said Anna Lind, the minister. The captain’s lawyer was in court.",
            "“He is innocent,” she said.",
            None,
        ),
        ("“We are,” said Anna Lind. " + "The water rose again and again. " * 25, "“It was dark,” she added.", None),
        (
            "“We are,” said Anna Lind. " + "The water rose again and again. " * 9,
            "“It was dark,” she said.",
            "Anna Lind",
        ),
        ("“We are,” said Anna Lind. “It was cold,” said she.", "“It was dark,” she added.", "Anna Lind"),
        ("“We are,” said Anna Lind. “Tom Reed is safe.”", "“It was dark,” she added.", "Anna Lind"),
        ("“We are,” said Anna Lind. Reed was more careful.", "“It was dark,” he added.", None),
        ("“We are,” said Tom Reed, lawyer of Beeton. His lawyer was in court.", "“It was dark,” he said.", None),
        ("“We are,” said Anna Lind. A day later her husband spoke.", "“No,” he said.", None),
        ("“We are,” said Anna Lind. In court, a prosecutor disagreed.", "“No,” she said.", None),
        ("“We are,” said Anna Lind. A spokesman was more careful.", "“Not all,” he said.", None),
        ("“We are,” said Anna Lind, the minister. The minister was in court.", "“It was dark,” she said.", "Anna Lind"),
        (
            "“We are,” said Transport Minister Anna Lind. On Friday the minister left.",
            "“It was dark,” she said.",
            "Transport Minister Anna Lind",
        ),
        (
            "Lind, the captain of the Teal, was ill. “We are,” Lind said. The captain left.",
            "“It was dark,” she said.",
            "Lind",
        ),
        ("“We are,” said Anna Lind. In March her husband died.", "“It was dark,” she said.", "Anna Lind"),
        ("“We are,” said Anna Lind. After her father died, she left.", "“It was dark,” she said.", "Anna Lind"),
        ("“We are,” said Anna Lind. On Friday she met the mayor.", "“It was dark,” she said.", "Anna Lind"),
        ("“We are,” said Anna Lind. Lind met the mayor of Beeton.", "“It was dark,” she said.", "Anna Lind"),
        ("“We are,” said Anna Lind. The ferry hit the captain.", "“It was dark,” she said.", "Anna Lind"),
        ("“We are,” said Anna Lind. The mayor’s house burned.", "“It was dark,” she said.", "Anna Lind"),
        ("“We are,” said Anna Lind. “The mayor was there.”", "“It was dark,” she said.", "Anna Lind"),
        ("“We are,” said Tom Reed. The passenger ferry sails twice a day.", "“We are glad,” he said.", "Tom Reed"),
        ("“We are,” said Tom Reed. The child benefit rises by 4 percent.", "“We are glad,” he said.", "Tom Reed"),
        ("“We are,” said Tom Reed. The driver shortage is over.", "“We are glad,” he said.", "Tom Reed"),
        ("“We are,” said Tom Reed. The student union has 400 members.", "“We are glad,” he said.", "Tom Reed"),
        ("“We are,” said Tom Reed. The patient records were lost.", "“We are glad,” he said.", "Tom Reed"),
        ("“We are,” said Tom Reed. Monday’s passenger count was 400.", "“We are glad,” he said.", "Tom Reed"),
        ("“We are,” said Tom Reed. The victim support group spoke.", "“We are glad,” he said.", "Tom Reed"),
        ("“We are,” said Tom Reed. The player scored twice.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The coach made changes at half-time.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The mayor often visits Beeton.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The man police are looking for fled.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The boy fell into the water.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The teacher leads the study.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The candidate lists debts of 4 million.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The student union leader was in court.", "“We are glad,” he said.", None),
        ("“We are,” said Tom Reed. The mayor of Beeton and a friend were there.", "“We are glad,” he said.", None),
        (
            "Tom Reed, mayor of Aville since 2019, said no. The mayor visited Beeton.",
            "“It is late,” he said.",
            "Tom Reed",
        ),
        ("Tom Reed, 41, Aville’s mayor, said no. The mayor visited Beeton.", "“It is late,” he said.", "Tom Reed"),
        ("“No,” said Tom Reed, Aville mayor. The mayor visited Beeton.", "“It is late,” he said.", "Tom Reed"),
        ("Tom Reed, who is mayor of Aville, said no. The mayor visited Beeton.", "“It is late,” he said.", "Tom Reed"),
        (
            "Tom Reed was elected mayor in 2019. “No,” Reed said. The mayor visited Beeton.",
            "“It is late,” he said.",
            "Reed",
        ),
        ("Dr. Lind said no. The doctor leads the clinic.", "“It is late,” she said.", "Lind"),
        ("Prof. Anna Lind said no. The professor leads the study.", "“It is late,” she said.", "Anna Lind"),
        ("Sen. Anna Lind said no. The senator voted against it twice.", "“It is late,” she said.", "Sen. Anna Lind"),
        ("Tom Reed, husband of the mayor, said no. The mayor visited Beeton.", "“It is late,” he said.", None),
        (
            "After he met Reed, Aville mayor Ole Berg left. “No,” said Tom Reed. The mayor visited Beeton.",
            "“It is late,” he said.",
            None,
        ),
        ("Tom Reed, who met the mayor, said no. The mayor visited Beeton.", "“It is late,” he said.", None),
        ("Dr. Tom Reed said no. The professor leads the study.", "“It is late,” he said.", None),
        ("Anna Lind and Tom Reed said all were safe.", "“It was dark,” they said.", "Anna Lind and Tom Reed"),
        ("Anna Lind and Tom Reed said all were safe.", "“It was dark,” she said.", None),
    ],
)
def test_a_pronoun_means_the_nearest_speaker(before: str, text: str, expected: str | None) -> None:
    whole = f"{before} {text}"
    found = speaker(whole, len(before) + 1, len(whole))
    assert (found.text if found else None) == expected


def test_a_deed_has_no_speaker() -> None:
    jobs = Desk([article("jobs", "Varmeko added 300 jobs in Aville last year.")])
    answer = jobs.ask("How many jobs did Varmeko create in Aville?", (0, "300", 9.0))
    assert answer.best is not None and answer.best.speaker is None


def test_who_said_it_is_not_answered_with_a_place() -> None:
    desk = Desk([article("fire", "“The ward is safe,” said a nurse at Beeton Hospital.")])
    answer = compose("Who said the ward is safe?", desk.hits, None, context=desk.context(promise="any"))
    assert answer.best is not None and answer.best.speaker is None and answer.text != "Beeton Hospital"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tom Reed was wrongly convicted and spent ", " years in prison."),
        ("", " men were wrongly convicted."),
        ("", " people were previously employed there."),
        ("The town mistakenly paid ", " nurses."),
        ("The hospital mistakenly gave ", " patients the wrong pills."),
        ("An initial estimate puts the damage at ", "."),
        ("The festival's first edition drew ", " visitors."),
        ("The fever was first reported in ", "."),
        ("The bank paid in error ", " crowns."),
        ("The capital was moved from ", " in 1960."),
        ("They raised $3 million from ", " donors to repair the roof."),
        ("The firm moved its headquarters from ", " to Beeton."),
        ("Power was cut from ", " to midnight."),
        ("The profit was raised from ", " in 2029 to 4 million."),
    ],
)
def test_innocent_words_take_nothing_back(before: str, after: str) -> None:
    assert not disowned("How many?", before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("An earlier version of this article wrongly said ", "."),
        ("The first version of this report said ", "."),
        ("An earlier edition of the paper said ", "."),
        ("The article wrongly put the toll at ", "."),
        ("The article wrongly reported that ", " had died."),
        ("The Example Post misstated the toll as ", "."),
        ("In error the Example Post said ", "."),
        ("It cost 350 crowns, not ", "."),
        ("It cost 350 crowns instead of ", " as earlier reported."),
        ("The toll was first put at ", ", now 14."),
        ("An initial estimate of ", " was raised to 350."),
        ("The original estimate was ", "."),
        ("It was at first limited to ", " and is being raised to 350."),
        ("", " was wrongly given as the toll."),
        ("The opening was postponed from ", " to 30 August."),
        ("The town revised its count from ", " to 350."),
        ("It cost 350 crowns, up from a first estimate of ", "."),
    ],
)
def test_true_corrections_take_a_figure_back(before: str, after: str) -> None:
    assert disowned("How many?", before, after)


@pytest.mark.parametrize(
    ("before", "figure", "after"),
    [
        ("The fare for a car on the Kell Bridge was raised from ", "95 crowns", " to 110 crowns on Tuesday."),
        ("The fare was raised from ", "95", " crowns to 110."),
        ("The council lowered the fee from ", "42 crowns", " an hour to 30 crowns an hour."),
        ("The firm cut its staff from ", "900", " employees to 700."),
        ("The toll rose from ", "twelve", " to nineteen."),
        ("Turnout fell from ", "61 percent", " to 58 percent."),
        ("The temperature dropped from ", "12 degrees", " to minus 3."),
        ("The fee will not rise again, having been raised from ", "3 million", " to 4 million crowns."),
    ],
)
def test_what_was_raised_is_no_more(before: str, figure: str, after: str) -> None:
    assert raised_from("How much is it?", figure, before, after)
    assert not raised_from("How much was it before?", figure, before, after)


@pytest.mark.parametrize(
    ("before", "figure", "after"),
    [
        ("Power was cut from ", "6", " to 9 p.m."),
        ("Power was cut from ", "6 p.m.", " to 9 p.m."),
        ("Power was cut from ", "6", " to 9:30 in Kolm."),
        ("They raised $3 million from ", "12", " donors to 15 donors."),
        ("They were lifted from ", "12", " boats to 3 islands."),
        ("The profit was raised from ", "3 million", " in 2029 to 4 million."),
        ("The fare may be raised from ", "95", " to 110 crowns."),
        ("He vowed to cut the fee from ", "42 crowns", " to 30 crowns."),
        ("The fare was not raised from ", "95", " to 110 crowns."),
        ("The fare will be raised from ", "95", " to 110 crowns in May."),
        ("The climber fell from ", "30 metres", " to a ledge."),
        ("The race was cut; the road leads from ", "3", " to 4 villages."),
    ],
)
def test_what_is_still_so_was_not_raised(before: str, figure: str, after: str) -> None:
    assert not raised_from("How much is it?", figure, before, after)


@pytest.mark.parametrize(
    ("question", "year", "gone"),
    [
        ("How much is the fare?", 2031, True),
        ("How much is the fare in 2031?", 2031, True),
        ("How old is the driver who pays the fare?", 2031, True),
        ("How much was used to pay the fare?", 2031, True),
        ("How much does the last ferry cost?", 2031, True),
        ("How much was the fare in 2029?", 2031, False),
        ("How much was the fare in 2020?", None, False),
        ("How much was the fare in 2029?", None, True),
        ("What was the old fare?", 2031, False),
        ("How much was the fare until June?", 2031, False),
        ("How much was the fare a year ago?", 2031, False),
        ("How much was the fare last year?", 2031, False),
        ("What did the ferry use to cost?", 2031, False),
        ("What did the ferry cost previously?", 2031, False),
    ],
)
def test_a_question_may_ask_for_what_was_raised(question: str, year: int | None, gone: bool) -> None:
    assert raised_from(question, "95", "The fare was raised from ", " to 110 crowns since 2020.", year) is gone


def test_what_will_be_raised_is_no_more_where_the_question_asks_what_will_be() -> None:
    assert raised_from("How much will it be?", "95", "The fare will be raised from ", " to 110 crowns in May.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Department of Correction said 12 inmates escaped.", False),
        ("Shares fell 12 percent in a market correction.", False),
        ("Correction officers said the number of inmates rose.", False),
        ("The mayor asked for clarification.", False),
        ("The pilot retracted the landing gear.", False),
        ("Correction: The bridge cost 34 crowns.", True),
        ("CORRECTION\nThe bridge cost 34 crowns.", True),
        ("The bridge cost 34 crowns. (Corrects figure in first paragraph.)", True),
        ("This corrects an earlier report.", True),
        ("This article has been corrected.", True),
        ("The Example Post has corrected its report on the bridge.", True),
        ("The Example Post issued a correction.", True),
        ("A correction to the report on the bridge follows.", True),
        ("Clarification: the bridge cost 34 crowns.", True),
        ("The journal retracted the study.", True),
    ],
)
def test_a_correction_corrects_a_text(text: str, expected: bool) -> None:
    assert is_correction(text) is expected
