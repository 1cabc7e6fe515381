"""What an answer consists of. `Answer` is the one type that terminal, JSON and Discord render."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from index.article import Citation, Passage, Published, newest

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Span:
    """The exact answer: `article.text[start:end] == text`. `score` is the reader's margin over "not here"."""

    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """One or more consecutive sentences, word for word: `article.text[start:end] == text`."""

    citation: Citation
    start: int
    end: int
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with its rank (from 1) and how it came by it.

    If it was read, `reading` is its best span, `read` the part that the reader saw, (start, end) in the article's text, and
    `lede` the sentence at the head of the article under which it was read, if there was one.
    """

    passage: Passage
    rank: int
    score: float
    dense_rank: int | None = None
    dense_score: float | None = None
    lexical_rank: int | None = None
    lexical_score: float | None = None
    reading: Span | None = None
    read: tuple[int, int] | None = None
    lede: Quote | None = None

    @property
    def read_in_part(self) -> bool:
        """Whether the reader saw only an excerpt of it."""
        return self.read not in (None, (self.passage.start, self.passage.end))


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer and everything that supports it.

    `text` is a substring of `quotes[0].text`. `quotes` are the proofs, best first, one an article. `stories` counts the
    independent reports among them: prints of one wire report are one story.
    """

    text: str
    quotes: tuple[Quote, ...]
    stories: int = 1
    weight: float = 0.0
    """Share of all the weight the reader gave to any answer, 0 to 1."""
    label: str | None = None
    """In a comparison: the thing this figure belongs to, as the question names it."""
    speaker: str | None = None
    """Who says the quoted words, verbatim from the article."""
    resolved: str | None = None
    """A relative day worked out from the article's date, such as "Tuesday, 4 February 2025"."""
    superseded: bool = False
    """A correction or a later report of the same outlet says otherwise."""
    taken_back: bool = False
    """Only articles that take it back have it."""
    changed: bool = False
    """Taken back as what was changed since, not as wrong: "postponed from 12 July to 30 August"."""
    latest: bool = False
    """Of those that differ, this has certainly the latest report."""

    @property
    def newest(self) -> Published | None:
        """The latest publication among the quotes, if any is dated; none of what is only taken back."""
        return None if self.taken_back else newest(q.citation.published for q in self.quotes)


class Kind(StrEnum):
    """The form an answer takes."""

    SPAN = "span"
    SENTENCES = "sentences"
    COMPARISON = "comparison"
    LATEST = "latest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Trace:
    """How the answer came about: enough to explain it, and to make it again."""

    collections: tuple[str, ...]
    revisions: dict[str, int]
    encoder: str
    reader: str | None
    promise: str
    threshold: float | None
    hits: tuple[Hit, ...] = ()
    features: dict[str, float] = field(default_factory=dict)
    groups: tuple[tuple[str, float, int], ...] = ()
    """The joined answers: (text, weight, number of stories), best first."""
    since: Published | None = None
    as_of: Published | None = None
    milliseconds: dict[str, float] = field(default_factory=dict)
    """Time spent in each step. Not part of what makes two answers equal."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or the statement that the articles don't say.

    `findings` holds the answer: one finding for a span; one a sentence, side or story for the other kinds; none when
    abstaining. `differing` are other answers the articles give to the same question, newest first. `nearest` are sentences
    that come closest without being an answer. `reason` says in one sentence why there is no answer.
    """

    question: str
    kind: Kind
    findings: tuple[Finding, ...]
    trace: Trace
    differing: tuple[Finding, ...] = ()
    nearest: tuple[Quote, ...] = ()
    confidence: float | None = None
    """Calibrated probability that the answer is right, 0 to 1."""
    reason: str | None = None

    @property
    def answered(self) -> bool:
        return bool(self.findings)

    @property
    def best(self) -> Finding | None:
        return self.findings[0] if self.findings else None

    @property
    def text(self) -> str | None:
        return self.findings[0].text if self.findings else None

    def to_json(self) -> str:
        """The whole answer as JSON; `from_json` gives an equal one back."""
        return str(_adapter().dump_json(self), "utf-8")

    @staticmethod
    def from_json(data: str | bytes) -> Answer:
        """The answer `to_json` wrote. Raises ValueError for anything else."""
        answer: Answer = _adapter().validate_json(data)
        return answer


@cache
def _adapter() -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)
