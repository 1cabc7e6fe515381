"""Equal answers become one: candidates -> groups, weighed by how many independent reports give them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from index.answering.context import Ref
from index.answering.values import QUALIFIER, Value, equal, value_of
from index.answering.words import fold, occurrences, word_set, words

TEMPERATURE = 3.0
"""Of the softmax over margins."""
_ARTICLES = {"the", "a", "an"}
_TITLES = word_set(
    "president vice prime minister chancellor mayor governor senator secretary director chief general "
    "colonel captain sergeant lieutenant officer sheriff judge justice professor dr doctor mr mrs ms miss "
    "sir dame lord lady king queen prince princess pope bishop father sister coach manager chairman "
    "chairwoman chair ceo spokesman spokeswoman spokesperson representative rep sen gov attorney former "
    "state city deputy first acting"
)
_BETWEEN_NAMES = frozenset({"and", "or", "but", "in", "at", "by", "to", "as"})
_APART = re.compile(r"[;:()\[\]/]")
"""What stands between two names, never inside one."""
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

    @property
    def value(self) -> Value | None:
        return value_of(self.text, self.after)


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
        return max(values, key=lambda v: (len(v.names), bool(v.unit), v.day.count(None) * -1), default=None)

    @property
    def passages(self) -> set[int]:
        return {c.passage for c in self.members}


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[str, ...]:
    """The answer's words for comparing: folded, no articles in front, no punctuation (as SQuAD's scorer does)."""
    found = [fold(w.text) for w in words(text)]
    while found and found[0] in _ARTICLES:
        found.pop(0)
    return tuple(found)


@lru_cache(maxsize=4096)
def name_tokens(text: str) -> tuple[str, ...]:
    """The words of one name without titles; empty if `text` is none (no capital, a lower-case word in it, two names)."""
    listed = words(text)
    while listed and (fold(listed[0].text) in _TITLES or fold(listed[0].text) in _ARTICLES):
        listed = listed[1:]
    if not listed or len(listed) > 6 or not all(w.capital or len(w.text) < 4 for w in listed) or not listed[-1].capital:
        return ()
    if any(w.text in _BETWEEN_NAMES for w in listed):
        return ()
    if any(_APART.search(text, a.end, b.start) for a, b in pairwise(listed)):
        return ()
    return tuple(fold(w.text) for w in listed)


def join(candidates: Sequence[Candidate], story_of: Mapping[Ref, int], temperature: float = TEMPERATURE) -> list[Group]:
    """The distinct answers among the candidates, heaviest first.

    Weights are a softmax over the margins of all candidates of all passages. A passage has one vote in a group, its best;
    the prints of one story have the votes of the best among them. Ties fall to the earlier passage.
    """
    if not candidates:
        return []
    top = max(c.margin for c in candidates)
    raw = [math.exp((c.margin - top) / temperature) for c in candidates]
    total = sum(raw)
    weights = {id(c): w / total for c, w in zip(candidates, raw, strict=True)}
    groups = _grouped(sorted(candidates, key=lambda c: (-c.margin, c.passage, c.start, c.end)))
    for group in groups:
        votes: dict[Ref, dict[int, float]] = defaultdict(dict)
        for c in group.members:
            votes[c.article][c.passage] = max(votes[c.article].get(c.passage, 0.0), weights[id(c)])
        stories: dict[int, float] = {}
        for article, by_passage in votes.items():
            story = story_of.get(article, -1 - len(stories))
            stories[story] = max(stories.get(story, 0.0), sum(by_passage.values()))
        group.weight, group.stories = sum(stories.values()), len(stories)
    return sorted(groups, key=lambda g: (-g.weight, g.best.passage, g.best.start))


def _grouped(candidates: Sequence[Candidate]) -> list[Group]:
    """Greedy, best margin first: a candidate joins the first group whose answer it is."""
    groups: list[Group] = []
    by_tokens: dict[tuple[str, ...], Group] = {}
    for c in candidates:
        value = c.value
        key = tokens_of(c.text)
        group = by_tokens.get(key) if value is None else None
        if group is None and value is not None:
            group = next((g for g in groups if any(v and equal(v, value) for v in _values(g))), None)
        if group is None and value is None:
            group = _by_name(c, groups)
        if group is None:
            group = Group()
            groups.append(group)
        group.members.append(c)
        if value is None:
            by_tokens.setdefault(key, group)
    return groups


def _values(group: Group) -> list[Value]:
    """The group's values, only those with names where there are any: a bare figure must not bridge two named ones."""
    values = [v for c in group.members if (v := c.value)]
    named = [v for v in values if v.names]
    return named or values


def _by_name(c: Candidate, groups: Sequence[Group]) -> Group | None:
    """The one group of which `c` is the last name, or whose last name `c` completes; None if several could be meant."""
    mine = _name_of(c)
    if not mine:
        return None
    fitting: list[Group] = []
    for group in groups:
        for other in group.members:
            theirs = _name_of(other)
            if theirs and (mine == theirs or _is_short_form(mine, theirs) or _is_short_form(theirs, mine)):
                fitting.append(group)
                break
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    exact = [g for g in fitting if any(_name_of(o) == mine for o in g.members)]
    return exact[0] if exact else None


def _name_of(c: Candidate) -> tuple[str, ...]:
    """The words of its name, of a place without the region behind it: "El Paso, Texas" is "El Paso"; "Aville, Beeton and
    Corville" is a list."""
    place, comma, region = c.text.partition(", ")
    if comma and name_tokens(place) and name_tokens(region) and "," not in region and not _LIST_GOES_ON.match(c.after):
        return name_tokens(place)
    return name_tokens(c.full_name or c.text)


def _is_short_form(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """A last name (or several) at the end of the full name: "Sheinbaum" would be one of "Claudia Sheinbaum"."""
    return len(short) < len(full) and full[-len(short) :] == short


def full_name(name: str, article_names: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The longest of the article's names (folded tokens) of which `name` is the end, if only one such is there."""
    mine = name_tokens(name)
    if not mine:
        return None
    longer = {n for n in article_names if _is_short_form(mine, n)}
    distinct = [n for n in longer if not any(_is_short_form(n, m) for m in longer)]
    return distinct[0] if len(distinct) == 1 else None


def shown(group: Group) -> Candidate:
    """The member to show: complete names first, then the form with its qualifier, then the commonest, then the best read."""
    members = [c for c in group.members if not c.demoted] or group.members
    forms = Counter(tokens_of(c.text) for c in members)
    best = max(c.margin for c in members)
    near = [c for c in members if c.margin >= best - 6.0]

    def order(c: Candidate) -> tuple[float, ...]:
        name = len(name_tokens(c.text)) if not c.value else 0
        return (-name, -forms[tokens_of(c.text)], -c.margin, c.passage, c.start)

    return min(near, key=order)


def with_qualifier(before: str) -> int:
    """How many characters of `before`, the text in front of a number, are its qualifier ("at least ")."""
    for match in QUALIFIER.finditer(before):
        if match.end() == len(before) and (match.start() == 0 or not before[match.start() - 1].isalnum()):
            return len(before) - match.start()
    return 0


def other_borders(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one is the other with other borders, so that who accepts one would accept both: within it, a third of its
    words or more, and no figure missing or added."""
    short, long = sorted((a, b), key=len)
    figures = [[w for w in tokens if any(c.isdigit() for c in w)] for tokens in (a, b)]
    return bool(short) and 3 * len(short) >= len(long) and figures[0] == figures[1] and contains(long, short)


def contains(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return any(True for _ in occurrences(short, long))
