"""The lines above an article that say what it is: front matter between `---` lines, or `Title: ...` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAMES = {
    "title": "title",
    "headline": "title",
    "outlet": "source",
    "source": "source",
    "publication": "source",
    "publisher": "source",
    "newspaper": "source",
    "site": "source",
    "date": "date",
    "published": "date",
    "publication date": "date",
    "link": "url",
    "url": "url",
    "permalink": "url",
    "canonical": "url",
    "id": "id",
    "author": "",
    "byline": "",
    "section": "",
    "category": "",
    "tags": "",
    "language": "",
}
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}?)\s*:(?:\s+(.{0,2000}))?$")
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Header:
    """`fields` has the keys of a JSON row: title, source, date, url, id. `body` is the text below."""

    body: str
    fields: dict[str, str] = field(default_factory=dict)


def split_header(text: str) -> Header:
    """The header block of a text with `\\n` line ends, or none: then the body is the whole text.

    Between two `---` lines every key may stand, and unknown ones are passed over. Without them, a block counts as a
    header if its lines are all known keys and there are two, or a title.
    """
    lines = text.lstrip("\n").split("\n", _MOST_LINES)
    if lines[0].rstrip() == "---":
        end = next((i for i, line in enumerate(lines[1:_MOST_LINES], 1) if line.rstrip() in ("---", "...")), None)
        fields = _fields(lines[1:end]) if end else {}
        return Header("\n".join(lines[end + 1 :]), fields) if end and fields else Header(text)
    block = []
    for line in lines[:_MOST_LINES]:
        found = _LINE.match(line.rstrip()) if len(line) <= 2100 else None
        if not found or _name(found[1]) is None:
            break
        block.append(line)
    fields = _fields(block)
    if len(fields) >= 2 or "title" in fields:
        return Header("\n".join(lines[len(block) :]), fields)
    return Header(text)


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line.rstrip()) if len(line) <= 2100 else None
        name = _name(found[1]) if found else None
        if found and name and found[2]:
            fields.setdefault(name, _unquoted(found[2].strip()))
    return fields


def _name(key: str) -> str | None:
    return _NAMES.get(key.strip().lower().replace("_", " ").replace("-", " "))


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
