"""Does what the question names stand where the answer was found? Evidence about one span, readable and comparable."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.answering.ahead import other_time
from index.answering.changes import is_replaced
from index.answering.datelines import dateline
from index.answering.forms import wrong_form
from index.answering.kinds import FIGURES, QuestionKind
from index.answering.numerals import in_words
from index.answering.opposites import opposed
from index.answering.question import Question
from index.answering.rarity import Rarity, stems
from index.answering.speakers import SAYING
from index.answering.units import TIME_UNITS
from index.answering.values import Value, value_of
from index.answering.words import STOP, Word, alike, fold, names, stem, words


@dataclass(frozen=True, slots=True)
class Support:
    """Shares from 0 (all there) to 1 (all missing), and flags (0 or 1)."""

    names_missing_sentence: float
    names_missing_passage: float
    numbers_missing: float
    terms_missing_sentence: float
    terms_missing_passage: float
    terms_missing_near: float
    off_topic: float
    """Of the terms, what neither the words near the answer nor the title have."""
    without_name: float
    """Of the names, what neither the sentence nor the title has."""
    deed_missing: float
    """Of the terms that are neither names nor the thing counted, what the sentence lacks: what is said of them."""
    wrong_type: float
    echo: float
    opposed: float
    other_time: float
    other_unit: float
    other_names: float
    rival_nearer: float
    outdone: float
    """Asked for the most: another name has a larger figure in the sentence."""
    tops: float
    """Asked for the most: no other name has."""

    @property
    def contradicted(self) -> bool:
        """Whether something speaks against the span whatever its reading: it is then no rival to another."""
        return bool(self.wrong_type == 1 or self.other_names == 1 or self.rival_nearer or self.outdone)


_SHARES = frozenset({"share", "rate", "per"})
_NEAR = 10
_MOST = re.compile(r"\b(?:the )?(?:most|largest|biggest|highest|greatest)\b", re.I)
_LEAST = re.compile(r"\b(?:the )?(?:least|fewest|smallest|lowest)\b", re.I)
_MOMENT = re.compile(r"(?:1[5-9]|20)\d\d(?![\w,])|\d{1,2}(?::\d\d|\s?[ap]\.?m\b)", re.I)
"""A year or a time of day, which counts nothing."""
_ATTACHED = re.compile(r"(?:\s[a-z'’-]+){0,5}\s(?:of|in|at|for|from|to)(?:\sthe)?\s")
"""What joins a figure to the name behind it: " steps of the lighthouse at ". No comma, no other name."""
_RELATIVE = re.compile(r",?\s+(?:which|who|where)\b")
_CLAUSE_OPENS = re.compile(r"(?:,[”\"]?|[”\"])\s+(?:[a-z][\w'’-]*\s+){0,4}$")
_SAYS = re.compile(
    rf"(?:,[^,;.]{{0,60}},)?\s+{SAYING}\b"
    r"(?!\s+(?:it|they|he|she|that|the|an?|would|will|was|is|were|are|had|has|to)\b|\s+[$€£\d])"
)
_SAID_BY = re.compile(rf"(?:,[”\"]?|[”\"])\s+(?:{SAYING}|according to)\s+(?:[a-z][\w'’-]*\s+){{0,4}}$")
_FIGURE = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def _echo(question: Question, text: str) -> float:
    """The share of the answer's words that the question itself says: nobody asks for what he knows."""
    asked = set(question.terms)
    own = [stem(w.text) for w in words(text) if fold(w.text) not in STOP]
    return sum(any(alike(t, a) for a in asked) for t in own) / len(own) if own else 1.0


