"""A span cut down, or completed, to what was asked for: the name without "by", the figure without its clause, the day without
the doer, "efforts to curb smuggling" for "curb smuggling", "suspend the tariffs" for "tariffs".

The reader scores where an answer begins and where it ends apart from each other, so that a span may join two of them.
"""

from __future__ import annotations

import re

from index.answering.changes import CHANGED_FROM, MOVED, asks_as_it_was
from index.answering.datelines import dateline
from index.answering.dates import DAY_OR_MONTH
from index.answering.kinds import FIGURES, QuestionKind
from index.answering.question import Question
from index.answering.units import DIMENSIONS, asked_currency
from index.answering.values import QUALIFIER, value_of
from index.answering.words import words

_LINES = re.compile(r"[^\n]+")
_PREPOSITION = re.compile(r"(?:by|from|to|with|of|for|in|at|on|into|near)\s+(?=[^\W\d_a-z])")
_NOUN_BEFORE = re.compile(
    r"\b(?:efforts?|attempts?|plans?|steps?|measures?|moves?|work|permission|permits?|promises?|pledges?|offers?|rights?|powers?|"
    r"chances?)\s+to\s+$"
)
"""A noun that an infinitive completes; what is asked for as a thing is both together."""
_ACT = re.compile(r"\b(?:agree|promise|pledge|vow|offer|commit|demand|decide|in return|in exchange)(?:s|d|ed)?\b", re.I)
"""Asks for what somebody does for another: "tariffs" says half of "suspend the tariffs"."""
_PROMISED = re.compile(
    r"(?:(?:agreed|promised|pledged|vowed|offered|committed|decided)\s+)?to\s+(?!(?:the|an?|its|his|her|their|it|this|that|them)\b)(?=[a-z])"
)
"""Says that an act follows, and is no part of it."""
_VERB_BEFORE = re.compile(
    r"\bto\s+(?P<verb>(?!(?:the|an|its|his|her|their|all|some)\s)[a-z]{2,}\s+(?:(?:more|less|away|up|out)\s+)?(?:(?:against|for|with|on|about|over|in|to)\s+)?"
    r"(?:(?:the|a|an|its|his|her|their|all|some)\s+)?)$"
)
_TO_DO = re.compile(r"\bdo(?:ing)?\b\W*$|\bto\W*$|\bto do\b", re.I)
_DAY = re.compile(
    rf"(?:(?:on|in|at|by|since|until|from|before|after|late|early)\s+)*(?:(?:{DAY_OR_MONTH})\b|(?:1[5-9]|20)\d\d\b|\d).*",
    re.I | re.S,
)
_FIGURE = re.compile(rf"(?:{QUALIFIER.pattern})?(?:(?:US|C|A|NZ|HK)?[$€£¥₹]\s?)?\d.*", re.I | re.S)
_NAMED = frozenset({QuestionKind.WHO, QuestionKind.QUOTE, QuestionKind.WHICH, QuestionKind.WHAT})
"""Kinds that ask for a name or a thing, not for where or when it is."""
_TELLING = re.compile(
    r"(?:(?:it|they|he|she|there|which|that|this|tickets?)\s+)?(?:costs?|paid|pays|is|are|was|were|had|has)\s+", re.I
)
"""What says that a figure follows and is no part of it."""
_CHANGE = re.compile(
    rf"(?P<old>[^,;]+?)\s+to\s+(?P<new>(?:the\s+)?(?:[$€£]?\d|(?:{DAY_OR_MONTH})\b)[^,;]*)", re.I | re.S
)
_CHANGED_ON = re.compile(
    rf"(?P<day>(?:on\s+)?(?:{DAY_OR_MONTH}|yesterday|today|\d)[^,;]*?)\s+(?P<change>from\s+[^,;]+?\s+to\s+(?:the\s+)?(?:\d|(?:{DAY_OR_MONTH})\b)[^,;]*)",
    re.I | re.S,
)
_RUN = re.compile(r"(?<=\w)\s+in\s+(?:an?\s+(?:[a-z]+\s+){1,3})?\d{1,2}(?::\d\d){1,2}(?:\.\d+)?(?:\s[a-z]+)?$")
_TO_WHEN = re.compile(
    r"\b(?:to|until|till|for)\s+(?:when|what|which)\b|\b(?:to|until|till|for|from)\W*$|^\W*from\b", re.I
)
_PARTS = re.compile(r"[^\s,;](?:[^,;]|,(?=\d))*")
"""What commas and semicolons part, but those of a number do not."""
_OTHER_CURRENCY = re.compile(
    r"\s*(?:\(\s*(?:or\s+|that\s+is\s+|equal\s+to\s+|equivalent\s+to\s+)?|,?\s*or\s+)"
    rf"(?P<sum>(?:{QUALIFIER.pattern})?(?:US|C|A|NZ|HK)?[$€£¥₹]?\d[\d,.]*(?:[^\S\n][a-z]+){{0,2}})"
    r"(?=[)\].,;]|\s(?!more\b|less\b))",
    re.I,
)
"""The same sum in another currency, behind it in brackets."""
_ASKS_MEASURE = re.compile(rf"\bhow ({'|'.join(DIMENSIONS)})\b", re.I)
_MEASURE = re.compile(
    r"\d[\d,.]*(?:\s(?:and a half|million|thousand))?[\s-]"
    r"(?:kilomet|met|mile|f(?:oo|ee)t|inch|centimet|millimet|yard|km|cm|mm|ft|m\b)\w*",
    re.I,
)
_MEASURES = {
    asked: re.compile(rf"[\s-](?:in\s+)?(?!highway|span\b)(?:{words})", re.I) for asked, words in DIMENSIONS.items()
}
"""What stands behind a measure of that kind."""
_YEARS = re.compile(r"(?P<first>\d{3,4})\s?[–—-]\s?(?P<last>\d{3,4})")
_ASKS_FIRST = re.compile(r"\b(?:born|birth|beg[aiu]n|start(?:s|ed)?|found(?:ed)?|opened|broke out)\b", re.I)
_ASKS_LAST = re.compile(r"\b(?:die[ds]?|death|end(?:s|ed)?|finish(?:ed)?|closed?|over)\b", re.I)
_PLACE_OF = re.compile(
    r"(?:(?:in|at|near|to)\s+)?(?:the\s+)?(?:city|town|village|port|state|province|county|district|country)\s+of\s+(?=[^\W\d_a-z])"
)
_FROM = re.compile(r"from\s+", re.I)
_BEHIND_FROM = re.compile(r"\bfrom\s+$", re.I)
_WAY = re.compile(r"(?P<start>[^,;]+?)\s+to\s+(?P<goal>[^,;]+)", re.S)
_ASKS_GOAL = re.compile(
    r"\b(?:mov(?:e|es|ed|ing)|relocat\w+|transfer\w*|shift\w*|go|goes|going|went|gone|head(?:s|ed|ing)?|end(?:s|ed)?|finish\w*|"
    r"arriv\w+|land(?:s|ed)?|sen[dt]|tak(?:e|en|ing)|took|br(?:ing|ought)|to\W*$)\b",
    re.I,
)
_MOVES = re.compile(r"\b(?:mov(?:e|es|ed|ing)|relocat\w+|transferr\w+|shift(?:s|ed|ing)?)\b[^.;]*$", re.I)
"""What is said to move is then where it moves to; what runs, as a line does, is all along the way."""
_ASKS_START = re.compile(r"\b(?:from|start(?:s|ed)?|beg[aiu]ns?|origins?|come|came|leave|left|set off)\b", re.I)


