"""What can go wrong for a person in Discord, and the one place that answers it."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from contextlib import suppress
from datetime import datetime
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.utils import format_dt

from bot import markup, render
from index import BadQuestion, NutgrafError, UnknownArticle

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
"""Discord's code for an interaction that was answered too late (three seconds)."""
_LONGEST = 500
ALREADY_ACKNOWLEDGED = 40060
UNDELIVERED = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError)
"""What sending something to Discord may raise."""


class BotError(NutgrafError):
    """Something a person can be told as it is."""


class Busy(BotError):
    """More questions than can be answered now. `retry_at` is when to try again. `told`: the person has been told so already."""

    def __init__(self, reason: str, retry_at: datetime, *, told: bool = False) -> None:
        super().__init__(f"{reason} Try again {format_dt(retry_at, 'R')}.")
        self.retry_at = retry_at
        self.told = told


class TooSlow(BotError):
    """The deadline passed."""

    def __init__(self) -> None:
        super().__init__("This took too long, so I stopped waiting for it. Please ask again.")


class TooOld(BotError):
    """No receipt of that id (any more), or none that this person may open: the two look the same."""

    def __init__(self) -> None:
        super().__init__("This answer is too old; ask again.")


class NoReceipt(BotError):
    """`/why` with an id that does not exist for this person."""

    def __init__(self) -> None:
        super().__init__("There is no such receipt here. It stands in small print under an answer.")


class ShuttingDown(BotError):
    def __init__(self) -> None:
        super().__init__("I am about to restart. Please ask again in a minute.")


def is_late(error: BaseException) -> bool:
    """Whether Discord no longer knows the interaction: nobody is waiting for an answer to it."""
    return isinstance(error, discord.HTTPException) and error.code in (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED)


def explain(error: BaseException) -> tuple[str, int]:
    """What a person is told about `error`, and the level it is logged at. In this order:

    1. what the person can mend (a question, a date, a wait): its own sentence;
    2. what the server's admins can mend: missing permissions;
    3. what only the owner can mend (the archive, the bot's own file, the models): that there is a problem, no detail;
    4. Discord's own troubles;
    5. anything else, which is a mistake of ours.
    """
    if isinstance(error, BotError):
        return str(error), logging.INFO
    if isinstance(error, (BadQuestion, UnknownArticle)):
        return markup.escape(str(error), _LONGEST), logging.INFO  # It may repeat what the person wrote.
    if isinstance(error, app_commands.CheckFailure):
        return "You cannot use this here.", logging.INFO
    if isinstance(error, discord.Forbidden):
        return (
            "I lack a permission to do that here. A server admin can grant it in this channel's settings.",
            logging.WARNING,
        )
    if isinstance(error, (NutgrafError, sqlite3.Error)):
        return "The archive has a problem that its owner has to look at.", logging.ERROR
    if isinstance(error, (discord.HTTPException, aiohttp.ClientError, TimeoutError)):
        return "Discord did not take my answer. Please try again.", logging.WARNING
    return "Something went wrong on my side.", logging.ERROR


def _prepare(error: BaseException, where: str) -> str | None:
    """Log the error; the text for the person, or None where there is nobody to tell."""
    original = getattr(error, "original", error)
    if is_late(original):
        log.debug("late interaction dropped", extra={"where": where})
        return None
    text, level = explain(original)
    reference = secrets.token_hex(3)
    detail: dict[str, Any] = {"reference": reference, "where": where, "error": type(original).__name__}
    log.log(level, "answered with an error", extra=detail, exc_info=original if level >= logging.ERROR else None)
    return f"{text}\n-# Reference {reference}"


async def answer_interaction(
    interaction: discord.Interaction[Any], error: BaseException, *, public: bool = False
) -> None:
    """Tell the person who pressed or typed, privately. `public`: the interaction was deferred for all to see.

    What follows a public defer is public too, unless the original is removed first.
    """
    text = _prepare(error, "interaction")
    if text is None:
        return
    view = render.note(text)
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        if public:
            # The first thing sent after a defer takes the original's place, so that is filled (saying as little as possible, as
            # it stays where it cannot be deleted) and removed.
            await interaction.edit_original_response(view=render.note("I could not answer this. Please ask again."))
            await interaction.delete_original_response()
        await interaction.followup.send(view=view, ephemeral=True)
    except UNDELIVERED as failure:
        log.warning("error could not be delivered", extra={"error": type(failure).__name__})


async def answer_message(message: discord.Message, error: BaseException) -> None:
    """Tell the author of a chat message: by DM, and where that is closed, in the channel. That they ask too much they are told
    once: else each message of theirs makes us send another."""
    if isinstance(error, Busy) and error.told:
        log.debug("a message too many was not answered")
        return
    text = _prepare(error, "message")
    if text is None:
        return
    view = render.note(text)
    if message.guild is not None:
        with suppress(*UNDELIVERED):
            await message.author.send(view=view)
            return
    try:
        await message.reply(view=view, mention_author=False)
    except UNDELIVERED as failure:
        log.warning("error could not be delivered", extra={"error": type(failure).__name__})
