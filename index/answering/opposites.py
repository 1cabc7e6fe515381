"""Questions that turn a sentence round: "the smallest" asked of a sentence about the largest, "not" asked of one that does."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.answering.words import fold, stem, words

_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|fail(?:s|ed)? to|lacks?)\b|n[’']t\b", re.I
)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "anti")
_PAIRS = (
    "largest smallest", "large small", "big small", "biggest smallest", "most least", "more less", "more fewer", "highest lowest",
    "high low", "higher lower", "larger smaller", "longest shortest", "long short", "longer shorter", "first last",
    "earliest latest", "early late", "earlier later", "before after", "best worst", "better worse", "rapid slow", "fast slow",
    "quick slow", "fastest slowest", "strong weak", "strongest weakest", "oldest youngest", "oldest newest", "old new",
    "older younger", "increase decrease", "increase reduce", "rise fall", "rise decline", "raise lower", "raise cut", "win lose",
    "open close", "begin end", "start stop", "start end", "support oppose", "for against", "accept reject", "allow forbid",
    "allow ban", "allow prevent", "buy sell", "arrive leave", "enter leave", "join leave", "north south", "northern southern",
    "east west", "eastern western", "north east", "south west", "south east", "male female", "man woman", "men women",
    "public private", "internal external", "inside outside", "hot cold", "rich poor", "easy difficult", "same different",
    "always never", "all none", "major minor", "maximum minimum", "upper lower", "import export", "birth death", "bear die",
    "summer winter", "spring autumn", "morning evening", "day night", "left right", "true false", "success failure",
    "above below", "over under", "create destroy", "build destroy", "encourage discourage", "add remove",
    "majority minority", "senior junior",
)  # fmt: skip


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS:
        a, b = (stem(w) for w in pair.split())
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=4096)
def opposed(question: str, sentence: str) -> float:
    """1 if a word of the question stands in the sentence only as its opposite, or if the question denies what the sentence
    says; .5 if the sentence denies and the question does not; else 0.
    """
    question = _QUOTED.sub(" ", question)  # who said "it does not pay" denies nothing
    asked = {stem(w.text) for w in words(question)}
    there = {stem(w.text) for w in words(sentence)}
    known = _opposites()
    for term in asked - there:
        if not known.get(term, frozenset()).isdisjoint(there - asked) or _prefixed(term, there):
            return 1.0
    ours, theirs = bool(_NEGATION.search(question)), bool(_NEGATION.search(sentence))
    return 1.0 if ours and not theirs else 0.5 if theirs and not ours else 0.0


def _prefixed(term: str, there: set[str]) -> bool:
    """ "active" against "inactive", in either direction."""
    if any(prefix + term in there for prefix in _PREFIXES if len(term) > 3):
        return True
    return any(term.startswith(p) and len(term) - len(p) > 3 and fold(term)[len(p) :] in there for p in _PREFIXES)


_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|going to|(?:is|are|be) to|set to|due|scheduled|expected|plan(?:s|ned)?|"
    r"(?:want|hope|intend|aim|mean)s? to|next|may|could|would|until|"
    r"by (?:the end|january|february|march|april|may|june|july|august|september|october|november|december))\b|['’]ll\b",
    re.I,
)
_ASKS_AHEAD = re.compile(r"\b(?:will|won['’]t|going to|next (?:year|month|week|season|time))\b", re.I)


def other_time(question: str, sentence: str) -> float:
    """1 if the question asks what will be, and the sentence tells nothing that lies ahead."""
    return float(bool(_ASKS_AHEAD.search(question)) and not _AHEAD.search(sentence))
