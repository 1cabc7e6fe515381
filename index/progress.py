"""Progress of long work: a bar with rate and time on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from index.adding import Progress

_LINE_EVERY_SECONDS = 10.0


@contextmanager
def shown(*, quiet: bool = False, total: int | None = None) -> Iterator[Callable[[Progress], None]]:
    """Shows what the function it gives is told, on standard error. `total`: articles expected, if known."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with _bar(total) as report:
            yield report
    else:
        yield _lines(total)


@contextmanager
def _bar(total: int | None) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    started = monotonic()
    columns = (SpinnerColumn(), TextColumn("articles"), MofNCompleteColumn(), BarColumn())
    rate = TextColumn("{task.fields[passages]} passages, {task.fields[rate]:.0f}/s")
    with Bars(
        *columns, rate, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bars:
        task = bars.add_task("", total=total, passages=0, rate=0.0)

        def report(progress: Progress) -> None:
            rate = progress.passages / max(monotonic() - started, 1e-9)
            bars.update(task, completed=progress.articles, passages=progress.passages, rate=rate)

        yield report


def _lines(total: int | None) -> Callable[[Progress], None]:
    started, last = monotonic(), monotonic()

    def report(progress: Progress) -> None:
        nonlocal last
        now = monotonic()
        if now - last >= _LINE_EVERY_SECONDS:
            last = now
            of = f" of {total}" if total else ""
            rate = progress.passages / (now - started)
            print(
                f"{progress.articles}{of} articles, {progress.passages} passages, {rate:.0f} passages/s",
                file=sys.stderr,
            )

    return report
