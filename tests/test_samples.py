"""The articles that ship with the package, and the questions asked on them."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from index import Archive, Article
from index.sources import samples

QUESTIONS = Path(__file__).parent / "samples_questions.jsonl"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Article]:
    return {article.id or "": article for article in samples()}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def test_every_sample_says_that_it_is_one(shipped: dict[str, Article]) -> None:
    assert len(shipped) >= 14
    for key, article in shipped.items():
        assert re.fullmatch(r"sample-[a-z-]+", key)
        assert "This is a sample article written for Nutgraf." in article.text.split("\n")
        assert article.url and article.url.startswith("https://example.org/")
        assert article.outlet
        assert 5 < len(article.title) < 120
        assert 90 <= len(article.text.split()) <= 220


def test_the_dirt_of_the_pages_is_gone(shipped: dict[str, Article]) -> None:
    dirty = "\n".join(
        file.read_text(encoding="utf-8") for file in files("index").joinpath("samples").iterdir() if file.is_file()
    )
    leavings = [
        "Leave a Reply", "Required fields are marked", "cookies", "newsletter", "Share", "](", "![", "All rights reserved",
        "inbox", "Enter your email", "Read also", "Tags:", "Skip to content", "**", "---",
    ]  # fmt: skip
    for leaving in leavings:
        assert leaving in dirty, f"no sample carries {leaving!r} any more"
        for article in shipped.values():
            assert leaving not in article.text, f"{article.id} still carries {leaving!r}"


def test_samples_are_of_several_kinds_dates_and_outlets(shipped: dict[str, Article]) -> None:
    kinds = Counter(Path(file.name).suffix for file in files("index").joinpath("samples").iterdir())
    assert all(kinds[suffix] >= 3 for suffix in (".txt", ".md", ".html"))
    published = [article.published for article in shipped.values()]
    assert any(isinstance(moment, datetime) and moment.tzinfo for moment in published)
    assert any(type(moment) is date for moment in published)
    assert published.count(None) == 1
    assert len({article.outlet for article in shipped.values()}) >= 5


def test_one_report_is_printed_twice(shipped: dict[str, Article]) -> None:
    original, reprint = shipped["sample-ferry-aground"], shipped["sample-ferry-reprint"]
    assert original.outlet != reprint.outlet
    assert original.text != reprint.text
    assert SequenceMatcher(None, original.text.split(), reprint.text.split()).ratio() > 0.95


def test_a_title_that_no_headline_gives_comes_from_the_image(shipped: dict[str, Article]) -> None:
    assert shipped["sample-border-troops"].title == "Soldiers in a pickup truck on a dirt road beside the border fence"
    assert shipped["sample-border-troops"].text.startswith("TIJUANA, Mexico — ")


def test_questions_fit_the_samples(shipped: dict[str, Article], rows: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)
    assert sum(row["answerable"] for row in rows) >= 60
    assert sum(not row["answerable"] for row in rows) >= 40
    for row in rows:
        assert bool(row["answers"]) == bool(row["article_ids"]) == row["answerable"]
        texts = [shipped[key].text for key in row["article_ids"]]
        for answer in row["answers"]:
            assert any(answer in text for text in texts), f"{row['id']}: {answer!r} stands in none of its articles"
        for text in texts:
            assert any(answer in text for answer in row["answers"]), f"{row['id']}: an article holds no answer"


def test_questions_worth_asking_are_answered_at_the_promise_they_are_made_for(sample_archive: Archive) -> None:
    offered = {promise: sample_archive.suggest(limit=8, promise=promise) for promise in ("strict", "generous")}
    assert all(sample_archive.ask(q, promise=promise).answered for promise, found in offered.items() for q in found)
    assert any(not sample_archive.ask(question, promise="strict").answered for question in offered["generous"])
