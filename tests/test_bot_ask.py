"""`/ask` as a person uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.memory import Memory
from bot.receipts import Asked
from bot.settings import Settings
from index import Archive, Article
from tests.conftest import WordEncoder
from tests.discord_fixtures import (
    QUESTION,
    Clock,
    NearestNumber,
    World,
    components,
    labels,
    receipt_of,
    text,
    world_of,
)


async def test_an_answer_shows_its_sentence_source_and_agreement(world: World) -> None:
    result = await world.ask()
    first = next(request for request in world.env.http_requests if request.path.endswith("/callback"))
    assert first.json["type"] == 5, "deferred at once"
    assert not result.ephemeral
    message = result.response
    assert message is not None
    shown = text(message)
    assert "1,949" in shown
    assert "example.org" in shown
    assert QUESTION in shown.replace("\\", "")
    assert labels(message) == ["Passages", "Ask a follow-up", "Helpful", "Wrong"]
    assert await world.bot.desk.find(receipt_of(message))


async def test_a_private_answer_is_seen_by_its_asker_only(world: World) -> None:
    result = await world.ask(private=True)
    assert result.ephemeral
    assert result.response is not None
    assert "Share" in labels(result.response)
    assert world.channel.history(viewer=world.other) == []


async def test_what_no_article_says_is_not_answered(world: World) -> None:
    result = await world.ask("who won the chess world championship in Reykjavik?")
    assert result.response is not None
    assert "The articles don't say." in text(result.response)


async def test_since_with_nonsense_gets_examples_privately(world: World) -> None:
    result = await world.ask(since="the day after never")
    assert result.response is None, "the public 'thinking...' is taken away"
    assert [message.ephemeral for message in result.followups] == [True]
    assert "7d" in text(result.followups[0])
    assert "Reference" in text(result.followups[0])


async def test_since_leaves_older_articles_out(world: World) -> None:
    result = await world.ask(since="2025-12-31")
    assert result.response is not None
    assert "1,949" not in text(result.response)


async def test_the_message_stays_within_discords_limits(world: World) -> None:
    result = await world.ask("a" * 4000)
    message = result.response
    assert message is not None
    parts = components(message)
    assert len(parts) <= 40
    assert sum(len(str(part.get(key) or "")) for part in parts for key in ("content", "label", "custom_id")) <= 4000


async def test_nothing_is_known_of_an_empty_question(world: World) -> None:
    result = await world.ask("   ")
    assert any("There is no question" in text(message) for message in result.followups)


ATTACK = (
    "@everyone <@1456074443980800012> <@&1456074443980800010> [click](https://evil.example/) # Big\n# Bigger\n"
    "-# 9 independent reports agree ||x|| `y` https://evil.example/ </ask:1> <t:0:R>"
)


async def test_attacks_in_articles_and_questions_do_nothing(
    settings: Settings, clock: Clock, tmp_path: Path, no_mistakes: None
) -> None:
    text_of_it = f"The mill of Oberau {ATTACK} burned on Monday and 431 sheep {ATTACK} were saved."
    article = Article(text_of_it, title=f"Fire {ATTACK}", outlet=f"Post {ATTACK}", url="https://example.org/a(b)")
    with Archive(tmp_path / "archive", encoder=WordEncoder(), reader=NearestNumber()) as archive:
        archive.add([article])
        async with world_of(archive, settings, clock, tmp_path) as world:
            question = f"how many sheep were saved in Oberau? {ATTACK}"
            asked = await world.admin.send(world.channel, f"{world.bot.mention} {question}")
            for message in (
                (await world.admin.slash(world.channel, "ask", question=question)).response,
                world.channel.history()[-2],
                (await world.admin.slash(world.channel, "search", query=question)).response,
            ):
                assert message is not None
                sent = message.message if isinstance(message, simcord.ResponseMessage) else message
                assert not sent.mention_everyone
                assert sent.role_mentions == []
                assert [user.id for user in sent.mentions] in ([], [asked.author.id])
                for shown in (piece for piece in text(message).split("\n")):
                    assert not shown.startswith(("# Big", "-# 9 independent"))
                    assert "](https://evil.example" not in shown
                    assert "@everyone" not in shown


def test_simcord_is_the_version_the_fixtures_are_written_for() -> None:
    assert simcord.__version__ == "3.2.1"


async def test_the_real_models_find_the_figure_and_who_agrees(real_world: World) -> None:
    result = await real_world.ask()
    assert result.response is not None
    shown = text(result.response)
    assert shown.startswith("# 1,949\n")
    assert "2 independent reports agree" in shown
    unanswered = await real_world.ask("who won the chess tournament in Velmora?")
    assert "The articles don't say." in text(unanswered.response)
    for question in (await real_world.bot.desk.find(receipt_of(unanswered.response))).suggestions:
        assert real_world.bot.desk.archive.ask(question).answered, "checked before it is offered"


@pytest.mark.parametrize("promise", ["strict", "balanced", "generous"])
async def test_answers_keep_the_promise_that_is_set(
    quick_archive: Archive, settings: Settings, clock: Clock, tmp_path: Path, promise: str
) -> None:
    chosen = settings.model_copy(update={"promise": promise})
    async with world_of(quick_archive, chosen, clock, tmp_path) as world:
        receipt = await world.bot.desk.find(receipt_of((await world.ask()).response))
        assert receipt.answer.trace.promise == promise


async def test_a_follow_up_looks_no_further_back_than_what_it_follows(world: World) -> None:
    first = await world.ask(since="2025-01-15")
    assert "Only articles from Jan 15, 2025 on" in text(first.response)
    form = await world.member.click(first.response, label="Ask a follow-up")
    followed = await world.member.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert "Only articles from Jan 15, 2025 on" in text(followed.response)
    assert "Only articles" not in text((await world.ask()).response)


async def test_what_was_sent_or_deleted_before_a_restart_is_offered_accordingly(world: World) -> None:
    kept = "how many visitors came to the lantern festival?"
    await world.ask(kept)
    gone = await world.ask()
    await world.admin.delete(gone.response)
    await world.restart()
    to_others = await offered(world, world.other)
    assert to_others[0] == kept
    assert QUESTION not in to_others
    assert (await offered(world, world.member))[:2] == [QUESTION, kept]


async def test_what_never_reached_the_channel_is_offered_to_nobody_else(world: World) -> None:
    world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500)
    await world.ask()
    assert QUESTION not in await offered(world, world.other)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("how many troops\nwent to Tijuana?", "how many troops went to Tijuana?"),
        ("how many \u202etroops\u202c went?", "how many troops went?"),
        ("how many tro" + "o\u0301" + "\u0301" * 30 + "ps?", "how many tro" + "o\u0301\u0301\u0301" + "ps?"),
        ("how many troops: 5 or *6*?", "how many troops: 5 or *6*?"),
        ("\u200b\u202e", None),
    ],
)
async def test_others_questions_are_offered_as_one_plain_line(world: World, question: str, name: str | None) -> None:
    world.bot.desk.memory.publish(
        replace(asked_in(world.channel.id, 1, 100), guild_id=world.guild.id, question=question)
    )
    choices = await world.other.autocomplete(world.channel, "ask", "question", "")
    offered = {choice["value"]: choice["name"] for choice in choices}
    assert offered.get(question) == name


async def test_nonsense_is_repeated_without_its_markup(world: World) -> None:
    told = text((await world.ask(since="**a** [x](https://evil.example)")).followups[0])
    assert "](" not in told.replace("\\]\\(", "")
    assert "\\*\\*a" in told


def asked_in(channel_id: int, number: int, *messages: int) -> Asked:
    """Question `number` of person `number`, as it stands in a channel of server 1."""
    created = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    return Asked(f"r{number}", 1, channel_id, number, f"question {number}?", created, messages)


def public(memory: Memory, channel_id: int) -> list[str]:
    return memory.questions("", guild_id=1, channel_id=channel_id, user_id=-1, collections=("shared",))


def test_of_most_channels_and_persons_the_least_recent_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.memory._MOST", 3)
    memory = Memory()
    for number in range(6):
        memory.remember(asked_in(number, number, 100 + number))
        memory.publish(asked_in(number, number, 100 + number))
        memory.publish(asked_in(0, 50 + number, 200 + number))
    assert [bool(public(memory, channel)) for channel in range(6)] == [True, False, False, False, True, True]
    own = [memory.receipts("", guild_id=1, user_id=user) for user in range(6)]
    assert [bool(found) for found in own] == [False, False, False, True, True, True]


def test_a_deleted_message_takes_its_question_and_no_other() -> None:
    memory = Memory()
    for number in range(40):
        memory.publish(asked_in(7, number, 100 + number, 200 + number))
    memory.publish(asked_in(8, 99, 300))
    memory.forget({101, 139, 225, 999})  # the first is remembered no more, the last never was
    assert public(memory, 7) == [f"question {number}?" for number in reversed(range(15, 39)) if number != 25]
    memory.forget({300})
    assert public(memory, 8) == []
    memory.publish(asked_in(8, 99, 301))
    memory.forget_before(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=38))
    assert (public(memory, 7), public(memory, 8)) == (["question 38?"], ["question 99?"])
    memory.forget_before(datetime(2027, 1, 1, tzinfo=UTC))
    assert not (memory._own or memory._public or memory._channels)


async def offered(world: World, who: Any) -> list[str]:
    choices = await who.autocomplete(world.channel, "ask", "question", "")
    return [choice["value"] for choice in choices]
