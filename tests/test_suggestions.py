"""The questions that an archive offers: about its own articles, and such as it can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import Answer, Archive, Article, Kind
from tests.conftest import WordEncoder
from tests.discord_fixtures import NearestNumber

MUSEUM = Article("The new museum cost about 7,741,000 crowns.", title="Harrow")
THEATRE = Article("The old theatre cost about 3,512,000 crowns.", title="Kolm")
ON_MUSEUM, ON_THEATRE = "How much did the new museum cost?", "How much did the old theatre cost?"


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive with a quick reader."""
    with Archive(tmp_path / "archive", encoder=WordEncoder(), reader=NearestNumber()) as opened:
        yield opened


def answering(monkeypatch: pytest.MonkeyPatch, given: Callable[[Answer], bool]) -> None:
    """Of what archives answer, however sure they are, only this much is given."""
    ask = Archive.ask

    def asking(archive: Archive, question: str, collections: Sequence[str] = ("shared",), **_: Any) -> Answer:
        answer = ask(archive, question, collections, promise="any")
        return answer if given(answer) else replace(answer, kind=Kind.NONE, findings=())

    monkeypatch.setattr(Archive, "ask", asking)


def test_what_is_offered_is_about_the_collections_asked(asked: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, lambda answer: answer.kind is Kind.SPAN)
    asked.add([MUSEUM], "guild-1")
    assert asked.suggest(["guild-1"]) == (ON_MUSEUM,)
    assert asked.suggest(["guild-1"], near="what of the museum?") == (ON_MUSEUM,)
    assert asked.suggest(["guild-1"], near=ON_MUSEUM) == (), "what was asked already"
    asked.add([THEATRE])
    assert set(asked.suggest(["guild-1", "shared"])) == {ON_MUSEUM, ON_THEATRE}
    assert asked.suggest(["guild-2"]) == ()


def test_only_what_can_be_answered_is_offered(asked: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, lambda answer: "museum" in answer.question)
    asked.add([MUSEUM, THEATRE])
    assert asked.suggest(limit=1) == (ON_MUSEUM,)
