"""Discord refusing, failing and stalling on each kind of call; the archive failing; too many questions; the end."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot import logs
from bot.errors import BotError, TooSlow, explain
from bot.receipts import Vote
from bot.settings import Settings
from index import Archive, ArchiveError, BadQuestion, ModelUnavailable
from tests.discord_fixtures import QUESTION, Clock, World, labels, text, world_of

STATUSES = [500, 403, 404]


@pytest.fixture
async def rough(quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path) -> AsyncIterator[World]:
    """The world where errors are expected."""
    async with world_of(quick_archive, settings, clock, tmp_path) as made:
        yield made
        assert made.env.errors == [], "all of them are handled in one place"


async def survives(world: World) -> None:
    """The next question is answered as ever."""
    result = await world.other.slash(world.channel, "ask", question=QUESTION)
    assert "1,949" in text(result.response)


def shown_to(world: World, actor: simcord.MemberActor) -> str:
    return "\n".join(text(message) for message in world.channel.history(viewer=actor) if message.components)


@pytest.mark.parametrize("status", STATUSES)
async def test_a_refused_defer(rough: World, status: int) -> None:
    rough.env.inject_error("POST", "/interactions/*/callback", status=status)
    await rough.ask()
    assert "1,949" not in shown_to(rough, rough.other)
    await survives(rough)


async def test_a_late_interaction_is_dropped_quietly(rough: World, caplog: pytest.LogCaptureFixture) -> None:
    rough.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction")
    with caplog.at_level(logging.INFO):
        result = await rough.ask()
    assert not result.acknowledged
    assert result.followups == []
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    await survives(rough)


@pytest.mark.parametrize("status", STATUSES)
async def test_a_refused_answer_is_told_privately(rough: World, status: int) -> None:
    rough.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=status)
    result = await rough.ask()
    assert result.response is None, "the public original is taken away"
    [told] = result.followups
    assert told.ephemeral
    assert "Reference" in text(told)
    assert shown_to(rough, rough.other) == ""
    await survives(rough)


@pytest.mark.parametrize("status", STATUSES)
async def test_where_the_original_stays_it_says_as_little_as_possible(rough: World, status: int) -> None:
    rough.env.inject_error("DELETE", "/webhooks/*/messages/@original", status=status)
    await rough.ask(since="the day after never")
    assert "the day after never" not in shown_to(rough, rough.other)
    assert "I could not answer this" in shown_to(rough, rough.other)
    await survives(rough)


async def test_when_nothing_can_be_sent_the_bot_goes_on(rough: World, caplog: pytest.LogCaptureFixture) -> None:
    rough.env.inject_error("*", "/webhooks/*", status=500, times=8)
    await rough.ask()
    assert "error could not be delivered" in caplog.text
    rough.env.backend.faults.clear()
    await survives(rough)


@pytest.mark.parametrize("status", STATUSES)
async def test_a_refused_reply_in_chat_goes_to_the_asker(rough: World, status: int) -> None:
    rough.env.inject_error("POST", f"/channels/{rough.channel.id}/messages", status=status)
    assert rough.bot.user is not None
    await rough.member.send(rough.channel, f"{rough.bot.user.mention} {QUESTION}")
    assert "Reference" in text(rough.member.user.dm_channel.last_message)
    await survives(rough)


async def test_a_message_deleted_meanwhile_is_answered_without_reply(rough: World) -> None:
    rough.env.inject_error("POST", f"/channels/{rough.channel.id}/typing", status=500)
    assert rough.bot.user is not None
    await rough.member.send(rough.channel, f"{rough.bot.user.mention} {QUESTION}")
    sent = rough.env.http_requests[-1]
    assert sent.json["message_reference"]["fail_if_not_exists"] is False
    assert "1,949" in shown_to(rough, rough.other)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("label", ["Passages", "Ask a follow-up", "Helpful"])
async def test_a_refused_press(rough: World, label: str, status: int) -> None:
    message = (await rough.ask()).response
    rough.env.inject_error("POST", "/interactions/*/callback", status=status)
    await rough.member.click(message, label=label)
    again = await rough.member.click(message, label="Passages")
    assert "Rank 1" in text(again.response)


@pytest.mark.parametrize("status", STATUSES)
async def test_a_refused_answer_to_a_modal(rough: World, status: int) -> None:
    message = (await rough.ask()).response
    form = await rough.member.click(message, label="Ask a follow-up")
    rough.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=status)
    result = await rough.member.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert [told.ephemeral for told in result.followups] == [True]
    await survives(rough)


@pytest.mark.parametrize("status", STATUSES)
async def test_refused_autocomplete(rough: World, status: int, caplog: pytest.LogCaptureFixture) -> None:
    rough.env.inject_error("POST", "/interactions/*/callback", status=status)
    assert await rough.member.autocomplete(rough.channel, "ask", "question", "how") == []
    assert str(rough.member.id) not in caplog.text
    await survives(rough)


async def test_being_told_to_slow_down_sends_nothing_twice(rough: World) -> None:
    rough.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=429)
    await rough.ask()
    assert shown_to(rough, rough.other).count("1,949") <= 1
    await survives(rough)


@pytest.mark.parametrize("kind", ["defer", "edit original", "follow-up", "delete original", "autocomplete", "modal"])
async def test_a_stalled_interaction_stops_only_itself(
    rough: World, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    message = (await rough.ask()).response
    adapter = rough.env._webhook_adapter
    original = adapter.request
    stalled: list[str] = []
    method, end = {
        "defer": ("POST", "/callback"),
        "edit original": ("PATCH", "@original"),
        "follow-up": ("POST", "{webhook_token}"),
        "delete original": ("DELETE", "@original"),
        "autocomplete": ("POST", "/callback"),
        "modal": ("POST", "/callback"),
    }[kind]

    async def stall(route: Any, *arguments: Any, **options: Any) -> Any:
        if route.method == method and route.path.endswith(end):
            stalled.append(route.path)
            raise TimeoutError
        return await original(route, *arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(adapter, "request", stall)
        if kind == "autocomplete":
            assert await rough.member.autocomplete(rough.channel, "ask", "question", "how") == []
        elif kind == "modal":
            await rough.member.click(message, label="Ask a follow-up")
        else:
            await rough.ask(since="the day after never" if kind in ("follow-up", "delete original") else "30d")
    assert stalled
    await survives(rough)


async def test_a_stalled_call_stops_only_itself(rough: World, monkeypatch: pytest.MonkeyPatch) -> None:
    original = rough.bot.http.request

    async def stalled(route: Any, **options: Any) -> Any:
        if route.path.endswith("/messages"):
            raise TimeoutError
        return await original(route, **options)

    monkeypatch.setattr(rough.bot.http, "request", stalled)
    assert rough.bot.user is not None
    await rough.member.send(rough.channel, f"{rough.bot.user.mention} {QUESTION}")
    monkeypatch.undo()
    await survives(rough)


async def test_a_failing_archive_tells_the_person_nothing_of_its_inside(
    rough: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise ArchiveError("/home/owner/archive/shared.sqlite3 is locked: stop the other program.")

    with monkeypatch.context() as patched:
        patched.setattr(type(rough.bot.desk.archive), "ask", failing)
        result = await rough.ask()
    told = text(result.followups[0])
    assert "/home/owner" not in told
    reference = re.search(r"Reference ([0-9a-f]{6})", told)
    assert reference
    assert any(getattr(record, "reference", "") == reference[1] for record in caplog.records)
    assert "is locked" in caplog.text, "the owner finds it in the log"
    await survives(rough)


class Gate:
    """An archive's `ask` that waits until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, archive: Archive) -> None:
        self.opened = threading.Event()
        self.running = 0
        self.most = 0
        self._lock = threading.Lock()
        original = type(archive).ask

        def waiting(inner: Archive, *arguments: Any, **options: Any) -> Any:
            with self._lock:
                self.running += 1
                self.most = max(self.most, self.running)
            assert self.opened.wait(60)
            try:
                return original(inner, *arguments, **options)
            finally:
                with self._lock:
                    self.running -= 1

        monkeypatch.setattr(type(archive), "ask", waiting)


