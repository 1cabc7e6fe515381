"""Questions that turn a sentence round: "the smallest" asked of a sentence about the largest, "not" asked of one that does."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.answering.caching import cached
from index.answering.dates import MONTHS
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
    "open close", "begin end", "start stop", "start end", "support oppose", "accept reject", "allow forbid",
    "allow ban", "allow prevent", "buy sell", "arrive leave", "enter leave", "join leave", "north south", "northern southern",
    "east west", "eastern western", "north east", "south west", "south east", "male female", "man woman", "men women",
    "public private", "internal external", "inside outside", "hot cold", "rich poor", "easy difficult", "same different",
    "always never", "all none", "major minor", "maximum minimum", "upper lower", "import export", "birth death", "born die",
    "summer winter", "spring autumn", "morning evening", "true false", "success failure",
    "above below", "over under", "create destroy", "build destroy", "encourage discourage", "add remove",
    "majority minority", "senior junior",
)  # fmt: skip
_VOTED = re.compile(
    r"\b(?:vot(?:e[sd]?|ing)|ballots?|argu(?:e[sd]?|ing)|sp(?:oke|eak)s?|campaign(?:s|ed|ing)?|ruled|decided|demonstrat(?:e[sd]?|ing))\s+"
    r"(?:\w+\s+){0,2}?(for|against)\b",
    re.I,
)
"""Where "for" is the opposite of "against": a team scores for itself against another."""
_PERIODS = (
    r"weeks?|months?|years?|nights?|seasons?|weekends?|summer|winter|spring|autumn|decades?|century|time|few|\w+day|"
    + "|".join(MONTHS)
)
_HOW_LONG_LASTS = re.compile(r"\b(how\s+long\b[^?]*?)\blast\b", re.I)
_IDIOMS = re.compile(
    r"\bhow\s+(?:long|old|high|low|big|large|small|strong|hot|cold|fast|early|late|rich|poor)\b|"
    rf"\b(?:last|next|this|past)\s+(?:(?:few|two|three|four|five|six|ten|\d+)\s+)?(?:{_PERIODS})\b|"
    r"\bat\s+(?:least|most|last)\b|\blast(?:ed|s|ing)\b|\bclose\s+(?:to|by)\b|\b(?:the|in the)\s+end\b(?:\s+of\b)?|"
    r"(?:\byears?|\bmonths?|\bweeks?|\bdays?)[\s-]+old\b|(?-i:\b(?:New|Old)\s+(?=[A-Z]))",
    re.I,
)
"""Words that are no opposites here: "last week", "42 years old", "at least"."""


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
    (asked, ours_all), (there, theirs_all) = _compared(question), _compared(sentence)
    known = _opposites()
    for term in asked - theirs_all:
        if not known.get(term, frozenset()).isdisjoint(there - ours_all) or _prefixed(term, theirs_all):
            return 1.0
    if (voted := _VOTED.search(question)) and voted[1].lower() not in theirs_all and _VOTED.search(sentence):
        return 1.0
    ours, theirs = bool(_NEGATION.search(question)), bool(_NEGATION.search(sentence))
    return 1.0 if ours and not theirs else 0.5 if theirs and not ours else 0.0


@cached(2048)
def _compared(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a text without what is no opposite where it stands, and of all its words."""
    outright = _IDIOMS.sub(" ", _HOW_LONG_LASTS.sub(r"\1", text))
    every = frozenset([stem(w.text) for w in words(text)])
    return (every if outright == text else frozenset([stem(w.text) for w in words(outright)])), every


def _prefixed(term: str, there: frozenset[str]) -> bool:
    """ "active" against "inactive", in either direction."""
    if any(prefix + term in there for prefix in _PREFIXES if len(term) > 3):
        return True
    return any(term.startswith(p) and len(term) - len(p) > 3 and fold(term)[len(p) :] in there for p in _PREFIXES)
