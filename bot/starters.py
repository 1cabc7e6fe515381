"""Questions worth asking, which autocomplete offers where nothing is typed yet: made up of the newest articles."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.executor import Executor
from bot.memory import Memory
from bot.visibility import collections_of
from index import Archive, NutgrafError

log = logging.getLogger(__name__)
_REFRESH = timedelta(seconds=30)
"""How often, at most, they are compared with the archive's revision."""


class Starters:
    """Makes them up in the executor, for each set of collections, and puts them into the memory."""

    def __init__(
        self, archive: Archive, executor: Executor, memory: Memory, now: Callable[[], datetime], *, promise: str
    ) -> None:
        self.archive, self.executor, self.memory, self.now = archive, executor, memory, now
        self.promise = promise
        self._checked: dict[tuple[str, ...], datetime] = {}
        self._worth: dict[tuple[str, ...], tuple[int, ...]] = {}

    async def refresh(self, guild_id: int | None) -> None:
        """Make up questions about the newest articles anew if the archive has changed. Gives way to people's questions."""
        collections = collections_of(guild_id)
        now = self.now()
        if (
            now - self._checked.get(collections, datetime.min.replace(tzinfo=now.tzinfo)) < _REFRESH
            or self.executor.taken
        ):
            return
        self._checked[collections] = now
        try:
            await self.executor.question("starters", self._make_up, collections)
        except NutgrafError as error:
            log.info("questions worth asking were not made up", extra={"error": type(error).__name__})
        except Exception:
            log.exception("questions worth asking could not be made up")

    def _make_up(self, collections: tuple[str, ...]) -> None:
        revisions = tuple(self.archive.revision(collection) for collection in collections)
        if self._worth.get(collections) == revisions:
            return
        self.memory.worth_asking(collections, self.archive.suggest(collections, limit=8, promise=self.promise))
        self._worth[collections] = revisions

    def warm(self) -> None:
        """Load the models and make up the first questions worth asking. Blocks for seconds; never raises."""
        try:
            self.archive.warm()
            self._make_up(collections_of(None))
        except NutgrafError as error:
            log.error("the archive is not ready", extra={"reason": str(error)})
        except Exception:
            log.exception("the models could not be loaded")
        else:
            log.info("models loaded")