async def several(world: World, actors: list[simcord.MemberActor]) -> None:
    """All of them ask at once: the calls return before their answers are there."""
    world.env.settle_timeout = 0
    for actor in actors:
        with pytest.raises(TimeoutError):
            await actor.slash(world.channel, "ask", question=QUESTION)
    await asyncio.sleep(0.05)
    world.env.settle_timeout = 60


async def test_beyond_the_queue_people_are_asked_to_try_again(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = settings.model_copy(update={"workers": 2, "queue": 3})
    async with world_of(quick_archive, small, clock, tmp_path) as world:
        gate = Gate(monkeypatch, quick_archive)
        actors = [world.guild.add_member(world.env.create_user(f"asker{number}")) for number in range(8)]
        await several(world, actors)
        gate.opened.set()
        await world.env.settle(timeout=60)
        assert gate.most == 2, "no more than the workers at once"
        answered = [message for message in world.channel.history() if "1,949" in text(message)]
        assert len(answered) == 5
        busy = [
            message
            for actor in actors
            for message in world.channel.history(viewer=actor)
            if "I am busy" in text(message)
        ]
        assert len(busy) == 3
        assert all(message.flags.ephemeral and re.search(r"<t:\d+:R>", text(message)) for message in busy)


async def test_being_given_up_is_told(rough: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def slow(*_: Any, **__: Any) -> Any:
        raise TooSlow

    monkeypatch.setattr(rough.bot.executor, "question", slow)
    assert "took too long" in text((await rough.ask()).followups[0])


@pytest.mark.parametrize(
    ("limit", "whose"), [({"user_questions": 2}, "You have"), ({"server_questions": 2}, "This server has")]
)
async def test_cooldowns(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, limit: dict[str, int], whose: str
) -> None:
    async with world_of(quick_archive, settings.model_copy(update=limit), clock, tmp_path) as world:
        for _ in range(2):
            assert "1,949" in text((await world.ask()).response)
        told = (await world.ask()).followups[0]
        assert told.ephemeral
        assert whose in text(told)
        other = await world.other.slash(world.channel, "ask", question=QUESTION)
        assert (other.response is not None) == (whose == "You have"), "a person's window is their own"
        clock.pass_(seconds=31)
        assert "1,949" in text((await world.ask()).response)


@pytest.mark.parametrize("limit", [{"user_questions": 2}, {"server_questions": 2}])
async def test_whoever_writes_on_and_on_is_told_once_in_a_while(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, limit: dict[str, int]
) -> None:
    async with world_of(quick_archive, settings.model_copy(update=limit), clock, tmp_path) as world:
        assert world.bot.user is not None
        asked = f"{world.bot.user.mention} {QUESTION}"

        async def typed_and_told(times: int) -> tuple[int, int]:
            before = len(world.env.http_requests)
            for _ in range(times):
                await world.member.send(world.channel, asked)
            paths = [request.path for request in world.env.http_requests[before:]]
            dm = world.member.user.dm_channel
            told = [] if dm is None else [m for m in dm.history() if "many questions" in text(m)]
            return sum(path.endswith("/typing") for path in paths), len(told)

        assert await typed_and_told(10) == (2, 1)
        result = (await world.ask()).followups[0]
        assert "many questions" in text(result), "a command is answered each time"
        clock.pass_(seconds=31)
        assert await typed_and_told(10) == (2, 2)


async def test_questions_asked_before_the_models_are_loaded_are_answered(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()
    original = type(quick_archive).ask

    def warm(_: Archive) -> None:
        assert loaded.wait(60)

    def asked(inner: Archive, *arguments: Any, **options: Any) -> Any:
        assert loaded.wait(60)
        return original(inner, *arguments, **options)

    monkeypatch.setattr(type(quick_archive), "warm", warm)
    monkeypatch.setattr(type(quick_archive), "ask", asked)
    async with world_of(quick_archive, settings, clock, tmp_path, warm=True) as world:
        assert world.bot.is_ready(), "connected before the models are there"
        await several(world, [world.member])
        loaded.set()
        await world.env.settle(timeout=60)
        assert "1,949" in text(world.channel.last_message)


async def test_closing_finishes_what_is_in_hand_and_refuses_the_rest(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world_of(quick_archive, settings, clock, tmp_path) as world:
        gate = Gate(monkeypatch, quick_archive)
        await several(world, [world.member])
        closing = asyncio.ensure_future(world.bot.close())
        await asyncio.sleep(0.05)
        assert not closing.done()
        gate.opened.set()
        await closing
        assert "1,949" in text(world.channel.last_message)
        with pytest.raises(Exception, match="closed"):
            world.bot.state.value("anything")


def test_the_order_of_explanations_is_the_documented_one() -> None:
    class Response:
        status, reason = 403, "Forbidden"

    cases: list[tuple[BaseException, str]] = [
        (BotError("Do this instead."), "Do this instead."),
        (BadQuestion("Write 7d."), "Write 7d."),
        (BadQuestion("“**7** [x](https://evil.example)”"), r"“\*\*7\*\* \[x\]\(https\:\/\/evil.example\)”"),
        (discord.Forbidden(Response(), "no"), "permission"),  # type: ignore[arg-type]
        (ModelUnavailable("/secret/path is missing"), "owner"),
        (discord.HTTPException(Response(), "no"), "Discord"),  # type: ignore[arg-type]
        (ZeroDivisionError("question text"), "on my side"),
    ]
    for error, expected in cases:
        shown, _ = explain(error)
        assert expected in shown
        assert "/secret" not in shown


async def test_while_closing_those_who_call_are_told_once_and_nobody_else(
    quick_archive: Archive,
    settings: Settings,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with world_of(quick_archive, settings, clock, tmp_path) as world:
        first = await world.ask()
        gate = Gate(monkeypatch, quick_archive)
        await several(world, [world.member])
        closing = asyncio.ensure_future(world.bot.close())
        await asyncio.sleep(0.05)
        world.env.settle_timeout = 0
        asked = world.other
        with pytest.raises(TimeoutError):
            await asked.slash(world.channel, "ask", question=QUESTION)
        with pytest.raises(TimeoutError):
            await asked.click(first.response, label="Passages")
        with pytest.raises(TimeoutError):
            await world.admin.send(world.channel, "so it is", reply_to=first.response)
        with pytest.raises(TimeoutError):
            assert world.bot.user is not None
            await asked.send(world.channel, f"{world.bot.user.mention} {QUESTION}")
        await asyncio.sleep(0.2)
        told = [m for m in world.channel.history(viewer=asked) if "about to restart" in text(m)]
        assert len(told) == 2, "the command and the press"
        assert all(m.flags.ephemeral for m in told)
        assert [text(m).count("about to restart") for m in asked.user.dm_channel.history()] == [1]
        assert world.admin.user.dm_channel is None or world.admin.user.dm_channel.history() == []
        world.env.settle_timeout = 60
        gate.opened.set()
        await closing
        assert not [r for r in caplog.records if r.levelno >= logging.ERROR], caplog.text


async def test_receipts_that_cannot_be_tidied_go_the_next_time(
    rough: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: Any) -> Any:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(rough.bot.state, "forget_before", failing)
        await rough.bot.desk.tidy()
    assert "could not be deleted" in caplog.text
    await survives(rough)


async def test_late_choices_are_logged_without_the_person(
    rough: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tree = logging.getLogger("discord.app_commands.tree")
    monkeypatch.setattr(tree, "filters", [logs.without_user])
    rough.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, times=2)
    await rough.member.autocomplete(rough.channel, "ask", "question", "how")
    assert "choices could not be offered" in caplog.text
    assert str(rough.member.id) not in caplog.text
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]


@pytest.mark.parametrize(("status", "code"), [(500, 0), (404, 10062)])
async def test_a_press_that_failed_leaves_the_vote_as_it_was(rough: World, status: int, code: int) -> None:
    message = (await rough.ask()).response
    thanks = (await rough.member.click(message, label="Wrong")).followups[0]
    form = await rough.member.click(thanks, label="Say what is wrong")
    await rough.member.submit_modal(form, {"text": "That was the other town."})
    before = rough.bot.state.vote_of(rough.receipt(message), rough.member.id)
    rough.env.inject_error("POST", "/interactions/*/callback", status=status, code=code, message="Not now")
    await rough.member.click(message, label="Helpful")
    assert before == Vote(helpful=False, reason="That was the other town.")
    assert rough.bot.state.vote_of(rough.receipt(message), rough.member.id) == before
    await rough.member.click(message, label="Helpful")
    assert "Helpful (1)" in labels(message)


def fill(world: World) -> None:
    """Leave no room on the disk for the bot's file."""
    database = world.bot.state._db
    database.execute(f"PRAGMA max_page_count = {database.execute('PRAGMA page_count').fetchone()[0]}")


async def test_with_a_full_disk_answers_are_shown_all_the_same(rough: World, caplog: pytest.LogCaptureFixture) -> None:
    fill(rough)
    while "could not be written down" not in caplog.text:
        result = await rough.ask()
        assert "1,949" in text(result.response)
    assert "Receipt" not in text(result.response)
    assert labels(result.response) == []
    found = (await rough.member.slash(rough.channel, "search", query="troops Tijuana")).response
    assert "Rank 1" in text(found)
    await rough.member.user.send_dm(QUESTION)
    assert "1,949" in text(rough.member.user.dm_channel.last_message)
    assert {getattr(record, "reason", "") for record in caplog.records if record.levelno >= logging.ERROR} == {
        "database or disk is full"
    }
    assert "Traceback" not in caplog.text
    assert QUESTION not in caplog.text


async def test_what_was_deleted_while_the_disk_was_full_is_offered_to_nobody_else(
    rough: World, caplog: pytest.LogCaptureFixture
) -> None:
    message = (await rough.ask()).response
    rough.bot.state._db.execute("PRAGMA query_only = ON")
    await rough.admin.delete(message)
    assert await rough.other.autocomplete(rough.channel, "ask", "question", "troops") == []
    assert "could not be noted" in caplog.text
    rough.bot.state._db.execute("PRAGMA query_only = OFF")
    await rough.bot.desk.tidy()
    await rough.restart()
    assert await rough.other.autocomplete(rough.channel, "ask", "question", "troops") == []
