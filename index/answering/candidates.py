"""The reader's spans as candidates: with their surroundings, their evidence, and what their own article makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.answer import Hit
from index.answering.changes import asks_of_earlier, changed_from, compared_with, raised_from
from index.answering.choice import Choice, measured
from index.answering.completing import LOOKED_AT, completed
from index.answering.context import Context, Reading, ref
from index.answering.corrections import disowned
from index.answering.joining import TEMPERATURE, Candidate
from index.answering.kinds import FIGURES, QuestionKind
from index.answering.narrowing import narrowed
from index.answering.publication import dated
from index.answering.question import Question
from index.answering.rarity import Rarity, stems
from index.answering.sentences import sentence_texts
from index.answering.support import Support, support
from index.answering.time import resolve
from index.article import day_of

WEIGHED = 40
"""Candidates whose evidence is looked at, best margins first; the others weigh next to nothing."""
_NEAR_BEFORE = 200
"""Characters before a sentence that may name the year of which it tells."""
_SHORT = FIGURES | {QuestionKind.WHO, QuestionKind.QUOTE, QuestionKind.WHEN, QuestionKind.WHERE}
_TRIM = " \t\n\r,;:."
_QUOTED = {"“": "”", '"': '"', "‘": "’", "'": "'", "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate whose margin has paid for the evidence against it: `TEMPERATURE` times its score."""

    candidate: Candidate
    reading: float
    """The reader's own margin."""
    support: Support
    measured: Mapping[str, float]
    """What its score is made of."""


def gather(
    question: Question,
    hits: Sequence[Hit],
    readings: Sequence[Sequence[Reading]],
    rarity: Rarity,
    context: Context,
    choice: Choice,
) -> list[Weighed]:
    """The candidates of all passages, best adjusted margin first. Readings that point outside their passage are left out."""
    found: list[Candidate] = []
    for i, (hit, spans) in enumerate(zip(hits, readings, strict=False)):
        placed = sentence_texts(hit)
        found += [c for r in spans if (c := _candidate(question, i, hit, r, placed))]
    found = _each_once(found, hits)
    found.sort(key=lambda c: (-c.margin, c.passage, c.start, c.end))
    weighed = [_weigh(question, rarity, c, hits, context, choice) for c in found[:WEIGHED]]
    return sorted(weighed, key=lambda w: (-w.candidate.margin, w.candidate.passage, w.candidate.start))


def _each_once(found: Sequence[Candidate], hits: Sequence[Hit]) -> list[Candidate]:
    """Overlapping passages of one article offer the same words twice: that is one candidate, of the passage that needs no lede
    to tell of its matter, else of the one that reads best."""

    def worth(c: Candidate) -> tuple[bool, float, int]:
        return hits[c.passage].lede is None, c.margin, -c.passage

    best: dict[tuple[object, int, int], Candidate] = {}
    for c in found:
        key = (c.article, c.start, c.end)
        if key not in best or worth(c) > worth(best[key]):
            best[key] = c
    return list(best.values())


def _candidate(
    question: Question, i: int, hit: Hit, reading: Reading, placed: Sequence[tuple[int, int, str]]
) -> Candidate | None:
    p = hit.passage
    start, end = reading.start, reading.end
    if not 0 <= start < end <= len(p.text):
        return None
    start, end = _one_sentence(question, hit, start, end, placed)
    start, end = _trimmed(p.text, start, end)
    start, end = narrowed(question, p.text, start, end)
    if start == end or not any(c.isalnum() for c in p.text[start:end]):
        return None
    left, right = bounds(placed, p.start + start, p.start + end)
    text = p.text[start:end]
    before, after = p.text[left - p.start : start], p.text[end : right - p.start]
    # "On Tuesday" in reports of different weeks is no one day.
    asked_when = question.kind is QuestionKind.WHEN
    resolved = resolve(text, p.citation.published, before + text + after) if asked_when else None
    return Candidate(
        passage=i,
        article=ref(p.citation),
        start=p.start + start,
        end=p.start + end,
        text=text,
        margin=float(reading.score),
        before=before,
        after=after,
        resolved=resolved or "",
    )


