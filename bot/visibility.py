"""Who may see what: the collections of a place, and the receipts a person may open."""

from __future__ import annotations

from typing import Any

import discord

from bot.errors import UNDELIVERED
from bot.receipts import Receipt
from index import SHARED


def collection_of(guild_id: int) -> str:
    """The name of a server's own collection."""
    return f"guild-{guild_id}"


def collections_of(guild_id: int | None) -> tuple[str, ...]:
    """What may be seen in a server (its own articles and the shared ones) or, for None, in a DM (the shared ones)."""
    return (SHARED,) if guild_id is None else (collection_of(guild_id), SHARED)


async def may_open(receipt: Receipt, interaction: discord.Interaction[Any]) -> bool:
    """Whether this person may open the receipt from where they are.

    Its asker may, as long as they belong to its server. In its server so may, unless it is private, the admins and everyone
    who can see the message that carries it. For all others it does not exist.
    """
    if receipt.user_id == interaction.user.id:
        if receipt.guild_id is None or receipt.guild_id == interaction.guild_id:
            return True
        return await _is_member(interaction.client, receipt.guild_id, receipt.user_id)
    if receipt.private or receipt.guild_id is None or receipt.guild_id != interaction.guild_id:
        return False
    if interaction.permissions.administrator or interaction.permissions.manage_guild:
        return True
    return receipt.message_id is not None and _sees(interaction, receipt.channel_id)


async def _is_member(client: discord.Client, guild_id: int, user_id: int) -> bool:
    guild = client.get_guild(guild_id)
    if guild is None:
        return False
    try:
        await guild.fetch_member(user_id)
    except UNDELIVERED:
        return False
    return True


def _sees(interaction: discord.Interaction[Any], channel_id: int) -> bool:
    if interaction.channel_id == channel_id:
        return True
    member = interaction.user
    if interaction.guild is None or not isinstance(member, discord.Member):
        return False
    channel = interaction.guild.get_channel_or_thread(channel_id)
    if channel is None or (isinstance(channel, discord.Thread) and (channel.parent is None or channel.is_private())):
        return False  # Of a private thread we know no members, so it is seen from within only.
    permissions = channel.permissions_for(member)
    return permissions.view_channel and permissions.read_message_history
