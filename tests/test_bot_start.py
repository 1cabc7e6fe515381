"""`python -m bot`: settings, the one line when something is missing, the log, and which way imports go."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import ValidationError

from bot import logs
from bot.receipts import Receipt, new_id
from bot.settings import Settings
from bot.state import FILE, STEPS, State
from index import Answer, Kind, Trace, create, migrate

ROOT = Path(__file__).resolve().parents[1]


def run(
    *arguments: str, folder: Path, encoding: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NUTGRAF_")}
    environment |= {"PYTHONPATH": str(ROOT), "NUTGRAF_ARCHIVE": str(folder / "archive"), **variables}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding=encoding,
        timeout=120,
        check=False,
    )


def test_without_a_token_one_line_says_where_to_put_it(tmp_path: Path) -> None:
    done = run(folder=tmp_path)
    assert done.returncode != 0
    [line] = done.stderr.splitlines()
    assert "NUTGRAF_TOKEN" in line
    assert "--preview" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NUTGRAF_WORKERS", "none"),
        ("NUTGRAF_TIMEZONE", "Mars/Olympus"),
        ("NUTGRAF_PROMISE", "always"),
        ("NUTGRAF_RECEIPT_DAYS", "0"),
        ("NUTGRAF_USER_SECONDS", "inf"),
        ("NUTGRAF_ARCHIVE", "~nobody-of-that-name/news"),
        ("NUTGRAF_SERVER_SECONDS", "inf"),
    ],
)
def test_a_bad_setting_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    done = run(folder=tmp_path, **{name: value})
    assert done.returncode != 0
    [line] = done.stderr.splitlines()
    assert name in line


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Any], int]:
    """Runs the bot with `connect` in the place of its connection to Discord; returns the exit status."""
    from bot import __main__ as command

    def call(connect: Any) -> int:
        monkeypatch.setattr("discord.ext.commands.AutoShardedBot.start", connect)
        monkeypatch.setattr("bot.logs.configure", lambda *_: None)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("NUTGRAF_TOKEN", "not.a.token")
        monkeypatch.setenv("NUTGRAF_ARCHIVE", str(tmp_path / "archive"))
        return command.main([])

    return call


def test_a_refused_token_ends_in_one_line(start: Callable[[Any], int], capsys: pytest.CaptureFixture[str]) -> None:
    import discord

    async def refused(*_: object, **__: object) -> None:
        raise discord.LoginFailure("Improper token has been passed.")

    assert start(refused) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "refused the token" in line
    assert "not.a.token" not in line


@pytest.mark.parametrize(
    "error", [aiohttp.ServerDisconnectedError(), aiohttp.ClientConnectionError("reset"), OSError("no route")]
)
def test_a_connection_that_breaks_at_login_is_told_in_one_line(
    start: Callable[[Any], int], capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise error

    assert start(broken) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "Discord cannot be reached" in line


@pytest.mark.parametrize("hangs", [False, True])
def test_being_told_to_stop_while_connecting_is_no_error(
    start: Callable[[Any], int], capsys: pytest.CaptureFixture[str], hangs: bool
) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no SIGTERM; Ctrl-C takes the same way")
    import asyncio
    import signal

    from bot.client import Nutgraf

    async def connecting(self: Nutgraf, token: str, **_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        while hangs or not self.is_closed():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        raise aiohttp.ClientConnectionError("Connector is closed.")

    assert start(connecting) == 0
    assert capsys.readouterr().err == ""


def test_sigterm_finishes_and_closes(start: Callable[[Any], int], monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no SIGTERM; Ctrl-C takes the same way")
    import asyncio
    import signal

    from bot.client import Nutgraf

    closed = []
    original = Nutgraf.close

    async def connected(self: Nutgraf, token: str, **_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        while not closed:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    async def close(self: Nutgraf) -> None:
        closed.append(True)
        await original(self)

    monkeypatch.setattr(Nutgraf, "close", close)
    assert start(connected) == 0
    assert closed


def test_the_preview_names_its_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import asyncio

    from bot.preview import preview

    monkeypatch.setitem(sys.modules, "simcord", None)
    assert asyncio.run(preview(Settings(_env_file=None, archive=tmp_path), given=False)) == 1  # type: ignore[call-arg]
    [line] = capsys.readouterr().err.splitlines()
    assert ".[preview]" in line


def test_the_example_file_mirrors_the_settings() -> None:
    written = dict(re.findall(r"^(NUTGRAF_\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    fields = Settings.model_fields
    assert set(written) == {f"NUTGRAF_{name.upper()}" for name in fields}
    defaults = Settings(_env_file=None)  # type: ignore[call-arg]
    for name, field in fields.items():
        assert field.description, f"{name} is documented"
        value = written[f"NUTGRAF_{name.upper()}"]
        if value:
            read = Settings(_env_file=None, **{name: value})  # type: ignore[call-arg]
            assert getattr(read, name) == getattr(defaults, name), f"{name} shows its default"


def test_settings_come_from_the_environment_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NUTGRAF_WORKERS=5\nNUTGRAF_QUEUE=7\nSOMETHING_ELSE=1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NUTGRAF_QUEUE", "9")
    settings = Settings()
    assert (settings.workers, settings.queue) == (5, 9)
    with pytest.raises(ValidationError):
        Settings(workers=0)


def test_the_token_shows_nowhere() -> None:
    assert "geheim" not in repr(Settings(_env_file=None, token="geheim"))  # type: ignore[call-arg, arg-type]


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_event_is_one_line(form: str) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    try:
        logs.configure("INFO", form, stream)  # type: ignore[arg-type]
        logging.getLogger("bot.test").info("answered", extra={"kind": "span", "milliseconds": 12})
        logging.getLogger("bot.test").debug("unseen")
        logging.getLogger("discord.http").debug("what people write")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        for name in ("bot", "index", "discord"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    [line] = stream.getvalue().splitlines()
    if form == "json":
        event = json.loads(line)
        assert (event["event"], event["kind"], event["milliseconds"], event["level"]) == (
            "answered",
            "span",
            12,
            "INFO",
        )
    else:
        assert line.endswith("INFO bot.test answered kind=span milliseconds=12")


@pytest.mark.parametrize("path", sorted((ROOT / "bot").glob("*.py")), ids=lambda path: path.name)
def test_the_bot_uses_the_index_through_its_public_face(path: Path) -> None:
    inner = re.findall(r"^\s*(?:from index\.(\w+)|import index\.(\w+))", path.read_text(), re.MULTILINE)
    assert [one for pair in inner for one in pair if one and one != "errors"] == []


def test_importing_the_bot_starts_nothing(tmp_path: Path) -> None:
    heavy = ("torch", "faiss", "onnxruntime", "simcord", "dateparser")
    code = f"import sys, bot.client, bot.__main__; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_an_archive_that_cannot_be_made_is_named_in_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "taken").write_text("something else")
    folder = tmp_path / "taken" / ("archive" if place == "below a file" else "")
    done = run(folder=tmp_path, NUTGRAF_TOKEN="a.b.c", NUTGRAF_ARCHIVE=str(folder))
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "taken" in line
    assert "check its rights" in line
    assert "Discord" not in line


def test_a_home_folder_in_the_settings_file_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert Settings(_env_file=None, archive="~/news").archive == tmp_path / "news"  # type: ignore[call-arg, arg-type]


def test_a_token_taken_back_while_running_ends_in_one_line(
    start: Callable[[Any], int], capsys: pytest.CaptureFixture[str]
) -> None:
    import discord

    class Socket:
        close_code = 4004

    async def cut(*_: object, **__: object) -> None:
        raise discord.ConnectionClosed(Socket(), shard_id=0)  # type: ignore[arg-type]

    assert start(cut) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "refused the token" in line


def test_without_a_vote_the_owner_is_told_so(tmp_path: Path) -> None:
    done = run("--votes", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Nobody has voted" in done.stdout
    assert not (tmp_path / "archive").exists(), "asking makes no archive of a mistyped name"


def _voted(folder: Path, times: int) -> None:
    """An archive where people voted on answers to a question with an emoji."""
    with closing(State(folder / "archive")) as state:
        for _ in range(times):
            asked = "how many 🎉 in 東京?"
            trace = Trace(("shared",), {}, "", None, "balanced", None)
            receipt = Receipt(
                id=new_id(),
                guild_id=1,
                channel_id=1,
                user_id=1,
                private=False,
                asked=asked,
                answer=Answer(asked, Kind.NONE, (), trace),
                created=datetime(2026, 1, 1, tzinfo=UTC),
            )
            state.add(receipt)
            state.vote(receipt.id, 7, False)


def test_votes_are_printed_where_the_console_lacks_a_character(tmp_path: Path) -> None:
    _voted(tmp_path, 1)
    done = run("--votes", folder=tmp_path, PYTHONIOENCODING="cp1252", encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "how many 🎉 in 東京?" in done.stdout


def test_a_reader_of_the_votes_may_stop_early(tmp_path: Path) -> None:
    _voted(tmp_path, 1000)
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "--votes"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NUTGRAF_ARCHIVE": str(tmp_path / "archive")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_settings_file_in_another_encoding_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NUTGRAF_WORKERS=5\n", encoding="utf-16")
    done = run(folder=tmp_path)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "save it as UTF-8" in line


def test_a_settings_file_may_begin_with_the_mark_of_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NUTGRAF_WORKERS=5\n", encoding="utf-8-sig")
    monkeypatch.chdir(tmp_path)
    assert Settings().workers == 5


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="rights are kept in another way on this system")
def test_what_people_asked_can_be_read_by_the_owner_of_the_file_alone(tmp_path: Path) -> None:
    with closing(State(tmp_path)) as state:
        state.set_value("name", "value")
        assert modes(tmp_path) == dict.fromkeys((FILE, f"{FILE}-wal", f"{FILE}-shm"), 0o600)


@pytest.mark.skipif(os.name != "posix", reason="rights are kept in another way on this system")
def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(tmp_path / FILE)
    (tmp_path / FILE).chmod(0o644)
    migrate(tmp_path / FILE, STEPS[:1])
    copied: list[int] = []
    unlink = Path.unlink

    def looking(path: Path, missing_ok: bool = False) -> None:
        if "before-schema" in path.name and path.exists():
            copied.append(path.stat().st_mode & 0o777)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", looking)
    State(tmp_path).close()
    assert modes(tmp_path)[FILE] == 0o600
    assert copied == [0o600], "nor the copy made for the upgrade, while it exists"


def test_the_rights_of_other_files_are_their_owners(tmp_path: Path) -> None:
    create(tmp_path / "shared.sqlite3")
    assert modes(tmp_path)["shared.sqlite3"] & 0o400
    (tmp_path / "shared.sqlite3").chmod(0o644)
    create(tmp_path / "shared.sqlite3")
    assert modes(tmp_path)["shared.sqlite3"] & 0o444 == 0o444


def test_what_is_past_its_days_is_not_left_in_the_file(tmp_path: Path) -> None:
    _voted(tmp_path, 3)
    path = tmp_path / "archive" / FILE
    with closing(State(path.parent)) as state:
        state.forget_before(datetime(2027, 1, 1, tzinfo=UTC))
    assert "東京".encode() not in path.read_bytes()


def test_the_copy_made_for_an_upgrade_keeps_no_questions_beyond_their_days(tmp_path: Path) -> None:
    create(tmp_path / FILE)
    migrate(tmp_path / FILE, STEPS[:1])
    State(tmp_path).close()
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
