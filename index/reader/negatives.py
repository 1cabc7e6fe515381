"""What a training pass is made of: the questions as asked, and passages that look right but do not answer.

News misleads by likeness: the same figure of another town, another company's profit. So each pass draws, anew,
- a passage found for this very question that does not hold the answer,
- the right passage without the sentences that hold the answer (they look right in all but the fact),
- the right passage under a question whose name or number is another one of the same shape, from another question or from
  the passage itself,
- the right passage under a question of which one plain word is another that stands between the same neighbours in other
  questions ("the smallest" for "the largest", "how many trains" for "how many troops").
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.reader.cuts import SENTENCE, excerpt, moved, without_answer
from index.reader.examples import Example
from index.reader.scoring import normalise
from index.reader.wordings import Wordings

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_NAME = re.compile(r"\b[A-Z][\w'’.-]+(?: (?:of |the |de )?[A-Z][\w'’.-]+)*")
_BEGINS = re.compile(r"(?:^|[.!?…:;\n])\W*$")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Shares in [0, 1] of what a pass does to an example. The defaults are those of the shipped reader's last pass."""

    wrong_passage: float = 0.18
    without_answer: float = 0.08
    swapped: float = 0.12
    crossed: float = 0.05
    reworded: float = 0.14
    packed: float = 0.6
    titled: float = 0.15
    """Of passages that have no title; they get the beginning of one of their sentences."""
    headed: float = 0.85
    """Of passages that have one: archives hold articles without."""
    excerpted: float = 0.4
    """Of passages that have a title, what is cut down to a few sentences, as an archive reads most of them."""
    no_question_mark: float = 0.25
    typo: float = 0.04
    per_context: int = 16
    """Questions taken from one context in one pass: some data sets ask forty about a single sentence."""
    short: int = 60
    """Words below which a context may be packed with its like into a longer passage."""


class Mixer:
    """Draws the passes. `examples` are kept in order; the same seed and pass number give the same rows."""

    def __init__(self, examples: Sequence[Example], recipe: Recipe, neighbours: int = 12) -> None:
        self.examples = examples
        self.recipe = recipe
        self.contexts = list(dict.fromkeys(row.context for row in examples))
        self.plain_contexts = [f" {normalise(text)} " for text in self.contexts]
        self._near = _neighbours(self.contexts, [row.question for row in examples], neighbours)
        self._alike = _neighbours(self.contexts, self.contexts, neighbours)
        self._titles = {row.context: row.title for row in examples}
        self._place = {text: place for place, text in enumerate(self.contexts)}
        self._names: dict[tuple[str, int], list[str]] = defaultdict(list)
        for row in examples:
            for found in _entities(row.question):
                self._names[row.source, _shape(found.group())].append(found.group())
        self._wordings = Wordings([row.question for row in examples])

    def epoch(self, seed: int, number: int, together: int = 1, questions: int | None = None) -> list[list[Example]]:
        """The rows of one pass, shuffled, in groups of one question each; at most so many `questions`.

        A group is one row, or `together` rows: its own and passages found for the question that do not answer it.
        """
        draw = random.Random(f"{seed}/{number}")
        order = list(range(len(self.examples)))
        draw.shuffle(order)
        taken: dict[str, int] = defaultdict(int)
        groups: list[list[Example]] = []
        for place in order:
            example = self.examples[place]
            taken[example.context] += 1
            if taken[example.context] <= self.recipe.per_context:
                groups.extend([row, *self._beside(place, row, together - 1, draw)] for row in self._rows(place, draw))
            if questions is not None and len(groups) >= questions:
                break
        draw.shuffle(groups)
        return groups[:questions]

    def _beside(self, place: int, row: Example, count: int, draw: random.Random) -> list[Example]:
        """Up to `count` passages found for the question of `row`, none of which holds the answer to it, packed and titled
        as its own is: nothing but the answer may tell them apart."""
        if count < 1:
            return []
        others = [self.contexts[near] for near in self._unhelpful(place) if self.contexts[near] != row.context]
        chosen = draw.sample(others[: 2 * count], min(count, len(others[: 2 * count])))
        made = [
            self._long(replace(self.examples[place], context=context, title=self._titles[context]), draw)
            for context in chosen
        ]
        return [self._headed(replace(other, question=row.question, answers=()), draw) for other in made]

    def _unhelpful(self, place: int) -> list[int]:
        """The contexts found for a question, nearest first, but its own and those that hold its answer."""
        example = self.examples[place]
        answers = [f" {normalise(gold.text)} " for gold in example.answers]
        return [
            near
            for near in self._near[place]
            if self.contexts[near] != example.context
            and not any(answer in self.plain_contexts[near] for answer in answers)
        ]

    def _rows(self, place: int, draw: random.Random) -> Iterator[Example]:
        """The question once as it is, and perhaps once more where nothing answers it."""
        example = self._long(self.examples[place], draw)
        yield self._dressed(example, draw)
        if not example.answers:
            return
        made = self._unanswered(place, draw)
        if made is not None:
            yield self._dressed(made, draw)

    def _unanswered(self, place: int, draw: random.Random) -> Example | None:
        """The question or its passage changed in one of the ways above; in no way for the rest of the shares."""
        recipe, example = self.recipe, self.examples[place]
        ways: tuple[tuple[float, Callable[[], Example | None]], ...] = (
            (recipe.swapped, lambda: self._swapped(example, draw)),
            (recipe.crossed, lambda: crossed(example, draw)),
            (recipe.reworded, lambda: self._reworded(example, draw)),
            (recipe.without_answer, lambda: without_answer(example)),
            (recipe.wrong_passage, lambda: self._wrong_passage(place, draw)),
        )
        kind = draw.random()
        made: Example | None = None
        for share, way in ways:
            kind -= share
            # A way that this example does not offer leaves its share to the next.
            if kind < 0 and made is None:
                made = way()
        return made

    def _wrong_passage(self, place: int, draw: random.Random) -> Example | None:
        fit = self._unhelpful(place)
        if not fit:
            return None
        context = self.contexts[draw.choice(fit[:6])]
        return replace(self.examples[place], context=context, title=self._titles[context], answers=())

    def _swapped(self, example: Example, draw: random.Random) -> Example | None:
        known = f" {normalise(example.context)} "
        places = [found for found in _entities(example.question) if f" {normalise(found.group())} " in known]
        if not places:
            return None
        found = draw.choice(places)
        others = self._names[example.source, _shape(found.group())]
        other = draw.choice(others)
        if f" {normalise(other)} " in known or not normalise(other):
            return None
        question = example.question[: found.start()] + other + example.question[found.end() :]
        return replace(example, question=question, answers=())

    def _reworded(self, example: Example, draw: random.Random) -> Example | None:
        question = self._wordings.other(example.question, example.context, draw)
        return replace(example, question=question, answers=()) if question else None

    def _dressed(self, example: Example, draw: random.Random) -> Example:
        """The example as people and archives write it: under a title, without a question mark, mistyped."""
        recipe, example = self.recipe, self._headed(example, draw)
        question = example.question
        if draw.random() < recipe.no_question_mark:
            question = question.rstrip("? ")
        if draw.random() < recipe.typo:
            question = _mistyped(question, draw)
        return replace(example, question=question)

    def _headed(self, example: Example, draw: random.Random) -> Example:
        if example.title:
            if draw.random() < self.recipe.excerpted:
                example = excerpt(example, draw)
            return example if draw.random() < self.recipe.headed else replace(example, title="")
        return _titled(example, draw) if draw.random() < self.recipe.titled else example

    def _long(self, example: Example, draw: random.Random) -> Example:
        short = not example.title and len(example.context.split()) < self.recipe.short
        return self._packed(example, draw) if short and draw.random() < self.recipe.packed else example

    def _packed(self, example: Example, draw: random.Random) -> Example:
        """The example's passage between others like it, none of which holds its answer."""
        near = self._alike[self._place[example.context]]
        answers = [f" {normalise(gold.text)} " for gold in example.answers]
        others = [
            self.contexts[other]
            for other in near
            if self.contexts[other] != example.context
            and len(self.contexts[other].split()) < self.recipe.short
            and not any(answer in self.plain_contexts[other] for answer in answers)
        ]
        chosen = draw.sample(others, min(len(others), draw.randint(1, 3)))
        before = chosen[: draw.randint(0, len(chosen))]
        lead = "".join(f"{text.strip()} " for text in before)
        context = lead + " ".join([example.context, *(text.strip() for text in chosen[len(before) :])])
        return moved(example, context, len(lead))


def crossed(example: Example, draw: random.Random) -> Example | None:
    """The example with a name or number of its question replaced by another of like shape in its passage, not its answer."""
    known = f" {normalise(example.context)} "
    asked = f" {normalise(example.question)} "
    golds = " ".join(normalise(gold.text) for gold in example.answers)
    for found in draw.sample(places := _entities(example.question), len(places)):
        if f" {normalise(found.group())} " not in known:
            continue
        others = {
            other.group()
            for other in _entities(example.context)
            if not _BEGINS.search(example.context[: other.start()])
            and _shape(other.group()) == _shape(found.group())
            and f" {normalise(other.group())} " not in asked
            and normalise(other.group())
            and normalise(other.group()) not in golds
        }
        if others:
            other = draw.choice(sorted(others))
            question = example.question[: found.start()] + other + example.question[found.end() :]
            return replace(example, question=question, answers=())
    return None


def _titled(example: Example, draw: random.Random) -> Example:
    """Under a title made of the beginning of one of the passage's sentences without the answer."""
    bare = without_answer(example) if example.answers else example
    sentences = [part for part in SENTENCE.split(bare.context if bare else "") if len(part.split()) >= 4]
    if not sentences:
        return example
    title = " ".join(draw.choice(sentences).split()[: draw.randint(4, 10)]).rstrip(".,;:!?")
    return replace(example, title=title)


def _mistyped(question: str, draw: random.Random) -> str:
    """Two neighbouring letters swapped, or one lost."""
    if len(question) < 8:
        return question
    place = draw.randrange(3, len(question) - 2)
    middle = question[place + 1] + question[place] if draw.random() < 0.5 else question[place + 1]
    return question[:place] + middle + question[place + 2 :]


def _entities(question: str) -> list[re.Match[str]]:
    """Numbers and capitalised names, the question's first word aside."""
    names = [found for found in _NAME.finditer(question) if found.start() > 0]
    return names + list(_NUMBER.finditer(question))


def _shape(entity: str) -> int:
    """Numbers by their count of digits, names (negative) by their count of words."""
    return sum(map(str.isdigit, entity)) if entity[0].isdigit() else -len(entity.split())


def _neighbours(contexts: Sequence[str], texts: Sequence[str], count: int) -> list[list[int]]:
    """For each text the `count` contexts nearest by TF-IDF (sublinear), nearest first."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
    stored = vectors.fit_transform(contexts).T.tocsc()
    count = min(count, len(contexts))
    found: list[list[int]] = []
    for first in range(0, len(texts), 512):
        close = (vectors.transform(texts[first : first + 512]) @ stored).toarray()
        best = np.argsort(-close, axis=1, kind="stable")[:, :count]
        found.extend(best.tolist())
    return found
