"""Everything an owner can set. Read from `NUTGRAF_*` variables or a `.env` file by `bot.__main__`, by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One field a setting: `archive_folder` would be read from NUTGRAF_ARCHIVE_FOLDER. `.env.example` mirrors this class."""

    model_config = SettingsConfigDict(
        env_prefix="NUTGRAF_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    token: SecretStr | None = Field(
        default=None, description="The bot's token, from https://discord.com/developers/applications."
    )
    archive: Path = Field(
        default_factory=lambda: user_data_path("nutgraf", appauthor=False),
        description="Folder of the archive, and of the bot's own state. Default: the platform's user data folder.",
    )
    timezone: str = Field(default="UTC", description="Zone of articles and days that name none, such as Europe/Berlin.")
    model: str | None = Field(
        default=None,
        description="A sentence-transformers model, by name or folder. Default: the one that comes with Nutgraf.",
    )
    promise: Literal["strict", "balanced", "generous"] = Field(
        default="balanced",
        description="How often a given answer may be wrong: strict 1 in 20, balanced 1 in 10, generous 1 in 5.",
    )
    workers: int = Field(default=2, ge=1, le=64, description="Questions answered at the same moment.")
    queue: int = Field(
        default=48, ge=0, le=10_000, description="Questions that may wait; beyond them people are asked to try again."
    )
    deadline: float = Field(default=120.0, gt=0, le=840, description="Seconds after which a question is given up.")
    user_questions: int = Field(default=6, ge=1, description="Questions one person may ask in user_seconds.")
    user_seconds: float = Field(default=30.0, gt=0, le=86_400, description="Length of a person's window in seconds.")
    server_questions: int = Field(default=60, ge=1, description="Questions one server may ask in server_seconds.")
    server_seconds: float = Field(default=30.0, gt=0, le=86_400, description="Length of a server's window in seconds.")
    receipt_days: int = Field(
        default=180, ge=1, le=3650, description="Days for which an answer can be looked up and its buttons work."
    )
    followup_minutes: int = Field(
        default=30, ge=0, le=1440, description="Minutes for which a thread or DM remembers the last question."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="How much is logged.")
    log_format: Literal["text", "json"] = Field(
        default="text", description="text for people, json for machines: one object a line."
    )

    @field_validator("archive")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        """No shell has done this for what stands in a file."""
        try:
            return value.expanduser()
        except RuntimeError as error:
            raise ValueError(f"{value} names the folder of a user who has none here; write the path out") from error

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone; use a name such as Europe/Berlin or UTC") from error
        return value
