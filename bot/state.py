"""What the bot remembers: receipts, votes, hints given, settings of its own. One SQLite file beside the collections.

Users' ids live here and nowhere else. Every method blocks: call it through `Executor.disk`.
"""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.receipts import Asked, Receipt, Vote, Votes, shown_in
from index import Answer, connect, create, migrate

log = logging.getLogger(__name__)

FILE = "bot.sqlite3"

STEPS = (
    """
    CREATE TABLE receipt (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('ask', 'search')),
        guild_id INTEGER,
        channel_id INTEGER NOT NULL,
        user_id INTEGER NOT NULL,
        private INTEGER NOT NULL,
        chat INTEGER NOT NULL,
        message_id INTEGER UNIQUE,
        asked TEXT NOT NULL,
        previous TEXT,
        suggestions TEXT NOT NULL,
        answer BLOB NOT NULL,
        created REAL NOT NULL
    );
    CREATE INDEX receipt_created ON receipt (created);
    CREATE INDEX receipt_place ON receipt (channel_id, user_id, created);
    CREATE TABLE shared (
        receipt TEXT PRIMARY KEY REFERENCES receipt (id) ON DELETE CASCADE,
        copy TEXT NOT NULL REFERENCES receipt (id) ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE TABLE vote (
        receipt TEXT NOT NULL REFERENCES receipt (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL,
        helpful INTEGER NOT NULL,
        reason TEXT,
        PRIMARY KEY (receipt, user_id)
    ) WITHOUT ROWID;
    CREATE TABLE hint (channel_id INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY (channel_id, day)) WITHOUT ROWID;
    CREATE TABLE told (user_id INTEGER NOT NULL, what TEXT NOT NULL, PRIMARY KEY (user_id, what)) WITHOUT ROWID;
    CREATE TABLE value (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    ALTER TABLE receipt ADD COLUMN question_id INTEGER;
    CREATE INDEX receipt_question ON receipt (question_id) WHERE question_id IS NOT NULL;
    """,
)


