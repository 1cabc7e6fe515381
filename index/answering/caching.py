"""Remembering what was made of a text, within bounds of memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_SHORT = 1200
"""Characters: nearly all questions and passages. What is made of a text is many times as large as the text."""
_LONG_ONES = 128
"""Enough for the passages of the questions being answered."""


def cached(maxsize: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Remembers what the function made of the last `maxsize` short texts, and of fewer long ones: by number alone a few
    thousand long questions would fill the memory."""

    def decorate(function: Callable[[str], T]) -> Callable[[str], T]:
        short = lru_cache(maxsize)(function)
        long = lru_cache(min(maxsize, _LONG_ONES))(function)

        @wraps(function)
        def remembering(text: str) -> T:
            return short(text) if len(text) <= _SHORT else long(text)

        return remembering

    return decorate
