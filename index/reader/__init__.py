"""The exact answer: a small trained model that reads a question with each passage and marks the words that answer it.

This module is the reader's whole face and imports nothing heavy; onnxruntime is loaded by the first `read`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

SHIPPED = Path(__file__).parent / "model"
"""The folder of the reader that comes with the package."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One candidate answer in one passage: `passage[start:end]`, offsets in characters.

    `score` is the margin of Devlin et al. 2019 (BERT, section 4.3): logit of the start plus logit of the end, less
    those of the null span. Above 0 the model rather sees an answer than none.
    """

    start: int
    end: int
    score: float


class Reader(Protocol):
    """What reads. A passage's readings depend on the question, that passage, its title and its lede alone."""

    @property
    def name(self) -> str:
        """The model and its fingerprint, for receipts."""
        ...

    def read(
        self,
        question: str,
        passages: Sequence[str],
        titles: Sequence[str] = (),
        ledes: Sequence[str] = (),
        *,
        spans: int = 5,
    ) -> list[list[Reading]]:
        """For each passage up to `spans` different readings, best first; none where nothing can be marked.

        `titles` and `ledes`, if given, are those of the passages' articles, one for each passage ("" for none): they are
        read, never marked.
        """
        ...


def load_reader(folder: Path | None = None) -> Reader:
    """The reader in `folder` (default: the shipped one), its files checked against the hashes in `manifest.json`.

    Raises `index.errors.ReaderUnavailable` when a file is missing or is not the one the manifest names.
    """
    from index.reader.runtime import OnnxReader

    return OnnxReader(folder or SHIPPED)
