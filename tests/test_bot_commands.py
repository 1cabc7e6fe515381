"""`/search`, `/why`, `/help`, *Ask about this message*, autocomplete, and when commands are registered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.state import State
from index import Archive, ArchiveTooNew
from tests.discord_fixtures import QUESTION, Clock, World, labels, offered, receipt_of, text, world_of

MENU = "Ask about this message"


async def test_search_shows_ranked_passages_with_what_was_sought_in_bold(world: World) -> None:
    result = await world.member.slash(world.channel, "search", query="lantern festival visitors")
    assert result.response is not None
    assert result.response.ephemeral
    shown = text(result.response)
    assert "Rank 1" in shown
    assert "**Festival**" in shown or "**festival**" in shown
    assert "**the**" not in shown
    assert labels(result.response) == ["Previous page", "Next page"]
    await world.restart()
    turned = await world.member.click(result.response, label="Next page")
    assert "Page 2 of" in text(turned.response)


async def test_search_without_a_hit_says_so(world: World) -> None:
    result = await world.member.slash(world.channel, "search", query="🦆")
    assert "Page 1 of" in text(result.response)


async def test_why_tells_how_the_answer_came_about(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = world.bot.desk
    with monkeypatch.context() as patched:
        patched.setattr(desk, "settings", desk.settings.model_copy(update={"promise": "generous"}))
        answer = await world.ask()
    receipt = receipt_of(answer.response)
    for written in (receipt, f" `{receipt.upper()}` "):
        result = await world.member.slash(world.channel, "why", receipt=written)
        assert result.response is not None
        assert result.response.ephemeral
        shown = text(result.response)
        for part in ("revision 1", "words", "nearest number", "Promise: generous", "1,949", "score"):
            assert part in shown
        in_part = ["in an excerpt" in line for line in shown.splitlines() if "(passage " in line]
        assert not any(in_part[:3])
        assert any(in_part[3:])
    for typed in ("tijuana", receipt):
        choices = await world.member.autocomplete(world.channel, "why", "receipt", typed)
        assert [choice["value"] for choice in choices] == [receipt]


async def test_why_tells_which_passages_were_read_under_a_lede(world: World, quick_archive: Archive) -> None:
    question = "How many vehicles cross Mill Bridge a day?"
    answer = await world.ask(question)
    result = await world.member.slash(world.channel, "why", receipt=receipt_of(answer.response))
    shown = ["under its article's lede" in line for line in text(result.response).splitlines() if "(passage " in line]
    hits = quick_archive.ask(question, promise="any").trace.hits
    assert shown == [hit.lede is not None for hit in hits[: len(shown)]]
    assert any(shown) and not all(shown)


async def test_help_says_what_is_seen_where(world: World) -> None:
    here = await world.member.slash(world.channel, "help")
    assert here.response is not None
    assert here.response.ephemeral
    assert "/ask" in text(here.response)
    assert "this server's own articles" in text(here.response)
    assert "180 days" in text(here.response)
    alone = await world.member.user.slash("help")
    assert "shared articles only" in text(alone.response)


async def test_a_message_is_asked_about_privately(world: World) -> None:
    message = await world.other.send(world.channel, QUESTION)
    result = await world.member.context_menu(world.channel, MENU, message)
    assert result.response is not None
    assert result.response.ephemeral
    assert "1,949" in text(result.response)
    assert "Share" in labels(result.response)


async def test_asking_about_an_answer_asks_for_a_follow_up(world: World) -> None:
    answer = await world.ask()
    assert answer.response is not None
    result = await world.other.context_menu(world.channel, MENU, answer.response)
    assert result.modal is not None
    done = await world.other.submit_modal(result, {"text": "and to Ciudad Juárez?"})
    assert "1,650" in text(done.response)


async def test_a_message_without_text_is_nothing_to_ask_about(world: World) -> None:
    message = await world.other.send(world.channel, "", attachments=[("picture.png", b"x")])
    result = await world.member.context_menu(world.channel, MENU, message)
    assert result.response is not None
    assert result.response.ephemeral
    assert "no text" in text(result.response)


async def test_autocomplete_offers_ones_own_public_and_worthwhile_questions(world: World) -> None:
    await world.bot.desk.starters.refresh(world.guild.id)
    worthwhile = [choice["name"] for choice in await world.member.autocomplete(world.channel, "ask", "question", "")]
    assert worthwhile, "made from the newest articles"
    for question in worthwhile:
        assert world.bot.desk.archive.ask(question).answered
    await world.ask("what did the ferry cost?", private=True)
    await world.other.slash(world.channel, "ask", question="who closed the bridge?")
    mine = [choice["name"] for choice in await world.member.autocomplete(world.channel, "ask", "question", "")]
    assert mine[:2] == ["what did the ferry cost?", "who closed the bridge?"]
    typed = await world.member.autocomplete(world.channel, "ask", "question", "FERRY cost")
    assert [choice["name"] for choice in typed] == ["what did the ferry cost?"]
    elsewhere = world.guild.create_text_channel("elsewhere")
    there = [choice["name"] for choice in await world.other.autocomplete(elsewhere, "ask", "question", "")]
    assert "what did the ferry cost?" not in there
    await world.restart()
    after = [choice["name"] for choice in await world.member.autocomplete(world.channel, "ask", "question", "ferry")]
    assert "what did the ferry cost?" in after


async def test_a_private_question_is_offered_to_its_asker_alone_also_after_a_restart(world: World) -> None:
    await world.ask(QUESTION, private=True)
    for _ in range(2):
        assert QUESTION not in await offered(world, world.other)
        assert QUESTION in await offered(world, world.member)
        await world.restart()


async def test_what_was_searched_for_is_offered_as_no_question(world: World) -> None:
    query = "lantern festival visitors"
    await world.member.slash(world.channel, "search", query=query)
    for _ in range(2):
        assert query not in await offered(world, world.member, "")
        assert await world.member.autocomplete(world.channel, "why", "receipt", "lantern") == []
        await world.restart()


async def test_a_question_longer_than_a_choice_is_not_offered(world: World) -> None:
    await world.ask("why " + "oh " * 60 + "why?")
    assert await world.member.autocomplete(world.channel, "ask", "question", "oh") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("last", ["last week", "last month"]),
        ("LAST W", ["last week"]),
        ("", ["7d", "30d", "last week", "last month", "2026-02-01"]),
    ],
)
async def test_since_is_suggested_in_any_case_and_from_the_first_of_the_month(
    world: World, typed: str, found: list[str]
) -> None:
    world.clock.pass_(days=40)
    choices = await world.member.autocomplete(world.channel, "ask", "since", typed)
    assert [choice["value"] for choice in choices] == found


async def test_commands_are_registered_only_when_they_changed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def registrations() -> int:
        return sum(
            request.method == "PUT" and request.path.endswith("/commands") for request in world.env.http_requests
        )

    assert registrations() == 1
    await world.restart()
    assert registrations() == 1
    world.bot.state.set_value(f"commands of {world.bot.application_id}", "the hash of other commands")
    await world.restart()
    assert registrations() == 2
    assert "1,949" in text((await world.ask()).response)


async def test_no_privileged_intent_is_asked_for(world: World) -> None:
    intents = world.bot.intents
    assert not (intents.message_content or intents.members or intents.presences)
    assert {name for name, on in intents if on} == {"guilds", "guild_messages", "dm_messages"}


def test_a_state_file_of_newer_software_is_left_alone(tmp_path: Path) -> None:
    state = State(tmp_path)
    state._db.execute("PRAGMA user_version = 99")
    state.close()
    before = (tmp_path / "bot.sqlite3").read_bytes()
    with pytest.raises(ArchiveTooNew):
        State(tmp_path)
    assert (tmp_path / "bot.sqlite3").read_bytes() == before


async def test_old_receipts_are_deleted_with_their_votes(world: World) -> None:
    message = (await world.ask()).response
    await world.member.click(message, label="Helpful")
    world.clock.pass_(days=181)
    await world.bot.desk.tidy()
    left = [world.bot.state._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("receipt", "vote")]
    assert left == [0, 0]


async def test_users_ids_are_kept_in_the_bots_own_file_only(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path
) -> None:
    async with world_of(quick_archive, settings, clock, tmp_path) as world:
        message = (await world.ask()).response
        await world.member.click(message, label="Helpful")
        receipt = await world.bot.desk.find(receipt_of(message))
        assert str(world.member.id) not in receipt.answer.to_json()
        for file in quick_archive.folder.rglob("*"):
            if file.is_file():
                assert str(world.member.id).encode() not in file.read_bytes()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_it_is_the_same_in_other_time_zones(zone: str) -> None:
    """Dates and times, rendering and chat once more with the machine's clock in another zone."""
    if os.environ.get("NUTGRAF_INNER"):
        pytest.skip("already inside")
    subjects = ("ask", "chat", "markup", "render", "render_differing")
    tests = [f"tests/test_bot_{subject}.py" for subject in subjects]
    chosen = "day or date or since or thread or hint or order or differ or source or dm"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *tests, "-k", chosen],
        cwd=Path(__file__).resolve().parents[1],
        env={**os.environ, "TZ": zone, "NUTGRAF_INNER": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "[100%]" in done.stdout


async def test_a_question_past_its_time_is_offered_to_nobody(world: World) -> None:
    await world.ask()
    world.clock.pass_(days=181)
    kept = "how many troops went to Ciudad Juárez?"
    await world.ask(kept)
    await world.bot.desk.tidy()
    for who in (world.member, world.other):
        questions = await offered(world, who)
        assert kept in questions
        assert QUESTION not in questions
    [choice] = await world.member.autocomplete(world.channel, "why", "receipt", "")
    assert kept in choice["name"]
