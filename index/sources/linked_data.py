"""What a page says of its article in JSON-LD, as most news sites do (https://schema.org/Article)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_COMMENT = re.compile(r"^\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*$")
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')
_OTHER_KINDS = {"WebPage", "Recipe", "Report", "Review", "VideoObject", "CreativeWork"}
"""Not articles by their name: only one that has the page's title is the page's own."""
_SCRIPTS = "//script[contains(translate(@type, 'JSON', 'json'), '+json')]/text()"
_TITLES = ("//meta[@property='og:title']/@content", "//title/text()", "//h1//text()")
_LONG_ENOUGH = 10
"""Characters of a title to tell two articles apart."""


@dataclass(frozen=True, slots=True)
class Described:
    """A page's account of an article; what it does not say is empty. `own` tells that it is certainly the page's own."""

    headline: str = ""
    published: str = ""
    url: str = ""
    own: bool = False


def described(tree: Any) -> Described:
    """The article that the page `tree` describes: the one whose headline stands in the page's title or has it; else the day
    of the only one, which may be another's. Articles that are only listed (`ItemList`, `hasPart`) are not the page's own.
    """
    texts = [_COMMENT.sub("", str(text)) for text in tree.xpath(_SCRIPTS)]
    scripts = [(text, _parsed(text)) for text in texts]
    found = [one for _, script in scripts for one in _articles(script)]
    titles = [title for path in _TITLES for text in tree.xpath(path) if (title := _plain(str(text)))]
    for article, _ in found:
        head = _plain(article.headline)
        if head and any(head in title or (len(title) >= _LONG_ENOUGH and title in head) for title in titles):
            return Described(article.headline, article.published, article.url, own=True)
    days = {article.published for article, named in found if named}
    days |= {day for text, script in scripts if script is None for day in _PUBLISHED.findall(text)}
    return Described(published=days.pop()) if len(days) == 1 else Described()


def _parsed(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _articles(script: object) -> Iterator[tuple[Described, bool]]:
    """What is described, and whether it is by its kind an article."""
    waiting = [script]
    while waiting:
        match waiting.pop():
            case [*items]:
                waiting.extend(reversed(items))
            case {"@type": kinds, **about} if _is_article(kinds):
                yield _described(about), True
            case {"@graph": graph}:
                waiting.append(graph)
            case {"@type": kinds, **about} if not _OTHER_KINDS.isdisjoint(_listed(kinds)):
                yield _described(about), False
                waiting.append(about.get("mainEntity"))
            case {"mainEntity": entity}:
                waiting.append(entity)


def _described(about: dict[Any, Any]) -> Described:
    page = about.get("mainEntityOfPage")
    url = about.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    published = about.get("datePublished") or about.get("uploadDate")
    return Described(_string(about.get("headline") or about.get("name")), _string(published), _string(url))


def _is_article(kinds: object) -> bool:
    """NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting and the like."""
    return any(kind.endswith(("Article", "Posting")) for kind in _listed(kinds))


def _listed(kinds: object) -> list[str]:
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds)]


def _string(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
