"""Fits what evidence weighs when spans are chosen among, on questions with known answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.answering.calibration import Collected
from index.answering.candidates import gather
from index.answering.choice import Choice
from index.answering.context import Context, Ref
from index.answering.kinds import PROSE, QuestionKind
from index.answering.question import parse
from index.answering.rarity import Rarity
from index.article import Article
from index.quality import acceptable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PRIOR = {
    "reading": 0.5, "rank": 1.0, "demoted": -1.7, "wrong_type": -1.3, "rival_nearer": -1.3, "other_names": -1.0,
    "other_unit": -0.3, "names_missing_passage": -0.7, "names_missing_sentence": -0.2, "numbers_missing": -0.3, "echo": -0.7,
    "opposed": -0.3, "outdone": -2.7, "other_time": -0.5, "terms_missing_near": -0.7, "terms_missing_sentence": -0.5,
    "terms_missing_passage": -0.7, "deed_missing": -0.5,
}  # fmt: skip
"""What each is taken to weigh before anything is seen; it never weighs in the other direction."""
FEATURES = tuple(PRIOR)
STRENGTH = 2.0
"""How firmly (the inverse of the prior's variance)."""
_WHOLE = PROSE | {QuestionKind.LATEST, QuestionKind.COMPARISON}


@dataclass(frozen=True, slots=True)
class Choosing:
    """The spans of one question: `rows` float [spans, FEATURES], and which of them are right."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    counts: float


def choosing(found: Collected, articles: Mapping[Ref, Article], counts: float) -> Choosing | None:
    """The spans among which one had to be chosen; None where that can teach nothing (none is right, or all are)."""
    import numpy as np

    row = found.row
    if found.removed or not row.answers or not found.readings:
        return None
    texts = [h.passage.headed for h in found.hits]
    question = parse(row.question, texts)
    if question.kind in _WHOLE:
        return None
    context = Context(articles=articles)
    weighed = gather(question, found.hits, found.readings, Rarity(question, texts), context, Choice(PRIOR))
    right = np.array([acceptable(w.candidate.text, row.answers) for w in weighed], dtype=bool)
    if not right.any() or right.all():
        return None
    return Choosing(np.array([[w.measured[name] for name in FEATURES] for w in weighed]), right, counts)


def fit_choice(asked: Iterable[Choosing]) -> Choice:
    """The weights with which the right spans together get most of the softmax over all (marginal likelihood), under a
    normal prior around `PRIOR`."""
    import numpy as np
    from scipy.optimize import minimize

    examples: Sequence[Choosing] = list(asked)
    prior = np.array([PRIOR[name] for name in FEATURES])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        gap = w - prior
        value, slope = 0.5 * STRENGTH * float(gap @ gap), STRENGTH * gap
        for example in examples:
            scores = example.rows @ w
            weights = np.exp(scores - scores.max())
            of_right = weights * example.right
            value += example.counts * float(np.log(weights.sum()) - np.log(of_right.sum()))
            slope = slope + example.counts * (example.rows.T @ (weights / weights.sum() - of_right / of_right.sum()))
        return value, slope

    bounds = [(0.05, None) if p > 0 else (None, 0.0) for p in prior]
    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds)
    return Choice({name: round(float(weight), 4) for name, weight in zip(FEATURES, found.x, strict=True)})
