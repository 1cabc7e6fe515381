"""The lede above a passage: a question takes for known what an article tells in its first sentence and not again.

"What did the union get for calling off the strike?" is answered where the article tells of the deal; that it is about a
strike stands at the top.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.answer import Hit, Quote
from index.answering.caching import cached
from index.answering.context import Ref, ref
from index.answering.question import Question
from index.answering.rarity import Rarity, rarity_of, stems
from index.answering.words import names, stem
from index.article import Article
from index.passages import sentences

_HEAD = 1200
"""Characters of an article in which its first sentence is looked for."""
_LINES = 5
"""Sentences or lines at the head of an article of which the lede is the first that tells something."""
_FEWEST, _MOST = 5, 60
"""Words of a lede. Less is a dateline or a greeting; more is a list, or text without full stops."""
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
"""How a sentence ends; a byline, a photo's credit, "Updated 14:20" or a line of a list does not."""


def lede(text: str) -> tuple[int, int] | None:
    """The offsets (start, end) of the first sentence at the head of an article that tells something; None if there is none, or
    if it is too long."""
    head = text[:_HEAD]
    for start, end in _opening(head):
        words = len(head[start:end].split())
        if words >= _FEWEST and _ENDED.search(head[start:end]):
            return (start, end) if words <= _MOST else None
    return None


@cached(1024)
def _opening(head: str) -> list[tuple[int, int]]:
    return sentences(head)[:_LINES]


def ledes(
    question: str, hits: Sequence[Hit], parts: Sequence[tuple[int, int]], articles: Mapping[Ref, Article]
) -> list[Quote | None]:
    """For each hit its article's lede, if that says words of the question that neither the title nor the part to be read
    (start, end in the passage's text) has; None where it does not, or lies in that part itself, or would lend the passage a
    name beside others: of two hospitals in the lede the passage may tell of either."""
    if not hits:
        return []
    rarity = rarity_of(question, tuple(hit.passage.headed for hit in hits))
    return [
        _above(rarity, hit, part, articles.get(ref(hit.passage.citation)))
        for hit, part in zip(hits, parts, strict=True)
    ]


def _above(rarity: Rarity, hit: Hit, part: tuple[int, int], article: Article | None) -> Quote | None:
    passage, (start, end) = hit.passage, part
    first = passage.start + start
    if article is None or not first:
        return None
    here = stems(f"{passage.citation.title}\n{passage.text[start:end]}")

    def tells(text: str) -> bool:
        return rarity.missing(here | stems(text)) < rarity.missing(here)

    # Sentences are only cut where there is something to find: that takes far longer than looking for words.
    if not tells(article.text[: min(_HEAD, first)]) or not (place := lede(article.text)) or place[1] > first:
        return None
    text = article.text[slice(*place)]
    lends = rarity.missing_names(here | stems(text)) < rarity.missing_names(here)
    if not tells(text) or (lends and _names_others(rarity.question, text)):
        return None
    return Quote(passage.citation, *place, text)


def _names_others(question: Question, text: str) -> bool:
    """Whether a name stands there of which the question has no word."""
    asked = {stem(token) for name in question.names for token in name}
    return any(asked.isdisjoint(stem(word.text) for word in name) for name in names(text))
