"""The month and year in which an article was published, which its text need not say: "60,000 homes lost power on Tuesday"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from index.answering.dates import MONTHS, YEAR
from index.answering.kinds import QuestionKind
from index.answering.question import Question
from index.answering.rarity import stems
from index.answering.units import is_deed
from index.answering.words import stem, words
from index.article import Published, day_of

_MONTH = re.compile(
    rf"\b(?:{'|'.join(name.capitalize() for name in MONTHS if len(name) > 3)}|May(?=,?\s\d)|(?<=\d\s)May|(?<=[Ii]n\s)May)\b"
)
_OTHER_YEAR = re.compile(
    r"\b(?:(?:last|next|previous)\s+(?:year|spring|summer|autumn|fall|winter)|(?:years?|decades?)\s+(?:ago|earlier|before))\b",
    re.I,
)
_OTHER_MONTH = re.compile(r"\b(?:(?:last|next|previous)\s+month|months?\s+(?:ago|earlier|before))\b", re.I)
_TIME = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b|{YEAR.pattern}", re.I)
_A_YEAR = 366
"""Days after which a month without its year is another one."""
_MONTH_STEMS = frozenset(map(stem, MONTHS))
_EVENT = re.compile(
    r"\b(?:the|this|that)\s(?:[\w'’-]+\s){0,3}?(?P<event>storm|hurricane|typhoon|cyclone|tornado|flood|avalanche|landslide|"
    r"earthquake|quake|fire|blaze|explosion|blast|bombing|attack|shooting|stabbing|riot|raid|stampede|crash|collision|derailment|"
    r"accident|sinking|shipwreck|collapse|disaster)\b",
    re.I,
)


def month_and_year(published: Published | None, around: str = "", *, every_name: bool = False) -> str:
    """The month and the year of publication, "January 2025", "" where it is unknown; without what `around`, the words of the
    article that tell of the matter, names otherwise. With `every_name` the month under each of its names.
    """
    if published is None:
        return ""
    day = day_of(published)
    if _OTHER_YEAR.search(around) or any(int(found[0]) != day.year for found in YEAR.finditer(around)):
        return ""
    names = [name.capitalize() for name, number in MONTHS.items() if number == day.month]
    if _OTHER_MONTH.search(around) or any(MONTHS[found[0].lower()] != day.month for found in _MONTH.finditer(around)):
        names = []
    return " ".join([*(names if every_name else names[:1]), str(day.year)])


@lru_cache(maxsize=256)
def names_time(question: str) -> bool:
    """Whether a question names a month or a year."""
    return bool(_TIME.search(question))


def dated(question: Question, published: Published | None, headed: str, around: str, today: date | None) -> str:
    """The month, under each of its names, and the year of publication, where they count as if the article said them: the question
    names a month or a year, and asks for no total; "" elsewhere. A month without its year is the last one before `today`.
    `headed` is the passage under its title."""
    if not names_time(question.text) or asks_for_total(question, stems(headed)):
        return ""
    if _of_another_year(question.text, published, today):
        return ""
    return month_and_year(published, around, every_name=True)


def asks_for_total(question: Question, there: frozenset[str]) -> bool:
    """Whether a question counts all that befell people, or all of a thing, in a time ("how many died in June?", "how much rain
    fell in 2025?"), of which a report tells one case: no name in it, and no event that is among the stems `there`, says which.
    """
    counts = question.kind is QuestionKind.HOW_MANY and any(map(is_deed, question.terms))
    if not counts and not (question.kind is QuestionKind.HOW_MUCH and question.noun):
        return False
    if any(not t.isdigit() and t not in _MONTH_STEMS for name in question.names for t in name):
        return False
    event = _EVENT.search(question.text)
    return event is None or stem(event["event"]) not in there


def _asks_of(question: str, published: Published | None) -> bool:
    """Whether a question names the month or the year of publication, and no other."""
    told = month_and_year(published, every_name=True).split()
    if month_and_year(published, question.title(), every_name=True).split() != told:
        return False
    low = {name.lower() for name in told} - {"may"}
    return any(w.text in told or w.text.lower() in low for w in words(question))


def _of_another_year(question: str, published: Published | None, today: date | None) -> bool:
    """Whether a month that the question names without a year is not the one of publication: it means the last one."""
    if published is None or today is None or YEAR.search(question):
        return False
    return (today - day_of(published)).days > _A_YEAR


def dated_title(question: str, title: str, text: str, published: Published | None, today: date | None = None) -> str:
    """The title under which `text` is read: with the month and year of publication, where the question names one and neither
    title nor text speaks of another."""
    if not _asks_of(question, published) or _of_another_year(question, published, today):
        return title
    dated = month_and_year(published, f"{title}\n{text}")
    return f"{title}, {dated}" if dated else title
