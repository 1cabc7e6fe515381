"""`python -m bot --preview`: the real bot and its real archive in a Discord-like page, without a token or a network."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import markup, render
from bot.client import Nutgraf
from bot.errors import BotError
from bot.settings import Settings
from bot.signals import stop_event
from bot.state import State
from index import SHARED, Archive, SentenceEncoder, samples

NEEDS_EXTRA = 'The preview needs SimCord: python -m pip install -e ".[preview]"'
SETTLE_SECONDS = 120
"""How long SimCord waits for the bot to come to rest; by default it calls the first answer hanging."""
EXAMPLES = ("How many troops went to Tijuana?", "How much did the repair of Mill Bridge cost?")


@dataclass(frozen=True, slots=True)
class Stage:
    """The page's address, and what stands behind it, for scripts and tests."""

    url: str
    env: Any
    page: Any
    channel: Any
    member: Any
    admin: Any


async def preview(settings: Settings, *, given: bool, port: int | None = None) -> int:
    """Serve the page until it is closed or interrupted. `given`: the archive was named, so the bot may write to it.

    Raises BotError where the port cannot be had.
    """
    try:
        import simcord
    except ImportError:
        print(NEEDS_EXTRA, file=sys.stderr)
        return 1
    print("Loading the models...", flush=True)
    told = asyncio.ensure_future(stop_event().wait())
    showing = asyncio.ensure_future(_show(settings, given=given, port=port))
    try:
        await asyncio.wait({told, showing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        showing.cancel()
        await asyncio.wait({showing})  # What it has opened is closed, and its copy of the archive deleted.
    if not showing.cancelled():
        try:
            showing.result()
        except simcord.SetupError as error:
            if port is None:
                raise
            raise BotError(
                f"The page cannot be served at port {port}: it is taken or not allowed. "
                "Name another with --port, or leave it out."
            ) from error
    return 0


async def _show(settings: Settings, *, given: bool, port: int | None) -> None:
    async with staged(settings, given=given, port=port) as stage:
        print(f"Open {stage.url}\nType /ask there. Ctrl-C ends it.", flush=True)
        await stage.page.wait_closed()


@asynccontextmanager
async def staged(settings: Settings, *, given: bool, port: int | None = None) -> AsyncIterator[Stage]:
    """The bot in a simulated server with one channel, an admin and a member, and the page that shows it."""
    import discord
    import simcord

    # People and messages of a simulated server are nothing to keep beside the real ones.
    with (
        tempfile.TemporaryDirectory(prefix="nutgraf-preview-", ignore_cleanup_errors=True) as temporary,
        _archive(settings, Path(temporary), given=given) as (archive, notice),
    ):
        await asyncio.to_thread(archive.warm)
        bot = Nutgraf(archive, settings, state=State(Path(temporary)), sync=True, warm=False)
        async with _closed_after(bot), simcord.run(bot, settle_timeout=SETTLE_SECONDS, shard_count=1) as env:
            guild = env.create_guild("Nutgraf preview")
            role = guild.create_role("admins", permissions=discord.Permissions(administrator=True))
            channel = guild.create_text_channel("newsroom", topic="Type /ask and a question")
            member = guild.add_member(env.create_user("member", global_name="Member"))
            admin = guild.add_member(env.create_user("admin", global_name="Admin"), roles=[role])
            assert bot.user is not None
            await bot.user.edit(username="Nutgraf")
            shown = bot.get_channel(channel.id)
            assert isinstance(shown, discord.TextChannel)
            await shown.send(view=render.note(notice))
            await bot.desk.starters.refresh(guild.id)
            viewers = [member, admin]
            async with env.preview(channel, viewers=viewers, layout="channel", port=port) as page:
                yield Stage(page.url, env, page, channel, member, admin)


@asynccontextmanager
async def _closed_after(bot: Nutgraf) -> AsyncIterator[None]:
    """SimCord only disconnects the bot."""
    try:
        yield
    finally:
        await bot.close()


@contextmanager
def _archive(settings: Settings, temporary: Path, *, given: bool) -> Iterator[tuple[Archive, str]]:
    """The archive to show, and what is said about it in the page.

    The one named, to be written to; else a copy of the owner's, so that nothing of theirs changes; else the samples.
    """
    encoder = SentenceEncoder(settings.model) if settings.model else None
    copy = temporary / "archive"
    readable = given or _copied(settings.archive, copy)
    folder = settings.archive if given else copy
    if readable:
        with Archive(folder, encoder=encoder, timezone=settings.timezone) as archive:
            if archive.articles([SHARED], limit=1):
                whose = (
                    f"the archive in {markup.escape(str(folder), 200)}"
                    if given
                    else "a copy of your archive; nothing you do here changes it"
                )
                yield archive, f"**This is a preview** of {whose}. Type **/ask** and a question."
                return
    why = "the archive is empty" if readable else "your archive cannot be read (`python -m index status` tells why)"
    with Archive(temporary / "samples", encoder=encoder, timezone=settings.timezone) as archive:
        archive.add(samples())
        examples = " or ".join(f"*{example}*" for example in EXAMPLES)
        yield (
            archive,
            f"**This is a preview with sample articles**, written for it, because {why}. "
            f"Nothing is kept. Type **/ask** and a question, such as {examples}",
        )


def _copied(folder: Path, target: Path) -> bool:
    """Copies the shared collection as it is at this moment, without touching it. False where it cannot be read."""
    source = folder / "collections" / f"{SHARED}.sqlite3"
    if not source.is_file():
        return True
    copy = target / "collections" / source.name
    copy.parent.mkdir(parents=True)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
    except sqlite3.Error:
        return False
    return True
