"""The plain data everything else speaks in: articles, their passages, and references to them."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias, TypeVar
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

Published: TypeAlias = date | datetime
"""When an article appeared, as precisely as it says: a day, or an instant with its zone."""

T = TypeVar("T")
_TRACKING_BEFORE = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")
_TRACKING = (*_TRACKING_BEFORE, "dclid", "yclid", "msclkid", "twclid", "at_medium=", "at_campaign=", "smid=", "_ga=")


@dataclass(frozen=True, slots=True)
class Article:
    """One story as published. `text` is clean, NFC-normalised prose; every offset counts its characters.

    `id` is the caller's own name for it, if there is one. `published` is a day, or an aware datetime.
    """

    text: str
    title: str = ""
    outlet: str = ""
    url: str | None = None
    published: Published | None = None
    id: str | None = None

    @property
    def key(self) -> str:
        """What identifies the article within its collection: its id, else its canonical URL, else its text."""
        if self.id:
            return self.id
        if self.url and names_page(url := canonical_url(self.url)):
            return url
        return f"text-{hashlib.sha256(self.text.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a person needs to recognise and find an article again, without its text."""

    collection: str
    key: str
    title: str = ""
    outlet: str = ""
    url: str | None = None
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive whole sentences of one article: `text == article.text[start:end]`.

    `sentences` holds the (start, end) offsets of its sentences, in the article's text.
    """

    citation: Citation
    number: int
    start: int
    end: int
    text: str
    sentences: tuple[tuple[int, int], ...]

    @property
    def headed(self) -> str:
        """The text under its article's title, which tells what "he" and "the bridge" are about."""
        return f"{self.citation.title}\n{self.text}"


def canonical_url(url: str) -> str:
    """The address without what does not name the page: fragment, tracking parameters, default ports, case of the host. A fragment
    that is a path (`#/news/7`, `#!/news/7`) does name it."""
    return _canonical(url, _TRACKING)


def former_keys(article: Article) -> tuple[str, ...]:
    """Under what keys earlier versions kept an article that has no id but an address, where that was another key. They knew fewer
    tracking parameters, took no fragment for a path, and a front page for an article's address; the first ones left out the parts
    of a query that have no value."""
    if article.id or not article.url:
        return ()
    known = [_canonical(article.url, _TRACKING_BEFORE, valued=valued, paths=False) for valued in (False, True)]
    return tuple(dict.fromkeys(key for key in known if key != article.key))


def _canonical(url: str, tracking: tuple[str, ...], *, valued: bool = False, paths: bool = True) -> str:
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower()
    if parts.port and parts.port not in (80, 443):
        host = f"{host}:{parts.port}"
    named = [part for part in parts.query.split("&") if part and not unquote(part).lower().startswith(tracking)]
    # Escapes that are no UTF-8 stay what they are: read as if they were, they would all be the same. A part without a value may
    # be all that names the page: `story.asp?12345`.
    read = [(part, urlencode(parse_qsl(part, errors="surrogateescape"), errors="surrogateescape")) for part in named]
    query = "&".join(pair or part for part, pair in read if pair or not valued)
    fragment = parts.fragment if paths and parts.fragment.startswith(("/", "!/")) else ""
    return urlunsplit((parts.scheme.lower(), host, parts.path.rstrip("/"), query, fragment.rstrip("/")))


def names_page(canonical: str) -> bool:
    """Whether a canonical address leads further than to a site's front page, which names none of its articles."""
    parts = urlsplit(canonical)
    return bool(parts.path or parts.query or parts.fragment)


def parse_published(value: str) -> Published:
    """`2025-02-05` -> a date; `2025-02-05T10:00:00-06:00` -> an instant. Raises ValueError for anything else.

    An instant without a zone is kept as its day only: we do not know which instant it was.
    """
    value = value.strip()
    if len(value) == 10:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.date()


def day_of(published: Published) -> date:
    """The day in the zone the article itself names."""
    return published.date() if isinstance(published, datetime) else published


def later(a: Published | None, b: Published | None) -> bool:
    """Whether `a` is certainly later than `b`: by the day, or by the instant where both tell it."""
    if a is None or b is None:
        return False
    if isinstance(a, datetime) and isinstance(b, datetime):
        return a > b
    return day_of(a) > day_of(b)


def newest_first(things: Iterable[T], published: Callable[[T], Published | None]) -> list[T]:
    """Those with an instant by it, one with a day alone after the others of its day, undated ones last. Of the same age they
    stay in order. `published` tells when each appeared."""
    timed: list[tuple[datetime, T]] = []
    daily: list[tuple[date, T]] = []
    undated: list[T] = []
    for thing in things:
        match published(thing):
            case None:
                undated.append(thing)
            case datetime() as instant:
                timed.append((instant, thing))
            case day:
                daily.append((day, thing))
    timed.sort(key=lambda pair: pair[0], reverse=True)
    daily.sort(key=lambda pair: pair[0], reverse=True)
    waiting = deque(daily)
    found: list[T] = []
    for instant, thing in timed:
        while waiting and waiting[0][0] > day_of(instant):
            found.append(waiting.popleft()[1])
        found.append(thing)
    return [*found, *(thing for _, thing in waiting), *undated]


def newest(dates: Iterable[Published | None]) -> Published | None:
    """The latest of those that are known."""
    found: Published | None = None
    for published in dates:
        if published is not None and (found is None or later(published, found)):
            found = published
    return found
