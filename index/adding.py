"""Articles -> rows ready to be written: everything slow happens here, before any transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.answering.stories import signature
from index.article import Article
from index.encoder import Encoder
from index.errors import BadSource
from index.passages import cut
from index.rows import NewArticle, NewPassage, StaleRebuild, article_hash
from index.sources.headline import LONGEST_TITLE, shorten
from index.store import Store

LONGEST_OUTLET = 200
"""Characters. Like the title it stands beside every passage, in every answer and in what is kept of it."""
BATCH_PASSAGES = 256
"""Passages encoded at a time: enough to sort by length well, few enough that progress moves."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is: articles seen so far, and passages encoded so far."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Added:
    """What `Archive.add` did: numbers of articles, and the keys of those added or updated, in order."""

    added: int
    updated: int
    unchanged: int
    keys: tuple[str, ...]


def checked(article: Article) -> Article:
    """The article as it can be stored: what is no title or outlet but a text is cut. Raises BadSource where it has no text, or
    text that is no Unicode.
    """
    name = article.title or article.key if article.text else article.title or article.id or "The article"
    if not article.text.strip():
        raise BadSource(f"{name!r} has no text: nothing to store.")
    try:
        f"{article.text}{article.title}{article.outlet}{article.url}{article.id}".encode()
    except UnicodeEncodeError as error:
        raise BadSource(
            f"{name!r} contains half characters (lone surrogates): save it as UTF-8 and try again."
        ) from error
    if "\0" in article.text or "\0" in article.title:
        raise BadSource(f"{name!r} contains zero bytes: it is no text.")
    if len(article.title) > LONGEST_TITLE or len(article.outlet) > LONGEST_OUTLET:
        title, outlet = shorten(article.title, LONGEST_TITLE), shorten(article.outlet, LONGEST_OUTLET)
        return replace(article, title=title, outlet=outlet)
    return article


def batches(articles: Iterable[Article], size: int = 64) -> Iterator[list[Article]]:
    """Articles in groups that make worthwhile transactions: every article, in order, no key twice in one group.

    So a later article of the same key updates the earlier one. One that only repeats what its group holds comes after it.
    """
    batch: dict[str, Article] = {}
    repeats: list[Article] = []

    def complete() -> Iterator[list[Article]]:
        if batch:
            yield list(batch.values())
        yield from ([article] for article in repeats)
        batch.clear()
        repeats.clear()

    for article in articles:
        if batch.get(article.key) == article:
            repeats.append(article)
            continue
        if article.key in batch:
            yield from complete()
        batch[article.key] = article
        if len(batch) >= size:
            yield from complete()
    yield from complete()


def prepare(
    articles: Sequence[Article],
    encoder: Encoder,
    known_vectors: Callable[[Iterable[bytes]], dict[bytes, bytes]],
    on_encoded: Callable[[int], None] = lambda count: None,
) -> list[NewArticle]:
    """Cut, sign and encode articles. No text is encoded twice: `known_vectors` gives the vectors stored for text hashes.

    `on_encoded` is told how many more passages have their vectors.
    """
    cuts = [cut(article.text) for article in articles]
    texts = {
        _hash(text): text
        for article, passages in zip(articles, cuts, strict=True)
        for passage in passages
        for text in [encoded_text(article.title, article.text[passage.start : passage.end])]
    }
    vectors = known_vectors(texts)
    on_encoded(len(vectors))
    # Similar lengths together: a batch is padded to its longest.
    todo = sorted((h for h in texts if h not in vectors), key=lambda h: len(texts[h]))
    for first in range(0, len(todo), BATCH_PASSAGES):
        hashes = todo[first : first + BATCH_PASSAGES]
        rows = encoder.encode([texts[h] for h in hashes]).astype("float16")
        vectors.update({h: row.tobytes() for h, row in zip(hashes, rows, strict=True)})
        on_encoded(len(hashes))
    return [
        NewArticle(
            article,
            article_hash(article),
            signature(article.text),
            tuple(
                NewPassage(p, h, vectors[h])
                for p in passages
                for h in [_hash(encoded_text(article.title, article.text[p.start : p.end]))]
            ),
        )
        for article, passages in zip(articles, cuts, strict=True)
    ]


def rebuild(
    store: Store, encoder: Encoder, manifest: Mapping[str, str], progress: Callable[[Progress], None] | None = None
) -> int:
    """Cut and encode every article of `store` anew and swap all at once; returns how many articles there are."""
    vectors: dict[bytes, bytes] = {}
    while True:
        revision = store.revision()
        articles = list(store.articles())
        encoded = 0

        def report(more: int, total: int = len(articles)) -> None:
            nonlocal encoded
            encoded += more
            if progress:
                progress(Progress(total, encoded))

        def encoded_before(hashes: Iterable[bytes], kept: dict[bytes, bytes] = vectors) -> dict[bytes, bytes]:
            return {h: kept[h] for h in hashes if h in kept}

        prepared = prepare(articles, encoder, encoded_before, report)
        try:
            store.write(prepared, rebuilt_from=revision, manifest=manifest)
        except StaleRebuild:  # Somebody wrote meanwhile; what is encoded already is not encoded again.
            vectors = {p.hash: p.vector for new in prepared for p in new.passages}
        else:
            return len(articles)


def encoded_text(title: str, text: str) -> str:
    """What stands for a passage in the vector space: the title tells what "he" and "the bridge" are about."""
    return f"{title}\n{text}" if title else text


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
