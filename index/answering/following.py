"""Follow-up questions: "and Ciudad Real?", "when?", "what did she say there?" made whole with the question before."""

from __future__ import annotations

import re

from index.answering.exchanging import IN_PLACE, exchange, object_behind, subject_of
from index.answering.kinds import ASKING, QuestionKind, kind_of
from index.answering.people import HUMANS
from index.answering.pronouns import (
    BEFORE_SUBJECT,
    is_place,
    named_in,
    owned,
    person,
    possessive,
)
from index.answering.tense import PAST
from index.answering.words import AUXILIARIES, PREPOSITIONS, STOP, Word, fold, names, phrase, words

_LONGEST = 300
_NAME = r"[A-Z][\w’'-]*"
_NOUN = rf"(?!(?:{'|'.join(sorted(PREPOSITIONS))})\b)[a-z][a-z-]+"
_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|or|so|ok(?:ay)?|also)[,\s]+)?(?:(?:what|how)\s+about|same\s+(?:for|question\s+for)|and(?:\s+(?:what\s+about|for|also))?|or|but)\s+(?P<thing>.+?)[\s?!.]*$",
    re.I,
)
_ALONE = re.compile(
    r"^\W*(?:and\s+|but\s+|ok\s+)?"
    r"(?P<ask>why|when|where|who|how many|how much|how long|how|since when|until when|by whom|what day|what year)"
    r"(?:\s+(?:was|is|did|does|do|were|are|has|have|had|will|would)(?:\s+(?:that|this|it|he|she|they))?"
    r"(?:\s+(?:happen|be|do (?:it|that|so)))?|\s+(?:exactly|then|not|so))?[\s?!.]*$",
    re.I,
)
_IS_IT = re.compile(r"^\W*(?:and\s+|but\s+|ok\s+)?(?:where|how long)\s+is\s+(?P<it>it)[\s?!.]*$", re.I)
"""Asks of a thing, where the earlier question names one: "how long is it?" after "when did the bridge open?"."""
_THING_NAMED = re.compile(
    rf"\b(?:(?P<be>is|are|was|were)|{'|'.join(sorted(BEFORE_SUBJECT))})\s+(?P<thing>the\s+(?:{_NAME}(?:\s+{_NAME}){{0,3}}|{_NOUN}(?:\s+{_NOUN})?))\s+"
    rf"(?(be){PAST}|[a-z]+)(?:\s+(?:{'|'.join(sorted(PREPOSITIONS))})\b.*)?[\s?!.]*$"
)
"""With its verb behind: "did the Sound Bridge open in May", not "did the Solberg trial end", "was the vote on the bridge"."""
_BY_HOW_MANY = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?P<ask>(?:{})\s+(?:how\s+(?:many|much|long|far)|what|which|whom)(?:\s+[\w'’-]+)?)[\s?!.]*$".format(
        "|".join(sorted(PREPOSITIONS))
    ),
    re.I,
)
"""A question word with what belongs to it, and no verb: "by how many votes?", "in which year?"."""
_ASKED = re.compile(
    rf"^\W*(?:(?:in|on|at|to|from|for|by|since)\s+)?(?P<wh>how\s+(?:many|much)(?P<noun>(?:\s+(?!(?:{AUXILIARIES})\b)[\w.'’-]+){{1,4}}(?=\s+(?:did|does|do)\b))?|how\s+(?:long|old|far|often|tall|big|large|high)|"
    rf"(?:which|what)(?:\s+(?:day|date|year|time|city|place|country|month))?|who|when|where|why|how)\s+(?P<rest>.+?)[\s?!.]*$",
    re.I,
)
_PERSON = re.compile(r"\b(he|she|him|his|her|they|them|their)\b", re.I)
_THING = re.compile(r"\b(it(?!\s+there\b)|its|that|this|these|those|there)\b", re.I)
_THERE_IS = re.compile(
    r"\bthere\s+(?:is|are|was|were|will|be|has|have|had|would|could|might)\b|\b(?:is|are|was|were|will|has|have|had)\s+there\b",
    re.I,
)
_EMPTY_IT = re.compile(
    r"\bit\s+(?:true|rain|snow|possible|take)|\bit\s+(?:sounded|looked|felt|seemed)\b|\bit\s+\w*\s*(?:that|to)\b|\bthat\s+(?!\s*[?!.]|$)\w+\s+\w+|\b(?:this|that|these|those)\s+(?:week|month|year|morning|evening|day|time)\b",
    re.I,
)


