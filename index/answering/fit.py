"""Fits the confidence: `python -m index.answering.fit --data FILE [--reader FOLDER]`.

Logistic regression on one half of the documents, thresholds for the promises from predictions made for documents the
model did not see, everything reported on the other half.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.answering.calibration import Example, articles_of, collect, example, known, read_rows, sampled
from index.answering.confidence import PROMISES, SHIPPED, Model, Source
from index.errors import NutgrafError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PENALTY = 1.0
"""C of scikit-learn's L2 penalty, on features as they are; chosen by cross-validated log loss among .1, .3, 1, 3, 10."""
DELTA = 0.1
"""Chance that a threshold breaks its promise on questions like those it was fitted on."""
FOLDS = 9
NEVER = 1.01
"""A threshold no confidence reaches."""


def fit(examples: Sequence[Example]) -> tuple[Model, list[float]]:
    """The model, and for each example the prediction of a model that has not seen its document."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    names = sorted({name for e in examples for name in e.features})
    rows = np.array([[e.features.get(n, 0.0) for n in names] for e in examples])
    right = np.array([e.right for e in examples])
    groups = [e.document for e in examples]
    unseen = np.zeros(len(examples))
    for train, test in GroupKFold(min(FOLDS, len(set(groups)))).split(rows, right, groups):
        unseen[test] = _regression(LogisticRegression, rows[train], right[train]).predict_proba(rows[test])[:, 1]
    whole = _regression(LogisticRegression, rows, right)
    coefficients = {n: round(float(c), 4) for n, c in zip(names, whole.coef_[0], strict=True)}
    thresholds = {promise: threshold(unseen.tolist(), right.tolist(), allowed) for promise, allowed in PROMISES.items()}
    return Model(round(float(whole.intercept_[0]), 4), coefficients, thresholds), unseen.tolist()


def _regression(kind: Any, rows: NDArray[np.float64], right: NDArray[np.bool_]) -> Any:
    return kind(C=PENALTY, max_iter=2000).fit(rows, right)


def threshold(confidences: Sequence[float], right: Sequence[bool], allowed: float, delta: float = DELTA) -> float:
    """The lowest confidence from which on at most `allowed` of the answers are wrong, with probability 1 - `delta`.

    Fixed-sequence testing of "Learn then Test" (Angelopoulos et al. 2021, arXiv:2110.01052): from the strictest threshold
    down, each tested by the exact binomial bound of Clopper and Pearson, up to the first that fails. The sequence starts
    where enough answers are given that the bound can be met with one wrong answer in twice as many as allowed, and takes
    steps of 2 % of the answers. `NEVER` where not even the first holds.
    """
    from scipy.stats import binom

    ordered = sorted(zip(confidences, right, strict=True), reverse=True)
    step = max(1, len(ordered) // 50)
    chosen = NEVER
    for n in range(step, len(ordered) + 1, step):
        wrong = sum(not r for _, r in ordered[:n])
        if binom.cdf(int(allowed / 2 * n), n, allowed) > delta:
            continue  # too few answers for any verdict
        if binom.cdf(wrong, n, allowed) > delta:
            break
        chosen = ordered[n - 1][0]
    return round(chosen, 4)


def main(
    data: Annotated[list[Path], typer.Option(help="Calibration files: JSONL, also packed with gzip.")],
    reader: Annotated[Path | None, typer.Option(help="Folder of the reader; without it the shipped one.")] = None,
    out: Annotated[Path, typer.Option(help="Where to write the coefficients.")] = SHIPPED,
    limit: Annotated[int | None, typer.Option(help="At most so many questions of each half.")] = None,
    only: Annotated[str, typer.Option(help="Which models to fit: both, spans or sentences.")] = "both",
    report: Annotated[Path | None, typer.Option(help="Write the numbers of the other half to this JSON file.")] = None,
) -> None:
    """Fit the confidence on the even half of the documents and report on the odd half."""
    try:
        numbers = run(data, reader, out, limit, only)
    except NutgrafError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(json.dumps(numbers, indent=2))
    if report:
        report.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


def run(data: Sequence[Path], folder: Path | None, out: Path, limit: int | None, only: str) -> dict[str, object]:
    """Everything the command does; the numbers of the other half, by source."""
    from index.archive import Archive
    from index.quality import Judged, assess
    from index.reader import load_reader

    rows = [row for path in data for row in read_rows(path)]
    articles = articles_of(rows)
    by_reference = known(articles)
    numbers: dict[str, object] = {}
    stored = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {"models": {}}
    sources: list[Source] = ["spans", "sentences"] if only == "both" else ["spans" if only == "spans" else "sentences"]
    with tempfile.TemporaryDirectory() as temporary, Archive(Path(temporary), reader=None) as archive:
        archive.add(articles)
        for source in sources:
            reader = load_reader(folder) if source == "spans" else None
            halves: dict[str, list[Example]] = {}
            for half in ("fit", "report"):
                questions = sampled([r for r in rows if r.half == half], limit)
                halves[half] = []
                for done, found in enumerate(collect(archive, reader, questions), 1):
                    given = example(found, *by_reference)
                    if given is not None and given.source == source:
                        halves[half].append(given)
                    if done % 200 == 0:
                        typer.echo(f"{source}, {half}: {done} of {len(questions)} questions", err=True)
            model, _ = fit(halves["fit"])
            stored["models"][source] = asdict(model)
            unseen = [e for e in halves["report"] if not e.removed]
            verdicts = [Judged(model.predict(e.features), e.right) for e in unseen]
            numbers[source] = assess(verdicts, dict(model.thresholds)).as_dict()
    stored["fitted_on"] = {
        "files": [p.name for p in data],
        "half": "even",
        "limit": limit,
        "penalty": PENALTY,
        "delta": DELTA,
    }
    out.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    return numbers


if __name__ == "__main__":
    typer.run(main)
