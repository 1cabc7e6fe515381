"""Questions with known answers, from files: SQuAD's JSON (1.1 and 2.0), JSON lines, or reports with questions written
beneath them (`reports.py`); any of them gzipped or not."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import NutgrafError


class BadExamples(NutgrafError):
    """A file that cannot be trained on or scored with."""


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotator's answer: `context[start:start + len(text)] == text`."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question on one passage. No `answers`: the passage does not answer it."""

    question: str
    context: str
    answers: tuple[Gold, ...]
    source: str = ""
    document: str = ""
    title: str = ""
    """What stands above the passage, read with it; no answer lies in it."""


def read_examples(path: Path) -> list[Example]:
    """The file's examples, in its order.

    JSON lines are rows `{"question", "context", "answers": [{"text", "answer_start"}], "source"?, "document"?}`.
    A `.txt` holds reports. Raises `BadExamples` for a file that cannot be read, and for an answer that is not where it should
    be.
    """
    from index.reader.reports import read_reports

    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadExamples(f"{path} cannot be read ({error}); give a SQuAD JSON or a JSON-lines file.") from error
    if ".txt" in path.suffixes:
        return _not_empty(read_reports(text, path.name), path)
    try:
        if ".jsonl" in path.name:
            rows = [_row(json.loads(line), path.name) for line in text.splitlines() if line.strip()]
        else:
            rows = list(_squad(json.loads(text), path.name))
    except (ValueError, KeyError, TypeError) as error:
        raise BadExamples(f"{path} is neither SQuAD JSON nor JSON lines of examples ({error!r}).") from error
    return _not_empty(rows, path)


def _not_empty(rows: list[Example], path: Path) -> list[Example]:
    if not rows:
        raise BadExamples(f"{path} holds no question.")
    return rows


def _squad(data: dict[str, Any], name: str) -> Iterator[Example]:
    for document in data["data"]:
        title = str(document.get("title", ""))
        for paragraph in document["paragraphs"]:
            for row in paragraph["qas"]:
                yield _row(row | {"context": paragraph["context"], "document": title}, name)


def _row(row: dict[str, Any], name: str) -> Example:
    context = row["context"]
    found = [Gold(answer["text"], int(answer["answer_start"])) for answer in row["answers"] if answer["text"].strip()]
    for gold in found:
        if context[gold.start : gold.start + len(gold.text)] != gold.text:
            raise BadExamples(
                f"{name}: the answer {gold.text!r} to {row['question']!r} is not at character {gold.start} of its context."
            )
    return Example(
        question=row["question"],
        context=context,
        answers=() if row.get("is_impossible") else tuple(found),
        source=str(row.get("source") or name.split(".")[0]),
        document=str(row.get("document", "")),
    )


def half(examples: Sequence[Example], which: str) -> list[Example]:
    """`fit` or `report`: the documents whose SHA-256 begins with an even or an odd byte. `all` is all of them.
    Rows that name no document belong to `fit`.

    What is chosen or stopped by a score uses `fit`; `report` is for the number that is told in the end.
    """
    if which == "all":
        return list(examples)
    return [row for row in examples if _part(row.document) == which]


def _part(document: str) -> str:
    even = not document or hashlib.sha256(document.encode()).digest()[0] % 2 == 0
    return "fit" if even else "report"
