"""Days and figures that are no more: "was postponed from 12 July to 30 August", and questions that ask for them all the same."""

from __future__ import annotations

import re

from index.answering.values import MONTHS, WEEKDAYS

_MOVED = r"postponed|rescheduled|put\s+off|pushed\s+back|brought\s+forward|moved"
_DAYS = "|".join(name for name in (*WEEKDAYS, *MONTHS) if len(name) > 3 or name == "may")
MOVED = re.compile(rf"\b(?:{_MOVED})\b", re.I)
"""Gave another day. What was closed or cut "from Monday to Thursday" was so all the time."""
CHANGED_FROM = re.compile(rf"\b(?:{_MOVED}|delayed|revised|changed)\b[^.;]{{0,40}}?\bfrom\s+(?:the\s+)?$", re.I)
"""What stands before the day or figure that was; behind it stands `TO_VALUE`."""
TO_VALUE = re.compile(rf"\s+to\s+(?:the\s+)?(?:[$€£]?\d|(?:{_DAYS})\b)", re.I)
_AT_FIRST = re.compile(r"\b(?:first|initial|original|beg[aiu]n|start|plan|before|earlier)", re.I)
_FROM = re.compile(r"\b(?:from|previous)\b", re.I)


def asks_at_first(question: str) -> bool:
    """Whether a question asks how it was at first."""
    return bool(_AT_FIRST.search(question))


def asks_as_it_was(question: str) -> bool:
    """Whether a question asks for the day or figure before it was changed."""
    return asks_at_first(question) or bool(_FROM.search(question))
