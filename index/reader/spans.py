"""Logits -> spans of the passage's text, with borders a reader of news would set."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from index.reader import Reading
from index.reader.borders import tidy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.reader.windows import Window

LONGEST = 30
"""Tokens of a span at most."""
CANDIDATES = 20
"""Starts and ends looked at in one window."""
FREE = 6
"""Tokens of a span that cost nothing."""
PER_TOKEN = 0.15
"""What each further one takes off the margin. Starts and ends are scored apart, so that a long span often joins the start
of one answer to the end of another. Chosen on the fit half of the development questions: exact match +0.8 points, F1 -0.1."""


def window_spans(logits: NDArray[np.float32], window: Window) -> Iterator[tuple[float, int, int]]:
    """(margin, first character, last character + 1) of the window's likely spans, best first; among equals the earlier and
    shorter. `logits`: [tokens, 2] of the window."""
    passage = logits[window.first : window.first + len(window.offsets)].astype(np.float64)
    null = float(logits[0, 0]) + float(logits[0, 1])
    starts = np.argsort(-passage[:, 0], kind="stable")[:CANDIDATES, None]
    ends = np.argsort(-passage[:, 1], kind="stable")[None, :CANDIDATES]
    length = ends - starts + 1
    margins = passage[starts, 0] + passage[ends, 1] - null - PER_TOKEN * np.maximum(length - FREE, 0)
    rows, columns = np.nonzero((length > 0) & (length <= LONGEST))
    first, last, found = starts[rows, 0], ends[0, columns], margins[rows, columns]
    # Of a few hundred spans a handful is taken: each is made only when asked for.
    for place in np.lexsort((last, first, -found)):
        yield float(found[place]), window.offsets[first[place]][0], window.offsets[last[place]][1]


def best_spans(text: str, found: Iterable[tuple[float, int, int]], count: int) -> list[Reading]:
    """The `count` best different spans of those `found`, which come best first."""
    kept: dict[tuple[int, int], float] = {}
    for margin, start, end in found:
        borders = tidy(text, start, end)
        if borders is not None and borders not in kept:
            kept[borders] = margin
            if len(kept) == count:
                break
    return [Reading(start, end, margin) for (start, end), margin in kept.items()]


def read_windows(
    text: str, windows: Sequence[Window], logits: Sequence[NDArray[np.float32]], count: int
) -> list[Reading]:
    """The passage's readings from all its windows."""
    found = (window_spans(marks, window) for window, marks in zip(windows, logits, strict=True))
    return best_spans(text, heapq.merge(*found, key=lambda span: (-span[0], span[1], span[2])), count)
