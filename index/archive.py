"""`Archive`: one folder of collections. Opens, adds, removes, searches, asks; the one orchestrator."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index import adding, asking, health, retrieval
from index.adding import Added, Progress
from index.answer import Answer, Hit
from index.answering.confidence import ANY, PROMISES
from index.answering.suggestions import suggestions
from index.article import Article, Citation, Published, former_keys
from index.article import newest_first as by_age
from index.asking import DEFAULT, Asking, How
from index.collection import Collection
from index.database import create, files, inode, listed
from index.encoder import Encoder, SentenceEncoder
from index.errors import ArchiveError, BadQuestion, ReaderUnavailable, UnknownArticle
from index.health import Status
from index.passages import SPLITTER
from index.reader import Reader, load_reader
from index.rows import Replaced, article_hash

SHARED: Final = "shared"
"""The owner's collection, which everyone may see."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Archive:
    """The collections in one folder. A context manager; every method may be called from any thread, by several processes.

    Nothing heavy is opened before it is needed; `warm` loads the models ahead of the first question. `reader` None means:
    answer with whole sentences. `timezone` decides what "today" is; raises BadQuestion for an unknown one.
    """

    def __init__(
        self,
        folder: Path,
        *,
        encoder: Encoder | None = None,
        reader: Reader | Literal["default"] | None = "default",
        timezone: str = "UTC",
        today: Callable[[], date] | None = None,
    ) -> None:
        self.folder = Path(folder)
        self.encoder: Encoder = encoder or SentenceEncoder()
        try:
            zone = ZoneInfo(timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a folder of zones
            raise BadQuestion(
                f"{timezone!r} is no time zone: NUTGRAF_TIMEZONE takes names such as Europe/Berlin."
            ) from error
        self.today = today or (lambda: datetime.now(zone).date())
        self._reader = reader
        self._reader_problem: str | None = None
        self._open: dict[str, Collection] = {}
        self._lock = threading.RLock()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            for collection in self._open.values():
                collection.close()
            self._open.clear()

    def warm(self) -> None:
        """Load the models and the shared collection's vectors now. Raises ModelUnavailable."""
        self.encoder.encode(["ready"])
        reader = self.reader
        if reader is not None:
            reader.read("ready?", ["Ready."])
        for collection in self._collections([SHARED]):
            collection.vectors(self.encoder)

    @property
    def reader(self) -> Reader | None:
        """The span reader, loaded on first use; None where there is none, `status` then says why."""
        with self._lock:
            if self._reader == "default":
                try:
                    self._reader = load_reader()
                except ReaderUnavailable as error:
                    self._reader, self._reader_problem = None, str(error)
            return self._reader

    # ---- articles

    def collections(self) -> list[str]:
        """The names of the collections there are. Files of other names, such as copies made by hand, are none."""
        found = listed(self.folder / "collections")
        return sorted(p.stem for p in found if p.suffix == ".sqlite3" and _NAME.fullmatch(p.stem))

    def add(
        self,
        articles: Iterable[Article],
        collection: str = SHARED,
        *,
        progress: Callable[[Progress], None] | None = None,
    ) -> Added:
        """Add articles, or update those whose key is known; what is stored already costs next to nothing.

        Articles become visible a batch at a time, each whole. Raises BadSource for an article that is no text, ArchiveError
        where it cannot be written or another process removes the collection meanwhile, ModelMismatch where one rebuilds it
        with another model; earlier batches are then kept.
        """
        target = self._create(collection)
        added = updated = unchanged = encoded = 0
        keys: list[str] = []

        def report(more: int) -> None:
            nonlocal encoded
            encoded += more
            if progress:
                progress(Progress(added + updated + unchanged, encoded))

        for batch in adding.batches(adding.checked(article) for article in articles):
            target.store.check_in_place()
            target.store.rename([(former, article) for article in batch for former in former_keys(article)])
            known = target.store.known([article.key for article in batch])
            fresh = [a for a in batch if known.get(a.key) != article_hash(a)]
            unchanged += len(batch) - len(fresh)
            if fresh:
                prepared = adding.prepare(fresh, self.encoder, target.store.known_vectors, report)
                more_added, more_updated = target.store.write(prepared, check=lambda: target.check_model(self.encoder))
                added, updated = added + more_added, updated + more_updated
                keys.extend(article.key for article in fresh)
            report(0)
        return Added(added, updated, unchanged, tuple(keys))

    def get(self, key: str, collections: Sequence[str] = (SHARED,)) -> tuple[Citation, Article]:
        """The article of that key. Raises UnknownArticle if none of `collections` has it."""
        for collection in self._collections(collections):
            for article in collection.store.articles_by_key([key]).values():
                citation = Citation(collection.name, key, article.title, article.outlet, article.url, article.published)
                return citation, article
        raise UnknownArticle(
            f"No article {key!r} in {' or '.join(collections)}: `python -m index list` shows the keys."
        )

    def articles(
        self, collections: Sequence[str] = (SHARED,), *, limit: int | None = None, newest_first: bool = False
    ) -> list[Citation]:
        """The articles there are, in the order of their adding or, newest first, by when they were published."""
        stores = [collection.store for collection in self._collections(collections)]
        if newest_first:
            newest = [citation for store in stores for citation in store.newest_days(limit)]
            return by_age(newest, lambda citation: citation.published)[:limit]
        return [citation for store in stores for citation in store.citations(limit)][:limit]

    def history(self, key: str, collection: str = SHARED) -> list[Replaced]:
        """What updates of that article replaced, oldest first."""
        return [entry for found in self._collections([collection]) for entry in found.store.history(key)]

    def export(self, collection: str = SHARED) -> Iterator[Article]:
        """Every article, complete, in the order of adding."""
        for found in self._collections([collection]):
            yield from found.store.articles()

    def remove(self, keys: Sequence[str], collection: str = SHARED) -> int:
        """Remove articles with their passages and history; returns how many there were."""
        return sum(found.store.remove(keys) for found in self._collections([collection]))

    def drop(self, collection: str) -> int | None:
        """Delete a whole collection and every file of it, readable or not; returns how many articles it held, None where that
        cannot be told."""
        path = self._path(collection)
        with self._lock:
            try:
                count = sum(found.store.counts()[0] for found in self._collections([collection]))
            except ArchiveError:
                count = None
            opened = self._open.pop(collection, None)
            if opened:
                opened.close()
            try:
                for file in sorted(files(path), reverse=True):
                    file.unlink(missing_ok=True)
            except OSError as error:
                raise ArchiveError(
                    f"{path} cannot be deleted ({error.strerror}): stop what else uses it, check its rights, and try again."
                ) from error
            return count

    # ---- questions

    def search(
        self,
        query: str,
        collections: Sequence[str] = (SHARED,),
        *,
        limit: int = 10,
        since: Published | None = None,
        as_of: Published | None = None,
        dense: bool = True,
        lexical: bool = True,
    ) -> tuple[Hit, ...]:
        """The best passages for `query`, best first, from these collections and no other."""
        asking.check(query)
        found = self._collections(collections)
        return retrieval.search(
            query, found, self.encoder, limit=limit, since=since, as_of=as_of, dense=dense, lexical=lexical
        )

    def ask(
        self,
        question: str,
        collections: Sequence[str] = (SHARED,),
        *,
        since: Published | None = None,
        as_of: Published | None = None,
        promise: str = "balanced",
        how: How = DEFAULT,
    ) -> Answer:
        """The answer, or the statement that the articles don't say; always out of these collections alone.

        `since` and `as_of` (days, both included) bound the articles used. `promise` says how often a given answer may be
        wrong: strict 1 in 20, balanced 1 in 10, generous 1 in 5. `how` is for measuring. Raises BadQuestion.
        """
        asking.check(question)
        if promise not in (*PROMISES, ANY):
            raise BadQuestion(f"{promise!r} is no promise: choose {', '.join(PROMISES)}.")
        answering = Asking(
            collections=self._collections(collections),
            names=tuple(collections),
            encoder=self.encoder,
            reader=self.reader if how.reader else None,
            today=self.today(),
            since=since,
            as_of=as_of,
            promise=promise,
            how=how,
        )
        return answering.answer(question)

    def suggest(
        self,
        collections: Sequence[str] = (SHARED,),
        *,
        limit: int = 3,
        near: str | None = None,
        promise: str = "balanced",
    ) -> tuple[str, ...]:
        """Questions worth asking about the newest articles, or those nearest to `near`; each checked to get an answer
        at `promise`."""
        if near is None:
            keys = [(c.collection, c.key) for c in self.articles(collections, limit=10, newest_first=True)]
        else:
            keys = list(
                dict.fromkeys(
                    (h.passage.citation.collection, h.passage.citation.key)
                    for h in self.search(near, collections, limit=5)
                )
            )
        articles = [self.get(key, [name])[1] for name, key in keys]
        checked: list[str] = []
        for candidate in suggestions(articles, limit=limit * 3):
            if len(checked) == limit:
                break
            if candidate != near and self.ask(candidate, collections, promise=promise).answered:
                checked.append(candidate)
        return tuple(checked)

    # ---- upkeep

    def revision(self, collection: str = SHARED) -> int:
        """Changes with every write by any process; 0 where there is no such collection."""
        return max((found.store.revision() for found in self._collections([collection])), default=0)

    def status(self, collection: str = SHARED) -> Status:
        """How the collection stands, its files checked. Loads no model but the reader."""
        reader = self.reader
        name = reader.name if reader else None
        path = self._path(collection)
        status = health.check(collection, path, lambda: self._collections([collection]), self.encoder, name)
        problems = (*status.problems, self._reader_problem) if self._reader_problem else status.problems
        return replace(status, problems=problems)

    def rebuild(self, collection: str = SHARED, *, progress: Callable[[Progress], None] | None = None) -> int:
        """Cut and encode every article anew with the configured model, then swap all at once; returns how many articles."""
        found = self._collections([collection])
        return adding.rebuild(found[0].store, self.encoder, self._manifest(), progress) if found else 0

    # ---- inside

    def _path(self, collection: str) -> Path:
        if not _NAME.fullmatch(collection):
            raise ArchiveError(
                f"{collection!r} is no name for a collection: use small letters, digits, - and _, at most 64 of them."
            )
        return self.folder / "collections" / f"{collection}.sqlite3"

    def _collections(self, names: Sequence[str]) -> list[Collection]:
        """Those of the named collections that exist, opened. A file deleted or replaced by another process is noticed."""
        found = []
        with self._lock:
            for name in dict.fromkeys(names):
                path = self._path(name)
                number = inode(path)
                collection = self._open.get(name)
                if collection is not None and collection.store.inode != number:
                    self._open.pop(name).close()
                    collection = None
                if collection is None and number is not None:
                    collection = self._open[name] = Collection(path, name)
                if collection is not None:
                    found.append(collection)
        return found

    def _create(self, name: str) -> Collection:
        path = self._path(name)
        create(path)
        collection = self._collections([name])[0]
        if "model" not in collection.store.manifest():
            collection.store.add_manifest(self._manifest())
        collection.check_model(self.encoder)
        return collection

    def _manifest(self) -> dict[str, str]:
        return {
            "model": self.encoder.name,
            "model_fingerprint": self.encoder.fingerprint,
            "dimension": str(self.encoder.dimension),
            "splitter": SPLITTER,
        }
