"""The readable features by which an answer's confidence is judged. Each name says what it counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from index.answer import Hit
from index.answering.candidates import Weighed
from index.answering.context import Context
from index.answering.joining import Candidate, Group, other_borders, tokens_of
from index.answering.kinds import FIGURES, PROSE, QuestionKind
from index.answering.opposites import opposed
from index.answering.publication import dated
from index.answering.question import Question
from index.answering.rarity import Rarity, stems
from index.answering.sentences import Sentence, wanted

_KIND_FLAGS = {
    "asks_figure": FIGURES,
    "asks_person": frozenset({QuestionKind.WHO, QuestionKind.QUOTE}),
    "asks_time": frozenset({QuestionKind.WHEN}),
    "asks_place": frozenset({QuestionKind.WHERE}),
    "asks_prose": PROSE | {QuestionKind.HOW},
}

_NOTHING = -6.0
"""The margin of the next best answer where none was read better: a lead over nothing is no lead."""
_CLEAR = 10.0
"""A lead that is greater says no more; it must not make good for a name that is missing."""


def of_group(
    question: Question,
    groups: Sequence[Group],
    weighed: Mapping[Candidate, Weighed],
    hits: Sequence[Hit],
    rarity: Rarity,
    context: Context,
) -> dict[str, float]:
    """The features of the first group, against the others. Margins are clipped to -10..20 and divided by 10."""
    best = groups[0].best
    evidence = weighed[best].support
    # Other borders of the same words are no other answer: "aircraft", "by government aircraft".
    same = [g for g in groups if g is groups[0] or _overlaps(g, groups[0])]
    mine = tokens_of(best.text)
    kept = [g for g in same if g is groups[0] or other_borders(tokens_of(g.best.text), mine)]
    rest = [g for g in groups if g not in same]
    others = [w.reading for g in rest for c in g.members if not (w := weighed[c]).support.contradicted]
    margin = max(weighed[c].reading for g in same for c in g.members if c.passage == best.passage)
    weight = min(1.0, sum(g.weight for g in same))
    next_weight = max((g.weight for g in rest), default=0.0)
    source = context.articles.get(best.article)
    article_gap = evidence.names_missing_passage
    if article_gap and source:
        passage = hits[best.passage].passage
        article_gap = rarity.missing_names(stems(f"{source.title}\n{source.text}") | stems(passage.text))
    found = [hits[c.passage] for g in same for c in g.members]
    inside = {c.passage for g in same for c in g.members}
    elsewhere = [hit for i, hit in enumerate(hits) if i not in inside]
    likeness = max(hit.dense_score or 0.0 for hit in found)
    figure = float(question.kind in FIGURES or any(c.isdigit() for c in best.text))
    return _rounded(
        {
            "margin": _clip(margin) / 10,
            "margin_lead": _clip(min(margin - max([*others, _NOTHING]), _CLEAR)) / 10,
            "weight": weight,
            "weight_lead": weight - next_weight,
            "borders": min(1.0, sum(g.weight for g in kept) / weight) if weight else 0.0,
            "stories": math.log2(min(groups[0].stories, 8)),
            "passages": math.log2(min(len(groups[0].passages), 8)),
            "rank": 1 / min(hit.rank for hit in found),
            "likeness": likeness,
            "likeness_lead": likeness - max((hit.dense_score or 0.0 for hit in elsewhere), default=0.0),
            "topic_lead": min((_missing(rarity, hit) for hit in elsewhere), default=1.0)
            - evidence.terms_missing_passage,
            # In a long article many passages look alike.
            "article_length": math.log2(1 + len(source.text if source else hits[best.passage].passage.text) / 1000),
            "found_both_ways": float(any(hit.dense_rank and hit.lexical_rank for hit in found)),
            "names_missing_sentence": evidence.names_missing_sentence,
            "figure_without_name": evidence.without_name * figure,
            "figure_off_topic": evidence.off_topic * figure,
            "deed_missing": evidence.deed_missing,
            "names_missing_passage": evidence.names_missing_passage,
            "names_missing_article": article_gap,
            "numbers_missing": evidence.numbers_missing,
            "terms_missing_sentence": evidence.terms_missing_sentence,
            "terms_missing_passage": evidence.terms_missing_passage,
            "terms_missing_near": evidence.terms_missing_near,
            "wrong_type": evidence.wrong_type,
            "echo": evidence.echo,
            "opposed": evidence.opposed,
            "other_time": evidence.other_time,
            "other_unit": evidence.other_unit,
            "other_names": evidence.other_names,
            "rival_nearer": evidence.rival_nearer,
            "outdone": evidence.outdone,
            "tops": evidence.tops,
            "words": math.log2(1 + len(mine)),
            "unnamed": float(not question.names),
            **_kind(question),
        }
    )


def _missing(rarity: Rarity, hit: Hit) -> float:
    """The share of the question's meaning that neither the passage nor its title has."""
    return rarity.missing(stems(hit.passage.headed))


def _overlaps(a: Group, b: Group) -> bool:
    """Whether a member of each covers some of the same words."""
    return any(x.article == y.article and x.start < y.end and y.start < x.end for x in a.members for y in b.members)


def of_sentence(
    question: Question,
    chosen: Sentence,
    rest: Sequence[Sentence],
    hits: Sequence[Hit],
    rarity: Rarity,
    context: Context,
) -> dict[str, float]:
    """The features of a sentence chosen by the question's words alone."""
    hit = hits[chosen.passage]
    cited = hit.passage.citation
    told = dated(question, cited.published, hit.passage.headed, f"{cited.title}\n{chosen.text}", context.today)
    here, around = stems(chosen.text), stems(f"{hit.passage.headed}\n{told}" if told else hit.passage.headed)
    numbers = {n.replace(",", "") for n in question.numbers}
    there = {w.replace(",", "") for w in f"{hit.passage.text}\n{told}".split()}
    return _rounded(
        {
            "score": chosen.score,
            "score_lead": chosen.score - max((s.score for s in rest), default=0.0),
            "rank": 1 / hit.rank,
            "likeness": hit.dense_score or 0.0,
            "found_both_ways": float(hit.dense_rank is not None and hit.lexical_rank is not None),
            "names_missing_sentence": rarity.missing_names(here),
            "names_missing_passage": rarity.missing_names(around),
            "numbers_missing": len(numbers - there) / len(numbers) if numbers else 0.0,
            "terms_missing_sentence": rarity.missing(here),
            "terms_missing_passage": rarity.missing(around),
            "wrong_type": 1 - wanted(question, chosen.text),
            "opposed": opposed(question.text, chosen.text),
            "unnamed": float(not question.names),
            **_kind(question),
        }
    )


def _kind(question: Question) -> dict[str, float]:
    return {name: float(question.kind in kinds) for name, kinds in _KIND_FLAGS.items()}


def _clip(margin: float) -> float:
    return max(-10.0, min(20.0, margin))


def _rounded(features: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 6) for name, value in features.items()}
