"""Reports with questions written beneath them -> examples: the plain form in which people write their own.

    # Title of the report
    Its paragraphs, a line each.
    Q: how many troops went to Aville?
    A: the plan sends [[1,949]] troops to
    U: a question that the report does not answer
    ===

What follows `A:` stands in the report once, word for word, with the answer in double brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.passages import Cut, cut
from index.reader.examples import BadExamples, Example, Gold

_BETWEEN = re.compile(r"^=+\s*$", re.M)
_MARKED = re.compile(r"(.*?)\[\[(.+?)\]\](.*)", re.S)
_WORD = re.compile(r"\w{3,}")


def read_reports(text: str, name: str) -> list[Example]:
    """An example for each question, on the passage that answers it or, where none does, on the one that shares most of
    its words. Passages are cut as the archive cuts them. Raises `BadExamples` naming the line that is wrong.
    """
    return [example for part in _BETWEEN.split(text) if part.strip() for example in _report(part.strip(), name)]


def _report(part: str, name: str) -> Iterator[Example]:
    lines = [line.strip() for line in part.splitlines() if line.strip()]
    title = lines[0].removeprefix("# ")
    told = [line for line in lines[1:] if line[:3] not in {"Q: ", "A: ", "U: "}]
    body = "\n\n".join(told)
    passages = cut(body)
    if not lines[0].startswith("# ") or not passages:
        raise BadExamples(
            f'{name}: a report begins with "# " and its title, and has text; this one does not: {part[:60]!r}.'
        )
    asked: str | None = None
    for line in lines:
        kind, rest = line[:3], line[3:]
        if kind == "Q: ":
            asked = rest
        elif kind == "U: ":
            yield _example(rest, title, body, _alike(rest, body, passages), name)
        elif kind == "A: ":
            if asked is None:
                raise BadExamples(f"{name}: the answer {rest!r} in {title!r} has no question before it.")
            start, text = _place(rest, body, title, name)
            yield _example(asked, title, body, _around(start, start + len(text), passages), name, Gold(text, start))
            asked = None


def _place(marked: str, body: str, title: str, name: str) -> tuple[int, str]:
    found = _MARKED.fullmatch(marked)
    piece = "".join(found.groups()) if found else ""
    if found is None or body.count(piece) != 1:
        raise BadExamples(f"{name}: {marked!r} does not stand in {title!r} exactly once, with one answer in [[ ]].")
    return body.index(piece) + len(found[1]), found[2]


def _around(start: int, end: int, passages: list[Cut]) -> Cut:
    """The passage with most text on both sides of the answer."""
    holding = [p for p in passages if p.start <= start and end <= p.end] or passages
    return max(holding, key=lambda p: min(start - p.start, p.end - end))


def _alike(question: str, body: str, passages: list[Cut]) -> Cut:
    asked = set(_WORD.findall(question.lower()))
    return max(passages, key=lambda p: len(asked & set(_WORD.findall(body[p.start : p.end].lower()))))


def _example(question: str, title: str, body: str, passage: Cut, name: str, *golds: Gold) -> Example:
    moved = tuple(Gold(gold.text, gold.start - passage.start) for gold in golds)
    return Example(
        question, body[passage.start : passage.end], moved, source=name.split(".")[0], document=title, title=title
    )
