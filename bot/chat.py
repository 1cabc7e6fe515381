"""Questions in ordinary messages: mentions, DMs, and replies to the bot's answers.

Without the privileged message-content intent Discord hands over the text of exactly these:
https://support-dev.discord.com/hc/en-us/articles/6207308062871
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

import discord
from discord import ui
from discord.ext import commands

from bot import markup, render
from bot.actions import Action
from bot.deliver import dm_notice
from bot.desk import Place
from bot.errors import UNDELIVERED, ShuttingDown, answer_message
from bot.receipts import Receipt

if TYPE_CHECKING:
    from bot.client import Nutgraf


class Chat(commands.Cog):
    """Answers people who write to the bot."""

    def __init__(self, bot: Nutgraf) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if (
            message.author.bot
            or message.webhook_id
            or message.type
            not in (
                discord.MessageType.default,
                discord.MessageType.reply,
            )
        ):
            return
        me = self.bot.user
        if me is None:
            return
        if not message.content:
            # Nothing was written, or Discord keeps it from us: so it does with replies to the answer of a command, even if they
            # ping us, and with replies that do not.
            if message.guild is not None and _replied_to(message) is not None and not self.bot.closing:
                # Nobody here has called the bot, so nobody is told what fails.
                with self.bot.counted(), suppress(*UNDELIVERED, sqlite3.Error):
                    await self._hint(message)
        elif message.guild is None or any(user.id == me.id for user in message.mentions):
            if self.bot.closing:
                await answer_message(message, ShuttingDown())
                return
            async with self.bot.attend_message(message):
                await self._answer(message, markup.spoken(message.content))

    async def _answer(self, message: discord.Message, question: str) -> None:
        if not question:
            text = "Ask me a question after the mention, or use **/ask**. **/help** tells more."
            await self._reply(message, render.note(text))
            return
        guild_id = message.guild.id if message.guild else None
        self.bot.desk.cooldowns.check(message.author.id, guild_id)
        with suppress(*UNDELIVERED):
            await message.channel.typing()
        context = await self._context(message)
        place = Place(
            guild_id=guild_id,
            channel_id=message.channel.id,
            user_id=message.author.id,
            remembers=guild_id is None or isinstance(message.channel, discord.Thread),
            question_id=message.id,
        )
        receipt = await self.bot.desk.ask(question, place, context=context)
        notice = await dm_notice(self.bot, guild_id, message.author.id)
        sent = await self._reply(message, render.answer_message(receipt, notice=notice, question=False))
        await self.bot.desk.sent(receipt, sent.id)

    async def _context(self, message: discord.Message) -> Receipt | None:
        """The answer this message replies to: by our receipt for it, never by reading the channel."""
        message_id = _replied_to(message)
        if message_id is None:
            return None
        receipt = await self.bot.desk.of_message(message_id)
        return receipt if receipt is not None and receipt.channel_id == message.channel.id else None

    async def _hint(self, message: discord.Message) -> None:
        """A reply to an answer whose text Discord keeps from us: say how to ask, once a channel and day."""
        receipt = await self._context(message)
        if receipt is None:
            return
        today = self.bot.desk.today().isoformat()
        if not await self.bot.executor.disk(self.bot.state.hint, message.channel.id, today):
            return
        row = ui.ActionRow(render.button(Action.FOLLOW_UP, receipt.id, "Ask a follow-up"))
        text = "I cannot read replies that do not mention me. Press *Ask a follow-up*, or reply with the ping on."
        await self._reply(message, render.note(text, row))

    async def _reply(self, message: discord.Message, view: render.Layout) -> discord.Message:
        reference = message.to_reference(fail_if_not_exists=False)
        return await message.channel.send(
            view=view, reference=reference, mention_author=False, allowed_mentions=discord.AllowedMentions.none()
        )


def _replied_to(message: discord.Message) -> int | None:
    """The message that this one replies to, if it does. A forwarded message refers to another too, but asks nothing of it."""
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply:
        return None
    return reference.message_id
