"""What a question asks for is understood from its words; what it compares; which questions are suggested."""

from __future__ import annotations

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
