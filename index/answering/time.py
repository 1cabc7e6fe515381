"""Days: "Tuesday" in an article means one certain day, and "last week" in a question does too."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from index.answering.values import MONTHS, WEEKDAYS, date_of, value_of
from index.article import Published
from index.errors import BadQuestion

_DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_FUTURE = re.compile(
    r"\b(will|shall|won't|going to|is to|are to|set to|due to (?:be|start|open|begin|arrive|meet|take)|"
    r"scheduled|expected to|plans? to|"
    r"planned for|upcoming|next|begins on|starts on|opens on)\b|[’']ll\b",
    re.I,
)
_WEEKDAY = re.compile(
    r"\b(?:(last|next|this|coming|past)\s+)?({})\b".format("|".join(d.lower() for d in _DAY_NAMES)), re.I
)
_SPAN = re.compile(r"\b(last|past|previous|this|next|coming)\s+(week|month|year)\b", re.I)
_AGO = re.compile(r"\b([\w-]+)\s+days?\s+(ago|earlier|before)\b", re.I)
_NEAR = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1, "last night": -1,
         "tomorrow": 1}  # fmt: skip
_NEAR_DAY = re.compile(r"\b({})\b".format("|".join(_NEAR)), re.I)
_DATE = re.compile(
    r"\b(?:(?:{m})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{m}))\b(?:\.?,?\s+\d{{4}}\b)?".format(
        m="|".join(MONTHS)
    ),
    re.I,
)
EXAMPLES = '"7d", "2 weeks", "last week", "yesterday", "2025-02-01" or "Feb 2025"'
_YEAR = {"last": -1, "this": 0, "next": 1}
_BACK = {"d": 1, "day": 1, "w": 7, "week": 7, "fortnight": 14}


def day_of(published: Published) -> date:
    """The day in the zone the article itself names."""
    return published.date() if isinstance(published, datetime) else published


def resolve(text: str, published: Published | None, sentence: str = "") -> str | None:
    """The day (or week, month, year) that the relative time in `text` means, written out, or None.

    `sentence` tells past from future: a weekday is the last one up to publication, in a sentence about what will be the
    next one from then on. A date that says its own year needs no resolving.
    """
    if published is None:
        return None
    try:
        return _resolve(text, day_of(published), sentence or text)
    except (OverflowError, ValueError):
        return None  # the article's date lies at the edge of the calendar


def _resolve(text: str, day: date, sentence: str) -> str | None:
    future = bool(_FUTURE.search(sentence))
    if found := _DATE.search(text):
        return _with_year(found.group(), day, sentence)
    if found := _WEEKDAY.search(text):
        return long_form(_weekday((found[1] or "").lower(), WEEKDAYS[found[2].lower()], day, future))
    if found := _NEAR_DAY.search(text):
        return long_form(day + timedelta(_NEAR[found[1].lower()]))
    if found := _AGO.search(text):
        number = value_of(found[1])
        return long_form(day - timedelta(int(number.amount))) if number and found[2].lower() == "ago" else None
    if found := _SPAN.search(text):
        step = {"this": 0, "next": 1, "coming": 1}.get(found[1].lower(), -1)
        return _period(found[2].lower(), step, day)
    return None


def _with_year(text: str, day: date, sentence: str) -> str | None:
    """A day and month without a year is that of the year the sentence names ("next year"), else the one nearest to
    publication."""
    known = date_of(text)
    if known is None or known[0] is not None or known[1] is None or known[2] is None:
        return None
    named = {_YEAR[found.lower()] for found in re.findall(r"\b(next|last|this) year\b", sentence, re.I)}
    steps = named if len(named) == 1 else {-1, 0, 1}
    years = [day.year + step for step in sorted(steps) if _exists(day.year + step, known[1], known[2])]
    near = min((date(y, known[1], known[2]) for y in years), key=lambda d: abs(d - day), default=None)
    return long_form(near) if near else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _weekday(which: str, weekday: int, day: date, future: bool) -> date:
    if which in {"next", "coming"}:
        monday = day - timedelta(day.weekday())
        return (
            monday + timedelta(7 + weekday)
            if which == "next"
            else day + timedelta((weekday - day.weekday() - 1) % 7 + 1)
        )
    if which in {"last", "past"}:
        return day - timedelta((day.weekday() - weekday - 1) % 7 + 1)
    if which == "this":
        return day + timedelta(weekday - day.weekday())
    if future:
        return day + timedelta((weekday - day.weekday()) % 7)
    return day - timedelta((day.weekday() - weekday) % 7)


def _period(unit: str, step: int, day: date) -> str:
    if unit == "year":
        return str(day.year + step)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return f"{_MONTH_NAMES[months % 12]} {months // 12}"
    monday = day - timedelta(day.weekday()) + timedelta(7 * step)
    sunday = monday + timedelta(6)
    return f"{short_form(monday)} to {short_form(sunday)}"


def short_form(day: date) -> str:
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def long_form(day: date) -> str:
    """`Tuesday, 4 February 2025`, in English whatever the machine's locale."""
    return f"{_DAY_NAMES[day.weekday()]}, {short_form(day)}"


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
        raise BadQuestion(f"'{shown}' is no day or period; write for example {EXAMPLES}.")
    return found


def _since(text: str, today: date) -> date | None:
    if text in {"today", "now"}:
        return today
    if text == "yesterday":
        return today - timedelta(1)
    if found := re.fullmatch(
        r"(?:last |past |previous )?([\w.-]+?) ?(d|w|m|y|days?|weeks?|months?|years?|fortnights?)(?: ago| back)?", text
    ):
        number = value_of(found[1])
        if number and number.kind == "number" and number.amount == int(number.amount):
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
