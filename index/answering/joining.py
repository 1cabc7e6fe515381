"""Equal answers become one: candidates -> groups, weighed by how many independent reports give them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from index.answering.context import Ref
from index.answering.dates import MONTHS, WEEKDAYS, date_of
from index.answering.naming import Name, name_of, name_tokens, same_bearer
from index.answering.units import TIME_UNITS, deeds_in
from index.answering.values import SIGN, Value, agree, equal, value_of
from index.answering.words import ARTICLES, fold, words

TEMPERATURE = 3.0
"""Of the softmax over margins."""
_FAR = 15.0
"""What was read so much worse than the best of its group says nothing of the matter: the same figure for something else."""
_TIME = "|".join(
    (*MONTHS, *WEEKDAYS, *TIME_UNITS, "noon", "midnight", "dawn", "dusk", "morning", "afternoon", "evening", "today",
     "spring", "summer", "autumn", "fall", "winter")
)  # fmt: skip
_OF_TIME = re.compile(
    r"(?P<preposition>(?:in|at|on|during|since)\s+)?"
    r"(?=(?:(?:the|this|that|last|next|early|late|mid|about|around|same|following|previous)[\s-]+)*"
    rf"(?:(?:{_TIME})\b|\d{{1,2}}(?:[:.]\d\d)?\s?[ap]\.?m\b|\d{{1,2}}:\d\d|\d{{4}}s?\b))",
    re.I,
)
"""Begins a time. Its preposition says nothing: "at 6 p.m." is "6 p.m."."""
_DAY_ALONE = re.compile(
    rf"(?:(?:on|since|in)\s+)?(?:(?:(?:last|this|next|coming|past|previous)\s+)?(?:{'|'.join(WEEKDAYS)}|week|month|year)|"
    r"today|yesterday|tomorrow|[\w-]+\s+days?\s+ago)",
    re.I,
)
"""A relative time and nothing else. No part of a day: Tuesday morning is not Tuesday evening."""
_YEAR_AFTER = re.compile(r"\b(?:in|since|during)\s+$", re.I)
_COUNTED_NEXT = re.compile(r"\s+[a-z]+s\b")
"""What makes "in 2000 homes" no year."""
_DEATH_TOLL = re.compile(r"\bdeath toll\b[^.;\d]{0,80}$", re.I)
_LIST_GOES_ON = re.compile(r"(?:, [^\W\d_a-z][\w'’ -]*)*,? (?:and|or|&) ")
"""What follows a name and tells that it stands in a list: ", Corville and "."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span some passage offers: `text == article.text[start:end]`. `passage` counts from 0 in the order of the hits.

    `before` and `after` are its surroundings in its sentence. `demoted` marks a figure its own article takes back.
    """

    passage: int
    article: Ref
    start: int
    end: int
    text: str
    margin: float
    before: str = ""
    after: str = ""
    full_name: str = ""
    """The longest name of the article that ends or begins with this one, if there is just one."""
    demoted: bool = False
    former: bool = False
    """Demoted as a figure of an earlier time, with which the article compares its own: "61 percent, up from 54"."""
    changed: bool = False
    """Demoted as what was changed to something else: "postponed from 12 July to 30 August"."""
    contrasted: bool = False
    """Such a figure where the question asks for an earlier time: not demoted, and it differs from the article's own."""
    resolved: str = ""
    """What the relative time in `text` means in its article, as `time.resolve` writes it; "" where that is unknown, or where
    `text` has none. The same words with another meaning are another answer."""

    @property
    def value(self) -> Value | None:
        """With the sign in front of it; a year where "in" stands there; the day that a relative time means."""
        if self.resolved and (_DAY_ALONE.fullmatch(self.text) or date_of(self.text)):
            return value_of(f"in {self.resolved}") or value_of(self.resolved)
        if len(self.text) == 4 and _YEAR_AFTER.search(self.before) and not _COUNTED_NEXT.match(self.after):
            return value_of(f"in {self.text}") or value_of(self.text, self.after)
        sign = SIGN.search(self.before) if self.text[:1].isdigit() else None
        value = value_of(f"{sign[0] if sign else ''}{self.text}", self.after)
        if value is None or value.kind != "number" or value.deed or not self.before + self.after:
            return value
        if not value.unit and _DEATH_TOLL.search(self.before):
            return replace(value, deed="killed")
        return replace(value, told=deeds_in(self.before + self.after))


