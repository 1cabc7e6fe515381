"""Does what the question names stand where the answer was found? Evidence about one span, readable and comparable."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.answering.opposites import opposed
from index.answering.question import FIGURES, Question, QuestionKind
from index.answering.values import MONTHS, TIME_UNITS, WEEKDAYS, value_of
from index.answering.words import STOP, Word, alike, fold, names, stem, word_set, words

_CLOCK = re.compile(
    r"\d|noon|midnight|morning|afternoon|evening|night|dawn|dusk|today|yesterday|tomorrow|ago|century|now\b|soon|daily"
)
_WHEN = re.compile(
    r"\b({})\b|\b(19|20)\d\d\b|\b\d{{4}}s?\b".format(
        "|".join([*(m for m in MONTHS if m != "may"), *WEEKDAYS, *TIME_UNITS])
    ),
    re.I,
)


@dataclass(frozen=True, slots=True)
class Support:
    """Shares from 0 (all there) to 1 (all missing), and flags (0 or 1)."""

    names_missing_sentence: float
    names_missing_passage: float
    numbers_missing: float
    terms_missing_sentence: float
    terms_missing_passage: float
    wrong_type: float
    echo: float
    opposed: float
    other_unit: float
    other_names: float
    rival_nearer: float


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """All words of a text, as they are compared."""
    return frozenset(stem(w.text) for w in words(text))


def name_presence(question: Question, name: Sequence[str], there: frozenset[str]) -> float:
    """1 if the whole name stands there, .8 if its last word does, less for another part of it, 0 for nothing."""
    found = [question.names_in(token, there) for token in name]
    if all(found):
        return 1.0
    return 0.8 if found[-1] else 0.4 if any(found) else 0.0


def missing_names(question: Question, there: frozenset[str]) -> float:
    """The share of the question's names that are missing; the worst name counts as much as all together."""
    if not question.names:
        return 0.0
    gaps = [1.0 - name_presence(question, n, there) for n in question.names]
    return (sum(gaps) / len(gaps) + max(gaps)) / 2


class Rarity:
    """How telling each word of the question is among the passages at hand: log(1 + N / df)."""

    def __init__(self, question: Question, passages: Sequence[str]) -> None:
        there = [stems(p) for p in passages]
        self.question = question
        counts = Counter(t for t in question.terms for p in there if question.names_in(t, p))
        self.weights: Mapping[str, float] = {
            t: math.log(1 + len(passages) / max(counts[t], 0.5)) for t in question.terms
        }
        self.total = sum(self.weights.values())

    def missing(self, there: frozenset[str]) -> float:
        """The share of the question's meaning that is not there."""
        if not self.total:
            return 0.0
        return sum(w for t, w in self.weights.items() if not self.question.names_in(t, there)) / self.total


_PARTICULAR = tuple(
    (re.compile(rf"\b(?:which|what)\s+(?:\w+\s+)?{asked}\b", re.I), form)
    for asked, form in (
        ("years?", re.compile(r"\d{4}|\d0s")),
        (
            "(?:day|date)",
            re.compile(r"\b(?:{})\b|\d".format("|".join([*MONTHS, *WEEKDAYS, "today", "yesterday", "tomorrow"])), re.I),
        ),
        ("month", re.compile(r"\b(?:{})\b".format("|".join(MONTHS)), re.I)),
        ("weekday", re.compile(r"\b(?:{})\b".format("|".join(WEEKDAYS)), re.I)),
        (
            "(?:city|cities|town|village|country|countries|state|nation|river|lake|island|continent|region|street|newspaper|company|"
            "companies|team|university|person|man|woman|president|minister|party|band|author|king|queen|language)",
            re.compile(r"[A-Z]|[^\x00-\x7f]"),
        ),
    )
)
"""Questions that name the form of their answer."""


def _echo(question: Question, text: str) -> float:
    """The share of the answer's words that the question itself says: nobody asks for what he knows."""
    asked = set(question.terms)
    own = [stem(w.text) for w in words(text) if fold(w.text) not in STOP]
    return sum(any(alike(t, a) for a in asked) for t in own) / len(own) if own else 1.0


