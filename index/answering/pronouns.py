"""What the pronoun of a follow-up stands for: something its own question names, or something of the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from index.answering.people import HE, HUMANS, SHE
from index.answering.words import ARTICLES, PREPOSITIONS, STOP, Word, fold, names, phrase, word_set, words

PRONOUNS = word_set(
    "i we you he she it they me him them my our your his her its their this that these those who everyone everybody"
)
"""What names nobody; "us" is left out, which may be the country."""
_BE_DO = word_set("is are was were be been did does do")
BEFORE_SUBJECT = word_set("did does do has have had will would can could should might may")
"""What a question puts before its subject, and its verb behind."""
_CLAUSE = word_set("who that which what when where why how if whether because while after before since until as")
_GROUPS = word_set(
    "police company firm court club party council government committee team bank board ministry union press public jury "
    "parliament senate army church school university city town village state country people"
)
_TO_OTHERS = word_set(
    "attend attended attends lead led leads support supported supports oppose opposed opposes take took takes succeed "
    "succeeded succeeds replace replaced replaces pay paid pays"
)
"""What one does to what is another's: "who attended his funeral"."""
_ASKED_FOR = re.compile(
    r"^\W*(?:who(?:['’]s|\s+(?:is|was|became|will\s+be))|what(?:['’]s|\s+(?:is|was))\s+the\s+name\s+of)\s+"
    r"(?P<role>(?:(?:the|an?)\s|[^,?]{1,60}['’]s\s)[^,?]{1,120}?)[\s?!.]*$",
    re.I,
)
_OFFICE_OF = word_set("of for at in")
_NO_PERSON_AFTER = word_set(
    "visit visits visited lead leads led win wins won run runs ran head heads headed own owns owned join joins joined "
    "leave leaves left reach reaches reached enter enters entered"
)
_NO_PERSON_ALONE_AFTER = word_set("for at from near")
"""Before a name of one word: "who played for Aville". "The age of Lars" is a person's."""
_NO_PLACE = re.compile(r"\b(?:trust|confidence|faith|interest|interested|believe|belief|role)\s+in\s+$")
_AT_PLACE = re.compile(
    r"\b(?:in|near|across|outside|inside|(?:go|goes|going|went|gone|come|came|coming|sent|send|sending|travel\w*|flew|fly|flown|"
    r"flying|move\w*|moving|return\w*|arriv\w*|deploy\w*|drove|drive|trip|visit|journey|flight|road|way|back|fled|flee)\s+(?:to|at))"
    r"\s+(?:the\s+)?$"
)


def possessive(now: str, pronoun: re.Match[str]) -> bool:
    """Whether the pronoun found in the question says whose something is: "her salary", not "who saw her"."""
    word = pronoun[1].lower()
    after = re.match(r"\s+(\w+)", now[pronoun.end() :])
    return word in {"his", "its", "their"} or (word == "her" and after is not None and fold(after[1]) not in STOP)


def owned(now: str, pronoun: re.Match[str]) -> bool:
    """Whether what the pronoun stands for is named before it in the same question: "who sold his house", "when did the bridge
    get its name", "the man who broke his wrist".

    A noun owns what its clause says later, not what stands within its own phrase ("the reason for his resignation"); an
    object stands for nothing in its own clause ("who built it").
    """
    lead, word = now[: pronoun.start()], pronoun[1].lower()
    owner = re.search(r"\b(?!(?:what|who|where|when|how|that|it|he|she)['’]s)(\w+)['’]s\s+\w", lead, re.I)
    if owner and fold(owner[1]) not in _GROUPS:
        return True  # "which members of the mayor's party turned against her"
    said = [fold(w.text) for w in words(lead)]
    owns = possessive(now, pronoun)
    subject = word in {"he", "she", "they"} or (word == "it" and bool(said) and said[-1] in _CLAUSE)
    if not (owns or subject):
        return False
    plural, person = word in {"they", "their", "its"}, word in {"he", "she", "his", "her"}
    return any(
        _owns(said[:i], opening, said[i + 1 :], possessive=owns, plural=plural)
        for i, opening in enumerate(said)
        if not (person and _is_group(said[i + 1 : i + 2]))
    )


def _is_group(word: list[str]) -> bool:
    """Whether nobody would call it "he" or "she"."""
    return bool(word) and (word[0] in _GROUPS or (word[0].endswith("s") and not word[0].endswith("ss")))


