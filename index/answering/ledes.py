"""The lede above a passage: a question takes for known what an article tells in its first sentence and not again.

"What did the union get for calling off the strike?" is answered where the article tells of the deal; that it is about a
strike stands at the top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.answer import Hit
from index.answering.caching import cached
from index.answering.context import Ref, ref
from index.answering.rarity import Rarity, rarity_of, stems
from index.article import Article
from index.passages import sentences

_HEAD = 1200
"""Characters of an article in which its first sentence is looked for."""
_FEWEST, _MOST = 5, 60
"""Words of a lede. Less is a dateline or a headline; more is a list, or text without full stops."""


def lede(text: str) -> tuple[int, int] | None:
    """The offsets (start, end) of an article's first sentence, or of its second where the first is a line of few words;
    None if that is too long."""
    head = text[:_HEAD]
    for start, end in _opening(head):
        words = len(head[start:end].split())
        if words >= _FEWEST:
            whole = len(text) <= _HEAD or end < len(head.rstrip())
            return (start, end) if whole and words <= _MOST else None
    return None


@cached(1024)
def _opening(head: str) -> list[tuple[int, int]]:
    return sentences(head)[:2]


def ledes(
    question: str, hits: Sequence[Hit], parts: Sequence[tuple[int, int]], articles: Mapping[Ref, Article]
) -> list[tuple[int, int] | None]:
    """For each hit the offsets of its article's lede, if that says words of the question that neither the title nor the part
    to be read (start, end in the passage's text) has; None where it does not or lies in that part itself."""
    if not hits:
        return []
    rarity = rarity_of(question, tuple(hit.passage.headed for hit in hits))
    return [
        _above(rarity, hit, part, articles.get(ref(hit.passage.citation)))
        for hit, part in zip(hits, parts, strict=True)
    ]


def _above(rarity: Rarity, hit: Hit, part: tuple[int, int], article: Article | None) -> tuple[int, int] | None:
    passage, (start, end) = hit.passage, part
    first = passage.start + start
    if article is None or not first:
        return None
    here = stems(f"{passage.citation.title}\n{passage.text[start:end]}")

    def tells(text: str) -> bool:
        return rarity.missing(here | stems(text)) < rarity.missing(here)

    # Sentences are only cut where there is something to find: that takes far longer than looking for words.
    if tells(article.text[: min(_HEAD, first)]) and (place := lede(article.text)) and place[1] <= first:
        return place if tells(article.text[slice(*place)]) else None
    return None
