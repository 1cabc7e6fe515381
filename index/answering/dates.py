"""Days, months and times of day as texts write them."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeAlias

from index.answering.words import fold

_MONTHS = ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
           "september sept sep", "october oct", "november nov", "december dec")  # fmt: skip
_WEEKDAYS = ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday sat",
             "sunday sun")  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
MONTH_NAMES = tuple(names.split()[0].capitalize() for names in _MONTHS)
"""In English whatever the machine's locale, and so are `DAY_NAMES`."""
DAY_NAMES = tuple(names.split()[0].capitalize() for names in _WEEKDAYS)
DAY_OR_MONTH = "|".join(name for name in (*WEEKDAYS, *MONTHS) if len(name) > 3 or name == "may")
"""As part of a pattern. Cut short to three letters some of them are words: "sat", "mar"."""
NOT_MAY = "|".join([*(name for name in MONTHS if name != "may"), *WEEKDAYS])
"""As part of a pattern that takes no notice of capitals: all but the one month that is a verb too."""
YEAR = re.compile(r"(?<![\d.,$€£¥₹])(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)")
"""A year, and no other number."""
CLOCK = re.compile(r"\s?[ap]\.?m\b", re.I)
"""Makes a time of day of a number."""
TIME_OF_DAY = (
    r"(?:(?:at|around|about|by|just|shortly|before|after)\s+)*"
    r"(?:\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b\.?|\d{1,2}[:.]\d\d|(?<=at )\d{1,2}|noon|midday|midnight|dawn|dusk|lunchtime)"
)
"""A time of day with its small words, as part of a pattern."""
Day: TypeAlias = tuple[int | None, int | None, int | None]
"""Year, month and day, as far as they are known."""


def date_of(text: str) -> Day | None:
    """(year, month, day) as far as `text` tells them, if it is nothing but a date with at least a month and a day or a
    month and a year, or a full number date. A weekday before it is left out; `Tuesday` alone is no date.
    """
    low = fold(text.strip(" .,"))
    low = re.sub(r"^(on|in|since|during|by|until|the)\s+", "", low)
    low = re.sub(r"^({})\b\.?,?\s*".format("|".join(WEEKDAYS)), "", low).strip()
    if iso := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", low):
        return _checked(int(iso[1]), int(iso[2]), int(iso[3]))
    tokens = re.findall(r"[a-z]+|\d+(?:st|nd|rd|th)?", low)
    tokens = [t for t in tokens if t not in {"the", "of", "in"}]
    months = [MONTHS[t] for t in tokens if t in MONTHS]
    numbers = [int(t.rstrip("stndrh")) for t in tokens if t[0].isdigit()]
    if len(months) != 1 or len(months) + len(numbers) != len(tokens) or not 1 <= len(numbers) <= 2:
        return None
    days = [n for n in numbers if 1 <= n <= 31]
    years = [n for n in numbers if 1000 <= n <= 2999]
    if len(days) + len(years) != len(numbers) or len(days) > 1 or len(years) > 1:
        return None
    return _checked(years[0] if years else None, months[0], days[0] if days else None)


def _checked(year: int | None, month: int, day: int | None) -> Day | None:
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return year, month, day