def _owns(before: list[str], owner: str, rest: list[str], *, possessive: bool, plural: bool) -> bool:
    """Whether a pronoun after `rest` may stand for what `owner`, a word after `before`, opens: "the man", "which bank"."""
    if not rest:
        return False
    first, later = rest[0], rest[1:]
    if owner == "who":
        deed = next((word for word in rest if word not in BEFORE_SUBJECT), "")
        return possessive and first not in _BE_DO | PREPOSITIONS and deed not in _TO_OTHERS
    if owner in {"which", "what"} or (plural and owner in {"many", "much"}):
        return bool(later) and not _small(first) and not _small(later[0]) and _BE_DO.isdisjoint(later)
    if owner in ARTICLES and before and before[-1] in BEFORE_SUBJECT:
        return any(w not in PREPOSITIONS | ARTICLES for w in later)
    if owner in ARTICLES:
        return any(w in _CLAUSE or w.endswith(("ed", "ing")) for w in later)
    return owner in BEFORE_SUBJECT and not _small(first) and not all(map(_small, later))


def _small(word: str) -> bool:
    return word in STOP or word in PREPOSITIONS


def is_place(name: str, before: str) -> bool:
    """Whether the earlier question went to, or happened at, what is named: it is no person."""
    lead = re.split(re.escape(name), before, maxsplit=1)[0].lower()
    return bool(_AT_PLACE.search(lead)) and not _NO_PLACE.search(lead)


def named_in(question: str) -> list[tuple[Word, ...]]:
    """The names in a question, without what only opens it: "Did Anna Lind" -> "Anna Lind"."""
    runs = (tuple(dropwhile(lambda word: fold(word.text) in STOP, run)) for run in names(question))
    return [run for run in runs if run]


def person(before: str, pronoun: str) -> str | None:
    """Whom "he", "she", "him", "his" or "her" means after the question `before`: "the mayor of Aville" after "who is the mayor
    of Aville?", else a name that may be a person's. None if nobody can be told."""
    other = {"he": SHE, "him": SHE, "his": SHE, "she": HE, "her": HE}.get(pronoun.lower(), frozenset())
    asked = _ASKED_FOR.match(before)
    if asked and _is_office(asked["role"]) and _human(asked["role"]) not in other:
        return asked["role"]
    listed = words(before)
    at = {word.start: i for i, word in enumerate(listed)}
    people: list[tuple[int, str]] = []
    offices: list[tuple[int, str]] = []
    for run in named_in(before):
        first, name = at[run[0].start], re.sub(r"['’]s?$", "", phrase(run, before))
        office = _office(listed, first, first + len(run))
        if office and fold(listed[office[2]].text) not in other:
            offices.append((office[0], before[listed[office[0]].start : listed[office[1]].end]))
        elif office or not _is_thing(before, listed, run, first):
            people.append((first, name))
    # Of several, a name with its first name is the likeliest, and the first is what the question was about.
    found = min(people, key=lambda named: (" " not in named[1], named[0]), default=None)
    if offices and (not found or offices[0][0] < found[0]):
        return offices[0][1]
    return found[1] if found else None


def _is_office(role: str) -> bool:
    """Whether the words say what somebody is: "the mayor of Aville", not "the bridge named after"."""
    said = words(role)
    last = fold(said[-1].text) if said else ""
    if len(said) < 2 or last in PREPOSITIONS or last.endswith("ing") or " or " in role:
        return False
    return not said[1].capital or bool(_human(role)) or bool(re.search(r"['’]s$", said[0].text))


def _human(role: str) -> str:
    """The first noun for a person in it, or ""."""
    return next((low for w in words(role) if (low := fold(w.text)) in HUMANS), "")


def _office(listed: Sequence[Word], first: int, end: int) -> tuple[int, int, int] | None:
    """The office held in what is named by `listed[first:end]`: its first and last word, and the noun. "The captain of the Halden
    Star", "Aville's new mayor"."""
    said = [fold(w.text) for w in listed]
    if re.search(r"['’]s$", listed[end - 1].text):
        for i in range(end, min(end + 4, len(said))):
            if said[i] in HUMANS:
                return first, i, i
    i = first - 2 if said[first - 1 : first] == ["the"] else first - 1
    if i < 1 or said[i] not in _OFFICE_OF or said[i - 1] not in HUMANS:
        return None
    start = next((j for j in range(i - 2, max(i - 6, -1), -1) if said[j] in ARTICLES), i - 1)
    return start, end - 1, i - 1


def _is_thing(before: str, listed: Sequence[Word], run: Sequence[Word], first: int) -> bool:
    """Whether what is named is no person: a place, "the Halden Star", what one wins, leads or visits."""
    lead = [fold(w.text) for w in listed[:first]]
    article = lead[-1:] == ["the"]
    behind = lead[-2:-1] if article else lead[-1:]
    if is_place(phrase(run, before), before) or not _NO_PERSON_AFTER.isdisjoint(behind):
        return True
    if article:  # "The Solberg trial" has a person's name, unlike "the Halden Star", "did the Halden Star sink".
        following = [fold(w.text) for w in listed[first + len(run) :][:2]]
        if not following or _small(following[0]) or following[0].endswith("ed"):
            return True
        return not BEFORE_SUBJECT.isdisjoint(behind) and (len(following) < 2 or _small(following[1]))
    return len(run) == 1 and not _NO_PERSON_ALONE_AFTER.isdisjoint(behind)
