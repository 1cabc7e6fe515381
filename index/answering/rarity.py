"""How telling each word of a question is among the passages at hand, and how much of the question a text lacks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from index.answering.caching import cached
from index.answering.question import Question, parse
from index.answering.words import stem, words


@cached(8192)
def stems(text: str) -> frozenset[str]:
    """All words of a text, as they are compared."""
    return frozenset([stem(w.text) for w in words(text)])


def _name_presence(question: Question, name: Sequence[str], there: frozenset[str]) -> float:
    """1 if the whole name stands there, .8 if its last word does and is no common word, less for another part, else 0."""
    found = [question.names_in(token, there) for token in name]
    if all(found):
        return 1.0
    return 0.8 if found[-1] and name[-1] in question.proper else 0.4 if any(found) else 0.0


class Rarity:
    """How telling each word of the question is among the passages at hand, log(1 + N / df), and what a text lacks of it.

    Many spans share a sentence, and more a passage: what was found for a set of stems is kept.
    """

    def __init__(self, question: Question, passages: Sequence[str]) -> None:
        there = [stems(p) for p in passages]
        self.question = question
        counts = Counter(t for t in question.terms for p in there if question.names_in(t, p))
        self.weights: Mapping[str, float] = {
            t: math.log(1 + len(passages) / max(counts[t], 0.5)) for t in question.terms
        }
        deed = question.deed
        self._of_deed = {t: w for t, w in self.weights.items() if t in deed}
        self._known: dict[tuple[str, frozenset[str]], float] = {}

    def missing(self, there: frozenset[str]) -> float:
        """The share of the question's meaning that is not there."""
        return self._once("all", there, lambda: self._share(self.weights, there))

    def missing_deed(self, there: frozenset[str]) -> float:
        """The same of what the question says of its names and of the thing it counts."""
        return self._once("deed", there, lambda: self._share(self._of_deed, there))

    def missing_names(self, there: frozenset[str]) -> float:
        """The share of the question's names that are not there; the worst name counts as much as all together."""
        return self._once("names", there, lambda: self._names(there))

    def _share(self, weights: Mapping[str, float], there: frozenset[str]) -> float:
        total = sum(weights.values())
        return sum(w for t, w in weights.items() if not self.question.names_in(t, there)) / total if total else 0.0

    def _names(self, there: frozenset[str]) -> float:
        if not self.question.names:
            return 0.0
        gaps = [1.0 - _name_presence(self.question, n, there) for n in self.question.names]
        return (sum(gaps) / len(gaps) + max(gaps)) / 2

    def _once(self, what: str, there: frozenset[str], work: Callable[[], float]) -> float:
        key = (what, there)
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]


@lru_cache(maxsize=16)
def rarity_of(asked: str, passages: tuple[str, ...]) -> Rarity:
    """The question as it is understood among these passages, weighed; what is read and what is answered both ask for it."""
    return Rarity(parse(asked, passages), passages)
