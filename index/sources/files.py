"""Files and folders -> articles. What cannot be read is told in its place, and the rest is read all the same."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator
from pathlib import Path

from index.article import Article
from index.errors import BadSource
from index.sources.documents import LONGEST, Kind, read_text, too_long
from index.sources.records import read_lines

SUFFIXES: dict[str, Kind] = {
    ".txt": "txt",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
}
_SUPPORTED = ", ".join(SUFFIXES)


def read(path: Path) -> Iterator[Article | BadSource]:
    """The articles in a file or in a folder and the folders below it, in the order of their names.

    Hidden files and folders are passed over, and so are the parts that browsers save beside a page (`Page_files` of `Page.html`)
    and files of other kinds, unless `path` names one. Whatever cannot
    be read comes as a BadSource whose sentence names it; nothing is raised.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        yield _unreadable(path, error)
        return
    if not stat.S_ISDIR(mode):
        yield from _read_file(path, mode)
        return
    nothing = True
    for item in _walk(path):
        nothing = False
        if isinstance(item, BadSource):
            yield item
        else:
            yield from read(item)
    if nothing:
        yield BadSource(f"{path} holds no file of a kind that is read ({_SUPPORTED}).")


def expected(path: Path) -> int:
    """About how many articles `read` will give, for showing how far it is: a line of JSONL counts, else a file.

    Never raises: what cannot be read counts as one, and `read` tells what is wrong with it.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return sum(expected(item) for item in _walk(path) if isinstance(item, Path))
        if path.suffix.lower() != ".jsonl" or not stat.S_ISREG(mode):  # opening a pipe would wait for its writer
            return 1
        with path.open("rb") as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")) or 1
    except (OSError, ValueError):
        return 1


def _walk(folder: Path) -> Iterator[Path | BadSource]:
    """Files of the supported kinds, sorted within each folder. A folder reached twice through links is read once."""
    waiting = [folder]
    seen: set[tuple[int, int] | str] = set()
    while waiting:
        current = waiting.pop()
        try:
            status = current.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield current
                continue
            identity = (status.st_dev, status.st_ino) if status.st_ino else str(current.resolve())
            if identity in seen:
                continue
            seen.add(identity)
            entries = sorted(current.iterdir(), reverse=True)
            beside = {f"{entry.stem}_files" for entry in entries if entry.suffix.lower() in (".html", ".htm")}
        except (OSError, RuntimeError) as error:  # RuntimeError: pathlib's answer to a loop of links
            yield _unreadable(current, error)
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name in beside:
                continue
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = True  # looked at, and told, in its turn
            if is_folder or entry.suffix.lower() in SUFFIXES:
                waiting.append(entry)


def _read_file(path: Path, mode: int) -> Iterator[Article | BadSource]:
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        yield BadSource(f"{path} is of a kind that is not read; use {_SUPPORTED}.")
        return
    if not stat.S_ISREG(mode):
        yield BadSource(f"{path} is a device or a pipe, not a file; give its text on standard input.")
        return
    try:
        if kind == "jsonl":
            with path.open("rb") as stream:
                yield from read_lines(stream, str(path))
            return
        with path.open("rb") as stream:
            data = stream.read(LONGEST + 1)
        if len(data) > LONGEST:
            yield too_long(path.stat().st_size, str(path))
            return
    except OSError as error:
        yield _unreadable(path, error)
        return
    yield from read_text(data, kind, str(path))


def _unreadable(path: Path, error: Exception) -> BadSource:
    if isinstance(error, FileNotFoundError):
        return BadSource(f"{path} is not there (any more); check its name and add it again.")
    if isinstance(error, PermissionError):
        return BadSource(f"{path} may not be read by this user; allow it and add it again.")
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        begin = " ".join(str(path).split())[:60]
        return BadSource(
            f"“{begin}…” is too long for the name of a file; give a text itself on standard input, with -."
        )
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BadSource(f"{path} cannot be read: {reason}.")
