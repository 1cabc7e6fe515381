"""An example's passage with less in it: without the answer's sentence, or no more than the sentences around it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise

from index.reader.examples import Example, Gold
from index.reader.scoring import normalise

SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
"""What stands between two sentences."""
_WORDS = 60
"""Of an excerpt, unless its first sentence alone has more: what the archive reads of most passages (`answering/excerpts.py`)."""
_WORD = re.compile(r"\w{3,}")


def moved(example: Example, context: str, by: int) -> Example:
    """The example on another context, in which its answers stand `by` characters further on."""
    return replace(
        example, context=context, answers=tuple(Gold(gold.text, gold.start + by) for gold in example.answers)
    )


def without_answer(example: Example) -> Example | None:
    """The example without the sentences that hold an answer, or None where too little would be left."""
    sentences = _sentences(example.context)
    kept = [
        example.context[start:end]
        for start, end in sentences
        if not any(start < gold.start + len(gold.text) and gold.start < end for gold in example.answers)
    ]
    context = "".join(kept).strip()
    left = f" {normalise(context)} "
    if len(kept) < 2 or any(f" {normalise(gold.text)} " in left for gold in example.answers):
        return None
    return replace(example, context=context, answers=())


def excerpt(example: Example, draw: random.Random) -> Example:
    """The example on sentences in a row that hold all its answers, or else one most like the question: at most 60 words,
    grown to either side by chance."""
    sentences = _sentences(example.context)
    lengths = [len(example.context[start:end].split()) for start, end in sentences]
    if example.answers:
        begin = min(gold.start for gold in example.answers)
        end = max(gold.start + len(gold.text) for gold in example.answers)
        first = max(i for i, (start, _) in enumerate(sentences) if start <= begin)
        last = min(i for i, (_, stop) in enumerate(sentences) if stop >= end)
    else:
        asked = _terms(example.question)
        first = last = max(
            range(len(sentences)), key=lambda i: (len(asked & _terms(example.context[slice(*sentences[i])])), -i)
        )
    while beside := _fitting(lengths, first, last):
        grown = draw.choice(beside)
        first, last = min(first, grown), max(last, grown)
    start = sentences[first][0]
    return moved(example, example.context[start : sentences[last][1]].rstrip(), -start)


def _fitting(lengths: list[int], first: int, last: int) -> list[int]:
    """The neighbours that an excerpt has room for."""
    room = _WORDS - sum(lengths[first : last + 1])
    return [i for i in (first - 1, last + 1) if 0 <= i < len(lengths) and lengths[i] <= room]


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where each begins and the next one does."""
    return list(pairwise([0, *(found.end() for found in SENTENCE.finditer(text)), len(text)]))


def _terms(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
