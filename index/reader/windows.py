"""Question and passage -> the token windows the model reads: `[CLS] question [SEP] title, lede, part of the passage [SEP]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

QUESTION_TOKENS = 64
"""A question is cut here: no one asks for so long, and the passage needs the room."""
TITLE_TOKENS = 32
"""A title is cut here. It names what its article is about, so that a passage need not say it again; no answer lies in it."""
LEDE_TOKENS = 64
"""A lede is cut here. It tells what its article is about and what the passage takes for known; no answer lies in it."""
WINDOW = 320
"""Tokens of one window, special tokens included. Passages are seldom longer."""
OVERLAP = 96
"""Tokens two neighbouring windows share, so that an answer on a border stands whole in one of them."""


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the model. `offsets[i]` are the characters of the passage under token `first + i`."""

    ids: list[int]
    types: list[int]
    first: int
    offsets: list[tuple[int, int]]


def plain(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer with neither truncation nor padding, whatever its file says."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, text: str) -> Encoding:
    """The text's tokens, without special ones. Lone surrogates, which UTF-8 cannot hold, are read as U+FFFD."""
    return tokenizer.encode(
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), add_special_tokens=False
    )


def join(
    tokenizer: Tokenizer,
    question: list[int],
    passage: list[int],
    offsets: list[tuple[int, int]],
    above: Sequence[int] = (),
) -> Window:
    """The window made of these token ids; `above` is read and never marked."""
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    assert start is not None and end is not None, "a BERT tokenizer has these"
    head = [start, *question[:QUESTION_TOKENS], end]
    told = [*above, *passage, end]
    return Window([*head, *told], [0] * len(head) + [1] * len(told), len(head) + len(above), offsets)


def windows(
    tokenizer: Tokenizer,
    question: str,
    passage: str,
    title: str = "",
    lede: str = "",
    *,
    size: int = WINDOW,
    overlap: int = OVERLAP,
) -> Iterator[Window]:
    """The windows over a passage, in order, each under the title and the lede; none for a passage without a token."""
    asked = encode(tokenizer, question).ids[:QUESTION_TOKENS]
    above = encode(tokenizer, title).ids[:TITLE_TOKENS] + encode(tokenizer, lede).ids[:LEDE_TOKENS]
    encoding = encode(tokenizer, passage)
    ids, offsets = encoding.ids, encoding.offsets
    room = size - len(asked) - len(above) - 3
    for first in range(0, len(ids), room - overlap):
        yield join(tokenizer, asked, ids[first : first + room], offsets[first : first + room], above)
        if first + room >= len(ids):
            break
