"""The day that "Tuesday", or the week that "last week", means in an article; and how a question names a time."""

from __future__ import annotations

import re
from datetime import date, timedelta

from index.answering.changes import CHANGED_FROM, MOVED
from index.answering.dates import DAY_NAMES, MONTH_NAMES, MONTHS, TIME_OF_DAY, WEEKDAYS, date_of
from index.answering.tense import tense_at
from index.answering.values import value_of
from index.article import Published, day_of

_DAY = rf"(?:{'|'.join(DAY_NAMES)})"
_MONTH = rf"(?:{'|'.join(MONTHS)})\.?"
_NEAR = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1, "last night": -1,
         "tomorrow": 1}  # fmt: skip
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH})(?![\w–-])(?:,?\s+\d{{4}}\b)?"
_PART = r"(?:morning|afternoon|evening|night)"
_WHEN = re.compile(
    rf"(?:{TIME_OF_DAY},?\s+)?"
    r"(?:(?:on|by|in|at|until|till|since|from|before|after|for|around|about|during|as\s+of|early|late|later|earlier|just|only)\s+)*"
    rf"(?:(?:the\s+)?(?:early\s+|late\s+)?(?:{_PART}|(?:early|small)\s+hours|beginning|start|middle|end)\s+of\s+)?"
    rf"(?:(?:{_DAY},?\s+)?(?:the\s+)?(?P<date>{_DATE})(?:\s+(?:last|this|next)\s+year)?|"
    rf"(?:(?:this\s+)?(?P<which>last|next|this|coming|past)\s+)?(?P<weekday>{_DAY})(?:['’]s)?|"
    rf"(?P<near>{'|'.join(_NEAR)})|(?P<ago>[\w-]+)\s+days?\s+ago|"
    r"(?P<step>last|this|next)\s+(?P<unit>week|month|year))"
    rf"(?:\s+(?:early\s+|late\s+)?{_PART})?(?:,?\s+{TIME_OF_DAY})?",
    re.I,
)
"""The whole of an answer that is one day, or one week, month or year that the calendar knows."""
_UNIT = r"(?:week|month|year|weekend|night|spring|summer|autumn|fall|winter)"
TIME = re.compile(
    rf"\b(?:(?P<by_itself>the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|{'|'.join(_NEAR)}|now|"
    rf"(?:last|past|previous|this|next|coming)\s+(?:{_UNIT}|{_DAY})|[\w-]+\s+(?:day|week|month|year)s?\s+ago)|"
    rf"(?P<on>(?:{_DAY},?\s+)?{_DATE}|{_DAY})|(?P<in>{_MONTH}(?:\s+\d{{4}})?|(?:19|20)\d\d))\b"
    rf"(?:\s+{_PART}\b)?",
    re.I,
)
"""A time in a question: one that needs no preposition, one that has "on" (a day) or one that has "in" (a month, a year)."""
_YEAR_BEHIND = re.compile(r",?\s+(?:1[5-9]|20)\d\d\b(?!\s+(?:[a-z]+s|people|men|women|children)\b)")
"""A year behind the day, and no number of people."""
_EVERY = re.compile(r"\b(?:every|each)\s+$", re.I)
_WHICH = re.compile(r"\b(last|next|this|coming|past|previous)\s+$", re.I)
"""Which of the weekdays is meant, where the answer begins behind it."""
_PUT_OFF = re.compile(rf"(?<!\bbe\s){MOVED.pattern}[^.;]{{0,60}}?\b(?:from|to|until|till|for)\s+(?:the\s+)?$", re.I)
_YEAR = {"last": -1, "this": 0, "next": 1}


