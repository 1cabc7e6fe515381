"""What the README says works, and what it points to is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from index import samples
from tests.test_cli import Run, run

__all__ = ["run"]

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```console\n(.*?)```", README, re.S) for line in block.splitlines() if line.strip()
]
INDEX_COMMANDS = [line for line in COMMANDS if line.startswith("python -m index ")]


def test_two_commands_set_everything_up() -> None:
    assert COMMANDS[0].startswith("python -m pip install -e . && python -m index ask --samples ")
    assert COMMANDS[1] == 'python -m pip install -e ".[test]" && python -m pytest'


def test_every_kind_of_command_is_known() -> None:
    known = ("python -m pip install", "python -m index ", "python -m bot --preview")
    assert [line for line in COMMANDS if not line.startswith(known)] == []


def test_every_index_command_works_in_the_order_given(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").symlink_to(ROOT / "tests", target_is_directory=True)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(
        "A headline\n\nThe well in Lower Pell is 12 metres deep.", encoding="utf-8"
    )
    page = "<html><head><title>Market day</title></head><body><article><p>The market in Lower Pell opened on Monday "
    (tmp_path / "page.html").write_text(
        page + "with 40 stalls and a long queue.</p></article></body></html>", encoding="utf-8"
    )
    (tmp_path / "rows.jsonl").write_text('{"text": "The choir of Lower Pell sang for 3 hours."}', encoding="utf-8")
    first = COMMANDS[0].split("&&")[1].strip()
    assert len(INDEX_COMMANDS) >= 8
    for line in [first, *INDEX_COMMANDS]:
        done = run(*shlex.split(line)[3:])
        assert done.status == 0, f"{line}\n{done.out}{done.err}"
        assert done.out.strip(), line
    assert (tmp_path / "quality.png").stat().st_size > 5000
    assert "<svg" in (tmp_path / "quality.svg").read_text(encoding="utf-8")


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_folder_listing_is_true() -> None:
    listing = README.split("## How it works")[1].split("```")[1]
    for name in re.findall(r"\b(\w+\.py)\b", listing):
        assert (ROOT / "index" / name).exists() or (ROOT / "bot" / name).exists(), name
    modules = {path.name for path in (ROOT / "index").glob("*.py")}
    plain = {
        "__init__.py",
        "__main__.py",
        "answer.py",
        "article.py",
        "errors.py",
        "health.py",
        "output.py",
        "progress.py",
    }
    assert modules - plain <= set(re.findall(r"\b(\w+\.py)\b", listing))


def test_samples_say_that_they_are_samples() -> None:
    assert all("sample" in f"{article.text} {article.title}".lower() for article in samples())
