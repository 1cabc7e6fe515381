"""Markdown to plain prose: links become their text, marks of emphasis and headings go, lists stay lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.sources.headline import BYLINE
from index.sources.text import LONGEST_LOOKED_THROUGH

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<[^<>]*>")
_ENDS_SENTENCE = re.compile(r"[.。।][\"'”’)]*$")
_NOT_PROSE = re.compile(r"\s*<(?:script|style|!--|\?|!\[CDATA)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prose:
    """What a Markdown text says. `heading` is its first heading where that is a title: no sentence, and none before it."""

    text: str
    heading: str | None = None
    alts: tuple[str, ...] = ()
    """The descriptions of the images that stand alone, in order."""


def plain(markdown: str, *, titled: bool = False) -> Prose:
    """The prose of a Markdown text (CommonMark with tables, and without ~~struck out~~ words), paragraphs apart, single line
    breaks kept. Of a text that is `titled` already every heading stays in the prose.
    """
    if len(markdown) > LONGEST_LOOKED_THROUGH:
        return Prose(markdown)
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    blocks: list[str] = []
    alts: list[str] = []
    heading: str | None = None
    for block in _blocks(tokens, alts):
        first = block.level and not titled and heading is None and sum(map(len, blocks)) <= 200
        # A lower heading after a sentence, or that is one, is not that of the whole.
        if first and (block.level == 1 or not any(map(_is_sentence, [*blocks, block.text]))):
            heading = block.text
        else:
            blocks.append(block.text)
    return Prose("\n\n".join(blocks), heading, tuple(alts))


def _is_sentence(block: str) -> bool:
    """Not a byline, a day or a credit that ends in a full stop."""
    return len(block.split()) >= 6 and not BYLINE.match(block) and bool(_ENDS_SENTENCE.search(block))


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    level: int = 0
    """Of a heading, from 1."""


def _blocks(tokens: Sequence[Token], alts: list[str]) -> Iterator[_Block]:
    items: list[str] = []  # the lines of the list or table being read
    marker, markers = "", list[str]()
    row: list[str] = []
    in_table = False
    previous: Token | None = None
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                markers.append("-")
            case "bullet_list_close" | "ordered_list_close":
                markers.pop()
                if not markers and items:
                    yield _Block("\n".join(items))
                    items.clear()
            case "list_item_open":
                marker = f"{token.info}{token.markup} " if token.info else "- "
            case "table_open":
                in_table = True
            case "table_close":
                in_table = False
                yield _Block("\n".join(items))
                items.clear()
            case "tr_close":
                items.append(" | ".join(row))
                row.clear()
            case "inline":
                text = _inline(token.children or (), alts).strip()
                if in_table:
                    row.append(text)
                elif text and markers:
                    items.append(f"{marker}{text}")
                    marker = ""
                elif text:
                    yield _Block(text, int(previous.tag[1:]) if previous and previous.type == "heading_open" else 0)
            case "code_block" | "fence":
                yield _Block(token.content)
            case "html_block" if not _NOT_PROSE.match(token.content):
                yield _Block(_TAG.sub(" ", token.content))
        previous = token


def _inline(children: Iterable[Token], alts: list[str]) -> str:
    """The text of one paragraph. Images leave no text; their descriptions go to `alts`."""
    parts: list[str] = []
    struck_out = 0
    for token in children:
        match token.type:
            case "s_open" | "s_close":
                struck_out += token.nesting
            case _ if struck_out:
                pass
            case "image":
                alts.append(token.content)
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "html_inline":
                parts.append("\n" if token.content.lower().startswith("<br") else "")
            case _:
                parts.append(token.content)
    return "".join(parts)
