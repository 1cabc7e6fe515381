"""Schema changes as numbered steps, each one transaction, with a copy of the file made first.

Used by every SQLite file of an archive: the collections' and the bot's own.
"""

from __future__ import annotations

import sqlite3
import stat
import uuid
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.database import connect, explaining, read_only
from index.errors import ArchiveError, ArchiveTooNew


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
    with explaining(path), closing(read_only(path)) as file:
        return int(file.execute("PRAGMA user_version").fetchone()[0])


def _backup(path: Path, version: int) -> Path | None:
    """The copy of the file as it is at `version`; None where another process has upgraded it meanwhile, and made the copy."""
    copy = path.with_name(f"{path.name}.before-schema-{version + 1}")
    unfinished = copy.with_name(f"{copy.name}.{uuid.uuid4().hex}")
    try:
        unfinished.touch(stat.S_IMODE(path.stat().st_mode))  # nobody may read the copy who may not read the file
        with explaining(path), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
            copied = int(target.execute("PRAGMA user_version").fetchone()[0])
        if copied != version:
            return None
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)
    return copy
