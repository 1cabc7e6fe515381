"""How far answers can be trusted: risk against coverage, calibration, and whether the promises are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.answer import Answer, Kind
from index.answering.confidence import ANY, PROMISES
from index.answering.joining import other_borders
from index.answering.values import equal, value_of
from index.evaluation import KnownQuestion, normalised

LEVEL = 0.95
"""Of the intervals reported."""
BINS = 10
ENOUGH = 100
"""Fewer questions than this can show a failure, but promise nothing."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer, given or held back: how sure the archive was, the least it needed, and whether it would be right."""

    confidence: float
    right: bool
    given: bool = True
    """False where nothing could have been answered at all (no article, no word in common)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a promise fares: `wrong` of the `answered` among `questions`; `low` and `high` bound the share of wrong ones."""

    promise: str
    allowed: float
    threshold: float
    questions: int
    answered: int
    wrong: int
    low: float
    high: float

    @property
    def risk(self) -> float | None:
        return self.wrong / self.answered if self.answered else None

    @property
    def coverage(self) -> float:
        return self.answered / self.questions if self.questions else 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """`curve` holds (coverage, risk) as the threshold falls; `bins` (mean confidence, share right, number)."""

    questions: int
    promises: tuple[Kept, ...]
    ece: float
    curve: tuple[tuple[float, float], ...]
    bins: tuple[tuple[float, float, int], ...]

    @property
    def enough(self) -> bool:
        return self.questions >= ENOUGH

    def as_dict(self) -> dict[str, object]:
        """For JSON, rounded to four places."""
        return {
            "questions": self.questions,
            "enough": self.enough,
            "ece": round(self.ece, 4),
            "promises": {
                k.promise: {
                    "allowed": k.allowed,
                    "threshold": round(k.threshold, 4),
                    "answered": k.answered,
                    "coverage": round(k.coverage, 4),
                    "wrong": k.wrong,
                    "risk": None if k.risk is None else round(k.risk, 4),
                    "interval": [round(k.low, 4), round(k.high, 4)],
                }
                for k in self.promises
            },
            "curve": [[round(c, 4), round(r, 4)] for c, r in self.curve],
            "bins": [[round(c, 4), round(r, 4), n] for c, r, n in self.bins],
        }

    def lines(self) -> list[str]:
        """The report for a terminal."""
        found = [f"{self.questions} questions, expected calibration error {self.ece:.3f}"]
        for k in self.promises:
            risk = "-" if k.risk is None else f"{k.risk:.3f}"
            found.append(
                f"{k.promise:9} wrong {k.wrong} of {k.answered} answered = {risk} "
                f"({LEVEL:.0%} interval {k.low:.3f} to {k.high:.3f}; promised {k.allowed:.2f}), coverage {k.coverage:.3f}"
            )
        if not self.enough:
            found.append(
                f"Too few questions to promise anything: at least {ENOUGH} are needed, better several hundred."
            )
        return found


def acceptable(given: str, accepted: Iterable[str]) -> bool:
    """Whether a person would call `given` right: the same value, the same words, or one within the other.

    Containment counts at word borders, if the shorter has a third of the longer's words and no figure is missing or added:
    "up to 10,000" is "10,000", but "1,650 troops" is not "troops". Exact match alone would call both forms wrong.
    """
    return any(_acceptable(given, a) for a in accepted)


def _acceptable(given: str, accepted: str) -> bool:
    ours, theirs = tuple(normalised(given).split()), tuple(normalised(accepted).split())
    if ours == theirs:
        return bool(ours)
    a, b = value_of(given), value_of(accepted)
    if a and b and equal(a, b):
        return True
    return other_borders(ours, theirs)


def judged(question: KnownQuestion, answer: Answer) -> Judged:
    """What an answer asked for with promise "any" is worth. A sentence is right if it holds an accepted answer, a
    comparison if the side put first is accepted."""
    if answer.best is None:
        return Judged(answer.confidence or 0.0, False, given=False)
    if answer.kind is Kind.COMPARISON:
        return Judged(answer.confidence or 0.0, acceptable(f"{answer.best.label}", question.answers))
    if answer.kind is Kind.SPAN:
        right = acceptable(answer.best.text, question.answers)
    else:
        texts = [f" {normalised(f.text)} " for f in answer.findings]
        right = any(f" {normalised(a)} " in t for t in texts for a in question.answers)
    return Judged(answer.confidence if answer.confidence is not None else 1.0, right)


