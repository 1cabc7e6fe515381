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
        self._told: dict[int, datetime] = {}
        """Who has been told to wait, and until when."""

    def take(self, user_id: int, guild_id: int | None) -> None:
        """Count one question. Raises Busy, counting nothing, where the person or the server has asked too many."""
        for window in self._free(user_id, guild_id):
            window.update_rate_limit(self._now().timestamp())

    def check(self, user_id: int, guild_id: int | None) -> None:
        """Raises Busy where `take` would."""
        self._free(user_id, guild_id)

    def _free(self, user_id: int, guild_id: int | None) -> list[Cooldown]:
        """The windows of the person and the server, which both have room. Raises Busy."""
        stamp = self._now().timestamp()
        person = self._window("user", user_id, self._user)
        if wait := person.get_retry_after(stamp):
            raise self._busy(user_id, "You have asked many questions in a short time.", wait)
        if guild_id is None:
            return [person]
        server = self._window("server", guild_id, self._server)
        if wait := server.get_retry_after(stamp):
            raise self._busy(user_id, "This server has asked many questions in a short time.", wait)
        return [person, server]

    def _busy(self, user_id: int, reason: str, wait: float) -> Busy:
        now = self._now()
        told = self._told.get(user_id, now) > now
        if not told:
            if len(self._told) >= _MOST_KEYS:
                self._told = {user: until for user, until in self._told.items() if until > now}
            self._told[user_id] = now + timedelta(seconds=wait)
        return Busy(reason, now + timedelta(seconds=wait), told=told)

    def _window(self, kind: str, key: int, limit: tuple[int, float]) -> Cooldown:
        if len(self._windows) >= _MOST_KEYS:
            stamp = self._now().timestamp()
            self._windows = {k: w for k, w in self._windows.items() if w.get_tokens(stamp) < w.rate}
        return self._windows.setdefault((kind, key), Cooldown(*limit))
