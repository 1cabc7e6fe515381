"""Where blocking work runs: a bounded number of questions, a bounded queue, a deadline. The event loop never waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ParamSpec, TypeVar

from bot.errors import Busy, ShuttingDown, TooSlow
from bot.turns import Turns

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Job:
    """A question on its way. `done` has what becomes of it; `begun` is set in its thread."""

    work: Callable[[], Any]
    done: asyncio.Future[Any]
    begun: threading.Event = field(default_factory=threading.Event)
    running: asyncio.Future[Any] | None = None


class Executor:
    """Runs questions in `workers` threads; `queue` more may wait; each is given up after `deadline` seconds.

    Askers (a server, or a person in a DM) take turns, and where the queue is full who has most waiting gives way. A thread cannot
    be stopped, so a question that was given up keeps its place until it ends.
    """

    def __init__(self, *, workers: int, queue: int, deadline: float, now: Callable[[], datetime]) -> None:
        self._limit = workers + queue
        self._workers = workers
        self._deadline = deadline
        self._now = now
        self._taken = 0
        self._running = 0
        self._turns: Turns[_Job] = Turns()
        self._seconds = 1.0
        self._closing = False
        self._questions = ThreadPoolExecutor(workers, thread_name_prefix="question")
        # Apart from the questions: a vote is stored and a button answered while all of them are busy.
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="state")

    @property
    def taken(self) -> int:
        """Questions being answered or waiting."""
        return self._taken

    async def question(self, asker: Hashable, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in its turn. Raises Busy where the queue is full, TooSlow past the deadline."""
        if self._closing:
            raise ShuttingDown
        if self._taken >= self._limit:
            displaced = self._turns.make_room(asker)
            if displaced is None:
                raise self._busy()
            self._settle(displaced, self._busy())
        loop = asyncio.get_running_loop()
        job = _Job(partial(work, *args, **kwargs), loop.create_future())
        job.done.add_done_callback(_looked_at)
        self._taken += 1
        self._turns.add(asker, job)
        self._begin()
        done, _ = await asyncio.wait([job.done], timeout=self._deadline)
        if done:
            result: T = job.done.result()
            return result
        if self._turns.remove(asker, job):
            self._settle(job, TooSlow())
        elif job.running is not None and not job.begun.is_set():
            job.running.cancel()
            await asyncio.wait([job.running])
        raise TooSlow

    def _busy(self) -> Busy:
        wait = max(5.0, self._seconds * self._taken / self._workers)
        return Busy("I am busy: too many questions at once.", self._now() + timedelta(seconds=wait))

    def _begin(self) -> None:
        """Start what waits, as far as there are workers."""
        while not self._closing and self._running < self._workers and (job := self._turns.next()) is not None:
            loop = asyncio.get_running_loop()
            self._running += 1
            job.running = asyncio.ensure_future(loop.run_in_executor(self._questions, self._timed, job, loop.time))
            job.running.add_done_callback(partial(self._ended, job))

    def _timed(self, job: _Job, clock: Callable[[], float]) -> Any:
        job.begun.set()
        began = clock()
        try:
            return job.work()
        except StopIteration as error:  # which no future takes, so that nobody would hear of the end of this work
            raise RuntimeError("the work ended in StopIteration") from error
        finally:
            self._seconds = 0.8 * self._seconds + 0.2 * (clock() - began)

    def _ended(self, job: _Job, running: asyncio.Future[Any]) -> None:
        self._running -= 1
        if running.cancelled():
            self._settle(job, None)
        elif (error := running.exception()) is not None:
            self._settle(job, error)
        else:
            if not job.done.done():
                job.done.set_result(running.result())
            self._taken -= 1
        self._begin()

    def _settle(self, job: _Job, error: BaseException | None) -> None:
        """It ends without a result; None where it was cancelled."""
        self._taken -= 1
        if error is None:
            job.done.cancel()
        elif not job.done.done():
            job.done.set_exception(error)

    async def disk(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short piece of work on the bot's own file."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._disk, lambda: work(*args, **kwargs))

    def background(self, work: Callable[[], object]) -> Future[object]:
        """Start something nobody waits for, such as loading the models."""
        return self._questions.submit(work)

    async def close(self) -> None:
        """Take no more questions, and wait for those that are running."""
        self._closing = True
        for job in self._turns.clear():
            self._settle(job, None)
        await asyncio.to_thread(self._questions.shutdown, wait=True, cancel_futures=True)
        await asyncio.to_thread(self._disk.shutdown, wait=True)


def _looked_at(done: asyncio.Future[Any]) -> None:
    """Whoever asked may have gone: then nobody else looks, and asyncio would complain."""
    if not done.cancelled():
        done.exception()
