"""A reader's folder: its files, and the checked-in manifest that says which bytes they must be."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import ReaderUnavailable

MODEL, TOKENIZER, MANIFEST = "reader.onnx", "tokenizer.json", "manifest.json"


@dataclass(frozen=True, slots=True)
class Files:
    """The verified content of a reader's folder."""

    name: str
    model: bytes
    tokenizer: bytes


def write_manifest(folder: Path, name: str, results: dict[str, Any]) -> None:
    """Name the folder's files by SHA-256, and the results they were shipped for."""
    files = {file: hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in (MODEL, TOKENIZER)}
    content = {"name": name, "files": files, "results": results}
    (folder / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def read_files(folder: Path) -> Files:
    """Read and check them. Raises `ReaderUnavailable` when one is missing or is not what the manifest says."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        name, expected = str(manifest["name"]), dict(manifest["files"])
        content = {file: (folder / file).read_bytes() for file in (MODEL, TOKENIZER)}
    except FileNotFoundError as error:
        missing = Path(error.filename).name if error.filename else "a file"
        raise ReaderUnavailable(
            f"The reader's {missing} is missing: answers are whole sentences until Nutgraf is installed again."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderUnavailable(f"The reader in {folder} cannot be read: install Nutgraf again.") from error
    for file, data in content.items():
        if hashlib.sha256(data).hexdigest() != expected.get(file):
            raise ReaderUnavailable(
                f"The reader's {file} is not the one that was shipped: answers are whole sentences until Nutgraf is "
                "installed again."
            )
    return Files(f"{name}@{expected[MODEL][:12]}", content[MODEL], content[TOKENIZER])
