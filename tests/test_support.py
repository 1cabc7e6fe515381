"""The evidence for and against a span: each case is a way in which news names one thing and means another."""

from __future__ import annotations

from datetime import date

import pytest

from index.answering.kinds import QuestionKind, kind_of
from index.answering.publication import asks_for_total, dated_title, month_and_year
from index.answering.question import parse
from index.answering.rarity import Rarity, stems
from index.answering.support import Support, support


def evidence(question: str, sentence: str, span: str, title: str = "", dated: str = "") -> Support:
    """Of `span` in `sentence`, the whole of an article's one passage."""
    start = sentence.index(span)
    asked = parse(question, [sentence, title])
    rarity = Rarity(asked, [sentence])
    return support(asked, rarity, span, sentence[:start], sentence[start + len(span) :], sentence, title, dated)


@pytest.mark.parametrize(
    ("question", "sentence", "span", "rival"),
    [
        ("How much is the fare on the Kell Bridge?", "The fare on the Kell Bridge was raised from 95 crowns to 110 crowns.",
         "110 crowns", False),
        ("When does the Kell Bridge open?", "The opening of the Kell Bridge was put off from 12 July to 30 August.",
         "30 August", False),
        ("How long is the Kell Bridge?", "The Kell Bridge is 95 metres wide and leads to 110 metres of road.", "110 metres",
         True),
        ("How many homes in Kell lost power?", "Kell counted 95 homes without power, the province 110.", "110", True),
        ("How many rangers is Aville getting?", "Beeton gets 194 rangers, Aville only 165.", "194", True),
        ("How many rangers is Beeton getting?", "Beeton gets 194 rangers, Aville only 165.", "194", False),
        ("How many homes in Aville lost power?", "26,000 homes lost power, 9,000 of them in Aville.", "26,000", True),
        ("How many drivers of the Goldpail dairy stopped?", "OLDPORT — Some 240 drivers of Goldpail stopped.", "240", False),
        ("How many steps has the lighthouse at Cape Rook?",
         "Ada Roe climbed the 164 steps of the lighthouse at Cape Rook.", "164", False),
        ("How many cars cross Mill Bridge?", "The bridge over the Nim carries 7,300 cars a day.", "7,300", False),
        ("What does a permit for Market Square cost?", "Market Square closes at 10 a.m.; a permit costs $20.", "$20", False),
        ("How much will the Harrow Bridge cost?", "The Harrow Bridge will cost $40 million, Mayor Anna Lind said.", "$40 million",
         False),
        ("How much will the Harrow Bridge cost?", "The Harrow Bridge will cost $40 million, said Mayor Anna Lind.", "$40 million",
         False),
        ("How much will the Harrow Bridge cost?", "The Harrow Bridge will cost $40 million, Lind, the mayor, said on Friday.",
         "$40 million", False),
        ("How much will the Harrow Bridge cost?", "The Harrow Bridge costs more than the $40 million Kell Tunnel.", "$40 million",
         True),
        ("How much is the ferry to Aville?", "The ferry to Aville, 50 minutes, 75 crowns.", "75 crowns", False),
        ("How much is the ferry to Aville?", "The ferry to Aville, 75 crowns (€8).", "€8", False),
        ("How much is the ferry to Aville?", "The ferry to Aville, 50 crowns, the one to Beeton, 75 crowns.", "75 crowns", True),
        ("How many rangers is Aville getting?", "Aville waits; 194, Beeton said it had got, is a lot.", "194", True),
    ],
)  # fmt: skip
def test_a_figure_that_stands_nearer_to_another_name(question: str, sentence: str, span: str, rival: bool) -> None:
    assert evidence(question, sentence, span).rival_nearer == float(rival)