def _one_sentence(
    question: Question, hit: Hit, start: int, end: int, placed: Sequence[tuple[int, int, str]]
) -> tuple[int, int]:
    """Of a span over a sentence's end ("Reed said. He"), the part whose sentence says most of the question, else the longest,
    where a name, a day, a place or a figure is asked for: what is written or said may be more than one sentence."""
    base, text = hit.passage.start, hit.passage.text
    parts = [(max(start, s - base), min(end, e - base), t) for s, e, t in placed if s - base < end and start < e - base]
    inside = any(_within(text[start:right], text[right:end]) for _, right, _ in parts[:-1])
    if question.kind not in _SHORT or len(parts) < 2 or inside:
        return start, end

    def telling(part: tuple[int, int, str]) -> tuple[int, int]:
        there = stems(part[2])
        return sum(question.names_in(term, there) for term in question.terms), part[1] - part[0]

    left, right, _ = max(parts, key=telling)
    while right > left and text[right - 1] in _TRIM:
        right -= 1
    return left, right


def _within(lead: str, rest: str) -> bool:
    """Whether a sentence ends between them that does not end the span: in a title ("Panic! At the Docks") or a quotation."""
    quoted = (lead.count("“") > lead.count("”") and "”" in rest) or (lead.count('"') % 2 == 1 and '"' in rest)
    return quoted or lead.rstrip().endswith(("!", "?"))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without marks around it. A quotation mark or bracket goes where its partner is outside, or both are at the ends."""
    while start < end:
        first, last = text[start], text[end - 1]
        if first in _TRIM and not (first == "." and text[start + 1 : start + 2].isdigit()):
            start += 1
        elif last in " \t\n\r,;:":
            end -= 1
        elif first in _QUOTED and not text[(closed := _closed(text, start, end)) + 1 : end].strip("."):
            start, end = start + 1, closed
        elif last in "”)]" and not any(o in text[start:end] for o, c in _QUOTED.items() if c == last):
            end -= 1
        else:
            break
    return start, end


def _closed(text: str, start: int, end: int) -> int:
    """Where the quotation or bracket that opens at `start` closes; `end` if it does not."""
    found = text.find(_QUOTED[text[start]], start + 1, end)
    return found if found >= 0 else end


def bounds(placed: Sequence[tuple[int, int, str]], start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence, or sentences, that hold `start` to `end`."""
    left = max((s for s, e, _ in placed if s <= start), default=start)
    right = min((e for s, e, _ in placed if e >= end), default=end)
    return min(left, start), max(right, end)


def _weigh(
    question: Question, rarity: Rarity, c: Candidate, hits: Sequence[Hit], context: Context, choice: Choice
) -> Weighed:
    """With what its article makes of it, and what speaks against it."""
    passage, source = hits[c.passage].passage, context.articles.get(c.article)
    title, left = passage.citation.title, c.start - passage.start - len(c.before)
    around = f"{title}\n{passage.text[max(0, left - _NEAR_BEFORE) : left]}{c.before}{c.text}{c.after}"
    published = passage.citation.published
    told = dated(question, published, passage.headed, around, context.today)
    evidence = support(question, rarity, c.text, c.before, c.after, passage.text, title, told)
    year = day_of(published).year if published else None
    compared = compared_with(c.before)
    contrasted = compared and asks_of_earlier(question.text, c.before + c.text + c.after, year)
    former = (compared and not contrasted) or raised_from(question.text, c.text, c.before, c.after, year)
    demoted = former or disowned(question.text, c.before, c.after)
    span = measured(c.margin, evidence, rank=hits[c.passage].rank, demoted=demoted)
    full_name = completed(c.text, (source.text if source else passage.text)[:LOOKED_AT])
    weighed = replace(
        c,
        margin=TEMPERATURE * choice.score(span),
        full_name=full_name,
        demoted=demoted,
        former=former,
        changed=demoted and changed_from(question.text, c.before, c.after),
        contrasted=contrasted,
    )
    return Weighed(weighed, c.margin, evidence, span)
