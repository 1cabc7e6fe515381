"""Files that cannot be read: one clear sentence each, and the rest is read all the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Article, BadSource
from index.sources import read, read_text
from index.sources.documents import LONGEST

GOOD = "The ferry sailed again on Monday with 120 people on board."


def sentence(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, BadSource), found
    assert str(path) in str(found)
    assert "\n" not in str(found)
    return str(found)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(content)
    assert sentence(path)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl"])
@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", bytes(range(256)) * 8],
    ids=["png", "pdf", "all"],
)
def test_a_binary_file(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"binary{suffix}"
    path.write_bytes(content)
    found = list(read(path))
    assert found
    assert all(isinstance(item, BadSource) and str(path) in str(item) for item in found)
    assert "binary" in str(found[0])


def test_a_file_over_the_limit_is_not_read_and_one_at_the_limit_is(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * (LONGEST // 5) + b"w" * 10)
    assert "50 MB" in sentence(path)


@pytest.mark.parametrize("text", ["word " * 400_000, "a" * 2_000_000, "\n" * 2_000_000, "a\n" * 1_000_000])
def test_texts_of_odd_shapes_are_read(text: str) -> None:
    for kind in ("txt", "md"):
        (found,) = read_text(text, kind, "odd")
        assert isinstance(found, Article | BadSource)
        assert isinstance(found, Article) == bool(text.strip())


def test_marks_heaped_on_one_letter_are_cut() -> None:
    """Left alone, normalising them takes quadratic time: this would run for minutes."""
    (found,) = read_text("Zalgo wrote a" + "\u0316\u0300" * 500_000, "txt", "odd")
    assert isinstance(found, Article)
    assert len(found.text) < 50


def test_a_name_that_does_not_exist(tmp_path: Path) -> None:
    assert "is not there" in sentence(tmp_path / "missing.txt")


def test_an_unsupported_kind_named_outright(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK")
    assert ".jsonl" in sentence(path)


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    assert "holds no file of a kind that is read" in sentence(tmp_path)


def test_a_file_that_vanishes_while_the_folder_is_read(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(GOOD, encoding="utf-8")
    reading = read(tmp_path)
    assert isinstance(next(reading), Article)
    (tmp_path / "b.txt").unlink()
    gone, last = reading
    assert isinstance(gone, BadSource)
    assert str(tmp_path / "b.txt") in str(gone)
    assert isinstance(last, Article)


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Injected: whoever runs the tests may be allowed everything."""
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "open.txt").write_text(GOOD, encoding="utf-8")
    list_folder = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self == closed:
            raise PermissionError(13, "Permission denied", str(self))
        return list_folder(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    denied, article = read(tmp_path)
    assert isinstance(denied, BadSource)
    assert str(closed) in str(denied)
    assert isinstance(article, Article)


def test_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert "Input/output error" in sentence(path)


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("no right to make symbolic links here")


def test_links_in_a_circle_are_walked_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text(GOOD, encoding="utf-8")
    _link(tmp_path / "inner" / "up", tmp_path)
    (found,) = read(tmp_path)
    assert isinstance(found, Article)


def test_a_link_to_nowhere_and_a_link_to_itself(tmp_path: Path) -> None:
    _link(tmp_path / "broken.txt", tmp_path / "missing")
    _link(tmp_path / "self.txt", tmp_path / "self.txt")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    *bad, article = read(tmp_path)
    assert [isinstance(item, BadSource) for item in bad] == [True, True]
    assert isinstance(article, Article)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are a Unix thing")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert "pipe" in sentence(path)


@pytest.mark.parametrize(
    "data", ["[" * 100_000, '{"a":' * 100_000, '{"id": ' + "9" * 5000 + ', "text": "x"}', "[]", "nul"]
)
def test_json_that_breaks_parsers(data: str) -> None:
    (found,) = read_text(data, "json", "input")
    assert isinstance(found, BadSource)
    assert str(found).startswith("input")
