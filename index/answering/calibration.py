"""Questions with known answers -> what the confidence is fitted on and measured by.

A calibration file holds SQuAD-like rows with the document each paragraph comes from. Every document becomes an article;
each question is asked of all of them, and once more with the paragraph that answers it taken out. Questions on news name
the articles that answer them; all of those are taken out then.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from index.answer import Hit
from index.answering.choice import Choice
from index.answering.compose import compose
from index.answering.confidence import ANY, Source
from index.answering.context import Context, Ref, ref
from index.answering.stories import signature
from index.answering.words import names, phrase
from index.archive import SHARED, Archive
from index.article import Article
from index.asking import READ_PASSAGES, read
from index.errors import BadSource
from index.evaluation import KnownQuestion, read_questions
from index.quality import judged
from index.reader import Reader, Reading

_RENAMED = "-renamed"


@dataclass(frozen=True, slots=True)
class Row:
    """A question about a paragraph of a document; `answers` is empty where the paragraph does not tell."""

    id: str
    document: str
    question: str
    context: str
    answers: tuple[str, ...]
    articles: tuple[str, ...] = ()
    """The keys of the articles that answer it, where `context` is not known."""
    news: bool = False

    @property
    def renamed(self) -> bool:
        return self.id.endswith(_RENAMED)

    @property
    def half(self) -> str:
        """`fit` or `report`, by the first byte of the SHA-256 of the document's name: even or odd."""
        return "report" if hashlib.sha256(self.document.encode()).digest()[0] % 2 else "fit"