def follow_up(previous: str, question: str) -> str | None:
    """The question made complete with `previous`, on which it depends; None when it is complete alone.

    Never raises. Whatever is longer than 300 characters is complete.
    """
    before, now = " ".join(previous.split()), " ".join(question.split())
    if not before or not now or len(before) > _LONGEST or len(now) > _LONGEST or not any(c.isalnum() for c in now):
        return None
    if (asks := _IS_IT.match(now)) and (thing := _thing_named(before)):
        return f"{now[: asks.start('it')]}{thing}{now[asks.end('it') :]}"
    if alone := _ALONE.match(now):
        return _ask_again(alone["ask"], before)
    if (by := _BY_HOW_MANY.match(now)) and _has_room(before):
        return _ask_again(by["ask"], before)
    if (about := _ABOUT.match(now)) and _is_thing(about["thing"]):
        return exchange(before, about["thing"])
    telegram = len(words(now)) <= 3 and not names(now) and not ASKING.search(now.lower())
    if telegram and kind_of(now) is QuestionKind.WHAT:
        return None
    return _with_names(before, now)


def _is_thing(text: str) -> bool:
    """Whether what follows "and" is a thing to exchange, not a question of its own ("and how many went to Aville?")."""
    if re.match(rf"^(?:who|what|when|where|which|why|how|{AUXILIARIES}|if)\b", text, re.I):
        return False
    return len(words(text)) <= 6


def _thing_named(before: str) -> str:
    """The one thing, no person, that the earlier question names with nothing of its own behind: "the Sound Bridge"; or ""."""
    if found := _THING_NAMED.search(before):
        return "" if fold(found["thing"].split()[-1]) in HUMANS else found["thing"]
    runs = named_in(before)
    if not runs or runs[-1][-1].end < len(before.rstrip(" ?!.")) or re.search(r"\b(?:is|are|was|were)\b", before, re.I):
        return ""
    last = phrase(runs[-1], before)
    if re.search(r"\bthe\s+$", before[: runs[-1][0].start], re.I):
        return f"the {last}"
    return last if len(runs) == 1 and is_place(last, before) else ""


def _has_room(before: str) -> bool:
    """Whether "by how many votes" before the earlier question makes one: not before "what about Ness?"."""
    asked = _ASKED.match(before)
    rest = asked["rest"] if asked else before
    first = bool(re.match(rf"(?:{AUXILIARIES})\b", rest, re.I))
    if not asked or asked["wh"].lower() == "what":
        return first
    if first:
        return asked["wh"].lower() != "who"
    return not re.search(rf"\b(?:{AUXILIARIES})\b", rest, re.I)


def _ask_again(ask: str, before: str) -> str | None:
    """The earlier question with another question word: "how many troops went to Aville?" + "when?"."""
    asked = _ASKED.match(before)
    ask = ask.strip().lower()
    ask = ask[0].upper() + ask[1:]
    if not asked:
        rest = before.rstrip(" ?!.")
        if re.match(rf"^(?:{AUXILIARIES})\b", rest, re.I):
            return f"{ask} {rest[0].lower() + rest[1:]}?"
        return f"{ask}: {rest}?"
    rest, noun = asked["rest"], (asked["noun"] or "").strip()
    if re.match(rf"^(?:{AUXILIARIES})\b", rest, re.I) and asked["wh"].lower() != "who":
        return f"{ask} {rest}{f' {noun}' if noun else ''}?"
    if noun or asked["wh"].lower().startswith(("how many", "how much")):
        whole = f"{noun} {rest}".strip()
        first, _, remaining = whole.partition(" ")
        if not noun and remaining:
            return f"{ask} was it that {first} {remaining}?"
        return f"{ask} was it that {whole}?"
    if asked["wh"].lower() == "who":
        return f"{ask} was it that somebody {rest}?"
    return f"{ask} was it that {rest}?"


