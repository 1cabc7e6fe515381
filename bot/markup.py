"""Foreign text made safe for Discord: it cannot ping, link, format, start a block, or run over its place.

Rules of Discord's markdown: https://support.discord.com/hc/en-us/articles/210298617
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from urllib.parse import quote, urlsplit

from discord.utils import format_dt

from index import Citation, Published

ELLIPSIS = "…"
_SPECIAL = frozenset("\\*_~`|<>[]()#:/")
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories that are dropped: control, formatting (right-to-left overrides, zero width), private use."""
_UNSEEN_ALONE = _NOT_SHOWN | {"Mn", "Me", "Zs"}
"""With marks, which need a character to stand on."""
_JOINERS = frozenset("\u200c\u200d")
"""Zero-width joiners that scripts and emoji need; between two visible characters they stay."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that look like a space: fillers of Korean, the empty Braille pattern."""
_MARKS = 3
"""Combining marks on one character; more of them run over the lines above and below."""
_LOOKED_AT = 4
"""Times the limit, characters of a text that are cleaned: some are dropped, and a text may be of any length."""
_LIST = re.compile(r"^(\d{1,9})([.)])")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_URL_LIMIT = 400
_LONGEST_NAME, _LONGEST_OUTLET = 150, 60
_LOOKS_LIKE_LINK = re.compile(r"://|\bwww\.|\w[.。][a-z]{2}|\w{2}\.[^\W\d_]{2}", re.IGNORECASE)
"""Part of an address in normalised text; one letter before letters of another alphabet is an initial. Browsers take the
ideographic full stop for a dot; before other than Latin letters it ends a sentence."""

_PUT_IN = re.compile(r"<(?:@[!&]?|#|/[^<>:]{1,100}:|a?:\w{1,64}:|t:)-?\d{1,20}(?::[A-Za-z])?>")
"""People, roles, channels, commands, emoji and times, as Discord writes them into a message:
https://discord.com/developers/docs/reference#message-formatting"""


def spoken(text: str) -> str:
    """What a person wrote, less what Discord put in by number: no number of a question."""
    return re.sub(r"[ \t]{2,}", " ", _PUT_IN.sub(" ", text)).strip()


def clean(text: str) -> str:
    """The text as one line of visible characters."""
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if char.isspace() or category in ("Zl", "Zp"):
            char = " "
            if not kept or kept[-1] == " ":
                continue
        elif category in _NOT_SHOWN and not (char in _JOINERS and kept and kept[-1] != " "):
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MARKS:
            kept.append(char)
    return "".join(kept).strip()


def visible(text: str) -> bool:
    """Whether there is something to see in it. Of a long text the beginning counts."""
    shown = clean(_head(text, _LONGEST_NAME))
    return any(char not in _BLANK and unicodedata.category(char) not in _UNSEEN_ALONE for char in shown)


def _head(text: str, limit: int) -> str:
    """As much of the text as can matter where at most `limit` characters of it are shown."""
    return text.strip()[: _LOOKED_AT * limit]


def _pieces(text: str) -> Iterator[str]:
    """What each character becomes, in order."""
    for index, char in enumerate(text):
        if char == "@":
            # A zero-width space breaks @everyone and <@id> where a backslash does not: Discord's server ignores escapes.
            yield "@\u200b"
        elif char == ":" and text[index + 1 : index + 2] in ("", " "):
            yield char  # Ends a phrase, and cannot be of an address or an emoji's name.
        elif char in _SPECIAL:
            yield f"\\{char}"
        else:
            yield char


def escape(text: str, limit: int) -> str:
    """Cleaned and escaped for the middle of a line; at most `limit` characters, cut with an ellipsis."""
    head = _head(text, limit)
    pieces = list(_pieces(clean(head)))
    if sum(map(len, pieces)) <= limit and len(head) == len(text.strip()):
        return "".join(pieces)
    room = limit - len(ELLIPSIS)
    kept: list[str] = []
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + ELLIPSIS


def line(text: str, limit: int) -> str:
    """As `escape`, fit to begin a line: no list, heading or quote starts by accident."""
    safe = _LIST.sub(r"\1\\\2", escape(text, limit - 1))
    return f"\\{safe}" if safe[:1] in ("-", "+", "=") else safe


def label(text: str, limit: int) -> str:
    """For buttons, choices and modal fields, which know no markdown: cleaned and cut."""
    head = _head(text, limit)
    shown = clean(head)
    if len(shown) <= limit and len(head) == len(text.strip()):
        return shown
    return shown[: limit - len(ELLIPSIS)].rstrip() + ELLIPSIS


