"""What an answer amounts to: numbers, money, percentages and dates in the form in which equal ones are equal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from index.answering.dates import CLOCK, Day, date_of
from index.answering.numerals import NUMBER_WORD, SCALES, fraction, spelled_out
from index.answering.units import (
    CURRENCIES,
    HOME,
    TIME_UNITS,
    UNIT_STEMS,
    contrary_units,
    counted,
    is_attached,
    same_unit,
    speed,
)
from index.answering.words import STOP, fold, stem, words

_MARKS = {"us$": "dollar", "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "c$": "dollar",
          "a$": "dollar"}  # fmt: skip
_MARK_NAMES = {"c$": frozenset({"canadian"}), "a$": frozenset({"australian"})}

QUALIFIER = re.compile(
    r"(?:at (?:least|most)|more than|less than|fewer than|up to|as many as|as much as|as few as|no (?:more|fewer|less) than|"
    r"over|under|nearly|almost|about|around|roughly|approximately|some|an estimated|an average of|just (?:over|under)|"
    r"well over|only|around|close to|exactly)\s+",
    re.I,
)
SIGN = re.compile(r"(?:\bminus\s+|(?<=[\s(])[-−–])?(?:(?<![\w.,])\.)?$", re.I)
"""What stands in front of a figure and makes another of it: "minus ", "-", the dot of ".5"."""
_MINUS = re.compile(r"minus\s+|[-−–](?=[\d.$€£])", re.I)
_PREPOSITION = re.compile(r"^(?:at|for|of|by|to|with)\s+(?=[\d$€£a-z])(?!least|most)", re.I)
_NUMBER = re.compile(
    r"(?P<mark>us\$|c\$|a\$|[$€£¥₹])?\s?(?P<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:(?:\s?-?\s?(?P<scale>hundred|thousand|million|billion|trillion|mln|bn|tn|mn|dozen)|(?P<letter>[kmb]))\b)?"
    r"(?P<percent>\s?(?:%|percent\b|per cent\b|pct\b))?",
    re.I,
)
_PERCENT = re.compile(r"\s*(?:percent|per cent|%)", re.I)
_YEAR = re.compile(r"(?:(?:in|since|during)\s+(?:the\s+year\s+)?|the\s+year\s+)(1\d{3}|20\d\d)", re.I)
_BARE_YEAR = re.compile(r"1\d{3}|20\d\d")
_AND_A_HALF = re.compile(r"\s+[a-z]+(\s+and\s+a\s+half\b)", re.I)
"""Behind the thing counted: "a year and a half"."""
_DEGREE = stem("degree")
_METRES = re.compile(
    r"[\s-]*(?:tall|high|deep|long|wide|thick|away|race|hurdles|sprint|dash|relay|freestyle|backstroke|breaststroke|"
    r"butterfly)\b",
    re.I,
)
"""What follows "12m" where it is no twelve million."""


@dataclass(frozen=True, slots=True)
class Value:
    """`kind` is number, money, percent or date. `amount` counts units; a date has what is known of (year, month, day).

    `unit` is the currency or the stem of the noun counted, `names` the stems of the capitalised words before that noun
    ("10,000 U.S. troops" -> soldier, {america}), `deed` what happened to the people counted, if that is told;
    `qualifier` is kept for showing, it makes no two values differ. The
    `amount` of a date is for sorting: its year and the part of it gone by, in the year 2000 if it tells none. A bare number
    that may be a year has that year as its `day`.
    """

    kind: str
    amount: float = 0.0
    unit: str = ""
    names: frozenset[str] = frozenset()
    qualifier: str = ""
    day: Day = (None, None, None)
    deed: str = ""
    told: frozenset[str] | None = None
    """All deeds that the sentence tells; None where there is no sentence. "12 people" are "12 dead" only where somebody died."""


@lru_cache(maxsize=20_000)
def value_of(text: str, after: str = "") -> Value | None:
    """The value a whole answer stands for, or None if it is no single number or date.

    `after` is what follows it in its sentence, where a bare number finds its noun: "1,949" + " troops on Friday".
    """
    dot = "." if re.match(r"\s*\.\d", text) else ""
    text = dot + text.strip(" \t\n.,;:()[]“”\"'‘’")
    if not text or len(text) > 200:
        return None
    if day := date_of(text):
        return _date(day)
    if year := _YEAR.fullmatch(text):
        return _date((int(year[1]), None, None))
    text = _PREPOSITION.sub("", text)
    qualifier = match.group().strip().lower() if (match := QUALIFIER.match(text)) else ""
    rest = text[match.end() :] if match else text
    minus = _MINUS.match(rest)
    rest = rest[minus.end() :] if minus else rest
    figure = _in_digits(found, rest[found.end() :], after) if (found := _NUMBER.match(rest)) else _in_words(rest)
    if figure is None:
        return None
    amount, mark, percent, tail = figure
    if half := _AND_A_HALF.match(tail + after):
        amount += 0.5
        tail = tail[: half.start(1)] + tail[half.end(1) :]
    amount = -amount if minus else amount
    if (
        re.search(r"\d", tail)
        or NUMBER_WORD.search(tail)
        or re.match(r"\s+of\s+(the|them|these|those|its|his|her|their)\b", tail)
    ):
        return None
    unit, names = _unit(tail) if tail.strip() else _unit(after)
    if percent:
        points = re.match(r"\s*(percentage )?points?\b", tail, re.I)
        return Value("percent", amount, "point" if points else "", frozenset(), qualifier)
    if mark:
        return Value("money", amount, _MARKS[mark], _MARK_NAMES.get(mark, frozenset()), qualifier)
    if unit in CURRENCIES.values():
        return Value("money", amount, unit, names - {HOME.get(unit)}, qualifier)
    day = (int(text), None, None) if not unit and _BARE_YEAR.fullmatch(text) else (None, None, None)
    unit, deed = counted(unit, tail + after)
    return Value("number", amount, unit, names, qualifier, day, deed)


class _Figure(NamedTuple):
    """A number, whether a sign of a currency or of a share goes with it, and what follows in its text."""

    amount: float
    mark: str
    percent: bool
    tail: str


def _in_digits(found: re.Match[str], tail: str, after: str) -> _Figure | None:
    """None where what follows makes no number of it: "10:30", "3-2", "12th"."""
    mark = (found["mark"] or "").lower()
    scale = (found["scale"] or found["letter"] or "").lower()
    if found["letter"] == "m" and not mark and _METRES.match(tail + after):
        scale, tail = "", f" metres {tail.lstrip('-')}"
    if (
        CLOCK.match(tail)
        or (tail[:1].isalnum() and not is_attached(tail))
        or (tail[:1] in "-–:/.'" and tail[1:2].isdigit())
    ):
        return None
    # 4.1 has no exact float: multiplied as one, 4.1 million would not be 4,100,000.
    amount = float(Decimal(re.sub(r"[,\s]", "", found["digits"])) * Decimal(SCALES.get(scale, 1.0)))
    return _Figure(amount, mark, bool(found["percent"]), tail)


def _in_words(text: str) -> _Figure | None:
    """None where `text` begins with no number in words."""
    spelled = spelled_out(text)
    if spelled is None:
        return None
    amount, used = spelled
    percent = _PERCENT.match(text, used)
    amount, tail = fraction(amount, text[percent.end() if percent else used :])
    return _Figure(amount, "", bool(percent), tail)


def lead_of_figure(before: str) -> int:
    """How many characters of `before`, the text in front of a figure, belong to it: its sign and its qualifier."""
    sign = SIGN.search(before)
    end = sign.start() if sign else len(before)
    for found in QUALIFIER.finditer(before, 0, end):
        if found.end() == end and not before[: found.start()][-1:].isalnum():
            return len(before) - found.start()
    return len(before) - end


def _date(day: Day) -> Value:
    year, month, of_month = day
    return Value("date", (year or 2000) + (month or 1) / 16 + (of_month or 1) / 1024, day=day)


def _unit(text: str) -> tuple[str, frozenset[str]]:
    """The noun a number counts, by its last word before a break, and the capitalised words in front of it."""
    text = text.lstrip("°")
    if told := speed(text):
        return told, frozenset()
    run: list[str] = []
    end = 0
    for word in words(text[:120]):
        gap = text[end : word.start]
        if (
            gap.strip(" -‐‑'’")
            or (fold(word.text) in STOP and word.text not in {"US", "U.S."})
            or len(run) == 4
            or word.text[0].isdigit()
        ):
            if not (gap == " of " or (fold(word.text) in {"of", "the"} and not run)):
                break
            end = word.end
            continue
        run.append(word.text)
        end = word.end
    if not run:
        return "", frozenset()
    first = stem(run[0])
    if first in UNIT_STEMS:
        unit = UNIT_STEMS[first]
        return CURRENCIES.get(unit, unit), frozenset()
    if first == _DEGREE and len(run) > 1 and same_unit(first, scale := stem(run[1])):
        return scale, frozenset()
    # "C", "MW": no name, but "5 C grades" are grades.
    graded = len(run[0]) == 1 and len(run) > 1 and text[:1].isspace()
    if run[0].isupper() and is_attached(run[0]) and not graded:
        return first, frozenset()
    last = max((i for i, w in enumerate(run) if w[0].isupper()), default=-1)
    # Behind capitalised words comes the noun; without any, the first plural is it ("troops would be stationed").
    head = run[last + 1] if last + 1 < len(run) else run[-1]
    plural = next((w for w in run[last + 1 :] if w.endswith("s")), None)
    unit = stem(plural or head)
    unit = CURRENCIES.get(unit, unit)
    return unit, frozenset(stem(w) for w in run[: last + 1])


def same_kind(a: Value, b: Value) -> bool:
    """Whether the two could answer the same question: two sums in one currency, two counts of one noun, two dates. Not two
    dates of which one only says less: "1998", "12 May 1998"."""
    if "date" in {a.kind, b.kind}:
        if not _tells_date(a) or not _tells_date(b):
            return False
        return not agree(a, b) or _precision(a) == _precision(b)
    if a.kind != b.kind:
        return False
    if a.kind != "number":
        return _same_denomination(a, b)
    if contrary(a, b):
        return False
    return (not a.unit or not b.unit or same_unit(a.unit, b.unit)) and not _names_conflict(a.names, b.names)


def equal(a: Value, b: Value) -> bool:
    """Whether the two are the same answer. Dates are, if nothing known of one contradicts the other.

    Counts of differing nouns are equal only where the number is so particular that chance is out of the question
    ("1,650 soldiers", "1,650 personnel"), and never where names before the nouns differ, or measures, or deeds.
    """
    if "date" in {a.kind, b.kind}:
        return agree(a, b) and _precision(a) == _precision(b)
    if a.kind != b.kind or a.amount != b.amount:
        return False
    if a.kind != "number":
        return _same_denomination(a, b)
    if _names_conflict(a.names, b.names) or contrary(a, b):
        return False
    alike = same_unit(a.unit, b.unit) and (a.unit == b.unit or not (_silent(a, b.deed) or _silent(b, a.deed)))
    if alike or not a.unit or not b.unit or a.names & b.names:
        return True
    if a.unit in TIME_UNITS or b.unit in TIME_UNITS:
        return False
    return len(f"{a.amount:.10g}".replace(".", "").strip("0")) >= 3


def _silent(value: Value, deed: str) -> bool:
    """Whether people are counted in a sentence that tells nothing of what happened to the others."""
    return bool(deed) and not value.deed and value.told is not None and deed not in value.told


def contrary(a: Value, b: Value) -> bool:
    """Whether they count what cannot be one: other measures, or people to whom something else happened."""
    return contrary_units(a.unit, b.unit) or bool(a.deed and b.deed and a.deed != b.deed)


def agree(a: Value, b: Value) -> bool:
    """Whether both tell a date, have something in common, and nothing known of one contradicts the other."""
    if not _tells_date(a) or not _tells_date(b):
        return False
    known = [(x, y) for x, y in zip(a.day, b.day, strict=True) if x is not None and y is not None]
    return bool(known) and all(x == y for x, y in known)


def _tells_date(value: Value) -> bool:
    return value.kind == "date" or value.day[0] is not None


def _precision(value: Value) -> int:
    """2 for a day, 1 for a month, 0 for a year. A month alone ("in February") does not join a day in it: one says more than
    the other, and they may differ."""
    return 2 if value.day[2] is not None else int(value.day[1] is not None)


def _same_denomination(a: Value, b: Value) -> bool:
    """Whether two shares are both in points, or two sums in a currency of one name and one country, as far as that is named:
    "pesos" may be Mexican, but "dollars" are American."""
    if a.unit != b.unit:
        return False
    return a.names == b.names if a.unit in HOME else not _names_conflict(a.names, b.names)


def _names_conflict(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b
