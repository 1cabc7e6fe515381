"""What the command line writes to: a console for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from dataclasses import is_dataclass
from functools import cache
from typing import Any

from rich.console import Console

_NEVER_WRAP = 100_000


@cache
def console() -> Console:
    """Standard output: coloured and wrapped where it is a terminal, else lines as long as they are."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _NEVER_WRAP)


def print_json(value: Any) -> None:
    """One line of JSON. A string is taken to be JSON already."""
    print(value if isinstance(value, str) else json.dumps(value, default=_plain, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return value.isoformat()
