"""What web pages leave around an article: comment forms, cookie notices, share bars, sign-up boxes.

Only whole lines are dropped, and only lines that are nothing else: a sentence of the article that mentions a newsletter
or cookies stays. When in doubt, a line stays.
"""

from __future__ import annotations

from index.sources.furniture import is_caption, is_form_field, is_furniture, is_row, opens_form
from index.sources.headline import once
from index.sources.text import LONGEST_LOOKED_THROUGH, normalise, without_gaps


def clean(text: str) -> str:
    """Normalised text without the lines that pages leave around it. Cleaning what is clean changes nothing.

    A text of more than a million characters is only normalised: it was not taken from a page.
    """
    text = normalise(text)
    if len(text) > LONGEST_LOOKED_THROUGH:
        return text
    kept: list[str] = []
    seen: set[str] = set()
    previous = ""
    in_form = False
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not line:
            kept.append(line)
            continue
        if len(line) <= 2000:
            line = once(line, least=5)
        if is_furniture(line):
            in_form = in_form or opens_form(line)
            continue
        if in_form and is_form_field(line):
            continue
        words = line.count(" ") + 1
        # A line of verse may come again: there the next line goes on with the sentence.
        if (line in seen or (words >= 3 and line == previous)) and not is_row(line) and not following[:1].islower():
            continue  # a caption printed twice, a paragraph printed below its teaser
        if words >= 6 and is_caption(line):
            seen.add(line)
        kept.append(line)
        previous = line
    return without_gaps("\n".join(kept))