def quotation(text: str, start: int | None, end: int | None, limit: int) -> str:
    """The text in quotation marks with `text[start:end]` in bold, cut around it where it is longer than `limit`."""
    if start is None or end is None or not (span := clean(text[start:end])):
        return f"“{escape(text, limit - 2)}”"
    room = limit - len("“****”  ")
    bold = escape(span, room)
    before, after = escape(text[:start], 10**6), escape(text[end:], 10**6)
    spare = room - len(bold)
    if len(before) + len(after) > spare:
        # A third of the room for what leads to the answer, the rest for what follows.
        tail = min(len(after), max(spare - len(before), spare * 2 // 3))
        head = spare - tail
        if len(after) > tail:
            after = escape(text[end:], tail) if tail > 1 else ""
        if len(before) > head:
            before = _ending(text[:start], head)
    lead = " " if before and text[start - 1].isspace() else ""
    gap = " " if after and text[end].isspace() else ""
    return f"“{before}{lead}**{bold}**{gap}{after}”"


def highlighted(text: str, wanted: Callable[[str], bool], limit: int) -> str:
    """The text in quotation marks, every wanted word in bold, cut at its end where it is longer than `limit`."""
    room = limit - len("“”") - len(ELLIPSIS)
    parts: list[str] = []
    text = clean(text)
    pieces = list(_pieces(text))  # of the whole text: what a colon needs depends on the token after it
    for token in re.finditer(r"\w+|\W+", text):
        safe = "".join(pieces[token.start() : token.end()])
        if wanted(token[0]):
            safe = f"**{safe}**"
        if len(safe) > room:
            parts.append(ELLIPSIS)
            break
        room -= len(safe)
        parts.append(safe)
    return f"“{''.join(parts)}”"


def _ending(text: str, limit: int) -> str:
    """The last part of the text, escaped, from a word on, with an ellipsis before it."""
    pieces = list(_pieces(clean(text)))
    room = limit - len(ELLIPSIS)
    first = len(pieces)
    while first and room - len(pieces[first - 1]) >= 0:
        first -= 1
        room -= len(pieces[first])
    while 0 < first < len(pieces) and pieces[first - 1] != " ":
        first += 1
    kept = "".join(pieces[first:]).strip()
    return ELLIPSIS + kept if limit > 0 else ""


def safe_url(url: str | None) -> str | None:
    """The address as it may stand in a masked link, or None where it should not be one."""
    if not url or len(url) > _URL_LIMIT or any(char.isspace() or ord(char) < 32 for char in url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        ascii_host = (host or "").encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not ascii_host or "@" in parts.netloc:
        return None
    url = parts._replace(netloc=ascii_host if port is None else f"{ascii_host}:{port}").geturl()
    encoded = quote(url, safe=":/?#@!$&'*+,;=%~._-")
    return encoded if len(encoded) <= _URL_LIMIT else None


def day(published: Published) -> str:
    """An instant as a Discord timestamp, which everyone sees in their own zone; a day as the plain day it is."""
    if isinstance(published, datetime):
        try:
            return format_dt(published.astimezone(UTC), "f")
        except (OverflowError, ValueError):
            published = published.date()
    return plain_day(published)


def plain_day(published: date) -> str:
    """`Feb 5, 2025`, the same in every locale."""
    return f"{_MONTHS[published.month - 1]} {published.day}, {published.year}"


def _looks_like_link(text: str) -> bool:
    """Whether cleaned text reads as an address somewhere; look-alikes of the dot and marks that nobody sees do not hide it."""
    plain = unicodedata.normalize("NFKD", text)
    visible = "".join(char for char in plain if char not in _JOINERS and unicodedata.category(char) not in ("Mn", "Me"))
    return _LOOKS_LIKE_LINK.search(visible) is not None


def name_of(citation: Citation) -> str:
    """What the article is called: its title, else its outlet. Not escaped."""
    return next(filter(visible, (citation.title, citation.outlet)), "Untitled article")


def source(citation: Citation, *, limit: int = _LONGEST_NAME) -> str:
    """Title as link, outlet, date. A title that itself looks like an address is never a link: it might show another."""
    name = name_of(citation)
    title = escape(name, limit)
    url = safe_url(citation.url)
    linked = url is not None and not _looks_like_link(clean(_head(name, limit))[:limit])
    parts = [f"[{title}]({url})" if linked else title]
    if visible(citation.title):
        if visible(citation.outlet):
            parts.append(escape(citation.outlet, _LONGEST_OUTLET))
        elif url is not None:
            parts.append(escape(urlsplit(url).hostname or "", _LONGEST_OUTLET))
    parts.append(_dated(citation))
    return " · ".join(parts)


def brief(citation: Citation) -> str:
    """Outlet and date of an article whose title stands near."""
    name = citation.outlet if visible(citation.outlet) else name_of(citation)
    return f"{escape(name, _LONGEST_OUTLET)} · {_dated(citation)}"


def _dated(citation: Citation) -> str:
    return day(citation.published) if citation.published is not None else "no date"
