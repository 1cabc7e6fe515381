"""From passages and spans to an `Answer`: pure functions, the same input always giving the same answer.

What comes before what, and the modules that know how:

- A question is made whole with the one before (`following`, which asks `exchanging`, `pronouns`), split into the sides of a
  comparison (`planning`), and understood among the passages found: its `kinds`, its names and terms (`question`), and how
  telling each is (`rarity`). `since` reads the period that a person writes.
- What is read: the `excerpts` of passages, under their `ledes`, with their month (`publication`).
- Each span that the reader marks becomes one of the `candidates`. It is cut down to what was asked (`narrowing`), or made a
  full name (`completing`); its day is looked up in the calendar (`time`, by `tense` and `present`). The evidence about it is
  its `support`: the form an answer must have (`forms`), words turned round (`opposites`), what lies `ahead`; and what the
  article takes back (`corrections`) or tells as changed (`changes`). `choice` weighs all this.
- Equal answers are joined (`joining`, by their `values` or by `naming`) and counted by `stories`; figures that differ are put
  in order (`conflicts`).
- `features` of the heaviest give its `confidence`. What is sure enough is shown word for word (`quoting`) with who says it
  (`speakers`, by `bystanders` and `coordination`).
- Where no reader reads, or prose is asked for, `sentences` are ranked by the question's words, and a figure is marked in the
  best (`marking`). `latest` tells the newest stories instead.
- `compose` goes through all of this, with what its `context` tells; `comparing` puts two answers side by side.

Below lie the `words` and what they are made into: `dates`, `moments`, `numerals`, `units`, `people`, `datelines`; `caching`
remembers what was made of a text. Apart stand
`suggestions` of what to ask, and what fits `confidence.json`: `calibration`, `fit_choice`, `fit`.
"""

from index.answering.comparing import compare
from index.answering.compose import compose
from index.answering.context import Context, Reading, Ref
from index.answering.excerpts import WHOLE, excerpts
from index.answering.following import follow_up
from index.answering.ledes import ledes
from index.answering.planning import Part, Plan, plan
from index.answering.publication import dated_title
from index.answering.since import parse_since

__all__ = [
    "WHOLE",
    "Context",
    "Part",
    "Plan",
    "Reading",
    "Ref",
    "compare",
    "compose",
    "dated_title",
    "excerpts",
    "follow_up",
    "ledes",
    "parse_since",
    "plan",
]
