"""Takes a question, answers it from what its place may see, and writes the receipt. Knows no Discord message."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import BotError, NoReceipt, TooOld
from bot.executor import Executor
from bot.limits import Cooldowns
from bot.markup import spoken
from bot.memory import Memory
from bot.receipts import Asked, Receipt, new_id, shown_in
from bot.settings import Settings
from bot.starters import Starters
from bot.state import State, keep_since
from bot.visibility import collections_of
from bot.withdrawn import Withdrawn
from index import Answer, Archive, BadQuestion, Kind, Trace, follow_up, parse_since

log = logging.getLogger(__name__)

QUESTION_LENGTH = 4000
SEARCH_HITS = 30
_RECENT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who asks, where, and who will see the answer. `remembers`: a thread or DM, where the last question is context.
    `question_id`: the message that asks, in chat."""

    guild_id: int | None
    channel_id: int
    user_id: int
    private: bool = False
    remembers: bool = False
    question_id: int | None = None

    @property
    def asker(self) -> tuple[str, int]:
        """Who takes turns with others: the server, or in a DM the person."""
        return ("person", self.user_id) if self.guild_id is None else ("server", self.guild_id)


class Desk:
    """Everything between Discord and the archive. `now` is the bot's only clock."""

    def __init__(
        self, archive: Archive, state: State, executor: Executor, settings: Settings, now: Callable[[], datetime]
    ) -> None:
        self.archive = archive
        self.state = state
        self.executor = executor
        self.settings = settings
        self.now = now
        self.memory = Memory()
        self.cooldowns = Cooldowns(
            user=(settings.user_questions, settings.user_seconds),
            server=(settings.server_questions, settings.server_seconds),
            now=now,
        )
        self._on_its_way: set[str] = set()
        self.withdrawn = Withdrawn(state, executor, self.memory)
        self.starters = Starters(archive, executor, self.memory, now, promise=settings.promise)

    async def open(self) -> None:
        """Remember what autocomplete offers."""
        for one in await self.executor.disk(self.state.recent, _RECENT, self._kept_since()):
            self.memory.remember(one)
            if one.messages:
                self.memory.publish(one)

    async def tidy(self) -> None:
        """Delete receipts past their time, and note what was deleted. Where the disk fails both are done the next time."""
        self.memory.forget_before(self._kept_since())
        try:
            await self.withdrawn.tidy()
            gone = await self.executor.disk(self.state.forget_before, self._kept_since())
        except sqlite3.Error as error:
            self.state.not_written("old receipts could not be deleted", error)
            return
        if gone:
            log.info("old receipts deleted", extra={"receipts": gone})

    def _kept_since(self) -> datetime:
        return keep_since(self.now(), self.settings.receipt_days)

    def today(self) -> date:
        return self.now().astimezone(ZoneInfo(self.settings.timezone)).date()

    # Questions

    async def ask(
        self, question: str, place: Place, *, since: str | None = None, context: Receipt | None = None
    ) -> Receipt:
        """Answer and write it down. Raises BadQuestion, Busy, TooSlow, ArchiveError, ModelUnavailable.

        `context` is the answer this may follow up on; without one, a place that remembers gives its own. A public answer never
        follows up on one that is private or was deleted.
        """
        asked = checked(question)
        self.cooldowns.take(place.user_id, place.guild_id)
        if place.question_id is not None:
            self.withdrawn.asking(place.question_id, asked)
        if context is None and place.remembers and self.settings.followup_minutes:
            earliest = self.now() - timedelta(minutes=self.settings.followup_minutes)
            context = await self.executor.disk(
                self.state.last_in, place.channel_id, place.user_id, earliest, private=place.private
            )
        if context is not None and (context.kind != "ask" or not (place.private or _asked(context).messages)):
            context = None
        answer, suggestions = await self.executor.question(
            place.asker, self._answer, asked, place.guild_id, since, context
        )
        previous = context.answer.question if context else None
        followed = previous is not None and answer.question != asked
        receipt = Receipt(
            id=new_id(),
            guild_id=place.guild_id,
            channel_id=place.channel_id,
            user_id=place.user_id,
            private=place.private,
            chat=place.question_id is not None,
            question_id=place.question_id,
            asked=asked,
            answer=answer,
            created=self.now(),
            previous=previous if followed else None,
            suggestions=suggestions,
        )
        receipt = await self._keep(receipt)
        total = sum(answer.trace.milliseconds.values())
        log.info(
            "answered",
            extra={
                "kind": answer.kind.value,
                "milliseconds": round(total),
                "follow_up": followed,
                "private": place.private,
            },
        )
        return receipt

    def _answer(
        self, asked: str, guild_id: int | None, since: str | None, context: Receipt | None
    ) -> tuple[Answer, tuple[str, ...]]:
        """The blocking part of `ask`, for a worker thread. What follows up looks no further back than what it follows."""
        collections = collections_of(guild_id)
        earliest = parse_since(since, self.today()) if since and since.strip() else None
        merged = follow_up(context.answer.question, asked) if context else None
        if merged and context and earliest is None:
            earliest = context.answer.trace.since
        answer = self.archive.ask(merged or asked, collections, since=earliest, promise=self.settings.promise)
        if merged and answer.question != merged:
            answer = replace(answer, question=merged)
        if answer.findings:
            return answer, ()
        try:
            suggestions = self.archive.suggest(
                collections, limit=3, near=merged or asked, promise=self.settings.promise
            )
        except Exception:  # They are an extra: without them the answer is still one.
            log.exception("no questions could be suggested")
            suggestions = ()
        return answer, tuple(" ".join(suggestion.split()) for suggestion in suggestions[:3])

    async def search(self, query: str, place: Place) -> Receipt:
        """The passages for `query`, as a private receipt whose answer has hits and nothing else."""
        asked = checked(query)
        self.cooldowns.take(place.user_id, place.guild_id)
        collections = collections_of(place.guild_id)
        hits = await self.executor.question(place.asker, self.archive.search, asked, collections, limit=SEARCH_HITS)
        trace = Trace(
            collections=collections,
            revisions={},
            encoder="",
            reader=None,
            promise=self.settings.promise,
            threshold=None,
            hits=hits,
        )
        receipt = Receipt(
            id=new_id(),
            kind="search",
            guild_id=place.guild_id,
            channel_id=place.channel_id,
            user_id=place.user_id,
            private=True,
            asked=asked,
            answer=Answer(asked, Kind.NONE, (), trace),
            created=self.now(),
        )
        return await self._keep(receipt)

    # Receipts

    async def _keep(self, receipt: Receipt) -> Receipt:
        """Write it down. Where that fails the answer is given all the same: the receipt as one that is not kept."""
        try:
            await self.executor.disk(self.state.add, receipt)
        except sqlite3.Error as error:
            self.state.not_written("an answer could not be written down", error)
            return replace(receipt, kept=False)
        if receipt.kind == "ask":
            self.memory.remember(_asked(receipt))
        return receipt

    async def sent(self, receipt: Receipt, message_id: int) -> None:
        """The answer now stands in that message. Where that cannot be noted the answer stands all the same."""
        shown_by = {message_id, receipt.question_id}
        if not receipt.kept or self.withdrawn.any_of(shown_by):
            return
        try:
            await self.executor.disk(self.state.sent, receipt.id, message_id)
        except sqlite3.Error as error:
            self.state.not_written("the message of a receipt could not be noted", error)
            return
        shown = _asked(replace(receipt, message_id=message_id))
        # One of them may have been deleted while the disk wrote.
        if receipt.kind == "ask" and shown.messages and not self.withdrawn.any_of(shown_by):
            self.memory.publish(shown)

    async def find(self, receipt: str) -> Receipt:
        """The receipt of that id. Raises TooOld. Whether it may be opened is asked elsewhere."""
        found = await self.executor.disk(self.state.get, receipt)
        if found is None or found.created < self._kept_since():
            raise TooOld
        return found

    async def find_written(self, receipt: str) -> Receipt:
        """As `find`, for an id that somebody typed. Raises NoReceipt."""
        try:
            return await self.find(receipt.strip().strip("`").lower())
        except TooOld:
            raise NoReceipt from None

    async def of_message(self, message_id: int) -> Receipt | None:
        """The receipt that this message of the bot carries, if it is still kept."""
        found = await self.executor.disk(self.state.of_message, message_id)
        return found if found is not None and found.created >= self._kept_since() else None

    @contextmanager
    def sharing(self, receipt: Receipt) -> Iterator[None]:
        """While its public twin is on its way no second one is sent. Raises BotError for a second press."""
        if receipt.id in self._on_its_way:
            raise BotError("You are sharing this already.")
        self._on_its_way.add(receipt.id)
        try:
            yield
        finally:
            self._on_its_way.discard(receipt.id)

    async def share(self, receipt: Receipt, place: Place) -> Receipt:
        """A public twin of a private receipt, to be sent."""
        copy = replace(
            receipt,
            id=new_id(),
            private=False,
            chat=False,
            message_id=None,
            question_id=None,
            channel_id=place.channel_id,
            created=self.now(),
        )
        await self.executor.disk(self.state.share, receipt.id, copy)
        self.memory.remember(_asked(copy))
        return copy


def _asked(receipt: Receipt) -> Asked:
    messages = () if receipt.private else shown_in(receipt.message_id, receipt.question_id)
    return Asked(
        receipt.id, receipt.guild_id, receipt.channel_id, receipt.user_id, receipt.asked, receipt.created, messages
    )


def checked(question: str) -> str:
    """The question, stripped. Raises BadQuestion for an empty or overlong one."""
    question = spoken(question)
    if not question:
        raise BadQuestion(
            "There is no question. Write what you want to know, such as “How many people came to the festival?”"
        )
    if len(question) > QUESTION_LENGTH:
        raise BadQuestion(f"That is {len(question):,} characters; ask in at most {QUESTION_LENGTH:,}.")
    return question
