"""Rows `{"id"?, "title"?, "url"?, "date"?, "source"?, "text" | "html"}`: one, a JSON array of them, or one a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from index.article import Article
from index.errors import BadSource
from index.sources import fields, html
from index.sources.text import bom_encoding, decode

LONGEST_LINE = 50 * 1024 * 1024
"""Bytes of one line; a file of lines may be of any length."""


def to_row(article: Article) -> dict[str, str]:
    """The row that reads back as the same article. A title is always said, so that none is made up."""
    row = {"id": article.id, "title": article.title, "url": article.url, "source": article.outlet or None}
    row["date"] = article.published.isoformat() if article.published else None
    row["text"] = article.text
    return {key: value for key, value in row.items() if value is not None}


def read_lines(stream: BinaryIO, name: str) -> Iterator[Article | BadSource]:
    """One article a line. A line that is none becomes a BadSource naming it, and the next lines are still read."""
    start = stream.read(4)
    encoding = bom_encoding(start)
    if encoding in ("utf-16", "utf-32"):  # as some shells write what a command prints
        lines = iter(io.BytesIO((start + stream.read()).decode(encoding, errors="replace").encode()))
    else:
        lines = _bounded_lines(start, stream)
    nothing = True
    for number, line in enumerate(lines, 1):
        where = f"{name}, line {number}"
        if number == 1 and b"\0" in line[:1000]:
            yield BadSource(f"{name} is not a text but a binary file; it should hold one JSON object a line.")
            return
        if not line.strip():
            continue
        nothing = False
        if len(line) > LONGEST_LINE:
            yield BadSource(f"{where}: it is longer than 50 MB and was skipped; split the article.")
            continue
        try:
            yield _record(_parse(decode(line.strip(), where), where), where)
        except BadSource as error:
            yield error
    if nothing:
        yield BadSource(f"{name} is empty; it should hold one JSON object a line.")


def read_document(data: bytes | str, name: str) -> Iterator[Article | BadSource]:
    """One JSON object or an array of them."""
    try:
        parsed = _parse(data if isinstance(data, str) else decode(data, name), name)
    except BadSource as error:
        yield error
        return
    if not isinstance(parsed, list):
        parsed = [parsed]
    elif not parsed:
        yield BadSource(f"{name} is an empty list; it should hold at least one article.")
    several = len(parsed) > 1
    for number, row in enumerate(parsed, 1):
        try:
            yield _record(row, f"{name}, article {number}" if several else name)
        except BadSource as error:
            yield error


def _bounded_lines(start: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """Lines by `\\n` alone, since JSON strings may hold the other line ends; of an endless line only its beginning."""
    line = start.removeprefix(b"\xef\xbb\xbf"[: len(start)])
    while b"\n" in line:
        done, _, line = line.partition(b"\n")
        yield done
    line += stream.readline(LONGEST_LINE + 1)
    while line:
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)
        line = stream.readline(LONGEST_LINE + 1)


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"at column {error.colno}" if text.count("\n") <= 1 else f"at line {error.lineno}, column {error.colno}"
        raise BadSource(
            f"{where}: this is not valid JSON ({error.msg.removesuffix(' at')} {place}); correct it and add it again."
        ) from None
    except RecursionError:
        raise BadSource(f"{where}: this JSON is nested too deeply to be an article.") from None
    except ValueError as error:
        raise BadSource(f"{where}: this JSON cannot be read ({error}).") from None


def _record(row: Any, where: str) -> Article:
    if not isinstance(row, dict):
        raise BadSource(
            f'{where}: an article is a JSON object such as {{"title": ..., "text": ...}}, not {type(row).__name__}.'
        )
    text, markup = row.get("text"), row.get("html")
    for key, value in (("text", text), ("html", markup)):
        if value is not None and not isinstance(value, str):
            raise BadSource(f'{where}: "{key}" is not a text; put it in quotation marks.')
    if text and text.strip():
        return fields.article(text, row, where)
    if markup and markup.strip():
        page = html.read_page(markup, where)
        return fields.article(
            page.text, row, where, title=page.title, outlet=page.outlet, url=page.url, published=page.published
        )
    raise BadSource(f'{where}: the article has neither "text" nor "html".')