def wrong_type(question: Question, text: str) -> bool:
    """Whether an answer of this form can not be one to this kind of question."""
    kind = question.kind
    wanted = next((form for asked, form in _PARTICULAR if asked.search(question.text)), None)
    if wanted is not None:
        return not wanted.search(text)
    if kind in FIGURES:
        return not re.search(r"\d", text) and value_of(text) is None and not stems(text) & _NUMBER_STEMS
    if kind in {QuestionKind.WHO, QuestionKind.QUOTE}:
        return not any(c.isupper() for c in text) or value_of(text) is not None
    if kind is QuestionKind.WHEN:
        return not (_WHEN.search(text) or _CLOCK.search(text.lower()))
    if kind is QuestionKind.WHERE:
        return value_of(text) is not None
    return False


_NUMBER_STEMS = frozenset(
    stem(w)
    for w in word_set(
        "one two three four five six seven eight nine ten eleven twelve hundred thousand million billion dozen half twice no "
        "none zero several twenty thirty forty fifty sixty seventy eighty ninety third quarter"
    )
)


def support(question: Question, rarity: Rarity, text: str, before: str, after: str, passage: str) -> Support:
    """The evidence for `text`, which stands in its sentence between `before` and `after`, in `passage`, which comes with
    its title.
    """
    sentence = before + text + after
    in_sentence, in_passage = stems(sentence), stems(passage)
    numbers = [n for n in question.numbers if not _number_in(n, passage)]
    other_unit, other_names = _other_thing(question, text, after, in_sentence)
    return Support(
        names_missing_sentence=missing_names(question, in_sentence),
        names_missing_passage=missing_names(question, in_passage),
        numbers_missing=len(numbers) / len(question.numbers) if question.numbers else 0.0,
        terms_missing_sentence=rarity.missing(in_sentence),
        terms_missing_passage=rarity.missing(in_passage),
        wrong_type=float(wrong_type(question, text)),
        echo=_echo(question, text),
        opposed=opposed(question.text, sentence),
        other_unit=other_unit,
        other_names=other_names,
        rival_nearer=_rival(question, text, before, after),
    )


def _number_in(number: str, passage: str) -> bool:
    plain = number.replace(",", "")
    return any(w.text.replace(",", "") == plain for w in words(passage))


def _other_thing(question: Question, text: str, after: str, sentence: frozenset[str]) -> tuple[float, float]:
    """Whether a figure counts another thing than was asked for, and whether that thing bears other names."""
    value = value_of(text, after)
    if question.kind is not QuestionKind.HOW_MANY or value is None or not question.noun:
        return 0.0, 0.0
    if value.kind in {"money", "date"}:
        return 1.0, 0.0
    head = question.noun[-1]
    other_unit = float(bool(value.unit) and value.unit != head and value.unit not in question.terms)
    if other_unit and head in sentence:
        other_unit = 0.5
    asked = question.noun_names
    if asked:
        wrong = not any(alike(a, n) for a in asked for n in value.names) and not (
            not value.names and all(question.names_in(a, sentence) for a in asked)
        )
    else:
        wrong = bool(value.names) and not any(alike(t, n) for t in question.terms for n in value.names)
    return other_unit, (1.0 if asked else 0.5) * float(wrong)


def _rival(question: Question, text: str, before: str, after: str) -> float:
    """1 if a name the question does not mention stands nearer to the figure than those it does mention.

    "1,650 in Aville, second only to Beeton, which gets 1,949": asked about Beeton, the name next to 1,650 is a rival.
    """
    if question.kind not in FIGURES or not question.names:
        return 0.0
    asked = [stem(t) for n in question.names for t in n]
    sentence = before + text + after
    start, end = len(before), len(before) + len(text)
    value = value_of(text, after)
    counted = value.names if value else frozenset()
    mine = rival = math.inf
    listed = words(sentence)
    for run in names(sentence):
        tokens = [stem(w.text) for w in run]
        if run[0].start < end and run[-1].end > start:
            continue
        distance = _distance(run, listed, start, end)
        if any(alike(t, a) for t in tokens for a in asked):
            mine = min(mine, distance)
        elif not set(tokens) <= counted:
            rival = min(rival, distance)
    for word in listed:
        if not word.capital and any(alike(stem(word.text), a) for a in asked):
            mine = min(mine, _distance((word,), listed, start, end))
    return float(mine < math.inf and rival < mine)


def _distance(run: Sequence[Word], listed: Sequence[Word], start: int, end: int) -> float:
    """Words between a name and the figure; a comma or a "which" between them is no distance of its own."""
    if run[-1].end <= start:
        return sum(1 for w in listed if run[-1].end <= w.start and w.end <= start)
    return sum(1 for w in listed if end <= w.start and w.end <= run[0].start)
