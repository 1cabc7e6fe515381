"""The full name of which a span gives the end: "Reed" where the article names Tom Reed."""

from __future__ import annotations

import re
from functools import lru_cache

from index.answering.dates import MONTHS, WEEKDAYS
from index.answering.naming import full_name, name_tokens
from index.answering.words import Word, fold, names, opens_sentence, word_set, words

LOOKED_AT = 20_000
"""Characters of an article; more need not be handed in, as what is handed in is remembered."""
_CAPITALS_BEFORE = re.compile(r"(?:(?<!\w)[^\W\d_a-z][\w'’\-]*[ \u00a0]){1,3}$")
_FIRST_OF_SENTENCE = word_set(
    "near outside inside across around within without beyond behind beside besides along alongside among against like unlike "
    "instead then thus therefore indeed soon perhaps maybe even neither whether unless because though whereas finally "
    "eventually recently suddenly reportedly police former fellow following nearby neighbouring neighboring except via"
)
"""Words in front of a name that have a capital only where a sentence begins."""
_INSIDE = re.compile(r"[\w,’'] $")


@lru_cache(maxsize=512)
def completed(name: str, article: str) -> str:
    """The full name without titles of which `name` is the end, if the article uses just one; else "". Looks at
    `LOOKED_AT` characters.
    """
    if len(name) > 40 or not name_tokens(name) or name.isupper() or name[0].islower():
        return ""
    spelled, at = [], article.find(name, 0, LOOKED_AT)
    while at >= 0:
        lead = _CAPITALS_BEFORE.search(article[max(0, at - 60) : at])
        whole_word = not article[at + len(name) : at + len(name) + 1].isalnum()
        if lead and whole_word:
            spelled.append(_first_names(article, at - len(lead.group()), at, name) + name)
        at = article.find(name, at + 1, LOOKED_AT)
    by_tokens = {t: s for s in spelled if s != name and (t := name_tokens(s))}
    full = full_name(name, tuple(by_tokens))
    return by_tokens[full] if full else ""


def _first_names(article: str, start: int, end: int, name: str) -> str:
    """The end of the capitalised words `article[start:end]` that belongs to the name behind them: no day, no title in front,
    no word whose capital comes from the beginning of its sentence ("But Varmeko", "On Monday Reed", "In Aville").
    """
    kept: list[Word] = []
    for word in reversed(words(article[start:end])):
        at, token = start + word.start, fold(word.text)
        # "the mayor, Will Reed": inside a sentence a common word with a capital is a name.
        inside = token not in WEEKDAYS and token not in MONTHS and _INSIDE.search(article, max(0, at - 2), at)
        if not names(word.text) and not inside:
            break
        if token in _FIRST_OF_SENTENCE and opens_sentence(article, at):
            break
        kept.insert(0, word)
    parts = [article[start + word.start : end] for word in kept]
    while parts and name_tokens(parts[0] + name) == name_tokens("".join(parts[1:2]) + name):  # a title
        parts.pop(0)
    return parts[0] if parts else ""
