"""When a web page says that its article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from index.article import Published
from index.sources.dates import read_published
from index.sources.linked_data import Described

_META = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "pubdate", "publish-date", "publish_date", "publication_date", "date", "dc.date",
)  # fmt: skip
"""Names under which pages state the day of publication, the least ambiguous first."""
_LONG_PARAGRAPH = 80
_CHANGED = re.compile(r"modif|updat|chang|revis", re.IGNORECASE)
_OF_PUBLICATION = re.compile(r"publish|pubdate|entry-date|posted")
_MARKED = re.compile(r"\b(?:date|datepublished|dateline|published|posted|pubdate|timestamp)\b")
_WORDED = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?),? \d{4}")
_TWO_DAYS = re.compile(r"\b(0?[1-9]|1[0-2])([/-])(?!\1\2)(?:0?[1-9]|1[0-2])\2(?:\d\d)?\d\d\b")
"""A day in figures whose month may be its day."""
_MONTH_MAY_COME_FIRST = re.compile(r"(?:en(?:-(?:us|ca|ph))?)?$", re.IGNORECASE)
"""Languages of pages on which it may, or that are not told."""


def published(tree: Any, described: Described) -> Published | None:
    """The day or instant that the page `tree` states, `described` being what its JSON-LD says; None where it states none, or only
    when it was last changed. What other articles on the page state does not count.
    """
    stated = dict(_metas(tree))
    names = [name for name in _META if name in stated]
    own, other = (described.published, "") if described.own else ("", described.published)
    values = [stated.pop(_META[0], ""), own, *(stated.get(name, "") for name in names), *_times(tree), other]
    return next((found for value in values if value and (found := read_published(value))), None) or _guessed(tree)


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for meta in reversed(tree.xpath("//meta[@content]")):  # so that the first of a name stays
        for key in ("property", "name", "itemprop"):
            if name := str(meta.get(key) or "").strip().lower():
                yield name, str(meta.get("content"))


def _times(tree: Any) -> Iterator[str]:
    """What stands in the article, or where there is none below the headline: days marked as that of publication, then those
    above the text, then what its side notes mark."""
    article = next(iter(tree.xpath("//article[.//h1]") or tree.xpath("//article[not(//article[2])]")), None)
    place = tree if article is None else article
    aside = set(place.xpath(".//nav//* | .//aside//* | .//footer//*"))
    held = [e for e in place.iter("time", "span", "div", "p", "meta", "abbr") if e.get("datetime") or _is_marked(e)]
    held = [e for e in held if not _CHANGED.search(_marks(e)) and not _in_prose(e)]
    marked = [e for e in held if _OF_PUBLICATION.search(_marks(e))]
    above = set(_above_text(place, headed=article is None))
    ordered = [
        *(e for e in marked if e not in aside or (article is not None and e.tag == "time" and _in_footer(e))),
        *(e for e in held if e in above and e not in aside),
        *(e for e in marked if article is not None),
    ]
    yield from (str(e.get("datetime")) for e in ordered if e.get("datetime"))
    yield from (day for e in ordered for day in _WORDED.findall(e.text_content()[:_LONG_PARAGRAPH]))


def _above_text(place: Any, *, headed: bool) -> Iterator[Any]:
    """What stands before the second long paragraph; `headed`: and behind the headline, if there is one."""
    begun = not headed or place.find(".//h1") is None
    paragraphs = 0
    for element in place.iter():
        begun = begun or element.tag == "h1"
        if begun:
            yield element
            paragraphs += element.tag == "p" and len(element.text_content()) > _LONG_PARAGRAPH
            if paragraphs == 2:
                return


def _is_marked(element: Any) -> bool:
    return bool(_MARKED.search(_marks(element)))


def _in_footer(element: Any) -> bool:
    return next((e.tag for e in element.iterancestors("nav", "aside", "footer")), "") == "footer"


def _in_prose(element: Any) -> bool:
    """Whether a sentence ends behind it, as in: It was built on May 1, 1937."""
    parent = element.getparent()
    if parent is None or not (element.tail or "").strip():
        return False
    last = parent[-1]
    return ((last.tail or "").strip() or last.text_content().rstrip()).endswith((".", "!", "?"))


def _marks(element: Any) -> str:
    pubdate = "pubdate" if element.get("pubdate") is not None else ""
    return f"{element.get('class') or ''} {element.get('itemprop') or ''} {pubdate}".lower()


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
