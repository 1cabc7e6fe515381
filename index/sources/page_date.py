"""When a web page says that its article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import Any

from index.article import Published
from index.sources.dates import read_published

_META = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "pubdate", "publish-date", "publish_date", "publication_date", "date", "dc.date",
)  # fmt: skip
"""Names under which pages state the day of publication, the least ambiguous first."""
_APART = "ancestor-or-self::aside or ancestor-or-self::footer or ancestor-or-self::nav"
_LONG_PARAGRAPH = 80
_CHANGED = re.compile(r"modif|updat|chang|revis", re.IGNORECASE)
_MARKED = re.compile(r"\b(?:date|dateline|published|posted|pubdate|timestamp)\b")
_WORDED = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?),? \d{4}")
_TWO_DAYS = re.compile(r"\b(0?[1-9]|1[0-2])([/-])(?!\1\2)(?:0?[1-9]|1[0-2])\2(?:\d\d)?\d\d\b")
"""A day in figures whose month may be its day."""
_MONTH_MAY_COME_FIRST = re.compile(r"(?:en(?:-(?:us|ca|ph))?)?$", re.IGNORECASE)
"""Languages of pages on which it may, or that are not told."""


def published(tree: Any, described: str) -> Published | None:
    """The day or instant that the page `tree` states, `described` being what its JSON-LD says; None where it states none, or only
    when it was last changed. What other articles on the page state does not count.
    """
    stated = dict(_metas(tree))
    names = (name for name in _META if name in stated)
    values = [stated.pop(_META[0], ""), described, *(stated.get(name, "") for name in names), *_times(tree)]
    return next((found for value in values if value and (found := read_published(value))), None) or _guessed(tree)


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for meta in reversed(tree.xpath("//meta[@content]")):  # so that the first of a name stays
        for key in ("property", "name", "itemprop"):
            if name := str(meta.get(key) or "").strip().lower():
                yield name, str(meta.get("content"))


def _times(tree: Any) -> Iterator[str]:
    """Those marked as the day of publication, then those between the headline and the text."""
    yield from map(str, tree.xpath(f"//*[@itemprop='datePublished'][not({_APART})]/@datetime"))
    yield from map(str, tree.xpath(f"//article//time[@pubdate][not({_APART})]/@datetime"))
    above = [element for element in islice(_above_text(tree), 20) if not _CHANGED.search(_marks(element))]
    above.sort(key=lambda element: "publish" not in _marks(element))
    yield from (str(element.get("datetime")) for element in above if element.get("datetime"))
    yield from (day for element in above for day in _WORDED.findall(element.text_content()[:_LONG_PARAGRAPH]))


def _above_text(tree: Any) -> Iterator[Any]:
    """Elements that hold a time, or are marked as holding a day."""
    for element in tree.iter("time", "p", "span", "div"):
        if element.tag == "p" and len(element.text_content()) > _LONG_PARAGRAPH:
            return
        holds = element.get("datetime") if element.tag == "time" else _MARKED.search(_marks(element))
        if holds and not element.xpath(_APART) and not _in_prose(element):
            yield element


def _in_prose(element: Any) -> bool:
    """Whether a sentence ends behind it, as in: It was built on May 1, 1937."""
    last = element.getparent()[-1]
    ending = (last.tail or "").strip() or last.text_content().rstrip()
    return bool((element.tail or "").strip()) and ending.endswith((".", "!", "?"))


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()


def _guessed(tree: Any) -> Published | None:
    """A day that only the page's text shows, found by htmldate (https://doi.org/10.21105/joss.02439). Extensive search would
    take days from anywhere in the text; and figures that are two days, of which it would take one, are taken out before."""
    from htmldate import find_date

    page = deepcopy(tree)
    for element in page.xpath("//aside|//footer|//nav|//script|//style|//meta|//time[@datetime]"):
        marked = " ".join(str(value) for key, value in element.attrib.items() if key != "content")
        if element.tag != "meta" or _CHANGED.search(marked):
            element.drop_tree()
    ambiguous = _MONTH_MAY_COME_FIRST.match(str(tree.xpath("string(/html/@lang)")).strip())
    for element in page.iter() if ambiguous else ():
        for part in ("text", "tail"):
            if isinstance(text := getattr(element, part), str):
                setattr(element, part, _TWO_DAYS.sub(" ", text))
        for key in ("content", "datetime", "title"):
            if value := element.get(key):
                element.set(key, _TWO_DAYS.sub(" ", value))
    found = find_date(page, extensive_search=False, original_date=True)
    return read_published(found) if found else None
