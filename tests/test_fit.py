"""The command that fits the confidence, run as whoever trains a reader runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from index.answering.calibration import read_news, sampled_news
from index.answering.fit import FIRM, PRIOR, app
from index.answering.fit_choice import FEATURES
from tests.test_answering_quality import rows

BRIDGE = "The ferry to Beeton was sold for $40,000 in May. Its captain, Ada Roe, wept on the quay, and 31 pupils sang for her."
QUESTIONS = [
    {"id": "n1", "event": "ferry", "question": "what did the ferry go for?", "answers": ["$40,000"], "article_ids": ["ferry"]},
    {"id": "n2", "event": "ferry", "question": "who was the captain", "answers": ["Ada Roe"], "article_ids": ["ferry"]},
    {"id": "n3", "event": "ferry", "question": "how many teachers sang?", "answers": [], "answerable": False},
]  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A calibration file of four documents, some on either half, and news."""
    places = ["Aville", "Oldport", "Beeton", "Dunmore"]
    lines = [
        {"id": f"{r.id}-{place}", "document": place, "question": r.question.replace("Aville", place).replace("Oldport", place),
         "context": r.context.replace("Aville", place).replace("Oldport", place),
         "answers": [{"text": a, "answer_start": 0} for a in r.answers]}
        for place in places for r in rows()
    ]  # fmt: skip
    made = {name: tmp_path / f"{name}.jsonl" for name in ("data", "articles", "questions", "held-out")}
    made["data"].write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    article = {"id": "ferry", "title": "Ferry sold", "text": BRIDGE}
    made["articles"].write_text(json.dumps(article), encoding="utf-8")
    for name in ("questions", "held-out"):
        made[name].write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return made


def test_news_is_asked_as_it_is_and_with_its_articles_taken_out(files: dict[str, Path]) -> None:
    news = read_news(files["questions"])
    assert [(r.document, r.answers, r.articles) for r in news[:1]] == [("ferry", ("$40,000",), ("ferry",))]
    asked = sampled_news(news)
    assert [(r.id, removed) for r, removed in asked[:3]] == [("n1", False), ("n2", False), ("n3", False)]
    assert [removed for _, removed in asked[3:]] == [True] and asked[3][0].answers


def test_the_command_writes_what_an_archive_reads(files: dict[str, Path], tmp_path: Path) -> None:
    out, report = tmp_path / "confidence.json", tmp_path / "report.json"
    arguments = [f"--{name}={path}" for name, path in files.items()]
    done = CliRunner().invoke(app, [*arguments, f"--out={out}", f"--report={report}"])
    assert done.exit_code == 0, done.output
    stored = json.loads(out.read_text(encoding="utf-8"))
    assert set(stored["choice"]) == set(FEATURES) and set(stored["models"]) == {"spans", "sentences"}
    assert set(stored["models"]["spans"]["coefficients"]) >= set(PRIOR) & set(FIRM)
    assert stored["fitted_on"]["news"] == "questions.jsonl"
    numbers = json.loads(report.read_text(encoding="utf-8"))
    assert numbers["spans"]["news"]["questions"] >= 3 and numbers["spans"]["encyclopedia"]["questions"] >= 1


def test_questions_on_news_without_their_articles_are_refused(files: dict[str, Path], tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, [f"--data={files['data']}", f"--questions={files['questions']}", f"--out={tmp_path / 'x'}"]
    )
    assert done.exit_code == 2 and "--articles, --questions and --held-out go together" in done.output
    assert not (tmp_path / "x").exists()
