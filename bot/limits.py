"""Cooldowns: how many questions a person and a server may ask in a while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from discord.app_commands import Cooldown

from bot.errors import Busy

_MOST_KEYS = 10_000


class Cooldowns:
    """Token windows in memory, one a person and one a server; a restart forgets them."""

    def __init__(self, *, user: tuple[int, float], server: tuple[int, float], now: Callable[[], datetime]) -> None:
        self._user, self._server = user, server
        self._now = now
        self._windows: dict[tuple[str, int], Cooldown] = {}

    def take(self, user_id: int, guild_id: int | None) -> None:
        """Count one question. Raises Busy, counting nothing, where the person or the server has asked too many."""
        now = self._now()
        stamp = now.timestamp()
        person = self._window("user", user_id, self._user)
        server = self._window("server", guild_id, self._server) if guild_id is not None else None
        if wait := person.get_retry_after(stamp):
            raise Busy("You have asked many questions in a short time.", now + timedelta(seconds=wait))
        if server is not None and (wait := server.get_retry_after(stamp)):
            raise Busy("This server has asked many questions in a short time.", now + timedelta(seconds=wait))
        person.update_rate_limit(stamp)
        if server is not None:
            server.update_rate_limit(stamp)

    def _window(self, kind: str, key: int, limit: tuple[int, float]) -> Cooldown:
        if len(self._windows) >= _MOST_KEYS:
            stamp = self._now().timestamp()
            self._windows = {k: w for k, w in self._windows.items() if w.get_tokens(stamp) < w.rate}
        return self._windows.setdefault((kind, key), Cooldown(*limit))
