"""What an answer is made of besides question, passages and spans: plain data, handed in by the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

from index.answer import Trace
from index.answering.choice import Choice
from index.article import Article, Citation, Published, day_of

Ref: TypeAlias = tuple[str, str]
"""What names an article among all collections: (collection, key)."""


class Reading(Protocol):
    """A span the reader proposes: offsets into the passage's text, and its margin over "not here"."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def score(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where the passages come from, and what was promised.

    `articles` holds the whole articles of the passages and `signatures` what `stories.signature` gave for them when they
    were added; whatever is missing is made up for from the passages. `today` is the day the question
    is asked.
    """

    encoder: str = ""
    reader: str | None = None
    collections: tuple[str, ...] = ("shared",)
    revisions: Mapping[str, int] = field(default_factory=dict)
    promise: str = "balanced"
    since: Published | None = None
    as_of: Published | None = None
    today: date | None = None
    articles: Mapping[Ref, Article] = field(default_factory=dict)
    signatures: Mapping[Ref, bytes] = field(default_factory=dict)
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    choice: Choice | None = None
    """How spans are chosen among; None: as shipped. For fitting it."""

    def published(self, citation: Citation) -> Published | None:
        """When an article appeared; None where that is unknown, or where it claims to come from the future."""
        when = citation.published
        return None if when and self.today and day_of(when) > self.today else when

    def trace(self) -> Trace:
        """What is known of an answer before anything was looked at."""
        return Trace(
            collections=tuple(self.collections),
            revisions=dict(self.revisions),
            encoder=self.encoder,
            reader=self.reader,
            promise=self.promise,
            threshold=None,
            since=self.since,
            as_of=self.as_of,
            milliseconds=dict(self.milliseconds),
        )


def ref(citation: Citation) -> Ref:
    return citation.collection, citation.key
