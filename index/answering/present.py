"""A present tense before a day. A timetable tells what is to come ("The trial continues on Monday"); else the day is that of what
is named before it ("The mayor thanks the crews for their work on Monday")."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.answering.dates import TIME_OF_DAY
from index.answering.words import PREPOSITIONS, word_set

_NAME = r"[A-Z][\w’'.-]*"
_WORD = rf"(?!(?:and|or|{'|'.join(sorted(PREPOSITIONS))})\b)[a-z-]+"
_OF = rf"(?:\s+(?:of|for|in|at|from|against|between)\s+(?:the\s+)?(?:{_WORD}|{_NAME}(?:\s+(?:and\s+)?{_NAME}){{0,3}}))?"
_SUBJECT = (
    rf"(?:(?:[Tt]h(?:e|is|at)|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y)\s+(?:{_WORD}\s+){{0,2}}?{_WORD}(?<!s)"
    rf"|{_NAME}(?:\s+{_NAME}){{1,3}}|[Hh]e|[Ss]he|[Ii]t)"
)
"""Of one. A capital alone opens any sentence ("Heavy rains"), and "a man" is whom a picture shows."""
_OF_PLANS = word_set(
    "continues flies sails travels comes goes sets steps turns retires lands airs premieres performs appears hears rules decides "
    "elects debates joins finishes shows tours stops shuts trains"
)
"""Their present tense is the one of timetables."""
_OF_A_PICTURE = word_set(
    "speaks talks walks waves stands sits lies looks poses smiles laughs cries listens gestures watches carries inspects passes "
    "hugs embraces shakes reacts cheers celebrates"
)
"""What a caption says of a day that it may mean by itself: "Anna Lind waves to the crowd on Friday."."""
_PRESENT = re.compile(
    r"\W*(?!(?:\w+\s+)?(?:video|footage|photo|photograph|picture|image|map|graph|study|survey|poll|report)\s+shows\b)"
    rf"(?:(?:But|And|So|Then)\s+)?{_SUBJECT}{_OF}\s+(?:[a-z]+ly\s+|also\s+|then\s+|now\s+)?"
    r"(?P<verb>(?!(?:was|has|does|its|his|this)\b)[a-z]{2,}(?<![sui])s)\b(?!\s+of\b|[’'-])",
    re.S,
)
_NOTHING_ELSE = re.compile(
    r"(?:\s*\b(?:down|off|out|up|back|on|away|aside|ahead|home|\d{1,3}))?"
    rf"(?:\s*\b(?:to|in|at|for|from|into|before)\s+(?:(?:the\s+)?{_NAME}(?:\s+{_NAME}){{0,2}}|court|parliament))?"
    rf"(?:(?:\s*\b(?:the|an?|its|his|her)(?:\s+{_WORD}){{1,2}})?\s*\bagain)?(?:\s*\b(?:early|late))?(?:\s+{TIME_OF_DAY},?)?\s*"
)
"""What may stand between the verb and its own day: "steps down", "turns 60", "flies to Aville", "shows it again at 8 p.m."."""
_LEADS_TO = re.compile(r"\bto\s+[a-z]")
"""To what may be ahead: "wants the trial to begin", "takes Oldport to the final"."""


class Present(NamedTuple):
    """What a present tense tells of the day behind it."""

    tense: str | None
    """ "future", "past", or None where it does not tell."""
    close: bool
    """Whether nothing stands between the two; then the verb may be a noun: "The school visits on Friday"."""


def present_tense(clause: str, *, to_day: bool = True) -> Present | None:
    """What the present tense of one person or thing tells in `clause`, which leads to the day, or follows it where not
    `to_day`; None if it has none."""
    found = _PRESENT.match(clause)
    if not found:
        return None
    verb, rest = found["verb"], clause[found.end() :]
    if verb in _OF_PLANS:
        return Present("future" if not to_day or _NOTHING_ELSE.fullmatch(rest) else None, not rest.strip())
    told = to_day and rest.strip() and verb not in _OF_A_PICTURE and not _LEADS_TO.search(rest)
    return Present("past" if told else None, not rest.strip())