class State:
    """The bot's file in the archive's folder. Used from one thread at a time."""

    def __init__(self, folder: Path) -> None:
        """Raises ArchiveError where the file cannot be made or used."""
        self.path = folder / FILE
        create(self.path, private=True)
        copy = migrate(self.path, STEPS)
        self._db = connect(self.path)
        # What is deleted is overwritten: else it stays in the file until other rows need its pages.
        self._db.execute("PRAGMA secure_delete = ON")
        if copy is not None:
            # It would keep what people asked, and deleted, beyond the days they were promised.
            copy.unlink(missing_ok=True)

    def close(self) -> None:
        self._db.close()

    def not_written(self, what: str, error: sqlite3.Error) -> None:
        """One line for the owner, who alone can mend it."""
        log.error(what, extra={"file": str(self.path), "reason": str(error)})

    # Receipts

    def add(self, receipt: Receipt) -> None:
        self._db.execute(
            "INSERT INTO receipt VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                receipt.id,
                receipt.kind,
                receipt.guild_id,
                receipt.channel_id,
                receipt.user_id,
                receipt.private,
                receipt.chat,
                receipt.message_id,
                receipt.asked,
                receipt.previous,
                "\n".join(receipt.suggestions),
                zlib.compress(receipt.answer.to_json().encode()),
                receipt.created.timestamp(),
                receipt.question_id,
            ),
        )

    def get(self, receipt: str) -> Receipt | None:
        return self._receipt("id = ?", receipt)

    def of_message(self, message_id: int) -> Receipt | None:
        """The receipt that this message of the bot carries."""
        return self._receipt("message_id = ?", message_id)

    def asked_in(self, message_id: int) -> str | None:
        """What this message of a person asked."""
        row = self._db.execute("SELECT asked FROM receipt WHERE question_id = ?", (message_id,)).fetchone()
        return None if row is None else str(row[0])

    def last_in(self, channel_id: int, user_id: int, since: datetime, *, private: bool) -> Receipt | None:
        """The newest answer to this person that stands in this channel; private ones only if `private`."""
        return self._receipt(
            "channel_id = ? AND user_id = ? AND created >= ? AND kind = 'ask' AND private <= ? AND message_id IS NOT NULL"
            " ORDER BY created DESC, number DESC",
            channel_id,
            user_id,
            since.timestamp(),
            private,
        )

    def sent(self, receipt: str, message_id: int) -> None:
        """The receipt's answer now stands in this message, and no other's does."""
        self._db.execute("UPDATE receipt SET message_id = NULL WHERE message_id = ?", (message_id,))
        self._db.execute("UPDATE receipt SET message_id = ? WHERE id = ?", (message_id, receipt))

    def unsent(self, message_ids: Sequence[int]) -> None:
        """These messages are gone: what they asked or carried is nobody's to see any more but its asker's."""
        marks = ",".join("?" * len(message_ids))
        self._db.execute(
            f"UPDATE receipt SET message_id = NULL WHERE message_id IN ({marks}) OR question_id IN ({marks})",
            [*message_ids, *message_ids],
        )

    def share(self, receipt: str, copy: Receipt) -> None:
        """Keep `copy`, a public twin of a private receipt."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self.add(copy)
            self._db.execute("INSERT OR REPLACE INTO shared VALUES (?, ?)", (receipt, copy.id))
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    def shared(self, receipt: str) -> Receipt | None:
        """The public twin, if its message still exists."""
        return self._receipt("message_id IS NOT NULL AND id IN (SELECT copy FROM shared WHERE receipt = ?)", receipt)

    def recent(self, limit: int, since: datetime) -> list[Asked]:
        """The newest questions asked from `since` on, oldest first."""
        rows = self._db.execute(
            "SELECT id, guild_id, channel_id, user_id, asked, created, iif(private, NULL, message_id), question_id"
            " FROM receipt WHERE kind = 'ask' AND created >= ? ORDER BY number DESC LIMIT ?",
            (since.timestamp(), limit),
        )
        return [
            Asked(
                receipt, guild_id, channel_id, user_id, asked, datetime.fromtimestamp(created, UTC), shown_in(*messages)
            )
            for receipt, guild_id, channel_id, user_id, asked, created, *messages in reversed(rows.fetchall())
        ]

    def forget_before(self, moment: datetime) -> int:
        """Delete receipts made before `moment`, with their votes, and hints of other days. Returns how many."""
        self._db.execute("DELETE FROM hint WHERE day < ?", (moment.date().isoformat(),))
        return self._db.execute("DELETE FROM receipt WHERE created < ?", (moment.timestamp(),)).rowcount

    def _receipt(self, where: str, *values: object) -> Receipt | None:
        row = self._db.execute(
            "SELECT id, kind, guild_id, channel_id, user_id, private, chat, asked, answer, created, message_id, previous,"
            " suggestions, question_id"
            f" FROM receipt WHERE {where} LIMIT 1",
            values,
        ).fetchone()
        if row is None:
            return None
        try:
            answer = Answer.from_json(zlib.decompress(row[8]))
        except (ValueError, zlib.error):
            return None  # Written by software whose answers had another form: as good as too old.
        return Receipt(
            id=row[0],
            kind=row[1],
            guild_id=row[2],
            channel_id=row[3],
            user_id=row[4],
            private=bool(row[5]),
            chat=bool(row[6]),
            asked=row[7],
            answer=answer,
            created=datetime.fromtimestamp(row[9], UTC),
            message_id=row[10],
            previous=row[11],
            suggestions=tuple(line for line in row[12].split("\n") if line),
            question_id=row[13],
        )

    # Votes

    def vote(self, receipt: str, user_id: int, helpful: bool) -> Vote | None:
        """Cast, change or (the same again) take back a vote. Returns the one before."""
        before = self.vote_of(receipt, user_id)
        self.set_vote(receipt, user_id, None if before is not None and before.helpful == helpful else Vote(helpful))
        return before

    def explain_vote(self, receipt: str, user_id: int, reason: str) -> bool:
        """Add why it is wrong. Returns False where the vote was taken back or changed meanwhile."""
        return self._first(
            "UPDATE vote SET reason = ? WHERE receipt = ? AND user_id = ? AND NOT helpful", reason, receipt, user_id
        )

    def vote_of(self, receipt: str, user_id: int) -> Vote | None:
        row = self._db.execute(
            "SELECT helpful, reason FROM vote WHERE receipt = ? AND user_id = ?", (receipt, user_id)
        ).fetchone()
        return None if row is None else Vote(bool(row[0]), row[1])

    def set_vote(self, receipt: str, user_id: int, vote: Vote | None) -> None:
        """Put this in the place of the person's vote; None takes it away."""
        if vote is None:
            self._db.execute("DELETE FROM vote WHERE receipt = ? AND user_id = ?", (receipt, user_id))
        else:
            row = (receipt, user_id, vote.helpful, vote.reason)
            self._db.execute("INSERT OR REPLACE INTO vote VALUES (?, ?, ?, ?)", row)

    def votes(self, receipt: str) -> Votes:
        row = self._db.execute(
            "SELECT coalesce(sum(helpful), 0), coalesce(sum(NOT helpful), 0) FROM vote WHERE receipt = ?", (receipt,)
        ).fetchone()
        return Votes(int(row[0]), int(row[1]))

    def voted(self) -> Iterator[tuple[Receipt, Votes, tuple[str, ...]]]:
        """Every answer that somebody voted on, newest first, with what was said to be wrong with it."""
        rows = self._db.execute(
            "SELECT id FROM receipt WHERE id IN (SELECT receipt FROM vote) ORDER BY created DESC, number DESC"
        ).fetchall()
        for (key,) in rows:
            receipt = self.get(key)
            reasons = self._db.execute(
                "SELECT reason FROM vote WHERE receipt = ? AND reason IS NOT NULL ORDER BY reason", (key,)
            ).fetchall()
            if receipt is not None:
                yield receipt, self.votes(key), tuple(row[0] for row in reasons)

    # Said once

    def hint(self, channel_id: int, day: str) -> bool:
        """Whether the hint is due in this channel today; from now on it is not."""
        return self._first("INSERT OR IGNORE INTO hint VALUES (?, ?)", channel_id, day)

    def tell(self, user_id: int, what: str) -> bool:
        """Whether this person has not been told `what` yet; from now on they have."""
        return self._first("INSERT OR IGNORE INTO told VALUES (?, ?)", user_id, what)

    def value(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM value WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_value(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO value VALUES (?, ?)", (name, value))

    def _first(self, statement: str, *values: object) -> bool:
        return self._db.execute(statement, values).rowcount == 1


def keep_since(now: datetime, days: int) -> datetime:
    """Receipts made before this are no longer kept."""
    return now - timedelta(days=days)
