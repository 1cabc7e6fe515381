"""What a row or a header says about an article, checked one field at a time, and put together with its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from index.article import Article, Published, canonical_url
from index.errors import BadSource
from index.sources.cleaning import clean
from index.sources.dates import read_published
from index.sources.headline import from_images, opening, split_headline, without_title
from index.sources.text import one_line


def article(
    text: str,
    fields: Mapping[str, Any],
    name: str,
    *,
    title: str | None = None,
    outlet: str = "",
    url: str | None = None,
    published: Published | None = None,
    alts: Sequence[str] = (),
) -> Article:
    """The article that `text` (not cleaned) and `fields` (keys of a JSON row) make.

    The keyword arguments are what the text itself says, used where `fields` are silent. Without any title it is the
    headline in the text, else the description of an image, else the first words. An explicit empty title stays empty.
    Raises BadSource, naming `name`, for a field that cannot be used and for a text of which nothing remains.
    """
    body = clean(text)
    if not body:
        raise BadSource(f"{name} holds no article text once menus, notices and forms are taken away.")
    given = _string(fields, "title", name)
    heading = one_line(given if given is not None else title or "")
    if not heading and given is None:
        found, rest = split_headline(body)
        heading, body = (one_line(found), rest) if found else (one_line(from_images(alts) or ""), body)
    if not heading and given is None:
        heading = opening(body)
        if without_title(body, heading) != body:
            heading += "…"  # the line is the article's, not a title printed above it
    return Article(
        text=without_title(body, heading),
        title=heading,
        outlet=one_line(_string(fields, "source", name) or outlet),
        url=_link(fields, name) or _usable_link(url),
        published=_published(fields, name) or published,
        id=_identifier(fields, name),
    )


def _string(fields: Mapping[str, Any], key: str, name: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise BadSource(f'{name}: "{key}" is {_shown(value)}, not a text; put it in quotation marks.')
    return value


def _identifier(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadSource(f'{name}: "id" is {_shown(value)}, neither a text nor a number.')
    identifier = one_line(str(value))
    if not identifier:
        raise BadSource(f'{name}: "id" has no visible character; leave it out or give the article a name.')
    return identifier


def _link(fields: Mapping[str, Any], name: str) -> str | None:
    value = _string(fields, "url", name)
    if value is None or not value.strip():
        return None
    usable = _usable_link(value)
    if usable is None:
        raise BadSource(
            f'{name}: "url" is {_shown(value)}, which is not an address such as https://example.org/article.'
        )
    return usable


def _usable_link(value: str | None) -> str | None:
    """The address, if it is one of a web page: other kinds could do something when clicked."""
    link = one_line(value or "")
    try:
        parts = urlsplit(link)
        canonical_url(link)
    except ValueError:
        return None
    return link if parts.scheme.lower() in ("http", "https") and parts.hostname and " " not in link else None


def _published(fields: Mapping[str, Any], name: str) -> Published | None:
    value = fields.get("date")
    if value is None or value == "":
        return None
    published = read_published(value) if isinstance(value, str) else None
    if published is None:
        raise BadSource(
            f'{name}: "date" is {_shown(value)}, which is not a day such as 2025-02-05 '
            "or an instant such as 2025-02-05T10:00:00-06:00."
        )
    return published


def _shown(value: object) -> str:
    text = one_line(repr(value) if not isinstance(value, str) else value)
    return f'"{text[:60]}{"…" if len(text) > 60 else ""}"'
