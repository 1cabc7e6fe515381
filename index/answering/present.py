"""A bare present tense before a day, which tells what is to come: "The trial continues on Monday"."""

from __future__ import annotations

import re

from index.answering.pronouns import PREPOSITIONS

_NAME = r"[A-Z][\w’'.-]*"
_WORD = rf"(?!(?:and|or|{'|'.join(sorted(PREPOSITIONS))})\b)[a-z-]+"
_OF = rf"(?:\s+(?:of|for|in|at|from|against|between)\s+(?:the\s+)?(?:{_WORD}|{_NAME}(?:\s+(?:and\s+)?{_NAME}){{0,3}}))?"
_SUBJECT = (
    rf"(?:(?:[Tt]h(?:e|is|at)|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y)\s+(?:{_WORD}\s+){{0,2}}?{_WORD}(?<!s)"
    rf"|{_NAME}(?:\s+{_NAME}){{1,3}}|[Hh]e|[Ss]he|[Ii]t)"
)
"""Of one. A capital alone opens any sentence ("Heavy rains"), and "a man" is whom a picture shows."""
_SAYING_OR_BEING = (
    "says|tells|states|believes|thinks|knows|claims|denies|insists|argues|alleges|accuses|adds|admits|warns|suggests|indicates|"
    "recalls|remembers|describes|corrects|blames|praises|lists|depicts|seems|remains|lives|includes|contains|means|owns|wants|"
    "likes|was|has|is|does|its|his|hers|theirs|ours|this"
)
"""Whose day is that of what is said, or no day's."""
_OF_A_PICTURE = (
    "speaks|talks|walks|waves|stands|sits|lies|looks|poses|smiles|laughs|cries|listens|gestures|watches|carries|inspects|"
    "passes|hugs|embraces|shakes|reacts|cheers|celebrates"
)
"""What a caption says of a day that was: "Anna Lind waves to the crowd on Friday."."""
_BARE_PRESENT = re.compile(
    r"\W*(?!(?:\w+\s+)?(?:video|footage|photo|photograph|picture|image|map|graph|study|survey|poll|report)\s+shows\b)"
    rf"(?:(?:But|And|So|Then)\s+)?{_SUBJECT}{_OF}\s+(?:[a-z]+ly\s+|also\s+|then\s+|now\s+)?"
    rf"(?!(?:{_SAYING_OR_BEING}|{_OF_A_PICTURE})\b)[a-z]{{2,}}(?<![sui])s\b(?!\s+of\b|[’'-])"
    r"(?!.*\b(?:of|the|an?|this|that)\s+$)",
    re.S,
)


def bare_present(clause: str) -> int | None:
    """Where the verb ends with which `clause`, up to its day, begins behind its subject, if that is the present tense of one
    person or thing and no verb of saying or being; else None. A plural noun ("The school holidays") looks just the same."""
    found = _BARE_PRESENT.match(clause)
    return found.end() if found else None
