"""The command line: `python -m index COMMAND`. The only module of `index` that reads the environment."""

from __future__ import annotations

import sys
from typing import TextIO

import typer

from index.commands import articles, measuring, questions, upkeep
from index.errors import NutgrafError
from index.output import complete_output, reader_left, use_utf8

app = typer.Typer(
    name="index",
    help="Answers from your own archive of news articles, word for word and with proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(questions.ask)
app.command()(questions.search)
app.command()(articles.add)
app.command("list")(articles.list_articles)
app.command()(articles.show)
app.command()(articles.remove)
app.command()(articles.export)
app.command()(upkeep.status)
app.command()(upkeep.rebuild)
app.command()(measuring.evaluate)
app.command()(measuring.ablation)
app.command()(measuring.quality)


def main() -> None:
    """Run the command line. An error a person can cause ends in one sentence and exit status 1.

    Where the reader of standard output has seen enough (`export | head`), that is no error.
    """
    use_utf8()
    stdout = sys.stdout
    try:
        with complete_output(stdout):
            _run(stdout)
    except NutgrafError as error:
        typer.echo(f"{error}", err=True)
        sys.exit(1)


def _run(stdout: TextIO) -> None:
    try:
        app()
    except SystemExit as ended:  # Typer turns a broken pipe into status 1
        if reader_left(stdout) or isinstance(ended.__context__, BrokenPipeError):
            sys.exit(0)
        raise


if __name__ == "__main__":
    main()
