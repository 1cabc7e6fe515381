"""What is worth reading of each passage: the best ranked whole, of the others the sentences most like an answer."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer import Hit
from index.answering.rarity import Rarity, rarity_of
from index.answering.sentences import sentence_score, sentence_texts

WHOLE = 3
"""Passages, the best ranked, that are read whole."""
WORDS = 60
"""Words of an excerpt, unless its best sentence alone has more. See the README for what `WHOLE` and `WORDS` cost and save."""
_BEFORE = 0.05
"""How much rather the sentence before is taken than the one behind: it tells what "they" and "there" mean."""


def excerpts(question: str, hits: Sequence[Hit], *, whole: int = WHOLE) -> list[tuple[int, int]]:
    """The offsets (start, end) in each passage's text of what to read of it: whole sentences in a row.

    An excerpt grows from the sentence with the best score, each time by the better one of its neighbours, as long as
    `WORDS` allow. The first `whole` passages are read from end to end.
    """
    parts = [(0, len(hit.passage.text)) for hit in hits]
    if len(hits) > whole:
        rarity = rarity_of(question, tuple(hit.passage.headed for hit in hits))
        parts[whole:] = [_excerpt(rarity, hit) for hit in hits[whole:]]
    return parts


def _excerpt(rarity: Rarity, hit: Hit) -> tuple[int, int]:
    sentences = sentence_texts(hit)
    if not sentences:
        return 0, len(hit.passage.text)
    scores = [max(0.0, sentence_score(rarity, hit, text)) for *_, text in sentences]
    lengths = [len(text.split()) for *_, text in sentences]
    first = last = max(range(len(sentences)), key=lambda i: (scores[i], -i))
    while True:
        room = WORDS - sum(lengths[first : last + 1])
        beside = [
            (scores[i] + (_BEFORE if i < first else 0.0), i)
            for i in (first - 1, last + 1)
            if 0 <= i < len(sentences) and lengths[i] <= room
        ]
        if not beside:
            return sentences[first][0] - hit.passage.start, sentences[last][1] - hit.passage.start
        grown = max(beside)[1]
        first, last = min(first, grown), max(last, grown)
