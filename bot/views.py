"""Buttons and modals. Each press is read from its custom id alone, so it works after a restart and on old messages.

discord.py could keep views and modals in memory, or match custom ids by its `DynamicItem`; but memory ends with the process,
and a `DynamicItem` is forgotten for all messages when one view showing it stops. So every press comes in by `on_interaction`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import ui
from discord.ext import commands

from bot import markup, pages, render
from bot.actions import Action, Press, custom_id, parse
from bot.deliver import answer, defer, deliver, place_of
from bot.errors import UNDELIVERED, BotError, TooOld
from bot.receipts import Receipt
from bot.visibility import may_open

if TYPE_CHECKING:
    from bot.client import Nutgraf

FIELD = "text"
_REASON_LENGTH = 500
_LOOKING_SECONDS = 1.5
"""For a look whether a message is there; a press must be acknowledged within three."""


class Form(ui.Modal):
    """A modal with one field. Like `render.Layout` it is not kept in memory: `Presses` reads what is submitted."""

    def __init__(self, press: str, title: str, label: str, *, description: str, required: bool, longest: int) -> None:
        super().__init__(title=title, custom_id=press, timeout=None)
        self.add_item(
            ui.Label(
                text=label,
                description=description,
                component=ui.TextInput(
                    custom_id=FIELD, style=discord.TextStyle.paragraph, required=required, max_length=longest
                ),
            )
        )

    def is_finished(self) -> bool:
        return True


def follow_up_form(receipt: Receipt) -> Form:
    return Form(
        custom_id(Action.FOLLOW_UP, receipt.id),
        "Ask a follow-up",
        "Your question",
        description=markup.label(f"After: {receipt.answer.question}", 100),
        required=True,
        longest=4000,
    )


class Presses(commands.Cog):
    """Answers every button and modal of this bot."""

    def __init__(self, bot: Nutgraf) -> None:
        self.bot = bot
        self._buttons = {
            Action.PASSAGES: self.passages,
            Action.PAGE: self.page,
            Action.FOLLOW_UP: self.follow_up,
            Action.SHARE: self.share,
            Action.HELPFUL: self.vote,
            Action.WRONG: self.vote,
            Action.REASON: self.reason,
            Action.ASK: self.ask,
        }
        self._forms = {Action.FOLLOW_UP: self.follow_up_submitted, Action.REASON: self.reason_submitted}

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        kinds = {discord.InteractionType.component: self._buttons, discord.InteractionType.modal_submit: self._forms}
        handlers = kinds.get(interaction.type)
        data: Mapping[str, Any] = interaction.data or {}
        press = parse(str(data.get("custom_id", ""))) if handlers is not None else None
        if handlers is None or press is None or await self.bot.refused_when_closing(interaction):
            return
        async with self.bot.attend(interaction):
            handler = handlers.get(press.action) if press.action else None
            if handler is None:
                raise TooOld  # A button of an earlier version.
            receipt = await self.bot.desk.find(press.receipt)
            if not await may_open(receipt, interaction):
                raise TooOld
            await handler(interaction, press, receipt)

    async def passages(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        await interaction.response.send_message(view=pages.passages(receipt, press.argument), ephemeral=True)

    async def page(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        await interaction.response.edit_message(view=pages.passages(receipt, press.argument))

    async def follow_up(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        await interaction.response.send_modal(follow_up_form(receipt))

    async def follow_up_submitted(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        await answer(self.bot, interaction, submitted(interaction), private=receipt.private, context=receipt)

    async def ask(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        if press.argument >= len(receipt.suggestions):
            raise TooOld
        await answer(self.bot, interaction, receipt.suggestions[press.argument], private=receipt.private)

    async def share(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        if (
            interaction.guild_id is None
            or receipt.guild_id != interaction.guild_id
            or receipt.user_id != interaction.user.id
        ):
            raise TooOld
        with self.bot.desk.sharing(receipt):
            twin = await self.bot.executor.disk(self.bot.state.shared, receipt.id)
            if twin is not None and await self._stands(twin):
                link = f"https://discord.com/channels/{twin.guild_id}/{twin.channel_id}/{twin.message_id}"
                raise BotError(f"You have shared this already: {link}")
            await defer(interaction, private=False)
            shared = await self.bot.desk.share(receipt, place_of(interaction))
            await deliver(self.bot, interaction, shared)

    async def _stands(self, twin: Receipt) -> bool:
        """Whether what was shared is still there: it may have been deleted while the bot was away, and nobody told it."""
        assert twin.message_id is not None
        try:
            async with asyncio.timeout(_LOOKING_SECONDS):
                await self.bot.get_partial_messageable(twin.channel_id).fetch_message(twin.message_id)
        except discord.NotFound:
            await self.bot.desk.withdrawn.gone({twin.message_id})
            return False
        except UNDELIVERED:
            return True  # It cannot be seen from here, which does not mean that it is gone.
        return True

    async def vote(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        helpful = press.action is Action.HELPFUL
        state, disk, user_id = self.bot.state, self.bot.executor.disk, interaction.user.id
        before = await disk(state.vote, receipt.id, user_id, helpful)
        stands = before is None or before.helpful != helpful
        votes = await disk(state.votes, receipt.id)
        view = render.answer_message(receipt, votes, question=not receipt.chat)
        try:
            await interaction.response.edit_message(view=view, allowed_mentions=discord.AllowedMentions.none())
        except UNDELIVERED:
            # The button shows no change, so that the person presses again: that must not take the vote away.
            await disk(state.set_vote, receipt.id, user_id, before)
            raise
        if stands and not helpful:
            why = ui.ActionRow(render.button(Action.REASON, receipt.id, "Say what is wrong"))
            await interaction.followup.send(
                view=render.note("Thank you. If you like, say what is wrong with it.", why), ephemeral=True
            )

    async def reason(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        form = Form(
            custom_id(Action.REASON, receipt.id),
            "What is wrong?",
            "What is wrong with the answer?",
            description="Read by the people who run this bot.",
            required=False,
            longest=_REASON_LENGTH,
        )
        await interaction.response.send_modal(form)

    async def reason_submitted(self, interaction: discord.Interaction[Any], press: Press, receipt: Receipt) -> None:
        reason = markup.label(submitted(interaction), _REASON_LENGTH)
        disk, explain = self.bot.executor.disk, self.bot.state.explain_vote
        if reason and not await disk(explain, receipt.id, interaction.user.id, reason):
            raise BotError("Your vote was changed meanwhile. Press *Wrong* again, then say why.")
        await interaction.response.send_message(view=render.note("Thank you, that helps."), ephemeral=True)


def submitted(interaction: discord.Interaction[Any]) -> str:
    """What was written into the modal's field."""

    def walk(parts: Any) -> Iterator[Mapping[str, Any]]:
        for part in parts:
            yield part
            yield from walk(part.get("components", ()))
            if "component" in part:
                yield from walk([part["component"]])

    data: Mapping[str, Any] = interaction.data or {}
    return next(
        (str(part.get("value", "")) for part in walk(data.get("components", ())) if part.get("custom_id") == FIELD), ""
    )
