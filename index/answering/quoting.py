"""Findings and quotes, word for word and with offsets into the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.answer import Finding, Hit, Quote, Span
from index.answering import speakers, time
from index.answering.candidates import Weighed
from index.answering.context import Context, Ref, ref
from index.answering.joining import Candidate, Group, shown
from index.answering.sentences import Sentence
from index.answering.values import lead_of_figure
from index.article import Passage


def finding_of(
    group: Group,
    weighed: Mapping[Candidate, Weighed],
    hits: Sequence[Hit],
    context: Context,
) -> Finding:
    """What the group says: the form to show, its proofs (one an article, best first), the day it means, who says it."""
    first = shown(group)
    by_article: dict[Ref, Candidate] = {first.article: first}
    for c in sorted(group.telling, key=lambda c: (-c.margin, c.passage, c.start)):
        by_article.setdefault(c.article, c)
    quotes = tuple(_quote_of(c, weighed[c].reading, hits[c.passage].passage) for c in by_article.values())
    head = quotes[0]
    assert head.span is not None
    return Finding(
        text=head.span.text,
        quotes=quotes,
        stories=max(1, group.stories),
        weight=round(min(1.0, group.weight), 6),
        speaker=speaker_of(head, hits[first.passage].passage, context),
        resolved=time.resolve(head.span.text, head.citation.published, head.text),
    )


def _quote_of(c: Candidate, score: float, passage: Passage) -> Quote:
    """The candidate's sentence with the span marked; a number keeps its sign and qualifier, a name its first names."""
    start, end = c.start, c.end
    if c.value is not None:
        start -= lead_of_figure(c.before)
    elif c.full_name:
        lead = c.full_name.removesuffix(c.text)
        start -= len(lead) if c.before.endswith(lead) else 0
    left, right = c.start - len(c.before), c.end + len(c.after)
    text = passage.text[left - passage.start : right - passage.start]
    span = Span(start, end, passage.text[start - passage.start : end - passage.start], round(score, 6))
    return Quote(passage.citation, left, right, text, span)


def sentence_quote(sentence: Sentence, hit: Hit, span: Span | None = None) -> Quote:
    return Quote(hit.passage.citation, sentence.start, sentence.end, sentence.text, span)


def speaker_of(quote: Quote, passage: Passage, context: Context) -> str | None:
    """Who says the quote, where it holds quoted words or the answer is what somebody said; None where the answer is the speaker,
    or tells of the speaker."""
    found = speaker_in(passage, quote.start, quote.end, context)
    if found is None or quote.span is None:
        return found.text if found else None
    if found.text in quote.span.text or quote.span.text in found.text:
        return None
    start, end = found.start - quote.start, found.end - quote.start
    in_quote = start >= 0 and end <= len(quote.text)
    told = in_quote and not speakers.says(quote.text, (start, end), quote.span.start - quote.start)
    return None if told else found.text


def speaker_in(passage: Passage, start: int, end: int, context: Context) -> speakers.Speaker | None:
    """Who says the sentence at these offsets of the article, by the whole article where it is known."""
    source = context.articles.get(ref(passage.citation))
    text, shift = (source.text, 0) if source else (passage.text, passage.start)
    found = speakers.speaker(text, start - shift, end - shift)
    return replace(found, start=found.start + shift, end=found.end + shift) if found else None
