"""What each span's evidence weighs when spans of all passages are chosen among."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.answering.support import Support

AGAINST = (
    "wrong_type", "rival_nearer", "other_names", "other_unit", "names_missing_passage", "names_missing_sentence",
    "numbers_missing", "echo", "opposed", "outdone", "other_time", "terms_missing_near", "terms_missing_sentence",
    "terms_missing_passage", "deed_missing",
)  # fmt: skip
"""The evidence of `Support` that counts, all of it against a span."""


def measured(reading: float, evidence: Support, *, rank: int, demoted: bool) -> dict[str, float]:
    """All that is weighed of one span: `reading`, the reader's margin; the `rank` (from 1) of its passage; `demoted`, whether
    the article itself takes the figure back; and the evidence against it.
    """
    against = {name: float(getattr(evidence, name)) for name in AGAINST}
    return {"reading": reading, "rank": 1 / rank, "demoted": float(demoted), **against}


@dataclass(frozen=True, slots=True)
class Choice:
    """Weights of what `measured` tells of a span. Fitted by `fit_choice.py`."""

    weights: Mapping[str, float]

    def score(self, span: Mapping[str, float]) -> float:
        """How much rather this span than another, as an exponent: a softmax over these scores is what spans weigh."""
        return sum(self.weights.get(name, 0.0) * value for name, value in span.items())
