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
from index.article import newest_first

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
    about = [i for i, h in enumerate(hits) if _is_about(rarity, h)]
    if not about:
        return Answer(asked, Kind.NONE, (), trace, reason="No article found is about that.")
    chosen = [hits[i] for i in about]
    best: dict[int, list[Sentence]] = {}
    sentences = ranked(chosen, rarity)
    for s in sentences:
        best.setdefault(story_of.get(ref(chosen[s.passage].passage.citation), -1), []).append(s)
    findings = [_finding(found, chosen, context) for found in best.values()]
    ordered = newest_first(findings, lambda finding: context.published(finding.quotes[0].citation))
    return Answer(asked, Kind.LATEST, tuple(ordered[:STORIES]), trace)


def _is_about(rarity: Rarity, hit: Hit) -> bool:
    """Whether the passage names the whole topic (its telling half, where it has several words)."""
    there = stems(hit.passage.headed)
    return rarity.missing_names(there) <= 0.25 and rarity.missing(there) <= 0.5


def _finding(sentences: Sequence[Sentence], hits: Sequence[Hit], context: Context) -> Finding:
    """The story's key sentence from its newest print, and the same from its other prints."""
    by_article: dict[Ref, Sentence] = {}
    for s in sentences:
        by_article.setdefault(ref(hits[s.passage].passage.citation), s)
    quotes = [sentence_quote(s, hits[s.passage]) for s in by_article.values()]
    head = newest_first(quotes, lambda quote: context.published(quote.citation))[0]
    return Finding(text=head.text, quotes=(head, *(quote for quote in quotes if quote is not head)))
