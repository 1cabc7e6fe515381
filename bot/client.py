"""The bot itself: connection, commands, shutdown. What it does stands in its cogs."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot import errors
from bot.deliver import was_deferred_publicly
from bot.desk import Desk
from bot.executor import Executor
from bot.settings import Settings
from bot.state import State
from index import Archive

log = logging.getLogger(__name__)

COMMANDS_HASH = "commands"


def clock() -> datetime:
    """The time that production uses; tests hand in their own."""
    return datetime.now(UTC)


class Tree(app_commands.CommandTree["Nutgraf"]):
    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """What fails before a command's own code runs: unknown commands, options that do not convert."""
        await errors.answer_interaction(interaction, error)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether commands are still taken."""
        return not await self.client.refused_when_closing(interaction)


class Nutgraf(commands.AutoShardedBot):
    """A bot over one archive. `sync`: register the commands even if they have not changed. `warm`: load the models at start.

    `state` is kept in the archive's folder unless given. The archive is the caller's to close; state and threads are closed
    with the bot.
    """

    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        *,
        state: State | None = None,
        now: Callable[[], datetime] = clock,
        sync: bool = False,
        warm: bool = True,
        shard_count: int | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shard_count,
        )
        self.settings = settings
        self.state = state or State(archive.folder)
        self.executor = Executor(workers=settings.workers, queue=settings.queue, deadline=settings.deadline, now=now)
        self.desk = Desk(archive, self.state, self.executor, settings, now)
        self._sync = sync
        self._warm = warm
        self._working: set[asyncio.Task[Any]] = set()
        self._closing = False

    @property
    def mention(self) -> str:
        return self.user.mention if self.user else "the bot"

    async def setup_hook(self) -> None:
        from bot.ask import Ask
        from bot.chat import Chat
        from bot.inspect import Inspect
        from bot.views import Presses

        await self.desk.open()
        for cog in (Ask, Inspect, Chat, Presses):
            await self.add_cog(cog(self))
        await self._sync_if_changed()
        self._tidy.start()
        if self._warm:
            self.executor.background(self._warm_up)

    def _warm_up(self) -> None:
        """Load the models in a worker thread. What they consist of lives as long as the process, so the garbage collector need
        not walk over it ever again: a full collection would hold up the event loop for a tenth of a second.
        """
        self.desk.starters.warm()
        gc.collect()
        gc.freeze()

    async def _sync_if_changed(self) -> None:
        """Register the commands with Discord if they differ from those registered last, or if told to."""
        described = sorted(
            json.dumps(command.to_dict(self.tree), sort_keys=True) for command in self.tree.get_commands()
        )
        value = hashlib.sha256("\n".join(described).encode()).hexdigest()
        name = f"{COMMANDS_HASH} of {self.application_id}"
        if self._sync or await self.executor.disk(self.state.value, name) != value:
            await self.tree.sync()
            await self.executor.disk(self.state.set_value, name, value)
            log.info("commands registered", extra={"commands": len(described)})

    @tasks.loop(hours=6)
    async def _tidy(self) -> None:
        await self.desk.tidy()

    async def on_ready(self) -> None:
        log.info("ready", extra={"servers": len(self.guilds), "shards": self.shard_count})

    async def on_message(self, message: discord.Message, /) -> None:
        """No prefix commands: `chat.Chat` listens."""

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self.desk.withdrawn.gone({payload.message_id})

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await self.desk.withdrawn.gone(payload.message_ids)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        # Without a day of editing it is Discord that adds to the message, such as a link's preview. A text that no longer calls
        # the bot is empty for it.
        content = payload.data.get("content")
        if content is not None and payload.data.get("edited_timestamp"):
            await self.desk.withdrawn.edited(payload.message_id, content)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("an event failed", extra={"event_name": event_method})

    # Work in hand

    @asynccontextmanager
    async def attend(self, interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
        """Around everything that answers an interaction: its errors are told to the person, its end is waited for."""
        with self.counted():
            try:
                yield
            except Exception as error:
                await errors.answer_interaction(interaction, error, public=was_deferred_publicly(interaction))

    @asynccontextmanager
    async def attend_message(self, message: discord.Message) -> AsyncIterator[None]:
        """The same around everything that answers a message."""
        with self.counted():
            try:
                yield
            except Exception as error:
                await errors.answer_message(message, error)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Around what has to be finished before the bot closes."""
        task = asyncio.current_task()
        assert task is not None
        self._working.add(task)
        try:
            yield
        finally:
            self._working.discard(task)

    def behind(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that nobody waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    @property
    def closing(self) -> bool:
        """Whether what is in hand is finished and nothing new is begun."""
        return self._closing

    async def refused_when_closing(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether it is too late for this interaction; then the person has been told."""
        if self._closing and interaction.type is not discord.InteractionType.autocomplete:
            await errors.answer_interaction(interaction, errors.ShuttingDown())
        return self._closing

    async def close(self) -> None:
        """Finish what is in hand, then disconnect and close the state. Safe to call twice."""
        if not self._closing:
            self._closing = True
            self._tidy.cancel()
            current = asyncio.current_task()
            waiting = [task for task in self._working if task is not current]
            if waiting:
                log.info("finishing what is in hand", extra={"tasks": len(waiting)})
                await asyncio.wait(waiting, timeout=self.settings.deadline)
            await super().close()
            await self.executor.close()
            self.state.close()
        else:
            await super().close()
