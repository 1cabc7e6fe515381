"""What autocomplete offers, held in memory so that it answers in a few milliseconds."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.receipts import Asked

CHOICES = 25
CHOICE_LENGTH = 100
"""Discord's limits: https://discord.com/developers/docs/interactions/application-commands"""
_EACH = 25
_MOST = 2000
"""Persons, and channels: beyond that those that asked least recently are forgotten."""

K = TypeVar("K", bound=Hashable)


class Memory:
    """Recent questions by person and by channel, and questions worth asking by collections."""

    def __init__(self) -> None:
        self._own: OrderedDict[tuple[int | None, int], deque[Asked]] = OrderedDict()
        self._public: OrderedDict[int, deque[Asked]] = OrderedDict()
        self._channels: dict[int, int] = {}
        """The channel of each message that shows a public question: messages are deleted all the time, and few are ours."""
        self._worth: dict[tuple[str, ...], tuple[str, ...]] = {}

    def remember(self, asked: Asked) -> None:
        """Add a question, newer than all before, for the person who asked it."""
        _add(self._own, (asked.guild_id, asked.user_id), asked)

    def publish(self, asked: Asked) -> None:
        """Its answer stands in a channel for all to see: so does the question."""
        if asked.guild_id is not None:
            for forgotten in _add(self._public, asked.channel_id, asked):
                self._unlink(forgotten)
            self._channels.update(dict.fromkeys(asked.messages, asked.channel_id))

    def forget(self, message_ids: Collection[int]) -> None:
        """These messages are gone: nobody else is offered the questions they showed any more."""
        for message_id in message_ids:
            self._forget(message_id)

    def _forget(self, message_id: int) -> None:
        channel_id = self._channels.get(message_id)
        if channel_id is not None:
            for one in _remove(self._public, channel_id, lambda one: message_id in one.messages):
                self._unlink(one)

    def forget_before(self, moment: datetime) -> None:
        """Questions asked before `moment` are offered to nobody any more."""
        for person in list(self._own):
            _remove(self._own, person, lambda one: one.created < moment)
        for channel_id in list(self._public):
            for one in _remove(self._public, channel_id, lambda one: one.created < moment):
                self._unlink(one)

    def _unlink(self, asked: Asked) -> None:
        for message_id in asked.messages:
            self._channels.pop(message_id, None)

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


def _add(kept: OrderedDict[K, deque[Asked]], key: K, asked: Asked) -> list[Asked]:
    """Add a question to those of a person or channel; returns what had to go for it."""
    questions = kept.setdefault(key, deque())
    questions.append(asked)
    kept.move_to_end(key)
    gone = [questions.popleft()] if len(questions) > _EACH else []
    if len(kept) > _MOST:
        gone.extend(kept.popitem(last=False)[1])
    return gone


def _remove(kept: OrderedDict[K, deque[Asked]], key: K, applies: Callable[[Asked], bool]) -> list[Asked]:
    """Take those questions of a person or channel away to which it applies; returns them."""
    questions = kept[key]
    gone = [one for one in questions if applies(one)]
    for one in gone:
        questions.remove(one)
    if not questions:
        del kept[key]
    return gone
