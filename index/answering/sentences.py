"""The sentences that answer best, by the words of the question: for prose questions, and where there is no reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.answer import Hit
from index.answering.dates import NOT_MAY
from index.answering.kinds import FIGURES, QuestionKind
from index.answering.numerals import NUMBER_WORDS
from index.answering.question import Question
from index.answering.rarity import Rarity, stems
from index.answering.speakers import SAYING
from index.answering.words import names

_REASON = re.compile(
    r"\b(because|since|due to|owing to|after|as part of|following|in order to|so that|to (?:prevent|stop|help|make|avoid|curb|"
    r"reduce|protect|allow|give|keep)|caused|cause|blamed?|reason|response|led to|thanks to|amid|result)\b",
    re.I,
)
_TIME = re.compile(
    rf"\b({NOT_MAY}|\d{{4}}|yesterday|today|tomorrow|ago|week|month|year|night|morning|o'clock|noon)\b", re.I
)
_NUMBER = re.compile(
    rf"\d|\b(?:{'|'.join(NUMBER_WORDS[1:])}|dozens?|hundreds?|thousands?|[mb]illions?|half|an? "
    r"(?:month|year|week|day|hour|decade))\b",
    re.I,
)
_PLACE = re.compile(r"\b(in|at|on|to|from|near|outside|along|across|between|off|around)\s+(the\s+)?[A-Z]")
SAID = re.compile(rf"[“\"”]|\b(?:{SAYING}|say|called|vowed|tweeted|posted|according to|in the words of)\b", re.I)
"""What a sentence has in which somebody speaks."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, `article.text[start:end] == text`, with its score (0 to about 1) for the question."""

    passage: int
    start: int
    end: int
    text: str
    score: float


def sentence_texts(hit: Hit) -> list[tuple[int, int, str]]:
    """(start, end, text) of a passage's sentences; the whole passage where it has none."""
    p = hit.passage
    spans = p.sentences or ((p.start, p.end),)
    return [(s, e, p.text[s - p.start : e - p.start]) for s, e in spans if p.text[s - p.start : e - p.start].strip()]


def ranked(hits: Sequence[Hit], rarity: Rarity) -> list[Sentence]:
    """The sentences of the passages, best first; the same sentence in overlapping passages once.

    The score is made of the share of the question's telling words in the sentence (and, less, in its passage), of whether
    it holds what the kind of question wants (a number, a name, a time), the names it lacks, and the passage's rank.
    """
    found: list[tuple[int, int, int, str]] = []
    seen: set[tuple[str, str, int, int]] = set()
    for i, hit in enumerate(hits):
        for start, end, text in sentence_texts(hit):
            key = (hit.passage.citation.collection, hit.passage.citation.key, start, end)
            if key not in seen:
                seen.add(key)
                found.append((i, start, end, text))
    scored = [
        Sentence(i, start, end, text, round(sentence_score(rarity, hits[i], text), 6)) for i, start, end, text in found
    ]
    return sorted(scored, key=lambda s: (-s.score, s.passage, s.start))


def sentence_score(rarity: Rarity, hit: Hit, text: str) -> float:
    """How likely a sentence of the passage tells what the question asks for: 0 to about 1."""
    here = stems(text)
    around = stems(hit.passage.headed)
    score = 0.75 * (1 - rarity.missing(here)) + 0.25 * (1 - rarity.missing(around))
    score -= 0.15 * rarity.missing_names(here) + 0.2 * rarity.missing_names(around)
    score += 0.25 * wanted(rarity.question, text) - 0.25
    score += 0.1 / hit.rank
    # A fragment ("MEXICO CITY —", a caption) carries no answer, however well its words match.
    return score - (0.2 if len(text.split()) < 5 else 0.0)


def wanted(question: Question, text: str) -> float:
    """How far a sentence holds what this kind of question asks for: 1 if it does or nothing particular is asked for."""
    kind = question.kind
    if kind in FIGURES:
        return float(bool(_NUMBER.search(text)))
    if kind in {QuestionKind.WHO, QuestionKind.QUOTE}:
        asked = {t for n in question.names for t in n}
        other = any(not stems(" ".join(w.text for w in run)) <= asked for run in names(text))
        said = 0.4 if kind is QuestionKind.QUOTE and not SAID.search(text) else 0.0
        return float(other) - said
    if kind is QuestionKind.WHEN:
        return float(bool(_TIME.search(text)))
    if kind is QuestionKind.WHERE:
        return 1.0 if _PLACE.search(text) else 0.5
    if kind is QuestionKind.WHY:
        return 1.0 if _REASON.search(text) else 0.3
    return 1.0
