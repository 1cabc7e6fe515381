"""The rules of the house: who may import whom, nothing works at import, no module outgrows its job."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted([*(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])
LAYERS = (
    ("index.article", "index.answer", "index.errors"),
    (
        "index.reader",
        "index.answering",
        "index.sources",
        "index.passages",
        "index.encoder",
        "index.migrations",
        "index.schema",
    ),
    (
        "index.rows",
        "index.store",
        "index.vectors",
        "index.lexical",
        "index.collection",
        "index.retrieval",
        "index.adding",
    ),
    ("index.asking", "index.health", "index.evaluation", "index.quality"),
    ("index.archive",),
    ("index.ablation", "index.answering.calibration", "index.answering.fit", "index.answering.fit_choice"),
    ("index",),
)
HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "faiss",
    "onnxruntime",
    "trafilatura",
    "datasketch",
    "matplotlib",
)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = {f"{node.module}.{alias.name}" for alias in node.names} & {name_of(path) for path in MODULES}
            found |= modules
            if len(modules) < len(node.names):
                found.add(node.module)
    return found


def layer(module: str) -> int | None:
    if module == "index":
        return len(LAYERS) - 1
    owners = [
        (len(name), n) for n, names in enumerate(LAYERS[:-1]) for name in names if f"{module}.".startswith(f"{name}.")
    ]
    return max(owners)[1] if owners else None


def test_index_knows_nothing_of_discord() -> None:
    for path in MODULES:
        if name_of(path).startswith("index"):
            assert not {m for m in imports(path) if m.split(".")[0] in {"bot", "discord", "simcord"}}, path


def test_the_bot_uses_only_the_public_face() -> None:
    for path in MODULES:
        if name_of(path).startswith("bot"):
            assert not {m for m in imports(path) if m.startswith("index.")} - {"index.migrations"}, path


def test_imports_go_one_way() -> None:
    for path in MODULES:
        mine = layer(name_of(path))
        if mine is None or name_of(path) == "index":
            continue
        for module in imports(path):
            theirs = layer(module)
            assert theirs is None or theirs <= mine, f"{name_of(path)} imports {module}"


def test_the_map_of_answering_names_every_module() -> None:
    package = ROOT / "index" / "answering"
    told = set(re.findall(r"`(\w+)`", ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""))
    assert {path.stem for path in package.glob("*.py")} - told == {"__init__"}


def test_no_module_outgrows_its_job() -> None:
    assert {name_of(p): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 350} == {}


@pytest.mark.parametrize("package", ["index", "index.__main__", "bot.client", "bot.settings"])
def test_importing_loads_nothing_heavy_and_writes_nothing(package: str, tmp_path: Path) -> None:
    script = f"import sys, {package}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PATH": "", "HOME": str(tmp_path)},
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
    assert list(tmp_path.iterdir()) == []
