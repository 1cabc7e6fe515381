"""Nearest passages by FAISS. Derived from the store, never the only copy."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

KIND = "flat, float16 scalar quantiser"


class VectorIndex:
    """Exact inner-product search over float16 vectors, addressed by passage id. Safe to share between threads.

    The scalar quantiser's codes are the float16 bytes themselves, so stored vectors go in as they are.
    """

    def __init__(self, dimension: int) -> None:
        import faiss

        self.dimension = dimension
        self._lock = threading.Lock()
        quantiser = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._index: Any = faiss.IndexIDMap(quantiser)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, ids: Sequence[int], vectors: npt.NDArray[np.float16]) -> None:
        """Add float16 [len(ids), dimension] under `ids` (int64, not yet present)."""
        import numpy as np

        if len(ids):
            codes = np.ascontiguousarray(vectors, dtype=np.float16).view(np.uint8).reshape(len(ids), -1)
            with self._lock:
                self._index.add_sa_codes(codes, np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        """Forget `ids`; unknown ones are ignored."""
        import numpy as np

        if len(ids):
            with self._lock:
                self._index.remove_ids(np.asarray(ids, dtype=np.int64))

    def search(
        self, vector: npt.NDArray[np.float32], limit: int, *, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The (id, cosine) of the `limit` nearest passages, best first; only those in `among`, if given."""
        import faiss
        import numpy as np

        if limit <= 0 or not len(self) or (among is not None and not len(among)):
            return []
        parameters = None if among is None else _only(among)
        with self._lock:
            faiss.omp_set_num_threads(1)  # Several questions at once share the cores better than one that takes all.
            query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
            scores, ids = self._index.search(query, min(limit, len(self)), params=parameters)
        found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        # FAISS breaks ties by position, which depends on the order of adding; ids make it repeatable.
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _only(ids: Sequence[int]) -> Any:
    import faiss
    import numpy as np

    search_parameters: Any = faiss.SearchParameters
    return search_parameters(sel=faiss.IDSelectorBatch(np.asarray(ids, dtype=np.int64)))
