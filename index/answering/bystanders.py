"""Persons without a name in a text, who may be meant by "he" and "she": "her husband", "the minister"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.answering.people import HUMANS, TITLES
from index.answering.tense import PAST
from index.answering.words import AUXILIARIES, PREPOSITIONS, STOP, Word, fold, names, word_set, words

PURE_PREPOSITIONS = PREPOSITIONS - word_set("after before since until")
"""Prepositions that open no clause: "after Lind said so" has a subject."""
_POSSESSIVES = word_set("his her its their our")
DETERMINERS = _POSSESSIVES | word_set("the a an one some other")
LINKING = (STOP | PREPOSITIONS | word_set("without within like yesterday")) - DETERMINERS
_OWNER = re.compile(r"['’]s$")
OPENING = word_set("on in at by later then and but so still meanwhile yesterday today earlier also")
_LATER = word_set("later earlier ago afterwards")
_SUBJECTS = word_set("he she it they i we you who")
_PARTED = re.compile(r"[,;:(—–]")
_AUXILIARIES = frozenset(AUXILIARIES.split("|")) | {"must"}
_PAST = re.compile(PAST)
_NO_NOUNS = (
    LINKING
    | DETERMINERS
    | OPENING
    | _LATER
    | _SUBJECTS
    | word_set("never often always soon himself herself police people")
)
"""What stands between a person and the verb: "The mayor often visits", "The man police are looking for"."""
_IS = r"(?:who\s)?(?:is|was|became|has\sbeen)\s(?:(?:re-?)?(?:elected|named|appointed)\s)?"
_ROLE = rf"(?:(?:the|an?)\s)?(?:(?!(?:{'|'.join(sorted(LINKING | DETERMINERS))})\b)[\w’'-]+\s){{0,5}}"
"""What stands before the noun: "the ", "Aville’s former "; not "husband of the "."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A person without a name, and whether "her", "his" or "their" stands before: such a one is not the speaker."""

    noun: str
    owned: bool


def unnamed(outside: str) -> Unnamed | None:
    """The person without a name who is the subject of a sentence, given without its quotations: "The minister was in court",
    "A day later her husband spoke".

    Only what opens the sentence is looked at, or stands behind a time or a place: what follows a verb is its object.
    """
    outside = outside[:200]
    listed = words(outside)
    said = [fold(w.text) for w in listed]
    named = {run[0].start for run in names(outside)}
    for i, word in enumerate(listed[:9]):
        previous = said[i - 1] if i else ""
        opens = not i or said[0] in OPENING or previous in _LATER
        if opens and previous not in PREPOSITIONS and (said[i] in DETERMINERS or _OWNER.search(word.text)):
            heads = (j for j in range(i + 1, min(i + 7, len(said))) if said[j] in HUMANS)
            head = next(
                (j for j in heads if not (_OWNER.search(listed[j].text) or _describes(outside, listed, j))), None
            )
            if (
                head
                and (LINKING | DETERMINERS).isdisjoint(said[i + 1 : head])
                and not _PARTED.search(outside, word.end, listed[head].start)
            ):
                return Unnamed(said[head], said[i] in _POSSESSIVES)
        if said[i] in _SUBJECTS or (word.start in named and previous not in PURE_PREPOSITIONS):
            return None
    return None


def _describes(outside: str, listed: Sequence[Word], at: int) -> bool:
    """Whether the noun at `at` describes the nouns behind it, which have a verb: "the passenger ferry sails"."""
    for i in range(at + 1, min(at + 5, len(listed))):
        word, lower = listed[i], fold(listed[i].text)
        if word.capital or not lower.isalpha() or outside[listed[i - 1].end : word.start].strip():
            return False
        noun_before = i > at + 1
        auxiliary_follows = i + 1 < len(listed) and fold(listed[i + 1].text) in _AUXILIARIES
        if lower in _AUXILIARIES or _PAST.fullmatch(lower):
            return noun_before
        if lower.endswith("s") and not auxiliary_follows:  # "sails", but "records were"
            return noun_before
        if lower in _NO_NOUNS or lower.endswith(("ly", "ing")):
            return False
    return False


def is_called(name: str, noun: str, before: str) -> bool:
    """Whether the text before says of the name that it is a `noun`: "the minister, Anna Lind", "Lind, mayor of Aville",
    "Dr. Lind"."""
    last = re.escape(words(name)[-1].text)
    title = rf"|{TITLES[noun]}\.?" if noun in TITLES else ""
    return bool(
        re.search(
            rf"\b(?:(?i:{noun}){title})(?:\s(?:of|for|in|at)\s[\w ’'-]{{1,40}})?,?\s(?:[A-Z][\w.’'-]*\s){{0,3}}{last}\b"
            rf"|\b{last}(?:,\s(?:\d+,\s)?(?:{_IS})?|\s{_IS}){_ROLE}(?i:{noun})\b(?!['’]|\s[A-Z])",
            before,
        )
    )