def narrowed(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """The part of `text[start:end]` that answers `question`, or what completes it; else it stays as it is. Never empty."""
    for cut in (
        _one_line,
        _without_dateline,
        _one_clause,
        _one_measure,
        _one_sum,
        _in_currency,
        _without_run,
        _day_of_change,
        _what_is_now,
        _one_end,
        _one_year,
        _without_lead,
        _with_verb,
        _with_noun,
    ):
        start, end = cut(question, text, start, end)
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
            end -= 1
    return start, end


def _one_line(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """An answer does not run over a paragraph's end; the longest of its lines is meant."""
    lines = [found.span() for found in _LINES.finditer(text, start, end)]
    return max(lines, key=lambda line: line[1] - line[0], default=(start, end))


def _one_measure(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of "1.2 kilometres long and 64 metres high" the part that is as long, or as high, as was asked."""
    asked = _ASKS_MEASURE.search(question.text) if question.kind is QuestionKind.HOW_LONG else None
    parts = [m.span() for m in _MEASURE.finditer(text, start, end)]
    if not asked or len(parts) < 2:
        return start, end
    own, others = _MEASURES[asked[1].lower()], [w for k, w in _MEASURES.items() if k != asked[1].lower()]
    fitting = [
        (left, right)
        for left, right in parts
        if own.match(text, right) or not any(other.match(text, right) for other in others)
    ]
    return fitting[0] if len(fitting) == 1 else (start, end)


def _one_sum(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of "50 minutes, 75 crowns" the sum, where the question asks how much something is."""
    if question.kind is not QuestionKind.HOW_MUCH or question.noun:
        return start, end
    parts = [m.span() for m in _PARTS.finditer(text, start, end)]
    values = [value_of(text[slice(*part)]) for part in parts]
    sums = [part for part, value in zip(parts, values, strict=True) if value and value.kind == "money"]
    return sums[0] if len(parts) > 1 and all(values) and len(sums) == 1 else (start, end)


def _in_currency(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Behind "40 million crowns", asked for in euros, the "3.5 million euros" of the brackets that follow."""
    asked = asked_currency(question.text)
    found = _OTHER_CURRENCY.search(text, start, end + 80) if asked else None
    if not found or found.start() > end:
        return start, end
    own, other = value_of(text[start : found.start()]), value_of(found["sum"])
    given = own and other and own.kind == other.kind == "money" and own.unit != other.unit == asked
    return found.span("sum") if given else (start, end)


def _without_run(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of "Sunday in 2:31:08" the day, without how long somebody ran."""
    found = _RUN.search(text, start, end) if question.kind is QuestionKind.WHEN else None
    return (start, found.start()) if found else (start, end)


def _day_of_change(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of "Thursday from 12 May to 16 June", the day on which something was put off, where the question asks when it was; the
    days it was moved from and to, where it asks for something else."""
    if question.kind is not QuestionKind.WHEN:
        return start, end
    found = _CHANGED_ON.fullmatch(text, start, end)
    if not found or not CHANGED_FROM.search(text, max(0, start - 100), found.start("change") + len("from ")):
        return start, end
    return found.span("day" if MOVED.search(question.text) and not _TO_WHEN.search(question.text) else "change")


def _without_dateline(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    behind = start + len(dateline(text[start:end]))
    return (behind, end) if behind < end else (start, end)


def _one_clause(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of clauses that a semicolon parts, the one with the figure."""
    if question.kind not in FIGURES or ";" not in text[start:end]:
        return start, end
    clauses = [(start + found.start(), start + found.end()) for found in re.finditer(r"[^;]+", text[start:end])]
    telling = [clause for clause in clauses if re.search(r"\d", text[slice(*clause)])]
    return telling[0] if len(telling) == 1 else (start, end)


def _what_is_now(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of "12 July to 30 August", to which something was put off, the new day, unless the question asks how it was at first."""
    if question.kind not in FIGURES | {QuestionKind.WHEN} or asks_as_it_was(question.text):
        return start, end
    lead = _FROM.match(text, start, end)
    found = _CHANGE.fullmatch(text, lead.end() if lead else start, end)
    changed = found and CHANGED_FROM.search(text, max(0, found.start() - 100), found.start())
    return found.span("new") if found and changed else (start, end)


def _one_end(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of a way "from the lakeside to the old airfield", the end that was asked for; the whole way if neither was."""
    if question.kind is not QuestionKind.WHERE:
        return start, end
    lead = _FROM.match(text, start, end)
    found = _WAY.fullmatch(text, lead.end() if lead else start, end)
    if found and (lead or _BEHIND_FROM.search(text, max(0, start - 8), start)):
        if _ASKS_START.search(question.text):
            return found.span("start")
        if _ASKS_GOAL.search(question.text) or _MOVES.search(text, max(0, start - 80), start):
            return found.span("goal")
    return start, end


def _one_year(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    """Of a life or a reign "1711–1780", the year that was asked for."""
    found = _YEARS.fullmatch(text, start, end) if question.kind is QuestionKind.WHEN else None
    first, last = bool(_ASKS_FIRST.search(question.text)), bool(_ASKS_LAST.search(question.text))
    return found.span("first" if first else "last") if found and first != last else (start, end)


def _without_lead(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    if question.kind in {QuestionKind.WHERE, QuestionKind.WHICH}:
        found = _PLACE_OF.match(text, start, end)
        start = found.end() if found else start
    if question.kind is QuestionKind.WHAT and _ACT.search(question.text) and not _TO_DO.search(question.text):
        found = _PROMISED.match(text, start, end)
        start = found.end() if found else start
    if question.kind in _NAMED:
        found = _PREPOSITION.match(text, start, end)
        return (found.end(), end) if found else (start, end)
    if question.kind in FIGURES:
        found = _TELLING.match(text, start, end)
        return (found.end(), end) if found and _FIGURE.fullmatch(text, found.end(), end) else (start, end)
    found = _DAY.search(text, start, end) if question.kind is QuestionKind.WHEN else None
    # "Sheinbaum on Monday": a doer, then the day. "Three days after the vote in 1990" is whole.
    lead = words(text[start : found.start()]) if found else []
    return (found.start(), end) if found and lead and all(word.capital for word in lead) else (start, end)


def _with_verb(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    found = _VERB_BEFORE.search(text, max(0, start - 40), start)
    act = question.kind is QuestionKind.WHAT and _ACT.search(question.text)
    return (found.start("verb"), end) if found and act else (start, end)


def _with_noun(question: Question, text: str, start: int, end: int) -> tuple[int, int]:
    found = _NOUN_BEFORE.search(text, max(0, start - 40), start) if text[start : start + 1].islower() else None
    thing = question.kind is QuestionKind.WHAT and not _TO_DO.search(question.text)
    return (found.start(), end) if found and thing else (start, end)
