"""Known answers -> numbers: the arithmetic, and the numbers the samples are expected to give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Answer, Archive, BadSource, Citation, Finding, Hit, Kind, Passage, Quote, Trace
from index.evaluation import KnownQuestion, compared, evaluate, exact_match, read_questions, summarise, token_f1

HERE = Path(__file__).parent
TOLERANCE = 0.03
"""Other processors round vectors differently, which moves a passage or two; a change of the code moves more."""


def answer(text: str | None, passages: list[tuple[str, str]], kind: Kind = Kind.SPAN) -> Answer:
    """An answer as the archive gives one: `passages` are (key of the article, text)."""
    citations = [Citation("shared", key) for key, _ in passages]
    hits = tuple(
        Hit(Passage(citation, 0, 0, len(body), body, ()), rank, 1 / rank)
        for rank, (citation, (_, body)) in enumerate(zip(citations, passages, strict=True), 1)
    )
    quotes = (Quote(citations[0], 0, len(passages[0][1]), passages[0][1]),) if passages else ()
    trace = Trace(("shared",), {}, "model", None, "balanced", None, hits)
    return Answer("?", kind if text else Kind.NONE, (Finding(text, quotes),) if text else (), trace)


def test_words_are_compared_as_squad_does() -> None:
    assert exact_match("The 1,949 troops!", "1949 troops") == 1
    assert exact_match("1,949", "1,650") == 0
    assert token_f1("at least 1,650 troops", "1,650") == pytest.approx(2 * 1 / (4 + 1))
    assert token_f1("a the", "an") == 1
    assert token_f1("goat", "") == 0


def test_each_number_means_what_its_name_says() -> None:
    found = [("a", "Nothing here."), ("b", "The bridge cost 12 crowns."), ("c", "It cost 13 crowns.")]
    rows = [
        (KnownQuestion("right", "How much did it cost?", ("12 crowns",), ("b",)), answer("12 crowns", found)),
        (KnownQuestion("half", "How much?", ("12 crowns",), ("a",)), answer("12 goats", found)),
        (KnownQuestion("silent", "Who built it?", ("Ann",), ("x",)), answer(None, found)),
        (KnownQuestion("trap", "Who fell?", (), answerable=False), answer("Ann", found)),
        (KnownQuestion("rightly silent", "Who fell?", (), answerable=False), answer(None, found)),
        (
            KnownQuestion("sentence", "What of it?", ("13 crowns",)),
            answer("It cost 13 crowns.", found[2:], Kind.SENTENCES),
        ),
    ]
    report = summarise([compared(question, given, 10.0) for question, given in rows])
    assert report.questions == 6
    assert report.article_hit == {"1": pytest.approx(1 / 3), "5": pytest.approx(2 / 3), "10": pytest.approx(2 / 3)}
    assert report.answer_hit_at_5 == pytest.approx(3 / 4)
    assert report.mrr_at_10 == pytest.approx((1 / 2 + 1 + 0 + 1) / 4)
    assert report.exact_match == pytest.approx(1 / 4)
    assert report.f1 == pytest.approx((1 + 0.5 + 0 + 2 * 2 / (2 + 4)) / 4)
    assert (report.spans, report.sentences) == (3, 1)
    assert report.answered == pytest.approx(3 / 4)
    assert report.precision_when_answered == pytest.approx(2 / 4)
    assert report.false_answers == pytest.approx(1 / 2)
    assert report.types["how much"]["questions"] == 2


def test_the_question_word_is_recognised() -> None:
    asked = {"how many ppl came": "how many", "In which town?": "which", "So when was it": "when", "Bridge?": "other"}
    assert {text: KnownQuestion("", text).type for text in asked} == asked


@pytest.mark.parametrize("line", ["not json", "[1]", '{"answers": []}', '{"question": "?", "answers": 3}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"question": "Who?", "answers": ["Ann"]}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(BadSource, match="line 3"):
        read_questions(path)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("answers", {"text": ["Ann"], "answer_start": [3]}),
        ("answers", [["Ann"]]),
        ("answers", [None]),
        ("answers", [True]),
        ("answers", 1949),
        ("article_ids", {"a": 1}),
        ("article_ids", 7),
        ("date", 20250205),
        ("date", "yesterday"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_its_line(tmp_path: Path, field: str, value: object) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"question": "Who?", "answers": ["Ann"], field: value}), encoding="utf-8")
    with pytest.raises(BadSource, match=rf'questions.jsonl, line 1: "{field}" is '):
        read_questions(path)


def test_one_text_alone_is_one_answer(tmp_path: Path) -> None:
    rows = [
        {"question": "How many?", "answers": "1,949", "article_ids": "troops"},
        {"question": "How many?", "answers": ["1,949", 1949], "article_ids": [7], "date": "2025-02-05"},
        {"question": "How many?", "answers": None, "article_ids": None, "date": None},
        {"question": "How many?", "answers": ""},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    read = read_questions(path)
    assert [q.answers for q in read] == [("1,949",), ("1,949", "1949"), (), ()]
    assert [q.article_ids for q in read] == [("troops",), ("7",), (), ()]
    assert [q.date for q in read] == [None, "2025-02-05", None, None]
    assert [q.answerable for q in read] == [True, True, False, False]


def test_line_separators_inside_a_question_do_not_end_its_row(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes('{"question": "Who\u2028came\u0085?", "answers": ["Ann"]}\r\n\r\n{"question": "Why?"}'.encode())
    assert [q.question for q in read_questions(path)] == ["Who\u2028came\u0085?", "Why?"]


def test_the_samples_give_the_expected_numbers(sample_archive: Archive) -> None:
    expected = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
    questions = read_questions(HERE / "samples_questions.jsonl")
    measured = summarise(list(evaluate(questions, lambda q: sample_archive.ask(q.question)))).as_dict()
    numbers = {name: measured[name] for name in expected["numbers"]}
    assert numbers == pytest.approx(expected["numbers"], abs=TOLERANCE)


def test_of_several_figures_names_places_and_days_the_right_one_is_read(sample_archive: Archive) -> None:
    """Whatever its confidence: the samples are written so that each has more than one of the kind that is asked for."""
    rows = [json.loads(line) for line in (HERE / "samples_questions.jsonl").read_text(encoding="utf-8").splitlines()]
    values = {"how many", "how much", "how long", "who", "who said", "when", "where", "which", "what"}
    asked = {row["id"] for row in rows if row["answerable"] and row["type"] in values}
    questions = [q for q in read_questions(HERE / "samples_questions.jsonl") if q.id in asked]
    results = list(evaluate(questions, lambda q: sample_archive.ask(q.question, promise="any")))
    assert len(results) >= 60
    assert summarise(results).as_dict()["exact_match"] >= 0.9


def test_counts_of_two_reports_that_differ_stand_side_by_side(sample_archive: Archive) -> None:
    told = sample_archive.ask("How many visitors came to the lantern festival in Osterfen?")
    assert (told.text, [f.text for f in told.differing]) == ("14,900", ["18,400"])
    asked = sample_archive.ask("how many visitors did the organisers of the lantern festival count?")
    assert (asked.text, [f.text for f in asked.differing]) == ("18,400", ["14,900"])