@dataclass(frozen=True, slots=True)
class Example:
    """The features of an answer and whether it is right. `removed` tells that the answer's paragraph was taken
    out, `renamed` that a name in the question was exchanged, `news` that the question is one on news.
    """

    id: str
    document: str
    features: dict[str, float]
    right: bool
    answerable: bool
    removed: bool
    renamed: bool
    source: Source
    confidence: float
    news: bool = False

    @property
    def in_good_faith(self) -> bool:
        """Whether it is one of those a promise is made for: all but unanswerable ones that were written to mislead."""
        return self.answerable or self.removed or self.renamed


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found and read for one row; the paragraph's passages are left out where `removed`."""

    row: Row
    removed: bool
    hits: tuple[Hit, ...]
    readings: list[list[Reading]] | None


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file, packed with gzip or not. Raises BadSource naming what is wrong."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = [json.loads(line) for line in raw.decode("utf-8").splitlines() if line.strip()]
        return [
            Row(
                str(r["id"]), r["document"], r["question"].strip(), r["context"], tuple(a["text"] for a in r["answers"])
            )
            for r in rows
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadSource(
            f"{path} is no calibration file; its rows need id, document, question, context and answers ({error})."
        ) from error


def read_news(path: Path) -> list[Row]:
    """The questions of an evaluation file as rows. `event`, if there is one, counts as their document."""
    rows = []
    for question in read_questions(path):
        document = question.event or question.id
        rows.append(
            Row(question.id, document, question.question, "", question.answers, question.article_ids, news=True)
        )
    return rows


def articles_of(rows: Sequence[Row]) -> list[Article]:
    """One article a document: its paragraphs, each once, in the order of the file."""
    paragraphs: dict[str, dict[str, None]] = {}
    for row in rows:
        paragraphs.setdefault(row.document, {}).setdefault(row.context)
    return [
        Article("\n\n".join(texts), title=name.replace("_", " "), outlet="calibration", id=name)
        for name, texts in paragraphs.items()
    ]


def sampled(rows: Sequence[Row], limit: int | None) -> list[tuple[Row, bool]]:
    """The questions to ask, (row, with its paragraph taken out): half of them answerable.

    Of the other half, six in ten are answerable rows with their paragraph taken out, three ask about another name ("how
    many went to Beeton?" for Aville), and one is a row nothing answers. SQuAD 2.0's were written to mislead by people who
    had the paragraph before them (Rajpurkar, Jia and Liang 2018), so more of them would be no picture of what an archive
    is asked. `limit` takes that many, spread by the hash of their id.
    """
    ordered = sorted(rows, key=lambda r: hashlib.sha256(r.id.encode()).digest())
    answerable = [r for r in ordered if r.answers]
    misleading = [r for r in ordered if not r.answers]
    n = len(answerable) if limit is None else min(len(answerable), limit // 2)
    renamed = [r for r in map(partial(another_name, pool=_names_by_document(rows)), answerable[::-1]) if r]
    return (
        [(r, False) for r in answerable[:n]]
        + [(r, False) for r in misleading[: n // 10]]
        + [(r, False) for r in renamed[: 3 * n // 10]]
        + [(r, True) for r in answerable[::-1][: n - n // 10 - 3 * n // 10]]
    )


def sampled_news(rows: Sequence[Row]) -> list[tuple[Row, bool]]:
    """Every question as it is, and every second answerable one with its event taken out: all articles that answer any of
    the questions about it."""
    of_event: dict[str, dict[str, None]] = {}
    for row in rows:
        of_event.setdefault(row.document, {}).update(dict.fromkeys(row.articles))
    answerable = sorted((r for r in rows if r.answers), key=lambda r: hashlib.sha256(r.id.encode()).digest())
    without = [replace(r, articles=tuple(of_event[r.document])) for r in answerable[::2]]
    return [(r, False) for r in rows] + [(r, True) for r in without]


def _names_by_document(rows: Sequence[Row]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for run in names(row.question):
            if run[0].start > 0:
                found.setdefault(row.document, {}).setdefault(phrase(run, row.question))
    return {document: list(known) for document, known in found.items()}


def another_name(row: Row, pool: Mapping[str, Sequence[str]]) -> Row | None:
    """The question with one of its names exchanged for one of another document, so that nothing answers it; None if it
    has no name inside it.
    """
    runs = [r for r in names(row.question) if r[0].start > 0 and phrase(r, row.question) in row.context]
    choice = int.from_bytes(hashlib.sha256(row.id.encode()).digest()[1:5])
    others = [name for document, known in sorted(pool.items()) if document != row.document for name in known]
    if not runs or not others:
        return None
    run, other = runs[-1], others[choice % len(others)]
    asked = row.question[: run[0].start] + other + row.question[run[-1].end :]
    return Row(row.id + _RENAMED, row.document, asked, row.context, ())


def collect(archive: Archive, reader: Reader | None, questions: Sequence[tuple[Row, bool]]) -> Iterator[Collected]:
    """What the archive finds and the reader reads for each question, in order."""
    texts: dict[str, str] = {}
    for row, removed in questions:
        hits = archive.search(row.question, limit=READ_PASSAGES + (20 if removed else 0))
        if removed and row.articles:
            hits = tuple(h for h in hits if h.passage.citation.key not in row.articles)[:READ_PASSAGES]
        elif removed:
            if row.document not in texts:
                texts[row.document] = archive.get(row.document)[1].text
            start = texts[row.document].find(row.context)
            hits = tuple(h for h in hits if not _overlaps(h, row, start))[:READ_PASSAGES]
        readings = None
        if reader:
            hits, readings = read(reader, row.question, hits, _articles(archive, hits, row, removed))
        yield Collected(row, removed, hits, readings)


def _articles(archive: Archive, hits: Sequence[Hit], row: Row, removed: bool) -> dict[Ref, Article]:
    """The passages' articles, by which their ledes are read; not the row's where its lede is in the paragraph taken out."""
    found = {ref(hit.passage.citation): archive.get(hit.passage.citation.key)[1] for hit in hits}
    if removed and row.context and found.get((SHARED, row.document), Article("")).text.startswith(row.context):
        del found[SHARED, row.document]
    return found


def _overlaps(hit: Hit, row: Row, start: int) -> bool:
    p = hit.passage
    return p.citation.key == row.document and p.start < start + len(row.context) and p.end > start


def example(
    found: Collected, articles: dict[Ref, Article], signatures: dict[Ref, bytes], choice: Choice | None = None
) -> Example | None:
    """The answer that would be given whatever the confidence, judged; None where there is nothing to judge."""
    row = found.row
    context = Context(promise=ANY, articles=articles, signatures=signatures, choice=choice)
    answer = compose(row.question, found.hits, found.readings, context=context)
    verdict = judged(KnownQuestion(row.id, row.question, row.answers), answer)
    if not verdict.given or not answer.trace.features:
        return None
    return Example(
        id=row.id,
        document=row.document,
        features=answer.trace.features,
        right=verdict.right,
        answerable=bool(row.answers) and not found.removed,
        removed=found.removed,
        renamed=row.renamed,
        source="spans" if answer.trace.groups else "sentences",
        confidence=verdict.confidence,
        news=row.news,
    )


def known(articles: Sequence[Article]) -> tuple[dict[Ref, Article], dict[Ref, bytes]]:
    """The articles and their signatures by reference."""
    return {(SHARED, a.key): a for a in articles}, {(SHARED, a.key): signature(a.text) for a in articles}
