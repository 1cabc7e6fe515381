"""What numbers count: measures, deeds and currencies under one name each, by the stem of the word."""

from __future__ import annotations

import re
from functools import lru_cache

from index.answering.caching import cached
from index.answering.people import HUMANS
from index.answering.words import STOP, stem, word_set, words

_MEASURES = {
    stem(word): canonical
    for canonical, spelled in {
        "km": "km kilometre kilometer", "m": "m metre meter", "cm": "cm centimetre centimeter",
        "mm": "mm millimetre millimeter", "mile": "mile mi", "yard": "yard yd", "foot": "foot feet ft", "inch": "inch inches",
        "kg": "kg kilogram kilogramme kilo", "gram": "gram gramme", "ton": "ton tonne", "ounce": "ounce oz",
        "litre": "litre liter", "gallon": "gallon", "barrel": "barrel", "acre": "acre", "hectare": "hectare ha",
        "mph": "mph", "km/h": "kph kmh km/h", "m/s": "m/s", "knot": "knot", "celsius": "celsius c",
        "fahrenheit": "fahrenheit f", "degree": "degree",
        "kw": "kw kilowatt", "mw": "mw megawatt", "gw": "gw gigawatt",
    }.items()
    for word in spelled.split()
}  # fmt: skip
_DEEDS = {
    stem(word): canonical
    for canonical, spelled in {
        "killed": "killed fatality", "injured": "injured casualty", "missing": "missing", "arrested": "arrested detained",
        "rescued": "rescued saved", "evacuated": "evacuated", "displaced": "displaced homeless", "infected": "infected",
        "survived": "survived survivor", "hospitalised": "hospitalised hospitalized", "charged": "charged",
        "convicted": "convicted", "jailed": "jailed imprisoned", "freed": "freed released", "trapped": "trapped",
    }.items()
    for word in spelled.split()
}  # fmt: skip
DIMENSIONS = {
    "long": "long|length", "thick": "thick", "wide": "wide|width|broad|across|diameter|span",
    "deep": "deep|depth|fathom|below|draught", "high": "high|height|tall|altitude|elevation|above|rise",
    "tall": "tall|high|height|tower",
}  # fmt: skip
"""What words that tell which way something was measured begin with, as parts of patterns."""
_SCALES = ({"degree", "celsius"}, {"degree", "fahrenheit"})
"""Degrees may be of either scale."""
_SPEED = re.compile(
    r"[\s-]?(?:(?P<kilometres>km|kilomet(?:re|er)s?)|(?P<metres>m|met(?:re|er)s?)|mi|miles?)"
    r"(?:/|\s(?:per|an?)\s)(?:h|hr|hours?|(?P<seconds>s|sec|seconds?))\b",
    re.I,
)
_SYMBOL = re.compile(r"[a-z]{1,5}\b", re.I)
_HAPPENED = re.compile(
    r"(?:\s+(?:people|persons?))?"
    r"(?P<verbs>(?:\s+(?:have|has|had|is|are|was|were|been|being|be|to|still|now|also|already|confirmed|known|feared|reported|"
    r"believed)){0,5})\s+(?P<deed>[a-z]+)\b",
    re.I,
)
"""Behind a number: " people are feared to have died", " were missing"."""
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b", re.I)
_ALSO_DONE_BY = word_set("missed released saved charged")
"""Deeds done to people behind a form of "be" alone: "300 people released a letter", "12 people missed the boat"."""
_DONE_BY = re.compile(r"\s+(?:missed|(?:released|saved|charged)\s+(?:an?|the|his|her|its|their|\d+))\b", re.I)
_THINGS = re.compile(r"\s+(?P<deed>[a-z]+)\s+(?P<noun>[a-z]{3,}s)\b")
_PERSON = stem("person")
_HUMANS = frozenset(map(stem, HUMANS))
_HUMAN_ENDING = re.compile(r"(?:er|or|ist|ian|ant|ent|ee)s$")
"""Workers, visitors, tourists, residents."""
HOME = {"dollar": "america", "pound": "britain"}
"""Whose currency it is where no country is named: others ("pesos") leave it open."""
CURRENCIES = {"dollar": "dollar", "usd": "dollar", "buck": "dollar", "euro": "euro", "eur": "euro", "pound": "pound",
               "gbp": "pound", "sterling": "pound", "yen": "yen", "rupee": "rupee", "peso": "peso", "franc": "franc",
               "ruble": "ruble", "rouble": "ruble", "yuan": "yuan", "krona": "krona", "krone": "krone",
               "cent": "cent", "crown": "crown", "dinar": "dinar", "lira": "lira", "rand": "rand", "zloty": "zloty",
               "baht": "baht", "shilling": "shilling", "riyal": "riyal", "dirham": "dirham", "rupiah": "rupiah"}  # fmt: skip
