"""Measuring how well the archive answers."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Annotated

import typer

from index.commands.options import DEFAULT_MODEL_NAME, AsJson, Collections, Folder, Model, Promise, named, open_archive
from index.errors import BadQuestion, BadSource
from index.output import print_json

Questions = Annotated[
    Path, typer.Argument(help="JSONL rows: id, question, answers, and optionally article_ids, answerable, date.")
]
Samples = Annotated[bool, typer.Option("--samples", help="Ask the shipped sample articles, in a throwaway archive.")]


def evaluate(
    questions: Questions,
    samples: Samples = False,
    collections: Collections = None,
    reader: Annotated[bool, typer.Option(help="With or without the span reader.")] = True,
    failures: Annotated[bool, typer.Option("--failures", help="List what went wrong.")] = False,
    promise: Promise = "balanced",
    archive: Folder = None,
    model: Model = DEFAULT_MODEL_NAME,
    as_json: AsJson = False,
) -> None:
    """Ask questions with known answers and report how many come out right."""
    from index import SHARED, Answer, How, evaluation

    known = evaluation.read_questions(questions)
    with open_archive(archive, model, reader=reader, samples=samples) as opened:
        names, how = named(opened, collections, [SHARED]), How(reader=reader)
        opened.warm()

        def ask(question: evaluation.KnownQuestion) -> Answer:
            return opened.ask(question.question, names, as_of=question.as_of, promise=promise, how=how)

        results = [*evaluation.evaluate(known, ask)]
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
        given = result.given or "no answer"
        typer.echo(f"{result.question.id}: {result.question.question}\n   wanted {accepted}\n   got    {given}")


def ablation(
    questions: Questions,
    samples: Samples = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many of the questions, from the first.")] = None,
    collections: Collections = None,
    archive: Folder = None,
    model: Model = DEFAULT_MODEL_NAME,
    as_json: AsJson = False,
) -> None:
    """Measure what each part contributes: rankings, reader, and how many passages are read. Prints a Markdown table."""
    from index import SHARED, evaluation
    from index.ablation import rows, table

    known = [question for question in evaluation.read_questions(questions) if question.answers][:limit]
    if not known:
        raise BadSource(f'{questions} holds no question with "answers", so there is nothing to compare.')
    with open_archive(archive, model, samples=samples) as opened:
        found = rows(opened, known, named(opened, collections, [SHARED]))
    if as_json:
        print_json(found)
    else:
        typer.echo(table(found))


def quality(
    questions: Questions,
    samples: Samples = False,
    collections: Collections = None,
    plot: Annotated[
        list[Path] | None, typer.Option(help="Draw risk against coverage, and reliability: a .png or .svg file.")
    ] = None,
    archive: Folder = None,
    model: Model = DEFAULT_MODEL_NAME,
    as_json: AsJson = False,
) -> None:
    """Measure whether the promises are kept: how often given answers are wrong, and how many questions get one."""
    from index import SHARED, Answer, evaluation
    from index import quality as measured
    from index.answering.confidence import PROMISES, Source, shipped

    if plot and importlib.util.find_spec("matplotlib") is None:
        raise BadQuestion('--plot needs matplotlib: run `python -m pip install -e ".[plot]"` first.')
    for path in plot or ():
        if not path.parent.is_dir():
            raise BadQuestion(f"--plot {path}: there is no folder {path.parent}; make it first.")
    known = evaluation.read_questions(questions)
    with open_archive(archive, model, samples=samples) as opened:
        names = named(opened, collections, [SHARED])
        source: Source = "spans" if opened.reader else "sentences"
        thresholds = {promise: shipped().threshold(promise, source) for promise in PROMISES}

        def ask(question: evaluation.KnownQuestion, promise: str) -> Answer:
            return opened.ask(question.question, names, as_of=question.as_of, promise=promise)

        found = measured.measure(known, ask, thresholds)
    if as_json:
        print_json(found.as_dict())
    else:
        typer.echo("\n".join(found.lines()))
    for path in plot or ():
        try:
            measured.plot(found, path)
        except (OSError, ValueError) as error:
            raise BadQuestion(f"--plot {path} cannot be drawn: {error}.") from error
