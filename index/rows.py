"""Rows of a collection: plain data on its way in or out, the statements that write, remove and check it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from index.article import Article, Published, parse_published
from index.passages import Cut

_CHECK = "INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)"
"""FTS5's own comparison of the index with its contents; https://sqlite.org/fts5.html#the_integrity_check_command"""
_FORGOTTEN_AFTER = 100_000
"""Removed passages remembered for others' indexes; one that is further behind reads everything anew."""


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage ready to be written: `hash` identifies the encoded text, `vector` is its float16 bytes."""

    cut: Cut
    hash: bytes
    vector: bytes


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article ready to be written: everything slow about it is done."""

    article: Article
    hash: bytes
    signature: bytes
    passages: tuple[NewPassage, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an update replaced: when (ISO 8601, UTC), and how the article stood before."""

    replaced: str
    title: str
    published: str | None
    hash: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the passages since a revision; `complete` means: forget everything and start from these."""

    revision: int
    complete: bool
    removed: tuple[int, ...]
    ids: tuple[int, ...]
    vectors: bytes | bytearray


class StaleRebuild(Exception):
    """The collection changed while its articles were being encoded anew."""


def article_hash(article: Article) -> bytes:
    """SHA-256 over everything stored of an article: equal hash, nothing to do."""
    published = article.published.isoformat() if article.published else None
    fields = (article.text, article.title, article.outlet, article.url, published, article.id)
    return hashlib.sha256(json.dumps(fields).encode()).digest()


def to_published(value: str | None) -> Published | None:
    return parse_published(value) if value else None


def next_revision(connection: sqlite3.Connection) -> int:
    connection.execute("UPDATE manifest SET value = value + 1 WHERE name = 'revision'")
    return int(connection.execute("SELECT value FROM manifest WHERE name = 'revision'").fetchone()[0])


def write_article(connection: sqlite3.Connection, new: NewArticle, key: str, number: int | None, now: str) -> int:
    """Writes the article under `key`, in place of the row `number` if there is one; returns the number of its row."""
    article = new.article
    published = article.published.isoformat() if article.published else None
    row = (key, article.id, article.title, article.outlet, article.url, published, published and published[:10])
    cursor = connection.execute(
        "INSERT OR REPLACE INTO article (id, key, caller_id, title, outlet, url, published, day, text, hash, signature, added)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *row, article.text, new.hash, new.signature, now),
    )
    return int(cursor.lastrowid or 0)


def write_passages(connection: sqlite3.Connection, article: int, new_article: NewArticle, revision: int) -> None:
    title, text = new_article.article.title, new_article.article.text
    for number, new in enumerate(new_article.passages):
        cursor = connection.execute(
            'INSERT INTO passage (article, number, "start", "end", sentences, hash, revision, vector)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article,
                number,
                new.cut.start,
                new.cut.end,
                json.dumps(new.cut.sentences),
                new.hash,
                revision,
                new.vector,
            ),
        )
        # Not through the view: it would load the whole article for each of its passages.
        connection.execute(
            "INSERT INTO passage_words (rowid, title, text) VALUES (?, ?, ?)",
            (cursor.lastrowid, title, text[new.cut.start : new.cut.end]),
        )


def remove_passages(connection: sqlite3.Connection, articles: Sequence[int], revision: int, *, every: bool) -> None:
    """Removes the passages of these articles. `every`: those are all there are, and the full-text index is emptied, whatever
    it holds; otherwise it is told what to take out."""
    if every:
        connection.execute("INSERT INTO passage_words (passage_words) VALUES ('delete-all')")
    for article in articles:
        if not every:
            _remove_words(connection, article)
        connection.execute(
            "INSERT INTO removed_passage SELECT id, ? FROM passage WHERE article = ?", (revision, article)
        )
        connection.execute("DELETE FROM passage WHERE article = ?", (article,))
    remembered = connection.execute("SELECT count(*), max(revision) FROM removed_passage").fetchone()
    if remembered[0] > _FORGOTTEN_AFTER:
        connection.execute("DELETE FROM removed_passage")
        connection.execute("INSERT OR REPLACE INTO manifest VALUES ('removals_forgotten', ?)", (remembered[1],))


def _remove_words(connection: sqlite3.Connection, article: int) -> None:
    title, text = connection.execute("SELECT title, text FROM article WHERE id = ?", (article,)).fetchone()
    borders = connection.execute('SELECT id, "start", "end" FROM passage WHERE article = ?', (article,)).fetchall()
    connection.executemany(
        "INSERT INTO passage_words (passage_words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        ((number, title, text[start:end]) for number, start, end in borders),
    )


def check_words(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError where the full-text index does not match the articles.

    Looked at in a copy, which keeps no writer waiting; in place where the temporary folder has no room for one."""
    try:
        _check_words_in_copy(connection)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_FULL:
            raise
        connection.execute(_CHECK)


def _check_words_in_copy(connection: sqlite3.Connection) -> None:
    """With the passages as a table: FTS5 reads one after the other, and the view loads a whole article for each."""
    with closing(sqlite3.connect("", isolation_level=None)) as copy:  # a file of its own that is deleted when closed
        connection.backup(copy)
        copy.execute("BEGIN")
        copy.execute("DROP VIEW passage_text")
        copy.execute("CREATE TABLE passage_text (id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
        for article, title, text in copy.execute("SELECT id, title, text FROM article"):
            borders = copy.execute('SELECT id, "start", "end" FROM passage WHERE article = ?', (article,))
            passages = ((number, title, text[start:end]) for number, start, end in borders)
            copy.executemany("INSERT INTO passage_text VALUES (?, ?, ?)", passages)
        copy.execute(_CHECK)
