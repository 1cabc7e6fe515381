"""Marking the answer in a sentence without a reader, only where a rule leaves one possibility."""

from __future__ import annotations

import re

from index.answer import Hit, Span
from index.answering.context import Context
from index.answering.kinds import FIGURES, QuestionKind
from index.answering.question import Question
from index.answering.quoting import speaker_in
from index.answering.rarity import Rarity
from index.answering.sentences import Sentence
from index.answering.support import support
from index.answering.values import lead_of_figure, value_of

_FIGURE = re.compile(
    r"(?:(?:US|C|A|NZ|HK)?[$€£¥₹]\s?)?\d[\d,.]*"
    r"(?:[kmb]\b|\s?-?\s?(?:hundred|thousand|million|billion|trillion|mln|bn|tn|mn)\b)?(?:\s?(?:%|percent\b|per cent\b))?",
    re.I,
)


def marked(question: Question, sentence: Sentence, hit: Hit, context: Context) -> Span | None:
    """The one figure of the sentence that can be meant, or its speaker; None where several can."""
    if question.kind is QuestionKind.QUOTE:
        found = speaker_in(hit.passage, sentence.start, sentence.end, context)
        inside = found and found.start >= sentence.start and found.end <= sentence.end
        return Span(found.start, found.end, found.text, 0.0) if found and inside else None
    if question.kind not in FIGURES or question.kind is QuestionKind.HOW_LONG:
        return None
    rarity = Rarity(question, [hit.passage.text])
    fitting = []
    for match in _FIGURE.finditer(sentence.text):
        start, end = match.start(), match.start() + len(match.group().rstrip(".,"))
        text, before, after = sentence.text[start:end], sentence.text[:start], sentence.text[end:]
        if value_of(text, after) is None or _is_year(text):
            continue
        evidence = support(question, rarity, text, before, after, hit.passage.text)
        if not (evidence.rival_nearer or evidence.other_unit or evidence.other_names or evidence.wrong_type):
            fitting.append((start - lead_of_figure(before), end))
    if len(fitting) != 1 or (question.kind is QuestionKind.HOW_MANY and not question.noun):
        return None
    start, end = fitting[0]
    return Span(sentence.start + start, sentence.start + end, sentence.text[start:end], 0.0)


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:1[5-9]|20)\d\d", text))