def measure(
    questions: Iterable[KnownQuestion], ask: Callable[[KnownQuestion, str], Answer], thresholds: dict[str, float]
) -> Quality:
    """Asks every question once, with promise "any", and judges at each promise's threshold. `ask` takes question, promise."""
    return assess([judged(q, ask(q, ANY)) for q in questions], thresholds)


def assess(answers: Sequence[Judged], thresholds: dict[str, float]) -> Quality:
    """The numbers for these answers; an answer is given if its confidence reaches the threshold."""
    kept = []
    for promise, allowed in PROMISES.items():
        chosen = [a for a in answers if a.given and a.confidence >= thresholds[promise]]
        wrong = sum(not a.right for a in chosen)
        low, high = interval(wrong, len(chosen))
        kept.append(Kept(promise, allowed, thresholds[promise], len(answers), len(chosen), wrong, low, high))
    return Quality(len(answers), tuple(kept), ece(answers), risk_coverage(answers), reliability(answers))


def interval(wrong: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval of Clopper and Pearson 1934 for a share; (0, 1) where nothing was observed."""
    if n == 0:
        return 0.0, 1.0
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = float(beta.ppf(tail, wrong, n - wrong + 1)) if wrong else 0.0
    high = float(beta.ppf(1 - tail, wrong + 1, n - wrong)) if wrong < n else 1.0
    return low, high


def risk_coverage(answers: Sequence[Judged]) -> tuple[tuple[float, float], ...]:
    """(coverage, share of wrong answers) after each answer, surest first; equal confidences enter together.

    El-Yaniv and Wiener, "On the foundations of noise-free selective classification", 2010.
    """
    ordered = sorted((a for a in answers if a.given), key=lambda a: -a.confidence)
    curve, wrong = [], 0
    for i, a in enumerate(ordered, 1):
        wrong += not a.right
        if i == len(ordered) or ordered[i].confidence < a.confidence:
            curve.append((i / len(answers), wrong / i))
    return tuple(curve)


def reliability(answers: Sequence[Judged], bins: int = BINS) -> tuple[tuple[float, float, int], ...]:
    """(mean confidence, share right, number) in each bin of equal width that is not empty."""
    filled: dict[int, list[Judged]] = {}
    for a in answers:
        if a.given:
            filled.setdefault(min(int(a.confidence * bins), bins - 1), []).append(a)
    return tuple(
        (sum(a.confidence for a in b) / len(b), sum(a.right for a in b) / len(b), len(b))
        for _, b in sorted(filled.items())
    )


def ece(answers: Sequence[Judged], bins: int = BINS) -> float:
    """Expected calibration error: mean gap between confidence and share right (Guo et al. 2017, equation 3)."""
    found = reliability(answers, bins)
    n = sum(count for *_, count in found)
    return sum(count * abs(sure - right) for sure, right, count in found) / n if n else 0.0


def plot(quality: Quality, path: Path) -> None:
    """Risk against coverage beside the reliability diagram, as PNG or SVG by the file's ending."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4.2), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    if quality.curve:
        left.plot(*zip(*quality.curve, strict=True), color="#2b6cb0")
    for k in quality.promises:
        left.axhline(k.allowed, color="#a0aec0", linewidth=0.8)
        if k.risk is not None:
            spread = [[k.risk - k.low], [k.high - k.risk]]
            left.errorbar(k.coverage, k.risk, yerr=spread, fmt="o", capsize=3, label=f"{k.promise} ({k.allowed:.0%})")
    left.set(
        xlabel="coverage: share of the questions answered",
        ylabel="risk: share of wrong answers",
        ylim=(0, None),
        xlim=(0, 1),
    )
    left.set_title(f"{quality.questions} questions")
    if any(k.answered for k in quality.promises):
        left.legend(frameon=False)
    right.plot([0, 1], [0, 1], color="#a0aec0", linewidth=0.8)
    if quality.bins:
        sure, share, counts = zip(*quality.bins, strict=True)
        right.bar(sure, share, width=0.08, color="#2b6cb0", alpha=0.6)
        for x, y, n in zip(sure, share, counts, strict=True):
            right.annotate(str(n), (x, y), ha="center", va="bottom", fontsize=8)
    right.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1.05))
    right.set_title(f"expected calibration error {quality.ece:.3f}")
    figure.savefig(path, dpi=130)
