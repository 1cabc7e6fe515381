"""Looking after the archive."""

from __future__ import annotations

import typer

from index.commands.options import DEFAULT_MODEL_NAME, AsJson, Collections, Folder, Model, named, open_archive
from index.output import print_json


def status(
    collections: Collections = None, archive: Folder = None, model: Model = DEFAULT_MODEL_NAME, as_json: AsJson = False
) -> None:
    """Show how the archive stands, and check its files."""
    from index import SHARED

    with open_archive(archive, model) as opened:
        found = [opened.status(name) for name in named(opened, collections, opened.collections() or [SHARED])]
    if as_json:
        print_json(found)
    for one in found if not as_json else ():
        counts = f"{one.articles:,} articles, {one.passages:,} passages, {one.size / 1e6:.1f} MB"
        typer.echo(f"{one.collection}: {counts}, revision {one.revision}")
        typer.echo(f"  {one.path}\n  model {one.model}, reader {one.reader or 'none'}, index {one.index_kind}")
        for problem in one.problems:
            typer.echo(f"  PROBLEM: {problem}")
        if not one.problems:
            typer.echo("  no problems found")
    if any(one.problems for one in found):
        raise typer.Exit(1)


def rebuild(
    collections: Collections = None, archive: Folder = None, model: Model = DEFAULT_MODEL_NAME, as_json: AsJson = False
) -> None:
    """Cut and encode every article anew, with the model configured now."""
    from index import progress

    with open_archive(archive, model) as opened, progress.shown(quiet=as_json) as report:
        names = named(opened, collections, opened.collections())
        counts = {name: opened.rebuild(name, progress=report) for name in names}
    if as_json:
        print_json(counts)
    for name, count in counts.items() if not as_json else ():
        typer.echo(f"{name}: {count} articles rebuilt.")
