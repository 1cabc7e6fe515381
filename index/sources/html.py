"""Web pages: the article's text and what the page says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.article import Published, canonical_url, names_page
from index.errors import BadSource
from index.sources import page_date
from index.sources.headline import without_outlet
from index.sources.linked_data import described
from index.sources.markup import write_out
from index.sources.quiet import quieten

LONGEST = 10_000_000
"""Characters up to which a page is read: finding the article in it takes about two seconds a million."""

_ADDRESSES = (
    "//meta[@property='og:url']/@content",
    "//link[@rel='canonical']/@href",
    "//meta[@name='twitter:url' or @property='twitter:url']/@content",
)


_BORDER_OF_TABLE = re.compile(r"^\|?(?:[ :]*-{3,}[ :]*\|)+[ :-]*\n", re.MULTILINE)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a page shows it; `text` is not cleaned yet. Fields the page does not state are empty."""

    text: str
    title: str = ""
    outlet: str = ""
    url: str | None = None
    published: Published | None = None


def read_page(markup: str, name: str) -> Page:
    """The article in a web page, found by trafilatura (https://aclanthology.org/2021.acl-demo.15/).

    Raises BadSource, naming `name`, if the page is too long or a feed, holds no text or cannot be taken apart.
    """
    if len(markup) > LONGEST:
        raise BadSource(
            f"{name} is a web page of more than 10 MB; save the article alone, as a smaller page or as text."
        )
    if _FEED.match(markup[:2000]):
        raise BadSource(f"{name} is a feed, a list of articles; save the articles' own pages.")
    quieten()
    try:
        return _page(markup, name)
    except BadSource:
        raise
    except Exception as error:  # whatever a page does to the libraries, the other articles are still read
        raise BadSource(
            f"{name} is a web page that cannot be taken apart ({type(error).__name__}); paste its text instead."
        ) from error


def _page(markup: str, name: str) -> Page:
    from trafilatura import bare_extraction, load_html

    tree = load_html(_wrapped(markup))
    if tree is None:
        raise no_text(name)
    about = described(tree)
    published = page_date.published(tree, about)
    addresses = _addresses(tree, about.url)
    write_out(tree)
    found = bare_extraction(tree, with_metadata=True, include_comments=False, config=_config())
    text = _string(found.text) if found is not None else ""
    if found is None or not text.strip():
        raise no_text(name)
    outlet = _string(found.sitename)
    titles = (_string(found.title), about.headline, str(tree.xpath("string(//title)")))
    return Page(
        text=_BORDER_OF_TABLE.sub("", text),
        title=next((title for stated in titles if (title := without_outlet(stated, outlet))), ""),
        outlet=outlet,
        url=_address(_string(found.url), addresses),
        published=published,
    )


def _string(value: object) -> str:
    """What a page's own description gives for a field, which may be a list, a dict or a number."""
    return value if isinstance(value, str) else ""


def no_text(name: str) -> BadSource:
    return BadSource(f"{name} holds no article text, only the page around it; save the page again or paste the text.")


def _wrapped(markup: str) -> str:
    """A fragment as a page: trafilatura takes whole documents only."""
    return (
        markup
        if "<body" in markup[:100_000].lower() or "<html" in markup[:10_000].lower()
        else f"<html><body>{markup}</body></html>"
    )


def _config() -> Any:
    """Short reports are articles too: with the default of 250 characters they come out as one line."""
    from trafilatura.settings import use_config

    config = use_config()
    for setting in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config.set("DEFAULT", setting, "1")
    return config


def _addresses(tree: Any, described: str) -> list[str]:
    """The addresses under which the page itself says that it is found, some of them without their site."""
    base = str(tree.xpath("string(//base/@href)"))
    stated = [str(value).strip() for path in _ADDRESSES for value in tree.xpath(path)]
    return [_joined(base, address) for address in [*stated, described] if address]


def _address(found: str, stated: list[str]) -> str | None:
    """What trafilatura found, where the page states an address: it also takes the base of the page's links, and the start page
    for readers of other languages, which all pages of an outlet share."""
    whole = [address for address in stated if _names_article(address)]
    # Of an address without its site only the path is known, which `_joined` puts behind a bare "https://".
    if _names_article(found) and (whole or urlsplit(found).path in {a.removeprefix("https://") for a in stated}):
        return found
    return whole[0] if whole else None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base or "https:", address)
    except ValueError:
        return address


def _names_article(address: str) -> bool:
    try:
        canonical = canonical_url(address)
    except ValueError:
        return False
    return canonical.startswith(("http://", "https://")) and bool(urlsplit(canonical).netloc) and names_page(canonical)
