"""Fits the confidence: `python -m index.answering.fit --data FILE --articles FILE --questions FILE --held-out FILE`.

Logistic regression on one half of the documents and on questions on news, thresholds for the promises from predictions
made for documents the model did not see, everything reported on the other half and on the news questions held out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.answering.calibration import (
    Example,
    articles_of,
    collect,
    example,
    known,
    read_news,
    read_rows,
    sampled,
    sampled_news,
)
from index.answering.choice import Choice
from index.answering.confidence import PROMISES, SHIPPED, Model, Source
from index.answering.fit_choice import choosing, fit_choice
from index.article import Article
from index.errors import NutgrafError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PRIOR = {
    "margin": 1.0, "margin_lead": 0.5, "weight": 0.5, "weight_lead": 0.5, "stories": 0.3, "passages": 0.2, "rank": 0.5,
    "likeness": 0.5, "likeness_lead": 0.5, "topic_lead": 0.5, "score": 1.0, "score_lead": 0.5, "names_missing_sentence": -0.5,
    "terms_missing_sentence": -0.5, "terms_missing_passage": -0.5, "terms_missing_near": -0.5, "echo": -1.0, "opposed": -1.0,
    "deed_missing": -0.5,
}  # fmt: skip
"""What each piece of evidence is taken to weigh before anything is seen. It never weighs in the other direction."""
FIRM = {
    "names_missing_passage": -2.0, "names_missing_article": -2.5, "figure_without_name": -1.0, "figure_off_topic": -2.0,
    "numbers_missing": -3.0, "wrong_type": -4.0, "other_unit": -2.0, "other_names": -3.0, "rival_nearer": -4.0,
    "outdone": -3.0, "tops": 2.0, "other_time": -2.0,
    "asks_figure": 0.0, "asks_person": 0.0, "asks_time": 0.0, "asks_place": 0.0, "asks_prose": 0.0,
}  # fmt: skip
"""Evidence that news turns on, and an encyclopedia, with one place and one figure for each fact, hardly shows: the wrong city,
year, unit or person. What we know of it is held to firmly, and a kind of question is no excuse."""
NEWS_WEIGHT, MISLEADING_WEIGHT = 2.5, 2.0
"""What a question on news, in good faith or written to mislead, counts beside one on an encyclopedia, of which there are many
more."""
SPREAD, FIRM_SPREAD = 1.0, 0.12
"""Standard deviations of the normal priors around `PRIOR` (0 for features in neither) and around `FIRM`."""
DELTA = 0.1
"""Chance that a threshold breaks its promise on questions like those it was fitted on."""
FOLDS = 9
NEVER = 1.01
"""A threshold no confidence reaches, for want of any example."""
START = {"strict": 0.1, "balanced": 0.2, "generous": 0.3}
"""The share of the questions whose answers the search for each promise's threshold begins with."""


LENIENCY: dict[Source, float] = {"spans": 1.0, "sentences": 2.0}
"""Without a reader whole sentences are shown as what is nearest, and so many times as many may miss the point."""