@pytest.mark.parametrize(
    ("question", "sentence", "span", "outdone", "tops"),
    [
        ("Which city gets the largest number of rangers?", "Aville gets 165, following Beeton, which gets 194.", "Beeton", 0, 1),
        ("Which city gets the largest number of rangers?", "Aville gets 165, following Beeton, which gets 194.", "Aville", 1, 0),
        ("Which city gets the fewest rangers?", "Aville gets 165, following Beeton, which gets 194.", "Aville", 0, 1),
        ("Which city gets the largest number of rangers?", "In 2025 Aville gets 165 rangers.", "Aville", 0, 0),
        ("Which city gets the most rangers?", "Aville gets 165 rangers and Beeton 165.", "Beeton", 0, 0),
        ("Which city gets rangers?", "Aville gets 165, Beeton 194.", "Beeton", 0, 0),
    ],
)  # fmt: skip
def test_who_has_the_most_of_those_that_a_sentence_names(
    question: str, sentence: str, span: str, outdone: float, tops: float
) -> None:
    found = evidence(question, sentence, span)
    assert (found.outdone, found.tops) == (outdone, tops)


def test_a_number_asked_for_in_digits_may_stand_there_in_words() -> None:
    sentence = "A ticket for all three days cost $35."
    assert evidence("how much was a 3 day ticket?", sentence, "$35").numbers_missing == 0
    assert evidence("how much was a 4 day ticket?", sentence, "$35").numbers_missing == 1


def test_a_title_says_what_its_sentences_need_not_repeat() -> None:
    asked, sentence, title = (
        "How many runners started the Harbour Marathon?",
        "3,870 runners set out.",
        "Harbour Marathon",
    )
    assert evidence(asked, sentence, "3,870").without_name == 1
    headed = evidence(asked, sentence, "3,870", title)
    assert headed.without_name == 0 and headed.off_topic < evidence(asked, sentence, "3,870").off_topic
    assert headed.terms_missing_near == evidence(asked, sentence, "3,870").terms_missing_near


def test_what_is_said_of_the_thing_counted_is_missed_apart() -> None:
    sentence = "Lessons for the 460 pupils start again on Monday."
    assert evidence("How many pupils were injured?", sentence, "460").deed_missing == 1
    assert evidence("How many pupils have lessons again?", sentence, "460").deed_missing == 0


@pytest.mark.parametrize(
    ("question", "sentence", "span", "wrong"),
    [
        ("How big is the reward?", "The museum offers a reward of $25,000.", "$25,000", 0),
        ("How big a rise was offered?", "The firm offered a rise of 3.5 percent.", "3.5 percent", 0),
        ("How tall is the mast?", "The firm offered 3.5 percent for the mast.", "3.5 percent", 1),
        ("How deep is the harbour?", "It ran aground 800 metres from the harbour wall.", "800 metres", 1),
        ("How deep is the harbour?", "The harbour is 9 metres deep.", "9 metres", 0),
        ("How fast was the boat?", "The boat ran at 70km/h.", "70km/h", 0),
        ("How fast was the boat?", "The boat was 70 metres long.", "70 metres", 1),
        ("How hot was it?", "Thermometers showed 38C.", "38C", 0),
        ("How hot was it?", "It was at 38 Arc Street.", "38", 0.5),
        ("How much is parking per hour?", "The car park cost $1.3 million.", "$1.3 million", 0.5),
        ("How much does parking cost per hour?", "The station cost $1.3 million.", "$1.3 million", 0.5),
        ("Who priced the roof?", "Ada Roe had warned of it. The roof, then priced at $85,000, was put off.",
         "Ada Roe had warned of it. The roof, then priced", 0.5),
        ("How much is parking per hour?", "Parking costs $2 an hour.", "$2", 0),
        ("How much can a person win?", "The prize is $2 million.", "$2 million", 0),
        ("How many cars cross a day?", "It carries 7,300 cars daily.", "7,300", 0),
        ("How long is Mill Bridge?", "Mill Bridge was closed for 14 months.", "14 months", 1),
        ("How long was Mill Bridge closed?", "Mill Bridge was closed for 14 months.", "14 months", 0),
        ("Which two members turned?", "She lost when two of her party turned.", "two", 1),
        ("Which two members turned?", "She lost when two of her party turned.", "two of her party", 1),
        ("Which two members turned?", "Some of the Free List after two.", "the Free List after two", 1),
        ("Which two members turned?", "It was Ada Roe and Eve Moor.", "Ada Roe and Eve Moor", 0),
        ("which firm built the joints", "Salt has eaten the joints.", "Salt", 0),
        ("which firm built the joints", "The joints were eaten by road salt.", "road salt", 1),
        ("At what time of day did the mast fall?", "The mast fell on Sunday at 3:42 a.m.", "on Sunday", 1),
        ("At what time of day did the mast fall?", "The mast fell on Sunday at 3:42 a.m.", "3:42 a.m.", 0),
        ("what time did it fall", "It fell shortly before dawn on Sunday.", "shortly before dawn", 0),
        ("What time of year do the geese leave?", "The geese leave in late autumn.", "late autumn", 0),
    ],
)  # fmt: skip
def test_the_form_of_a_measure(question: str, sentence: str, span: str, wrong: float) -> None:
    assert evidence(question, sentence, span).wrong_type == wrong


