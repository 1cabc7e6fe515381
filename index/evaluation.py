"""Questions with known answers -> numbers."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, quantiles
from time import perf_counter

from index.answer import Answer, Hit, Kind
from index.article import Published, parse_published
from index.errors import BadSource

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_TYPES = ("how many", "how much", "how", "who", "when", "where", "why", "which", "what")


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question and what is accepted as its answer. `answerable` None: unknown, it then does not count as unanswerable."""

    id: str
    question: str
    answers: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    answerable: bool | None = True
    date: str | None = None
    event: str | None = None
    """What the question is about, where several are about the same."""

    @property
    def as_of(self) -> Published | None:
        """The day on which it is asked, if one is given: nothing later may answer it."""
        return parse_published(self.date) if self.date else None

    @property
    def type(self) -> str:
        """The question word it begins with or contains: "how many", "who", ... or "other"."""
        words = f" {normalised(self.question)} "
        found = [(words.find(f" {kind} "), -len(kind), kind) for kind in _TYPES if f" {kind} " in words]
        return min(found)[2] if found else "other"


@dataclass(frozen=True, slots=True)
class Result:
    """How one question went. `exact` and `f1` are 0 where nothing was answered; `right` also where a whole sentence holds
    an accepted answer."""

    question: KnownQuestion
    given: str | None
    marked: bool
    exact: float
    f1: float
    right: bool
    sentence_right: bool
    article_rank: int | None
    answer_rank: int | None
    confidence: float | None
    milliseconds: float

    @property
    def as_it_should_be(self) -> bool:
        """Right, or rightly not answered."""
        return self.right if self.question.answers else self.given is None


@dataclass(frozen=True, slots=True)
class Report:
    """The numbers; shares are between 0 and 1, None where no question can tell."""

    questions: int
    article_hit: dict[str, float | None]
    answer_hit_at_5: float | None
    mrr_at_10: float | None
    exact_match: float | None
    f1: float | None
    spans: int
    sentences: int
    sentence_holds_answer: float | None
    answered: float | None
    precision_when_answered: float | None
    false_answers: float | None
    latency_ms: dict[str, float]
    types: dict[str, dict[str, float]]

    def as_dict(self) -> dict[str, object]:
        """With the names the metrics are known by, rounded to what the numbers can bear."""
        flat: dict[str, object] = {
            "questions": self.questions,
            **{f"article_hit@{k}": _rounded(v) for k, v in self.article_hit.items()},
            "answer_hit@5": _rounded(self.answer_hit_at_5),
            "mrr@10": _rounded(self.mrr_at_10),
        }
        names = (
            "exact_match",
            "f1",
            "spans",
            "sentences",
            "sentence_holds_answer",
            "answered",
            "precision_when_answered",
        )
        flat |= {name: _rounded(getattr(self, name)) for name in (*names, "false_answers")}
        flat |= {f"latency_ms.{name}": round(value, 1) for name, value in self.latency_ms.items()}
        return flat | {"types": {kind: {k: _rounded(v) for k, v in row.items()} for kind, row in self.types.items()}}


