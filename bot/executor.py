"""Where blocking work runs: a bounded number of questions, a bounded queue, a deadline. The event loop never waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from bot.errors import Busy, ShuttingDown, TooSlow

P = ParamSpec("P")
T = TypeVar("T")


class Executor:
    """Runs questions in `workers` threads; `queue` more may wait; each is given up after `deadline` seconds.

    A thread cannot be stopped, so a question that was given up keeps its place until it ends.
    """

    def __init__(self, *, workers: int, queue: int, deadline: float, now: Callable[[], datetime]) -> None:
        self._limit = workers + queue
        self._workers = workers
        self._deadline = deadline
        self._now = now
        self._taken = 0
        self._seconds = 1.0
        self._closing = False
        self._questions = ThreadPoolExecutor(workers, thread_name_prefix="question")
        # Apart from the questions: a vote is stored and a button answered while all of them are busy.
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="state")

    @property
    def taken(self) -> int:
        """Questions being answered or waiting."""
        return self._taken

    async def question(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in its turn. Raises Busy where the queue is full, TooSlow past the deadline."""
        if self._closing:
            raise ShuttingDown
        if self._taken >= self._limit:
            wait = max(5.0, self._seconds * self._taken / self._workers)
            raise Busy("I am busy: too many questions at once.", self._now() + timedelta(seconds=wait))
        loop = asyncio.get_running_loop()
        self._taken += 1
        started = threading.Event()

        def timed() -> T:
            started.set()
            began = loop.time()
            try:
                return work(*args, **kwargs)
            finally:
                self._seconds = 0.8 * self._seconds + 0.2 * (loop.time() - began)

        running = asyncio.ensure_future(loop.run_in_executor(self._questions, timed))
        running.add_done_callback(self._release)
        done, _ = await asyncio.wait([running], timeout=self._deadline)
        if done:
            return running.result()
        if not started.is_set():
            running.cancel()
            await asyncio.wait([running])
        raise TooSlow

    def _release(self, running: asyncio.Future[T]) -> None:
        self._taken -= 1
        if not running.cancelled():
            running.exception()

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
        await asyncio.to_thread(self._questions.shutdown, wait=True, cancel_futures=True)
        await asyncio.to_thread(self._disk.shutdown, wait=True)
