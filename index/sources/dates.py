"""Days and instants as pages, headers and rows write them."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from index.article import Published, parse_published

_FORMS = (
    "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y",
    "%A, %d %B %Y", "%A, %B %d, %Y", "%A, %d %b %Y", "%A, %b %d, %Y", "%a, %d %b %Y", "%a, %b %d, %Y",
)  # fmt: skip
_INTERNET_MESSAGE = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? \S{1,5}")
_SPACED_ZONE = re.compile(r"(?<=\d) (?=[+-]\d\d:?\d\d$)")
_UNIVERSAL = re.compile(r"(?<=\d) ?(?:UTC|GMT)$")
_CLOCK = re.compile(r",?(?: at)? \d{1,2}:\d\d(?::\d\d)?(?: ?[ap] ?m)?(?: [A-Z]{2,5})?$", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def read_published(value: str) -> Published | None:
    """What can be read in one way only: ISO 8601 ("2025-02-05", "2025-02-05 10:00:00 UTC"), RFC 5322 ("Wed, 5 Feb 2025 10:00:00
    GMT"), or a day with its month in letters ("5th February 2025", "Sept. 5, 2025 6:30 PM", its clock time without an offset left
    out). None for anything else: "02/03/2025" is two days.
    """
    plain = " ".join(value.split())[:100]
    try:
        return parse_published(_UNIVERSAL.sub("+00:00", _SPACED_ZONE.sub("", plain)))
    except (ValueError, OverflowError):
        pass
    if _INTERNET_MESSAGE.fullmatch(plain):
        try:
            moment = parsedate_to_datetime(plain)
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.date()
    worded = " ".join(plain.replace(".", " ").split()).replace(" ,", ",")
    worded = re.sub(r"\bSept\b", "Sep", _ORDINAL.sub("", _CLOCK.sub("", worded)))
    for form in _FORMS:
        try:
            return datetime.strptime(worded, form).date()
        except ValueError:
            continue
    return None