TIME_UNITS = word_set("second minute hour day week month year decade century night weekend")
UNIT_STEMS = {stem(u): u for u in TIME_UNITS} | {stem(c): c for c in CURRENCIES}


_IN_CURRENCY = re.compile(
    rf"\bin\s+(?:(?:us|american|british|danish|norwegian|swedish)\s+)?({'|'.join(CURRENCIES)})s?\b", re.I
)


@lru_cache(maxsize=64)
def asked_currency(question: str) -> str | None:
    """The currency in which a question wants its sum ("in euros"), as `Value.unit` names it, or None."""
    found = _IN_CURRENCY.search(question)
    return CURRENCIES[found[1].lower()] if found else None


def same_unit(a: str, b: str) -> bool:
    """Whether two stems of units are one: "km" and "kilometr"; or people, and those to whom something happened: "12 people",
    "12 dead"; or degrees, and those of one scale."""
    if a == b or (_counts_people(a) and _counts_people(b) and not contrary_units(a, b)):
        return True
    return a in _MEASURES and b in _MEASURES and not contrary_units(a, b)


def contrary_units(a: str, b: str) -> bool:
    """Whether what one counts cannot be what the other counts: two measures, or two deeds ("killed", "injured")."""
    one, other = _MEASURES.get(a), _MEASURES.get(b)
    if one and other:
        return one != other and {one, other} not in _SCALES
    return a in _DEEDS and b in _DEEDS and _DEEDS[a] != _DEEDS[b]


def speed(text: str) -> str:
    """The speed that `text` begins with, under one name: "km/h" of "km/h" and " kilometres per hour"; "" if there is none."""
    found = _SPEED.match(text)
    if found is None or bool(found["metres"]) != bool(found["seconds"]):
        return ""
    return "km/h" if found["kilometres"] else "m/s" if found["metres"] else "mph"


def is_attached(tail: str) -> bool:
    """Whether what stands right behind a figure is a measure: "km", "C"; not "th"."""
    found = _SYMBOL.match(tail)
    return bool(speed(tail) or (found and stem(found[0]) in _MEASURES))


def counted(unit: str, after: str) -> tuple[str, str]:
    """The unit of a number, which `after` follows and whose noun seemed to be `unit`; and what happened to the people counted,
    under one name: "12 dead", "12" + " people died"; "" where nothing known is told, or where it is no people ("12 dead cows").
    """
    if unit in _DEEDS:
        things = _THINGS.match(after)
        if things and stem(things["deed"]) == unit and not _is_human(things["noun"]):
            return stem(things["noun"]), ""
        return (_PERSON, "") if _DONE_BY.match(after) else (unit, _DEEDS[unit])
    found = _HAPPENED.match(after) if not unit or unit == _PERSON else None
    if not found or (found["deed"].lower() in _ALSO_DONE_BY and not _BE.search(found["verbs"])):
        return unit, ""
    return unit, _DEEDS.get(stem(found["deed"]), "")


@cached(4096)
def deeds_in(sentence: str) -> frozenset[str]:
    """All that a sentence says of what happened to people, each under one name."""
    found = (stem(w.text) for w in words(sentence) if w.text.lower() not in _ALSO_DONE_BY)
    return frozenset([_DEEDS[s] for s in found if s in _DEEDS])


def _is_human(noun: str) -> bool:
    return noun in STOP or stem(noun) in _HUMANS or bool(_HUMAN_ENDING.search(noun))


def is_deed(term: str) -> bool:
    """Whether a stem tells what happened to people: "killed", "injured"."""
    return term in _DEEDS


def _counts_people(unit: str) -> bool:
    return unit == _PERSON or unit in _DEEDS