def read_questions(path: Path) -> list[KnownQuestion]:
    """The rows of a JSONL file: id, question, answers, and optionally article_ids, answerable, date.

    `answers` and `article_ids` are lists, or one text alone; `date` is a day such as 2025-02-05, or an instant. Raises
    BadSource naming the line that is wrong.
    """
    try:
        # Not `splitlines`: a JSON string may hold the other line ends.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSource(f"{path} cannot be read as UTF-8 text: {error}.") from error
    return [_question(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _question(path: Path, number: int, line: str) -> KnownQuestion:
    try:
        row = json.loads(line)
        if not str(row["question"]).strip():
            raise BadSource("its question is empty.")
        answers = _texts(row, "answers")
        return KnownQuestion(
            str(row.get("id", number)),
            str(row["question"]),
            answers,
            _texts(row, "article_ids"),
            row.get("answerable", bool(answers)),
            _day(row.get("date")),
            row.get("event"),
        )
    except BadSource as error:
        raise BadSource(f"{path}, line {number}: {error}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSource(
            f'{path}, line {number}: a question is a JSON object with "question" and "answers" ({type(error).__name__}: {error}).'
        ) from error


def _texts(row: Mapping[str, object], field: str) -> tuple[str, ...]:
    """The texts in that field. A number in a list is taken as it is written; anything else raises BadSource."""
    value = row.get(field)
    if value is None or value == "":
        return ()
    found = value if isinstance(value, list) else [value] if isinstance(value, str) else None
    if found is None or any(isinstance(one, bool) or not isinstance(one, str | int | float) for one in found):
        shown = json.dumps(value, ensure_ascii=False)
        shown = shown if len(shown) <= 60 else f"{shown[:60]}…"
        raise BadSource(f'"{field}" is {shown}, not a list of texts such as ["one", "another"].')
    return tuple(str(one) for one in found)


def _day(value: object) -> str | None:
    if value is None or value == "":
        return None
    try:
        parse_published(str(value) if isinstance(value, str) else "")
    except ValueError:
        raise BadSource(f'"date" is {json.dumps(value, ensure_ascii=False)}, not a day such as "2025-02-05".') from None
    return str(value)


def evaluate(questions: Iterable[KnownQuestion], ask: Callable[[KnownQuestion], Answer]) -> Iterator[Result]:
    """Ask each question and compare. `ask` may be `Archive.ask` in any setting."""
    for question in questions:
        started = perf_counter()
        answer = ask(question)
        yield compared(question, answer, (perf_counter() - started) * 1000)


def compared(question: KnownQuestion, answer: Answer, milliseconds: float = 0.0) -> Result:
    """What `answer` is worth by what is known of `question`."""
    best = answer.best
    marked = answer.kind is Kind.SPAN
    given = best.text if best else None
    sentence = best.quotes[0].text if best and best.quotes else (answer.nearest[0].text if answer.nearest else "")
    # In a comparison the first finding is the greater or smaller side, and its label may be what was asked for.
    forms = [form for form in (given, best.label if best else None) if form]
    exact = max((exact_match(form, a) for form in forms for a in question.answers), default=0.0)
    f1 = max((token_f1(form, a) for form in forms for a in question.answers), default=0.0)
    holds = any(_holds(sentence, accepted) for accepted in question.answers)
    right = bool(exact) or (
        given is not None and not marked and any(_holds(f.text, a) for f in answer.findings for a in question.answers)
    )
    ranks = _ranks(question, answer.trace.hits)
    return Result(question, given, marked, exact, f1, right, holds, *ranks, answer.confidence, milliseconds)


def summarise(results: Sequence[Result]) -> Report:
    """The means over all results."""
    answerable = [r for r in results if r.question.answers]
    unanswerable = [r for r in results if r.question.answerable is False]
    located = [r for r in answerable if r.question.article_ids]
    ranked = [r.article_rank if r.question.article_ids else r.answer_rank for r in answerable]
    given = [r for r in (*answerable, *unanswerable) if r.given is not None]
    times = [r.milliseconds for r in results]
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    kinds = Counter(r.question.type for r in answerable)
    return Report(
        questions=len(results),
        article_hit={
            str(k): _mean(r.article_rank is not None and r.article_rank <= k for r in located) for k in (1, 5, 10)
        },
        answer_hit_at_5=_mean(r.answer_rank is not None and r.answer_rank <= 5 for r in answerable),
        mrr_at_10=_mean(1 / rank if rank and rank <= 10 else 0.0 for rank in ranked),
        exact_match=_mean(r.exact for r in answerable),
        f1=_mean(r.f1 for r in answerable),
        spans=sum(r.marked for r in results),
        sentences=sum(r.given is not None and not r.marked for r in results),
        sentence_holds_answer=_mean(r.sentence_right for r in answerable),
        answered=_mean(r.given is not None for r in answerable),
        precision_when_answered=_mean(r.right for r in given),
        false_answers=_mean(r.given is not None for r in unanswerable),
        latency_ms={"p50": cuts[9], "p95": cuts[18]} if cuts else {},
        types={
            kind: {
                "questions": float(count),
                "exact_match": fmean(r.exact for r in answerable if r.question.type == kind),
                "f1": fmean(r.f1 for r in answerable if r.question.type == kind),
            }
            for kind, count in sorted(kinds.items())
        },
    )


def normalised(text: str) -> str:
    """SQuAD's normalisation (Rajpurkar et al. 2016): lower case, no punctuation, no articles, single spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(given: str, accepted: str) -> float:
    """1 where both are the same after normalisation."""
    return float(normalised(given) == normalised(accepted))


def token_f1(given: str, accepted: str) -> float:
    """Harmonic mean of precision and recall over the normalised words."""
    ours, theirs = normalised(given).split(), normalised(accepted).split()
    if not ours or not theirs:
        return float(ours == theirs)
    same = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * same / (len(ours) + len(theirs))


def _holds(text: str, accepted: str) -> bool:
    return f" {normalised(accepted)} " in f" {normalised(text)} "


def _ranks(question: KnownQuestion, hits: Sequence[Hit]) -> tuple[int | None, int | None]:
    article = next((h.rank for h in hits if h.passage.citation.key in question.article_ids), None)
    answer = next((h.rank for h in hits if any(_holds(h.passage.text, a) for a in question.answers)), None)
    return article, answer


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None


def _rounded(value: float | None) -> float | None:
    return round(value, 3) if isinstance(value, float) else value
