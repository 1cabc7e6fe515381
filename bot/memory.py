"""What autocomplete offers, held in memory so that it answers in a few milliseconds."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.receipts import Asked

CHOICES = 25
CHOICE_LENGTH = 100
"""Discord's limits: https://discord.com/developers/docs/interactions/application-commands"""
_EACH = 25


class Memory:
    """Recent questions by person and by channel, and questions worth asking by collections."""

    def __init__(self) -> None:
        self._own: dict[tuple[int | None, int], deque[Asked]] = defaultdict(lambda: deque(maxlen=_EACH))
        self._public: dict[int, deque[Asked]] = defaultdict(lambda: deque(maxlen=_EACH))
        self._worth: dict[tuple[str, ...], tuple[str, ...]] = {}

    def remember(self, asked: Asked) -> None:
        """Add a question, newer than all before, for the person who asked it."""
        self._own[asked.guild_id, asked.user_id].append(asked)

    def publish(self, asked: Asked) -> None:
        """Its answer stands in a channel for all to see: so does the question."""
        if asked.guild_id is not None:
            self._public[asked.channel_id].append(asked)

    def forget(self, message_ids: Collection[int]) -> None:
        """These messages are gone: nobody else is offered the questions they showed any more."""
        for questions in self._public.values():
            for one in [one for one in questions if not set(one.messages).isdisjoint(message_ids)]:
                questions.remove(one)

    def forget_before(self, moment: datetime) -> None:
        """Questions asked before `moment` are offered to nobody any more."""
        for questions in (*self._own.values(), *self._public.values()):
            for one in [one for one in questions if one.created < moment]:
                questions.remove(one)

    def worth_asking(self, collections: Sequence[str], questions: Iterable[str]) -> None:
        """These questions are worth asking of these collections, until told otherwise."""
        self._worth[tuple(collections)] = tuple(questions)

    def questions(
        self, typed: str, *, guild_id: int | None, channel_id: int, user_id: int, collections: Sequence[str]
    ) -> list[str]:
        """What to offer: the person's own questions in this server (or DM), those asked publicly in this channel, then those
        worth asking. Longer ones than a choice can carry are left out.
        """
        own = [one.question for one in reversed(self._own.get((guild_id, user_id), ()))]
        public = [one.question for one in reversed(self._public.get(channel_id, ()))]
        worth = self._worth.get(tuple(collections)) or self._worth.get(tuple(collections)[-1:], ())
        wanted = typed.casefold().split()
        offered = dict.fromkeys(
            question
            for question in (*own[:8], *public[:8], *worth, *own[8:], *public[8:])
            if 0 < len(question) <= CHOICE_LENGTH and all(word in question.casefold() for word in wanted)
        )
        return list(offered)[:CHOICES]

    def receipts(self, typed: str, *, guild_id: int | None, user_id: int) -> list[Asked]:
        """The person's own newest answers in this server (or DM)."""
        wanted = typed.casefold()
        own = reversed(self._own.get((guild_id, user_id), ()))
        return [one for one in own if wanted in one.receipt or wanted in one.question.casefold()][:CHOICES]
