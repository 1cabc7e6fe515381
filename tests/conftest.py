"""What several tests share: a small archive with a light encoder, and one with the real models over the samples."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index import Archive, samples

pytest_plugins = ["tests.discord_fixtures"] if (Path(__file__).parent / "discord_fixtures.py").exists() else []


class WordEncoder:
    """A bag of hashed words as a unit vector: quick, and near means sharing words. Counts what it is asked to encode."""

    def __init__(self, name: str = "words", dimension: int = 64) -> None:
        self.name = name
        self.fingerprint = f"fingerprint of {name}"
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded.extend(texts)
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def archive(tmp_path: Path, encoder: WordEncoder) -> Iterator[Archive]:
    """An empty archive that needs no model: whole sentences as answers."""
    with Archive(tmp_path / "archive", encoder=encoder, reader=None) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The samples in `shared`, with the real models. Shared by all tests: look, don't touch."""
    with Archive(tmp_path_factory.mktemp("samples")) as opened:
        opened.add(samples())
        yield opened
