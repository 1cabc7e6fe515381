"""What a question needs looked up: a comparison asks twice, "the latest on" looks deeper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.answer import Answer, Kind, Trace
from index.answering.context import Context
from index.answering.kinds import QuestionKind, kind_of
from index.answering.values import same_kind, value_of


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a comparison: its name, and the question that asks for its figure."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts` are to be asked one by one and handed to `compare`; `newest` asks for more, and recent, passages."""

    parts: tuple[Part, ...] = ()
    newest: bool = False


_SIZES = {
    "larger": "large", "bigger": "big", "smaller": "large", "longer": "long", "shorter": "long", "taller": "tall",
    "higher": "high", "lower": "high", "older": "old", "younger": "old", "wider": "wide", "deeper": "deep", "heavier": "heavy",
    "farther": "far", "further": "far", "faster": "fast", "slower": "fast", "stronger": "strong", "weaker": "strong",
    "hotter": "hot", "colder": "cold", "larger one": "large",
}  # fmt: skip
_COMPARATIVE = "|".join(sorted(_SIZES, key=len, reverse=True))
_AUX = r"is|are|was|were|did|does|do|has|have|had|will|would|can|could|should|might"
_TAIL = r"[\s?.!]*$"
_COUNT_THAN = re.compile(
    rf"^\W*(?P<aux>{_AUX})\s+(?P<a>.+?)\s+(?P<verb>\w+\s+)?(?:more|fewer|less)\s+(?P<noun>[\w\s.'-]+?)\s+than\s+(?P<b>.+?){_TAIL}",
    re.I,
)
_COST_THAN = re.compile(
    rf"^\W*(?P<aux>{_AUX})\s+(?P<a>.+?)\s+(?P<verb>cost|paid|pay|earn|spend|receive|get)\s+(?:more|less)\s+than\s+(?P<b>.+?){_TAIL}",
    re.I,
)
_SIZE_THAN = re.compile(
    rf"^\W*(?P<aux>is|are|was|were|will)\s+(?P<a>.+?)\s+(?P<more>{_COMPARATIVE})\s+than\s+(?P<b>.+?){_TAIL}", re.I
)
_SIDES = r"[,:]?\s+(?P<a>[^,?:]+?)\s+or\s+(?P<b>[^?]+?)"
_COUNT_OR = re.compile(
    rf"^\W*(?:which|who|what)\b(?P<subject>[^,?:]*?)\s(?:the\s+)?(?:more|fewer|most|fewest|less)\s+(?P<noun>[^,?:]+?)[,:]\s+(?P<a>[^,?:]+?)\s+or\s+(?P<b>[^?]+?){_TAIL}",
    re.I,
)
_COST_OR = re.compile(
    rf"^\W*(?:which|who|what)\b(?P<subject>[^,?:]*?)\s(?P<verb>cost|costs)\s+(?:more|less)[,:]?\s+(?P<a>[^,?:]+?)\s+or\s+(?P<b>[^?]+?){_TAIL}",
    re.I,
)
_SIZE_OR = re.compile(
    rf"^\W*(?:which|who|what)\b[^,?:]*?\b(?P<aux>is|are|was|were|will be)\s+(?:the\s+)?(?P<more>{_COMPARATIVE})"
    rf"\b(?:\s+one)?{_SIDES}{_TAIL}",
    re.I,
)
_WHERE_OR = re.compile(
    rf"^\W*where\s+(?P<aux>is|are|was|were)\s+(?P<subject>[^,?:]+?)\s+(?P<more>{_COMPARATIVE}){_SIDES}{_TAIL}", re.I
)
_FIRST_OR = re.compile(
    rf"^\W*(?:which|who|what)\b[^,?:]*?\s(?P<verb>opened|started|began|happened|came|arrived|closed|ended)\s+(?:first|earlier|later|last){_SIDES}{_TAIL}",
    re.I,
)


_LESS = re.compile(
    r"\b(?:smaller|fewer|less|shorter|lower|younger|cheaper|slower|weaker|colder|least|fewest|first|earlier)\b", re.I
)


def plan(question: str) -> Plan:
    """How to look the question up. Any text gives a plan."""
    text = " ".join(question[:500].split())
    kind = kind_of(text)
    if kind is QuestionKind.LATEST:
        return Plan(newest=True)
    if kind is not QuestionKind.COMPARISON:
        return Plan()
    sides = _sides(text)
    if (
        sides is None
        or any(not s or len(s.split()) > 8 for s, _ in sides)
        or sides[0][0].lower() == sides[1][0].lower()
    ):
        return Plan()
    return Plan(tuple(Part(label, asked) for label, asked in sides))


