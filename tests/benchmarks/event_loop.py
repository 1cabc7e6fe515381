"""How long the event loop is held up while 50 people ask at once: `python tests/benchmarks/event_loop.py [--real]`.

A task that sleeps 5 ms notes by how much it wakes too late. The bot, its commands and its limits are the real ones over the
samples; Discord is simulated in the same event loop, so what is measured is an upper bound. `--real` uses the real models.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.settings import Settings
from index import Archive, samples
from tests.conftest import WordEncoder
from tests.discord_fixtures import QUESTION, Clock, NearestNumber, text, world_of

PEOPLE = 50
INTERVAL = 0.005
TARGET = 0.1
"""Seconds; the lag to stay under."""


async def lags(noted: list[float], worked: list[float]) -> None:
    """Note the lag of each sleep, and the processor time the loop's thread took meanwhile, which other programs don't touch."""
    while True:
        before, busy = time.perf_counter(), time.thread_time()
        await asyncio.sleep(INTERVAL)
        noted.append(time.perf_counter() - before - INTERVAL)
        worked.append(time.thread_time() - busy)


async def main(real: bool) -> int:
    with tempfile.TemporaryDirectory() as folder:
        models = {} if real else {"encoder": WordEncoder(), "reader": NearestNumber()}
        with Archive(Path(folder) / "archive", **models) as archive:  # type: ignore[arg-type]
            archive.add(samples())
            archive.warm()
            gc.collect()
            gc.freeze()  # As the bot does once its models are loaded.
            settings = Settings(_env_file=None, archive=Path(folder), queue=PEOPLE, server_questions=1000)  # type: ignore[call-arg]
            async with world_of(archive, settings, Clock(), Path(folder)) as world:
                people = [world.guild.add_member(world.env.create_user(f"person{number}")) for number in range(PEOPLE)]
                await world.ask()
                noted: list[float] = []
                worked: list[float] = []
                measuring = asyncio.ensure_future(lags(noted, worked))
                await asyncio.sleep(0.5)
                quiet, began = len(noted), time.perf_counter()
                world.env.settle_timeout = 0
                for person in people:
                    with suppress(TimeoutError):
                        await person.slash(world.channel, "ask", question=QUESTION)
                world.env.settle_timeout = 600
                await world.env.settle()
                seconds = time.perf_counter() - began
                measuring.cancel()
                answered = sum("1,949" in text(message) for message in world.channel.history()) - 1
    busy = sorted(noted[quiet:])
    print(f"{answered} of {PEOPLE} answered in {seconds:.1f} s, {'real' if real else 'quick'} models")
    print(
        f"lag while quiet:  p50 {statistics.median(noted[:quiet]) * 1000:.1f} ms, most {max(noted[:quiet]) * 1000:.1f} ms"
    )
    print(
        f"lag while asking: p50 {statistics.median(busy) * 1000:.1f} ms, p95 {busy[int(len(busy) * 0.95)] * 1000:.1f} ms, "
        f"most {busy[-1] * 1000:.1f} ms (to stay under {TARGET * 1000:.0f} ms)"
    )
    print(f"longest stretch of work on the loop, in processor time: {max(worked[quiet:]) * 1000:.1f} ms")
    return 0 if answered == PEOPLE and busy[-1] < TARGET else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", action="store_true", help="use the real models")
    sys.exit(asyncio.run(main(parser.parse_args().real)))
