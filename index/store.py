"""One SQLite file a collection: articles, passages, vectors, full text and manifest. The only truth there is."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.article import Article, Citation, Passage, Published, canonical_url, names_page
from index.database import connect, explaining, inode
from index.errors import ArchiveError
from index.migrations import migrate
from index.rows import (
    Changes,
    NewArticle,
    Replaced,
    StaleRebuild,
    article_hash,
    check_words,
    next_revision,
    remove_passages,
    to_published,
    write_article,
    write_passages,
)
from index.schema import STEPS

log = logging.getLogger(__name__)

_CITATION = "a.key, a.title, a.outlet, a.url, a.published"
_ARTICLE = "text, title, outlet, url, published, caller_id"


class Store:
    """The file of one collection. Each thread gets its own connection, so any method may be called from any thread."""

    def __init__(self, path: Path, collection: str) -> None:
        self.path = path
        self.collection = collection
        copy = migrate(path, STEPS)
        if copy:
            log.warning("%s was upgraded to this version; as it was before it is kept in %s", path, copy)
        self.inode = inode(path)
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for connection in self._open:
                connection.close()
            self._open.clear()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or self._closed:
            with self._lock:
                if self._closed:
                    raise ArchiveError(f"The collection {self.collection!r} is closed.")
                connection = connect(self.path)
                self._local.connection = connection
                self._open.append(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of it or nothing. Raises ArchiveError where the file stays locked or the disk is full, or the
        file is no longer there."""
        connection = self.connection
        with explaining(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                self.check_in_place()
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def check_in_place(self) -> None:
        """Raises ArchiveError where the file was removed or replaced: SQLite would go on with one that nobody can see."""
        if inode(self.path) != self.inode:
            raise ArchiveError(f"{self.path} was removed or replaced by another program meanwhile: start again.")

    def rows(self, query: str, parameters: Sequence[object] = ()) -> Generator[Any, None, None]:
        """The rows that a query finds. Raises ArchiveError where the file cannot be read, as all that reads here does."""
        with explaining(self.path):
            yield from self.connection.execute(query, parameters)

    # ---- manifest

    def manifest(self) -> dict[str, str]:
        return dict(self.rows("SELECT name, value FROM manifest"))

    def add_manifest(self, values: Mapping[str, str]) -> None:
        """Write these entries, but for those that are there: another process may have been first."""
        with self.transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO manifest VALUES (?, ?)", values.items())

    def revision(self) -> int:
        """Goes up by one with every change, whoever made it."""
        ((revision,),) = self.rows("SELECT value FROM manifest WHERE name = 'revision'")
        return int(revision)

    # ---- writing

    def known(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The stored content hash of those `keys` that are stored."""
        query = "SELECT key, hash FROM article WHERE key IN (SELECT value FROM json_each(?))"
        return dict(self.rows(query, (json.dumps(keys),)))

    def known_vectors(self, hashes: Iterable[bytes]) -> dict[bytes, bytes]:
        """The float16 vectors already stored for passages of these hashes."""
        query = "SELECT vector FROM passage WHERE hash = ? LIMIT 1"
        return {h: vector for h in set(hashes) for (vector,) in self.rows(query, (h,))}

    def write(
        self,
        articles: Sequence[NewArticle],
        *,
        rebuilt_from: int | None = None,
        manifest: Mapping[str, str] | None = None,
        check: Callable[[], None] | None = None,
    ) -> tuple[int, int]:
        """Store articles, and `manifest` entries, in one transaction; returns how many were (added, updated).

        One whose content another process stored meanwhile is left alone. With `rebuilt_from`, the revision at which
        `articles()` gave them all, in its order, they replace everything, each under the key it has; raises StaleRebuild if
        the collection has changed since. `check` is called once nobody else can write; when it raises, nothing is written.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.transaction() as connection:
            if check:
                check()
            rebuilding = rebuilt_from is not None
            if rebuilding and self.revision() != rebuilt_from:
                raise StaleRebuild
            connection.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", (manifest or {}).items())
            places: list[tuple[NewArticle, str, int | None]]
            if rebuilding:
                stored = self.rows("SELECT key, id FROM article ORDER BY id")
                places = [(new, key, number) for new, (key, number) in zip(articles, stored, strict=True)]
            else:
                places = self._places(articles)
            if not places and not rebuilding:
                return 0, 0
            revision = next_revision(connection)
            known = [number for _, _, number in places if number is not None]
            if not rebuilding:
                connection.executemany(
                    "INSERT INTO replaced_article SELECT key, ?, title, published, hash, text FROM article WHERE id = ?",
                    [(now, number) for number in known],
                )
            remove_passages(connection, known, revision, every=rebuilding)
            for new, key, number in places:
                write_passages(connection, write_article(connection, new, key, number, now), new, revision)
        return len(places) - len(known), len(known)

    def _places(self, articles: Sequence[NewArticle]) -> list[tuple[NewArticle, str, int | None]]:
        """The key and the row, if there is one, of each article that is not stored just as it is."""
        query = "SELECT key, id, hash FROM article WHERE key IN (SELECT value FROM json_each(?))"
        keys = [new.article.key for new in articles]
        stored = {key: (number, hashed) for key, number, hashed in self.rows(query, (json.dumps(keys),))}
        places = [(new, key, *stored.get(key, (None, None))) for new, key in zip(articles, keys, strict=True)]
        return [(new, key, number) for new, key, number, hashed in places if hashed != new.hash]

    def rename(self, articles: Sequence[tuple[str, Article]]) -> None:
        """Give stored articles the key that this version makes of their address: (former key, article), where one of its address
        is still stored under the former key, and none under its own. Of those at a site's front page it must be this very one.
        """
        if not articles or not self.known([former for former, _ in articles]):
            return
        query = "UPDATE OR IGNORE article SET key = :key WHERE key = :former AND url = :url AND caller_id IS NULL"
        with self.transaction() as connection:
            renamed = 0
            for former, article in articles:
                named = names_page(canonical_url(article.url or ""))
                values = {"key": article.key, "former": former, "url": article.url, "hash": article_hash(article)}
                if connection.execute(query if named else f"{query} AND hash = :hash", values).rowcount:
                    connection.execute("UPDATE replaced_article SET key = :key WHERE key = :former", values)
                    renamed += 1
            if renamed:
                next_revision(connection)

    def remove(self, keys: Sequence[str]) -> int:
        """Forget articles with all that hangs on them; returns how many there were."""
        if not self.known(keys):
            return 0
        with self.transaction() as connection:
            revision = next_revision(connection)
            query = "SELECT id FROM article WHERE key IN (SELECT value FROM json_each(?))"
            numbers = [row[0] for row in connection.execute(query, (json.dumps(keys),))]
            remove_passages(connection, numbers, revision, every=False)
            connection.executemany("DELETE FROM article WHERE id = ?", [(n,) for n in numbers])
            connection.executemany("DELETE FROM replaced_article WHERE key = ?", [(k,) for k in keys])
        return len(numbers)

    # ---- reading

    def counts(self) -> tuple[int, int]:
        """(articles, passages)."""
        ((articles, passages),) = self.rows("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM passage)")
        return int(articles), int(passages)

    def empty(self) -> bool:
        """Whether there is no passage at all."""
        return not list(self.rows("SELECT 1 FROM passage LIMIT 1"))

    def citations(self, limit: int | None = None) -> list[Citation]:
        """The first `limit` articles, in the order of their adding."""
        query = f"SELECT {_CITATION} FROM article a ORDER BY a.id LIMIT ?"
        return [self._citation(row) for row in self.rows(query, (-1 if limit is None else limit,))]

    def newest_days(self, limit: int | None) -> list[Citation]:
        """Articles of so many newest days that the `limit` newest are among them, those added last first."""
        # The later of two instants can have the earlier day, in its own zone, by two days at most.
        query = "SELECT date(day, '-2 days') FROM article ORDER BY day DESC LIMIT 1 OFFSET ?"
        since = [] if limit is None else [row[0] for row in self.rows(query, (limit - 1,)) if row[0]]
        chosen = "WHERE a.day >= ?" if since else ""
        query = f"SELECT {_CITATION} FROM article a {chosen} ORDER BY a.id DESC"
        return [self._citation(row) for row in self.rows(query, since)]

    def articles(self) -> Iterator[Article]:
        """All articles in the order of their adding."""
        for row in self.rows(f"SELECT {_ARTICLE} FROM article ORDER BY id"):
            yield _article(row)

    def articles_by_key(self, keys: Sequence[str]) -> dict[str, Article]:
        """Those of `keys` that are stored. The key an article was stored under need not be the one it would get now."""
        query = f"SELECT key, {_ARTICLE} FROM article WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id"
        return {key: _article(row) for key, *row in self.rows(query, (json.dumps(keys),))}

    def signatures(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The near-copy signatures of articles, by key."""
        query = "SELECT key, signature FROM article WHERE key IN (SELECT value FROM json_each(?))"
        return dict(self.rows(query, (json.dumps(keys),)))

    def history(self, key: str) -> list[Replaced]:
        """What updates replaced, oldest first."""
        query = "SELECT replaced, title, published, hex(hash), text FROM replaced_article WHERE key = ? ORDER BY rowid"
        return [Replaced(*row) for row in self.rows(query, (key,))]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id; those removed meanwhile are missing."""
        query = f"""
            SELECT p.id, p.number, p."start", p."end", p.sentences,
                substr(a.text, p."start" + 1, p."end" - p."start"), {_CITATION}
            FROM passage p JOIN article a ON a.id = p.article WHERE p.id IN (SELECT value FROM json_each(?))
        """
        found: dict[int, Passage] = {}
        for number, position, start, end, sentences, text, *citation in self.rows(query, (json.dumps(ids),)):
            borders = tuple((int(a), int(b)) for a, b in json.loads(sentences))
            found[number] = Passage(self._citation(citation), position, start, end, text, borders)
        return found

    def published_between(self, since: Published | None, as_of: Published | None) -> list[int]:
        """Ids of the passages of articles published from the day of `since` to the day of `as_of`. Undated ones are not."""
        query = "SELECT p.id FROM article a JOIN passage p ON p.article = a.id WHERE a.day >= ? AND a.day <= ?"
        days = (since.isoformat()[:10] if since else "0000", as_of.isoformat()[:10] if as_of else "9999")
        return [row[0] for row in self.rows(query, days)]

    def changes(self, since: int) -> Changes:
        """Vectors and removals after revision `since` (0: from the beginning), read in one snapshot."""
        connection = self.connection
        with explaining(self.path):
            connection.execute("BEGIN")
            try:
                revision = self.revision()
                oldest = connection.execute("SELECT value FROM manifest WHERE name = 'removals_forgotten'").fetchone()
                complete = since <= 0 or since > revision or (oldest is not None and since < int(oldest[0]))
                after = 0 if complete else since
                query = "SELECT id, vector FROM passage WHERE revision > ? ORDER BY id"
                ids: list[int] = []
                vectors = bytearray()
                for number, vector in connection.execute(query, (after,)):
                    ids.append(number)
                    vectors += vector
                query = "SELECT id FROM removed_passage WHERE revision > ?"
                removed = () if complete else tuple(row[0] for row in connection.execute(query, (after,)))
            finally:
                connection.execute("ROLLBACK")
        return Changes(revision, complete, removed, tuple(ids), vectors)

    def problems(self) -> list[str]:
        """What SQLite and the full-text index find wrong with the file; empty when all is well."""
        found = [row[0] for row in self.rows("PRAGMA quick_check") if row[0] != "ok"]
        try:
            with self.transaction():
                pass  # whether the file could be written
            with explaining(self.path):
                check_words(self.connection)
        except ArchiveError as error:
            mismatch = getattr(error.__cause__, "sqlite_errorcode", 0) == sqlite3.SQLITE_CORRUPT_VTAB
            found.append("The full-text index does not match the articles: run `rebuild`." if mismatch else str(error))
        return found

    def _citation(self, row: Sequence[str | None]) -> Citation:
        key, title, outlet, url, published = row
        return Citation(self.collection, key or "", title or "", outlet or "", url, to_published(published))


def _article(row: Sequence[str | None]) -> Article:
    text, title, outlet, url, published, caller_id = row
    return Article(text or "", title or "", outlet or "", url, to_published(published), caller_id)
