"""The way an answer takes to the person who asked by a command, button or modal."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord

from bot import render
from bot.desk import Place
from bot.receipts import Receipt

if TYPE_CHECKING:
    from bot.client import Nutgraf

DEFERRED_PUBLICLY = "deferred publicly"
DM_NOTICE = "In a DM I answer from the shared articles only. A server's own articles are seen in that server."


async def defer(interaction: discord.Interaction[Any], *, private: bool) -> None:
    """Tell Discord that an answer will come. This decides for good who will see it."""
    interaction.extras[DEFERRED_PUBLICLY] = not private
    await interaction.response.defer(ephemeral=private, thinking=True)


def was_deferred_publicly(interaction: discord.Interaction[Any]) -> bool:
    return interaction.response.is_done() and bool(interaction.extras.get(DEFERRED_PUBLICLY))


def place_of(interaction: discord.Interaction[Any], *, private: bool = False) -> Place:
    """Where and by whom the interaction was made."""
    return Place(
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0,
        user_id=interaction.user.id,
        private=private,
        remembers=interaction.guild_id is None or isinstance(interaction.channel, discord.Thread),
    )


async def answer(
    bot: Nutgraf,
    interaction: discord.Interaction[Any],
    question: str,
    *,
    private: bool,
    since: str | None = None,
    context: Receipt | None = None,
) -> None:
    """Answer `question` where the interaction was made; see `Desk.ask`."""
    await defer(interaction, private=private)
    place = place_of(interaction, private=private)
    await deliver(bot, interaction, await bot.desk.ask(question, place, since=since, context=context))


async def deliver(bot: Nutgraf, interaction: discord.Interaction[Any], receipt: Receipt) -> None:
    """Put the answer where "thinking..." stands."""
    notice = await dm_notice(bot, receipt.guild_id, receipt.user_id)
    view = render.answer_message(receipt, notice=notice)
    message = await interaction.edit_original_response(view=view, allowed_mentions=discord.AllowedMentions.none())
    await bot.desk.sent(receipt, message.id)


async def dm_notice(bot: Nutgraf, guild_id: int | None, user_id: int) -> str:
    """What is said once to everyone who asks in a DM; not where that cannot be noted, as no answer may fail for it."""
    if guild_id is not None:
        return ""
    with suppress(sqlite3.Error):
        return DM_NOTICE if await bot.executor.disk(bot.state.tell, user_id, "dm") else ""
    return ""
