"""SQLite files and the folder they lie in: made, opened, looked for, and what to say where that fails.

Used by every file of an archive: the collections' and the bot's own.
"""

from __future__ import annotations

import re
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import ArchiveError

BUSY_TIMEOUT_SECONDS = 10.0
_BESIDE = re.compile(r"(?:\.before-schema-\d+(?:\.[0-9a-f]{32})?)?(?:-wal|-shm|-journal)?")
"""What follows a file's name in those of the files that SQLite and migrations make beside it."""


def create(path: Path, *, private: bool = False) -> None:
    """Make an empty file at `path`, and its folder, unless they exist. Raises ArchiveError where that is not allowed.

    `private`: only its owner may open it, and what lies beside it; so is what exists already, where the system allows.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(0o600 if private else 0o666)
        elif private:
            _close_to_others(path)
    except OSError as error:
        raise ArchiveError(
            f"The archive folder {path.parent} cannot be written ({error.strerror}): check its rights, or name another "
            "with --archive or NUTGRAF_ARCHIVE."
        ) from error


def _close_to_others(path: Path) -> None:
    for file in files(path):
        with suppress(OSError):
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & 0o077:
                file.chmod(mode & ~0o077)


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode with write-ahead logging, usable from any one thread at a time."""
    with explaining(path):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, not even the file's journal."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_SECONDS)


def inode(path: Path) -> int | None:
    """What tells this file from another that takes its place; None where there is none. Raises ArchiveError where the rights
    to look are missing."""
    try:
        return path.stat().st_ino
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unreadable(path, error) from error


def files(path: Path) -> list[Path]:
    """The file at `path` and what belongs to it: its log, and copies made before upgrades. Other copies are their maker's.
    Raises ArchiveError."""
    name = path.name
    return [f for f in listed(path.parent) if f.name.startswith(name) and _BESIDE.fullmatch(f.name, len(name))]


def listed(folder: Path) -> list[Path]:
    """What is in a folder; nothing where there is none. Raises ArchiveError where the rights to look are missing."""
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise unreadable(folder, error) from error


def unreadable(path: Path, error: OSError) -> ArchiveError:
    """What to say where the operating system does not let us look at a file or folder."""
    return ArchiveError(f"{path} cannot be read ({error.strerror}): check its rights and those of its folder.")


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turns SQLite's errors inside into ArchiveError, see `explained`."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(path, error) from error


def explained(path: Path, error: sqlite3.Error) -> ArchiveError:
    """What went wrong with the file and what to do, by SQLite's code (https://www.sqlite.org/rescode.html)."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY:
            return ArchiveError(
                f"{path} was being written by another program for more than {BUSY_TIMEOUT_SECONDS:.0f} seconds: try again."
            )
        case sqlite3.SQLITE_FULL:
            return ArchiveError(
                f"The disk that holds {path} is full: free some space and try again. Nothing was changed."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return ArchiveError(f"{path} cannot be opened or written: check the rights of the file and its folder.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return ArchiveError(f"{path} cannot be used as an archive file: {error}. Restore it from a backup.")
        case _:
            return ArchiveError(f"{path} could not be read or written: {error}. Nothing was changed.")


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
