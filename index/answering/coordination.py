"""Names that are the subject of a verb together: "Anna Lind and Tom Reed said"; and whether a name is a subject at all."""

from __future__ import annotations

import re

from index.answering.bystanders import DETERMINERS, LINKING, OPENING, PURE_PREPOSITIONS
from index.answering.words import Word, fold, word_set, words

JOINED = re.compile(r"\s+(?P<joining>and|or|nor)\s+")
_BOTH = word_set("both neither either that")
_ENDS = re.compile(r"\W*$|[;.:]|,\s(?:both\b|[^,]*$)|\s(?:of|on|in|at|from|after|before|during|when)\b")
"""What follows two names that both say it: "said Lind and Reed on Monday", not "said Lind and Reed agreed" or "said Lind and
Reed, her lawyer, left"."""
_BELONGS = re.compile(r"\sof\s")
"""In a name that may go on behind "and": "Supporters of Reed and Lind"."""
_PLURAL = re.compile(r"\W*[A-Z][a-z]+[^s\W]s")
"""Where it opens a sentence: "Critics and Anna Lind"."""
_SAYING_LAST = re.compile(r"\s+\w+(?:\s(?:on|last)\s\w+)?(?:\W*$|,)")


def together(outside: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The last of the names, with those that say it too: "Anna Lind and Tom Reed", "Lind, Reed and Berg". None where nobody
    can be told to have said it ("neither Lind nor Reed", "supporters of Reed and Lind"), or where the names tell where ("at
    Aville and Beeton", "in Aville, Ohio, Lind and Reed")."""
    last = spans[-1]
    first, joining, listed = last, "", False
    for span in reversed(spans[:-1]):
        gap = outside[span[1] : first[0]]
        if found := JOINED.fullmatch(gap):
            joining = joining or found["joining"]
        elif not joining or gap != ", ":
            break
        elif is_subject(outside, span) and _begins_clause(outside, span):
            listed = True
        elif PURE_PREPOSITIONS.isdisjoint(fold(w.text) for w in _lead(outside, span)):
            break
        elif listed or not _is_aside(outside, span, last):
            return None
        else:
            break
        if _PLURAL.fullmatch(outside[: span[1]]) and " " in outside[slice(*first)]:
            break
        if _BELONGS.search(outside, *span):
            return None
        first = span
    if not is_subject(outside, first) or joining in {"or", "nor"}:
        return None
    # "Reed beat Berg and Lind said it was over."
    return (first[0], last[1]) if _begins_clause(outside, first) else last


def with_others(sentence: str, name: tuple[int, int], spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The name behind a verb of saying with those that follow it: "said Anna Lind and Tom Reed". None where the other may say
    nothing ("said Anna Lind and Tom Reed agreed")."""
    for span in spans:
        joined = span[0] > name[1] and JOINED.fullmatch(sentence, name[1], span[0])
        if joined:
            both = (
                joined["joining"] == "and" and not _BELONGS.search(sentence, *name) and _ENDS.match(sentence, span[1])
            )
            return (name[0], span[1]) if both else None
    return name


def _begins_clause(outside: str, span: tuple[int, int]) -> bool:
    """Whether nothing stands before the name in its clause but a time, a title or another name."""
    return all(w.capital or fold(w.text) in _BOTH | OPENING | DETERMINERS for w in _lead(outside, span))


def _lead(outside: str, span: tuple[int, int]) -> tuple[Word, ...]:
    """The words in front of the name in its clause."""
    return words(re.split(r"[,;:(—–“”\"]", outside[: span[0]])[-1])


def _is_aside(outside: str, place: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether what ends with the name `place` is no part of who says it: "In Aville, Lind and Reed said no", "The ferry sank off
    Aville, Lind and Reed said", not "The parents of Lind, Reed and Berg said no"."""
    opening = _lead(outside, place)[0].text
    return (
        fold(opening) in LINKING
        or opening.endswith(("ing", "ed"))  # "Speaking in Aville, "
        or bool(_SAYING_LAST.match(outside, last[1]))
    )


def is_subject(outside: str, span: tuple[int, int]) -> bool:
    """Whether no preposition stands in front of the name."""
    listed = words(outside[max(0, span[0] - 40) : span[0]])
    listed = listed[:-1] if listed and fold(listed[-1].text) in DETERMINERS | _BOTH else listed
    parted = bool(re.search(r"[,;:(—–-]\s*$", outside[: span[0]]))
    return parted or not listed or fold(listed[-1].text) not in PURE_PREPOSITIONS