def resolve(text: str, published: Published | None, sentence: str = "") -> str | None:
    """The day (or week, month, year) that the relative time in `text` means, written out, or None.

    Only where `text` is nothing else: no name ("USA Today"), range or length of time ("the past year"). The words round
    it in `sentence` tell past from future: a weekday is the last one up to publication or the next one from then on, and
    none where they do not tell. A date that says its own year needs no resolving.
    """
    if published is None or len(text) > 80:
        return None
    text = text.strip(" \t\n.,;:!?()[]“”\"'‘’")
    found = _WHEN.fullmatch(text)
    if found is None:
        return None
    try:
        return _resolve(found, day_of(published), sentence or text)
    except (OverflowError, ValueError):
        return None  # the article's date lies at the edge of the calendar


def _resolve(found: re.Match[str], day: date, sentence: str) -> str | None:
    at = re.search(rf"(?<!\w){re.escape(found.string)}(?!\w)", sentence)
    start, end = at.span() if at else (len(sentence), len(sentence))
    if found["date"]:
        if _YEAR_BEHIND.match(sentence, end):
            return None
        return _with_year(found["date"], day, sentence, start + found.start("date"), end)
    if found["weekday"]:
        if _EVERY.search(sentence[:start]):
            return None
        said = _WHICH.search(sentence[:start]) if found.start("weekday") == 0 else None
        which = (found["which"] or (said[1] if said else "")).lower()
        begins = start + found.start("weekday")
        tense = tense_at(sentence, begins, end)
        if not which and (tense is None or CHANGED_FROM.search(sentence, max(0, begins - 100), begins)):
            return None  # what was moved "from Monday to Friday" is put off before that Monday, or after it
        return _long_form(_weekday(which, WEEKDAYS[found["weekday"].lower()], day, tense == "future"))
    if found["near"]:
        return _long_form(day + timedelta(_NEAR[" ".join(found["near"].lower().split())]))
    if found["ago"]:
        number = value_of(f"{found['ago']} days")
        return _long_form(day - timedelta(int(number.amount))) if number else None
    if re.search(r"\bthe\s+$", sentence[:start], re.I) or re.match(r"\s+of\b", sentence[end:], re.I):
        return None  # "in the last year" is a length of time, "the last week of June" no week from publication
    return _period(found["unit"].lower(), _YEAR[found["step"].lower()], day)


def _with_year(text: str, day: date, sentence: str, start: int, end: int) -> str | None:
    """A day and month without a year, at `sentence[start:end]`, is that of the year the sentence names ("next year"), else the
    one nearest to publication, on the side of it that the tense tells."""
    known = date_of(text)
    if known is None or known[0] is not None or known[1] is None or known[2] is None:
        return None
    years = [day.year + step for step in (-1, 0, 1) if _exists(day.year + step, known[1], known[2])]
    days = [date(year, known[1], known[2]) for year in years]
    named = {day.year + _YEAR[found.lower()] for found in re.findall(r"\b(next|last|this) year\b", sentence, re.I)}
    told, tense = days, tense_at(sentence, start, end)
    if tense:
        side = 1 if tense == "future" else -1
        told = [d for d in days if side * (d - day) >= timedelta(0)]
    if len(named) == 1:
        told = [d for d in told if d.year in named] or told
    elif tense == "past" or _PUT_OFF.search(sentence, max(0, start - 100), start):
        # Nobody writes of a day nearly a year ago without its year: "approved a vote on 15 March" is about the coming one, and
        # "was postponed from 12 May to 16 June" in a report of 18 June about days gone by. What will be is ahead all the same.
        told = [d for d in told if abs(d - day) <= timedelta(300)]
    near = min(told or days, key=lambda d: abs(d - day), default=None)
    return _long_form(near) if near else None


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
    if which in {"last", "past", "previous"}:
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
        return f"{MONTH_NAMES[months % 12]} {months // 12}"
    monday = day - timedelta(day.weekday()) + timedelta(7 * step)
    sunday = monday + timedelta(6)
    return f"{_short_form(monday)} to {_short_form(sunday)}"


def _short_form(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _long_form(day: date) -> str:
    """`Tuesday, 4 February 2025`, in English whatever the machine's locale."""
    return f"{DAY_NAMES[day.weekday()]}, {_short_form(day)}"
