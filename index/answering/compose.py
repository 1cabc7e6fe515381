"""Question, passages and spans in; `Answer` out. The order of thought, each step in its own module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from time import perf_counter

from index.answer import Answer, Finding, Hit, Kind, Quote, Span, Trace
from index.answering import confidence, conflicts, features, stories
from index.answering.candidates import Weighed, gather
from index.answering.context import Context, Reading, Ref, ref
from index.answering.joining import Candidate, Group, join
from index.answering.kinds import PROSE, QuestionKind
from index.answering.latest import latest
from index.answering.marking import marked
from index.answering.publication import month_and_year, names_time
from index.answering.question import Question
from index.answering.quoting import finding_of, sentence_quote, speaker_of
from index.answering.rarity import Rarity, rarity_of, stems
from index.answering.sentences import SAID, Sentence, ranked
from index.answering.support import number_in
from index.answering.words import STOP, fold, stem, words
from index.article import newest_first

PROSE_SENTENCES = 3
NEAREST = 3
_OBJECT_AFTER = frozenset({"to", "in", "at", "from", "of", "near", "for", "by"})
_ALIKE = 0.8
"""A further sentence is shown if its score is at least this part of the best one's."""


def compose(
    question: str, hits: Sequence[Hit], readings: Sequence[Sequence[Reading]] | None, *, context: Context
) -> Answer:
    """The answer to `question` out of ranked passages and what the reader marked in them.

    `readings[i]` belongs to `hits[i]`; None means there is no reader. Never raises on any question, passages or dates;
    where there is no answer, `reason` says why. The same input always gives the same answer.
    """
    began = perf_counter()
    answer = _compose(question, tuple(hits), readings, context)
    spent = dict(context.milliseconds) | {"compose": round((perf_counter() - began) * 1000, 3)}
    return replace(answer, trace=replace(answer.trace, milliseconds=spent))


def _compose(
    asked: str, hits: tuple[Hit, ...], readings: Sequence[Sequence[Reading]] | None, context: Context
) -> Answer:
    trace = replace(context.trace(), hits=_with_readings(hits, readings))
    rarity = rarity_of(asked, tuple(h.passage.headed for h in hits))
    question = rarity.question
    if not hits:
        return Answer(asked, Kind.NONE, (), trace, reason=_nowhere(context))
    if not question.terms and question.kind is not QuestionKind.LATEST:
        return Answer(
            asked, Kind.NONE, (), trace, reason="The question has no word to look for; ask with a name or a thing."
        )
    story_of = _stories(hits, context)
    if question.kind is QuestionKind.LATEST:
        return latest(asked, question, hits, context, story_of, trace)
    work = _Work(asked, question, hits, context, rarity, trace, story_of)
    choice = context.choice or confidence.shipped().choice
    weighed = gather(question, hits, readings, rarity, context, choice) if readings is not None else []
    return _from_spans(work, weighed) if weighed else _from_sentences(work, no_reader=readings is None)


@dataclass(frozen=True, slots=True)
class _Work:
    """What every step needs."""

    asked: str
    question: Question
    hits: tuple[Hit, ...]
    context: Context
    rarity: Rarity
    trace: Trace
    story_of: Mapping[Ref, int]

    def ranked(self) -> list[Sentence]:
        return ranked(self.hits, self.rarity)


def _from_spans(work: _Work, weighed: Sequence[Weighed]) -> Answer:
    by_candidate = {w.candidate: w for w in weighed}
    groups = join([w.candidate for w in weighed], work.story_of, supports=partial(_supports, work.question))
    precedence = conflicts.Precedence(work.question, work.hits, work.context)
    best, differing = conflicts.settled(work.question, groups, by_candidate, precedence)
    ordered = [best, *(g for g in groups if g is not best and g not in differing)]
    measured = features.of_group(work.question, ordered, by_candidate, work.hits, work.rarity, work.context)
    model = confidence.shipped()
    sure, threshold = model.predict(measured, "spans"), model.threshold(work.context.promise, "spans")
    trace = replace(
        work.trace,
        threshold=threshold,
        features=measured,
        groups=tuple((g.best.text, round(g.weight, 6), g.stories) for g in groups[:10]),
    )
    sure = round(sure, 6)
    if sure < threshold:
        nearest = _nearest(work, by_candidate, best)
        return Answer(work.asked, Kind.NONE, (), trace, nearest=nearest, confidence=sure, reason=_unsure(work))
    latest_group = conflicts.latest([best, *differing], precedence.date)

    def finding(group: Group) -> Finding:
        made = finding_of(group, by_candidate, work.hits, work.context)
        other = group is not best
        return replace(
            made,
            superseded=other and precedence.supersedes(best, group),
            taken_back=other and conflicts.taken_back(group),
            changed=other and conflicts.changed(group),
            latest=group is latest_group,
        )

    found = finding(best)
    sides = tuple(map(finding, newest_first(differing, precedence.date)))
    if work.question.kind in PROSE:
        return Answer(work.asked, Kind.SENTENCES, _prose(work, found), trace, differing=sides, confidence=sure)
    return Answer(work.asked, Kind.SPAN, (found,), trace, differing=sides, confidence=sure)


