"""Being told to stop: SIGTERM, or Ctrl-C."""

from __future__ import annotations

import asyncio
import signal


def stop_event() -> asyncio.Event:
    """An event that is set when the process is told to stop. On Windows Ctrl-C arrives as KeyboardInterrupt instead, which
    cancels the running task.
    """
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, told.set)
        except NotImplementedError:
            break
    return told
