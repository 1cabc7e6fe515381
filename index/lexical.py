"""Full-text search: BM25 over the collection's own FTS5 index."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Sequence

from index.schema import TOKENIZER
from index.store import Store

_WORD = re.compile(r"\w+(?:[.,:'’\-]\w+)*")
_MOST_WORDS = 48
MOST_MATCHES = 8000
"""`bm25()` scores every match, at about two microseconds each: the rarest words are used first, up to so many matches in all.
A word that alone has more tells nothing; a question of such words is left to the dense ranking."""
TITLE_WEIGHT = 1.0


class Lexical:
    """Ranks the passages of one store by BM25 (Robertson and Zaragoza 2009; FTS5's `bm25()`). Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stemmer = Stemmer()
        self._counted: tuple[int, dict[str, int]] = (-1, {})

    def search(self, question: str, limit: int, *, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The (passage id, BM25 score) of the `limit` best, best first; only those in `among`, if given.

        The question's words are quoted: nothing a person types is query syntax.
        """
        words = self._chosen(question)
        if not words or limit <= 0:
            return []
        match = " OR ".join(map(_quoted, words))
        query = f"SELECT rowid, -bm25(passage_words, {TITLE_WEIGHT}, 1.0) AS score FROM passage_words WHERE passage_words MATCH ?"
        allowed = None if among is None else set(among)
        rows = self._store.connection.execute(f"{query} ORDER BY score DESC, rowid", (match,))
        found: list[tuple[int, float]] = []
        for number, score in rows:
            if allowed is None or number in allowed:
                found.append((int(number), float(score)))
                if len(found) == limit:
                    break
        rows.close()
        return found

    def _chosen(self, question: str) -> list[str]:
        """The question's words that occur, rarest first, as many as `MOST_MATCHES` allows."""
        said = list(dict.fromkeys(_WORD.findall(question.lower())))
        words = [word for word, terms in zip(said, self._stemmer.terms(said), strict=True) if terms][:_MOST_WORDS]
        counts = self._current()
        chosen, matches = [], 0
        for count, word in sorted((self._count(word, counts), word) for word in words):
            matches += count
            if count and matches <= MOST_MATCHES:
                chosen.append(word)
        return chosen

    def _current(self) -> dict[str, int]:
        """The numbers of matches learned so far, which hold for one revision of the store."""
        revision = self._store.revision()
        if revision != self._counted[0]:
            self._counted = (revision, {})
        return self._counted[1]

    def _count(self, word: str, counts: dict[str, int]) -> int:
        """How many passages hold the word, or one more than matters: counting all of a common one takes too long."""
        if word not in counts:
            query = "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT ?)"
            row = self._store.connection.execute(query, (_quoted(word), MOST_MATCHES + 1)).fetchone()
            counts[word] = int(row[0])
        return counts[word]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


class Stemmer:
    """FTS5's own view of words, by a full-text table in memory: the only way to learn what it makes of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute(f"CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = '{TOKENIZER}')")
        self._connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (words, instance)")

    def terms(self, words: Sequence[str]) -> list[list[str]]:
        """For each word the terms it is indexed under, in order: usually one, several for "1,949", none for a symbol."""
        found: list[list[str]] = [[] for _ in words]
        with self._lock:
            self._connection.execute("BEGIN")
            self._connection.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(words))
            for term, number in self._connection.execute('SELECT term, doc FROM terms ORDER BY doc, "offset"'):
                found[number].append(term)
            self._connection.execute("ROLLBACK")
        return found
