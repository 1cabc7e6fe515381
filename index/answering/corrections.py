"""What an article says of a figure that was wrong, in its own earlier text or in another's: "an earlier version said 300"."""

from __future__ import annotations

import re

from index.answering.changes import asks_at_first, changed_from

_TOLD = r"(?:said|stated|reported|claimed|thought|believed|(?:gave|given|put|listed)(?=[^.;]{0,80}\b(?:at|as)\b))"
_WRONGLY = r"(?:incorrectly|mistakenly|wrongly|erroneously)"
_DISOWNED = re.compile(
    r"\b(?:earlier|previous|original|older)(?:ly)?\s+(?:version|report|article|story|figure|estimate|count|statement|reported|"
    rf"said|stated|given|gave|edition\b[^.;]*\b{_TOLD})\b|\b(?:first|initial) version of (?:this|the|our|an)\b|"
    rf"\b{_WRONGLY}\s+{_TOLD}\b|\b{_TOLD}\s+(?:{_WRONGLY}|in error)\b|\bin error\b[^.;]*\b{_TOLD}\b|\bmisstated\b",
    re.I,
)
"""An earlier text, or a wrong one. Who was wrongly convicted, or what was mistakenly paid, takes no figure back."""
_TOLD_BEFORE = re.compile(
    rf"[^,;.]{{0,30}}\b(?:as|was|were)\s+(?:\w+\s+){{0,2}}(?:earlier|previously|{_WRONGLY})\s+{_TOLD}\b", re.I
)
_NOT_THIS = re.compile(
    r"(?:\b(?:not|instead of|rather than|and not|from an earlier)\s+(?:the\s+)?|\bnot,?\s|"
    r"\bfrom an? (?:first|initial|earlier|previous|original)\s(?:\w+\s)?"
    r"(?:estimate|figure|count|date|plan|toll|total|number)s? of\s+)$",
    re.I,
)
_CORRECTED = re.compile(
    r"\W*correct(?:ion|ed)\W[^.;]*\b(?:article|report|story|version|edition|headline|caption|we)\b[^.;]*\b(?:said|stated|gave|put)\b[^.;]*$",
    re.I,
)
_AT_FIRST = re.compile(
    r"\b(?:at first|initially|originally|(?:first|initial) (?:version|report|figure|estimate|count|statement)|"
    rf"first (?:gave|given|put|{_TOLD}))\b[^.;]*$",
    re.I,
)
_CHANGED = re.compile(
    r"[^.;]*(?:\b(?:extended|raised|increased|lowered|lengthened|shortened|cut|reduced|revised|doubled|changed|"
    r"(?:is|are|has|have) now)\b|,\s(?:and |but )?(?:now|later)\s[^,;.]*\d)",
    re.I,
)
_CORRECTABLE = (
    r"(?:article|report|story|version|headline|caption|figure|number|total|toll|count|amount|price|cost|date|age|name|spelling|"
    r"title|estimate|error|statement|claim|study)"
)
_CORRECTION = re.compile(
    r"^\W*(?:correct(?:ion|ed|s)|clarification|retraction)\s*(?:[^\w\s]|$)|"
    rf"\b(?:corrects|corrected|correcting|retracts|retracted|(?:correction|clarification|retraction) (?:to|of|on))"
    rf"(?:\s[^\s.;]+){{0,5}}?\s{_CORRECTABLE}\b|"
    rf"\b(?:{_CORRECTABLE}|we) (?:(?:is|are|was|were|has|have|being|been) )+(?:since )?(?:corrected|retracted)\b|"
    r"\b(?:issued?|published?|prints?|printed|ran|posted|appended) (?:an? |the |this )?(?:correction|clarification|retraction)\b|"
    r"\b(?:correction|clarification|retraction) (?:was|has been) (?:issued|published|printed|posted|appended)\b",
    re.I | re.M,
)
"""Words that correct a text. A Department of Correction, or a correction of the market, is none."""


def is_correction(text: str) -> bool:
    """Whether an article says that it corrects another, or itself, in its first or last lines."""
    return bool(_CORRECTION.search(text[:600]) or _CORRECTION.search(text[-400:]))


def disowned(question: str, before: str, after: str) -> bool:
    """Whether the article takes the figure back: "an earlier version said 300", "350, not 300", "at first limited to 300, is
    being raised to 350" where the question does not ask how it was at first."""
    if _NOT_THIS.search(before) or _CORRECTED.match(before):
        return True
    if _AT_FIRST.search(before) and _CHANGED.match(after) and not asks_at_first(question):
        return True
    if changed_from(question, before, after):
        return True
    clause = re.split(r"[;.]|,\s*(?:but|and|while)\b|\b(?:but|is now|should be|was in fact|in fact)\b", before)[-1]
    if _DISOWNED.search(clause):
        return True
    return bool(_TOLD_BEFORE.match(after))
