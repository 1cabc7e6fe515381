"""What an answer amounts to: numbers, money, percentages and dates in the form in which equal ones are equal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.answering.words import STOP, fold, stem, word_set, words

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday sat",
         "sunday sun"))
    for name in names.split()
}  # fmt: skip
_ONES = {w: n for n, w in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"))
}  # fmt: skip
_TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "billion": 1e9,
           "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "dozen": 12.0}  # fmt: skip
_MARKS = {"us$": "dollar", "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "c$": "canadian dollar",
          "a$": "australian dollar"}  # fmt: skip
_CURRENCIES = {"dollar": "dollar", "usd": "dollar", "buck": "dollar", "euro": "euro", "eur": "euro", "pound": "pound",
               "gbp": "pound", "sterling": "pound", "yen": "yen", "rupee": "rupee", "peso": "peso", "franc": "franc",
               "ruble": "ruble", "rouble": "ruble", "yuan": "yuan", "krona": "krona", "krone": "krone",
               "cent": "cent", "crown": "crown", "dinar": "dinar", "lira": "lira", "rand": "rand", "zloty": "zloty",
               "baht": "baht", "shilling": "shilling", "riyal": "riyal", "dirham": "dirham", "rupiah": "rupiah"}  # fmt: skip
TIME_UNITS = word_set("second minute hour day week month year decade century night weekend")
_UNIT_STEMS = {stem(u): u for u in TIME_UNITS} | {stem(c): c for c in _CURRENCIES}

QUALIFIER = re.compile(
    r"(?:at (?:least|most)|more than|less than|fewer than|up to|as many as|as much as|as few as|no (?:more|fewer|less) than|"
    r"over|under|nearly|almost|about|around|roughly|approximately|some|an estimated|an average of|just (?:over|under)|"
    r"well over|only|around|close to|exactly)\s+",
    re.I,
)
_PREPOSITION = re.compile(r"^(?:at|for|of|by|to|with)\s+(?=[\d$€£a-z])(?!least|most)", re.I)
_NUMBER = re.compile(
    r"(?P<mark>us\$|c\$|a\$|[$€£¥₹])?\s?(?P<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:(?:\s?-?\s?(?P<scale>hundred|thousand|million|billion|trillion|mln|bn|tn|mn|dozen)|(?P<letter>[kmb]))\b)?"
    r"(?P<percent>\s?(?:%|percent\b|per cent\b|pct\b))?",
    re.I,
)
_CLOCK = re.compile(r"\s?[ap]\.?m\b", re.I)
"""Makes a time of day of a number."""
_NUMBER_WORD = re.compile(r"\b(?:{})\b".format("|".join([*list(_ONES)[2:], *_TENS])), re.I)
"""From two on: "no one" counts nothing."""


@dataclass(frozen=True, slots=True)
class Value:
    """`kind` is number, money, percent or date. `amount` counts units; a date has what is known of (year, month, day).

    `unit` is the currency or the stem of the noun counted, `names` the stems of the capitalised words before that noun
    ("10,000 U.S. troops" -> soldier, {america}); `qualifier` is kept for showing, it makes no two values differ.
    """

    kind: str
    amount: float = 0.0
    unit: str = ""
    names: frozenset[str] = frozenset()
    qualifier: str = ""
    day: tuple[int | None, int | None, int | None] = (None, None, None)


@lru_cache(maxsize=20_000)
def value_of(text: str, after: str = "") -> Value | None:
    """The value a whole answer stands for, or None if it is no single number or date.

    `after` is what follows it in its sentence, where a bare number finds its noun: "1,949" + " troops on Friday".
    """
    text = text.strip(" \t\n.,;:()[]“”\"'‘’")
    if not text or len(text) > 200:
        return None
    if day := date_of(text):
        return Value("date", day=day)
    text = _PREPOSITION.sub("", text)
    qualifier = match.group().strip().lower() if (match := QUALIFIER.match(text)) else ""
    rest = text[match.end() :] if match else text
    found = _NUMBER.match(rest)
    if found:
        amount = float(re.sub(r"[,\s]", "", found["digits"])) * _SCALES.get(
            (found["scale"] or found["letter"] or "").lower(), 1.0
        )
        mark, percent, tail = found["mark"], bool(found["percent"]), rest[found.end() :]
        if _CLOCK.match(tail) or tail[:1].isalnum() or (tail[:1] in "-–:/.'" and tail[1:2].isdigit()):
            return None
    else:
        spelled = _spelled(rest)
        if spelled is None:
            return None
        amount, used = spelled
        mark, tail = None, rest[used:]
        percent = bool(p := re.match(r"\s*(percent|per cent|%)", tail, re.I))
        tail = tail[p.end() :] if p else tail
    if (
        re.search(r"\d", tail)
        or _NUMBER_WORD.search(tail)
        or re.match(r"\s+of\s+(the|them|these|those|its|his|her|their)\b", tail)
    ):
        return None
    unit, names = _unit(tail) if tail.strip() else _unit(after)
    if percent:
        return Value(
            "percent",
            amount,
            "point" if re.match(r"\s*(percentage )?points?\b", tail, re.I) else "",
            frozenset(),
            qualifier,
        )
    if mark or unit in _CURRENCIES.values():
        return Value("money", amount, _MARKS[mark.lower()] if mark else unit, frozenset(), qualifier)
    return Value("number", amount, unit, names, qualifier)


def in_words(number: int) -> str:
    """A whole number below a hundred as it is written out, without hyphen: "twenty one"."""
    ones = {value: word for word, value in _ONES.items()}
    if number in ones:
        return ones[number]
    ten, rest = divmod(number, 10)
    tens = {value: word for word, value in _TENS.items()}
    return f"{tens[10 * ten]} {ones[rest]}" if rest else tens[10 * ten]


def _spelled(text: str) -> tuple[float, int] | None:
    """A number in words at the beginning of `text`, and where it ends: "one thousand nine hundred forty-nine" -> 1949."""
    total = current = 0.0
    end, seen = 0, False
    for match in re.finditer(r"[^\W\d_]+", text):
        token, gap = match.group().lower(), text[end : match.start()]
        if gap.strip(" -‐‑"):
            break
        if token in _ONES or token in _TENS:
            current += _ONES.get(token, 0) + _TENS.get(token, 0)
            seen = True
        elif token in _SCALES and len(token) > 4 and seen:
            if token == "hundred":
                current *= 100
            elif token == "dozen":
                current *= 12
            else:
                total, current = total + current * _SCALES[token], 0.0
        elif token in {"a", "an"} and not seen and _counts_one(text[match.end() :]):
            current, seen = 1.0, True
        elif token == "half" and not seen and _counts_one(text[match.end() :]):
            current, seen = 0.5, True
        elif (
            token in {"a", "an"}
            and seen
            and gap
            and (current == 0.5 or text[match.end() :].lower().startswith(" half"))
        ):
            pass
        elif token == "half" and seen and text[: match.start()].lower().endswith("and a "):
            total, current = (total, current + 0.5) if current else (1.5 * total, 0.0)
        elif (
            token == "and"
            and seen
            and re.match(r"\W+({}|a half)\b".format("|".join((*_ONES, *_TENS))), text[match.end() :], re.I)
        ):
            pass
        else:
            break
        end = match.end()
    return (total + current, end) if seen else None


def _counts_one(after: str) -> bool:
    following = re.match(r"\W*([^\W\d_]+)", after)
    return following is not None and (
        stem(following[1]) in _UNIT_STEMS or following[1].lower() in {*_SCALES, "a", "half"}
    )  # fmt: skip


def _unit(text: str) -> tuple[str, frozenset[str]]:
    """The noun a number counts, by its last word before a break, and the capitalised words in front of it."""
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
    if first in _UNIT_STEMS:
        unit = _UNIT_STEMS[first]
        return _CURRENCIES.get(unit, unit), frozenset()
    last = max((i for i, w in enumerate(run) if w[0].isupper()), default=-1)
    # Behind capitalised words comes the noun; without any, the first plural is it ("troops would be stationed").
    head = run[last + 1] if last + 1 < len(run) else run[-1]
    plural = next((w for w in run[last + 1 :] if w.endswith("s")), None)
    unit = stem(plural or head)
    unit = _CURRENCIES.get(unit, unit)
    return unit, frozenset(stem(w) for w in run[: last + 1])


def date_of(text: str) -> tuple[int | None, int | None, int | None] | None:
    """(year, month, day) as far as `text` tells them, if it is nothing but a date with at least a month and a day or a
    month and a year, or a full number date. A weekday before it is left out; `Tuesday` alone is no date.
    """
    low = fold(text.strip(" .,"))
    low = re.sub(r"^(on|in|since|by|until|the)\s+", "", low)
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


def _checked(year: int | None, month: int, day: int | None) -> tuple[int | None, int | None, int | None] | None:
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return year, month, day


def same_kind(a: Value, b: Value) -> bool:
    """Whether the two could answer the same question: two sums in one currency, two counts of one noun, two dates."""
    if a.kind != b.kind:
        return False
    if a.kind == "date":
        return True
    if a.kind in {"money", "percent"}:
        return a.unit == b.unit
    return (not a.unit or not b.unit or a.unit == b.unit) and not _names_conflict(a.names, b.names)


def equal(a: Value, b: Value) -> bool:
    """Whether the two are the same answer. Dates are, if nothing known of one contradicts the other.

    Counts of differing nouns are equal only where the number is so particular that chance is out of the question
    ("1,650 soldiers", "1,650 personnel"), and never where names before the nouns differ.
    """
    if a.kind != b.kind:
        return False
    if a.kind == "date":
        known = [(x, y) for x, y in zip(a.day, b.day, strict=True) if x is not None and y is not None]
        return bool(known) and all(x == y for x, y in known) and _shares_day(a, b)
    if a.amount != b.amount:
        return False
    if a.kind in {"money", "percent"}:
        return a.unit == b.unit
    if _names_conflict(a.names, b.names):
        return False
    if a.unit == b.unit or not a.unit or not b.unit or a.names & b.names:
        return True
    if a.unit in TIME_UNITS or b.unit in TIME_UNITS:
        return False
    return len(f"{a.amount:.10g}".replace(".", "").strip("0")) >= 3


def _shares_day(a: Value, b: Value) -> bool:
    """A month alone ("in February") does not join a day in it: one says more than the other, and they may differ."""
    return (a.day[2] is None) == (b.day[2] is None)


def _names_conflict(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b
