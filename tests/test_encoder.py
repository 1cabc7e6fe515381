"""Text -> vectors: the compiled network against the library's own, and what happens where it cannot be compiled."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from index import SentenceEncoder
from index.base_model import base_folder
from index.compiling import compile_encoder

TEXTS = [
    "The ferry sails on Monday.",
    "",
    "Zürich 🚢 مرحبا",
    "word " * 600,
    "How many people came over the old bridge?",
]


def library() -> SentenceTransformer:
    return SentenceTransformer(str(base_folder()), device="cpu", local_files_only=True)


@pytest.fixture(scope="module")
def plain() -> SentenceTransformer:
    return library()


@pytest.fixture(scope="module")
def compiled() -> Callable[[list[str]], np.ndarray]:
    model = library()
    compile_encoder(model[0].auto_model)
    return lambda texts: model.encode(texts, normalize_embeddings=True)


def test_compiled_the_vectors_are_those_of_sentence_transformers(
    compiled: Callable[[list[str]], np.ndarray], plain: SentenceTransformer
) -> None:
    assert np.abs(compiled(TEXTS) - plain.encode(TEXTS, normalize_embeddings=True)).max() < 1e-5


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(max_size=200), min_size=2, max_size=5))
def test_compiled_a_text_has_the_same_vector_alone_and_among_others(
    compiled: Callable[[list[str]], np.ndarray], texts: list[str]
) -> None:
    together = compiled(texts)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(compiled([text])[0], vector)


def test_without_room_for_the_compiled_file_the_encoder_works_all_the_same(
    monkeypatch: pytest.MonkeyPatch, plain: SentenceTransformer, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    vectors = SentenceEncoder().encode(TEXTS)
    # Where the processor computes in bfloat16 it does so without a file.
    assert (vectors * plain.encode(TEXTS, normalize_embeddings=True)).sum(axis=1).min() > 0.999
