"""What a question needs looked up: a comparison asks twice, "the latest on" looks deeper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.answering.kinds import QuestionKind, kind_of


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a comparison: its name, and the question that asks for its figure."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts` are to be asked one by one and handed to `compare`; `newest` asks for more, and recent, passages."""

    parts: tuple[Part, ...] = ()
    newest: bool = False


_SIZES = {
    "larger": "large", "bigger": "big", "smaller": "large", "longer": "long", "shorter": "long", "taller": "tall",
    "higher": "high", "lower": "high", "older": "old", "younger": "old", "wider": "wide", "deeper": "deep", "heavier": "heavy",
    "farther": "far", "further": "far", "faster": "fast", "slower": "fast", "stronger": "strong", "weaker": "strong",
    "hotter": "hot", "colder": "cold", "larger one": "large",
}  # fmt: skip
COMPARATIVE = "|".join(sorted(_SIZES, key=len, reverse=True))
_BE = r"is|are|was|were"
_DO = r"did|does|do|will|would|can|could|should|might"
_HAVE = r"has|have|had"
_TAIL = rf"(?:\s+(?:{_BE}|did|does|do|{_HAVE}|will))?[\s?.!]*$"
"""The end of a question, with the verb that may stand for the whole deed: "than Beeton did?"."""
_MUCH = r"(?:\s+(?:much|far|many|any|even|still|slightly|a\s+(?:lot|bit|little)))?"
_PREPOSITION = r"(?:in|at|on|to|for|from|near|around|along|off)"
_SIDES = r"[,:]?\s+(?P<a>[^,?:]+?)\s+or\s+(?P<b>[^?]+?)"
_ASKED = r"^\W*(?:which|who|what)\b"
_PRICED = r"(?:more|less)\s+(?:expensive|costly)|cheaper"
_COUNTED = rf"{_MUCH}\s+(?:more|fewer|less)\s+(?!{_PREPOSITION}\b)(?P<noun>[\w\s.'-]+?)\s+than\s+(?P<b>.+?){_TAIL}"
_COUNT_THAN = re.compile(
    rf"^\W*(?P<aux>{_DO})\s+(?P<a>.+?)\s+(?P<verb>(?!(?:by|with|of|{_PREPOSITION})\b)\w+){_COUNTED}", re.I
)
_HAVE_THAN = re.compile(
    rf"^\W*(?P<aux>{_HAVE})\s+(?P<a>.+?)(?:\s+(?P<verb>\w+ed|got|had|won|lost|sold|sent|built|made|paid|spent|held|taken))?"
    rf"{_COUNTED}",
    re.I,
)
_PLACES = re.compile(
    rf"^\W*(?P<aux>{_BE}|{_DO}|{_HAVE})\s+(?P<subject>.+?)(?P<verb>\s+\w+)?{_MUCH}\s+(?:more|fewer|less)(?P<noun>\s+[\w\s.'-]+?)?"
    rf"\s+(?P<a>{_PREPOSITION}\s+[^,?:]+?)\s+(?P<between>than|or)\s+(?P<b>[^?]+?){_TAIL}",
    re.I,
)
"""One subject, two places: "Did Lind win more votes in Aville than in Beeton?", "Are there more ships in Aville or Beeton?"."""
_COST_THAN = re.compile(
    rf"^\W*(?P<aux>{_BE}|{_DO}|{_HAVE})\s+(?P<a>.+?)\s+(?P<verb>cost|paid|pay|earn|spend|receive|get|worth){_MUCH}\s+(?:more|less)"
    rf"(?P<on>\s+{_PREPOSITION}\s+[\w\s.'-]+?)?\s+than\s+(?P<b>.+?){_TAIL}",
    re.I,
)
_PRICE_THAN = re.compile(
    rf"^\W*(?P<aux>{_BE}|will)\s+(?P<a>.+?)(?:\s+be)?{_MUCH}\s+(?:{_PRICED})\s+than\s+(?P<b>.+?){_TAIL}", re.I
)
_PRICE_OR = re.compile(
    rf"{_ASKED}[^,?:]*?\b(?P<aux>{_BE}|will)(?:\s+be)?\s+(?:the\s+)?(?:{_PRICED})\b(?:\s+one)?{_SIDES}{_TAIL}", re.I
)
_PRICE_AUX = {"is": "does", "are": "do", "was": "did", "were": "did", "will": "will"}
_SIZE_THAN = re.compile(
    rf"^\W*(?P<aux>{_BE}|will)\s+(?P<a>.+?)(?P<be>\s+be)?{_MUCH}\s+(?P<more>{COMPARATIVE})\s+than\s+(?P<b>.+?){_TAIL}",
    re.I,
)
_COUNT_OR = re.compile(
    rf"{_ASKED}(?P<subject>[^,?:]*?)(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)\s(?:the\s+)?(?:more|fewer|most|fewest|less)"
    rf"\s+(?P<noun>[^,?:]+?)[,:]\s+(?P<a>[^,?:]+?)\s+or\s+(?P<b>[^?]+?){_TAIL}",
    re.I,
)
_COST_OR = re.compile(rf"{_ASKED}[^,?:]*?\s(?:cost|costs)\s+(?:more|less){_SIDES}{_TAIL}", re.I)
_SIZE_OR = re.compile(
    rf"{_ASKED}[^,?:]*?\b(?P<aux>{_BE}|will)(?P<be>\s+be)?\s+(?:the\s+)?(?P<more>{COMPARATIVE})\b(?:\s+one)?{_SIDES}{_TAIL}",
    re.I,
)
_WHERE_OR = re.compile(
    rf"^\W*where\s+(?P<aux>{_BE})\s+(?P<subject>[^,?:]+?){_MUCH}\s+(?P<more>{COMPARATIVE}){_SIDES}{_TAIL}", re.I
)
_SIZE_PLACES = re.compile(
    rf"^\W*(?P<aux>{_BE})\s+(?P<subject>[^,?:]+?){_MUCH}\s+(?P<more>{COMPARATIVE})[,:]?\s+(?P<a>{_PREPOSITION}\s+[^,?:]+?)"
    rf"\s+(?:than|or)\s+(?P<b>[^?]+?){_TAIL}",
    re.I,
)
_PLACES_SIZE = re.compile(
    rf"^\W*(?P<aux>{_BE})\s+(?P<subject>[^,?:]+?)\s+(?P<a>{_PREPOSITION}\s+[^,?:]+?){_MUCH}\s+(?P<more>{COMPARATIVE})\s+than"
    rf"\s+(?P<b>{_PREPOSITION}\s+[^?]+?){_TAIL}",
    re.I,
)
OPENED = r"(?P<verb>opened|started|began|happened|came|arrived|closed|ended)"
_FIRST_OR = re.compile(rf"{_ASKED}[^,?:]*?\s{OPENED}\s+(?:first|earlier|later){_SIDES}{_TAIL}", re.I)
_PLACED = re.compile(rf"({_PREPOSITION})\s+(.+)", re.I | re.S)
_UNCOUNTED = re.compile(r"\s*(?:money|water|rain|snow|power|energy|electricity|land|oil|gas|time|support)\b", re.I)
_NO_NAME = re.compile(r"(?:it|he|she|they|we|you|i|this|that|these|those|all|any|(?:the\s+)?(?:ones?|others?))\b", re.I)


