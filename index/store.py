"""One SQLite file a collection: articles, passages, vectors, full text and manifest. The only truth there is."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.article import Article, Citation, Passage, Published
from index.errors import ArchiveError
from index.migrations import busy, connect, in_use, migrate
from index.rows import (
    Changes,
    NewArticle,
    Replaced,
    StaleRebuild,
    next_revision,
    remove_passages,
    to_published,
    write_article,
    write_passages,
)
from index.schema import STEPS

log = logging.getLogger(__name__)

_CITATION = "a.key, a.title, a.outlet, a.url, a.published"


class Store:
    """The file of one collection. Each thread gets its own connection, so any method may be called from any thread."""

    def __init__(self, path: Path, collection: str) -> None:
        self.path = path
        self.collection = collection
        copy = migrate(path, STEPS)
        if copy:
            log.warning("%s was upgraded to this version; as it was before it is kept in %s", path, copy)
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
        """A write transaction: all of it or nothing. Raises ArchiveError where the file stays locked or the disk is full."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise self._explained(error) from error
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise self._explained(error) from error
            raise

    def _explained(self, error: sqlite3.Error) -> ArchiveError:
        text = str(error)
        if busy(error):
            return ArchiveError(in_use(self.path))
        if "full" in text:
            return ArchiveError(
                f"The disk that holds {self.path} is full: free some space and try again. Nothing was changed."
            )
        if "readonly" in text or "unable to open" in text:
            return ArchiveError(f"{self.path} cannot be written: check the rights of the file and its folder.")
        return ArchiveError(f"{self.path} could not be written: {text}. Nothing was changed.")

    # ---- manifest

    def manifest(self) -> dict[str, str]:
        return dict(self.connection.execute("SELECT name, value FROM manifest"))

    def set_manifest(self, values: Mapping[str, str]) -> None:
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", values.items())

    def revision(self) -> int:
        """Goes up by one with every change, whoever made it."""
        row = self.connection.execute("SELECT value FROM manifest WHERE name = 'revision'").fetchone()
        return int(row[0])

    # ---- writing

    def known(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The stored content hash of those `keys` that are stored."""
        query = "SELECT key, hash FROM article WHERE key IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(keys),)))

    def known_vectors(self, hashes: Iterable[bytes]) -> dict[bytes, bytes]:
        """The float16 vectors already stored for passages of these hashes."""
        query = "SELECT vector FROM passage WHERE hash = ? LIMIT 1"
        rows = ((h, self.connection.execute(query, (h,)).fetchone()) for h in set(hashes))
        return {h: row[0] for h, row in rows if row}

    def write(
        self,
        articles: Sequence[NewArticle],
        *,
        rebuilt_from: int | None = None,
        manifest: Mapping[str, str] | None = None,
    ) -> tuple[int, int]:
        """Store articles, and `manifest` entries, in one transaction; returns how many were (added, updated).

        One whose content another process stored meanwhile is left alone. With `rebuilt_from`, the revision the articles
        were read at, they replace everything; raises StaleRebuild if the collection has changed since.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.transaction() as connection:
            if rebuilt_from is not None and self.revision() != rebuilt_from:
                raise StaleRebuild
            connection.executemany("INSERT OR REPLACE INTO manifest VALUES (?, ?)", (manifest or {}).items())
            query = "SELECT id, hash, title, published, text FROM article WHERE key = ?"
            stored = [(new, connection.execute(query, (new.article.key,)).fetchone()) for new in articles]
            changed = [(n, old) for n, old in stored if rebuilt_from is not None or old is None or old[1] != n.hash]
            if not changed:
                return 0, 0
            revision = next_revision(connection)
            remove_passages(connection, [old[0] for _, old in changed if old], revision)
            for new, old in changed:
                if old and rebuilt_from is None:
                    connection.execute(
                        "INSERT INTO replaced_article VALUES (?, ?, ?, ?, ?, ?)",
                        (new.article.key, now, old[2], old[3], old[1], old[4]),
                    )
                number = write_article(connection, new, old[0] if old else None, now)
                write_passages(connection, number, new.passages, revision)
        updated = sum(1 for _, old in changed if old)
        return len(changed) - updated, updated

    def remove(self, keys: Sequence[str]) -> int:
        """Forget articles with all that hangs on them; returns how many there were."""
        if not self.known(keys):
            return 0
        with self.transaction() as connection:
            revision = next_revision(connection)
            query = "SELECT id FROM article WHERE key IN (SELECT value FROM json_each(?))"
            numbers = [row[0] for row in connection.execute(query, (json.dumps(keys),))]
            remove_passages(connection, numbers, revision)
            connection.executemany("DELETE FROM article WHERE id = ?", [(n,) for n in numbers])
            connection.executemany("DELETE FROM replaced_article WHERE key = ?", [(k,) for k in keys])
        return len(numbers)

    # ---- reading

    def counts(self) -> tuple[int, int]:
        """(articles, passages)."""
        row = self.connection.execute(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM passage)"
        ).fetchone()
        return int(row[0]), int(row[1])

    def empty(self) -> bool:
        """Whether there is no passage at all."""
        return self.connection.execute("SELECT 1 FROM passage LIMIT 1").fetchone() is None

    def citations(self, *, limit: int | None = None, newest_first: bool = False) -> list[Citation]:
        order = "a.day DESC, a.id DESC" if newest_first else "a.id"
        query = f"SELECT {_CITATION} FROM article a ORDER BY {order} LIMIT ?"
        return [self._citation(row) for row in self.connection.execute(query, (-1 if limit is None else limit,))]

    def articles(self, keys: Sequence[str] | None = None) -> Iterator[Article]:
        """Stored articles in the order of their adding; only `keys`, if given."""
        query = f"SELECT {_CITATION}, a.text, a.caller_id FROM article a"
        parameters: tuple[str, ...] = ()
        if keys is not None:
            query += " WHERE a.key IN (SELECT value FROM json_each(?))"
            parameters = (json.dumps(list(keys)),)
        for key, title, outlet, url, published, text, caller_id in self.connection.execute(
            f"{query} ORDER BY a.id", parameters
        ):
            del key
            yield Article(text, title, outlet, url, to_published(published), caller_id)

    def signatures(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The near-copy signatures of articles, by key."""
        query = "SELECT key, signature FROM article WHERE key IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(query, (json.dumps(keys),)))

    def history(self, key: str) -> list[Replaced]:
        """What updates replaced, oldest first."""
        query = "SELECT replaced, title, published, hex(hash), text FROM replaced_article WHERE key = ? ORDER BY rowid"
        return [Replaced(*row) for row in self.connection.execute(query, (key,))]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Passages by id; those removed meanwhile are missing."""
        query = f"""
            SELECT p.id, p.number, p."start", p."end", p.sentences,
                substr(a.text, p."start" + 1, p."end" - p."start"), {_CITATION}
            FROM passage p JOIN article a ON a.id = p.article WHERE p.id IN (SELECT value FROM json_each(?))
        """
        found: dict[int, Passage] = {}
        for number, position, start, end, sentences, text, *citation in self.connection.execute(
            query, (json.dumps(ids),)
        ):
            borders = tuple((int(a), int(b)) for a, b in json.loads(sentences))
            found[number] = Passage(self._citation(citation), position, start, end, text, borders)
        return found

    def published_between(self, since: Published | None, as_of: Published | None) -> list[int]:
        """Ids of the passages of articles published from the day of `since` to the day of `as_of`. Undated ones are not."""
        query = "SELECT p.id FROM article a JOIN passage p ON p.article = a.id WHERE a.day >= ? AND a.day <= ?"
        days = (since.isoformat()[:10] if since else "0000", as_of.isoformat()[:10] if as_of else "9999")
        return [row[0] for row in self.connection.execute(query, days)]

    def changes(self, since: int) -> Changes:
        """Vectors and removals after revision `since` (0: from the beginning), read in one snapshot."""
        connection = self.connection
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
        found = [row[0] for row in self.connection.execute("PRAGMA quick_check") if row[0] != "ok"]
        try:
            with self.transaction() as connection:
                connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")
        except ArchiveError:
            found.append("The full-text index does not match the articles: run `rebuild`.")
        return found

    def _citation(self, row: Sequence[str | None]) -> Citation:
        key, title, outlet, url, published = row
        return Citation(self.collection, key or "", title or "", outlet or "", url, to_published(published))
