"""Log set-up: one event a line, as text or JSON. No event carries a question, an article's text or a user's id."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """What was handed to the logger as `extra`."""
    return {name: value for name, value in record.__dict__.items() if name not in _STANDARD}


class TextFormatter(logging.Formatter):
    """`2026-01-01T00:00:00+00:00 INFO bot.ask answered kind=span milliseconds=180`"""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        pairs = "".join(f" {name}={value}" for name, value in fields(record).items())
        line = f"{moment} {record.levelname} {record.name} {record.getMessage()}{pairs}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """The same as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **fields(record),
        }
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        return json.dumps(event, default=str, ensure_ascii=False)


def without_user(record: logging.LogRecord) -> bool:
    """A filter for discord.py's tree, which names the user whose choices did not arrive in time."""
    if record.exc_info and str(record.msg).startswith("Ignoring exception in autocomplete"):
        error = record.exc_info[0]
        record.msg, record.args, record.exc_info = "choices could not be offered", (), None
        record.levelno, record.levelname = logging.INFO, "INFO"
        record.error = error.__name__ if error else ""
    return True


def configure(level: str, form: Literal["text", "json"], stream: TextIO | None = None) -> None:
    """Log to `stream` (default: standard error). discord.py stays at INFO: below, it logs what people write."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("bot", "index"):
        logging.getLogger(name).setLevel(level)
    logging.getLogger("discord.app_commands.tree").addFilter(without_user)
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
