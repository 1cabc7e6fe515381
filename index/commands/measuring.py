"""Measuring how well the archive answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index.commands.options import (
    DEFAULT_MODEL_NAME,
    AsJson,
    Collections,
    Folder,
    Model,
    Promise,
    open_archive,
    sampled,
)
from index.output import print_json


def evaluate(
    questions: Annotated[
        Path, typer.Argument(help="JSONL: id, question, answers, and optionally article_ids, answerable, date.")
    ],
    samples: Annotated[
        bool, typer.Option("--samples", help="Ask the shipped sample articles, in a throwaway archive.")
    ] = False,
    collections: Collections = None,
    reader: Annotated[bool, typer.Option(help="With or without the span reader.")] = True,
    failures: Annotated[bool, typer.Option("--failures", help="List what went wrong.")] = False,
    promise: Promise = "balanced",
    archive: Folder = None,
    model: Model = DEFAULT_MODEL_NAME,
    as_json: AsJson = False,
) -> None:
    """Ask questions with known answers and report how many come out right."""
    from index import evaluation

    known = evaluation.read_questions(questions)
    with sampled(samples, archive) as folder, open_archive(folder, model, reader=reader) as opened:
        names = collections or ["shared"]
        opened.warm()
        results = list(
            evaluation.evaluate(known, lambda question: opened.ask(question.question, names, promise=promise))
        )
    numbers = evaluation.summarise(results).as_dict()
    wrong = [result for result in results if not result.as_it_should_be] if failures else []
    if as_json:
        print_json(numbers | ({"failures": wrong} if failures else {}))
        return
    for name, value in numbers.items():
        if isinstance(value, dict):
            for kind, row in value.items():
                typer.echo(f"  {kind:10} " + "  ".join(f"{n} {v:g}" for n, v in row.items()))
        else:
            typer.echo(f"{name:24} {'-' if value is None else value}")
    for result in wrong:
        accepted = " | ".join(result.question.answers) or "no answer"
        typer.echo(
            f"{result.question.id}: {result.question.question}\n   wanted {accepted}\n   got    {result.given or 'no answer'}"
        )
