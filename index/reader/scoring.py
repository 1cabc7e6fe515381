"""How well a reader reads: exact match and token F1 of SQuAD (Rajpurkar et al. 2016), and what it does without an answer."""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.reader import Reader
from index.reader.examples import Example

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(answer: str) -> str:
    """Lower case, without punctuation, articles and surplus blanks: SQuAD's own comparison."""
    return " ".join(_ARTICLES.sub(" ", answer.lower().translate(_PUNCTUATION)).split())


def exact(answer: str, accepted: Iterable[str]) -> float:
    """1.0 if the answer equals an accepted one after normalisation, else 0.0."""
    return float(normalise(answer) in {normalise(text) for text in accepted})


def token_f1(answer: str, gold: str) -> float:
    """Harmonic mean of precision and recall over the words of the two, in [0, 1]."""
    ours, theirs = normalise(answer).split(), normalise(gold).split()
    if not ours or not theirs:
        return float(ours == theirs)
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs))


def f1(answer: str, accepted: Iterable[str]) -> float:
    """The best token F1 over the accepted answers."""
    return max((token_f1(answer, gold) for gold in accepted), default=0.0)


@dataclass(frozen=True, slots=True)
class Score:
    """Means over the questions, each in [0, 1]; of answerable ones the best span counts, however sure the reader is.

    `separation` is the area under the ROC curve of the margin: how often an answerable question's best margin is above
    that of an unanswerable one. `by_source` holds (F1, EM, questions) for each source of the file.
    """

    f1: float
    exact: float
    separation: float
    answerable: int
    unanswerable: int
    by_source: dict[str, tuple[float, float, int]]

    def __str__(self) -> str:
        head = f"F1 {self.f1:.4f}  EM {self.exact:.4f}  on {self.answerable} answerable questions"
        if self.unanswerable:
            head += f"; AUC against {self.unanswerable} unanswerable ones {self.separation:.4f}"
        return head


def score(reader: Reader, examples: Sequence[Example]) -> Score:
    """Read every example's own passage and compare."""
    marks: dict[str, list[tuple[float, float]]] = defaultdict(list)
    margins: list[float] = []
    for example in examples:
        (readings,) = reader.read(example.question, [example.context], [example.title], spans=1)
        margins.append(readings[0].score if readings else float("-inf"))
        if example.answers:
            text = example.context[readings[0].start : readings[0].end] if readings else ""
            accepted = [answer.text for answer in example.answers]
            marks[example.source].append((f1(text, accepted), exact(text, accepted)))
    every = [mark for rows in marks.values() for mark in rows]
    seen = [margin for margin, example in zip(margins, examples, strict=True) if example.answers]
    unseen = [margin for margin, example in zip(margins, examples, strict=True) if not example.answers]
    return Score(
        f1=_mean(mark[0] for mark in every),
        exact=_mean(mark[1] for mark in every),
        separation=_above(seen, unseen),
        answerable=len(seen),
        unanswerable=len(unseen),
        by_source={
            source: (_mean(mark[0] for mark in rows), _mean(mark[1] for mark in rows), len(rows))
            for source, rows in sorted(marks.items())
        },
    )


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0


def _above(high: Sequence[float], low: Sequence[float]) -> float:
    """Area under the ROC curve by ranks (Mann-Whitney); 0.5 where one side is empty."""
    if not high or not low:
        return 0.5
    from bisect import bisect_left, bisect_right

    ordered = sorted(low)
    wins = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in high)
    return wins / (2 * len(high) * len(low))
