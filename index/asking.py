"""A question's way through the archive: retrieve, read, compose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from index import retrieval
from index.answer import Answer, Hit
from index.answering import WHOLE, Context, Ref, compare, compose, dated_title, excerpts, ledes, plan
from index.article import Article, Published
from index.collection import Collection
from index.encoder import Encoder
from index.errors import BadQuestion
from index.reader import Reader, Reading

READ_PASSAGES = 8
"""Passages the reader reads for a question; see the README's table for what fewer cost and save."""
NEWEST_PASSAGES = 50
"""Passages looked at where the question asks for the latest: the newest need not be the nearest."""

LONGEST = 10_000
"""Characters of a question."""


def check(question: str) -> None:
    """Raises BadQuestion for a text that nobody can have asked."""
    if len(question) > LONGEST:
        raise BadQuestion(f"A question of {len(question):,} characters is too long: at most {LONGEST:,}.")
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise BadQuestion("The question holds bytes that are no characters: write it in UTF-8.") from error
    if not question.strip():
        raise BadQuestion('There is no question: ask one such as "how many people came to the festival?"')


def read(
    reader: Reader,
    question: str,
    hits: Sequence[Hit],
    articles: Mapping[Ref, Article],
    *,
    whole: int = WHOLE,
    today: date | None = None,
) -> tuple[tuple[Hit, ...], list[list[Reading]]]:
    """What the reader marks in each passage, or in the excerpt of it, read under its article's title, with its month where the
    question names that, and under its lede where that says more of what is asked; and the passages with a note of what was
    read. `articles` are those of the passages; of one that is missing no lede is read."""
    parts = excerpts(question, hits, whole=whole)
    texts = [hit.passage.text[start:end] for hit, (start, end) in zip(hits, parts, strict=True)]
    cited = [hit.passage.citation for hit in hits]
    titles = [dated_title(question, c.title, text, c.published, today) for c, text in zip(cited, texts, strict=True)]
    above = ledes(question, hits, parts, articles)
    found = reader.read(question, texts, titles, [lede.text if lede else "" for lede in above])
    noted = [
        replace(hit, read=(hit.passage.start + start, hit.passage.start + end), lede=lede)
        for hit, (start, end), lede in zip(hits, parts, above, strict=True)
    ]
    placed = [
        [replace(reading, start=start + reading.start, end=start + reading.end) for reading in readings]
        for readings, (start, _) in zip(found, parts, strict=True)
    ]
    return tuple(noted), placed


@dataclass(frozen=True, slots=True)
class How:
    """Which rankings are used, whether the reader reads, how many passages, and how many of them whole; the defaults measured
    best."""

    dense: bool = True
    lexical: bool = True
    reader: bool = True
    passages: int = READ_PASSAGES
    whole: int = WHOLE


DEFAULT = How()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What holds for every part of one question."""

    collections: Sequence[Collection]
    names: tuple[str, ...]
    encoder: Encoder
    reader: Reader | None
    today: date
    since: Published | None = None
    as_of: Published | None = None
    promise: str = "balanced"
    how: How = DEFAULT

    def answer(self, question: str) -> Answer:
        """The answer to the whole question; one that compares is asked for each of its sides."""
        planned = plan(question)
        if not planned.parts:
            return self._answer(question, NEWEST_PASSAGES if planned.newest else self.how.passages)
        sides = [(part.label, self._answer(part.question, self.how.passages)) for part in planned.parts]
        return compare(question, sides)

    def _answer(self, question: str, limit: int) -> Answer:
        started = perf_counter()
        hits = retrieval.search(
            question,
            self.collections,
            self.encoder,
            limit=limit,
            since=self.since,
            as_of=self.as_of,
            dense=self.how.dense,
            lexical=self.how.lexical,
        )
        articles, signatures = self._stored(hits)
        retrieved = perf_counter()
        readings = None
        if self.reader:
            seen, readings = read(
                self.reader, question, hits[: self.how.passages], articles, whole=self.how.whole, today=self.today
            )
            hits = seen + hits[len(seen) :]
        times = {"retrieval": (retrieved - started) * 1000, "reading": (perf_counter() - retrieved) * 1000}
        return compose(question, hits, readings, context=self._context(articles, signatures, times))

    def _stored(self, hits: Sequence[Hit]) -> tuple[dict[Ref, Article], dict[Ref, bytes]]:
        """The articles of the passages, whole, and their signatures."""
        articles: dict[Ref, Article] = {}
        signatures: dict[Ref, bytes] = {}
        for collection in self.collections:
            cited = [h.passage.citation for h in hits]
            keys = list(dict.fromkeys(c.key for c in cited if c.collection == collection.name))
            stored = collection.store.articles_by_key(keys)
            articles |= {(collection.name, key): article for key, article in stored.items()}
            signatures |= {(collection.name, key): value for key, value in collection.store.signatures(keys).items()}
        return articles, signatures

    def _context(
        self, articles: Mapping[Ref, Article], signatures: Mapping[Ref, bytes], milliseconds: Mapping[str, float]
    ) -> Context:
        return Context(
            encoder=f"{self.encoder.name} {self.encoder.fingerprint[:12]}",
            reader=self.reader.name if self.reader else None,
            collections=self.names,
            revisions={collection.name: collection.store.revision() for collection in self.collections},
            promise=self.promise,
            since=self.since,
            as_of=self.as_of,
            today=self.today,
            articles=articles,
            signatures=signatures,
            milliseconds=milliseconds,
        )
