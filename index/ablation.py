"""What each part contributes, on questions with known answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.answer import Answer
from index.answering.confidence import ANY
from index.archive import Archive
from index.asking import How
from index.evaluation import KnownQuestion, evaluate, summarise

_RANKINGS = (("dense only", How(lexical=False)), ("BM25 only", How(dense=False)), ("hybrid", How()))
_PASSAGES = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class Row:
    """One way of answering, and what it is worth. `milliseconds` is the median of a whole question."""

    way: str
    passages: int
    answer_hit_at_5: float | None
    mrr_at_10: float | None
    exact_match: float | None
    f1: float | None
    milliseconds: float


def rows(archive: Archive, questions: Sequence[KnownQuestion], collections: Sequence[str]) -> list[Row]:
    """Every combination, asked without any promise so that choosing is measured rather than abstaining."""
    archive.warm()
    return [row for passages in _PASSAGES for row in _rows(archive, questions, collections, passages)]


def table(found: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| way | passages | answer_hit@5 | mrr@10 | EM | F1 | ms p50 |", "|---|---|---|---|---|---|---|"]
    for row in found:
        cells = [
            "-" if v is None else f"{v:.3f}" for v in (row.answer_hit_at_5, row.mrr_at_10, row.exact_match, row.f1)
        ]
        lines.append(f"| {row.way} | {row.passages} | {' | '.join(cells)} | {row.milliseconds:.0f} |")
    return "\n".join(lines)


def _rows(
    archive: Archive, questions: Sequence[KnownQuestion], collections: Sequence[str], passages: int
) -> Iterator[Row]:
    for way, ranking in _RANKINGS:
        how = replace(ranking, reader=False, passages=passages)
        yield _row(way, how, archive, questions, collections)
    if archive.reader is None:
        return
    whole = How(passages=passages, whole=passages)
    yield _row("hybrid + reader of whole passages", whole, archive, questions, collections)
    yield _row("hybrid + reader", How(passages=passages), archive, questions, collections)
    yield _row("hybrid + reader, re-ranked by it", How(passages=passages), archive, questions, collections, rerank=True)


def _row(
    way: str,
    how: How,
    archive: Archive,
    questions: Sequence[KnownQuestion],
    collections: Sequence[str],
    *,
    rerank: bool = False,
) -> Row:
    def ask(question: KnownQuestion) -> Answer:
        answer = archive.ask(question.question, collections, as_of=question.as_of, promise=ANY, how=how)
        return reranked(answer) if rerank else answer

    report = summarise(list(evaluate(questions, ask)))
    return Row(
        way,
        how.passages,
        report.answer_hit_at_5,
        report.mrr_at_10,
        report.exact_match,
        report.f1,
        report.latency_ms["p50"],
    )


def reranked(answer: Answer) -> Answer:
    """The same answer with its passages in the order of their best span's margin."""
    best = sorted(answer.trace.hits, key=lambda hit: -(hit.reading.score if hit.reading else float("-inf")))
    hits = tuple(replace(hit, rank=rank) for rank, hit in enumerate(best, 1))
    return replace(answer, trace=replace(answer.trace, hits=hits))
