"""Whose turn it is: several askers wait in one line, and each is served as often as the others."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Waiting items by who asked for them, taken out round robin."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[Hashable, deque[T]] = OrderedDict()

    def add(self, asker: Hashable, item: T) -> None:
        self._waiting.setdefault(asker, deque()).append(item)

    def next(self) -> T | None:
        """Take out the oldest item of the asker whose turn it is; None where nobody waits."""
        if not self._waiting:
            return None
        asker, items = self._waiting.popitem(last=False)
        item = items.popleft()
        if items:
            self._waiting[asker] = items
        return item

    def make_room(self, asker: Hashable) -> T | None:
        """Take out the newest item of whoever has most waiting, if that leaves them no fewer than `asker` will have with one
        more; else None."""
        if not self._waiting:
            return None
        most = max(self._waiting, key=lambda one: len(self._waiting[one]))
        if len(self._waiting[most]) - 1 <= len(self._waiting.get(asker, ())):
            return None
        return self._waiting[most].pop()

    def remove(self, asker: Hashable, item: T) -> bool:
        """Take this item out. Returns whether it was there."""
        items = self._waiting.get(asker)
        if items is None or item not in items:
            return False
        items.remove(item)
        if not items:
            del self._waiting[asker]
        return True

    def clear(self) -> Iterator[T]:
        """Take out everything."""
        while (item := self.next()) is not None:
            yield item
