"""`/ask`, and *Ask about this message* in a message's menu."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import markup
from bot.deliver import answer
from bot.errors import UNDELIVERED, BotError
from bot.memory import CHOICE_LENGTH
from bot.views import follow_up_form
from bot.visibility import collections_of, may_open

if TYPE_CHECKING:
    from bot.client import Nutgraf

log = logging.getLogger(__name__)


class Ask(commands.Cog):
    """Questions put by a command."""

    def __init__(self, bot: Nutgraf) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name="Ask about this message", callback=self.about_message)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(description="Ask the articles a question and get the exact answer with its proof.")
    @app_commands.describe(
        question="What you want to know, in your own words",
        private="Only you see the answer (you can share it later)",
        since="Only newer articles: 7d, last week, 2025-02-01",
    )
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, 4000],
        private: bool = False,
        since: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        async with self.bot.attend(interaction):
            await answer(self.bot, interaction, question, private=private, since=since)

    @ask.autocomplete("question")
    async def questions(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        offered = self.bot.desk.memory.questions(
            typed,
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id or 0,
            user_id=interaction.user.id,
            collections=collections_of(interaction.guild_id),
        )
        shown = [(markup.label(question, CHOICE_LENGTH), question) for question in offered]
        choices = [app_commands.Choice(name=name, value=question) for name, question in shown if name]
        await offer(interaction, choices)
        self.bot.behind(self.bot.desk.starters.refresh(interaction.guild_id))
        return choices

    @ask.autocomplete("since")
    async def spans(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        examples = ["7d", "30d", "last week", "last month", self.bot.desk.today().replace(day=1).isoformat()]
        choices = [app_commands.Choice(name=one, value=one) for one in examples if typed.casefold() in one]
        await offer(interaction, choices)
        return choices

    async def about_message(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """The message's text is the question, answered privately; on an answer of this bot, a follow-up is asked for."""
        async with self.bot.attend(interaction):
            if self.bot.user is not None and message.author.id == self.bot.user.id:
                receipt = await self.bot.desk.of_message(message.id)
                if receipt is not None and await may_open(receipt, interaction):
                    await interaction.response.send_modal(follow_up_form(receipt))
                    return
            question = markup.spoken(message.content)
            if not question:
                raise BotError("That message has no text to ask about.")
            await answer(self.bot, interaction, question, private=True)


async def offer(interaction: discord.Interaction[Any], choices: list[app_commands.Choice[str]]) -> None:
    """Send the choices. Too late or refused is no matter: the person goes on typing. (discord.py would log who it was.)"""
    with suppress(*UNDELIVERED):
        await interaction.response.autocomplete([choice for choice in choices if len(choice.name) <= CHOICE_LENGTH])
