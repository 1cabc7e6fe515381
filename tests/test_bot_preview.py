"""`python -m bot --preview`: in the browser, as a newcomer sees it; and what it must leave alone."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import __main__ as command
from bot import preview
from bot.settings import Settings
from docs.screenshots import HOW_TO_INSTALL, ask, browser, chromium
from index import Archive, Article
from tests.conftest import WordEncoder
from tests.discord_fixtures import NearestNumber, labels, text


@pytest.fixture
def quick_models(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Archive]]:
    """The preview with models that need no time."""
    encoder = WordEncoder()

    def opened(folder: Path, **options: Any) -> Archive:
        return Archive(folder, encoder=encoder, reader=NearestNumber())

    monkeypatch.setattr(preview, "Archive", opened)
    yield opened


def settings_of(folder: Path) -> Settings:
    return Settings(_env_file=None, archive=folder)  # type: ignore[call-arg]


async def test_in_a_browser_a_question_is_answered_and_a_button_pressed(
    quick_models: Callable[..., Archive], tmp_path: Path
) -> None:
    path = chromium()
    if path is None:
        if os.environ.get("NUTGRAF_REQUIRE_BROWSER") == "1":
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    async with preview.staged(settings_of(tmp_path / "none"), given=False) as stage, browser(path) as opened:
        page = await opened.new_page(viewport={"width": 400, "height": 900})
        await page.goto(stage.url)
        await page.get_by_text("This is a preview with sample articles").first.wait_for()
        answer = await ask(page, "How many troops went to Tijuana?")
        assert await answer.get_by_role("heading", name="1,949").is_visible()
        top = await answer.get_by_role("heading", name="1,949").bounding_box()
        agreement = await answer.get_by_text("report").last.bounding_box()
        assert agreement["y"] + agreement["height"] - top["y"] <= 700, "answer to agreement fit one screen"
        await answer.get_by_role("button", name="Passages").click()
        await page.get_by_text("Passages for").first.wait_for()


async def test_an_empty_archive_gives_way_to_the_samples(quick_models: Callable[..., Archive], tmp_path: Path) -> None:
    owner = tmp_path / "owner"
    async with preview.staged(settings_of(owner), given=False) as stage:
        assert "sample articles" in text(stage.channel.last_message)
        result = await stage.member.slash(stage.channel, "ask", question="How many troops went to Tijuana?")
        assert "1,949" in text(result.response)
    assert not owner.exists()


async def test_an_archive_that_cannot_be_read_is_not_told_as_empty(
    quick_models: Callable[..., Archive], tmp_path: Path
) -> None:
    shared = tmp_path / "owner" / "collections" / "shared.sqlite3"
    shared.parent.mkdir(parents=True)
    shared.write_bytes(b"no database " * 1000)
    async with preview.staged(settings_of(tmp_path / "owner"), given=False) as stage:
        assert "your archive cannot be read" in text(stage.channel.last_message)
        assert "index status" in text(stage.channel.last_message)


async def test_an_archive_that_was_not_named_is_shown_and_left_alone(
    quick_models: Callable[..., Archive], tmp_path: Path
) -> None:
    owner = tmp_path / "owner"
    with quick_models(owner) as archive:
        archive.add(
            [
                Article(
                    "The mill in Oberau burned on 12 March and 431 sheep were saved.",
                    title="Fire",
                    url="https://example.org/f",
                )
            ]
        )
    before = {path: path.read_bytes() for path in sorted(owner.rglob("*")) if path.is_file()}
    async with preview.staged(settings_of(owner), given=False) as stage:
        assert "a copy of your archive" in text(stage.channel.last_message)
        result = await stage.member.slash(stage.channel, "ask", question="How many sheep were saved in Oberau?")
        assert "431" in text(result.response)
    after = {
        path: path.read_bytes() for path in sorted(owner.rglob("*")) if path.is_file() and path.suffix == ".sqlite3"
    }
    assert {path: data for path, data in before.items() if path.suffix == ".sqlite3"} == after
    assert not (owner / "bot.sqlite3").exists()


async def test_an_archive_that_was_named_is_used_itself(quick_models: Callable[..., Archive], tmp_path: Path) -> None:
    owner = tmp_path / "owner"
    with quick_models(owner) as archive:
        archive.add([Article("The mill in Oberau burned on 12 March and 431 sheep were saved.", title="Fire")])
    async with preview.staged(settings_of(owner), given=True) as stage:
        assert "preview" in text(stage.channel.last_message)
        with quick_models(owner) as archive:
            archive.add(
                [Article("The mayor of Oberau thanked 58 firefighters for their night at the mill.", title="Thanks")]
            )
        result = await stage.member.slash(
            stage.channel, "ask", question="How many firefighters did the mayor of Oberau thank?"
        )
        assert "58" in text(result.response)
        assert labels(result.response) == ["Passages", "Ask a follow-up", "Helpful", "Wrong"]
    assert not (owner / "bot.sqlite3").exists(), "simulated people are not kept beside real ones"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
async def test_it_ends_when_told_and_leaves_nothing(
    quick_models: Callable[..., Archive],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    running = asyncio.ensure_future(preview.preview(settings_of(tmp_path / "none"), given=False))
    printed = ""
    while "Open http" not in printed:
        assert not running.done()
        await asyncio.sleep(0.05)
        printed += capsys.readouterr().out
    os.kill(os.getpid(), signal.SIGTERM)
    assert await running == 0
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
async def test_told_to_end_while_the_models_load_it_leaves_nothing(
    quick_models: Callable[..., Archive], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = threading.Event()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(Archive, "warm", lambda _: (loading.set(), time.sleep(0.3)))
    (tmp_path / "temporary").mkdir()
    running = asyncio.ensure_future(preview.preview(settings_of(tmp_path / "none"), given=False))
    await asyncio.to_thread(loading.wait, 60)
    assert list((tmp_path / "temporary").iterdir())
    os.kill(os.getpid(), signal.SIGTERM)
    assert await running == 0
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_port_that_is_taken_is_told_in_one_line(
    quick_models: Callable[..., Archive],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("bot.logs.configure", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NUTGRAF_ARCHIVE", str(tmp_path / "none"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert command.main(["--preview", "--port", str(port)]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert f"port {port}" in line
    assert "--port" in line
