"""Full-text search: BM25 over the collection's own FTS5 index."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Sequence
from itertools import islice

from index.schema import TOKENIZER
from index.store import Store

_WORD = re.compile(r"\w+(?:[.,:'’\-]\w+)*")
_DIGITS = re.compile(r"[1-9]\d{3,14}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,4}")
_YEAR = re.compile(r"1,?\d{3}|2,?0\d\d")
_MOST_WORDS = 48
_MOST_COUNTS = 50_000
MOST_MATCHES = 8000
"""`bm25()` scores every match, at about a microsecond and a half each: the rarest words find passages, up to so many matches in
all. A question of common words only is left to the dense ranking."""
MOST_SCORED = 40_000
"""The next rarest words only add to the scores of what is found, up to so many matches in all: each then costs a tenth."""
CANDIDATES = 2
"""Times as many passages as wanted are found before common words put them in order."""
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
        finding, scoring = self._chosen(question)
        if not finding or limit <= 0:
            return []
        allowed = None if among is None else set(among)
        wanted = limit * CANDIDATES if scoring else limit
        found = self._found(finding, wanted, allowed)
        if scoring:
            query = f"{_bm25()} AND +rowid IN (SELECT value FROM json_each(?))"
            numbers = json.dumps([number for number, _ in found])
            # BM25 is a sum over words.
            more = dict(self._store.rows(query, (_any(scoring), numbers)))
            found = sorted(((n, score + more.get(n, 0.0)) for n, score in found), key=lambda pair: (-pair[1], pair[0]))
        return found[:limit]

    def _found(self, words: Sequence[str], limit: int, allowed: set[int] | None) -> list[tuple[int, float]]:
        """The `limit` best passages with any of these words."""
        query = f"{_bm25()} ORDER BY score DESC, rowid LIMIT ?"
        rows = self._store.rows(query, (_any(words), limit if allowed is None else -1))
        found = list(islice(((n, s) for n, s in rows if allowed is None or n in allowed), limit))
        rows.close()
        return found

    def _chosen(self, question: str) -> tuple[list[str], list[str]]:
        """Of the question's words that occur, rarest first: those that find passages, and those that only score them."""
        said = list(dict.fromkeys(_WORD.findall(question.lower())))
        words = [word for word, terms in zip(said, self._stemmer.terms(said), strict=True) if terms][:_MOST_WORDS]
        counts = self._current()
        respelled = [other for word in words if (other := self._respelled(word, counts))]
        words = list(dict.fromkeys([*words, *respelled]))[:_MOST_WORDS]
        finding: list[str] = []
        scoring: list[str] = []
        matches = scored = 0
        for count, word in sorted((self._count(word, counts), word) for word in words):
            matches += count
            if count and matches <= MOST_MATCHES:
                finding.append(word)
            elif count and (scored := scored + count) <= MOST_SCORED:
                scoring.append(word)
        return finding, scoring

    def _respelled(self, word: str, counts: dict[str, int]) -> str | None:
        """A number as others write it: "14300" for "14,300", and the other way round. The two of "2024" are a year and a
        count: where the one asked for is found, the other is not meant."""
        if _GROUPED.fullmatch(word):
            other = word.replace(",", "")
        elif _DIGITS.fullmatch(word):
            other = f"{int(word):,}"
        else:
            return None
        return None if _YEAR.fullmatch(word) and self._count(word, counts) else other

    def _current(self) -> dict[str, int]:
        """The numbers of matches learned so far, which hold for one revision of the store."""
        revision = self._store.revision()
        if revision != self._counted[0]:
            self._counted = (revision, {})
        return self._counted[1]

    def _count(self, word: str, counts: dict[str, int]) -> int:
        """How many passages hold the word, or one more than matters: counting all of a common one takes too long."""
        count = counts.get(word)
        if count is None:
            query = "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT ?)"
            ((found,),) = self._store.rows(query, (_quoted(word), max(MOST_MATCHES, MOST_SCORED) + 1))
            count = int(found)
            if count:  # What no passage holds is looked up at once, and people may ask for anything.
                if len(counts) >= _MOST_COUNTS:
                    counts.clear()
                counts[word] = count
        return count


def _bm25() -> str:
    return f"SELECT rowid, -bm25(passage_words, {TITLE_WEIGHT}, 1.0) AS score FROM passage_words WHERE passage_words MATCH ?"


def _any(words: Sequence[str]) -> str:
    return " OR ".join(map(_quoted, words))


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
