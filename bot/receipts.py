"""What is remembered of an answer that was given: plain data, which `state` keeps and everything else shows."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from index import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """An answer as it was given, and where. `asked` is what the person wrote; `answer.question` is what was understood.

    `guild_id` is None in a DM. `message_id` is the bot's message that carries the answer, as long as it exists, and so does
    the message that asked. `chat`: given to a message, not to a command; `question_id` is that message. `previous` is the
    question it followed up on. `suggestions` are questions offered with it. `kept` is false where it could not be written
    down: nothing of it can be looked up later.
    """

    id: str
    kind: Literal["ask", "search"] = "ask"
    guild_id: int | None
    channel_id: int
    user_id: int
    private: bool
    chat: bool = False
    asked: str
    answer: Answer
    created: datetime
    message_id: int | None = None
    previous: str | None = None
    suggestions: tuple[str, ...] = ()
    question_id: int | None = None
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the list of recent questions. `guild_id` is None in a DM. `messages`: those that show it to others than the
    asker; it is shown as long as all of them exist."""

    receipt: str
    guild_id: int | None
    channel_id: int
    user_id: int
    question: str
    created: datetime
    messages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's. `reason`: what they said is wrong."""

    helpful: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    helpful: int = 0
    wrong: int = 0


def new_id() -> str:
    """80 random bits as 16 letters and digits, which markdown leaves alone."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def shown_in(message_id: int | None, question_id: int | None) -> tuple[int, ...]:
    """The messages that show a question as long as its answer stands: the answer's own, and the one that asked."""
    return () if message_id is None else (message_id,) if question_id is None else (message_id, question_id)
