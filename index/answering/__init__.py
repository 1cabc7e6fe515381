"""From passages and spans to an `Answer`: pure functions, the same input always giving the same answer."""

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
