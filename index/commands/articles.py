"""Putting articles in, looking at them, taking them out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.commands.options import (
    DEFAULT_MODEL_NAME,
    AsJson,
    Collections,
    Folder,
    InCollection,
    Model,
    existing,
    named,
    open_archive,
)
from index.errors import BadSource
from index.output import console, print_json
from index.sources import Kind, expected, to_row

if TYPE_CHECKING:
    from index import Article

_SAMPLES = "samples"


def add(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files or folders (.txt .md .html .htm .json .jsonl); - is standard input."),
    ] = None,
    samples: Annotated[
        bool,
        typer.Option(
            "--samples", help="Add the shipped sample articles, to the collection `samples` unless another is named."
        ),
    ] = False,
    kind: Annotated[Kind, typer.Option(help="What standard input holds.")] = "txt",
    collection: InCollection = None,
    archive: Folder = None,
    model: Model = DEFAULT_MODEL_NAME,
    as_json: AsJson = False,
) -> None:
    """Add articles, or update those already known."""
    from index import SHARED, progress

    if not paths and not samples:
        raise BadSource("There is nothing to add: name files or folders, - for standard input, or --samples.")
    if paths and samples:
        raise BadSource("Files and --samples go to different collections: add them with two commands.")
    if not all(paths or ()):
        raise BadSource("One of the names is empty: name files or folders; . is this folder.")
    if collection is None:
        collection = _SAMPLES if samples else SHARED
    failures: list[str] = []
    total = None if "-" in (paths or []) else sum(expected(Path(path)) for path in paths or [])
    with open_archive(archive, model) as opened, progress.shown(quiet=as_json, total=total) as report:
        added = opened.add(_readable(_sources(paths or [], kind, samples), failures), collection, progress=report)
    if as_json:
        print_json({**asdict(added), "collection": collection, "failures": failures})
    else:
        for failure in failures:
            typer.echo(failure, err=True)
        counts = f"{added.added} added, {added.updated} updated, {added.unchanged} unchanged"
        typer.echo(f"{collection}: {counts}{f', {len(failures)} failed' if failures else ''}.")
    if failures:
        raise typer.Exit(1)


def list_articles(
    collections: Collections = None,
    limit: Annotated[int | None, typer.Option(min=1)] = None,
    archive: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List the articles, newest first."""
    from index import terminal

    with open_archive(archive) as opened:
        names: Sequence[str] = collections or opened.collections()
        if not as_json:
            names = named(opened, collections, names)
        found = opened.articles(names, limit=limit, newest_first=True)
        if as_json:
            print_json(found)
        elif not found:
            typer.echo(
                "There are no articles yet: `python -m index add FOLDER` adds some, `add --samples` the shipped ones."
            )
        for citation in found if not as_json else ():
            terminal.print_citation(console(), citation)


def show(
    key: Annotated[str, typer.Argument(help="The article's key, as `list` shows it.")],
    collections: Collections = None,
    history: Annotated[bool, typer.Option("--history", help="Also what updates replaced.")] = False,
    archive: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Print one article."""
    from index import terminal

    with open_archive(archive) as opened:
        citation, article = opened.get(key, collections or opened.collections() or ["shared"])
        replaced = opened.history(citation.key, citation.collection) if history else []
        if as_json:
            print_json({**to_row(article), "key": citation.key, "collection": citation.collection, "history": replaced})
            return
        terminal.print_citation(console(), citation)
        typer.echo(f"\n{article.text}")
        for entry in replaced:
            about = ", ".join(filter(None, (entry.title, entry.published and str(entry.published))))
            typer.echo(f"\n--- replaced {entry.replaced}, sha256 {entry.hash.lower()}\n{about}\n\n{entry.text}")


def remove(
    keys: Annotated[list[str] | None, typer.Argument(help="Keys of the articles, as `list` shows them.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Remove the whole collection.")] = False,
    samples: Annotated[bool, typer.Option("--samples", help="Remove the collection `samples`.")] = False,
    collection: InCollection = None,
    archive: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Remove articles, or a whole collection."""
    from index import SHARED

    if bool(keys) == (everything or samples):
        raise BadSource(
            "Name the keys of the articles to remove, or --all for the whole collection (--samples for `samples`)."
        )
    if samples and collection not in (None, _SAMPLES):
        raise BadSource(
            f"--samples removes the collection `samples`: to remove {collection!r}, say --all in its place."
        )
    if collection is None:
        collection = _SAMPLES if samples else SHARED
    missing = 0
    with open_archive(archive) as opened:
        if keys:
            count: int | None = opened.remove(keys, collection)
            missing = len(set(keys)) - (count or 0)
            if missing:
                typer.echo(f"{missing} of these keys are not in {collection}: `list` shows those that are.", err=True)
        else:
            count = opened.drop(collection)
    if as_json:
        print_json({"removed": count, "collection": collection})
    elif count is None:
        typer.echo(f"{collection}: removed. It could not be read, so nobody can tell how many articles it held.")
    else:
        typer.echo(f"{collection}: {count} removed.")
    if missing:
        raise typer.Exit(1)


def export(collection: InCollection = None, archive: Folder = None, as_json: AsJson = True) -> None:
    """Print every article as JSONL, which `add` takes back."""
    from index import SHARED

    with open_archive(archive) as opened:
        for name in existing(opened, [SHARED if collection is None else collection]):
            for article in opened.export(name):
                print_json(to_row(article))


def _sources(paths: list[str], kind: Kind, samples: bool) -> Iterator[Article | BadSource]:
    from index import read, read_text
    from index import samples as sample_articles

    if samples:
        yield from sample_articles()
    for path in paths:
        if path == "-":
            yield from read_text(sys.stdin.buffer.read(), kind, "standard input")
        else:
            yield from read(Path(path))


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