def fit(examples: Sequence[Example], leniency: float = 1.0) -> tuple[Model, list[float]]:
    """The model, and for each example the prediction of a model that has not seen its document."""
    import numpy as np

    names = sorted({name for e in examples for name in e.features})
    rows = np.array([[e.features.get(n, 0.0) for n in names] for e in examples])
    right = np.array([e.right for e in examples], dtype=float)
    folds = {d: i % FOLDS for i, d in enumerate(sorted({e.document for e in examples}))}
    fold = np.array([folds[e.document] for e in examples])
    counts = np.array([(NEWS_WEIGHT if e.in_good_faith else MISLEADING_WEIGHT) if e.news else 1.0 for e in examples])
    logits = np.zeros(len(examples))
    for held_out in set(folds.values()):
        train, test = fold != held_out, fold == held_out
        intercept, weights = _regression(names, rows[train], right[train], counts[train])
        logits[test] = intercept + rows[test] @ weights
    intercept, weights = _regression(names, rows, right, counts)
    # Promises are made for questions asked in good faith; those written to mislead only teach.
    honest = [i for i, e in enumerate(examples) if e.in_good_faith]
    slope, shift = _scaling(logits[honest], right[honest], counts[honest])
    # Of evidence that no example shows, they say nothing.
    intercept, weights = slope * intercept + shift, np.where(rows.any(axis=0), slope, 1.0) * weights
    unseen = 1 / (1 + np.exp(-(slope * logits + shift)))
    coefficients = {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
    sure, known_right = [float(unseen[i]) for i in honest], [examples[i].right for i in honest]
    thresholds = {p: threshold(sure, known_right, leniency * allowed, START[p]) for p, allowed in PROMISES.items()}
    return Model(round(intercept, 4), coefficients, thresholds), unseen.tolist()


def _regression(
    names: Sequence[str], rows: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Logistic regression: the most probable intercept and weights under the normal prior, each on its side of zero."""
    import numpy as np
    from scipy.optimize import minimize

    expected = PRIOR | FIRM
    prior = np.array([0.0] + [expected.get(n, 0.0) for n in names])
    spread = np.array([1.0] + [FIRM_SPREAD if n in FIRM else SPREAD for n in names])
    with_one = np.hstack([np.ones((len(rows), 1)), rows])
    sign = 2 * right - 1
    free = np.array([False] + [True] * len(names))

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = sign * (with_one @ w)
        gap = np.where(free, w - prior, 0.0) / spread
        slope = -sign * counts / (1 + np.exp(np.clip(z, -50, 50)))
        return float(counts @ np.logaddexp(0, -z) + 0.5 * gap @ gap), with_one.T @ slope + gap / spread

    bounds = [(None, None)] + [(None, 0) if p < 0 else (0, None) if p > 0 else (None, None) for p in prior[1:]]
    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), found.x[1:]


def _scaling(
    logits: NDArray[np.float64], right: NDArray[np.float64], counts: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and shift of the logits that make them most probable (Platt 1999, "Probabilistic outputs for support vector
    machines"): what the priors and the misleading questions took from the confidence in all answers alike is given back."""
    import numpy as np
    from scipy.optimize import minimize

    sign = 2 * right - 1

    def loss(line: NDArray[np.float64]) -> float:
        return float(
            counts @ np.logaddexp(0, -sign * (line[0] * logits + line[1])) + 0.5 * ((line - (1, 0)) ** 2).sum()
        )

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0.1, 10), (-10, 10)]).x
    return float(slope), float(shift)