def _supports(question: Question, c: Candidate) -> bool:
    """Whether another sentence with the same answer may count for it: of who said something, one in which somebody speaks
    ("Lind: never again")."""
    speaks = c.after.startswith(":") or SAID.search(c.before + c.text + c.after)
    return question.kind is not QuestionKind.QUOTE or bool(speaks)


def _from_sentences(work: _Work, *, no_reader: bool) -> Answer:
    sentences = work.ranked()
    if not sentences:
        return Answer(work.asked, Kind.NONE, (), work.trace, reason="The articles found have no sentence to quote.")
    best, rest = sentences[0], sentences[1:]
    measured = features.of_sentence(work.question, best, rest, work.hits, work.rarity, work.context)
    model = confidence.shipped()
    sure, threshold = round(model.predict(measured, "sentences"), 6), model.threshold(work.context.promise, "sentences")
    trace = replace(work.trace, threshold=threshold, features=measured)
    # A reader that marks nothing anywhere has found no answer; then no sentence is one either, unless prose is asked for.
    if sure < threshold or not (no_reader or work.question.kind in PROSE):
        return Answer(
            work.asked, Kind.NONE, (), trace, nearest=_nearest(work, {}), confidence=sure, reason=_unsure(work)
        )
    span = marked(work.question, best, work.hits[best.passage], work.context)
    first = _sentence_finding(work, best, sentences, span)
    if work.question.kind in PROSE:
        return Answer(work.asked, Kind.SENTENCES, _prose(work, first), trace, confidence=sure)
    return Answer(work.asked, Kind.SPAN if span else Kind.SENTENCES, (first,), trace, confidence=sure)


def _sentence_finding(work: _Work, best: Sentence, sentences: Sequence[Sentence], span: Span | None) -> Finding:
    """The sentence, with those of other articles that say the same in nearly the same words."""
    quotes = [sentence_quote(best, work.hits[best.passage], span)]
    seen = {ref(quotes[0].citation)}
    core = _core(best.text)
    for s in sentences:
        hit = work.hits[s.passage]
        if (
            ref(hit.passage.citation) not in seen
            and s.score >= _ALIKE * best.score
            and _same_words(core, _core(s.text))
        ):
            seen.add(ref(hit.passage.citation))
            quotes.append(sentence_quote(s, hit))
    return Finding(
        text=span.text if span else best.text,
        quotes=tuple(quotes),
        stories=len({work.story_of.get(r, -1) for r in seen}),
        speaker=speaker_of(quotes[0], work.hits[best.passage].passage, work.context),
    )


def _core(text: str) -> frozenset[str]:
    return frozenset(stem(w.text) for w in words(text) if fold(w.text) not in STOP)


def _same_words(a: frozenset[str], b: frozenset[str]) -> bool:
    return 2 * len(a & b) >= min(len(a), len(b)) > 0


