"""What numbers count: measures, deeds and currencies under one name each, by the stem of the word."""

from __future__ import annotations

import re
from functools import lru_cache

from index.answering.words import stem, word_set

_MEASURES = {
    stem(word): canonical
    for canonical, spelled in {
        "km": "km kilometre kilometer", "m": "m metre meter", "cm": "cm centimetre centimeter",
        "mm": "mm millimetre millimeter", "mile": "mile mi", "yard": "yard yd", "foot": "foot feet ft", "inch": "inch inches",
        "kg": "kg kilogram kilogramme kilo", "gram": "gram gramme", "ton": "ton tonne", "ounce": "ounce oz",
        "litre": "litre liter", "gallon": "gallon", "barrel": "barrel", "acre": "acre", "hectare": "hectare ha",
        "mph": "mph", "km/h": "kph kmh", "knot": "knot", "celsius": "celsius", "fahrenheit": "fahrenheit",
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
    """Whether two stems of units are one: "km" and "kilometr"."""
    return a == b or (a in _MEASURES and _MEASURES[a] == _MEASURES.get(b))


def contrary_units(a: str, b: str) -> bool:
    """Whether what one counts cannot be what the other counts: two measures, or two deeds ("killed", "injured")."""
    return any(a in known and b in known and known[a] != known[b] for known in (_MEASURES, _DEEDS))
