"""`python -m bot`: run the bot. `--preview` shows it in the browser without a token."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot import logs
from bot.feedback import feedback
from bot.settings import Settings
from bot.signals import stop_event
from bot.state import FILE, State
from index import NutgrafError, complete_output, reader_left, use_utf8

if TYPE_CHECKING:
    from bot.client import Nutgraf
    from index import Archive

log = logging.getLogger(__name__)

NO_TOKEN = (
    "There is no bot token. Put NUTGRAF_TOKEN=... into a file .env here (https://discord.com/developers/applications gives "
    "one), or try the bot without a token: python -m bot --preview"
)
NO_LONGER_VALID = 4004
"""The gateway's code for a token that was taken back while the bot ran:
https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
REFUSED_TOKEN = (
    "Discord refused the token. Copy it again from https://discord.com/developers/applications into NUTGRAF_TOKEN, "
    "or try the bot without a token: python -m bot --preview"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status. What goes wrong at start ends in one line on standard error."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Ask an archive of news articles in Discord.")
    parser.add_argument(
        "--preview", action="store_true", help="show the bot in a page in the browser: no token, no network"
    )
    parser.add_argument(
        "--votes", action="store_true", help="print the answers people voted on and what they said is wrong, and end"
    )
    parser.add_argument("--archive", type=Path, help="folder of the archive (with --preview: may then be written to)")
    parser.add_argument("--port", type=int, help="with --preview: port of the page (default: any that is free)")
    parser.add_argument(
        "--sync", action="store_true", help="register the commands with Discord even if they have not changed"
    )
    options = parser.parse_args(arguments)
    try:
        settings = Settings(**({"archive": options.archive} if options.archive is not None else {}))
    except ValidationError as error:
        first = error.errors()[0]
        name = "NUTGRAF_" + "_".join(str(part) for part in first["loc"]).upper()
        return _fail(f"{name} is not right: {first['msg']}. See .env.example.")
    except UnicodeDecodeError:
        return _fail("The file .env here is not in UTF-8: save it as UTF-8 and start again.")
    logs.configure(settings.log_level, settings.log_format)
    try:
        if options.preview:
            from bot.preview import preview

            return asyncio.run(preview(settings, given=options.archive is not None, port=options.port))
        if options.votes:
            return _print_votes(settings.archive)
        if settings.token is None or not settings.token.get_secret_value().strip():
            return _fail(NO_TOKEN)
        with open_archive(settings) as archive:
            # The archive's own troubles come before Discord's.
            state = State(archive.folder)
            return asyncio.run(_run(archive, state, settings, sync=options.sync))
    except NutgrafError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 130


def _print_votes(folder: Path) -> int:
    """Print what people voted. That the reader has seen enough (`--votes | head`) is no error."""
    use_utf8()
    if (folder / FILE).exists():
        with closing(State(folder)) as state:
            lines = list(feedback(state))
        said = "\n".join(lines) if lines else "Nobody has voted on an answer yet."
    else:
        said = f"Nobody has voted on an answer yet: no bot has run with the archive {folder}."
    with complete_output(sys.stdout):
        with suppress(BrokenPipeError):
            print(said)
        reader_left(sys.stdout)
    return 0


def open_archive(settings: Settings) -> Archive:
    """The archive as set; loads nothing heavy."""
    from index import Archive, SentenceEncoder

    encoder = SentenceEncoder(settings.model) if settings.model else None
    return Archive(settings.archive, encoder=encoder, timezone=settings.timezone)


async def _run(archive: Archive, state: State, settings: Settings, *, sync: bool) -> int:
    import aiohttp
    import discord

    from bot.client import Nutgraf

    assert settings.token is not None
    token = settings.token.get_secret_value().strip()
    try:
        async with Nutgraf(archive, settings, state=state, sync=sync) as bot:
            await _until_told(bot, token)
    except discord.LoginFailure:
        return _fail(REFUSED_TOKEN)
    except discord.ConnectionClosed as error:
        if error.code != NO_LONGER_VALID:
            raise
        return _fail(REFUSED_TOKEN)
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        return _fail(f"Discord cannot be reached ({type(error).__name__}): check the network and try again.")
    return 0


async def _until_told(bot: Nutgraf, token: str) -> None:
    """Run until the connection ends for good or SIGTERM or Ctrl-C comes; then finish what is in hand."""
    told = stop_event()
    running = asyncio.create_task(bot.start(token))
    waiting = asyncio.create_task(told.wait())
    try:
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
        if not running.done():
            log.info("stopping")
            await bot.close()
            running.cancel()  # How its connection ended when it was closed is nothing to tell.
    await asyncio.wait({running})
    if not told.is_set():
        running.result()


def _fail(line: str) -> int:
    print(line, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
