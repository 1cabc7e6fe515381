"""The first day of a period as a person writes it: "last week"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from index.answering.dates import MONTHS, WEEKDAYS, date_of
from index.answering.values import value_of
from index.errors import BadQuestion

_EXAMPLES = '"7d", "2 weeks", "last week", "yesterday", "2025-02-01" or "Feb 2025"'
_BACK = {"d": 1, "day": 1, "w": 7, "week": 7, "fortnight": 14}


def parse_since(text: str, today: date) -> date:
    """The first day of a period as a person writes it: `7d`, `2 weeks`, `last week`, `yesterday`, `2025-02-01`, `Feb 2025`.

    `last week` begins on its Monday, `last month` on its first. Raises BadQuestion with examples for anything else.
    """
    cleaned = " ".join(text.strip().lower().split())
    cleaned = re.sub(r"^(since|from|after|the|in|on)\s+", "", cleaned)
    try:
        found = _since(cleaned, today) if 0 < len(cleaned) <= 60 else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        shown = text.strip()[:40] or "nothing"
        raise BadQuestion(f"'{shown}' is no day or period; write for example {_EXAMPLES}.")
    return found


def _since(text: str, today: date) -> date | None:
    if text in {"today", "now"}:
        return today
    if text == "yesterday":
        return today - timedelta(1)
    if found := re.fullmatch(
        r"(?:last |past |previous )?([\w.-]+?) ?(d|w|m|y|days?|weeks?|months?|years?|fortnights?)(?: ago| back)?", text
    ):
        number = value_of(f"{found[1]} days")
        if number and number.kind == "number" and 0 <= number.amount == int(number.amount):
            return _back(int(number.amount), found[2].rstrip("s"), today)
    if found := re.fullmatch(r"(last|past|previous|this) (week|month|year)", text):
        step = 0 if found[1] == "this" else -1
        if found[2] == "week":
            return today - timedelta(today.weekday() - 7 * step)
        if found[2] == "year":
            return date(today.year + step, 1, 1)
        months = today.year * 12 + today.month - 1 + step
        return date(months // 12, months % 12 + 1, 1)
    if found := re.fullmatch(r"(?:last )?([a-z]+)", text):
        if found[1] in WEEKDAYS:
            return today - timedelta((today.weekday() - WEEKDAYS[found[1]] - 1) % 7 + 1)
        if found[1] in MONTHS:
            return date(today.year - (MONTHS[found[1]] > today.month), MONTHS[found[1]], 1)
    if re.fullmatch(r"(19|20)\d\d", text):
        return date(int(text), 1, 1)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return date(int(found[1]), int(found[2]), 1)
    if known := date_of(text):
        year, month, day = known
        whole = date(year or today.year, month or 1, day or 1)
        return whole if year or whole <= today else date(today.year - 1, month or 1, day or 1)
    return _by_library(text, today)


def _back(number: int, unit: str, today: date) -> date:
    if unit in _BACK:
        return today - timedelta(number * _BACK[unit])
    months = today.year * 12 + today.month - 1 - number * (12 if unit in {"y", "year"} else 1)
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return min(first + timedelta(today.day - 1), following - timedelta(1))


def _by_library(text: str, today: date) -> date | None:
    """Numeric dates such as 01.02.2025: dateparser, only where the whole text is a complete date."""
    if not re.fullmatch(r"[\d./ -]{6,10}", text):
        return None
    import dateparser

    try:
        found = dateparser.parse(
            text,
            languages=["en"],
            settings={
                "STRICT_PARSING": True,
                "DATE_ORDER": "DMY",
                "RELATIVE_BASE": datetime(today.year, today.month, today.day),
            },
        )
    except Exception:  # its many parsers raise as many kinds of error on odd input; all mean "no date"
        return None
    return found.date() if found else None
