"""Schema changes as numbered steps, each one transaction, with a copy of the file made first.

Used by every SQLite file of an archive: the collections' and the bot's own.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.errors import ArchiveError, ArchiveTooNew

BUSY_TIMEOUT_SECONDS = 10.0


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode with write-ahead logging, usable from any one thread at a time."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        connection.close()
        if busy(error):
            raise ArchiveError(in_use(path)) from error
        raise ArchiveError(f"{path} cannot be used as an archive file: {error}. Restore it from a backup.") from error
    return connection


def in_use(path: Path) -> str:
    """What to say where another process did not let go of the file in time."""
    return f"{path} was being written by another program for more than {BUSY_TIMEOUT_SECONDS:.0f} seconds: try again."


def busy(error: sqlite3.Error) -> bool:
    """Whether another connection holds what was wanted."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets write-ahead logging. Where another process makes the same file SQLite does not wait by itself (its busy handler
    is not asked, https://www.sqlite.org/c3ref/busy_handler.html), so that this does."""
    until = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not busy(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def migrate(path: Path, steps: Sequence[str]) -> Path | None:
    """Bring the file at `path` (created if missing) to schema version len(steps).

    `steps[n]` is the SQL that leads from version n to n+1. Before an existing file is changed it is copied beside itself;
    the copy's path is returned. Raises ArchiveTooNew, with the file untouched, where its version is higher than ours.
    """
    existed = path.exists()
    version = _version(path) if existed else 0
    if version > len(steps):
        raise ArchiveTooNew(
            f"{path} was made by newer software (schema {version}, this one knows {len(steps)}): upgrade Nutgraf to open it."
        )
    if version == len(steps):
        return None
    backup = _backup(path, version) if version else None
    with closing(connect(path)) as connection:
        for number in range(version, len(steps)):
            # Asked again inside the transaction: another process may be migrating the same file.
            script = f"BEGIN IMMEDIATE; {steps[number]}; PRAGMA user_version = {number + 1}; COMMIT;"
            connection.execute("BEGIN IMMEDIATE")
            done = int(connection.execute("PRAGMA user_version").fetchone()[0]) > number
            connection.execute("ROLLBACK")
            if done:
                continue
            try:
                connection.executescript(script)
            except sqlite3.Error as error:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if int(connection.execute("PRAGMA user_version").fetchone()[0]) > number:
                    continue
                kept = f" Its copy is {backup}." if backup else ""
                raise ArchiveError(f"{path} could not be upgraded to schema {number + 1}: {error}.{kept}") from error
    return backup


def _version(path: Path) -> int:
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_SECONDS)
        ) as file:
            return int(file.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be read as an archive file: {error}. Restore it from a backup.") from error


def _backup(path: Path, version: int) -> Path:
    copy = path.with_name(f"{path.name}.before-schema-{version + 1}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy
