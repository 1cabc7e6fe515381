"""Questions that ask for something else by one word: another that stands between the same neighbours elsewhere."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LEFT = re.compile(
    r"about|also|another|around|been|being|both|came|come|could|does|doing|done|during|each|"
    r"ever|every|from|give|gets|goes|going|gone|have|having|here|himself|into|itself|just|"
    r"kind|like|made|make|many|more|most|much|must|name|only|other|over|same|shall|should|"
    r"some|someone|something|somebody|sort|such|take|than|that|their|them|then|there|these|"
    r"they|thing|things|this|those|through|type|under|until|used|very|want|were|what|when|"
    r"where|whether|which|while|whom|whose|will|with|within|would|your|called|named|happen|"
    r"happened|people|person|anyone|anything"
)
"""Words that say too little for another in their place to change what is asked."""
_PLAIN = re.compile(rf"(?!(?:{_LEFT.pattern})$)[a-z]{{4,}}")


class Wordings:
    """What other questions say in a word's place. `questions` are looked through once."""

    def __init__(self, questions: Sequence[str]) -> None:
        seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for question in questions:
            words = [found.group() for found in _WORD.finditer(question.lower())]
            for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
                if _PLAIN.fullmatch(word):
                    seen[before, after][word] += 1
        self._fitting = {
            frame: [word for word, count in sorted(found.items()) if count > 1] for frame, found in seen.items()
        }

    def other(self, question: str, passage: str, draw: random.Random) -> str | None:
        """The question with one word replaced by one that the passage does not hold; None where none is found."""
        places = list(_WORD.finditer(question))
        held = {_root(found.group()) for found in _WORD.finditer(passage.lower())}
        held |= {_root(found.group().lower()) for found in places}
        choices: list[tuple[int, list[str]]] = []
        for place, found in enumerate(places):
            word = found.group()
            if not _PLAIN.fullmatch(word):
                continue
            others = [
                other
                for other in self._fitting.get(self._frame(places, place), [])
                if _root(other) not in held and _ending(other) == _ending(word)
            ]
            if others:
                choices.append((place, others))
        if not choices:
            return None
        place, others = draw.choice(choices)
        found = places[place]
        return question[: found.start()] + draw.choice(others) + question[found.end() :]

    @staticmethod
    def _frame(places: Sequence[re.Match[str]], place: int) -> tuple[str, str]:
        before = places[place - 1].group().lower() if place else ""
        after = places[place + 1].group().lower() if place + 1 < len(places) else ""
        return before, after


def _ending(word: str) -> str:
    """What tells plurals and forms of verbs, so that the question stays one."""
    return next((ending for ending in ("ed", "ing", "s") if word.endswith(ending)), "")


def _root(word: str) -> str:
    """The beginning that forms of one word share, roughly."""
    return word[: max(4, len(word) - 3)]
