"""Article text -> sentences -> passages, all as offsets into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SPLITTER = "syntok-1"
"""Names the way text is cut. Part of the manifest: passages cut another way are not mixed with these. That titles no longer end
a sentence is no other way: what was stored before stays right."""

PASSAGE_WORDS = 150
"""Words a passage aims at, see `tests/benchmarks/retrieval.py`: shorter ones lose context, longer ones exceed the model."""
OVERLAP_SENTENCES = 1
_LONGEST_SENTENCE = 1200
"""Characters. Text without full stops is cut here, at a space where there is one, so that any text can be embedded."""

_LINE = re.compile(r"[^\n]+")
_TITLE = re.compile(  # those of news English after which syntok sees an end
    r"(?<![\w-])(?:(?:Gov|Lt|Rep|Sen|Sgt|Rev|Pres|Sec|Cpl|Pvt|Pfc|Spc|Det|Supt|Insp|Hon|Maj|Gen|Col|Capt|Cmdr|Cdr|Adm|Brig|Atty"
    r"|Asst|Dep)s?|Ft|Ste|Pt)\.\s*$"
)
_FULL_STOP = re.compile(r"[。！？।॥](?![。！？।॥」』”’）\"'])\s*")
"""Of Chinese, Japanese and Hindi; syntok knows those of European languages."""
_LONGEST_TITLE = 12
_OPENING = re.compile(
    r"[\"'“‘«(]*(?:The|A|An|He|She|It|They|We|I|You|His|Her|Its|Their|Our|This|That|These|Those|There|In|On|At|But|And"
    r"|When|While|If|As|After|Before|For|From|By|To|With|What|Who|Some|Many|Both)\b(?!\.)"
)
"""Words that begin a sentence and no name."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Offsets of one passage and of the sentences in it."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) offsets of the sentences of `text`: in order, without overlap, without surrounding white space."""
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        starts = [line.start() + start for start in _starts(line.group())]
        for start, end in zip(starts, [*starts[1:], line.end()], strict=True):
            found.extend(_bounded(text, start, end))
    return found


def cut(text: str) -> list[Cut]:
    """Passages of whole sentences: about `PASSAGE_WORDS` words, the last sentence of one opens the next."""
    spans = sentences(text)
    # Text without spaces counts by its characters: a word of news English has about six of them, space included.
    lengths = [max(text.count(" ", start, end) + 1, (end - start) // 8) for start, end in spans]
    passages: list[Cut] = []
    first = 0
    while first < len(spans):
        last, words = first, lengths[first]
        while last + 1 < len(spans) and words + lengths[last + 1] <= PASSAGE_WORDS:
            last += 1
            words += lengths[last]
        passages.append(Cut(spans[first][0], spans[last][1], tuple(spans[first : last + 1])))
        if last + 1 == len(spans):
            break
        # An overlap that alone fills the next passage would only say the same twice.
        overlap = OVERLAP_SENTENCES if sum(lengths[last + 1 - OVERLAP_SENTENCES : last + 1]) < PASSAGE_WORDS // 3 else 0
        first = max(last + 1 - overlap, first + 1)
    return passages


def _starts(line: str) -> list[int]:
    """Where sentences begin in one line. syntok's own ends are not used: it may rewrite a token's characters."""
    from syntok import segmenter

    if len(line) > 200_000:  # One endless line is data rather than prose; cutting it up is enough.
        return [0]
    starts = [sentence[0].offset for paragraph in segmenter.analyze(line) for sentence in paragraph]
    found = [start for start in starts[1:] if not _after_title(line, start)]
    return [0, *sorted({*found, *(end.end() for end in _FULL_STOP.finditer(line) if end.end() < len(line))})]


def _after_title(line: str, start: int) -> bool:
    """Whether what stands before `start` is a title or abbreviation that belongs to the name there: Lt. Gov. Dan Moreno."""
    before = line[max(0, start - _LONGEST_TITLE) : start]
    return bool(_TITLE.search(before)) and not _OPENING.match(line, start)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > _LONGEST_SENTENCE:
            stop = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            stop = stop if stop > start else start + _LONGEST_SENTENCE
        trimmed = stop
        while trimmed > start and text[trimmed - 1].isspace():
            trimmed -= 1
        if trimmed > start:
            yield start, trimmed
        start = stop