@pytest.mark.parametrize(
    ("question", "span", "other"),
    [
        ("How many pounds did the fair raise?", "4,000 pounds", 0),
        ("How many pounds did the fair raise?", "£4,000", 0),
        ("How many euros did the fair raise?", "€4,000", 0),
        ("How many dollars did the fair raise?", "$4,000", 0),
        ("How many euros did the fair raise?", "$4,000", 1),
        ("How many visitors did the fair draw?", "$4,000", 1),
    ],
)
def test_money_is_what_is_counted_where_its_currency_is_asked_for(question: str, span: str, other: float) -> None:
    assert evidence(question, f"The fair raised {span}.", span).other_unit == other


def test_a_word_that_is_also_written_small_does_not_stand_for_a_name() -> None:
    sentence = "They left with clocks worth $900,000. The Moon Clock was not touched."
    asked = parse("How much is the Moon Clock worth?", [sentence])
    assert "clock" not in asked.proper and "moon" in asked.proper


def test_a_denial_in_quoted_words_denies_nothing() -> None:
    sentence = 'Carla Denn led the walkout. "Milk does not drive itself," she said.'
    assert evidence('Who said "Milk does not drive itself"?', sentence, "Carla Denn").opposed < 1
    assert evidence("Who did not lead the walkout?", "Carla Denn led the walkout.", "Carla Denn").opposed == 1


def test_wanting_to_lies_ahead() -> None:
    sentence = "The office wants to rent the house to guests for $130 a night."
    assert evidence("how much will a night in the house cost", sentence, "$130").other_time == 0


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("was anybody hurt when the ferry ran aground?", QuestionKind.YES_NO),
        ("has it been decided where the festival moves?", QuestionKind.YES_NO),
        ("do you know when the ferry left?", QuestionKind.WHEN),
        ("did more people come to Aville than to Beeton?", QuestionKind.COMPARISON),
        ("is there any news on Aville?", QuestionKind.LATEST),
        ("latest news about Aville", QuestionKind.LATEST),
        ("what are the new developments in Kolm called?", QuestionKind.WHAT),
        ("Did the council approve any developments in Kolm?", QuestionKind.YES_NO),
        ("Did police find anything new in the house?", QuestionKind.YES_NO),
        ("Who owns any developments in Kolm?", QuestionKind.WHO),
        ("the latest news on Aville?", QuestionKind.LATEST),
        ("any updates on the bridge?", QuestionKind.LATEST),
        ("any update on the bridge?", QuestionKind.LATEST),
        ("what are the latest updates on the bridge?", QuestionKind.LATEST),
        ("anything new on the bridge?", QuestionKind.LATEST),
        ("what's the reason for the delay?", QuestionKind.WHY),
    ],
)
def test_what_a_question_asks_for(question: str, kind: QuestionKind) -> None:
    assert kind_of(question) is kind


def test_a_number_in_the_title_is_not_missing() -> None:
    asked, sentence = "Who won the 2031 marathon?", "Ada Roe won on Sunday."
    assert evidence(asked, sentence, "Ada Roe").numbers_missing == 1
    assert evidence(asked, sentence, "Ada Roe", "The 2031 marathon").numbers_missing == 0.5


JANUARY = date(2031, 1, 21)


