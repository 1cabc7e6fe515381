"""The form an answer must have: a year for "which year", money for a price, metres for a depth, a name for a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.answering.datelines import is_dateline
from index.answering.dates import CLOCK, MONTHS, WEEKDAYS
from index.answering.kinds import FIGURES, QuestionKind
from index.answering.moments import HOURS, is_moment
from index.answering.numerals import NUMBER_WORDS
from index.answering.people import HUMANS
from index.answering.pronouns import PRONOUNS
from index.answering.question import Question
from index.answering.units import DIMENSIONS, TIME_UNITS, asked_currency
from index.answering.values import Value, value_of
from index.answering.words import AUXILIARIES, Word, stem, word_set, words

_PARTICULAR = tuple(
    (re.compile(rf"\b(?:which|what)\s+(?:(?!(?:{AUXILIARIES})\b)\w+\s+)?{asked}\b", re.I), form)
    for asked, form in (
        ("years?", re.compile(r"\d{4}|\d0s")),
        (
            "(?:day|date)",
            re.compile(r"\b(?:{})\b|\d".format("|".join([*MONTHS, *WEEKDAYS, "today", "yesterday", "tomorrow"])), re.I),
        ),
        ("(?:time(?! (?:of (?:the )?year|period|frame|span|zone))|hour)", re.compile(rf"\d|{HOURS}", re.I)),
        ("month", re.compile(r"\b(?:{})\b".format("|".join(MONTHS)), re.I)),
        ("weekday", re.compile(r"\b(?:{})\b".format("|".join(WEEKDAYS)), re.I)),
        (
            "(?:city|cities|town|village|country|countries|state|nation|river|lake|island|continent|region|street|newspaper|company|"
            "companies|firms?|team|university|person|man|woman|president|minister|party|band|author|king|queen|language)",
            re.compile(r"[A-Z]|[^\x00-\x7f]"),
        ),
    )
)
"""Questions that name the form of their answer."""
_OTHER_NUMBERS = word_set("hundred thousand million billion dozen half twice no none nobody several third quarter")
_NUMBER_STEMS = frozenset(map(stem, (*NUMBER_WORDS, *_OTHER_NUMBERS)))
_HOW_MANY_NAMES = re.compile(r"\b(?:which|what)\s+(?:two|three|four|five|six)\b", re.I)
"""Asks for so many names: "two of them" says nothing new."""
_SEVERAL = re.compile(r",|&|\b(?:and|or)\b")
_LONGEST_NAME = 8
"""Words of "Mexico's secretary of foreign affairs, Ada Roe"."""
_NAMED = re.compile(r"\bnames? of\b", re.I)
_PRICE = re.compile(r"\b(?:costs?|price|priced|worth|money|salary|fee|insured|spend|spent)\b", re.I)
_SIZE = re.compile(r"\bhow (old|tall|high|deep|wide|far|fast|long|big|large|heavy|strong|hot|cold)\b", re.I)
_PERIODS = {
    period: re.compile(rf"\b(?:{words})", re.I)
    for period, words in {
        "hour": "hour", "day": "day|daily", "night": "night", "week": "week", "month": "month", "year": "year|annual",
        "person": "person|people|head|each|everyone", "head": "person|people|head|each|everyone",
    }.items()
}  # fmt: skip
_RATE = re.compile(rf"\b(?:per|each|every|an?(?!\s+(?:person|head)\b))\s+({'|'.join(_PERIODS)})\b", re.I)
"""A figure asked for by the hour, or by the head: a sum for the whole is another."""
_LENGTH = re.compile(
    r"\bhow long (?:is|are|was|were) [^?]*\b(?:bridge|road|tunnel|river|street|wall|fence|border|route|track|pier|ship|ferry|"
    r"boat|train|queue|line|coast|path|trail|canal|runway|beach)s?\s*\??\s*$",
    re.I,
)
"""Asks for metres, not for months."""
_SAID_OF_SIZE = {
    asked: re.compile(rf"(?<![^\W\d_])(?:{words})", re.I)  # no letter before: "38C"
    for asked, words in {
        **{asked: DIMENSIONS[asked] for asked in ("deep", "high", "tall", "wide")},
        "strong": r"magnitude|richter|scale|\d\.\d|wind|gust|gale|storm|force|categor|strength|strong|soldier|troop",
        "hot": r"hot|heat|warm|temperature|mercury|degree|celsius|fahrenheit|[cf]\b",
        "cold": r"cold|chill|frost|freez|temperature|mercury|degree|celsius|fahrenheit|[cf]\b|minus|below",
    }.items()
}
"""What a sentence says that gives such a measure."""
_DISTANCE = re.compile(r"[\w\s]{0,20}\b(?:from|away|off|long|wide|apart)\b")
_SPEED = re.compile(r"\b(?:per|an?)\s+(?:hour|second|minute)\b|(?<![a-z])(?:knots?|mph|kph|km/h|m/s)\b", re.I)
_MONEY = re.compile(
    r"[$€£¥₹]|\b(?:kroner|kronor|krónur|kronur|koruna|forint|hryvnias?|shekels?|ringgit|lei|leva|won)\b", re.I
)
"""A sum whose currency `value_of` may not know."""
_BEARING = re.compile(
    r"\b(?:miles?|km|kilomet(?:re|er)s?|m|met(?:re|er)s?|feet|foot|yards?|blocks?|streets?|doors?|minutes?|hours?|storeys?|floors?)\s+"
    r"(?:\w+\s+){0,2}?(?:(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:wards?)?|from|off|away|outside|inland|offshore|"
    r"upstream|downstream|uphill|downhill|above|below|beneath|behind|beyond|underground|up|down)\b",
    re.I,
)
_ADDRESS = re.compile(
    r"\b\d+\w?\s+(?:[A-Z][\w'’.-]*\s+)*(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Way|Square|Place|Court|Terrace|Row|"
    r"Quay|Highway|Parade|Crescent|Close|Gardens|Hill|Park|Alley|Plaza)\b"
)
_AT = re.compile(r"at\s+(?!least\b|most\b)", re.I)
_AMOUNT = r"[$€£¥₹]?\d[\d,.]*(?:\s?(?:hundred|thousand|million|billion|percent|%))?"
_RANGE = re.compile(
    rf"(?:(?:about|around|some|roughly|anywhere|an estimated)\s+)?(?P<between>between\s+)?(?P<low>{_AMOUNT})\s*"
    rf"(?P<link>-|–|—|to|or|and)\s*(?P<high>{_AMOUNT})(?!\d)[^\d]*$",
    re.I,
)
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d (?:1[5-9]|20)\d\d")
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)
_FROM = re.compile(r"\bfrom\s+$", re.I)
_FREE = re.compile(r"(?:\w+\s+){0,2}(?:free(?:\s+(?:of charge|for \w+(?:\s\w+)?))?|nothing|no charge)", re.I)
_PASSING = re.compile(r"\bhow (often|long|late|early)\b", re.I)
_OFTEN = re.compile(
    r"\b(?:every|each|daily|hourly|nightly|weekly|fortnightly|monthly|quarterly|yearly|annually|once|twice|always|never|rarely|"
    r"regularly|a(?:n hour| day| night| week| month| year)|per \w+)\b",
    re.I,
)
_LASTING = re.compile(
    r"^(?:only |just |from .{0,40})?(?:until|till|through|since|up to|overnight|throughout|indefinitely|forever|permanently|"
    r"for life|for good|all (?:day|night|week|month|year|summer|winter|season)|the whole|the entire)\b",
    re.I,
)
_UNTIL = re.compile(r"\b(?:until|till|through|since)\s+(?:the\s+|early\s+|late\s+)?$", re.I)
_PERSON_OF = re.compile(rf"\b(?:{'|'.join(sorted(HUMANS))})\s+(?:of|aged)\s+$", re.I)
_YEARS_OLD = re.compile(r"[-\s]years?[-\s]old\b", re.I)
_AGE = re.compile(r"[-\s]years?[-\s]old\b|\b(?:aged?|old|turned|born|years?)\b", re.I)


def wrong_form(question: Question, text: str, before: str = "", after: str = "") -> float:
    """1 if an answer of this form can not be one to this question, .5 if hardly, else 0."""
    kind = question.kind
    if is_dateline(text, before, after):
        return 0.0 if kind is QuestionKind.WHERE else 1.0
    wanted = _particular(question.text)
    if wanted is not None:
        return float(not wanted.search(text))
    value = value_of(text, after)
    if kind in FIGURES:
        return _wrong_figure(question, text, before, after, value)
    if kind in {QuestionKind.WHO, QuestionKind.QUOTE} or _NAMED.search(question.text):
        # "A neighbour" opens a sentence; its capital is nobody's name.
        named = words(text)[text.startswith(("A ", "An ", "The ")) :]
        if value is not None or not any(c.isupper() for c in text):
            return 1.0
        return max(float(not any(w.capital and not _is_pronoun(w, text, before) for w in named)), _rambling(named))
    if kind is QuestionKind.WHEN:
        return float(not is_moment(text, before))
    if kind is QuestionKind.HOW:
        return float(value is not None or text[-1:].isdigit())
    if kind is QuestionKind.WHERE:
        return float(value is not None and not _place(text, value))
    if kind is QuestionKind.WHICH or _HOW_MANY_NAMES.search(question.text):
        several = any(w.capital for w in words(text)) and _SEVERAL.search(text)
        if _HOW_MANY_NAMES.search(question.text) and not several:
            return 1.0
        return 1.0 if value is not None and value.kind == "number" else _rambling(words(text))
    return 0.0


@lru_cache(maxsize=64)
def _particular(question: str) -> re.Pattern[str] | None:
    """The form that the question names, if any; all spans of a question are held to the same."""
    return next((form for asked, form in _PARTICULAR if asked.search(question)), None)


def _rambling(listed: Sequence[Word]) -> float:
    """.5 where there are more words than a name and its office have."""
    return 0.5 * (len(listed) > _LONGEST_NAME)


def _is_pronoun(word: Word, text: str, before: str) -> bool:
    """Whether a word of `text` names nobody: "We", but not "IT" or "The Who"."""
    if word.text.lower() not in PRONOUNS or (len(word.text) > 1 and word.text.isupper()):
        return False
    return not (before + text[: word.start]).lower().endswith("the ")


def _place(text: str, value: Value) -> bool:
    """Whether a place begins with its number: "415 Elm Street", "20 miles north of Aville", "at two schools"."""
    if value.kind != "number":
        return False
    return bool(
        _BEARING.search(text) or _ADDRESS.search(text) or (_AT.match(text) and value.unit not in {"", *TIME_UNITS})
    )


def _range(text: str, before: str) -> bool:
    """Whether a figure is given by its bounds: "between 5,000 and 7,000 people", "5,000-7,000"; "from 5 to 7" tells of a
    rise."""
    found = _RANGE.match(text)
    if not found or _FROM.search(before):
        return False
    if found["link"] == "and" and not (found["between"] or _BETWEEN.search(before)):
        return False
    if _YEARS.fullmatch(f"{found['low']} {found['high']}") or CLOCK.match(text, found.end("high")):
        return False
    low, high = value_of(found["low"]), value_of(found["high"])
    return low is not None and high is not None and low.amount < high.amount


def _without_number(question: Question, text: str, before: str) -> bool:
    """Whether words may tell the figure asked for: "daily" how often, "until Friday" how long, "free" how much."""
    if question.kind is QuestionKind.HOW_MUCH:
        return bool(_FREE.fullmatch(text))
    found = _PASSING.search(question.text)
    if not found or _LENGTH.search(question.text):
        return False
    if found[1].lower() == "often":
        return bool(_OFTEN.search(text))
    return bool(_LASTING.search(text) or (_UNTIL.search(before) and is_moment(text, before)))


def _wrong_figure(question: Question, text: str, before: str, after: str, value: Value | None) -> float:
    figures = re.findall(r"\d[\d,.]*", text)
    if _without_number(question, text, before):
        return 0.0
    if value is None and not figures and not _number_words(text):
        return 1.0
    if value is None and len(figures) > 1 and question.kind is QuestionKind.HOW_MANY and not _range(text, before):
        return 1.0
    rate = _RATE.search(question.text)
    if rate and not _PERIODS[rate[1].lower()].search(before + text + after):
        return 0.5
    if question.kind is QuestionKind.HOW_MANY and not question.noun and value and value.kind == "money":
        return 1.0  # a toll is no sum
    if question.kind is QuestionKind.HOW_MANY and value and _is_age(value, before, after):
        return 1.0
    currency = asked_currency(question.text)
    if currency and value and value.kind == "money" and value.unit != currency:
        return 1.0
    if question.kind is QuestionKind.HOW_MUCH and _PRICE.search(question.text):
        return float(value is not None and value.kind != "money" and not _MONEY.search(text))
    if value and value.unit in TIME_UNITS and _LENGTH.search(question.text):
        return 1.0
    size = _SIZE.search(question.text)
    if size and size[1].lower() == "fast" and not _SPEED.search(text + after[:30]):
        return 0.0 if value and value.unit in TIME_UNITS else 1.0
    if not size or value is None:
        return 0.0
    asked, counts_time = size[1].lower(), value.unit in TIME_UNITS
    if value.kind in {"money", "percent"} and asked in {"big", "large", "high", "strong"}:
        return 0.0  # a reward, a rise
    if asked == "heavy" and value.unit == "pound" and not _MONEY.search(text):
        return 0.0
    if value.kind in {"money", "percent", "date"}:
        return 1.0
    if asked in _SAID_OF_SIZE and not _SAID_OF_SIZE[asked].search(before + text + after):
        return 1.0 if _DISTANCE.search(after) else 0.5  # "800 metres from the wall" is no depth
    if asked == "old":
        return 0.0 if counts_time or _AGE.search(after[:20]) else 0.5 if not value.unit else 1.0
    return float(counts_time and asked not in {"long", "far"})


def _is_age(value: Value, before: str, after: str) -> bool:
    """Whether the number is how old somebody is: "a man of 71 was killed", "71-year-old", not "a mother of four"."""
    of_person = not value.unit and value.amount > 15 and _PERSON_OF.search(before[-40:])
    return bool(of_person or _YEARS_OLD.match(after))


def _number_words(text: str) -> bool:
    return any(stem(w.text) in _NUMBER_STEMS for w in words(text))
