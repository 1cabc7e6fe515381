"""Who says the quoted words: a name beside a verb of saying, verbatim from the article; None rather than a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.answering.words import fold, names

SAYING = (
    r"(?:said|says|stated|states|told|tells|claimed|announced|declared|warned|argued|added|noted|explained|confirmed|insisted|"
    r"promised|pledged|wrote|asked|replied|recalled|suggested|admitted|stressed|emphasi[sz]ed|remarked|estimated)"
)
_AFTER_QUOTE = re.compile(r"[”\"’],?\s+" + SAYING + r"\s+")
_BEFORE = re.compile(r"\b" + SAYING + r"\b")
_PRONOUN = re.compile(r"\b(?:he|she|they)\s+" + SAYING + r"\b|\b" + SAYING + r"\s+(?:he|she|they)\b", re.I)


@dataclass(frozen=True, slots=True)
class Speaker:
    """`text == article[start:end]`."""

    start: int
    end: int
    text: str


def speaker(article: str, start: int, end: int) -> Speaker | None:
    """The person who says the sentence `article[start:end]`, if the sentence names one beside a verb of saying.

    After a pronoun ("she added") the nearest earlier speaker within 600 characters is meant.
    """
    sentence = article[start:end]
    if found := _named(sentence):
        return Speaker(start + found[0], start + found[1], sentence[found[0] : found[1]])
    if not _PRONOUN.search(sentence):
        return None
    floor = max(0, start - 600)
    earlier = [m for m in re.finditer(r"[^.!?\n]*(?:[.!?]+[”\"’)]*|\n|$)", article[floor:start]) if m.group().strip()]
    for match in reversed(earlier):
        if found := _named(match.group()):
            at = floor + match.start()
            return Speaker(at + found[0], at + found[1], article[at + found[0] : at + found[1]])
    return None


def _named(sentence: str) -> tuple[int, int] | None:
    """Offsets of the name that is the subject of the verb of saying."""
    runs = names(sentence)
    spans = [(run[0].start, run[-1].end) for run in runs if fold(run[0].text) not in {"i", "we"}]
    inverted = _AFTER_QUOTE.search(sentence)
    if inverted:
        following = [s for s in spans if s[0] >= inverted.end()]
        if (
            following
            and following[0][0] - inverted.end() < 60
            and not re.search(r"[.;]", sentence[inverted.end() : following[0][0]])
        ):
            return following[0]
    verb = _BEFORE.search(_without_quotations(sentence))
    if not verb:
        return None
    before = [s for s in spans if s[1] <= verb.start()]
    outside = _without_quotations(sentence)
    before = [s for s in before if outside[s[0] : s[1]].strip()]
    if before:
        gap = outside[before[-1][1] : verb.start()]
        # "Anna Lind, the mayor, said": an apposition between name and verb; anything longer may hold another subject.
        if not gap.strip() or (gap.startswith(",") and gap.rstrip().endswith(",") and len(gap) < 80):
            return before[-1]
    return None


def _without_quotations(sentence: str) -> str:
    """The sentence with its quoted words blanked, so that offsets stay."""
    return re.sub(r"[“\"][^”\"]*[”\"]?", lambda m: " " * len(m.group()), sentence)
