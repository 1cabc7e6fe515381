"""Invented articles with what a reader marks in them, and the answers that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.answer import Answer, Hit
from index.answering import Context, compose
from index.article import Article, Citation, Passage, Published
from index.passages import sentences
from index.reader import Reading

TODAY = date(2031, 2, 10)


@dataclass
class Desk:
    """A few articles, each one passage, in the order in which they are found."""

    articles: Sequence[Article]

    @property
    def hits(self) -> list[Hit]:
        return [
            Hit(
                Passage(
                    Citation("shared", a.key, a.title, a.outlet, a.url, a.published), 0, 0, len(a.text), a.text,
                    tuple(sentences(a.text)),
                ),
                rank, 1 / rank, rank, 0.6, rank, 5.0,
            )
            for rank, a in enumerate(self.articles, 1)
        ]  # fmt: skip

    def context(self, **more: object) -> Context:
        return Context(
            encoder="test", today=TODAY, articles={("shared", a.key): a for a in self.articles}, **more  # type: ignore[arg-type]
        )  # fmt: skip

    def ask(self, question: str, *spans: tuple[int, str, float], promise: str = "any") -> Answer:
        """`spans` are what the reader marks: (article, words, margin)."""
        readings: list[list[Reading]] = [[] for _ in self.articles]
        for i, words, margin in spans:
            start = self.articles[i].text.index(words)
            readings[i].append(Reading(start, start + len(words), margin))
        return compose(question, self.hits, readings, context=self.context(promise=promise))


def article(key: str, text: str, published: Published | None = None, outlet: str = "", title: str = "") -> Article:
    return Article(text, title=title, outlet=outlet or key, published=published, id=key)


TWO_CITIES = article(
    "cities",
    "Officials gave figures on Friday. At least 165 rangers would be stationed in Oldport, second only to Newhaven, "
    "which is set to receive 194 rangers.",
    date(2031, 2, 5),
)
QUESTION = "How many rangers is Newhaven getting?"
HOMES = "How many homes in Oldport did the storm cut off?"