def _with_names(before: str, now: str) -> str | None:
    """The question with the names of the earlier one for its pronouns; None if it has none that point back."""
    own = [r for r in names(now) if r[0].start > 0]
    if own:
        return None
    content = [w for w in words(now) if fold(w.text) not in STOP]
    named = [phrase(run, before) for run in named_in(before)]
    if found := _PERSON.search(now):
        if owned(now, found):
            return None
        if found[1].lower() in {"they", "them", "their"}:
            who = next((name for name in sorted(named, key=lambda n: " " not in n) if not is_place(name, before)), None)
        else:
            who = person(before, found[1])
        if not who:
            return _appended(before, now)
        return now[: found.start()] + who + ("'s" if possessive(now, found) else "") + now[found.end() :]
    found = _THING.search(now)
    if found and owned(now, found):
        return None
    if not found or _THERE_IS.search(now) or _EMPTY_IT.search(now) or len(content) > 4:
        return _elliptic(before, now, content)
    if found[1].lower() == "there":
        place = _place(before)
        return f"{now[: found.start()]}{place}{now[found.end() :]}" if place else _appended(before, now)
    if found[1].lower() in {"it", "its"}:
        slot = subject_of(before) if all(is_place(name, before) for name in named) else None
        subject = before[slot[0] : slot[1]] if slot else ""
        thing = subject or (named[-1] if named else "")
        if re.search(r"\bthe\s+$", before[: before.rfind(thing)] if thing else "", re.I):
            thing = f"the {thing}"
        if thing:
            return now[: found.start()] + thing + ("'s" if found[1].lower() == "its" else "") + now[found.end() :]
    return _appended(before, now)


def _elliptic(before: str, now: str, content: list[Word]) -> str | None:
    """ "how many died?", "which ones?": a question of one word or none needs the subject of the one before."""
    if (
        len(content) <= 1
        and len(words(now)) <= 4
        and re.match(r"^\W*(?:and\s+|but\s+)?(?:how|which|who|what|when|where|why)\b", now, re.I)
        and _context(before)
    ):
        if content and kind_of(now) is QuestionKind.WHAT:
            return None
        return _appended(before, now)
    return None


def _place(before: str) -> str:
    """The last "in X", "to X" of a question, as "in X"."""
    for match in reversed(list(IN_PLACE.finditer(before))):
        if match[1].lower() in {"to", "in", "at", "from", "near"} and (
            slot := object_behind(before, match.end()) or _named_at(before, match.end())
        ):
            preposition = match[1].lower() if match[1].lower() in {"at", "near"} else "in"
            return f"{preposition} {before[slot[0] : slot[1]]}"
    runs = named_in(before)
    return f"in {phrase(runs[-1], before)}" if runs else ""


def _named_at(before: str, start: int) -> tuple[int, int] | None:
    return next(((r[0].start, r[-1].end) for r in names(before) if r[0].start == start), None)


def _context(before: str) -> str:
    asked = _ASKED.match(before)
    rest = asked["rest"] + (asked["noun"] or "") if asked else before.rstrip(" ?!.")
    return re.sub(rf"^(?:{AUXILIARIES})\s+", "", rest, flags=re.I).strip()


def _appended(before: str, now: str) -> str:
    """The question with what the earlier one was about behind it."""
    return f"{now.rstrip(' ?!.')}, about {_context(before)}?"