def _prose(work: _Work, first: Finding) -> tuple[Finding, ...]:
    """One to three sentences: the one with the answer, then others that score as well, from other stories or beside it."""
    head = first.quotes[0]
    # What was marked may stand in sentences that say something else.
    alike = [q for q in first.quotes if q is head or _same_words(_core(head.text), _core(q.text))]
    told = {work.story_of.get(ref(q.citation), -1) for q in alike}
    findings = [replace(first, text=head.text, quotes=tuple(alike), stories=len(told))]
    if work.question.kind is QuestionKind.YES_NO:
        return tuple(findings)
    sentences = work.ranked()
    chosen = next((s for s in sentences if s.start == head.start and s.text == head.text), None)
    floor = _ALIKE * (chosen.score if chosen else sentences[0].score if sentences else 0.0)
    said = [_core(head.text)]
    quoted = {(ref(q.citation), q.start) for q in first.quotes}
    for s in sentences[:10]:
        hit = work.hits[s.passage]
        if len(findings) == PROSE_SENTENCES or s.score < floor or s.score <= 0.5:
            break
        if (ref(hit.passage.citation), s.start) in quoted or any(_same_words(_core(s.text), c) for c in said):
            continue
        said.append(_core(s.text))
        findings.append(Finding(text=s.text, quotes=(sentence_quote(s, hit),)))
    return tuple(findings)


def _nearest(work: _Work, weighed: Mapping[Candidate, Weighed], best: Group | None = None) -> tuple[Quote, ...]:
    """What the articles do say that is nearest, a story each; nothing where nothing shares a telling word.

    The sentence of the answer that was held back comes first, unmarked: it is the nearest there is, and no answer.
    """
    found = [sentence_quote(s, work.hits[s.passage]) for s in work.ranked()]
    if best is not None:
        held = finding_of(best, weighed, work.hits, work.context).quotes[0]
        found.insert(0, replace(held, span=None))
    quotes: list[Quote] = []
    told: set[int] = set()
    for quote in found:
        shares = any(work.question.names_in(t, stems(quote.text)) for t in work.question.terms)
        if shares and (story := work.story_of[ref(quote.citation)]) not in told:
            told.add(story)
            quotes.append(quote)
        if len(quotes) == NEAREST:
            break
    return tuple(quotes)


def _unsure(work: _Work) -> str:
    """Why there is no answer: a name, a number or a place that no article found has, else the lack of certainty."""
    question = work.question
    cited = [(h.passage.headed, h.passage.citation.published) for h in work.hits]
    timed = names_time(question.text)
    told = [f"{headed}\n{month_and_year(day, every_name=True)}" if timed else headed for headed, day in cited]
    there = frozenset().union(*map(stems, told))
    named = {t for name in question.names for t in name} | {stem(n) for n in question.numbers}
    absent = [
        w.text
        for before, w in pairwise([None, *words(question.text)])
        if w
        and stem(w.text) in question.terms
        and (stem(w.text) in named or (before and before.text.lower() in _OBJECT_AFTER))
        and not question.names_in(stem(w.text), there)
        and not (w.text in question.numbers and any(number_in(w.text, t) for t in told))
    ]
    if absent:
        shown = " or ".join(f"“{w}”" for w in dict.fromkeys(absent[:3]))
        return f"None of the articles found mentions {shown}."
    return "The articles found do not say it clearly enough."


def _nowhere(context: Context) -> str:
    if context.since or context.as_of:
        return "No article of that time has anything on this."
    return "No article has anything on this."


def _stories(hits: Sequence[Hit], context: Context) -> dict[Ref, int]:
    """The story of each article; a signature that was not handed in is made of what is known of the text."""
    known: dict[Ref, bytes] = {}
    parts: dict[Ref, list[str]] = {}
    for h in hits:
        parts.setdefault(ref(h.passage.citation), []).append(h.passage.text)
    for key, texts in parts.items():
        article = context.articles.get(key)
        known[key] = context.signatures.get(key) or stories.signature(article.text if article else "\n".join(texts))
    return stories.stories(known)


def _with_readings(hits: Sequence[Hit], readings: Sequence[Sequence[Reading]] | None) -> tuple[Hit, ...]:
    """Each hit with the best span that was read in it, for the receipt."""
    if readings is None:
        return tuple(hits)
    noted = []
    for i, hit in enumerate(hits):
        p = hit.passage
        spans = [r for r in (readings[i] if i < len(readings) else ()) if 0 <= r.start < r.end <= len(p.text)]
        top = max(spans, key=lambda r: (r.score, -r.start), default=None)
        span = (
            Span(p.start + top.start, p.start + top.end, p.text[top.start : top.end], round(float(top.score), 6))
            if top
            else None
        )
        noted.append(replace(hit, reading=span))
    return tuple(noted)