def _sides(text: str) -> list[tuple[str, str]] | None:
    if m := _SIZE_OR.match(text):
        return _each(m, lambda s: f"How {_SIZES[m['more'].lower()]} {m['aux'].lower()} {s}?")
    if m := _WHERE_OR.match(text):
        return _each(m, lambda s: f"How {_SIZES[m['more'].lower()]} {m['aux'].lower()} {m['subject']} {_placed(m, s)}?")
    if m := _FIRST_OR.match(text):
        return _each(m, lambda s: f"When was it that {s} {m['verb'].lower()}?")
    if m := _COST_OR.match(text):
        return _each(m, lambda s: f"How much did {s} cost?")
    if m := _COUNT_OR.match(text):
        verb = m["subject"].split()[-1:] or ["has"]
        return _each(m, lambda s: f"How many {_count(m['noun'])} {verb[0]} {s}?")
    if m := _SIZE_THAN.match(text):
        return _each(m, lambda s: f"How {_SIZES[m['more'].lower()]} {m['aux'].lower()} {s}?")
    if m := _COST_THAN.match(text):
        return _each(m, lambda s: f"How much {m['aux'].lower()} {s} {m['verb'].lower()}?")
    if m := _COUNT_THAN.match(text):
        verb = (m["verb"] or "").strip()
        return _each(m, lambda s: f"How many {_count(m['noun'])} {m['aux'].lower()} {s} {verb}".rstrip() + "?")
    return None


def _placed(m: re.Match[str], label: str) -> str:
    """The side as the question has it, with its preposition: "at Cape Rook"."""
    return next(m[g].strip(" ,.?!") for g in ("a", "b") if m[g].strip(" ,.?!").endswith(label))


def _each(m: re.Match[str], ask: object) -> list[tuple[str, str]]:
    assert callable(ask)
    labels = [re.sub(r"^(?:in|to|at|for|from)\s+", "", m[g].strip(" ,.?!"), flags=re.I) for g in ("a", "b")]
    return [(label, str(ask(label))) for label in labels]


def _count(noun: str) -> str:
    return noun.strip()


def compare(question: str, sides: Sequence[tuple[str, Answer]], *, context: Context) -> Answer:
    """Both figures side by side, each as its own question was answered, first the one the question looks for (the larger,
    or the smaller), where they can be compared.

    If a side has no answer there is no comparison: what is known of the other is shown as nearest.
    """
    missing = [label for label, answer in sides if answer.best is None]
    milliseconds: dict[str, float] = {}
    for _, answer in sides:
        for step, spent in answer.trace.milliseconds.items():
            milliseconds[step] = milliseconds.get(step, 0.0) + spent
    first = sides[0][1].trace
    trace = replace(
        first,
        hits=tuple(h for _, a in sides for h in a.trace.hits),
        features={f"{label}: {name}": v for label, a in sides for name, v in a.trace.features.items()},
        groups=tuple((f"{label}: {text}", w, n) for label, a in sides for text, w, n in a.trace.groups),
        milliseconds=milliseconds,
    )
    if missing:
        nearest = tuple(q for _, a in sides for q in (a.best.quotes[:1] if a.best else a.nearest[:2]))
        gap = " or ".join(missing)
        return Answer(question, Kind.NONE, (), trace, nearest=nearest, reason=f"The articles do not say it for {gap}.")
    findings = [replace(a.best, label=label) for label, a in sides if a.best]
    values = [
        value_of(f.text, f.quotes[0].text[f.quotes[0].span.end - f.quotes[0].start :]) if f.quotes[0].span else None
        for f in findings
    ]
    if all(values) and all(same_kind(values[0], v) for v in values if v and values[0]):
        sign = 1 if _LESS.search(question) else -1
        order = sorted(range(len(findings)), key=lambda i: sign * (values[i].amount if values[i] else 0.0))  # type: ignore[union-attr]
        findings = [findings[i] for i in order]
    confidence = 1.0
    for _, answer in sides:
        confidence *= answer.confidence if answer.confidence is not None else 1.0
    differing = tuple(replace(d, label=label) for label, a in sides for d in a.differing)
    return Answer(
        question, Kind.COMPARISON, tuple(findings), trace, differing=differing, confidence=round(confidence, 6)
    )


def empty_trace(context: Context, threshold: float | None = None) -> Trace:
    """What is known before anything was looked at."""
    return Trace(
        collections=tuple(context.collections),
        revisions=dict(context.revisions),
        encoder=context.encoder,
        reader=context.reader,
        promise=context.promise,
        threshold=threshold,
        since=context.since,
        as_of=context.as_of,
        milliseconds=dict(context.milliseconds),
    )
