"""Libraries that would write to the terminal unasked."""

from __future__ import annotations

import logging

_TALKATIVE = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")


def quieten() -> None:
    """Keep their warnings from standard error unless the application asked for logs: they quote what they read."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
