"""The command line: `python -m index COMMAND`. The only module of `index` that reads the environment."""

from __future__ import annotations

import sys

import typer

from index.commands import articles, measuring, questions, upkeep
from index.errors import NutgrafError

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
    """Run the command line. An error a person can cause ends in one sentence and exit status 1."""
    try:
        app()
    except NutgrafError as error:
        typer.echo(f"{error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
