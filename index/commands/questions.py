"""Asking and searching."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from index.commands.options import (
    DEFAULT_MODEL_NAME,
    AsJson,
    AsOf,
    Collections,
    Folder,
    Model,
    Promise,
    Since,
    Zone,
    day,
    named,
    open_archive,
    since_day,
)
from index.errors import BadQuestion
from index.output import console, print_json

if TYPE_CHECKING:
    from index import Answer


def ask(
    question: Annotated[
        list[str] | None, typer.Argument(help="The question; without one a prompt opens that keeps the model loaded.")
    ] = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="Ask the shipped sample articles, in a throwaway archive.")
    ] = False,
    collections: Collections = None,
    since: Since = None,
    as_of: AsOf = None,
    promise: Promise = "balanced",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show everything that made the answer what it is.")
    ] = False,
    archive: Folder = None,
    model: Model = DEFAULT_MODEL_NAME,
    timezone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Ask a question. Several words need no quotes."""
    from index import SHARED, terminal

    with open_archive(archive, model, timezone, samples=samples) as opened:
        first, last = since_day(since, opened.today()), day(as_of)
        names = named(opened, collections, [SHARED])

        def answer(text: str) -> None:
            found: Answer = opened.ask(text, names, since=first, as_of=last, promise=promise)
            if as_json:
                print_json(found.to_json())
                return
            terminal.print_answer(console(), found)
            if explain:
                terminal.print_explanation(console(), found)

        if question:
            answer(" ".join(question))
        else:
            _prompt(answer)


def search(
    query: Annotated[list[str], typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    collections: Collections = None,
    since: Since = None,
    as_of: AsOf = None,
    archive: Folder = None,
    model: Model = DEFAULT_MODEL_NAME,
    timezone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Show the passages retrieved, with ranks and scores."""
    from index import SHARED, terminal

    with open_archive(archive, model, timezone) as opened:
        names = named(opened, collections, [SHARED])
        hits = opened.search(
            " ".join(query), names, limit=limit, since=since_day(since, opened.today()), as_of=day(as_of)
        )
        if as_json:
            print_json(hits)
        elif hits:
            terminal.print_hits(console(), hits)
        else:
            typer.echo(f"Nothing in {', '.join(names)} comes near that.")


def _prompt(answer: Callable[[str], None]) -> None:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # the archive says what is wrong with such a question
    while True:
        try:
            text = input("ask> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if text in {"", "exit", "quit"}:
            if text:
                return
            continue
        try:
            answer(text)
        except BadQuestion as error:
            typer.echo(str(error), err=True)
