"""Figures that differ for the same question, and which report outranks which. Nothing is averaged or guessed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from index.answer import Hit
from index.answering import speakers
from index.answering.candidates import Weighed
from index.answering.context import Context, Ref, ref
from index.answering.coordination import is_subject
from index.answering.corrections import is_correction
from index.answering.datelines import dateline
from index.answering.joining import Candidate, Group
from index.answering.kinds import QuestionKind
from index.answering.question import Question
from index.answering.rarity import stems
from index.answering.values import Value, same_kind
from index.answering.words import names, stem
from index.article import Published, later, newest

_MARGIN = 6.0
"""A differing figure is credible if it was read at most this much worse than the best."""
_SHARE = 0.05
"""... and has at least this part of the best one's weight."""
_FACTOR = 20.0
"""... and is at most so many times as large, or as small: 1,021 votes and 31,884 are no two counts of one thing."""
_NOW_SHARE = 0.1
"""Where the question asks for now, a later answer outranks with this part of the weight."""
_IMPLIED = stems("pay pays paid cost costs charge charges earn earns price")
_LATER_SHARE = 0.5
"""A later report of another outlet outranks only with this part of the weight: often its figure is for something else."""


def given(group: Group) -> set[Ref]:
    """The articles that give the answer and do not take it back."""
    return {c.article for c in group.members if not c.demoted}


def _disowning(group: Group) -> set[Ref]:
    """The articles that only take it back."""
    return {c.article for c in group.members if c.demoted and not c.former} - given(group)


def taken_back(group: Group) -> bool:
    """Whether only articles that take it back have it."""
    return not given(group) and not _former(group)


def changed(group: Group) -> bool:
    """Whether only articles that say what it was changed to have it."""
    return taken_back(group) and all(c.changed or c.former for c in group.members)


def _former(group: Group) -> bool:
    """Whether it is told only as what was so before: no report gives it."""
    return all(c.former for c in group.members)


class Precedence:
    """Which of two answers the archive's owner would print: correction before error, later before earlier."""

    def __init__(self, question: Question, hits: Sequence[Hit], context: Context) -> None:
        self.question = question
        self.context = context
        self.citations = {ref(h.passage.citation): h.passage.citation for h in hits}
        self.texts: dict[Ref, str] = {}
        for h in hits:
            key = ref(h.passage.citation)
            self.texts[key] = f"{self.texts.get(key, h.passage.citation.title)}\n{h.passage.text}"

    def published(self, article: Ref) -> Published | None:
        return self.context.published(self.citations[article])

    def date(self, group: Group) -> Published | None:
        """When it was last given; None for what is only taken back."""
        return newest([self.published(a) for a in sorted(given(group))])

    def supersedes(self, a: Group, b: Group) -> bool:
        """Whether `a` comes from a correction, or from a later report of an outlet that said `b` before, or from an article
        that takes `b` back."""
        if not given(b):
            return bool(given(a))
        if _disowning(b) & given(a) or self.outdates(a, b):
            return True
        for x in sorted(given(a)):
            for y in sorted(given(b)):
                same_outlet = bool(self.citations[x].outlet) and self.citations[x].outlet == self.citations[y].outlet
                if x != y and same_outlet and later(self.published(x), self.published(y)):
                    return True
                if (
                    x != y
                    and self._corrects(x)
                    and not self._corrects(y)
                    and not later(self.published(y), self.published(x))
                ):
                    return True
        return False

    def outdates(self, a: Group, b: Group) -> bool:
        """Whether a report that gives `a` says that `b` was so before: one that is not the earlier, and whose sentence lacks
        no word of the question that those which give `b` have. The price of another thing may have been just as high."""
        lacking = [self._lacking(c) for c in b.members if not c.demoted]
        return any(
            all(self._lacking(c) <= told for told in lacking) and not later(self.date(b), self.published(c.article))
            for c in b.members
            if c.former and c.article in given(a) - given(b)
        )

    def _lacking(self, c: Candidate) -> set[str]:
        """The words of the question that neither the sentence nor its title has, but for "pay" and "cost", which sums imply."""
        there = stems(f"{self.citations[c.article].title}\n{c.before}{c.text}{c.after}")
        return {t for t in self.question.terms if t not in _IMPLIED and not self.question.names_in(t, there)}

    def _corrects(self, article: Ref) -> bool:
        whole = self.context.articles.get(article)
        return is_correction(f"{whole.title}\n{whole.text}" if whole else self.texts[article])


