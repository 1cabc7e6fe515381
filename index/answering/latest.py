"""The newest stories on a topic, one key sentence each, with their dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.answer import Answer, Finding, Hit, Kind, Trace
from index.answering.context import Context, Ref, ref
from index.answering.question import Question
from index.answering.quoting import sentence_quote
from index.answering.rarity import Rarity, stems
from index.answering.sentences import Sentence, ranked
from index.answering.words import word_set
from index.article import Published, day_of, later

STORIES = 5
_NOT_TOPIC = word_set("latest newest new news update recent any today give show story articl headlin report")


def latest(
    asked: str,
    question: Question,
    hits: Sequence[Hit],
    context: Context,
    story_of: Mapping[Ref, int],
    trace: Trace,
) -> Answer:
    """Kind LATEST: a finding a story, newest first, undated ones last; NONE where no passage is about the topic."""
    topic = tuple(t for t in question.terms if t not in _NOT_TOPIC)
    question = replace(question, terms=topic)
    rarity = Rarity(question, [h.passage.text for h in hits])
    about = [i for i, h in enumerate(hits) if _is_about(question, rarity, h)]
    if not about:
        return Answer(asked, Kind.NONE, (), trace, reason="No article found is about that.")
    chosen = [hits[i] for i in about]
    best: dict[int, list[Sentence]] = {}
    sentences = ranked(chosen, rarity)
    for s in sentences:
        best.setdefault(story_of.get(ref(chosen[s.passage].passage.citation), -1), []).append(s)
    findings = [_finding(found, chosen, context) for found in best.values()]
    return Answer(asked, Kind.LATEST, tuple(_by_date(findings, context)[:STORIES]), trace)


def _is_about(question: Question, rarity: Rarity, hit: Hit) -> bool:
    """Whether the passage names the whole topic (its telling half, where it has several words)."""
    if not question.terms:
        return True
    there = stems(hit.passage.headed)
    if rarity.missing_names(there) > 0.25:
        return False
    return rarity.missing(there) <= 0.5 and any(question.names_in(t, there) for t in question.terms)


def _finding(sentences: Sequence[Sentence], hits: Sequence[Hit], context: Context) -> Finding:
    """The story's key sentence from its newest print, and the same from its other prints."""
    by_article: dict[Ref, Sentence] = {}
    for s in sentences:
        by_article.setdefault(ref(hits[s.passage].passage.citation), s)
    quotes = [sentence_quote(s, hits[s.passage]) for s in by_article.values()]
    head = max(range(len(quotes)), key=lambda i: (_rank(quotes[i].citation.published, context), -i))
    ordered = [quotes[head], *quotes[:head], *quotes[head + 1 :]]
    return Finding(text=ordered[0].text, quotes=tuple(ordered))


def _rank(published: Published | None, context: Context) -> str:
    """For sorting: the day; an article from the future counts as undated."""
    if published is None or (context.today and day_of(published) > context.today):
        return ""
    return published.isoformat()


def _by_date(findings: Sequence[Finding], context: Context) -> list[Finding]:
    ordered: list[Finding] = []
    for finding in findings:
        when = finding.quotes[0].citation.published if _rank(finding.quotes[0].citation.published, context) else None
        at = next(
            (i for i, o in enumerate(ordered) if later(when, o.quotes[0].citation.published) or
             (when is not None and not _rank(o.quotes[0].citation.published, context))),
            len(ordered),
        )  # fmt: skip
        ordered.insert(at, finding)
    return ordered
