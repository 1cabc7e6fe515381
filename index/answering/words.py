"""Words of a text with their offsets, in the form in which they are compared, and the names among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from index.answering.caching import cached

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W_]+(?:['’\-&][^\W_]+)*", re.UNICODE)
LONGEST_TEXT = 20_000
"""Characters of a text that are looked at; a longer one is a paste, not a question or a sentence."""


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


STOP = word_set(
    "a about after again all also am an and any are as at be because been before being but by can could did do does doing "
    "down during each few for from further get gets getting give go goes going got had has have having he her here hers him "
    "his how i if in into is it its itself just let many may me might more most much must my no nor not now of off on once "
    "one only or other our out over own please said same say saying says shall she should so some such tell than that the "
    "their them then there these they this those through to too under until up upon us very was we were what whats when "
    "where which while who whom whose why will with would you your s t d ll re ve m went go come came comes take takes took "
    "happen happened happening happens going according know"
)
"""Words that say nothing of what a question is about. Not for removing them from names."""

ARTICLES = word_set("the a an")
PREPOSITIONS = word_set(
    "about across after against along among around at before behind beside between beyond by during for from in inside into near "
    "of on outside over since to under until via with"
)
NEAR_PREPOSITIONS = PREPOSITIONS - word_set(
    "across along around behind beside beyond inside into outside over under via"
)
"""Those behind which a question names what it is about: "went to Aville", not "over the weekend"."""
AUXILIARIES = (
    "is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|"
    "isn't|aren't|didn't|doesn't|won't|wasn't"
)
"""As part of a pattern."""

_SAME = {
    alias: canonical
    for canonical, aliases in {
        "america": "us usa american americans united-states",
        "britain": "uk gb british united-kingdom",
        "europe": "eu european",
        "netherlands": "dutch",
        "spain": "spanish",
        "france": "french",
        "germany": "german",
        "denmark": "danish danes",
        "switzerland": "swiss",
        "wales": "welsh",
        "ireland": "irish",
        "greece": "greek",
        "philippines": "filipino filipinos",
        "soldier": "troop soldiers troops",
        "kill": "killed dead died deaths death die",
        "found": "establish established founded founding",
        "begin": "start began begun starts starting beginning begins",
        "child": "children",
        "person": "people persons ppl",
        "man": "men",
        "woman": "women",
        "send": "sent sends",
        "buy": "bought",
        "build": "built",
        "win": "won winner",
        "lead": "led leader",
        "hold": "held",
        "say": "said says",
        "pay": "paid",
        "make": "made",
        "find": "found",
        "lose": "lost",
        "cost": "costs",
        "leave": "left",
        "buried": "bury",
        "first": "initial initially",
        "company": "firm firms companies",
        "hurt": "injure injured injures injury wounded wound",
        "ship": "vessel vessels ships",
    }.items()
    for alias in aliases.split()
}


class Word(NamedTuple):
    """A word at `text[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Without case, accents, compatibility forms and possessive endings: `Juárez’s` -> `juarez`."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return (
        plain.removesuffix("'s").removesuffix("'").replace(".", "" if len(plain) < 8 and plain.endswith(".") else ".")
    )


@lru_cache(maxsize=50_000)
def stem(text: str) -> str:
    """A word's form for comparing: folded, without the commonest English endings (after Harman 1991, "S" and -ed, -ing)."""
    word = fold(text)
    if word in _SAME:
        return _SAME[word]
    if not word.isalpha() or len(word) < 4:
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    word = _SAME.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


_DEMONYM = {""} | word_set("n an ian ean egian ese ish i er ns ans ians nian y")


_DERIVED = {""} | word_set(
    "ment ments ion ions ation ations al als er ers or ors ance ence ity ness ly ful ive able ing ant ent ist ists ship ure"
)


@lru_cache(maxsize=100_000)
def alike(a: str, b: str) -> bool:
    """Whether two stems stand for one another: equal, a country and its people ("canada", "canadian"), or of one word
    ("postpon", "postponement").
    """
    if a == b:
        return True
    n = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rests = sorted((a[n:], b[n:]), key=len)
    if n < 4 or not (a.isalpha() and b.isalpha()) or len(rests[0]) > 2:
        return False
    return (
        rests[1] in _DEMONYM
        or (n >= 5 and not rests[0] and rests[1] in _DERIVED)
        or (n >= 5 and rests[0] in _DERIVED and rests[1] in _DERIVED)
    )


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order; a number with its separators and an abbreviation with its dots is one word."""
    return _cached_words(text[:LONGEST_TEXT])


@cached(2048)
def _cached_words(text: str) -> tuple[Word, ...]:
    return tuple([Word(m[0], *m.span()) for m in _WORD.finditer(text)])


def is_number(text: str) -> bool:
    return text[:1].isdigit()


_LOWER_IN_NAMES = word_set("of de del la las los el al von van der den bin y da do dos le du and")
_NOT_NAMES = STOP | word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december mr mrs ms dr sir today yesterday tomorrow meanwhile however according although despite "
    "additionally under since both still yet last next first another many most several two three four five six seven eight "
    "nine ten asked i officials organizers organisers residents according earlier later correction update editor"
)


_ABBREVIATED = frozenset({"US", "U.S.", "UK", "U.K."})


@cached(2048)
def names(text: str) -> tuple[tuple[Word, ...], ...]:
    """Runs of capitalised words that look like names, in order.

    A capitalised word that opens a sentence counts only if it is no common word; small words ("of", "de") join two
    capitalised ones. Days and months are no names.
    """
    found: list[tuple[Word, ...]] = []
    run: list[Word] = []
    listed = words(text)

    def close() -> None:
        while run and not run[-1].capital:
            run.pop()
        if run:
            found.append(tuple(run))
        run.clear()

    for i, word in enumerate(listed):
        gap = text[listed[i - 1].end : word.start] if i else ""
        if run and (len(gap) > 2 or gap.strip() or "\n" in gap) and gap.strip() not in {"."}:
            close()
        if run and gap.strip() == "." and len(run[-1].text) > 3:
            close()
        named = word.text in _ABBREVIATED or (word.capital and fold(word.text) not in _NOT_NAMES)
        if named or (run and word.text in _LOWER_IN_NAMES and _capital_follows(listed, i)):
            run.append(word)
        else:
            close()
    close()
    return tuple(found)


def _capital_follows(listed: Sequence[Word], i: int) -> bool:
    if listed[i].text in {"and", "y"}:
        return False
    return any(w.capital for w in listed[i + 1 : i + 2]) or (
        len(listed) > i + 2 and listed[i + 1].text in _LOWER_IN_NAMES and listed[i + 2].capital
    )


def opens_sentence(text: str, start: int) -> bool:
    """Whether the word at `start` opens a sentence, where its capital says nothing."""
    at = start - 1
    while at >= 0 and text[at] in " \t“\"'‘(—–-":
        at -= 1
    return at < 0 or text[at] in ".!?\n:…”"


def phrase(run: Sequence[Word], text: str) -> str:
    return text[run[0].start : run[-1].end]
