"""The two sides of a comparison put together: in which order, and whether they can be compared at all."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cmp_to_key

from index.answer import Answer, Finding, Kind, Trace
from index.answering.context import ref
from index.answering.dates import Day, date_of
from index.answering.planning import COMPARATIVE, OPENED
from index.answering.rarity import stems
from index.answering.values import Value, same_kind, value_of
from index.answering.words import STOP

_YEAR = re.compile(r"(?:in\s+)?((?:1\d|20)\d\d)", re.I)
_DIRECTION = re.compile(
    rf"\b(?:(?P<less>smaller|fewer|less|shorter|lower|younger|cheaper|slower|weaker|colder|least|fewest|{OPENED}\s+(?:first|earlier))"
    rf"|more|most|later|{COMPARATIVE})\b",
    re.I,
)
"""What comes first in a question tells what is looked for: "fewer votes in the upper house"."""


_EACH = re.compile(r"\b(?:each|both|equally)\b(?P<between>[^\d;]{0,80})$", re.I)
_EACH_BEHIND = re.compile(r"(?:\s+[a-z]+){0,3},?\s+(?:each|apiece)\b", re.I)


def compare(question: str, sides: Sequence[tuple[str, Answer]]) -> Answer:
    """Both figures side by side, each as its own question was answered, first the one the question looks for (the larger,
    or the smaller), where they can be compared.

    There is no comparison if a side has no answer, or only that of the other over again, if one is a share and the other a
    sum or a count, or if it is too doubtful that both are right: what is known of the sides is then shown as nearest.
    """
    trace = _trace([(label, answer.trace) for label, answer in sides])
    if missing := [label for label, answer in sides if answer.best is None]:
        nearest = tuple(q for _, a in sides for q in (a.best.quotes[:1] if a.best else a.nearest[:2]))
        return Answer(question, Kind.NONE, (), trace, nearest=nearest, reason=_unknown(missing))
    findings = [replace(a.best, label=label) for label, a in sides if a.best]
    # It is right if both are, each with its own probability.
    confidence = round(math.prod(_sure(answer) for _, answer in sides), 6)
    reason = None
    if _same_words(*findings) and not _said_of_each(findings[0], [label for label, _ in sides]):
        reason = _unknown([min(sides, key=lambda side: _sure(side[1]))[0]])
    elif _share_and_count(*map(_value, findings)):
        reason = "The articles found do not give both in figures that can be compared."
    elif confidence < (trace.threshold or 0.0):
        reason = "The articles found do not say it clearly enough for both."
    if reason:
        held = dict.fromkeys(replace(f.quotes[0], span=None) for f in findings)
        return Answer(question, Kind.NONE, (), trace, nearest=tuple(held), confidence=confidence, reason=reason)
    differing = tuple(replace(d, label=label) for label, a in sides for d in a.differing)
    ordered = tuple(_ordered(question, findings))
    return Answer(question, Kind.COMPARISON, ordered, trace, differing=differing, confidence=confidence)


def _trace(sides: Sequence[tuple[str, Trace]]) -> Trace:
    """How both answers came about; the threshold is that of the stricter."""
    milliseconds: dict[str, float] = {}
    for _, trace in sides:
        for step, spent in trace.milliseconds.items():
            milliseconds[step] = milliseconds.get(step, 0.0) + spent
    return replace(
        sides[0][1],
        threshold=max((t.threshold for _, t in sides if t.threshold is not None), default=None),
        hits=tuple(h for _, t in sides for h in t.hits),
        features={f"{label}: {name}": v for label, t in sides for name, v in t.features.items()},
        groups=tuple((f"{label}: {text}", w, n) for label, t in sides for text, w, n in t.groups),
        milliseconds=milliseconds,
    )


def _unknown(labels: Sequence[str]) -> str:
    return f"The articles do not say it for {' or '.join(labels)}."


def _sure(answer: Answer) -> float:
    return 1.0 if answer.confidence is None else answer.confidence


def _same_words(one: Finding, other: Finding) -> bool:
    """Whether the same words of an article prove both: they can be true of one only."""
    return any(
        ref(a.citation) == ref(b.citation) and a.span.start < b.span.end and b.span.start < a.span.end
        for a in one.quotes
        for b in other.quotes
        if a.span and b.span
    )


def _said_of_each(finding: Finding, labels: Sequence[str]) -> bool:
    """Whether the sentence gives the figure to all of the sides: "A and B are each 420 metres long", "A and B, both 54"."""
    quote = finding.quotes[0]
    if quote.span is None:
        return False
    before = quote.text[: quote.span.start - quote.start]
    asked = [frozenset(w for w in stems(label) if w not in STOP) for label in labels]
    if not all(label <= stems(quote.text) for label in asked):
        return False
    each = _EACH.search(before)
    between = stems(each["between"]) if each else frozenset()
    # "A and B both wanted a recount after B got 420 votes" gives it to one.
    shared = each is not None and len({label <= between for label in asked}) == 1
    return shared or bool(_EACH_BEHIND.match(quote.text, quote.span.end - quote.start))


def _share_and_count(one: Value | None, other: Value | None) -> bool:
    """Whether one is a percentage, the other certainly none: money, a count of things, or more than a hundred."""
    if not one or not other or (one.kind == "percent") == (other.kind == "percent"):
        return False
    figure = one if other.kind == "percent" else other
    return figure.kind == "money" or (
        figure.kind == "number" and (figure.amount > 100 or figure.unit not in {"", "percent", "per", "pct"})
    )


def _value(finding: Finding) -> Value | None:
    """The value of the words marked, with what follows them in their sentence."""
    quote = finding.quotes[0]
    return value_of(finding.text, quote.text[quote.span.end - quote.start :]) if quote.span else None


def _ordered(question: str, findings: list[Finding]) -> list[Finding]:
    """The one that the question looks for first, where all can be compared; else as they were asked."""
    found = _DIRECTION.search(question)
    sign = 1 if found and found["less"] else -1
    days = [_day(f) for f in findings]
    if all(days):
        keys = {id(f): day for f, day in zip(findings, days, strict=True) if day}
        return sorted(findings, key=cmp_to_key(lambda a, b: sign * _earlier(keys[id(a)], keys[id(b)])))
    known = [v for v in map(_value, findings) if v]
    if len(known) < len(findings) or any(v.kind == "date" or not same_kind(known[0], v) for v in known):
        return findings
    amounts = {id(f): v.amount for f, v in zip(findings, known, strict=True)}
    return sorted(findings, key=lambda f: sign * amounts[id(f)])


def _day(finding: Finding) -> Day | None:
    """(year, month, day) as far as the answer tells, if it is a date or a year."""
    text = finding.resolved or finding.text
    if year := _YEAR.fullmatch(text):
        return int(year[1]), None, None
    return date_of(text)


def _earlier(a: Day, b: Day) -> int:
    """-1 if `a` is before `b`, 1 if it is after, 0 if what is known of both does not tell."""
    for x, y in zip(a, b, strict=True):
        if x == y:
            continue
        if x is None or y is None:
            return 0
        return -1 if x < y else 1
    return 0
