"""What the command line writes to: a console for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from dataclasses import is_dataclass
from functools import cache
from typing import Any

from rich.console import Console

from index.article import Article


@cache
def console() -> Console:
    """Standard output, coloured where it is a terminal."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_json(value: Any) -> None:
    """One line of JSON. A string is taken to be JSON already."""
    print(value if isinstance(value, str) else json.dumps(value, default=_plain, ensure_ascii=False))


def row(article: Article) -> dict[str, str | None]:
    """The JSONL row that `add` takes back as an equal article."""
    fields = {
        "id": article.id,
        "title": article.title or None,
        "url": article.url,
        "date": article.published.isoformat() if article.published else None,
        "source": article.outlet or None,
        "text": article.text,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return value.isoformat()
