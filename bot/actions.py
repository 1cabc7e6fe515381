"""What a button or modal does, written into its custom id: `nutgraf:<action>:<receipt>[:<argument>]`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "nutgraf"
_PATTERN = re.compile(rf"{PREFIX}:([a-z-]{{1,20}}):([a-z0-9]{{1,32}})(?::([0-9]{{1,6}}))?")


class Action(StrEnum):
    PASSAGES = "passages"
    """Show the passages privately, as a new message."""
    PAGE = "page"
    """Turn the page of a message that shows passages."""
    FOLLOW_UP = "follow-up"
    SHARE = "share"
    HELPFUL = "helpful"
    WRONG = "wrong"
    REASON = "reason"
    """Say why it is wrong."""
    ASK = "ask"
    """Ask the suggestion of that number."""


@dataclass(frozen=True, slots=True)
class Press:
    """A custom id, read. `known` is False where it is ours but of another version."""

    action: Action | None
    receipt: str
    argument: int = 0


def custom_id(action: Action, receipt: str, argument: str = "") -> str:
    return f"{PREFIX}:{action}:{receipt}" + (f":{argument}" if argument else "")


def parse(value: str) -> Press | None:
    """What a custom id says; None where it is not ours. An unknown action of ours has `action` None."""
    match = _PATTERN.fullmatch(value)
    if match is None:
        return Press(None, "") if value.startswith(f"{PREFIX}:") else None
    try:
        action = Action(match[1])
    except ValueError:
        return Press(None, match[2])
    return Press(action, match[2], int(match[3] or 0))