@dataclass(slots=True)
class Group:
    """Candidates that are the same answer. `weight` is their share of all weight, summed over stories."""

    members: list[Candidate] = field(default_factory=list)
    weight: float = 0.0
    stories: int = 0

    @property
    def best(self) -> Candidate:
        return min(self.members, key=lambda c: (c.demoted, -c.margin, c.passage, c.start))

    @property
    def value(self) -> Value | None:
        """The most telling value of its members: with a unit and names, if any has them."""
        values = [v for c in self.members if (v := c.value)]
        return max(
            values, key=lambda v: (len(v.names), bool(v.unit), bool(v.deed), v.day.count(None) * -1), default=None
        )

    @property
    def passages(self) -> set[int]:
        return {c.passage for c in self.members}

    @property
    def telling(self) -> list[Candidate]:
        """The members that stand for the answer: none that takes it back, where others give it."""
        return [c for c in self.members if not c.demoted] or self.members


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[str, ...]:
    """The answer's words for comparing: folded, no articles in front, no punctuation (as SQuAD's scorer does)."""
    found = [fold(w.text) for w in words(text)]
    while found and found[0] in ARTICLES:
        found.pop(0)
    return tuple(found)


def join(
    candidates: Sequence[Candidate],
    story_of: Mapping[Ref, int],
    supports: Callable[[Candidate], bool] = lambda c: True,
) -> list[Group]:
    """The distinct answers among the candidates, of which there is at least one, heaviest first. Beside the best of an answer
    only those that `supports` lets through count.

    Weights are a softmax over the margins of all candidates of all passages. A passage has one vote in a group, its best;
    the prints of one story have the votes of the best among them. Ties fall to the earlier passage.
    """
    top = max(c.margin for c in candidates)
    raw = [math.exp((c.margin - top) / TEMPERATURE) for c in candidates]
    total = sum(raw)
    weights = {c: w / total for c, w in zip(candidates, raw, strict=True)}
    groups = _grouped(sorted(candidates, key=lambda c: (-c.margin, c.passage, c.start, c.end)))
    for group in groups:
        best = max(c.margin for c in group.members)
        group.members = [
            c for c in group.members if c.demoted or c.margin == best or (c.margin >= best - _FAR and supports(c))
        ]
        votes: dict[Ref, dict[int, float]] = defaultdict(dict)
        for c in group.telling:
            votes[c.article][c.passage] = max(votes[c.article].get(c.passage, 0.0), weights[c])
        stories: dict[int, float] = {}
        for article, by_passage in votes.items():
            story = story_of.get(article, -1 - len(stories))
            stories[story] = max(stories.get(story, 0.0), sum(by_passage.values()))
        group.weight, group.stories = sum(stories.values()), len(stories)
    return sorted(groups, key=lambda g: (-g.weight, g.best.passage, g.best.start))


def _grouped(candidates: Sequence[Candidate]) -> list[Group]:
    """Those that tell most first, then the best margin: each joins the group whose answer it is. So a short form meets all
    that it could stand for, and joins none where they are several."""
    groups: list[Group] = []
    valued: list[tuple[Group, list[Value]]] = []
    named: list[tuple[Group, list[Name]]] = []
    by_tokens: dict[tuple[str, ...], list[Group]] = {}
    for c, value, name in sorted(((c, c.value, _name_of(c)) for c in candidates), key=_vagueness):
        if value is not None:
            found = _by_date(value, valued) if value.kind == "date" else _by_figure(value, valued)
            group, values = found or (Group(), [])
            values.append(value)
            if found is None:
                valued.append((group, values))
        elif name is not None:
            fitting = _by_name(name, named)
            group, bearers = fitting or (Group(), [])
            bearers.append(name)
            if fitting is None:
                named.append((group, bearers))
        else:
            group = _by_words(c, by_tokens) or Group()
        if not group.members:
            groups.append(group)
        group.members.append(c)
        if value is None or c.resolved:
            alike = by_tokens.setdefault(_untimed(c.text), [])
            if all(g is not group for g in alike):
                alike.append(group)
    return groups


