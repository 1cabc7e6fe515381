"""How a collection stands, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.collection import Collection
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


def check(collection: str, path: Path, found: Collection | None, encoder: Encoder, reader: str | None) -> Status:
    """The status of the collection stored at `path`; `found` is None where there is none yet."""
    articles = passages = revision = 0
    model = encoder.name
    problems: list[str] = []
    if found:
        articles, passages = found.store.counts()
        revision = found.store.revision()
        model = found.store.manifest().get("model", model)
        problems = found.store.problems()
        try:
            found.check_model(encoder)
        except ArchiveError as error:
            problems.append(str(error))
    size = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
    return Status(collection, str(path), articles, passages, size, model, reader, KIND, revision, tuple(problems))
