"""Whether words tell when: a time of day, a day, a month, a year, or so long from another."""

from __future__ import annotations

import re

from index.answering.dates import NOT_MAY
from index.answering.numerals import NUMBER_WORD
from index.answering.units import TIME_UNITS

HOURS = (
    "noon|midnight|morning|afternoon|evening|night|dawn|dusk|daybreak|sunrise|sunset|o['’]clock|hour|half past|"
    "quarter (?:to|past)"
)
_CLOCK = re.compile(rf"{HOURS}|today|yesterday|tomorrow|ago|century|now\b|soon|daily", re.I)
_COUNT = rf"\d[\d,.]{{0,9}}|{NUMBER_WORD.pattern}"
_FIGURE_OF_TIME = re.compile(
    r"(?<![\d:.])(?:"
    r"(?<!in )\d{1,2}[:.]\d\d(?![\d:]|\.\d)|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b|(?<=at )\d{1,2}\b(?![:.,]\d)|"
    r"\d{1,2}(?:st|nd|rd|th)\b|\d0s\b|\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b|\d{1,2}/\d{1,2}\b|"
    r"(?:from|between|open)\s\d{1,2}\s?(?:[-–]|to|and|until|till)\s?\d{1,2}\b(?![.,:]\d)|"
    r"(?:(?:in|since|until|till|by|around|about|AD)\s)\d{2,3}$|\d{1,4}\s?(?:BCE?|AD|CE)\b|\bAD\s\d|"
    r"(?<=at )\d{1,2}:\d\d:\d\d\b|\d{1,2}:\d\d:\d\d\s?(?:[ap]\.?m|UTC|GMT)\b|(?<!in )\d{1,2}h\b|Q[1-4]\b|"
    rf"\b(?:[Ii]n|[Aa]fter|[Ww]ithin)\s(?:{_COUNT})\s(?:day|week|month|year)s?\b|\b[Aa]fter\s(?:{_COUNT})\s(?:minute|hour)s\b|"
    rf"(?:{_COUNT})\s(?:minute|hour|day|week|month|year)s?\s(?:later|earlier)\b|"
    r"\d{1,2}(?:\sof)?\sMay\b)|\bMay\s\d|(?:(?:in|since|until|till|by|early|late|mid|last|next|this)[\s-]|^)May$"
)
"""A time of day, a day, a year or so long from another; 2:31:08 alone is how long somebody ran, and so is "in 31:08"."""
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_WHEN = re.compile(
    r"\b({})\b|\b(19|20)\d\d\b|\b\d{{4}}s?\b".format("|".join([NOT_MAY, *TIME_UNITS, *_SEASONS])),
    re.I,
)


def is_moment(text: str, before: str) -> bool:
    """Whether `text`, behind `before` in its sentence, tells when."""
    if _WHEN.search(text) or _CLOCK.search(text):
        return True
    said = before[-20:] + text  # "at", which makes a time of day of a number, may stand in front of it
    return any(found.end() > len(said) - len(text) for found in _FIGURE_OF_TIME.finditer(said))
