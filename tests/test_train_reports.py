"""Reports with questions written beneath them: what they become, and what is said of one that is written wrongly."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from index.passages import cut
from index.reader.examples import BadExamples, Example, read_examples
from index.reader.train import _taken

FILLER = "Nothing else was said at the harbour that day, and the gulls were the only ones who stayed to the end. "
REPORT = f"""# Rangers come to Aville
AVILLE - The plan sends 1,949 rangers to Aville. {FILLER * 4}
{FILLER * 4}
"We will stay," said their captain, Ada Roe. Of the 1,949 rangers 31 are cooks. {FILLER * 2}
Q: how many rangers for aville?
A: The plan sends [[1,949]] rangers to
Q: who leads them
A: said their captain, [[Ada Roe]]. Of
U: how many cooks are in Beeton?
===
# Ferry sold
The old ferry went for $40,000 in May.
Q: what did the ferry go for?
A: went for [[$40,000]] in
===
"""
SHIPPED = Path(__file__).parents[1] / "index" / "reader" / "news"


def test_each_question_stands_on_the_passage_that_answers_it(tmp_path: Path) -> None:
    path = tmp_path / "harbour.txt"
    path.write_text(REPORT, encoding="utf-8")
    rangers, captain, cooks, ferry = rows = read_examples(path)
    for row, answer in ((rangers, "1,949"), (captain, "Ada Roe"), (ferry, "$40,000")):
        (gold,) = row.answers
        assert gold.text == answer and row.context[gold.start :].startswith(answer)
    assert rangers.context.startswith("AVILLE - The plan") and "captain" not in rangers.context
    assert "captain" in captain.context and "The plan" not in captain.context
    assert cooks.answers == () and "cooks" in cooks.context
    assert [row.document for row in rows] == ["Rangers come to Aville"] * 3 + ["Ferry sold"]
    assert {row.source for row in rows} == {"harbour"}
    packed = tmp_path / "harbour.txt.gz"
    packed.write_bytes(gzip.compress(REPORT.encode()))
    assert read_examples(packed) == rows


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("# Title\nAda came.\nA: [[Ada]] came\n", "has no question before it"),
        ("# Title\nAda came.\nQ: who?\nA: Ada came\n", "exactly once, with one answer"),
        ("# Title\nAda came. Ada left.\nQ: who?\nA: [[Ada]]\n", "exactly once"),
        ("# Title\nAda came.\nQ: who?\nA: [[Eve]] came\n", "exactly once"),
        ("Ada came.\nQ: who?\nA: [[Ada]] came\n", "begins with"),
        ("# Title\nQ: who?\n", "begins with"),
        ("", "holds no question"),
        ("# Title\nAda came.\n", "holds no question"),
    ],
)
def test_what_is_written_wrongly_is_named(tmp_path: Path, wrong: str, message: str) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(BadExamples, match=message) as raised:
        read_examples(path)
    assert "wrong.txt" in str(raised.value)


def test_so_many_questions_of_a_file_are_taken_and_always_the_same(tmp_path: Path) -> None:
    path = tmp_path / "harbour.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert _taken(str(path)) == read_examples(path) == sorted(_taken(f"{path}:9"), key=read_examples(path).index)
    assert len(_taken(f"{path}:2")) == 2 and _taken(f"{path}:2") == _taken(f"{path}:2")


def shipped() -> list[Example]:
    return [row for path in sorted(SHIPPED.glob("*.txt")) for row in read_examples(path)]


def test_the_reports_that_the_reader_was_trained_on_are_sound() -> None:
    rows = shipped()
    assert len(rows) > 5000
    assert 0.2 < sum(not row.answers for row in rows) / len(rows) < 0.5
    assert all(len(cut(row.context)) == 1 for row in rows[::50])
    assert len({(row.document, row.question) for row in rows}) > 0.995 * len(rows)