def support(
    question: Question,
    rarity: Rarity,
    text: str,
    before: str,
    after: str,
    passage: str,
    title: str = "",
    dated: str = "",
) -> Support:
    """The evidence for `text`, which stands in its sentence between `before` and `after`, in `passage` of the article `title`.

    A title names what its article is about, so that a sentence need not say it again; nor need it say the month and year
    `dated`, in which the article was published.
    """
    sentence, title = before + text + after, f"{title}\n{dated}" if dated else title
    in_sentence, headed = stems(sentence), stems(title)
    whole = f"{title}\n{passage}"
    in_passage = stems(whole)
    gaps = [1.0 - 0.5 * (number_in(n, whole) + number_in(n, f"{sentence}\n{dated}")) for n in question.numbers]
    other_unit, other_names = _other_thing(question, text, after, in_sentence)
    standing = _standing(question, text, before, after)
    return Support(
        names_missing_sentence=rarity.missing_names(in_sentence),
        names_missing_passage=rarity.missing_names(in_passage),
        numbers_missing=sum(gaps) / len(gaps) if gaps else 0.0,
        terms_missing_sentence=rarity.missing(in_sentence | headed),
        terms_missing_passage=rarity.missing(in_passage),
        terms_missing_near=rarity.missing(near := _near(text, before, after)),
        off_topic=rarity.missing(near | headed),
        without_name=rarity.missing_names(in_sentence | headed),
        deed_missing=rarity.missing_deed(in_sentence),
        wrong_type=wrong_form(question, text, before, after),
        echo=_echo(question, text),
        opposed=opposed(question.text, sentence),
        other_time=other_time(question.text, sentence),
        other_unit=other_unit,
        other_names=other_names,
        rival_nearer=_rival(question, text, before, after),
        outdone=float(standing < 0),
        tops=float(standing > 0),
    )


def _near(text: str, before: str, after: str) -> frozenset[str]:
    """The words of the answer and up to ten on either side in its sentence, not beyond a semicolon."""
    start, end = len(before), len(before) + len(text)
    first = before.rfind(";") + 1
    last = end + len(after.split(";", 1)[0])
    listed = words(before + text + after)
    left = [w for w in listed if first <= w.start and w.end <= start][-_NEAR:]
    right = [w for w in listed if end <= w.start and w.end <= last][:_NEAR]
    return frozenset([stem(w.text) for w in left + right]) | stems(text)


def number_in(number: str, passage: str) -> bool:
    """Whether the number stands there, in digits or, up to a hundred, in words ("3", "three")."""
    plain = number.replace(",", "")
    spelled = in_words(int(plain)) if plain.isdecimal() and len(plain) < 3 else ""
    listed, running = _plainly(passage)
    return plain in listed or bool(spelled and f" {spelled} " in running)


@lru_cache(maxsize=256)
def _plainly(text: str) -> tuple[frozenset[str], str]:
    """A text's words without commas and capitals, and in a row with a blank on either side."""
    listed = [w.text.replace(",", "").lower() for w in words(text)]
    return frozenset(listed), f" {' '.join(listed)} ".replace("-", " ")


def _other_thing(question: Question, text: str, after: str, sentence: frozenset[str]) -> tuple[float, float]:
    """Whether a figure counts another thing than was asked for, and whether that thing bears other names."""
    value = value_of(text, after)
    if question.kind is not QuestionKind.HOW_MANY or value is None or not question.noun:
        return 0.0, 0.0
    head = question.noun[-1]
    if value.kind in {"money", "date"}:
        return float(not (value.kind == "money" and head in stems(value.unit))), 0.0  # "how many euros"
    if value.kind == "percent" and not any(w.startswith("percent") or w in _SHARES for w in question.noun):
        return 0.5, 0.0  # a share of the votes is no number of votes, but may be all that is told
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
    """1 if a name the question does not mention stands nearer to the figure than those it does mention, or if another
    figure stands nearer to those.

    "1,650 in Aville, second only to Beeton, which gets 1,949": asked about Beeton, the name next to 1,650 is a rival.
    "26,000 homes, 9,000 of them in Aville": asked about Aville, 9,000 is.
    """
    value = value_of(text, after)
    if not question.names or (question.kind not in FIGURES and value is None):
        return 0.0
    asked = [stem(t) for n in question.names for t in n]
    sentence = before.removeprefix(dateline(before)) + text + after
    start, end = len(sentence) - len(after) - len(text), len(sentence) - len(after)
    counted = value.names if value else frozenset()
    mine = rival = math.inf
    listed = words(sentence)
    for run in names(sentence):
        tokens = [stem(w.text) for w in run]
        if run[0].start < end and run[-1].end > start:
            continue
        distance = _distance(run, listed, start, end)
        if _ATTACHED.fullmatch(sentence[end : run[0].start]):
            distance = min(distance, 1)
        if any(alike(t, a) for t in tokens for a in asked):
            mine = min(mine, distance)
        elif not set(tokens) <= counted and not _speaks(sentence, run):
            rival = min(rival, distance)
    if mine < math.inf:  # "the bridge" alone may be any bridge: it brings the name that stands here nearer, no more
        for word in listed:
            if not word.capital and any(alike(stem(word.text), a) for a in asked):
                mine = min(mine, _distance((word,), listed, start, end))
    if question.kind is QuestionKind.HOW_LONG:
        rival = math.inf  # a duration belongs to a deed, whose names may stand anywhere in the sentence
    return float(mine < math.inf and (rival < mine or _figure_nearer(question, sentence, listed, start, end, value)))


