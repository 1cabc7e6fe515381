"""Where a span begins and ends: whole words and figures, their currency and scale, paired marks, nothing dangling."""

from __future__ import annotations

import re
import unicodedata

_BEFORE = re.compile(r"(?:(?:US|C|A|NZ|HK)?[$€£¥₹₩₽]|(?<![^\W\d_])(?:USD|EUR|GBP)\s)$")
"""A currency right before a figure."""
_SCALE = re.compile(
    r"(?:\s?%|\s?°\s?[CF]?\b|[\s-](?:percent|per cent|percentage points?|hundred|thousand|million|billion|trillion|bn|dozen)\b"
    r"|(?<=[\d.])(?:m|bn|k|tn|st|nd|rd|th)\b|(?<=\d)\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
"""What makes a figure another one: its scale, that it is a share, or which half of the day it tells."""
_FIGURE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half a|hundred|thousand|million|billion|trillion))$",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]\.)+[^\W\d_]$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|St|Dr|Mr|Mrs|Ms|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Prof|Rev|No|vs|etc"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m)$"
)
"""What ends in a full stop of its own."""
_CAPITALISED = re.compile(r"[A-Z\u00c0-\u00de][^\W\d_]")
_CAPITALISED_BEFORE = re.compile(r"(?<!\w)[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+$")
_LEFT_LEANING = frozenset(",;:.!?)]}%–—-…/|")
_RIGHT_LEANING = frozenset(",;:([{–—-/|$€£¥")
_HANGING = re.compile(r"[\s\"“‘']+(?:the|a|an|and|or|of|nor)$")
_LEADING = re.compile(r"(?:and|or|but|nor)\s+(?=\S)")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_JOINER = "\u200d"
"""Holds emoji together."""
_ROUNDS = 10
_REACH = 24
"""Characters looked at on either side."""


def tidy(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span [start, end) with proper borders, or None if nothing that could answer is left.

    What is tidy stays as it is: the steps are repeated until they change nothing.
    """
    found = _once(text, start, end)
    for _ in range(_ROUNDS):
        again = _once(text, *found) if found else None
        if again == found:
            break
        found = again
    return found


def _once(text: str, start: int, end: int) -> tuple[int, int] | None:
    start, end = _whole(text, *_trimmed(text, start, end))
    if start >= end:
        return None
    start, end = _measured(text, start, end)
    start, end = _paired(text, start, end)
    start, end = _trimmed(text, start, end)
    while hanging := _HANGING.search(text, start, end):
        start, end = _trimmed(text, start, hanging.start())
    if leading := _LEADING.match(text, start, end):
        start = leading.end()
    if text[end : end + 1] == "." and _ABBREVIATION.search(text, max(start, end - _REACH), end):
        end += 1
    return (start, end) if any(character.isalnum() or _symbol(character) for character in text[start:end]) else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks, invisible characters and marks that belong to what stands outside."""
    while start < end and (_blank(text[start]) or (text[start] in _LEFT_LEANING and not _point(text, start))):
        start += 1
    while end > start:
        last = text[end - 1]
        kept = last == "." and _ABBREVIATION.search(text, max(start, end - 1 - _REACH), end - 1)
        if kept or not (_blank(last) or last in _RIGHT_LEANING or last == "."):
            break
        end -= 1
    return start, end


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Grown to the borders of words and figures, with the accents and joiners that belong to the last character."""
    if start >= end:
        return start, end
    while start > 0 and _together(text, start - 1, start):
        start -= 1
    while end < len(text) and (_together(text, end - 1, end) or _clings(text[end])):
        end += 1
    while start > 0 and _clings(text[start]):
        start -= 1
    return start, end


def _together(text: str, left: int, right: int) -> bool:
    """Whether the neighbours `text[left]` and `text[right]` are of one word, or of one figure as "1,949" is."""
    first, second = text[left], text[right]
    if "-" in (first, second) and _in_double_name(text, left if first == "-" else right):
        return True
    if (first.isalnum() and second.isalnum()) or first == _JOINER:
        return True
    if first.isdigit() and second in ".,":
        return text[right + 1 : right + 2].isdigit()
    return first in ".," and second.isdigit() and left > 0 and text[left - 1].isdigit()


def _in_double_name(text: str, hyphen: int) -> bool:
    """Whether the hyphen joins two words with capitals, as in "Ada Roe-Vale"."""
    return bool(
        _CAPITALISED_BEFORE.search(text, max(0, hyphen - _REACH), hyphen) and _CAPITALISED.match(text, hyphen + 1)
    )


def _measured(text: str, start: int, end: int) -> tuple[int, int]:
    """With the currency before a figure and the scale behind it."""
    if text[start].isdigit() and (currency := _BEFORE.search(text, max(0, start - 4), start)):
        start = currency.start()
    while _FIGURE.search(text, max(start, end - _REACH), end) and (scale := _SCALE.match(text, end)):
        end = scale.end()
    return start, end


def _paired(text: str, start: int, end: int) -> tuple[int, int]:
    """With both quotation marks of a pair, or with neither, where one is missing at the border.

    Brackets around the whole are left out: what stands in them is the answer.
    """
    if text.count('"', start, end) % 2:
        if text[end : end + 1] == '"' and text[end - 1] != '"':
            end += 1
        elif text[start - 1 : start] == '"' and text[start] != '"':
            start -= 1
        elif text[start] == '"':
            start += 1
        elif text[end - 1] == '"':
            end -= 1
    for left, right in _PAIRS:
        surplus = text.count(left, start, end) - text.count(right, start, end)
        if surplus > 0:
            if text[start] == left and left in "([":
                start += 1
            elif text[end : end + 1] == right:
                end += 1
            elif text[start] == left:
                start += 1
        elif surplus < 0:
            if text[end - 1] == right and right in ")]":
                end -= 1
            elif text[start - 1 : start] == left:
                start -= 1
            elif text[end - 1] == right:
                end -= 1
        if start >= end:
            return start, start
    while (
        end - start > 2 and text[start] + text[end - 1] in ("()", "[]") and text.find(text[end - 1], start) == end - 1
    ):
        start, end = start + 1, end - 1
    return start, end


def _blank(character: str) -> bool:
    """Space, control or format characters: what cannot be seen."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Zs")


def _clings(character: str) -> bool:
    """Combining marks, variation selectors and joiners: part of the character before them."""
    return unicodedata.category(character) in ("Mn", "Me", "Mc") or character == _JOINER


def _point(text: str, place: int) -> bool:
    """Whether a figure begins here as ".5" or "-3" does."""
    return text[place] in ".-–" and text[place + 1 : place + 2].isdigit() and not text[place - 1 : place].isalnum()


def _symbol(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk", "Sm", "Sc")
