"""Persons without a name in a text, who may be meant by "he" and "she": "her husband", "the minister"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.answering.people import HUMANS
from index.answering.words import STOP, fold, names, word_set, words

PREPOSITIONS = word_set(
    "of in at from near for by with to on against into over under between across around outside inside along among beside "
    "behind beyond via"
)
POSSESSIVES = word_set("his her its their our")
DETERMINERS = POSSESSIVES | word_set("the a an one some other")
LINKING = (STOP | PREPOSITIONS | word_set("since without within like yesterday")) - DETERMINERS
_OWNER = re.compile(r"['’]s$")
OPENING = word_set("on in at by later then and but so still meanwhile yesterday today earlier also")
_LATER = word_set("later earlier ago afterwards")
_SUBJECTS = word_set("he she it they i we you who")
_PARTED = re.compile(r"[,;:(—–]")
_NO_SUBJECT_AFTER = PREPOSITIONS | word_set("after before during since until")


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
        after = said[i - 1] if i else ""
        opens = not i or said[0] in OPENING or after in _LATER
        if opens and after not in _NO_SUBJECT_AFTER and (said[i] in DETERMINERS or _OWNER.search(word.text)):
            heads = (j for j in range(i + 1, min(i + 7, len(said))) if said[j] in HUMANS)
            head = next((j for j in heads if not _OWNER.search(listed[j].text)), None)
            if (
                head
                and (LINKING | DETERMINERS).isdisjoint(said[i + 1 : head])
                and not _PARTED.search(outside, word.end, listed[head].start)
            ):
                return Unnamed(said[head], said[i] in POSSESSIVES)
        if said[i] in _SUBJECTS or (word.start in named and after not in PREPOSITIONS):
            return None
    return None


def is_called(name: str, noun: str, before: str) -> bool:
    """Whether the text before says of the name that it is a `noun`: "the minister, Anna Lind", "Lind, the mayor of Aville"."""
    last = re.escape(words(name)[-1].text)
    return bool(
        re.search(
            rf"\b(?i:{noun})(?:\s(?:of|for|in|at)\s[\w ’'-]{{1,40}})?,?\s(?:[A-Z][\w.’'-]*\s){{0,3}}{last}\b"
            rf"|\b{last},?\s(?:\d+,\s)?(?:(?:is|was|became)\s)?(?:the|an?)\s[^.,;\n]{{0,60}}\b(?i:{noun})\b",
            before,
        )
    )
