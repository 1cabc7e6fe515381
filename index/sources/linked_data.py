"""What a page says of its article in JSON-LD, as most news sites do (https://schema.org/Article)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    """A page's own account of its article; what it does not say is empty."""

    headline: str = ""
    published: str = ""
    url: str = ""


def described(tree: Any) -> Described:
    """The article that the page `tree` describes: of several the one whose headline stands in the page's title, else the first.
    Articles that are only listed (`ItemList`, `hasPart`) are not the page's own.
    """
    found = [article for script in _scripts(tree) for article in _articles(script)]
    titles = [
        _plain(str(text))
        for path in ("//meta[@property='og:title']/@content", "//title/text()", "//h1//text()")
        for text in tree.xpath(path)
    ]
    named = (a for a in found if (head := _plain(a.headline)) and any(head in title for title in titles))
    return next(named, found[0] if found else Described())


def _scripts(tree: Any) -> Iterator[object]:
    for text in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield json.loads(str(text), strict=False)
        except (ValueError, RecursionError):
            continue


def _articles(script: object) -> Iterator[Described]:
    waiting = [script]
    while waiting:
        match waiting.pop():
            case [*items]:
                waiting.extend(reversed(items))
            case {"@type": kinds, **about} if _is_article(kinds):
                page = about.get("mainEntityOfPage")
                url = about.get("url") or (page.get("@id") if isinstance(page, dict) else page)
                yield Described(_string(about.get("headline")), _string(about.get("datePublished")), _string(url))
            case {"@graph": graph}:
                waiting.append(graph)
            case {"mainEntity": entity}:
                waiting.append(entity)


def _is_article(kinds: object) -> bool:
    """NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting and the like."""
    return any(str(kind).endswith(("Article", "Posting")) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
