"""What a question asks for is understood from its words, and follow-up questions are made whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import follow_up
from index.answering import plan
from index.answering.caching import cached
from index.answering.kinds import QuestionKind as Kind
from index.answering.kinds import kind_of
from index.answering.question import parse
from index.answering.suggestions import question_about, suggestions
from index.answering.words import stem
from index.article import Article

PASSAGE = "The council of Aville met on Monday. Mayor Petra Ollund said that soldiers from Norway went to Beeton and to New Dorf."


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many boats sank?", Kind.HOW_MANY),
        ("what was the number of boats", Kind.HOW_MANY),
        ("how much did the bridge cost?", Kind.HOW_MUCH),
        ("What was the price of the bridge?", Kind.HOW_MUCH),
        ("For how long was the bridge closed?", Kind.HOW_LONG),
        ("Who built the bridge?", Kind.WHO),
        ("Who said the bridge is safe?", Kind.QUOTE),
        ("When did the bridge open?", Kind.WHEN),
        ("On which day did it open?", Kind.WHEN),
        ("in what year did it open", Kind.WHEN),
        ("Where is the bridge?", Kind.WHERE),
        ("Which city has the bridge?", Kind.WHICH),
        ("Why did the bridge close?", Kind.WHY),
        ("What caused the flood?", Kind.WHY),
        ("How did the soldiers travel?", Kind.HOW),
        ("WHAT HAPPENED IN AVILLE", Kind.HAPPENED),
        ("whats happening in aville", Kind.HAPPENED),
        ("whats the reason the bridge closed", Kind.WHY),
        ("tell me about the flood", Kind.HAPPENED),
        ("Is the bridge open?", Kind.YES_NO),
        ("did more than 300 people come?", Kind.YES_NO),
        ("Which is longer, the Halden bridge or the Linden bridge?", Kind.COMPARISON),
        ("Did Aville get more boats than Beeton?", Kind.COMPARISON),
        ("What's the latest on Aville?", Kind.LATEST),
        ("any news from Aville?", Kind.LATEST),
        ("What is the name of the new bridge?", Kind.WHAT),
        ("When was the man who built it born?", Kind.WHEN),
        ("bridge aville", Kind.WHAT),
        ("death toll of the Aville flood?", Kind.HOW_MANY),
        ("what's the latest count of flooded homes", Kind.HOW_MANY),
        ("number of houses to be pulled down after the quake", Kind.HOW_MANY),
        ("price Ruiz Capital paid for the port", Kind.HOW_MUCH),
        ("annual savings from shutting the hospital", Kind.HOW_MUCH),
        ("what was the turnout in Aville?", Kind.HOW_MUCH),
        ("what's the old bridge worth today", Kind.HOW_MUCH),
        ("What does a driver earn?", Kind.HOW_MUCH),
        ("date of the strike in Aville?", Kind.WHEN),
        ("varmeko ceo?", Kind.WHO),
        ("Which scientist compared the soil to jelly?", Kind.WHO),
        ("what reason did she give for voting no?", Kind.WHY),
        ("when they cleared the hospital, where did the patients go?", Kind.WHERE),
        ("What did coach Lind promise?", Kind.WHAT),
        ("what will minister Lind visit", Kind.WHAT),
        ("what has team Aville bought", Kind.WHAT),
        ("What are company rules on this?", Kind.WHAT),
        ("What former coach promised longer training?", Kind.WHO),
        ("What company bought the bus?", Kind.WHO),
        ("What is the toll on the Harrow Bridge?", Kind.HOW_MUCH),
        ("what's the toll for a lorry on the Harrow Bridge", Kind.HOW_MUCH),
        ("toll to cross the tunnel?", Kind.HOW_MUCH),
        ("What is the death toll on the Harrow Bridge?", Kind.HOW_MANY),
        ("What is the toll of the bridge collapse?", Kind.HOW_MANY),
        ("What is the toll for the ferry disaster?", Kind.HOW_MANY),
        ("What was the toll on the roads at Easter?", Kind.HOW_MANY),
        ("what's the latest toll on the ferry", Kind.HOW_MANY),
        ("What is the toll?", Kind.HOW_MANY),
        ("😀", Kind.WHAT),
    ],
)
def test_the_kind_of_a_question(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


def test_the_form_asked_for_is_no_word_of_the_matter() -> None:
    assert parse("On which day did the soldiers arrive?").terms == parse("When did the soldiers arrive?").terms
    assert "day" in parse("Which street has the market day?").terms


def test_of_long_texts_only_few_are_remembered() -> None:
    made: list[str] = []

    @cached(1000)
    def length(text: str) -> int:
        made.append(text)
        return len(text)

    short, long = [f"question {n}" for n in range(500)], [f"question {n} " * 300 for n in range(500)]
    assert [length(text) for text in (*short, *short)] == [len(text) for text in (*short, *short)]
    assert len(made) == 500
    assert [length(text) for text in (*long, *long, long[-1])] == [len(text) for text in (*long, *long, long[-1])]
    assert len(made) == 500 + 1000
    assert [length(text) for text in short] and len(made) == 1500, "they drive no short ones out"


def test_names_typed_in_lower_case_are_known_from_the_articles() -> None:
    assert (stem("aville"),) in parse("how many boats went to aville?", [PASSAGE, "She lives in Aville now."]).names
    assert parse("how many boats went to aville?").names == ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("how old is petra ollund", [("petra", "ollund")]),
        ("How old is Petra Ollund?", [("petra", "ollund")]),
        ("how old is the old tower?", [("old", "tower")]),
        ("How old is the Old Tower?", [("old", "tower")]),
        ("who built the old tower?", [("old", "tower")]),
        ("how far is the far isle from petra?", [("far", "isle"), ("petra",)]),
        ("what time does the time open?", [("time",)]),
        ("How Long is the bridge?", [("long",)]),
    ],
)
def test_what_a_question_measures_is_no_name(question: str, named: list[tuple[str, ...]]) -> None:
    passages = [
        PASSAGE,
        "We climbed the Old Tower. The boat to the Far Isle is the Long Tom. She writes for the Time of Aville.",
    ]
    assert parse(question, passages).names == tuple(tuple(map(stem, name)) for name in named)


def test_a_typing_error_is_mended_by_the_articles_words() -> None:
    asked = parse("how many solders went to beetn?", [PASSAGE])
    assert asked.terms == parse("how many soldiers went to Beeton?", [PASSAGE]).terms


def test_what_is_counted_is_known_with_the_names_before_it() -> None:
    asked = parse("How many Norwegian soldiers went to Beeton?", [PASSAGE])
    assert asked.noun == ("norwegian", "soldier")
    assert asked.noun_names == ("norwegian",)
    assert asked.names_in("norwegian", frozenset({"norway"}))
    assert not asked.names_in("norwegian", frozenset({"beeton"}))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400), st.text(max_size=200))
def test_any_text_is_a_question(text: str, passage: str) -> None:
    parse(text, [passage])
    plan(text)
    follow_up(passage, text)
    question_about(passage)


@pytest.mark.parametrize("text", ["a" * 10_000, "how many " * 2_000, "\u202eتيخوانا", "\x00\x01", "A B " * 3_000])
def test_absurd_questions_are_parsed(text: str) -> None:
    parse(text, [PASSAGE])
    plan(text)
    follow_up(text, text)


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("how many troops went to aville?", "and beeton dorf?", "how many troops went to beeton dorf?"),
        ("How many troops went to Aville?", "what about Beeton Dorf?", "How many troops went to Beeton Dorf?"),
        ("How many troops went to Aville in 2024?", "and in 2023?", "How many troops went to Aville in 2023?"),
        ("Who won in 2024?", "and 2023?", "Who won in 2023?"),
        ("how many troops went to aville?", "when?", "When was it that troops went to aville?"),
        ("What did Ollund promise?", "why did she?", "Why did Ollund promise?"),
        ("What did Ollund promise?", "when?", "When did Ollund promise?"),
        ("Who is Petra Ollund?", "how old is she?", "how old is Petra Ollund?"),
        ("Who is Petra Ollund?", "what is her plan?", "what is Petra Ollund's plan?"),
        ("what happened in Aville?", "how many died there?", "how many died in Aville?"),
        ("What is the Halden Bridge?", "how long is it?", "how long is the Halden Bridge?"),
        ("when did the bridge open?", "who built it?", "who built the bridge?"),
        ("how long is the bridge across the sound?", "who built it?", "who built the bridge?"),
        (
            "How many votes did Petra Ollund get?",
            "and outside Aville?",
            "How many votes did Petra Ollund get outside Aville?",
        ),
        ("what did norway say over the weekend?", "and sweden?", "what did sweden say over the weekend?"),
        ("how much did norway pay into the fund?", "what about sweden?", "how much did sweden pay into the fund?"),
        ("when was the tunnel under the river built?", "and the bridge?", "when was the bridge under the river built?"),
        ("What happened in Aville over Easter?", "and Beeton Dorf?", "What happened in Beeton Dorf over Easter?"),
        (
            "How many people fled from Aville across the Ollund border?",
            "and Beeton Dorf?",
            "How many people fled from Beeton Dorf across the Ollund border?",
        ),
        ("What happened at the mill behind the station?", "who died there?", "who died at mill behind the station?"),
        ("when did the tram open?", "across which bridge?", "Across which bridge did the tram open?"),
        ("how long is the linden bridge?", "and the halden bridge?", "how long is the halden bridge?"),
        ("what did norway promise", "and sweden?", "what did sweden promise?"),
    ],
)
def test_a_follow_up_is_made_whole(previous: str, question: str, whole: str) -> None:
    found = follow_up(previous, question)
    assert found is not None and found.lower() == whole.lower()


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("How many people visited Aville?", "and yesterday?", "How many people visited Aville yesterday?"),
        ("How many people visited Aville?", "and in March?", "How many people visited Aville in March?"),
        ("How many people visited Aville?", "and March?", "How many people visited Aville in March?"),
        ("How many people visited Aville?", "and last year?", "How many people visited Aville last year?"),
        ("How many people visited Aville?", "and 2023?", "How many people visited Aville in 2023?"),
        ("How many people visited Aville?", "and since Monday?", "How many people visited Aville since Monday?"),
        ("How many people visited Aville?", "and two weeks ago?", "How many people visited Aville two weeks ago?"),
        ("How many people visited Aville?", "what about on Monday?", "How many people visited Aville on Monday?"),
        ("How many people visited Aville?", "what about Monday?", "How many people visited Aville on Monday?"),
        ("How many people visited Aville?", "and on 5 March?", "How many people visited Aville on 5 March?"),
        ("Who won the race in Aville?", "and last week?", "Who won the race in Aville last week?"),
        ("who won the race in aville", "and last week?", "who won the race in aville last week?"),
        ("Who won the race in Aville on Monday?", "and last week?", "Who won the race in Aville last week?"),
        ("Who won the race in Aville last week?", "and Monday?", "Who won the race in Aville on Monday?"),
        ("Who won in Aville yesterday?", "and in March?", "Who won in Aville in March?"),
        ("Who won in March in Aville?", "and in May?", "Who won in May in Aville?"),
        ("Who has led Aville since March?", "and 2019?", "Who has led Aville since 2019?"),
        ("What was yesterday's price in Aville?", "and today?", "What was today's price in Aville?"),
        ("Who won the 2024 race in Aville?", "and 2023?", "Who won the 2023 race in Aville?"),
        ("Who led the March on Aville?", "and yesterday?", "Who led the March on Aville yesterday?"),
        ("Which 3 towns flooded in Aville?", "and on 5 March?", "Which 3 towns flooded in Aville on 5 March?"),
        ("Who won in Aville yesterday?", "and in Beeton?", "Who won in Beeton yesterday?"),
    ],
)
def test_a_follow_up_about_a_time_keeps_the_place(previous: str, question: str, whole: str) -> None:
    assert follow_up(previous, question) == whole


@pytest.mark.parametrize(
    "question",
    [
        "Who won the cup in Aville?",
        "how much did the bridge cost?",
        "and how long did it take to build the bridge?",
        "is it true that the bridge opened?",
        "who said there will be a vote in Aville?",
        "😀",
        "thanks",
        "",
    ],
)
def test_a_question_complete_alone_is_left_alone(question: str) -> None:
    assert follow_up("how many troops went to aville?", question) is None


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Which is longer, the Halden bridge or the Linden bridge?",
            {
                "the Halden bridge": "How long is the Halden bridge?",
                "the Linden bridge": "How long is the Linden bridge?",
            },
        ),
        (
            "Did Aville get more boats than Beeton?",
            {"Aville": "How many boats did Aville get?", "Beeton": "How many boats did Beeton get?"},
        ),
        (
            "Where was the wind stronger, at Cape Rook or in Aville?",
            {"Cape Rook": "How strong was the wind at Cape Rook?", "Aville": "How strong was the wind in Aville?"},
        ),
        ("Is Aville larger than Beeton?", {"Aville": "How large is Aville?", "Beeton": "How large is Beeton?"}),
        (
            "which city gets more troops, aville or beeton?",
            {"aville": "How many troops gets aville?", "beeton": "How many troops gets beeton?"},
        ),
    ],
)
def test_a_comparison_is_asked_for_each_side(question: str, parts: dict[str, str]) -> None:
    assert {p.label: p.question for p in plan(question).parts} == parts


@pytest.mark.parametrize(
    "question", ["Did more than 300 people come?", "Was it more or less finished?", "who built the bridge?"]
)
def test_what_compares_no_two_things_is_asked_once(question: str) -> None:
    assert plan(question).parts == ()


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "About 400 residents watched the opening of the Linden bridge.",
            "How many residents watched the opening of the Linden bridge?",
        ),
        ("“The bridge is safe for everyone,” said Petra Ollund.", "Who said “The bridge is safe for everyone”?"),
        ("The new bridge cost about $3 million.", "How much did the new bridge cost?"),
        ("The street festival begins on Friday.", "When will the street festival begin?"),
        ("They were many.", None),
        ("It cost a lot, and others 12 did.", None),
    ],
)
def test_suggested_questions_are_grammatical_or_none(sentence: str, question: str | None) -> None:
    assert question_about(sentence) == question


def test_suggestions_take_turns_between_articles() -> None:
    first = Article("The new bridge cost about $3 million. The street festival begins on Friday.", id="a")
    second = Article("The old ferry cost about $1 million.", id="b")
    found = suggestions([first, second], limit=2)
    assert found == ["How much did the new bridge cost?", "How much did the old ferry cost?"]


@pytest.mark.parametrize("words", ["more of ", "first ", "or more ", "than more ", "which is "])
def test_a_long_question_of_comparing_words_is_soon_understood(words: str) -> None:
    """Once it took a quarter of a minute, in which nobody else was answered: a pattern went over it three times over."""
    assert kind_of(words * 500) is kind_of(words * 60)


@pytest.mark.parametrize(
    "question",
    [
        "which baker lost a third of his customers?",
        "Which minister resigned after her trip?",
        "Who sold his house?",
        "How many homes lost their power?",
        "What is the name of the man who broke his wrist at the festival?",
        "How fast was the ferry going when it touched the ground?",
        "When did the bridge get its name?",
        "Why do farmers fear for their cows?",
        "What bank moved its headquarters?",
        "Did the mayor say what he earns?",
        "Which two members of the mayor's party turned against her?",
        "who said it sounded like a train?",
    ],
)
@pytest.mark.parametrize("previous", ["how many troops went to Tijuana?", "What did Petra Ollund promise?"])
def test_a_pronoun_whose_owner_stands_before_it_points_no_further_back(previous: str, question: str) -> None:
    assert follow_up(previous, question) is None


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("and when did he resign?", "and when did Petra Ollund resign?"),
        ("what is her salary?", "what is Petra Ollund's salary?"),
        ("what's the name of her dog?", "what's the name of Petra Ollund's dog?"),
        ("what was the main reason for his resignation?", "what was the main reason for Petra Ollund's resignation?"),
        ("what caused the death of his wife?", "what caused the death of Petra Ollund's wife?"),
        ("who is her successor?", "who is Petra Ollund's successor?"),
        ("which minister did he fire?", "which minister did Petra Ollund fire?"),
        ("how many people attended her funeral?", "how many people attended Petra Ollund's funeral?"),
        ("what did they ask her about the fire?", "what did Petra Ollund ask her about the fire?"),
        ("how many votes did they win?", "how many votes did Petra Ollund win?"),
        ("when did police search his house?", "when did police search Petra Ollund's house?"),
        ("what did the doctors say about her injuries?", "what did the doctors say about Petra Ollund's injuries?"),
        ("why did the court reject his appeal?", "why did the court reject Petra Ollund's appeal?"),
        ("which company bought her house?", "which company bought Petra Ollund's house?"),
        ("who attended his funeral?", "who attended Petra Ollund's funeral?"),
        (
            "what did the government's lawyers say about her?",
            "what did the government's lawyers say about Petra Ollund?",
        ),
    ],
)
def test_a_pronoun_without_an_owner_before_it_points_back(question: str, whole: str) -> None:
    assert follow_up("What did Petra Ollund promise?", question) == whole


@pytest.mark.parametrize("question", ["when did he resign?", "what is her salary?", "when did they arrive?"])
def test_a_place_is_no_person(question: str) -> None:
    whole = follow_up("how many troops went to Tijuana?", question)
    assert whole == f"{question.rstrip('?')}, about troops went to Tijuana?"
    assert follow_up("What happened to Petra Ollund?", "when did she die?") == "when did Petra Ollund die?"


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("who is the mayor of Aville?", "how old is he?", "how old is the mayor of Aville?"),
        ("who is the ceo of Varmeko?", "how much does she earn?", "how much does the ceo of Varmeko earn?"),
        ("who is the captain of the Halden Star?", "was he charged?", "was the captain of the Halden Star charged?"),
        ("who is the goalkeeper of Aville?", "how old is he?", "how old is the goalkeeper of Aville?"),
        ("Who is the Aville mayor?", "what is her salary?", "what is the Aville mayor's salary?"),
        ("who is Aville's mayor?", "when was he elected?", "when was Aville's mayor elected?"),
        ("what is the name of the mayor of Aville?", "how old is he?", "how old is the mayor of Aville?"),
        ("when did the captain of the Teal die?", "how old was he?", "how old was the captain of the Teal?"),
        ("why did Aville's mayor resign?", "when did she resign?", "when did Aville's mayor resign?"),
        ("who is Petra Ollund's husband?", "how old is he?", "how old is Petra Ollund's husband?"),
        ("who is Petra Ollund's husband?", "how old is she?", "how old is Petra Ollund?"),
        ("who leads Varmeko?", "how old is he?", "how old is he, about leads Varmeko?"),
        ("who won the Aville Marathon?", "how old is she?", "how old is she, about won the Aville Marathon?"),
        ("who scored for Aville?", "how old is he?", "how old is he, about scored for Aville?"),
        ("did the minister visit Port Roe?", "what did she promise?",
         "what did she promise, about the minister visit Port Roe?"),
        ("when did the Halden Star sink?", "was he drunk?", "was he drunk, about the Halden Star sink?"),
        ("did the Halden Star sink?", "was she drunk?", "was she drunk, about the Halden Star sink?"),
        # Whom the question names is a person all the same.
        ("what was the age of Ollund?", "when did he die?", "when did Ollund die?"),
        ("did the Ollund campaign lie?", "what did she say?", "what did Ollund say?"),
        ("Did Petra Ollund visit Port Roe?", "what did she promise?", "what did Petra Ollund promise?"),
        ("who killed Petra Ollund?", "how old was she?", "how old was Petra Ollund?"),
        ("what caused the death of Petra Ollund?", "how old was she?", "how old was Petra Ollund?"),
        ("when is the Ollund trial?", "who is her lawyer?", "who is Ollund's lawyer?"),
        ("What did Petra Ollund say about the mayor of Aville?", "how old is she?", "how old is Petra Ollund?"),
        ("Is Petra Ollund the mayor of Aville?", "how old is she?", "how old is Petra Ollund?"),
        ("who leads Varmeko?", "how many people do they employ?", "how many people do Varmeko employ?"),
        ("who is the captain of the Halden Star?", "when did it sink?", "when did the Halden Star sink?"),
    ],
)  # fmt: skip
def test_he_and_she_are_persons(previous: str, question: str, whole: str) -> None:
    assert follow_up(previous, question) == whole


@pytest.mark.parametrize(
    ("previous", "question", "whole"),
    [
        ("how much will the Halden Bridge cost?", "how long is it?", "how long is the Halden Bridge?"),
        ("how much will the Halden Bridge cost?", "and where is it?", "and where is the Halden Bridge?"),
        ("when will the marathon start?", "how long is it?", "how long is the marathon?"),
        ("when did the bridge open in Aville?", "how long is it?", "how long is the bridge?"),
        ("when was the Halden Bridge built in Aville?", "how long is it?", "how long is the Halden Bridge?"),
        ("when did Petra Ollund run the Aville Marathon?", "how long is it?", "how long is the Aville Marathon?"),
        ("when was the vote on the Halden Bridge?", "where was it?", "Where was the vote on the Halden Bridge?"),
        ("when was the Ollund trial?", "how long was it?", "How long was the Ollund trial?"),
        ("when is the Aville film festival?", "how long is it?", "How long is the Aville film festival?"),
        ("when is the cup final?", "where is it?", "Where is the cup final?"),
        ("when is the final between Aville and Beeton?", "where is it?", "Where is the final between Aville and Beeton?"),
        ("when did the mayor resign?", "where is it?", "Where did the mayor resign?"),
        ("who shot Petra Ollund?", "where was it?", "Where was it that somebody shot Petra Ollund?"),
        ("was Petra Ollund fined?", "how much was it?", "How much was Petra Ollund fined?"),
        ("how many people died in the Aville fire?", "where was it?", "Where was it that people died in the Aville fire?"),
        ("how many votes did Ollund get?", "in which district?", "In which district did Ollund get votes?"),
        ("how many people died in Aville?", "in which year?", "In which year was it that people died in Aville?"),
        ("when did the bridge open?", "where did it happen?", "Where did the bridge open?"),
        ("when did the bridge open?", "how long did it?", "How long did the bridge open?"),
        ("when did the bridge open?", "where was that?", "Where did the bridge open?"),
        ("what happened in Aville?", "where is it?", "where is Aville?"),
        ("how many homes lost power in Aville?", "how cold was it there?", "how cold was it in Aville?"),
        ("how much will the Halden Bridge cost?", "and in euros?", "how much will the Halden Bridge cost in euros?"),
        ("how much is a ticket to Aville?", "and in euros?", "how much is a ticket to Aville in euros?"),
        ("how many votes did Petra Ollund get?", "and in Aville?", "how many votes did Petra Ollund get in Aville?"),
        ("how many people live at Port Roe?", "and in Aville?", "how many people live at Aville?"),
        ("how many people live in Aville?", "and in Beeton?", "how many people live in Beeton?"),
        ("did Ollund win?", "by how many votes?", "By how many votes did Ollund win?"),
        ("when did the tram open?", "with how many stops?", "With how many stops did the tram open?"),
        ("who won the election in Aville?", "by how many votes?",
         "By how many votes was it that somebody won the election in Aville?"),
        ("when did Ollund sell the house?", "to whom?", "To whom did Ollund sell the house?"),
    ],
)  # fmt: skip
def test_it_is_the_thing_and_the_rest_of_the_question_stays(previous: str, question: str, whole: str) -> None:
    assert follow_up(previous, question) == whole


@pytest.mark.parametrize(
    ("previous", "question"),
    [
        ("what about Ollund?", "by how much?"),
        ("the election in Aville", "by how many votes?"),
        ("who is the mayor of Aville?", "at what age?"),
        ("how many votes has Ollund got?", "in which district?"),
        ("what happened in Aville?", "on which day?"),
    ],
)
def test_a_question_that_makes_no_sentence_with_the_earlier_one_is_left_alone(previous: str, question: str) -> None:
    assert follow_up(previous, question) is None


@pytest.mark.parametrize("question", ["in which city does the mayor live?", "by how much did prices rise in May?"])
def test_a_question_with_a_verb_of_its_own_is_left_alone(question: str) -> None:
    assert follow_up("who won the election in Aville?", question) is None


def test_no_question_of_the_samples_changes_after_another() -> None:
    lines = (Path(__file__).parent / "samples_questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    previous = ["how many troops went to Tijuana?", "What did Petra Ollund promise?", "Who is Elena Ruiz?"]
    changed = [(p, q) for p in previous for q in asked if follow_up(p, q) not in (None, q)]
    assert changed == []
