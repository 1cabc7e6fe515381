"""One collection ready for searching: its store, and the indexes that follow it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from index.article import Published
from index.encoder import Encoder
from index.errors import ModelMismatch
from index.lexical import Lexical
from index.passages import SPLITTER
from index.store import Store
from index.vectors import VectorIndex


class Collection:
    """The store of `path` with a FAISS index that is brought up to date on each use, whichever process wrote."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.store = Store(path, name)
        self.lexical = Lexical(self.store)
        self._vectors: VectorIndex | None = None
        self._revision = 0
        self._lock = threading.Lock()

    def close(self) -> None:
        self.store.close()

    def check_model(self, encoder: Encoder) -> None:
        """Raises ModelMismatch where the stored vectors were made by another model, or from text cut another way."""
        manifest = self.store.manifest()
        made_by = manifest.get("model_fingerprint")
        if made_by is not None and made_by != encoder.fingerprint:
            raise ModelMismatch(
                f"The collection {self.name!r} was made with the model {manifest.get('model')!r}, but {encoder.name!r} is "
                f"configured. Set NUTGRAF_MODEL back, or run `python -m index rebuild --collection {self.name}`."
            )
        if manifest.get("splitter", SPLITTER) != SPLITTER:
            raise ModelMismatch(
                f"The collection {self.name!r} was cut into passages by another version: run "
                f"`python -m index rebuild --collection {self.name}`."
            )

    def vectors(self, encoder: Encoder) -> VectorIndex:
        """The FAISS index of the store as it is now."""
        with self._lock:
            if self._vectors is None or self.store.revision() != self._revision:
                self.check_model(encoder)
                self._refresh(encoder.dimension)
            assert self._vectors is not None
            return self._vectors

    def allowed(self, since: Published | None, as_of: Published | None) -> Sequence[int] | None:
        """Passage ids within the period (see `Store.published_between`); None where there is no restriction."""
        if since is None and as_of is None:
            return None
        return self.store.published_between(since, as_of)

    def _refresh(self, dimension: int) -> None:
        import numpy as np

        changes = self.store.changes(self._revision if self._vectors is not None else 0)
        index = self._vectors
        if index is None or changes.complete:
            index = VectorIndex(dimension)
        index.remove(changes.removed)
        index.add(changes.ids, np.frombuffer(changes.vectors, dtype=np.float16).reshape(-1, dimension))
        self._vectors, self._revision = index, changes.revision