def _speaks(sentence: str, run: Sequence[Word]) -> bool:
    """Whether a name is only that of who says it: ", Mayor Anna Lind said.", ", said Anna Lind"."""
    before, behind = sentence[max(0, run[0].start - 60) : run[0].start], sentence[run[-1].end : run[-1].end + 90]
    return bool((_CLAUSE_OPENS.search(before) and _SAYS.match(behind)) or _SAID_BY.search(before))


def _figure_nearer(
    question: Question, sentence: str, listed: Sequence[Word], start: int, end: int, value: Value | None
) -> bool:
    """Whether each mention of the names asked for has another figure nearer to it. Years and clock times are none, nor is what
    gave way to the figure ("raised from 95 crowns to 110"), nor, for a sum of money, a length of time or a sum in another
    currency ("the ferry to Aville, 50 minutes, 75 crowns (8 euros)")."""
    asked = [stem(t) for n in question.names for t in n]
    mentions = [w for w in listed if w.capital and any(alike(stem(w.text), a) for a in asked)]
    figures = [m.span() for m in _FIGURE.finditer(sentence) if not (m.start() < end and m.end() > start)]
    figures = [
        f
        for f in figures
        if not _MOMENT.match(sentence[f[0] :])
        and not is_replaced(question.text, sentence, *f)
        and not _other_measure(value, sentence, *f)
    ]
    return bool(mentions and figures) and all(
        any(_distance((w,), listed, *f) < _distance((w,), listed, start, end) for f in figures) for w in mentions
    )


def _other_measure(value: Value | None, sentence: str, start: int, end: int) -> bool:
    if value is None or value.kind != "money":
        return False
    marked = start - 1 if start and sentence[start - 1] in "$€£¥₹" else start
    other = value_of(sentence[marked:end], sentence[end : end + 40])
    return other is not None and (other.unit in TIME_UNITS or (other.kind == "money" and other.unit != value.unit))


def _distance(run: Sequence[Word], listed: Sequence[Word], start: int, end: int) -> float:
    """Words between a name and the figure, and half a word more where a comma or another mark parts them."""
    left, right = (run[-1].end, start) if run[-1].end <= start else (end, run[0].start)
    between = [w for w in listed if left <= w.start and w.end <= right]
    borders = [left, *(at for w in between for at in (w.start, w.end)), right]
    return len(between) + 0.5 * any(b - a > 1 for a, b in zip(borders[::2], borders[1::2], strict=True))


def _standing(question: Question, text: str, before: str, after: str) -> float:
    """Where the question asks which has the most (or least): 1 if the sentence gives this name the largest (smallest) of
    its figures, -1 if it gives another name one that outdoes it, else 0.

    "Aville gets 165 rangers, Beeton 194": asked which city gets most, Aville is outdone.
    """
    if question.kind not in {QuestionKind.WHICH, QuestionKind.WHO, QuestionKind.WHERE, QuestionKind.WHAT}:
        return 0.0
    most = bool(_MOST.search(question.text))
    if most == bool(_LEAST.search(question.text)) or not any(c.isupper() for c in text):
        return 0.0
    sentence = before + text + after
    figures = [
        (m.start(), v.amount)
        for m in _FIGURE.finditer(sentence)
        if not _MOMENT.match(sentence[m.start() :]) and (v := value_of(m.group())) and v.amount >= 1
    ]
    if len(figures) < 2:
        return 0.0
    listed = words(sentence)
    start, end = len(before), len(before) + len(text)

    def distance(at: int) -> float:
        word = next((w for w in listed if w.end > at), None)
        return _distance((word,), listed, start, end) if word else math.inf

    # "Beeton, which gets 194": a relative clause brings its own figure.
    own = [f for f in figures if f[0] >= end] if _RELATIVE.match(after) else []
    mine = own[0][1] if own else min(figures, key=lambda f: distance(f[0]))[1]
    amounts = [amount for _, amount in figures]
    if mine != (max(amounts) if most else min(amounts)):
        return -1.0
    return float(amounts.count(mine) == 1)
