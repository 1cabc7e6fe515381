"""Days and figures that are no more: "was postponed from 12 July to 30 August", and questions that ask for them all the same."""

from __future__ import annotations

import re

from index.answering.ahead import ASKS_AHEAD
from index.answering.dates import DAY_OR_MONTH, MONTHS, YEAR
from index.answering.numerals import NUMBER_WORD
from index.answering.values import value_of

_MOVED = r"postponed|rescheduled|put\s+off|pushed\s+back|brought\s+forward|moved"
MOVED = re.compile(rf"\b(?:{_MOVED})\b", re.I)
"""Gave another day. What was closed or cut "from Monday to Thursday" was so all the time."""
CHANGED_FROM = re.compile(rf"\b(?:{_MOVED}|delayed|revised|changed)\b[^.;]{{0,40}}?\bfrom\s+(?:the\s+)?$", re.I)
"""What stands before the day or figure that was; behind it stands `_TO_VALUE`."""
_TO_VALUE = re.compile(rf"\s+to\s+(?:the\s+)?(?:[$€£]?\d|(?:{DAY_OR_MONTH})\b)", re.I)
_RAISED_FROM = re.compile(
    r"\b(?:raised|increased|lifted|lowered|reduced|cut|extended|lengthened|shortened|doubled|halved|rose|risen|fell|fallen|"
    r"dropped|climbed|grew|grown)\b[^.;\d]{0,80}?\bfrom\s+$",
    re.I,
)
"""Behind a sum, "from" tells where it came from: "raised $3 million from 12 donors"."""
_TO_FIGURE = re.compile(
    r"(?:\s+(?!(?:to|in|on|at|by|during|since|an?|per|each)\b)(?P<unit>[^\W\d_][\w’'/-]*))?(?:\s+(?:an?|per|each)\s+[a-z]+)?"
    rf"\s+to\s+(?:minus\s+)?(?:[$€£]?\d[\d,.]*(?![\d:]|\s?[ap]\.?m\b)|{NUMBER_WORD.pattern})"
    r"(?(unit)(?!\s+(?!(?P=unit)\b)[a-z]{3,}s\b))",
    re.I,
)
"""A figure of the same thing, and no time of day: "from 12 boats to 3 islands" and "from 6 p.m. to 9 p.m." change nothing."""
_MONTH = re.compile(rf"\s+(?:{'|'.join(MONTHS)})\b", re.I)
_NOT_DONE = re.compile(
    r"\b(?:be|to|will|would|can|could|may|might|shall|should|must|not|never)\s+(?:[a-z]+ly\s+)?$", re.I
)
_AT_FIRST = re.compile(r"\b(?:first|initial|original|beg[aiu]n|start|plan|before|earlier)", re.I)
_FROM = re.compile(r"\b(?:from|previous(?:ly)?|formerly)\b", re.I)
_COMPARED = re.compile(r"\b(?:up from|down from|compared (?:with|to))\s+(?:the\s+)?$", re.I)
_OF_EARLIER = re.compile(
    r"(?:^|\b(?:the|its|their|his|her)\s|['’]s\s)old\b|\b(?:until|till|ago|previously|formerly)\b|"
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )\bused? to\b|"
    r"\blast (?:year|month|week|season|spring|summer|autumn|winter)\b",
    re.I,
)


def asks_at_first(question: str) -> bool:
    """Whether a question asks how it was at first."""
    return bool(_AT_FIRST.search(question))


def asks_as_it_was(question: str) -> bool:
    """Whether a question asks for the day or figure before it was changed."""
    return asks_at_first(question) or bool(_FROM.search(question))


def changed_from(question: str, before: str, after: str) -> bool:
    """Whether the day or figure between `before` and `after` is no more: the 12 July of "postponed from 12 July to 30 August".
    A question may ask for it all the same."""
    return bool(CHANGED_FROM.search(before) and _TO_VALUE.match(after)) and not asks_as_it_was(question)


def asks_of_earlier(question: str, sentence: str, year: int | None = None) -> bool:
    """Whether a question asks for the figure of an earlier time: "the old fare", "a year ago", or a year before `year`, in which
    the article was published; where that is unknown, a year that the sentence names ("since 1990")."""
    asked = {int(found[0]) for found in YEAR.finditer(question)}
    told = {int(found[0]) for found in YEAR.finditer(sentence)} if year is None else {y for y in asked if y < year}
    return bool(_OF_EARLIER.search(question)) or not asked.isdisjoint(told)


def raised_from(question: str, text: str, before: str, after: str, year: int | None = None) -> bool:
    """Whether `text`, between `before` and `after` in its sentence, is a figure that was raised or lowered to another: the 95 of
    "raised from 95 crowns to 110". What is only going to be raised holds until then, unless the question asks what will be.
    `year` is that of publication."""
    found = _RAISED_FROM.search(before)
    if not found or not _TO_FIGURE.match(after) or value_of(text) is None:
        return False
    if asks_as_it_was(question) or asks_of_earlier(question, before + text + after, year):
        return False
    return not _NOT_DONE.search(before[: found.start()]) or bool(ASKS_AHEAD.search(question))


def compared_with(before: str) -> bool:
    """Whether an article compares its own figure with the one that stands behind `before`: "61 percent, up from 54 percent"."""
    return bool(_COMPARED.search(before))


def is_replaced(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether the number at `sentence[start:end]`, or the day it begins, gave way to another that stands behind it."""
    month = _MONTH.match(sentence, end)
    end = month.end() if month else end
    before, after = sentence[:start], sentence[end:]
    return changed_from(question, before, after) or raised_from(question, sentence[start:end], before, after)
