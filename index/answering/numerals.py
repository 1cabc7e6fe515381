"""Numbers in words, and the words that multiply or divide one."""

from __future__ import annotations

import re

from index.answering.units import UNIT_STEMS
from index.answering.words import stem

_ONES = {w: n for n, w in enumerate(
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"))
}  # fmt: skip
_TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "billion": 1e9,
           "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "dozen": 12.0}  # fmt: skip
_PARTS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PART = re.compile(
    r"(?:-|\s)(?:(?P<many>{0})s|(?P<one>{0})|(?P<quarters>quarters))\b(?!-)".format("|".join(_PARTS)), re.I
)
"""Makes a fraction of the number in front of it: "two-thirds"."""
NUMBER_WORDS = (*_ONES, *_TENS)
"""From zero to ninety."""
NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS[2:])})\b", re.I)
"""From two on: "no one" counts nothing."""


def fraction(amount: float, tail: str) -> tuple[float, str]:
    """Two-thirds of two, and what follows; unchanged where no part is named ("two third-graders")."""
    part = _PART.match(tail)
    if part is None or bool(part["one"]) != (amount == 1) or (part["quarters"] and amount != 3):
        return amount, tail
    whole = 4 if part["quarters"] else _PARTS[(part["many"] or part["one"]).lower()]
    return amount / whole, tail[part.end() :]


def in_words(number: int) -> str:
    """A whole number below a hundred as it is written out, without hyphen: "twenty one"."""
    ones = {value: word for word, value in _ONES.items()}
    if number in ones:
        return ones[number]
    ten, rest = divmod(number, 10)
    tens = {value: word for word, value in _TENS.items()}
    return f"{tens[10 * ten]} {ones[rest]}" if rest else tens[10 * ten]


def spelled_out(text: str) -> tuple[float, int] | None:
    """A number in words at the beginning of `text`, and where it ends: "one thousand nine hundred forty-nine" -> 1949."""
    total = current = 0.0
    end, seen = 0, False
    for match in re.finditer(r"[^\W\d_]+", text):
        token, gap = match.group().lower(), text[end : match.start()]
        if gap.strip(" -‐‑"):
            break
        if token in _ONES or token in _TENS:
            current += _ONES.get(token, 0) + _TENS.get(token, 0)
            seen = True
        elif token in SCALES and len(token) > 4 and seen:
            if token == "hundred":
                current *= 100
            elif token == "dozen":
                current *= 12
            else:
                total, current = total + current * SCALES[token], 0.0
        elif token in {"a", "an"} and not seen and _counts_one(text[match.end() :]):
            current, seen = 1.0, True
        elif token == "half" and not seen and _counts_one(text[match.end() :]):
            current, seen = 0.5, True
        elif (
            token in {"a", "an"}
            and seen
            and gap
            and (current == 0.5 or text[match.end() :].lower().startswith(" half"))
        ):
            pass
        elif token == "half" and seen and text[: match.start()].lower().endswith("and a "):
            total, current = (total, current + 0.5) if current else (1.5 * total, 0.0)
        elif (
            token == "and" and seen and re.match(rf"\W+({'|'.join(NUMBER_WORDS)}|a half)\b", text[match.end() :], re.I)
        ):
            pass
        else:
            break
        end = match.end()
    return (total + current, end) if seen else None


def _counts_one(after: str) -> bool:
    following = re.match(r"\W*([^\W\d_]+)", after)
    return following is not None and (
        stem(following[1]) in UNIT_STEMS or following[1].lower() in {*SCALES, "a", "half"}
    )  # fmt: skip
