"""Names of people, places and bodies for comparing: their words without titles, what else tells two bearers apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.answering.words import ARTICLES, Word, fold, stem, word_set, words

_TITLES = word_set(
    "president minister chancellor mayor governor senator secretary director chief general "
    "colonel captain sergeant lieutenant officer sheriff judge justice professor dr doctor mr mrs ms miss "
    "sir dame lord lady king queen prince princess pope bishop father sister coach manager chairman "
    "chairwoman chair ceo spokesman spokeswoman spokesperson representative rep sen gov attorney deputy"
)
_BEFORE_TITLES = word_set("state city first acting former vice prime deputy")
"""Belong to a title only in front of one: "State Senator", but "State Department"."""
_BODIES = word_set(
    "department ministry office council court committee commission board bank agency party college school university "
    "institute academy union street road avenue square bridge church cathedral hospital palace house parliament assembly "
    "police force forces guard army navy staff island islands county company companies group electric motors mills museum "
    "theatre theater library station airport hotel prison association federation league service services bureau fund centre "
    "center system election campaign"
)
"""What a title in front of it does not name a person by: "Justice Department"."""
_TELLING = {title: title for title in ("king", "queen", "prince", "princess", "pope", "mr")} | dict.fromkeys(
    ("mrs", "ms", "miss"), "ms"
)
"""Titles that one bearer of a name has and another has not."""
_JOINING = word_set("of for at in")
_KINDS_OF_PLACE = word_set(
    "city town village port state province county district region municipality borough republic kingdom commonwealth island isle "
    "strait emirate parish prefecture principality peninsula"
)
"""The town of Aville is Aville; the University of Aville is not."""
_PLACE_PREFIXES = word_set(
    "new old west north south east western northern southern eastern central upper lower inner outer great greater little big "
    "saint st port mount fort lake cape san santa são los las"
)
"""A name without one of these is another place: "West Virginia", "Virginia"."""
_SUFFIXES = {"jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr"}
_COUNTRIES = frozenset({"america", "britain"})
"""As a region they contradict none: "Aville, U.S." may lie in Ohio."""
_BETWEEN_NAMES = frozenset({"and", "or", "but", "in", "at", "by", "to", "as"})
_APART = re.compile(r"[;:()\[\]/]")
"""What stands between two names, never inside one."""


@dataclass(frozen=True, slots=True)
class Name:
    """`core` holds its words, folded, without title, middle initials, Jr. and region; the rest is "" or () where untold."""

    core: tuple[str, ...]
    title: str = ""
    initials: tuple[str, ...] = ()
    suffix: str = ""
    region: tuple[str, ...] = ()

    @property
    def vagueness(self) -> tuple[int, ...]:
        """Orders names so that none comes before a fuller form of itself."""
        told = bool(self.title) + bool(self.initials) + bool(self.suffix) + bool(self.region)
        return (-len(self.core), int(len(self.core[0]) == 1), -told)


@lru_cache(maxsize=4096)
def name_tokens(text: str) -> tuple[str, ...]:
    """The words of one name without titles; empty if `text` is none (no capital, a lower-case word in it, two names)."""
    listed = _untitled(words(text))
    if not listed or len(listed) > 6 or not all(w.capital or len(w.text) < 4 for w in listed) or not listed[-1].capital:
        return ()
    if any(w.text in _BETWEEN_NAMES for w in listed):
        return ()
    if any(_APART.search(text, a.end, b.start) for a, b in pairwise(listed)):
        return ()
    return tuple(fold(w.text) for w in listed)


def _untitled(listed: Sequence[Word]) -> Sequence[Word]:
    """Without articles and titles in front, as far as something else is left than what a public body is called by."""
    while listed and fold(listed[0].text) in ARTICLES:
        listed = listed[1:]
    plain = listed
    while (n := _title_length(plain)) > 0:
        plain = plain[n:]
    if plain and all(fold(w.text) in _BODIES for w in plain):
        return listed
    return () if all(fold(w.text) in _BEFORE_TITLES for w in plain) else plain


def _title_length(listed: Sequence[Word]) -> int:
    """How many words the title in front has: "Prime Minister", "Mayor"; 0 if there is none."""
    n = 0
    while n < len(listed) and fold(listed[n].text) in _BEFORE_TITLES:
        n += 1
    if n < len(listed) and fold(listed[n].text) in _TITLES:
        return n + 1
    return int(bool(listed) and fold(listed[0].text) in _TITLES)


@lru_cache(maxsize=4096)
def name_of(text: str, *, in_list: bool = False) -> Name | None:
    """The name that `text` is; of a place without the region behind it: "El Paso, Texas" is "El Paso" in Texas. `in_list`
    says that what follows makes it a list: "Aville, Beeton" + " and Corville"."""
    front, comma, region = text.partition(", ")
    if (
        comma
        and not in_list
        and "," not in region
        and (tokens := name_tokens(front))
        and (where := name_tokens(region))
    ):
        if len(where) == 1 and where[0] in _SUFFIXES:
            return _name(front, (*tokens, where[0]), ())
        return _name(front, tokens, () if stem("-".join(where)) in _COUNTRIES else where)
    tokens = name_tokens(text)
    return _name(text, tokens, ()) if tokens else None


def _name(text: str, tokens: tuple[str, ...], region: tuple[str, ...]) -> Name:
    suffix = ""
    if len(tokens) > 1 and tokens[-1] in _SUFFIXES:
        suffix, tokens = _SUFFIXES[tokens[-1]], tokens[:-1]
    middle = range(1, len(tokens) - 1) if len(tokens[0]) > 1 else range(0)
    initials = tuple(tokens[i] for i in middle if len(tokens[i]) == 1)
    core = tuple(t for i, t in enumerate(tokens) if i not in middle or len(t) > 1)
    titles = (_TELLING[t] for w in words(text)[:3] if (t := fold(w.text)) in _TELLING and t not in tokens)
    return Name(core, next(titles, ""), initials, suffix, region)


def same_bearer(a: Name, b: Name) -> bool:
    """Whether the two may name the same: one the end of the other, or its short form, and nothing told of one contradicts
    the other."""
    if (a.title and b.title and a.title != b.title) or (a.suffix and b.suffix and a.suffix != b.suffix):
        return False
    if a.initials and b.initials and a.initials != b.initials:
        return False
    if a.region and b.region and not (_region_of(a.region, b.region) or _region_of(b.region, a.region)):
        return False
    return a.core == b.core or _is_short_form(a.core, b.core) or _is_short_form(b.core, a.core)


def _is_short_form(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """A last name (or several) at the end of the full name: "Sheinbaum" would be one of "Claudia Sheinbaum"; or the same
    with an initial: "C. Sheinbaum"; or without the place behind it: "John Mercer of Torvik". "Virginia" is none of "West
    Virginia", nor "Oslo" of "University of Oslo"."""
    if len(short) == len(full) > 1 and len(short[0]) == 1 < len(full[0]):
        return full[0].startswith(short[0]) and short[1:] == full[1:]
    if len(short) > 1 and len(short[0]) == 1 and len(short) < len(full):
        return False
    if not 0 < len(short) < len(full):
        return False
    if len(short) > 1 and full[: len(short)] == short and full[len(short)] == "of":
        return True
    if full[-len(short) :] != short:
        return False
    before = full[: -len(short)]
    if before[-1] in _JOINING:
        return before[-1] == "of" and len(before) > 1 and before[-2] in _KINDS_OF_PLACE
    return before[-1] not in _PLACE_PREFIXES


def _region_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether `short` is `full` or abbreviates it: "Calif", "Ga", "N.Y."."""
    if short == full:
        return True
    letters, whole = "".join(short).replace(".", ""), "".join(full)
    if len(short) > 1 or len(letters) > 5 or letters[:1] != whole[:1]:
        return False
    if len(full) > 1:
        return letters == "".join(t[0] for t in full)
    at = iter(whole)
    return all(c in at for c in letters)


def full_name(name: str, article_names: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The longest of the article's names (folded tokens) of which `name` is the end, if only one such is there."""
    mine = name_tokens(name)
    if not mine:
        return None
    longer = {n for n in article_names if len(n) > len(mine) and _is_short_form(mine, n)}
    distinct = [n for n in longer if not any(_is_short_form(n, m) for m in longer)]
    return distinct[0] if len(distinct) == 1 else None
