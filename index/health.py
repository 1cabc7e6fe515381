"""How a collection stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.collection import Collection
from index.database import files
from index.encoder import Encoder
from index.errors import ArchiveError
from index.vectors import KIND


@dataclass(frozen=True, slots=True)
class Status:
    """How a collection stands. `size` is in bytes; `problems` are sentences, none when all is well."""

    collection: str
    path: str
    articles: int
    passages: int
    size: int
    model: str
    reader: str | None
    index_kind: str
    revision: int
    problems: tuple[str, ...]


def check(
    collection: str, path: Path, opened: Callable[[], Sequence[Collection]], encoder: Encoder, reader: str | None
) -> Status:
    """The status of the collection stored at `path`; `opened` gives it, or nothing where there is none yet. A file that cannot
    be opened or read is a problem like others."""
    articles = passages = revision = 0
    model = encoder.name
    problems: list[str] = []
    try:
        for found in opened():
            articles, passages = found.store.counts()
            revision = found.store.revision()
            model = found.store.manifest().get("model", model)
            problems += found.store.problems()
            found.check_model(encoder)
    except ArchiveError as error:
        problems.append(str(error))
    return Status(
        collection, str(path), articles, passages, _size(path), model, reader, KIND, revision, tuple(problems)
    )


def _size(path: Path) -> int:
    """The size of the collection's files, as far as one may look; SQLite may remove its log at any moment."""
    size = 0
    with suppress(ArchiveError):
        for file in files(path):
            with suppress(OSError):
                size += file.stat().st_size
    return size
