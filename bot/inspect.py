"""`/search`, `/why` and `/help`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import markup, pages
from bot.ask import offer
from bot.deliver import defer, place_of
from bot.errors import NoReceipt
from bot.memory import CHOICE_LENGTH
from bot.visibility import may_open

if TYPE_CHECKING:
    from bot.client import Nutgraf


class Inspect(commands.Cog):
    """What lies behind the answers. All of it is shown privately."""

    def __init__(self, bot: Nutgraf) -> None:
        self.bot = bot

    @app_commands.command(description="Search the articles for passages, best first.")
    @app_commands.describe(query="Words or a question to look for")
    async def search(self, interaction: discord.Interaction[Any], query: app_commands.Range[str, 1, 1000]) -> None:
        async with self.bot.attend(interaction):
            await defer(interaction, private=True)
            receipt = await self.bot.desk.search(query, place_of(interaction, private=True))
            message = await interaction.edit_original_response(
                view=pages.passages(receipt, 0), allowed_mentions=discord.AllowedMentions.none()
            )
            await self.bot.desk.sent(receipt, message.id)

    @app_commands.command(description="How an answer came about: passages, ranks, scores, models.")
    @app_commands.describe(receipt="The receipt in small print under an answer")
    async def why(self, interaction: discord.Interaction[Any], receipt: app_commands.Range[str, 1, 100]) -> None:
        async with self.bot.attend(interaction):
            await defer(interaction, private=True)
            found = await self.bot.desk.find_written(receipt)
            if not await may_open(found, interaction):
                raise NoReceipt
            await interaction.edit_original_response(
                view=pages.why(found), allowed_mentions=discord.AllowedMentions.none()
            )

    @why.autocomplete("receipt")
    async def receipts(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        own = self.bot.desk.memory.receipts(typed, guild_id=interaction.guild_id, user_id=interaction.user.id)
        choices = [
            app_commands.Choice(name=markup.label(f"{one.question} ({one.receipt})", CHOICE_LENGTH), value=one.receipt)
            for one in own
        ]
        await offer(interaction, choices)
        return choices

    @app_commands.command(description="What I can do here.")
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        async with self.bot.attend(interaction):
            view = pages.help_page(
                server=interaction.guild_id is not None, mention=self.bot.mention, days=self.bot.settings.receipt_days
            )
            await interaction.response.send_message(view=view, ephemeral=True)
