"""The files of questions that a reader is trained on, and how its answers to them are scored."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from index.reader.examples import BadExamples, half, read_examples
from index.reader.scoring import exact, f1, normalise
from index.reader.train import main
from tests.training_fixtures import PLACES, made_examples


def test_files_of_either_kind_hold_the_same(tmp_path: Path) -> None:
    rows = made_examples()
    lines = tmp_path / "made.jsonl.gz"
    with gzip.open(lines, "wt", encoding="utf-8") as file:
        for row in rows:
            answers = [{"text": gold.text, "answer_start": gold.start} for gold in row.answers]
            file.write(json.dumps({"question": row.question, "context": row.context, "answers": answers}) + "\n")
    squad = tmp_path / "made.json"
    documents = []
    for place in PLACES:
        mine = [row for row in rows if row.document == place]
        asked = [
            {"question": r.question, "answers": [{"text": g.text, "answer_start": g.start} for g in r.answers]}
            for r in mine
        ]
        asked.append({"question": "Who left?", "answers": [], "is_impossible": True, "plausible_answers": []})
        documents.append({"title": place, "paragraphs": [{"context": mine[0].context, "qas": asked}]})
    squad.write_text(json.dumps({"version": "v2.0", "data": documents}), encoding="utf-8")
    assert [row.question for row in read_examples(lines)] == [row.question for row in rows]
    assert [(row.question, row.answers) for row in read_examples(squad) if row.answers] == [
        (row.question, row.answers) for row in rows
    ]
    parts = [half(read_examples(squad), which) for which in ("fit", "report")]
    assert all(parts) and sum(map(len, parts)) == 50
    assert not {row.document for row in parts[0]} & {row.document for row in parts[1]}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.json", "nonsense", "neither SQuAD JSON nor"),
        ("x.json", "{}", "neither SQuAD JSON nor"),
        ("x.jsonl", '{"question": "Who?"}', "neither SQuAD JSON nor"),
        ("x.jsonl", "", "no question"),
        ("x.jsonl.gz", "not gzip", "cannot be read"),
        (
            "x.jsonl",
            '{"question": "Who?", "context": "Ada came.", "answers": [{"text": "Ada", "answer_start": 4}]}',
            "is not at character 4",
        ),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(BadExamples, match=message):
        read_examples(tmp_path / name)
    assert main(["--data", str(tmp_path / name), "--out", str(tmp_path / "out"), "--epochs", "1"]) == 1
    assert message in capsys.readouterr().err


def test_scores_are_those_of_squad() -> None:
    assert normalise("The  “U.S.” dollar!") == "“us” dollar"
    assert exact("the Red Cross", ["red cross."]) == 1.0
    assert exact("Cross", ["red cross"]) == 0.0
    assert f1("Ana Ruiz", ["mayor Ana Ruiz", "no one"]) == pytest.approx(0.8)
    assert f1("", ["Ruiz"]) == 0.0
