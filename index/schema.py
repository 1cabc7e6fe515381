"""The tables of a collection's SQLite file, as numbered migration steps (see `index.migrations`)."""

from __future__ import annotations

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Part of the first step: another one takes a further step that makes the full-text index anew."""

STEPS: tuple[str, ...] = (
    # A passage's text is a stretch of its article's; the full-text index reads it through a view, so it is kept once.
    f"""
    CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    INSERT INTO manifest VALUES ('revision', '0');

    CREATE TABLE article (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        caller_id TEXT,
        title TEXT NOT NULL,
        outlet TEXT NOT NULL,
        url TEXT,
        published TEXT,
        day TEXT,
        text TEXT NOT NULL,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,
        added TEXT NOT NULL
    );
    CREATE INDEX article_day ON article (day);

    CREATE TABLE passage (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        sentences TEXT NOT NULL,
        hash BLOB NOT NULL,
        revision INTEGER NOT NULL,
        vector BLOB NOT NULL
    );
    CREATE INDEX passage_article ON passage (article);
    CREATE INDEX passage_hash ON passage (hash);
    CREATE INDEX passage_revision ON passage (revision);

    CREATE TABLE removed_passage (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
    CREATE INDEX removed_passage_revision ON removed_passage (revision);

    CREATE TABLE replaced_article (
        key TEXT NOT NULL, replaced TEXT NOT NULL, title TEXT NOT NULL, published TEXT, hash BLOB NOT NULL, text TEXT NOT NULL
    );
    CREATE INDEX replaced_article_key ON replaced_article (key);

    CREATE VIEW passage_text AS
        SELECT p.id, a.title, substr(a.text, p."start" + 1, p."end" - p."start") AS text
        FROM passage p JOIN article a ON a.id = p.article;
    CREATE VIRTUAL TABLE passage_words USING fts5 (
        title, text, content = 'passage_text', content_rowid = 'id', tokenize = "{TOKENIZER}"
    );
    CREATE VIRTUAL TABLE passage_terms USING fts5vocab (passage_words, row);
    """,
)
