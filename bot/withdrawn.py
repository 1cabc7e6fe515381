"""What people took back: messages they deleted, or edited so that they no longer ask. Their questions are then nobody's but
theirs."""

from __future__ import annotations

import logging
import sqlite3
from collections import OrderedDict, deque
from collections.abc import Iterable

from bot.executor import Executor
from bot.markup import spoken
from bot.memory import Memory
from bot.state import State

log = logging.getLogger(__name__)
_LATELY = 400
"""Messages lately deleted, and those that lately asked, that are remembered: their answer may still be on its way, or the disk
full."""


class Withdrawn:
    """Forgets in the memory and in the bot's file. Where the disk fails that is done the next time `tidy` is called."""

    def __init__(self, state: State, executor: Executor, memory: Memory) -> None:
        self.state, self.executor, self.memory = state, executor, memory
        self._deleted: deque[int] = deque(maxlen=_LATELY)
        self._asking: OrderedDict[int, str] = OrderedDict()

    def asking(self, message_id: int, asked: str) -> None:
        """That message asks this; its answer is on its way."""
        self._asking[message_id] = asked
        if len(self._asking) > _LATELY:
            self._asking.popitem(last=False)

    def any_of(self, message_ids: Iterable[int | None]) -> bool:
        """Whether one of these messages was deleted lately."""
        return not set(message_ids).isdisjoint(self._deleted)

    async def gone(self, message_ids: set[int]) -> None:
        """Those messages were deleted: what they asked or carried is seen by nobody but its asker."""
        self._deleted.extend(message_ids)
        self.memory.forget(message_ids)
        try:
            await self.executor.disk(self.state.unsent, sorted(message_ids))
        except sqlite3.Error as error:
            self.state.not_written("what was deleted could not be noted", error)

    async def edited(self, message_id: int, content: str) -> None:
        """That message now reads so: one that no longer asks its question is as good as deleted."""
        try:
            asked = self._asking.get(message_id) or await self.executor.disk(self.state.asked_in, message_id)
        except sqlite3.Error as error:
            self.state.not_written("what was edited could not be looked up", error)
            return
        if asked is not None and asked not in spoken(content):
            await self.gone({message_id})

    async def tidy(self) -> None:
        """Note once more what was deleted. Raises sqlite3.Error."""
        self.memory.forget(set(self._deleted))
        await self.executor.disk(self.state.unsent, list(self._deleted))
