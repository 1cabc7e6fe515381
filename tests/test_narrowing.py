"""The reader's spans cut down to what was asked for, through `compose`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering import compose
from index.answering.narrowing import narrowed
from index.answering.question import parse
from tests.answering_fixtures import Desk, article


@pytest.mark.parametrize(
    ("question", "text", "marked", "expected"),
    [
        ("Who made the clock?", "The clock was made by Ada Roe in 1742.", "by Ada Roe", "Ada Roe"),
        ("When did they speak?", "Vale spoke with Moor on Monday about wool.", "Moor on Monday", "on Monday"),
        ("When did it end?", "It ended three days after the vote in 1990.", "three days after the vote in 1990", None),
        ("How much is a permit?", "Residents are exempt; it costs $20 a year.", "exempt; it costs $20 a year", "$20 a year"),
        ("How many days did it last?", "It lasted between 90 and 100 days.", "between 90 and 100 days", None),
        ("How many people fled?", "Some 300 people fled.", "Some 300 people", None),
        ("When does the bridge open?", "Its opening was postponed from 12 July to 30 August.", "12 July to 30 August",
         "30 August"),
        ("When does the bridge open?", "Its opening was postponed from 12 July to 30 August.", "from 12 July to 30 August",
         "30 August"),
        ("When was the bridge to open at first?", "Its opening was postponed from 12 July to 30 August.",
         "12 July to 30 August", None),
        ("When was power cut in Aville?", "Power in Aville was cut from 6 p.m. to midnight.", "6 p.m. to midnight", None),
        ("By how much was the fare raised?", "The fare was raised from $20 to $25.", "$20 to $25", None),
        ("When is the fair?", "The fair in Aville lasts from 12 July to 30 August.", "12 July to 30 August", None),
        ("How high is the bridge?", "The bridge is 1.2 kilometres long and 64 metres high.",
         "1.2 kilometres long and 64 metres", "64 metres"),
        ("How long is the tunnel?", "The tunnel runs 1.2 kilometres at 64 metres below the sound.", "1.2 kilometres at 64 metres",
         "1.2 kilometres"),
        ("How long is the bridge?", "The bridge is 1.2 kilometres long and 64 metres high.", "1.2 kilometres long and 64 metres",
         "1.2 kilometres"),
        ("How long is the bridge?", "It is the 1.7-mile span, 220 feet high at its peak.",
         "the 1.7-mile span, 220 feet high at its peak", "1.7-mile"),
        ("How long is the road?", "It is a 12-mile highway, 60 feet wide.", "12-mile highway, 60 feet wide", "12-mile"),
        ("How many drivers stopped?", "OLDPORT — Some 240 drivers stopped.", "OLDPORT — Some 240 drivers", "Some 240 drivers"),
        ("How many stopped?", "SÃO ÉVORA, Brazil — Some 240 stopped.", "SÃO ÉVORA, Brazil — Some 240", "Some 240"),
        ("Who spoke?", "So he said.\n\nMayor Yola Vale spoke.", "he said.\n\nMayor Yola Vale", "Mayor Yola Vale"),
        ("Which city gets most?", "Most of them go to Beeton.", "to Beeton", "Beeton"),
        ("What do they promise Aville?", "They vowed efforts to curb smuggling.", "curb smuggling", "efforts to curb smuggling"),
        ("What did Aville get in return?", "They agreed to suspend the tolls.", "tolls", "suspend the tolls"),
        ("What did Aville get in return?", "They agreed to suspend the tolls.", "agreed to suspend the tolls",
         "suspend the tolls"),
        ("What did Aville pledge?", "Aville pledged to do more.", "pledged to do more", "do more"),
        ("What did Aville get in return?", "Beeton committed to it in May.", "committed to it in May", None),
        ("What did Aville get in return?", "Beeton offered to pay.", "to pay", "pay"),
        ("What did Aville agree to do?", "Aville agreed to pay.", "agreed to pay", None),
        ("What did Aville do on Monday?", "On Monday Aville agreed to pay.", "agreed to pay", None),
        ("What did Aville promise in exchange?", "Aville promised to do more against the trade in guns.",
         "the trade in guns", "do more against the trade in guns"),
        ("What did Aville promise?", "Aville promised a gift to the mayor.", "mayor", None),
        ("What did they see?", "They agreed to suspend the tolls.", "tolls", None),
        ("What did they promise to do?", "They made efforts to curb smuggling.", "curb smuggling", None),
        ("Where will the fair be?", "The fair moves from the lake to the old mill.", "the lake to the old mill", "the old mill"),
        ("Where did the fair move?", "The fair moved from Aville to Beeton.", "from Aville to Beeton", "Beeton"),
        ("Where did the race start?", "The race ran from Aville to Beeton.", "from Aville to Beeton", "Aville"),
        ("Where will the Kell rail line run?", "It will run from Aville to Beeton.", "from Aville to Beeton", None),
        ("Where is the road closed?", "The road is closed from Aville to Beeton.", "Aville to Beeton", None),
        ("Where did the pilgrims go?", "They travelled from Aville to Beeton.", "from Aville to Beeton", "Beeton"),
        ("Where was it signed?", "It was signed in the city of Aville.", "in the city of Aville", "Aville"),
        ("Which town has it?", "It is in the town of Aville.", "the town of Aville", "Aville"),
        ("Where is the inn?", "The inn is next to the mill.", "next to the mill", None),
        ("When was it sold?", "It was sold on May 5, 1999.", "May 5, 1999", None),
        ("When was Ada Roe born?", "Ada Roe (1711–1780) was a miller.", "1711–1780", "1711"),
        ("When did Ada Roe die?", "Ada Roe (1711-80) was a miller.", "1711-80", None),
        ("When did Ada Roe die?", "Ada Roe (1711 – 1780) was a miller.", "1711 – 1780", "1780"),
        ("When did the siege of Oldport end?", "The siege of Oldport (1711–1713) was long.", "1711–1713", "1713"),
        ("Who was jailed?", "“No,” Reed said. He was jailed in May.", "Reed said. He", "He"),
        ("Who was jailed?", "Anna Lind was jailed. Reed was not.", "Anna Lind was jailed. Reed", "Anna Lind was jailed"),
        ("When did she leave?", "Lind left in May. Reed stayed.", "in May. Reed", "in May"),
        ("What does the sign in Oldport say?", "The sign in Oldport says “Danger! Keep out!”.", "“Danger! Keep out!”",
         "Danger! Keep out!"),
        ("Who played in Oldport?", "Panic! At the Docks played in Oldport.", "Panic! At the Docks", None),
        ("Who was in Oldport?", "“Stop. Look.” by Reed was shown in Oldport.", "“Stop. Look.” by Reed", None),
        ("What did Anna Lind say?", "Anna Lind said: “I am tired. I want to go home.”", "“I am tired. I want to go home.”",
         "I am tired. I want to go home."),
        ("What play opens in Oldport?", "Who Fears the Mill? A Drama opens in Oldport.", "Who Fears the Mill? A Drama", None),
        ("Who met Lt. Gov. Anna Lind?", "Reed met Lt. Gov. Anna Lind.", "Lt. Gov. Anna Lind", None),
        ("When was the trial postponed?", "It was postponed on Thursday from 12 May to 16 June.",
         "Thursday from 12 May to 16 June", "Thursday"),
        ("To when was the trial postponed?", "It was postponed on Thursday from 12 May to 16 June.",
         "Thursday from 12 May to 16 June", "16 June"),
        ("When is the trial?", "It was postponed on Thursday from 12 May to 16 June.", "Thursday from 12 May to 16 June",
         "16 June"),
        ("When is it open?", "It is open on Thursday from 9 a.m. to 5 p.m.", "Thursday from 9 a.m. to 5 p.m", None),
        ("How much is the ferry to Aville?", "The ferry to Aville, 50 minutes, 75 crowns", "50 minutes, 75 crowns", "75 crowns"),
        ("How much is the ferry?", "The ferry: 75 crowns, 40 euros", "75 crowns, 40 euros", None),
        ("How much is the ferry?", "The ferry is 1,075 crowns, dogs included.", "1,075 crowns, dogs included", None),
        ("How much rain fell?", "It brought 50 millimetres, 75 crowns of harm.", "50 millimetres, 75 crowns", None),
        ("What did it cost in euros?", "It cost 7.5 billion crowns (about 650 million euros).", "7.5 billion crowns",
         "about 650 million euros"),
        ("How much did it cost in euros?", "It cost $700 million, or €650 million, in all.", "$700 million", "€650 million"),
        ("How much did it cost in euros?", "It cost 7.5 billion crowns (about 650 million euros) in all.",
         "7.5 billion crowns (about 650 million euros)", "about 650 million euros"),
        ("When was the race?", "Lind won the race on Sunday in 2:31:08.", "Sunday in 2:31:08", "Sunday"),
        ("When was the race?", "Lind won the race on Sunday in a record time of 31:08.", "Sunday in a record time of 31:08",
         "Sunday"),
        ("When was the race?", "The race was on Sunday in Aville.", "Sunday in Aville", None),
        ("How much did it cost in crowns?", "It cost 7.5 billion crowns (about 650 million euros).", "7.5 billion crowns", None),
        ("How much did it cost?", "It cost 7.5 billion crowns (about 650 million euros).", "7.5 billion crowns", None),
        ("How much did it cost in euros?", "It cost 7 billion crowns (2 million euros more than planned).",
         "7 billion crowns", None),
        ("When was Ada Roe the miller?", "Ada Roe was the miller (1711–1780).", "1711–1780", None),
    ],
)  # fmt: skip
def test_a_span_is_cut_down_to_what_was_asked_for(question: str, text: str, marked: str, expected: str | None) -> None:
    answer = Desk([article("one", text)]).ask(question, (0, marked, 9.0))
    assert answer.trace.groups[0][0] == (expected or marked)


def test_where_a_report_was_written_names_nothing_else() -> None:
    ferry = article("ferry", "OLDPORT (Example Wire) — A ferry stuck off Oldport. The Grey Gull had left at noon.")
    asked = "What was the name of the ferry?"
    answer = Desk([ferry]).ask(asked, (0, "OLDPORT (Example Wire)", 6.0), (0, "Grey Gull", 4.0))
    assert answer.text == "Grey Gull"


def test_a_day_is_not_completed_to_a_name() -> None:
    text = "Vale paused the levy for one month after a phone call with Moor on Monday."
    answer = Desk([article("call", text)]).ask("When did Vale and Moor speak?", (0, "Moor on Monday", 9.0))
    assert answer.text == "on Monday"


@given(st.sampled_from(["who", "when was it", "how many", "how much is it", "what"]), st.text(max_size=60), st.data())
def test_the_part_lies_within_the_text_and_is_never_empty(question: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = narrowed(parse(question), text, start, end)
    assert left <= right <= end and (start <= left or " to " in f"{text[max(0, left - 4) : start]} ")
    assert (
        bool(text[left:right].strip()) == bool(text[start:end].strip(" \t\r\n,;:").strip())
        or not text[start:end].strip()
    )


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("Wages rose .5 percent.", ".5 percent", ".5 percent"),
        ("Wages rose .5 percent.", "5 percent", ".5 percent"),
        ("Wages rose 2.5 percent.", "2.5 percent", "2.5 percent"),
        ("The mayor says that “it is safe and sound”.", "“it is safe and sound”", "it is safe and sound"),
        ("The mayor says that “it is safe and sound”.", "it is safe and sound”", "it is safe and sound"),
        ("The mayor says that “it is safe and sound.”", "“it is safe", "it is safe"),
        ('The mayor says that "it is safe" and "sound".', '"it is safe" and "sound"', '"it is safe" and "sound"'),
        ("The winner was “Red” Reed.", "“Red” Reed", "“Red” Reed"),
        ("It fell to minus 12 degrees.", "12 degrees", "minus 12 degrees"),
        ("It fell to about minus 12 degrees.", "12 degrees", "about minus 12 degrees"),
        ("It fell to -12 degrees.", "12 degrees", "-12 degrees"),
        ("It fell to -12 degrees.", "-12 degrees", "-12 degrees"),
        ("It lasted 10-12 days.", "12 days", "12 days"),
        ("The fair — 12 days long — ended.", "12 days", "12 days"),
        ("It fell to at least 12 degrees.", "12 degrees", "at least 12 degrees"),
    ],
)
def test_a_span_is_shown_with_all_that_makes_its_meaning(text: str, marked: str, expected: str) -> None:
    assert Desk([article("one", text)]).ask("What was the level?", (0, marked, 9.0)).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kell bridge cost €4bn.", "€4bn"),
        ("The Kell bridge cost $1.2 trillion.", "$1.2 trillion"),
        ("The Kell bridge cost about C$3 million.", "about C$3 million"),
        ("The Kell bridge cost $40.", "$40"),
    ],
)
def test_a_sum_is_marked_whole_without_a_reader(text: str, expected: str) -> None:
    desk = Desk([article("one", text)])
    answer = compose("How much did the Kell bridge cost?", desk.hits, None, context=desk.context(promise="any"))
    assert answer.text == expected