def test_a_report_need_not_say_the_month_and_year_in_which_it_was_published() -> None:
    asked, sentence = "How many homes lost power in January 2031?", "About 60,000 homes lost power."
    without = evidence(asked, sentence, "60,000")
    assert (without.numbers_missing, without.terms_missing_passage > 0) == (1, True)
    dated = evidence(asked, sentence, "60,000", dated=month_and_year(JANUARY, sentence, every_name=True))
    assert (dated.numbers_missing, dated.terms_missing_passage, dated.terms_missing_sentence) == (0, 0, 0)
    other = evidence(asked.replace("2031", "2019"), sentence, "60,000", dated="January 2031")
    assert other.numbers_missing == 1


@pytest.mark.parametrize(
    ("around", "dated"),
    [
        ("About 60,000 homes lost power on Tuesday.", "January 2031"),
        ("In January 2031 about 60,000 homes lost power.", "January 2031"),
        ("About 1,800 homes lost power; repairs cost $2000.", "January 2031"),
        ("About 1,800 homes lost power; repairs cost €2000 and 1950.50 crowns.", "January 2031"),
        ("It may be that Anna May lost power.", "January 2031"),
        ("In 2030 and in 2031 homes lost power.", ""),
        ("A storm struck in March 2019. About 60,000 homes lost power.", ""),
        ("Last year 60,000 homes lost power.", ""),
        ("Ten years ago 60,000 homes lost power.", ""),
        ("In December 60,000 homes lost power.", "2031"),
        ("Last month 60,000 homes lost power.", "2031"),
        ("On 3 May 60,000 homes lost power.", "2031"),
    ],
)
def test_a_text_that_names_another_month_or_year_is_not_of_that_of_its_publication(around: str, dated: str) -> None:
    assert month_and_year(JANUARY, around) == dated
    assert month_and_year(None, around) == ""


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("How many homes lost power in January 2031?", "Storm, January 2031"),
        ("how many homes lost power in the january storm", "Storm, January 2031"),
        ("How many homes lost power in Jan 2031?", "Storm, January 2031"),
        ("How many homes lost power in 2031?", "Storm, January 2031"),
        ("How many homes lost power?", "Storm"),
        ("How many homes lost power in January 2019?", "Storm"),
        ("how many homes lost power in march 2031", "Storm"),
    ],
)
def test_a_question_of_that_month_is_read_under_it(question: str, title: str) -> None:
    assert dated_title(question, "Storm", "About 60,000 homes lost power.", JANUARY) == title
    assert dated_title(question, "Storm", "It was in March 2019.", JANUARY) == "Storm"
    assert dated_title(question, "Storm of 2019", "About 60,000 homes lost power.", JANUARY) == "Storm of 2019"
    assert dated_title(question, "Storm", "About 60,000 homes lost power.", None) == "Storm"


@pytest.mark.parametrize(
    ("question", "today", "title"),
    [
        ("How many homes lost power in January?", date(2031, 6, 1), "Storm, January 2031"),
        ("How many homes lost power in January?", date(2032, 6, 1), "Storm"),
        ("How many homes lost power in January 2031?", date(2032, 6, 1), "Storm, January 2031"),
        ("How many homes lost power in January?", None, "Storm, January 2031"),
    ],
)
def test_a_month_without_its_year_is_the_last_one(question: str, today: date | None, title: str) -> None:
    assert dated_title(question, "Storm", "About 60,000 homes lost power.", JANUARY, today) == title


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("How many people died in June?", True),
        ("How many people died in June 2031?", True),
        ("How many people died in 2031?", True),
        ("How much rain fell in 2031?", True),
        ("How much did it cost in 2031?", False),
        ("How many homes lost power in June?", False),
        ("How many people died in Aville in June?", False),
        ("How many people died in the crash in June?", False),
        ("How many people died in the storm in June?", True),
    ],
)
def test_a_total_is_asked_for_where_nothing_says_which_case(question: str, total: bool) -> None:
    report = "Three people died in a crash in Aville in June 2031; rain fell, and it cost two crowns."
    assert asks_for_total(parse(question, [report]), stems(report)) is total


def test_a_verb_is_no_month() -> None:
    may = date(2031, 5, 4)
    assert dated_title("how many homes may lose power", "Storm", "Some 60,000 homes.", may) == "Storm"
    assert dated_title("How many homes lost power in May?", "Storm", "Some 60,000 homes.", may) == "Storm, May 2031"
