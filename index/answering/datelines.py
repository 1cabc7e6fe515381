"""Where a report was sent from, before its first sentence: "AVILLE, Ohio (Example Wire) — "."""

from __future__ import annotations

import re

from index.answering.words import words

_DATELINE = re.compile(r"\s*[^\W\d_a-z](?:[^\W\d_a-z]|['’.\- ])+(?:,\s[\w .]+)?\s*(?:\([^)\n]{1,40}\)\s*)?[—–-]\s+")
_LONG_DATELINE = re.compile(r"\s*[A-Z][A-Z'’. -]+(?:,\s[A-Z][\w .]*){2,3}\s*(?:\([^)\n]{1,40}\)\s*)?[—–-]\s")
"""With state and day: "AVILLE, Ohio, Feb. 5 (Example Wire) —"."""


def dateline(text: str) -> str:
    """The dateline at the head of `text`, with the dash behind it; "" if there is none."""
    found = _DATELINE.match(text)
    return found[0] if found else ""


def is_dateline(text: str, before: str, after: str) -> bool:
    """ "AVILLE —", "AVILLE (Example Wire) —": where a report was written, at the head of its first sentence."""
    letters = [c for c in text.split("(")[0] if c.isalpha()]
    upper = (
        sum(c.isupper() for c in letters) > 0.5 * len(letters) and words(text)[0].text.isupper() if letters else False
    )
    if not upper or len(letters) <= 3 or before.strip():
        return False
    sentence = f"{text}{after} "  # the dash may end it, or, behind the agency's brackets, begin the next one
    return text.endswith(")") or bool(_DATELINE.match(sentence) or _LONG_DATELINE.match(sentence))
