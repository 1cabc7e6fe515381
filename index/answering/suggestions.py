"""Questions worth asking about articles at hand, from templates: few and good; the caller checks each by asking it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answering.numerals import NUMBER_WORD
from index.answering.words import STOP, fold, names, opens_sentence, phrase, word_set, words
from index.article import Article
from index.passages import sentences

_COUNT = re.compile(
    rf"(?:\b(?:\d{{1,3}}(?:,\d{{3}})+|\d{{2,4}})|{NUMBER_WORD.pattern})\s+"
    r"(?P<noun>(?:[a-z]+\s){0,1}[a-z]{3,}s)\s+(?P<verb>(?:will|would|have|had|could|are|were|may)\s+(?:be(?:en)?\s+)?[a-z]{3,}(?:ed|en|t|e)?|"
    r"[a-z]{3,}ed|went|came|took|died|stood|saw|fell|left|won|lost)(?P<rest>(?:\s+(?!and\b|but\b|which\b|who\b|while\b)[\w’'\-]+){1,6})"
)
_SAID = re.compile(r"[“\"](?P<words>[^”\"]{15,110})[,.]?[”\"],?\s+(?:said|stated|added|explained|warned)\s+(?=[A-Z])")
_COST = re.compile(
    r"\b[Tt]he\s+(?P<thing>(?:[a-z\-]+\s){0,2}[a-z\-]+)\s+(?:cost|costs|has cost|will cost)\s+"
    r"(?:about|around|more than|nearly|some|roughly|up to)?\s*[$€£\d]"
)
_OPENED = re.compile(
    r"\b[Tt]he\s+(?P<thing>(?:[a-z\-]+\s|[A-Z][\w’'\-]+\s){0,3}[a-z\-]+)\s+"
    r"(?P<verb>opened|begins|began|opens|started|starts|closed|ended|reopened)\s+(?:again\s+)?on\s+[A-Z0-9]"
)
_LEADS = re.compile(
    r"(?P<name>[A-Z][\w’'\-]+\s[A-Z][\w’'\-]+),\s+(?:the\s+)?(?P<role>(?:director|mayor|head|chair|manager|founder|leader|"
    r"president|curator|coach|conductor|chief engineer|spokesperson|spokeswoman|spokesman)\s+of\s+(?:the\s+)?"
    r"[\w’'\- ]{3,40}?)\s*[,.]"
)
_PRESENT = {
    "began": "begin",
    "begins": "begin",
    "opened": "open",
    "opens": "open",
    "started": "start",
    "starts": "start",
    "closed": "close",
    "ended": "end",
    "reopened": "reopen",
}
_UNCLEAR = word_set(
    "others these those them it he she they such years year days months weeks hours minutes metres meters percent times"
)


_LOOKED_AT = 6000
"""Characters of an article that are searched: what matters stands near the beginning."""


def suggestions(articles: Sequence[Article], *, limit: int = 10) -> list[str]:
    """Grammatical questions that the articles' sentences seem to answer, one a sentence, spread over the articles."""
    found: dict[str, list[str]] = {}
    for article in articles:
        mine = found.setdefault(article.key, [])
        opening = article.text[:_LOOKED_AT]
        for start, end in sentences(opening):
            question = question_about(opening[start:end])
            if question and question not in mine:
                mine.append(question)
    ordered: list[str] = []
    for turn in range(max((len(f) for f in found.values()), default=0)):
        for questions in found.values():
            if turn < len(questions) and questions[turn] not in ordered:
                ordered.append(questions[turn])
    return ordered[:limit]


def question_about(sentence: str) -> str | None:
    """A question that the sentence answers, or None where no template fits without doubt."""
    if len(sentence) > 400 or sentence.count("“") > 1:
        return None
    for template in (_who_said, _how_many, _how_much, _when, _who_is):
        if (question := template(sentence)) and 15 <= len(question) <= 120:
            return question
    return None


def _how_many(sentence: str) -> str | None:
    m = _COUNT.search(sentence)
    if not m or set(m["noun"].split()) & (_UNCLEAR | STOP):
        return None
    rest = m["rest"].rstrip(",")
    kept = rest.split()
    while kept and (fold(kept[-1]) in STOP or kept[-1].lower() in {"of", "the"}):
        kept.pop()
    if len(kept) < 2 or any(fold(w) in _UNCLEAR | {"i", "we", "you", "their", "its", "his", "her"} for w in kept):
        return None
    if not any(w[0].isupper() for w in kept) and not re.search(r"\b(?:the|a|an)\s+\w{4,}", rest):
        return None
    return f"How many {m['noun'].strip()} {m['verb']} {' '.join(kept)}?"


def _who_said(sentence: str) -> str | None:
    m = _SAID.search(sentence)
    if not m:
        return None
    quoted = m["words"].strip(" ,.")
    if not quoted[0].isupper() or quoted[-1] in "?!" or len(quoted.split()) > 14:
        return None
    return f"Who said “{quoted}”?"


def _how_much(sentence: str) -> str | None:
    m = _COST.search(sentence)
    return f"How much did the {m['thing']} cost?" if m and not set(m["thing"].split()) & STOP else None


def _when(sentence: str) -> str | None:
    m = _OPENED.search(sentence)
    if not m or set(m["thing"].split()) & STOP:
        return None
    aux = "will" if m["verb"] in {"opens", "begins", "starts"} else "did"
    return f"When {aux} the {m['thing']} {_PRESENT[m['verb']]}?"


def _who_is(sentence: str) -> str | None:
    m = _LEADS.search(sentence)
    if not m or (
        not opens_sentence(sentence, m.start())
        and not sentence[: m.start()].rstrip().endswith((",", "”", "said", "by", "and"))
    ):
        return None
    if not any(phrase(r, sentence) == m["name"] for r in names(sentence)) or len(words(m["role"])) > 7:
        return None
    return f"Who is the {m['role'].strip()}?"
