"""What the command line writes to: a console for people, JSON for programs."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from index.errors import OutputError

_NEVER_WRAP = 100_000


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))  # as `print` does; rich would leave with status 1


def use_utf8() -> None:
    """Make standard output take every character; a terminal keeps its encoding, and shows a ? for what it lacks.

    Where the process was started without one, what is written goes nowhere."""
    stream = sys.stdout
    if stream is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
    if not isinstance(stream, io.TextIOWrapper) or stream.encoding.lower().replace("-", "") == "utf8":
        return
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8")


def reader_left(stream: TextIO) -> bool:
    """Whether whoever read `stream` has stopped, as `head` does; what is still unwritten is then dropped."""
    try:
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # Python flushes once more when it ends
        return True
    return False


@contextmanager
def complete_output(stream: TextIO) -> Iterator[None]:
    """Raises OutputError where what is printed inside could not all be written, as on a full disk; the rest of it is dropped."""
    try:
        yield
        stream.flush()
    except OSError as error:
        if error.filename is not None:  # another file's
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise OutputError(
            f"Standard output cannot be written ({error.strerror or error}): what was printed is not complete."
        ) from error


@cache
def console() -> Console:
    """Standard output: coloured and wrapped where it is a terminal, else lines as long as they are."""
    return _Console(highlight=False, width=None if sys.stdout.isatty() else _NEVER_WRAP)


def print_json(value: Any) -> None:
    """One line of JSON. A string is taken to be JSON already."""
    print(value if isinstance(value, str) else json.dumps(value, default=_plain, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return value.isoformat()
