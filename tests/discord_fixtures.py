"""A simulated Discord with the real bot in it, and shorthand for what a person reads and does there."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.client import Nutgraf
from bot.settings import Settings
from bot.state import State
from index import Archive, Reading, samples
from tests.conftest import WordEncoder

QUESTION = "how many troops went to Tijuana?"


class Clock:
    """The bot's clock, moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **parts: float) -> None:
        self.time += timedelta(**parts)


@dataclass
class World:
    """One server with a member and an admin, and the bot in it. `make` builds the same bot anew, as a restart does."""

    env: simcord.Env
    make: Callable[[], Nutgraf]
    clock: Clock
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    member: simcord.MemberActor
    other: simcord.MemberActor
    admin: simcord.MemberActor
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def bot(self) -> Nutgraf:
        bot = self.env.bot
        assert isinstance(bot, Nutgraf)
        return bot

    async def restart(self) -> None:
        await self.env.restart_bot(self.make())

    async def ask(self, question: str = QUESTION, **options: Any) -> simcord.InteractionResult:
        return await self.member.slash(self.channel, "ask", question=question, **options)

    def receipt(self, message: Any) -> str:
        return receipt_of(message)


def components(message: Any) -> list[dict[str, Any]]:
    """The message's components, flat, in order."""
    raw = (
        message.components
        if isinstance(message, simcord.ResponseMessage)
        else [c.to_dict() for c in message.components]
    )
    return list(_walk(raw))


def _walk(parts: Any) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield part
        yield from _walk(part.get("components", ()))
        if isinstance(part.get("accessory"), dict):
            yield part["accessory"]


def texts(message: Any) -> list[str]:
    """Its text displays."""
    return [str(part["content"]) for part in components(message) if part["type"] == 10]


def text(message: Any) -> str:
    return "\n".join(texts(message))


def labels(message: Any) -> list[str]:
    """What its buttons say."""
    return [str(part.get("label")) for part in components(message) if part["type"] == 2]


def receipt_of(message: Any) -> str:
    found = re.search(r"[Rr]eceipt ([a-z2-7]{16})", text(message))
    assert found, text(message)
    return found[1]


def button_id(message: Any, label: str) -> str:
    return next(
        str(part["custom_id"]) for part in components(message) if part["type"] == 2 and part.get("label") == label
    )


def mention(world: World) -> str:
    assert world.bot.user is not None
    return world.bot.user.mention


def answers(world: World, channel: Any = None) -> list[discord.Message]:
    """What the bot wrote in a channel, the oldest first."""
    assert world.bot.user is not None
    return [m for m in (channel or world.channel).history() if m.author.id == world.bot.user.id]


async def offered(world: World, who: Any, typed: str = "troops", channel: Any = None) -> list[str]:
    """The questions that somebody is offered who has typed so much."""
    choices = await who.autocomplete(channel or world.channel, "ask", "question", typed)
    return [choice["value"] for choice in choices]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Cooldowns out of the way; a test of theirs sets its own."""
    return Settings(_env_file=None, archive=tmp_path, user_questions=10_000, server_questions=10_000)  # type: ignore[call-arg]


@asynccontextmanager
async def world_of(
    archive: Archive, settings: Settings, clock: Clock, folder: Path, *, warm: bool = False
) -> AsyncIterator[World]:
    """The bot over `archive`, its state in `folder`, connected to a simulated Discord."""

    def make() -> Nutgraf:
        return Nutgraf(archive, settings, state=State(folder), now=clock, warm=warm, shard_count=1)

    env = simcord.Env(make(), settle_timeout=60)
    await env.start()
    try:
        guild = env.create_guild("Newsroom")
        role = guild.create_role("admins", permissions=discord.Permissions(administrator=True))
        channel = guild.create_text_channel("general")
        yield World(
            env=env,
            make=make,
            clock=clock,
            guild=guild,
            channel=channel,
            member=guild.add_member(env.create_user("mara")),
            other=guild.add_member(env.create_user("otto")),
            admin=guild.add_member(env.create_user("ada"), roles=[role]),
        )
    finally:
        await env.shutdown()
        await env.bot.close()
    env.raise_errors()


@pytest.fixture
def no_mistakes(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The bot catches its own mistakes and logs them; here they fail the test."""
    with caplog.at_level(logging.INFO, logger="bot"):
        yield
    mistakes = [
        r for r in caplog.get_records("call") if r.levelno >= logging.ERROR and r.name.startswith(("bot", "discord"))
    ]
    assert not mistakes, [r.getMessage() for r in mistakes]


class NearestNumber:
    """A quick reader: of a passage's numbers the one with most of the question's words around it; none where there are few."""

    name = "nearest number"

    def read(
        self,
        question: str,
        passages: Sequence[str],
        titles: Sequence[str] = (),
        ledes: Sequence[str] = (),
        *,
        spans: int = 5,
    ) -> list[list[Reading]]:
        asked = {word for word in re.findall(r"\w+", question.lower()) if len(word) > 3 or word.isdigit()}
        found: list[list[Reading]] = []
        for passage in passages:
            readings = []
            for number in re.finditer(r"\d[\d,]*", passage):
                near = set(re.findall(r"\w+", passage[max(0, number.start() - 70) : number.end() + 70].lower()))
                if len(asked & near) >= 2:
                    readings.append(Reading(number.start(), number.end(), 4.0 * len(asked & near)))
            found.append(sorted(readings, key=lambda r: -r.score)[:spans])
        return found


@pytest.fixture(scope="session")
def quick_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The samples in `shared` with models that need no time. Look, don't touch."""
    with Archive(tmp_path_factory.mktemp("quick"), encoder=WordEncoder(), reader=NearestNumber()) as opened:
        opened.add(samples())
        yield opened


@pytest.fixture
async def world(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, no_mistakes: None
) -> AsyncIterator[World]:
    """The bot over the samples with models that need no time."""
    async with world_of(quick_archive, settings, clock, tmp_path) as made:
        yield made


@pytest.fixture
async def real_world(
    sample_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, no_mistakes: None
) -> AsyncIterator[World]:
    """The bot over the samples with the real models."""
    async with world_of(sample_archive, settings, clock, tmp_path) as made:
        yield made
