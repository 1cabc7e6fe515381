"""Questions wait their turn, are given up past their deadline, and every place is given back, however its question ends."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from bot.desk import Place
from bot.errors import Busy, TooSlow
from bot.executor import Executor
from tests.discord_fixtures import Clock


async def test_a_question_past_the_deadline_is_given_up_and_keeps_its_place_until_it_ends(clock: Clock) -> None:
    executor = Executor(workers=1, queue=1, deadline=0.05, now=clock)
    go = threading.Event()
    with pytest.raises(TooSlow):
        await executor.question("a", go.wait, 60)
    assert executor.taken == 1, "its thread is still at it"
    with pytest.raises(TooSlow):
        await executor.question("a", go.wait, 60)
    assert executor.taken == 1, "what had not begun never will"
    go.set()
    while executor.taken:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert await executor.question("a", lambda: "done") == "done"
    await executor.close()


async def waiting(executor: Executor, *askers: Any) -> tuple[threading.Event, list[Any], list[asyncio.Future[Any]]]:
    """They ask in this order, and nothing is answered until the event is set; who was answered, in order; their calls."""
    go = threading.Event()
    answered: list[Any] = []

    def answer(asker: Any) -> Any:
        assert go.wait(60)
        answered.append(asker)
        return asker

    calls = []
    for asker in askers:
        calls.append(asyncio.ensure_future(executor.question(asker, answer, asker)))
        await asyncio.sleep(0)
    return go, answered, calls


@pytest.mark.parametrize(
    ("askers", "answered", "busy"),
    [
        ("aaaab", "aabaa", ""),  # one running, four waiting: they take turns
        ("aaaaab", "aabaa", "a"),  # the queue is full: who has most waiting gives way
        ("aaaaabb", "aabab", "aa"),
        ("aaaaabbb", "aabab", "aab"),  # both have two: nobody has too many
        ("aaaaaa", "aaaaa", "a"),  # one alone has all places
        ("abcdef", "abcde", "f"),
        ("aabbcd", "aabcd", "b"),
    ],
)
async def test_no_asker_shuts_the_others_out(clock: Clock, askers: str, answered: str, busy: str) -> None:
    executor = Executor(workers=1, queue=4, deadline=60, now=clock)
    go, order, calls = await waiting(executor, *askers)
    assert executor.taken == min(5, len(askers))
    go.set()
    ended = await asyncio.gather(*calls, return_exceptions=True)
    assert "".join(order) == answered
    refused = [asker for asker, end in zip(askers, ended, strict=True) if isinstance(end, Busy)]
    assert "".join(refused) == busy
    assert executor.taken == 0
    await executor.close()


async def test_what_waits_when_the_bot_closes_is_dropped(clock: Clock) -> None:
    executor = Executor(workers=1, queue=4, deadline=60, now=clock)
    go, order, calls = await waiting(executor, *"aab")
    closing = asyncio.ensure_future(executor.close())
    await asyncio.sleep(0.05)
    go.set()
    await closing
    ended = await asyncio.gather(*calls, return_exceptions=True)
    assert order == ["a"]
    assert [type(end) for end in ended] == [str, asyncio.CancelledError, asyncio.CancelledError]
    assert executor.taken == 0


async def test_work_that_ends_in_stop_iteration_gives_its_place_back(clock: Clock) -> None:
    executor = Executor(workers=1, queue=1, deadline=60, now=clock)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await executor.question("a", lambda: next(iter(())))
    assert await executor.question("a", lambda: 7) == 7
    assert executor.taken == 0
    await executor.close()


def test_a_server_takes_turns_with_people_in_their_dms() -> None:
    here = [Place(guild_id=guild, channel_id=1, user_id=user).asker for guild, user in ((1, 5), (1, 6), (5, 6))]
    alone = [Place(guild_id=None, channel_id=1, user_id=user).asker for user in (5, 6)]
    assert here[0] == here[1]
    assert len({*here, *alone}) == 4
