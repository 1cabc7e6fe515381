"""Text in any of the supported kinds -> articles."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Literal, TypeAlias, get_args

from index.article import Article
from index.errors import BadSource
from index.sources import fields, html, records
from index.sources.header import split_header
from index.sources.markdown import plain
from index.sources.text import decode, normalise, unwrap

Kind: TypeAlias = Literal["txt", "md", "html", "json", "jsonl"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 50 * 1024 * 1024
"""Bytes of one text."""


def read_text(data: bytes | str, kind: Kind, name: str) -> Iterator[Article | BadSource]:
    """The articles in `data`, in order, and a BadSource naming `name` (and the line) for each one that cannot be read.

    `txt`, `md` and `html` hold one article, `json` an object or an array, `jsonl` one object a line.
    """
    if kind == "jsonl":
        yield from records.read_lines(
            io.BytesIO(data.encode("utf-8", "replace") if isinstance(data, str) else data), name
        )
        return
    if len(data) > LONGEST:
        yield too_long(len(data), name)
    elif not data.strip():
        yield BadSource(f"{name} is empty; there is nothing to add.")
    elif kind == "json":
        yield from records.read_document(data, name)
    else:
        try:
            yield _document(data if isinstance(data, str) else decode(data, name, page=kind == "html"), kind, name)
        except BadSource as error:
            yield error


def too_long(size: int, name: str) -> BadSource:
    return BadSource(
        f"{name} has {size / 1024 / 1024:.0f} MB; one text is read up to 50 MB, so split it into its articles."
    )


def _document(text: str, kind: Kind, name: str) -> Article:
    if kind == "html":
        page = html.read_page(text, name)
        return fields.article(
            page.text, {}, name, title=page.title, outlet=page.outlet, url=page.url, published=page.published
        )
    header = split_header(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))
    if kind == "md":
        prose = plain(unwrap(header.body), titled="title" in header.fields)
        return fields.article(prose.text, header.fields, name, title=prose.heading, alts=prose.alts)
    return fields.article(unwrap(normalise(header.body)), header.fields, name)