def differing(
    question: Question, groups: Sequence[Group], weighed: Mapping[Candidate, Weighed], precedence: Precedence
) -> list[Group]:
    """The other groups that answer the same question with another figure, and as credibly as the first.

    A figure counts if it is of the same kind, was read nearly as well, has the question's names as near, and comes from an
    article that does not itself give the first figure (there it is a figure for something else). Of several figures in one
    article, the one that was read best there counts. Where an article takes one of the two back, the other stands: of
    several that it gives, the heaviest.
    """
    best = groups[0].value
    if best is None or (best.kind == "date" and question.kind is not QuestionKind.WHEN):
        return []
    top = weighed[groups[0].best]
    home, correcting = given(groups[0]), _disowning(groups[0])
    found: list[Group] = []
    credible: list[tuple[Group, dict[Ref, float]]] = []
    for group in groups[1:]:
        value = group.value
        if value is None or not same_kind(best, value) or _former(group):
            continue
        if best.kind == value.kind == "number" and best.amount == value.amount:
            continue  # "34 people live in tents" says nothing against 34 dead
        if (
            (not given(group) and _disowning(group) & home)
            or given(group) & correcting
            or precedence.outdates(group, groups[0])
            or any(c.contrasted and c.article in home for c in group.members)
        ):
            found.append(group)
            correcting -= given(group)
            continue
        elsewhere = [c for c in group.members if c.article not in home]
        if not elsewhere:
            continue
        mine = weighed[Group(elsewhere).best]
        same_deed = best.deed != "" and value.deed == best.deed  # "19 dead" need not say that people died
        if (
            group.weight >= _SHARE * groups[0].weight
            and _near(best, value)
            and _supported_as_well(mine, top, same_deed=same_deed)
            and (_of_another(question, top) or not _of_another(question, mine))
        ):
            credible.append((group, _margins(elsewhere)))
    told = {a for group in found for a in given(group)}
    for group, margins in credible:
        rivals = [m for g, m in credible if g is not group]
        if any(a not in told and all(m.get(a, -math.inf) <= margin for m in rivals) for a, margin in margins.items()):
            found.append(group)
    return [g for g in groups if any(g is f for f in found)]


def _supported_as_well(other: Weighed, first: Weighed, *, same_deed: bool) -> bool:
    """Whether the one was read nearly as well as the first, and no more speaks against it."""
    mine, top = other.support, first.support
    return (
        other.reading >= first.reading - _MARGIN
        and mine.rival_nearer <= top.rival_nearer
        and mine.wrong_type <= top.wrong_type
        and mine.other_unit <= top.other_unit
        and mine.other_names <= top.other_names
        and mine.names_missing_passage <= top.names_missing_passage + 0.05
        and (same_deed or mine.terms_missing_passage <= top.terms_missing_passage + 0.25)
    )


def _margins(members: Sequence[Candidate]) -> dict[Ref, float]:
    """How well the answer was read in each article."""
    best: dict[Ref, float] = {}
    for c in members:
        best[c.article] = max(c.margin, best.get(c.article, -math.inf))
    return best


def _of_another(question: Question, found: Weighed) -> bool:
    """Whether neither the sentence nor its title has the name asked for, and in front of the figure stands another, which is
    not who says it: "Moor will earn 5 million" tells nothing of what Roe earns."""
    c = found.candidate
    if found.support.without_name < 1:
        return False
    before = c.before.removeprefix(dateline(c.before))
    sentence = before + c.text + c.after
    said_by = speakers.speaker(sentence, 0, len(sentence))
    return any(
        all(stem(w.text) in question.proper for w in run)
        and is_subject(before, (run[0].start, run[-1].end))
        and not (said_by and said_by.start < run[-1].end and run[0].start < said_by.end)
        for run in names(before)
    )


def settled(
    question: Question, groups: Sequence[Group], weighed: Mapping[Candidate, Weighed], precedence: Precedence
) -> tuple[Group, list[Group]]:
    """The group to answer with, and those that differ from it."""
    others = differing(question, groups, weighed, precedence)
    best = winner(question, groups, others, precedence)
    if best is groups[0]:
        return best, others
    beside = differing(question, [best, *(g for g in groups if g is not best)], weighed, precedence)
    if any(g is best for g in others) and all(g is not groups[0] for g in beside):
        beside.insert(0, groups[0])
    return best, beside


def winner(question: Question, groups: Sequence[Group], others: Sequence[Group], precedence: Precedence) -> Group:
    """The group to answer with: the heaviest, unless one that differs supersedes it or, where figures conflict or the
    question asks for now, is dated later and read about as well."""
    best = heaviest = groups[0]
    for group in others:
        if precedence.supersedes(group, best) and not precedence.supersedes(best, group):
            best = group
    rivals = [g for g in others if g.weight >= _LATER_SHARE * heaviest.weight]
    if question.now:
        rivals += [
            g
            for g in groups[1:]
            if g.weight >= _NOW_SHARE * heaviest.weight and all(g is not r for r in rivals) and _alike(g, heaviest)
        ]
    for group in rivals:
        if later(precedence.date(group), precedence.date(best)) and not precedence.supersedes(best, group):
            best = group
    return best


def _near(a: Value, b: Value) -> bool:
    """Whether neither figure is many times the other."""
    small, large = sorted((a.amount, b.amount))
    return large <= _FACTOR * small


def _alike(a: Group, b: Group) -> bool:
    """Whether both are figures or days, or neither is: "crowns" takes no place from "290 million crowns"."""
    return (a.value is None) == (b.value is None)


def latest(groups: Sequence[Group], date_of: Callable[[Group], Published | None]) -> Group | None:
    """The group whose newest report is certainly later than those of all others that are dated."""
    dates = [(g, date_of(g)) for g in groups]
    dated = [(g, d) for g, d in dates if d is not None]
    return next((g for g, d in dated if len(dated) > 1 and all(later(d, o) for h, o in dated if h is not g)), None)