def threshold(
    confidences: Sequence[float], right: Sequence[bool], allowed: float, start: float = 0.1, delta: float = DELTA
) -> float:
    """The lowest confidence from which on at most `allowed` of the answers are wrong, with probability 1 - `delta`.

    Fixed-sequence testing of "Learn then Test" (Angelopoulos et al. 2021, arXiv:2110.01052): thresholds that answer ever more
    questions, in steps of 1 %, each tested by the exact binomial bound of Clopper and Pearson, up to the first that fails.
    The sequence begins with the surest `start` of the questions; where even they fail, the threshold stays there, as the
    fewest mistakes that can be had, and the report shows how many those are.
    """
    from scipy.stats import binom

    ordered = sorted(zip(confidences, right, strict=True), reverse=True)
    if not ordered:
        return NEVER
    n = max(1, round(start * len(ordered)))
    chosen = ordered[n - 1][0]
    while n <= len(ordered) and binom.cdf(sum(not r for _, r in ordered[:n]), n, allowed) <= delta:
        chosen = ordered[n - 1][0]
        n += max(1, len(ordered) // 100)
    return round(chosen, 4)


def main(
    data: Annotated[list[Path], typer.Option(help="Calibration files: JSONL, also packed with gzip.")],
    articles: Annotated[
        Path | None, typer.Option(help="Articles of the news questions: what `index add` takes.")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(help="Questions on them to fit on, as `index evaluate` takes.")
    ] = None,
    held_out: Annotated[Path | None, typer.Option(help="Other questions on them, to report on.")] = None,
    reader: Annotated[Path | None, typer.Option(help="Folder of the reader; without it the shipped one.")] = None,
    out: Annotated[Path, typer.Option(help="Where to write the coefficients.")] = SHIPPED,
    limit: Annotated[int | None, typer.Option(help="At most so many questions of each half.")] = None,
    only: Annotated[str, typer.Option(help="Which models to fit: both, spans or sentences.")] = "both",
    report: Annotated[Path | None, typer.Option(help="Write the numbers of the other half to this JSON file.")] = None,
) -> None:
    """Fit the confidence on the even half of the documents and report on the odd half."""
    if len({articles is None, questions is None, held_out is None}) > 1:
        raise typer.BadParameter("--articles, --questions and --held-out go together: give all three or none.")
    news = News(articles, questions, held_out) if articles and questions and held_out else None
    try:
        numbers = run(data, news, reader, out, limit, only)
    except NutgrafError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(json.dumps(numbers, indent=2))
    if report:
        report.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class News:
    """Files: articles, questions on them to fit on, and others to report on."""

    articles: Path
    fit: Path
    report: Path


def run(
    data: Sequence[Path], news: News | None, folder: Path | None, out: Path, limit: int | None, only: str
) -> dict[str, object]:
    """Everything the command does; the numbers of what was not fitted on, by source and kind of text."""
    from index.archive import Archive
    from index.quality import Judged, assess
    from index.reader import load_reader
    from index.sources import read as read_articles

    rows = [row for path in data for row in read_rows(path)]
    articles = articles_of(rows)
    if news:
        for article in read_articles(news.articles):
            if not isinstance(article, Article):
                raise article
            articles.append(article)
    by_reference = known(articles)
    numbers: dict[str, object] = {}
    stored = json.loads((out if out.exists() else SHIPPED).read_text(encoding="utf-8"))
    choice = Choice(stored["choice"])
    sources: list[Source] = ["spans", "sentences"] if only == "both" else ["spans" if only == "spans" else "sentences"]
    with tempfile.TemporaryDirectory() as temporary, Archive(Path(temporary), reader=None) as archive:
        archive.add(articles)
        for source in sources:
            reader = load_reader(folder) if source == "spans" else None
            halves: dict[str, list[Example]] = {}
            for half in ("fit", "report"):
                questions = sampled([r for r in rows if r.half == half], limit)
                if news:
                    questions += sampled_news(read_news(news.fit if half == "fit" else news.report))[:limit]
                collected = []
                for done, found in enumerate(collect(archive, reader, questions), 1):
                    collected.append(found)
                    if done % 200 == 0:
                        typer.echo(f"{source}, {half}: {done} of {len(questions)} questions", err=True)
                if half == "fit" and source == "spans":
                    weighed = (choosing(c, by_reference[0], NEWS_WEIGHT if c.row.news else 1.0) for c in collected)
                    choice = fit_choice(c for c in weighed if c)
                made = [example(found, *by_reference, choice) for found in collected]
                halves[half] = [e for e in made if e is not None and e.source == source]
            model, _ = fit(halves["fit"], LENIENCY[source])
            stored["models"][source] = asdict(model)
            numbers[source] = {
                kind: assess(
                    [
                        Judged(model.predict(e.features), e.right)
                        for e in halves["report"]
                        if e.news == (kind == "news") and e.in_good_faith
                    ],
                    dict(model.thresholds),
                ).as_dict()
                for kind in ("encyclopedia", "news")
            }
    stored["choice"] = dict(choice.weights)
    stored["fitted_on"] = {
        "files": [p.name for p in data],
        "half": "even",
        "news": news.fit.name if news else None,
        "limit": limit,
        "spread": [SPREAD, FIRM_SPREAD],
        "delta": DELTA,
    }
    out.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    return numbers


app = typer.Typer(add_completion=False)
app.command()(main)

if __name__ == "__main__":
    app()
