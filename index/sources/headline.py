"""Where an article's title comes from when nobody says it."""

from __future__ import annotations

import re
from collections.abc import Iterable

BYLINE = re.compile(r"(by|von|par|por|di|door)\s+\S", re.IGNORECASE)
_UNHEADLINELIKE_END = re.compile(r"[.。۔;:,—–-]$")
_ASKING_END = re.compile(r"[?!？！؟…]$")
_ABBREVIATION_END = re.compile(r"(\b\w\.){2,}$|\b\w{1,3}\.$")
_SENTENCE_END = re.compile(r"[.!?。！？؟۔]+[\"'”’»)\]]*(\s|$)")
_IMAGE_FILE = re.compile(
    r"^\S+\.(jpe?g|png|gif|webp|svg|avif)$|^(img|dsc|image|photo|picture)[\W_]*\d*$", re.IGNORECASE
)
LONGEST_TITLE = 500
"""Characters that an archive keeps of a title; a longer one is no title but text."""
_LONGEST = 160
_OPENING = 80
_MARKS = " \t\"'“”‘’«»#*_"


def split_headline(text: str) -> tuple[str | None, str]:
    """(headline, body) where the first line reads like a headline; (None, text) where it does not.

    A headline is short, does not end like a sentence, and stands apart: a blank line follows it, or a line at least
    twice its length.
    """
    first, _, rest = text.partition("\n")
    following = rest.lstrip("\n")
    if not following or not 6 <= len(first) <= _LONGEST or len(first.split()) > 25 or BYLINE.match(first):
        return None, text
    if _UNHEADLINELIKE_END.search(first) and not _ABBREVIATION_END.search(first):
        return None, text
    apart = rest.startswith("\n")
    if not apart:
        length = following.find("\n") if "\n" in following else len(following)
        if _ASKING_END.search(first) or length < max(80, 2 * len(first)):
            return None, text
    return first, following


def from_images(alts: Iterable[str]) -> str | None:
    """The first image description that says something, said once; file names and bare labels do not count."""
    for alt in alts:
        said = once(" ".join(alt.split()))
        if len(said.split()) >= 3 and not _IMAGE_FILE.match(said):
            return shorten(said, 200)
    return None


def opening(text: str) -> str:
    """The first words of the first full line: its first sentence, cut at a word to at most 80 characters."""
    head = text[: 20 * _OPENING].split("\n")
    line = next((line for line in head if len(line.split()) >= 6), head[0])
    end = next((found.start() for found in _SENTENCE_END.finditer(line) if found.start() >= 20), len(line))
    return shorten(line[:end].rstrip(" .。۔"), _OPENING) or shorten(line, _OPENING)


def shorten(text: str, limit: int) -> str:
    """`text` if it fits, else its first whole words and an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut.strip() else cut).rstrip(" ,;:—–-") + "…"


def once(text: str, *, least: int = 3) -> str:
    """`text` without its repetition: "A b c A b c" -> "A b c", where what is repeated has at least `least` words, figures not
    counted, and is not one or two words over and over."""
    words = text.split(" ")
    count = len(words)
    for period in range(least, count // 2 + 1):
        if count % period == 0 and words[:period] * (count // period) == words:
            said = [word for word in words[:period] if any(map(str.isalpha, word))]
            if len(said) >= least and len(set(said)) >= 3:
                return " ".join(words[:period])
    return text


def without_title(text: str, title: str) -> str:
    """`text` without the title where it stands once more as the first line. At least one line is left.

    `text` is normalised."""
    wanted = _key(title)
    start = 0
    while wanted:
        end = text.find("\n", start)  # by position: cutting the text at every line would take quadratic time
        if end < 0 or _key(text[start:end]) != wanted:
            break
        start = end + 1
        while text.startswith("\n", start):
            start += 1
    return text[start:]


def without_outlet(title: str, outlet: str) -> str:
    """`title` without the outlet's name in front of it or behind it; "" if it is nothing else: "Ferry sails - The Post"."""
    said = " ".join(title.split())
    name = re.escape(" ".join(outlet.split()))
    if not name:
        return said
    return re.sub(rf"^{name}(?:\s*[|»·]+\s+|$)|\s+[|«·–—-]+\s*{name}$", "", said, flags=re.IGNORECASE)


def _key(line: str) -> str:
    return " ".join(line.strip(_MARKS).casefold().split()) if len(line) <= LONGEST_TITLE else ""
