"""The reader at run time: an int8 ONNX model in onnxruntime, one passage at a time, two passages at once.

Passages are not padded into batches, and each window runs on one thread. So a passage's scores are the same bits
whatever is read beside it, in whatever order, in any process of this machine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.compiling import open_session
from index.errors import ReaderUnavailable
from index.reader import Reading
from index.reader.manifest import read_files
from index.reader.spans import read_windows
from index.reader.windows import plain, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SLOW_FUSION = "SkipLayerNormFusion"
"""onnxruntime's fused sum and normalisation takes twice as long on a CPU as the three operations it stands for."""


class OnnxReader:
    """A `Reader` over a folder of `reader.onnx`, `tokenizer.json` and `manifest.json`.

    The files are read and checked here (`ReaderUnavailable`); onnxruntime is loaded by the first `read`.
    """

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self._files = read_files(folder)
        self._threads = max(1, min(threads, os.cpu_count() or 1))
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name and the beginning of its SHA-256."""
        return self._files.name

    def read(
        self,
        question: str,
        passages: Sequence[str],
        titles: Sequence[str] = (),
        ledes: Sequence[str] = (),
        *,
        spans: int = 5,
    ) -> list[list[Reading]]:
        """See `index.reader.Reader`. May be called from several threads."""
        with self._lock:
            model = self._model
        # The longest first, so that no thread is left alone with it at the end.
        order = sorted(range(len(passages)), key=lambda place: -len(passages[place]))
        none = [""] * len(passages)
        rows = list(zip(passages, titles or none, ledes or none, strict=True))
        found = model.pool.map(lambda place: model.read(question, *rows[place], spans=spans), order)
        readings = dict(zip(order, found, strict=True))
        return [readings[place] for place in range(len(passages))]

    @cached_property
    def _model(self) -> _Model:
        from tokenizers import Tokenizer

        try:
            session = open_session(self._files.model, without=[SLOW_FUSION])
            tokenizer = plain(Tokenizer.from_buffer(self._files.tokenizer))
        except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions of their own
            raise ReaderUnavailable(f"The reader cannot be loaded ({error}): install Nutgraf again.") from error
        return _Model(session, tokenizer, ThreadPoolExecutor(self._threads, thread_name_prefix="reader"))


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any
    tokenizer: Tokenizer
    pool: ThreadPoolExecutor

    def read(self, question: str, passage: str, title: str, lede: str, *, spans: int) -> list[Reading]:
        import numpy as np

        parts = list(windows(self.tokenizer, question, passage, title, lede))
        marks = [
            self.session.run(None, {"ids": np.array([part.ids], np.int64), "types": np.array([part.types], np.int64)})[
                0
            ][0]
            for part in parts
        ]
        return read_windows(passage, parts, marks, spans)
