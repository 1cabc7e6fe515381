"""What the commands have in common: their options, the archive they open, and the days they take."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from platformdirs import user_data_path

from index.encoder import DEFAULT_MODEL
from index.errors import ArchiveError, BadQuestion

if TYPE_CHECKING:
    from index import Archive, Published

Folder = Annotated[
    Path | None,
    typer.Option(
        "--archive", envvar="NUTGRAF_ARCHIVE", help="Folder of the archive; by default the place for user data."
    ),
]
Model = Annotated[
    str, typer.Option("--model", envvar="NUTGRAF_MODEL", help="sentence-transformers model: name or folder.")
]
Zone = Annotated[
    str, typer.Option("--timezone", envvar="NUTGRAF_TIMEZONE", help='What "today" means where an article has no zone.')
]
InCollection = Annotated[
    str | None, typer.Option("--collection", "-c", help="Collection to work on.", show_default="shared")
]
Collections = Annotated[
    list[str] | None, typer.Option("--collection", "-c", help="Collection to look in; may be repeated.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Since = Annotated[str | None, typer.Option("--since", help="Only articles since then: 7d, last week, 2025-02-01.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Only articles up to that day: 2025-02-01.")]
Promise = Annotated[
    str,
    typer.Option(
        "--promise", envvar="NUTGRAF_PROMISE", help="strict, balanced or generous: wrong at most 1 in 20, 10 or 5."
    ),
]
DEFAULT_MODEL_NAME = DEFAULT_MODEL


def default_archive() -> Path:
    """The platform's place for a user's data."""
    return user_data_path("nutgraf", appauthor=False)


@contextmanager
def open_archive(
    folder: Path | None,
    model: str = DEFAULT_MODEL_NAME,
    timezone: str = "UTC",
    *,
    reader: bool = True,
    samples: bool = False,
) -> Iterator[Archive]:
    """The archive of that folder, nothing loaded yet; with `samples` a throwaway one that holds the samples in `shared`."""
    from index import Archive, SentenceEncoder
    from index import samples as sample_articles

    reads: Literal["default"] | None = "default" if reader else None
    with ExitStack() as stack:
        if samples:
            throwaway = tempfile.TemporaryDirectory(prefix="nutgraf-", ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(throwaway))
        encoder = SentenceEncoder(model)
        archive = Archive(_at_home(folder or default_archive()), encoder=encoder, reader=reads, timezone=timezone)
        stack.enter_context(archive)
        if samples:
            archive.add(sample_articles())
        yield archive


def _at_home(folder: Path) -> Path:
    """With the user's folder for "~": no shell has done this for a folder in a service's environment."""
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise ArchiveError(f"{folder} names the folder of a user who has none here: write the path out.") from error


def existing(opened: Archive, names: Sequence[str]) -> Sequence[str]:
    """`names`, if all of them are collections there are. Raises ArchiveError with those there are."""
    known = opened.collections()
    for name in names:
        if name not in known:
            opened.revision(name)  # what cannot be a name is told as such
            raise ArchiveError(f"There is no collection {name!r}. Those there are: {', '.join(known) or 'none yet'}.")
    return names


def named(opened: Archive, collections: Sequence[str] | None, otherwise: Sequence[str]) -> Sequence[str]:
    """The collections a person named, all of which there must be (else ArchiveError) but the one that every archive may come to
    have; `otherwise` where none was named."""
    from index import SHARED

    if not collections:
        return otherwise
    existing(opened, [name for name in collections if name != SHARED])
    return collections


def since_day(text: str | None, today: date) -> Published | None:
    """The day that `--since` names. Raises BadQuestion with examples."""
    from index import parse_since

    return parse_since(text, today) if text else None


def day(text: str | None) -> Published | None:
    """The day that `--as-of` names. Raises BadQuestion."""
    from index import parse_published

    try:
        return parse_published(text) if text else None
    except ValueError as error:
        raise BadQuestion(f"--as-of {text!r} is no day: write it as 2025-02-01.") from error
