"""The earlier question with another thing in the place of its like, and where in a question its things stand."""

from __future__ import annotations

import re

from index.answering.dates import date_of
from index.answering.pronouns import named_in
from index.answering.time import TIME
from index.answering.words import AUXILIARIES, NEAR_PREPOSITIONS, PREPOSITIONS, STOP, fold, names, word_set, words

IN_PLACE = re.compile(r"\b({})\s+".format("|".join(sorted(NEAR_PREPOSITIONS))), re.I)
_BEHIND_ANY = re.compile(r"\b({})\s+".format("|".join(sorted(PREPOSITIONS))), re.I)
_BEFORE_TIME = re.compile(r"\b(?P<preposition>on|in|at|by|since|until|during|before|after|from|for)\s+$", re.I)
_VERBS = word_set(
    "go went gone get gets got send sent come came take took say said do did is are was were be arrive arrived"
)


def exchange(before: str, thing: str) -> str:
    """The earlier question with `thing` in the place of its like: a year for a year, a name for a name."""
    thing = thing.strip(" ?!.,")
    preposition = ""
    if found := re.match(r"({})\s+(?P<rest>.+)".format("|".join(sorted(PREPOSITIONS))), thing, re.I):
        preposition, thing = found[1].lower(), found["rest"]
    end = before.rstrip(" ?!.")
    if (time := TIME.fullmatch(thing)) and not (re.fullmatch(r"\d{4}", thing) and re.search(r"\b\d{4}\b", before)):
        return _at_time(end, time, preposition)
    slot = _slot(end, thing, preposition)
    if slot and re.search(r"\bthe\s+$", end[: slot[0]], re.I):
        thing = re.sub(r"^the\s+", "", thing, flags=re.I)
    if slot is None:
        joined = f"{preposition} {thing}".strip() if preposition else f"for {thing}"
        return f"{end} {joined}?"
    return f"{end[: slot[0]]}{thing}{end[slot[1] :]}?"


def _at_time(before: str, time: re.Match[str], preposition: str) -> str:
    """The earlier question at another time: it takes the place of the time there, else it stands at the end."""
    own = preposition or ("" if time["by_itself"] else "on" if time["on"] else "in")
    old = [
        m
        for m in TIME.finditer(before)
        if not m["in"] or m["in"][0].isdigit() or _BEFORE_TIME.search(before, 0, m.start())
    ]
    if not old:
        return f"{before} {own} {time.group()}?".replace("  ", " ")
    start, end = old[-1].span()
    if re.match(r"['’]s\b", before[end:]) or re.search(r"\bthe\s+$", before[:start], re.I):
        return f"{before[:start]}{time.group()}{before[end:]}?"  # "yesterday's vote", "the 2024 race"
    if lead := _BEFORE_TIME.search(before, 0, start):
        start = lead.start()
        if not preposition and not time["by_itself"] and lead["preposition"].lower() not in {"on", "in"}:
            own = lead["preposition"]
    whole = (
        f"{before[:start]}{own} {time.group()}{before[end:]}?"
        if own
        else f"{before[:start]}{time.group()}{before[end:]}?"
    )
    return whole[0].upper() + whole[1:] if start == 0 else whole


def _slot(before: str, thing: str, preposition: str) -> tuple[int, int] | None:
    """Where in the earlier question stands what `thing` takes the place of."""
    if re.fullmatch(r"\d{4}|\d[\d,.]*", thing) or date_of(thing):
        like = (
            r"\b\d{4}\b"
            if re.fullmatch(r"\d{4}", thing)
            else r"\b(?:\w+\s+\d{1,2}(?:,?\s+\d{4})?|\d{1,2}\s+[a-z]+(?:\s+\d{4})?|\d[\d,.]*)\b"
        )
        found = list(re.finditer(like, before, re.I))
        return found[-1].span() if found else None
    # Said with a preposition, a thing takes the place of one behind the same; alone, that of what the question is about.
    if preposition:
        after = [m for m in _BEHIND_ANY.finditer(before) if m[1].lower() == preposition]
    else:
        after = list(IN_PLACE.finditer(before))
    spans = [(r[0].start, r[-1].end) for r in named_in(before) if r[0].start > 0 or len(r) > 1]
    if spans:
        fitting = _behind(before, spans, after)
        if preposition and not fitting:
            # "In the runoff" takes no name's place, "in Aville" may take that of one behind another preposition.
            fitting = _behind(before, spans, list(_BEHIND_ANY.finditer(before))) if names(f"in {thing}") else []
            return fitting[-1] if fitting else None
        return (fitting or spans)[-1]
    for match in reversed(after):
        if tail := object_behind(before, match.end()):
            return tail
    return None if preposition else subject_of(before)


def _behind(before: str, spans: list[tuple[int, int]], prepositions: list[re.Match[str]]) -> list[tuple[int, int]]:
    """The names that stand behind one of these prepositions."""
    return [s for s in spans if any(m.end() == s[0] or before[m.end() : s[0]].lower() == "the " for m in prepositions)]


def object_behind(before: str, start: int) -> tuple[int, int] | None:
    """The thing after a preposition, in lower case: up to a verb, another preposition or the end."""
    end = start
    for word in words(before):
        if word.start < start:
            continue
        low = fold(word.text)
        if (
            low in NEAR_PREPOSITIONS
            or low in _VERBS
            or (low in STOP and low not in {"the", "a"})
            or before[end : word.start].strip()
        ):
            break
        end = word.end
    if end == start:
        return None
    article = re.match(r"the\s+", before[start:end], re.I)
    return (start + article.end() if article else start), end


def subject_of(before: str) -> tuple[int, int] | None:
    """The thing after the auxiliary of a question typed in lower case: "what did canada promise"."""
    found = re.search(rf"\b(?P<aux>{AUXILIARIES})\s+(?:the\s+)?(?P<thing>[\w'’ -]+)", before, re.I)
    if not found:
        return None
    kept = found["thing"].split()
    for i, word in enumerate(kept):
        if i and (fold(word) in STOP or fold(word) in PREPOSITIONS):
            kept = kept[:i]
            break
    # After "did" the last word is the verb's: "did the old bridge open"; after "is" it is the thing's.
    if (
        found["aux"].lower() not in {"is", "are", "was", "were"}
        and len(kept) > 1
        and re.search(r"\bthe\s+$", before[: found.start("thing")], re.I)
    ):
        kept = kept[:-1]
    elif found["aux"].lower() not in {"is", "are", "was", "were"}:
        kept = kept[:1]
    if not kept or fold(kept[0]) in STOP:
        return None
    start = found.start("thing")
    return start, start + len(" ".join(kept))
