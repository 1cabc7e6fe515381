"""How likely an answer is right: a logistic model over readable features, and the promises made with it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from index.answering.choice import Choice

PROMISES: Final[Mapping[str, float]] = {"strict": 0.05, "balanced": 0.10, "generous": 0.20}
"""Share of wrong answers, among those given, that each promise allows where a reader reads (twice that without)."""
ANY: Final = "any"
"""No promise: every answer is given, however doubtful. For measuring only."""
SHIPPED: Final = Path(__file__).parent / "confidence.json"
Source = Literal["spans", "sentences"]
"""Where the answer comes from: the reader's spans, or, without a reader, the words of the question alone."""


@dataclass(frozen=True, slots=True)
class Model:
    """Logistic regression: coefficients on features as they are, and the threshold on the probability for each promise."""

    intercept: float
    coefficients: Mapping[str, float]
    thresholds: Mapping[str, float]

    def predict(self, features: Mapping[str, float]) -> float:
        """The probability, 0 to 1, that the answer with these features is right. A feature that is absent counts 0."""
        z = self.intercept + sum(c * features.get(name, 0.0) for name, c in self.coefficients.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))

    def threshold(self, promise: str) -> float:
        """The least probability with which an answer is given. Raises ValueError for an unknown promise."""
        if promise == ANY:
            return 0.0
        if promise not in PROMISES:
            raise ValueError(f"promise must be one of {', '.join(PROMISES)}, not {promise!r}")
        return self.thresholds[promise]


class Confidence:
    """What a `confidence.json` holds: how spans are chosen among, and a model for each source of answers."""

    def __init__(self, models: Mapping[str, Model], choice: Choice) -> None:
        self.models, self.choice = models, choice

    @staticmethod
    def load(path: Path = SHIPPED) -> Confidence:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Confidence(
            {
                source: Model(m["intercept"], m["coefficients"], m["thresholds"])
                for source, m in stored["models"].items()
            },
            Choice(stored["choice"]),
        )

    def predict(self, features: Mapping[str, float], source: Source = "spans") -> float:
        return self.models[source].predict(features)

    def threshold(self, promise: str, source: Source = "spans") -> float:
        return self.models[source].threshold(promise)


@cache
def shipped() -> Confidence:
    """The model that comes with the package, read once."""
    return Confidence.load()
