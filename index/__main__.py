"""The command line: `python -m index COMMAND`. The only module of `index` that reads the environment."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from platformdirs import user_data_path

from index.errors import BadQuestion, BadSource, NutgrafError

if TYPE_CHECKING:
    from index import Answer, Archive, Article, Published

app = typer.Typer(
    name="index",
    help="Answers from your own archive of news articles, word for word and with proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Folder = Annotated[
    Path,
    typer.Option("--archive", envvar="NUTGRAF_ARCHIVE", help="Folder of the archive.", default_factory=lambda: default_archive()),
]
Model = Annotated[str, typer.Option("--model", envvar="NUTGRAF_MODEL", help="sentence-transformers model: name or folder.")]
Zone = Annotated[str, typer.Option("--timezone", envvar="NUTGRAF_TIMEZONE", help='What "today" means where an article has no zone.')]
InCollection = Annotated[str, typer.Option("--collection", "-c", help="Collection to work on.")]
Collections = Annotated[list[str] | None, typer.Option("--collection", "-c", help="Collection to look in; may be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Since = Annotated[str | None, typer.Option("--since", help="Only articles since then: 7d, last week, 2025-02-01.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Only articles up to that day: 2025-02-01.")]
Promise = Annotated[str, typer.Option("--promise", envvar="NUTGRAF_PROMISE", help="strict, balanced or generous: wrong at most 1 in 20, 10 or 5.")]
DEFAULT_MODEL_NAME = "all-MiniLM-L6-v2"


def default_archive() -> Path:
    """The platform's place for a user's data."""
    return user_data_path("nutgraf", appauthor=False)


@app.command()
def add(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders (.txt .md .html .htm .json .jsonl); - is standard input.")] = None,
    samples: Annotated[bool, typer.Option("--samples", help="Add the shipped sample articles to the collection `samples`.")] = False,
    kind: Annotated[str, typer.Option(help="What standard input holds: txt, md, html, json or jsonl.")] = "txt",
    collection: InCollection = "shared",
    archive: Folder = Path(),
    model: Model = DEFAULT_MODEL_NAME,
    as_json: AsJson = False,
) -> None:
    """Add articles, or update those already known."""
    from index import progress

    if not paths and not samples:
        raise BadSource("There is nothing to add: name files or folders, - for standard input, or --samples.")
    if samples:
        collection = "samples" if collection == "shared" else collection
    failures: list[str] = []
    with open_archive(archive, model) as opened, progress.shown(quiet=as_json) as report:
        added = opened.add(_readable(_sources(paths or [], kind, samples), failures), collection, progress=report)
    if as_json:
        _print_json({**asdict(added), "collection": collection, "failures": failures})
    else:
        for failure in failures:
            typer.echo(failure, err=True)
        counts = f"{added.added} added, {added.updated} updated, {added.unchanged} unchanged"
        typer.echo(f"{collection}: {counts}{f', {len(failures)} failed' if failures else ''}.")
    if failures:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="The question; without one a prompt opens that keeps the model loaded.")] = None,
    samples: Annotated[bool, typer.Option("--samples", help="Ask the shipped sample articles, in a throwaway archive.")] = False,
    collections: Collections = None,
    since: Since = None,
    as_of: AsOf = None,
    promise: Promise = "balanced",
    explain: Annotated[bool, typer.Option("--explain", help="Show everything that made the answer what it is.")] = False,
    archive: Folder = Path(),
    model: Model = DEFAULT_MODEL_NAME,
    timezone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Ask a question. Several words need no quotes."""
    from index import terminal
    from index.output import console, print_json

    with _sampled(samples, archive) as folder, open_archive(folder, model, timezone) as opened:
        if samples:
            from index import samples as sample_articles

            opened.add(sample_articles(), "samples")
            collections = ["samples"]
        period = {"since": _since(since), "as_of": _day(as_of)}

        def answer(text: str) -> None:
            found: Answer = opened.ask(text, collections or ["shared"], promise=promise, **period)
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


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    collections: Collections = None,
    since: Since = None,
    as_of: AsOf = None,
    archive: Folder = Path(),
    model: Model = DEFAULT_MODEL_NAME,
    as_json: AsJson = False,
) -> None:
    """Show the passages retrieved, with ranks and scores."""
    from index import terminal
    from index.output import console

    with open_archive(archive, model) as opened:
        names = collections or ["shared"]
        hits = opened.search(" ".join(query), names, limit=limit, since=_since(since), as_of=_day(as_of))
        if as_json:
            _print_json(hits)
        elif hits:
            terminal.print_hits(console(), hits)
        else:
            typer.echo(f"Nothing in {', '.join(names)} comes near that.")


