"""Which articles are prints of one report: MinHash over word shingles, never meaning. Two outlets on one event are two.

Broder, "On the resemblance and containment of documents", 1997; MinHash by datasketch. A shortened reprint resembles the
whole report little but is contained in it, so containment decides; it follows from the estimated resemblance and the
known sizes: |A and B| = J (|A| + |B|) / (1 + J).
"""

from __future__ import annotations

import struct
from collections.abc import Hashable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from index.answering.words import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)

SHINGLE = 5
"""Words in a shingle: long enough that two writers seldom share one outside a quotation."""
PERMUTATIONS = 256
CONTAINED = 0.4
"""Share of the shorter article's shingles that the longer must hold. Edits of one word in twelve leave .55; two reports of
one event that quote the same statement share under .2."""
_SIZE = struct.Struct("<I")
_AT_A_TIME = 10_000
"""Shingles hashed together: a kilobyte each is needed meanwhile."""


def signature(text: str) -> bytes:
    """What is kept of an article for telling copies: the number of its shingles and its MinHash, about a kilobyte.

    Case, punctuation and line breaks make no difference. Never raises; an empty text gives a signature like no other's.
    """
    from datasketch import MinHash

    tokens = _fold_words(text)
    shingles = (
        {" ".join(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1))} if tokens else set()
    )
    # The scheme is part of what is stored: signatures of different schemes cannot be compared.
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")
    waiting = iter(shingles)  # the least values come out, whatever the order
    while some := [shingle.encode() for shingle in islice(waiting, _AT_A_TIME)]:
        sketch.update_batch(some)
    return _SIZE.pack(len(shingles)) + bytes(sketch.hashvalues.astype("<u4").tobytes())


def _fold_words(text: str) -> list[str]:
    return [t for t in ("".join(c for c in w if c.isalnum()) for w in fold(text).split()) if t]


def same_story(a: bytes, b: bytes) -> bool:
    """Whether one of the articles is a copy of the other, shortened or edited."""
    return bool(_contained(*_unpack([a, b]), 0)[1])


def stories(signatures: Mapping[Key, bytes]) -> dict[Key, int]:
    """A number for each article's story; the same articles always get the same division, whatever their order.

    Each article is compared with the longest of each story found so far, longest first, so that two reprints of
    different halves meet in the whole. Identical signatures are compared once: ten thousand copies cost what one does.
    Meant for the articles of one answer; n distinct stories cost n^2 comparisons (two thousand: about a second).
    """
    import numpy as np

    distinct = sorted(set(signatures.values()), key=lambda s: (-_size(s), s))
    if not distinct:
        return {}
    sizes, sketches = _unpack(distinct)
    number = np.full(len(distinct), -1)
    count = 0
    for i in range(len(distinct)):
        if number[i] >= 0:
            continue
        alike = _contained(sizes, sketches, i) & (number < 0)
        alike[i] = True
        number[alike] = count
        count += 1
    story = {s: int(n) for s, n in zip(distinct, number, strict=True)}
    return {key: story[s] for key, s in signatures.items()}


def _size(signature_: bytes) -> int:
    return int(_SIZE.unpack_from(signature_)[0])


def _unpack(signatures: list[bytes]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    import numpy as np

    sizes = np.array([_size(s) for s in signatures], dtype=np.int64)
    return sizes, np.stack([np.frombuffer(s, dtype="<u4", offset=_SIZE.size) for s in signatures])


def _contained(sizes: NDArray[np.int64], sketches: NDArray[Any], i: int) -> NDArray[np.bool_]:
    """For each article, whether it and article `i` share enough of the shorter one."""
    import numpy as np

    resemblance = (sketches == sketches[i]).mean(axis=1)
    common = resemblance * (sizes + sizes[i]) / (1 + resemblance)
    smaller = np.minimum(sizes, sizes[i])
    alike: NDArray[np.bool_] = (common >= CONTAINED * smaller) & (smaller > 0)
    return alike
