"""What the pronoun of a follow-up stands for: something its own question names, or something of the question before."""

from __future__ import annotations

import re

from index.answering.words import STOP, fold, word_set, words

PREPOSITIONS = word_set("to in at for from of by on near with about against between after before during since until")
_BE_DO = word_set("is are was were be been did does do")
_BEFORE_SUBJECT = word_set("did does do has have had will would can could should might may")
"""What a question puts before its subject, and its verb behind."""
_ARTICLES = word_set("the a an")
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
        deed = next((word for word in rest if word not in _BEFORE_SUBJECT), "")
        return possessive and first not in _BE_DO | PREPOSITIONS and deed not in _TO_OTHERS
    if owner in {"which", "what"} or (plural and owner in {"many", "much"}):
        return bool(later) and not _small(first) and not _small(later[0]) and _BE_DO.isdisjoint(later)
    if owner in _ARTICLES and before and before[-1] in _BEFORE_SUBJECT:
        return any(w not in PREPOSITIONS | _ARTICLES for w in later)
    if owner in _ARTICLES:
        return any(w in _CLAUSE or w.endswith(("ed", "ing")) for w in later)
    return owner in _BEFORE_SUBJECT and not _small(first) and not all(map(_small, later))


def _small(word: str) -> bool:
    return word in STOP or word in PREPOSITIONS


def is_place(name: str, before: str) -> bool:
    """Whether the earlier question went to, or happened at, what is named: it is no person."""
    lead = re.split(re.escape(name), before, maxsplit=1)[0].lower()
    return bool(_AT_PLACE.search(lead)) and not _NO_PLACE.search(lead)