def _vagueness(known: tuple[Candidate, Value | None, Name | None]) -> tuple[int, ...]:
    c, value, name = known
    if value is not None:
        told = 3 - value.day.count(None) if value.kind == "date" else 2 * bool(value.names) + bool(value.unit)
        return (-told,)
    return name.vagueness if name is not None else (int(not c.resolved),)


def _by_figure(value: Value, valued: Sequence[tuple[Group, list[Value]]]) -> tuple[Group, list[Value]] | None:
    """The first group all of whose figures are this one: what equals a short form need not equal what that stands for. What
    may be a year joins a date last."""
    for group, values in valued:
        figures = [v for v in values if v.kind != "date"]
        if figures and all(equal(v, value) for v in figures):
            return group, values
    return _by_date(value, valued)


def _by_date(value: Value, valued: Sequence[tuple[Group, list[Value]]]) -> tuple[Group, list[Value]] | None:
    """The one group of that day, or of days in that year; None if several could be meant."""
    year_alone = value.day[1] is None and value.day[2] is None
    fitting = [
        (group, values)
        for group, values in valued
        if all(agree(v, value) for v in values) and (year_alone or any(equal(v, value) for v in values))
    ]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    return next((found for found in fitting if any(v.day == value.day for v in found[1])), None)


def _by_name(name: Name, named: Sequence[tuple[Group, list[Name]]]) -> tuple[Group, list[Name]] | None:
    """The one group that may bear this name; None if several could be meant, unless one is called just so."""
    fitting = [(group, names) for group, names in named if all(same_bearer(n, name) for n in names)]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    return next((found for found in fitting if name in found[1]), None)


def _by_words(c: Candidate, by_tokens: Mapping[tuple[str, ...], Sequence[Group]]) -> Group | None:
    """The group of the same words; of a relative time, with the same meaning as far as that is known."""
    alike = by_tokens.get(_untimed(c.text), ())
    if c.resolved:
        return next((g for g in alike if any(m.resolved == c.resolved for m in g.members)), None)
    if len(alike) == 1:
        return alike[0]
    return next((g for g in alike if any(not m.resolved for m in g.members)), None)


@lru_cache(maxsize=4096)
def _untimed(text: str) -> tuple[str, ...]:
    """The words without the preposition of a time."""
    found = _OF_TIME.match(text)
    return tokens_of(text[found.end("preposition") :] if found and found["preposition"] else text)


def _name_of(c: Candidate) -> Name | None:
    time = _OF_TIME.match(c.text)
    if time and (time["preposition"] or c.resolved or _DAY_ALONE.fullmatch(c.text)):
        return None
    name = name_of(c.text, in_list=bool(_LIST_GOES_ON.match(c.after)))
    if not c.full_name or (name and name.region):
        return name
    full = name_of(c.full_name)
    return replace(full, title=full.title or name.title) if full and name else full or name


def shown(group: Group) -> Candidate:
    """The member to show: complete names first, then the form with its qualifier, then the commonest, then the best read."""
    members = group.telling
    forms = Counter(tokens_of(c.text) for c in members)
    best = max(c.margin for c in members)
    near = [c for c in members if c.margin >= best - 6.0]

    def order(c: Candidate) -> tuple[float, ...]:
        name = len(name_tokens(c.text)) if not c.value else 0
        return (-name, -forms[tokens_of(c.text)], -c.margin, c.passage, c.start)

    return min(near, key=order)


def other_borders(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one is the other with other borders, so that who accepts one would accept both: within it, a third of its
    words or more, and no figure missing or added."""
    short, long = sorted((a, b), key=len)
    figures = [[w for w in tokens if any(c.isdigit() for c in w)] for tokens in (a, b)]
    return bool(short) and 3 * len(short) >= len(long) and figures[0] == figures[1] and _contains(long, short)


def _contains(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
