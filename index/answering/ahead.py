"""Questions that ask what will be, and sentences that tell what lies ahead."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from index.answering.dates import DAY_OR_MONTH, MONTHS
from index.answering.words import STOP, fold, words

_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|going to|(?:is|are|be) to|set to|due|scheduled|expected|plan(?:s|ned)?|"
    r"(?:want|hope|intend|aim|mean)s? to|next|may|could|would|until|"
    rf"by (?:the end|{'|'.join(MONTHS)}))\b|['’]ll\b",
    re.I,
)
ASKS_AHEAD = re.compile(r"\b(?:will|won['’]t|going to|next (?:year|month|week|season|time))\b", re.I)
"""Asks what will be."""
_DAY = re.compile(rf"\b(?:{DAY_OR_MONTH}|tomorrow|tonight|noon|midnight)\b|\d", re.I)
_BEFORE_NOUNS = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their", "of", "many"})


@lru_cache(maxsize=4096)
def other_time(question: str, sentence: str) -> float:
    """1 if the question asks what will be, and the sentence tells nothing that lies ahead."""
    return float(
        bool(ASKS_AHEAD.search(question)) and not _AHEAD.search(sentence) and not _timetabled(question, sentence)
    )


def _timetabled(question: str, sentence: str) -> bool:
    """Whether the sentence says in the present tense, with a day, what the question asks of the future: "The bridge reopens
    on Friday", "Talks resume on Monday"."""
    if not _DAY.search(sentence):
        return False
    asked = _deeds(question)
    listed = words(sentence)
    for before, word in pairwise(listed):
        if word.capital:
            continue
        base = word.text
        if base not in asked:
            if not base.endswith("s") or base.endswith("ss"):
                continue
            base = next((b for b in (base[:-1], base[:-2], f"{base[:-3]}y") if b in asked), "")
            if base and before.text.lower() not in _BEFORE_NOUNS:
                return True
        elif before.text.endswith("s") and not before.text.endswith("ss"):
            return True
    return False


@lru_cache(maxsize=256)
def _deeds(question: str) -> frozenset[str]:
    """The words of the question that may be its verb: no article stands before them."""
    return frozenset(
        w.text
        for before, w in pairwise(words(question))
        if not w.capital and fold(w.text) not in STOP and fold(before.text) not in _BEFORE_NOUNS
    )