@app.command("list")
def list_articles(
    collections: Collections = None,
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    archive: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """List the articles, newest first."""
    from index import terminal
    from index.output import console

    with open_archive(archive) as opened:
        names = collections or opened.collections()
        found = opened.articles(names, limit=limit, newest_first=True)
        if as_json:
            _print_json(found)
        elif not found:
            typer.echo("There are no articles yet: `python -m index add FOLDER` adds some, `add --samples` the shipped ones.")
        for citation in found if not as_json else ():
            terminal.print_citation(console(), citation)


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="The article's key, as `list` shows it.")],
    collections: Collections = None,
    history: Annotated[bool, typer.Option("--history", help="Also what updates replaced.")] = False,
    archive: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Print one article."""
    from index import terminal
    from index.output import console, row

    with open_archive(archive) as opened:
        citation, article = opened.get(key, collections or opened.collections() or ["shared"])
        replaced = opened.history(citation.key, citation.collection) if history else []
        if as_json:
            _print_json({**row(article), "key": citation.key, "collection": citation.collection, "history": replaced})
            return
        terminal.print_citation(console(), citation)
        typer.echo(f"\n{article.text}")
        for entry in replaced:
            typer.echo(f"\n--- replaced {entry.replaced}, sha256 {entry.hash.lower()}\n{entry.text}")


@app.command()
def remove(
    keys: Annotated[list[str] | None, typer.Argument(help="Keys of the articles, as `list` shows them.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Remove the whole collection.")] = False,
    samples: Annotated[bool, typer.Option("--samples", help="Remove the collection `samples`.")] = False,
    collection: InCollection = "shared",
    archive: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Remove articles, or a whole collection."""
    if bool(keys) == (everything or samples):
        raise BadSource("Name the keys of the articles to remove, or --all for the whole collection (--samples for `samples`).")
    with open_archive(archive) as opened:
        if keys:
            count = opened.remove(keys, collection)
            if count < len(keys):
                typer.echo(f"{len(keys) - count} of these keys are not in {collection}: `list` shows those that are.", err=True)
        else:
            collection = "samples" if samples else collection
            count = opened.status(collection).articles
            opened.drop(collection)
    _print_json({"removed": count, "collection": collection}) if as_json else typer.echo(f"{collection}: {count} removed.")
    if keys and count < len(keys):
        raise typer.Exit(1)


@app.command()
def status(collections: Collections = None, archive: Folder = Path(), model: Model = DEFAULT_MODEL_NAME, as_json: AsJson = False) -> None:
    """Show how the archive stands, and check its files."""
    with open_archive(archive, model) as opened:
        found = [opened.status(name) for name in collections or opened.collections() or ["shared"]]
    if as_json:
        _print_json(found)
    for one in found if not as_json else ():
        typer.echo(f"{one.collection}: {one.articles:,} articles, {one.passages:,} passages, {one.size / 1e6:.1f} MB, revision {one.revision}")
        typer.echo(f"  {one.path}\n  model {one.model}, reader {one.reader or 'none'}, index {one.index_kind}")
        for problem in one.problems:
            typer.echo(f"  PROBLEM: {problem}")
        if not one.problems:
            typer.echo("  no problems found")
    if any(one.problems for one in found):
        raise typer.Exit(1)


@app.command()
def rebuild(collections: Collections = None, archive: Folder = Path(), model: Model = DEFAULT_MODEL_NAME, as_json: AsJson = False) -> None:
    """Cut and encode every article anew, with the model configured now."""
    from index import progress

    with open_archive(archive, model) as opened, progress.shown(quiet=as_json) as report:
        counts = {name: opened.rebuild(name, progress=report) for name in collections or opened.collections()}
    if as_json:
        _print_json(counts)
    for name, count in counts.items() if not as_json else ():
        typer.echo(f"{name}: {count} articles rebuilt.")


@app.command()
def export(collection: InCollection = "shared", archive: Folder = Path(), as_json: AsJson = True) -> None:
    """Print every article as JSONL, which `add` takes back."""
    from index.output import print_json, row

    with open_archive(archive) as opened:
        for article in opened.export(collection):
            print_json(row(article))


@contextmanager
def open_archive(folder: Path, model: str = DEFAULT_MODEL_NAME, timezone: str = "UTC") -> Iterator[Archive]:
    """The archive of that folder; nothing is loaded yet."""
    from index import Archive, SentenceEncoder

    with Archive(folder, encoder=SentenceEncoder(model), timezone=timezone) as opened:
        yield opened


def _print_json(value: Any) -> None:
    from index.output import print_json

    print_json(value)


@contextmanager
def _sampled(samples: bool, archive: Path) -> Iterator[Path]:
    if not samples:
        yield archive
        return
    with tempfile.TemporaryDirectory(prefix="nutgraf-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _sources(paths: list[Path], kind: str, samples: bool) -> Iterator[Article | BadSource]:
    from index import read, read_text
    from index import samples as sample_articles

    if samples:
        yield from sample_articles()
    for path in paths:
        if str(path) == "-":
            yield from read_text(sys.stdin.buffer.read(), kind, "standard input")
        else:
            yield from read(path)


def _readable(found: Iterable[Article | BadSource], failures: list[str]) -> Iterator[Article]:
    """The articles; what is none is noted, and the rest goes on."""
    from index.adding import checked

    for item in found:
        try:
            if isinstance(item, BadSource):
                raise item
            yield checked(item)
        except BadSource as error:
            failures.append(str(error))


def _since(text: str | None) -> Published | None:
    from datetime import UTC, datetime

    from index import parse_since

    return parse_since(text, datetime.now(UTC).date()) if text else None


def _day(text: str | None) -> Published | None:
    from index import parse_published

    try:
        return parse_published(text) if text else None
    except ValueError as error:
        raise BadQuestion(f"--as-of {text!r} is no day: write it as 2025-02-01.") from error


def _prompt(answer: Any) -> None:
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