def plan(question: str) -> Plan:
    """How to look the question up. Any text gives a plan."""
    text = " ".join(question[:500].split())
    kind = kind_of(text)
    if kind is QuestionKind.LATEST:
        return Plan(newest=True)
    if kind is not QuestionKind.COMPARISON:
        return Plan()
    sides = _sides(text)
    if (
        sides is None
        or any(not s or len(s.split()) > 8 or _NO_NAME.match(s) or " or " in f"{s} " for s, _ in sides)
        or sides[0][0].lower() == sides[1][0].lower()
    ):
        return Plan()
    return Plan(tuple(Part(label, asked) for label, asked in sides))


def _sides(text: str) -> list[tuple[str, str]] | None:
    """The two things compared, each with the question for its figure."""
    if m := _PRICE_OR.match(text) or _PRICE_THAN.match(text):
        return _each(m, lambda m, s: f"How much {_PRICE_AUX[m['aux'].lower()]} {s} cost?")
    if m := _WHERE_OR.match(text) or _SIZE_PLACES.match(text) or _PLACES_SIZE.match(text):
        return _each_place(m, f"How {_SIZES[m['more'].lower()]} {m['aux'].lower()} {m['subject']}")
    if m := _SIZE_OR.match(text) or _SIZE_THAN.match(text):
        return _each(m, lambda m, s: f"How {_SIZES[m['more'].lower()]} {m['aux'].lower()} {s}{m['be'] or ''}?")
    if m := _FIRST_OR.match(text):
        return _each(m, lambda m, s: f"When was it that {s} {m['verb'].lower()}?")
    if m := _COST_OR.match(text):
        return _each(m, lambda m, s: f"How much did {s} cost?")
    if m := _COUNT_OR.match(text):
        verb = m["subject"].split()[-1:] or ["has"]
        return _each(m, lambda m, s: f"{_how_many(m['noun'])} {verb[0]} {s}?")
    if (m := _PLACES.match(text)) and _compares_places(m):
        asked = _how_many(m["noun"]) if m["noun"] else "How much"
        return _each_place(m, f"{asked} {m['aux'].lower()} {m['subject']}{m['verb'] or ''}")
    if m := _COST_THAN.match(text):
        return _each(m, lambda m, s: f"How much {m['aux'].lower()} {s} {m['verb'].lower()}{m['on'] or ''}?")
    if m := _COUNT_THAN.match(text) or _HAVE_THAN.match(text):
        verb = [m["verb"]] if m["verb"] else []
        return _each(m, lambda m, s: " ".join([f"{_how_many(m['noun'])} {m['aux'].lower()} {s}", *verb]) + "?")
    return None


def _how_many(noun: str) -> str:
    """ "How many votes", "How much money"."""
    return f"How {'much' if _UNCOUNTED.match(noun) else 'many'} {noun.strip()}"


def _compares_places(m: re.Match[str]) -> bool:
    """Whether the second side is a place too, and not another subject ("more votes in Aville than Reed"), and what there is more
    of is counted: nobody can be asked "how many expensive is the bread in Aville?"."""
    if m["subject"].lower() == "there":
        return True
    if m["noun"] and m["aux"].lower() in _BE.split("|"):
        return False
    return m["between"].lower() == "or" or _PLACED.match(m["b"]) is not None


def _each(m: re.Match[str], ask: Callable[[re.Match[str], str], str]) -> list[tuple[str, str]]:
    return [(label, ask(m, label)) for label in (_split(m[g])[1] for g in ("a", "b"))]


def _each_place(m: re.Match[str], asked: str) -> list[tuple[str, str]]:
    """Each side with its preposition, or with that of the other: "in Aville or Beeton"."""
    placed = [_split(m[g]) for g in ("a", "b")]
    known = next((preposition for preposition, _ in placed if preposition), "in")
    return [(label, f"{asked} {preposition or known} {label}?") for preposition, label in placed]


def _split(side: str) -> tuple[str, str]:
    """ "at Cape Rook" -> ("at", "Cape Rook")."""
    side = side.strip(" ,.?!")
    found = _PLACED.fullmatch(side)
    return (found[1], found[2]) if found else ("", side)
