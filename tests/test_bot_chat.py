"""Questions in ordinary messages: mentions, DMs, replies, threads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.desk import Place
from bot.receipts import Receipt
from tests.discord_fixtures import QUESTION, World, answers, labels, mention, offered, receipt_of, text

BRIDGE = "how much did the repair of Mill Bridge cost?"


async def test_a_mention_is_answered_in_a_reply_that_pings_nobody(world: World) -> None:
    asked = await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    [answer] = answers(world)
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id
    assert "1,949" in text(answer)
    assert answer.mentions == []
    assert "Question:" not in text(answer), "the reply shows it already"


async def test_a_dm_is_answered_and_says_once_what_it_sees(world: World) -> None:
    user = world.member.user
    await user.send_dm(QUESTION)
    await user.send_dm(QUESTION)
    first, second = answers(world, user.dm_channel)
    assert "1,949" in text(first)
    assert "shared articles only" in text(first)
    assert "shared articles only" not in text(second)


async def test_a_reply_with_the_ping_on_follows_up(world: World) -> None:
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    [first] = answers(world)
    await world.other.send(world.channel, f"{mention(world)} and to Ciudad Juárez?", reply_to=first)
    _, second = answers(world)
    assert "Following up on" in text(second)
    assert "1,650" in text(second)
    receipt = await world.bot.desk.find(receipt_of(second))
    assert receipt.previous == QUESTION
    assert receipt.asked == "and to Ciudad Juárez?"


async def test_a_reply_to_a_slash_answer_follows_up_after_a_restart(world: World) -> None:
    result = await world.ask()
    assert result.response is not None
    await world.restart()
    await world.member.send(world.channel, f"{mention(world)} and to Ciudad Juárez?", reply_to=result.response)
    assert "1,650" in text(answers(world)[-1])


async def test_a_question_that_is_complete_alone_ignores_the_context(world: World) -> None:
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    [first] = answers(world)
    await world.member.send(world.channel, f"{mention(world)} {BRIDGE}", reply_to=first)
    assert "Following up on" not in text(answers(world)[-1])


async def test_a_thread_remembers_its_askers_last_question_for_half_an_hour(world: World) -> None:
    thread = await _thread(world)
    await world.member.send(thread, f"{mention(world)} {QUESTION}")
    await world.other.send(thread, f"{mention(world)} and to Ciudad Juárez?")
    assert "Following up on" not in text(answers(world, thread)[-1]), "that was another person's question"
    world.clock.pass_(minutes=29)
    await world.member.send(thread, f"{mention(world)} and to Ciudad Juárez?")
    assert "Following up on" in text(answers(world, thread)[-1])
    world.clock.pass_(minutes=31)
    await world.member.send(thread, f"{mention(world)} and to Ciudad Juárez?")
    assert "Following up on" not in text(answers(world, thread)[-1])


async def test_a_thread_follows_up_on_the_newest_question(world: World) -> None:
    thread = await _thread(world)
    await world.member.send(thread, f"{mention(world)} {BRIDGE}")
    world.clock.pass_(minutes=1)
    await world.member.send(thread, f"{mention(world)} {QUESTION}")
    await world.member.send(thread, f"{mention(world)} and to Ciudad Juárez?")
    assert f"Following up on “{QUESTION}”" in text(answers(world, thread)[-1])


@pytest.mark.parametrize("between", ["a private question", "a deleted answer"])
async def test_what_came_between_does_not_break_the_thread(world: World, between: str) -> None:
    thread = await _thread(world)
    await world.member.send(thread, f"{mention(world)} {QUESTION}")
    world.clock.pass_(minutes=1)
    if between == "a private question":
        await world.member.slash(thread, "ask", question=BRIDGE, private=True)
    else:
        await world.member.send(thread, f"{mention(world)} {BRIDGE}")
        await world.admin.delete(answers(world, thread)[-1])
    await world.member.send(thread, f"{mention(world)} and to Ciudad Juárez?")
    assert f"Following up on “{QUESTION}”" in text(answers(world, thread)[-1])


async def test_a_search_is_no_question_to_follow_up_on(world: World) -> None:
    thread = await _thread(world)
    await world.member.slash(thread, "ask", question=QUESTION, private=True)
    world.clock.pass_(minutes=1)
    await world.member.slash(thread, "search", query=BRIDGE)
    result = await world.member.slash(thread, "ask", question="and to Ciudad Juárez?", private=True)
    assert f"Following up on “{QUESTION}”" in text(result.response)


async def test_a_public_answer_never_follows_up_on_a_private_one(world: World) -> None:
    thread = await _thread(world)
    await world.member.slash(thread, "ask", question=QUESTION, private=True)
    await world.member.send(thread, f"{mention(world)} and to Ciudad Juárez?")
    assert "Tijuana" not in "".join(
        line for line in text(answers(world, thread)[-1]).splitlines() if line.startswith("-#")
    )


async def test_a_channel_remembers_nothing(world: World) -> None:
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    await world.member.send(world.channel, f"{mention(world)} and to Ciudad Juárez?")
    assert "Following up on" not in text(answers(world)[-1])


async def test_a_reply_we_cannot_read_gets_one_hint_a_day(world: World) -> None:
    result = await world.ask()
    assert result.response is not None
    await world.member.send(world.channel, "and to Ciudad Juárez?", reply_to=result.response)
    hint = answers(world)[-1]
    assert "I cannot read replies" in text(hint)
    assert labels(hint) == ["Ask a follow-up"]
    count = len(answers(world))
    await world.other.send(world.channel, "and elsewhere?", reply_to=result.response)
    assert len(answers(world)) == count
    world.clock.pass_(days=1)
    await world.restart()
    await world.other.send(world.channel, "and elsewhere?", reply_to=result.response)
    assert len(answers(world)) == count + 1
    form = await world.member.click(answers(world)[-1], label="Ask a follow-up")
    done = await world.member.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert "1,650" in text(done.response)


async def test_an_answer_forwarded_in_its_channel_is_no_reply(world: World) -> None:
    result = await world.ask()
    assert result.response is not None
    before = len(answers(world))
    await world.other.forward(result.response, world.channel)
    assert len(answers(world)) == before


async def test_a_picture_in_reply_in_a_dm_gets_no_hint(world: World) -> None:
    user = world.member.user
    await user.send_dm(QUESTION)
    [first] = answers(world, user.dm_channel)
    address = "https://cdn.example/picture.png"
    picture = {"id": "1", "filename": "picture.png", "size": 1, "url": address, "proxy_url": address}
    reference = {"channel_id": str(first.channel.id), "message_id": str(first.id)}
    await user.send_dm("", attachments=[picture], reference=reference)
    assert len(answers(world, user.dm_channel)) == 1


@pytest.mark.parametrize("what", ["talk", "a reply to a person", "an attachment", "@everyone"])
async def test_other_messages_are_ignored(world: World, what: str) -> None:
    spoken = await world.member.send(world.channel, "good morning")
    if what == "a reply to a person":
        await world.other.send(world.channel, "how many troops?", reply_to=spoken)
    elif what == "an attachment":
        await world.other.send(world.channel, "", attachments=[("picture.png", b"x")])
    elif what == "@everyone":
        await world.admin.send(world.channel, "@everyone how many troops went to Tijuana?")
    assert answers(world) == []


async def test_a_mention_alone_says_how_to_ask(world: World) -> None:
    await world.member.send(world.channel, mention(world))
    assert "Ask me a question" in text(answers(world)[-1])


async def test_other_bots_and_webhooks_are_ignored(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{mention(world)} {QUESTION}")
    await world.guild.create_webhook(world.channel).send(f"{mention(world)} {QUESTION}")
    assert answers(world) == []


async def _thread(world: World) -> Any:
    """A thread in the channel, opened by the bot for want of another way in the simulation."""
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="troops", type=discord.ChannelType.public_thread)
    await world.env.settle()
    return world.channel.threads[0]


async def test_a_dm_remembers_whether_asked_by_command_or_in_chat(world: World) -> None:
    user = world.member.user
    await user.send_dm(QUESTION)
    result = await user.slash("ask", question="and to Ciudad Juárez?")
    assert "Following up on" in text(result.response)
    assert "1,650" in text(result.response)


async def test_a_button_in_a_dm_answers_for_good(world: World) -> None:
    user = world.member.user
    await user.send_dm(QUESTION)
    [answer] = answers(world, user.dm_channel)
    form = await user.click(answer, label="Ask a follow-up")
    done = await user.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert done.response is not None
    assert not done.response.ephemeral, "what only the asker sees is gone when Discord is opened again"


async def test_people_mentioned_and_emoji_are_no_part_of_the_question(world: World) -> None:
    asked = f"{mention(world)} <@{world.other.id}> {QUESTION} <:wave:123456789012345678>"
    await world.member.send(world.channel, asked)
    [answer] = answers(world)
    receipt = await world.bot.desk.find(receipt_of(answer))
    assert receipt.asked == QUESTION


@pytest.mark.parametrize("refused", ["by Discord", "by the disk"])
async def test_a_failing_hint_bothers_nobody(world: World, refused: str) -> None:
    result = await world.ask()
    assert result.response is not None
    before = len(answers(world))
    if refused == "by Discord":
        world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403)
    else:
        world.bot.state._db.execute("PRAGMA query_only = ON")
    await world.other.send(world.channel, "and to Ciudad Juárez?", reply_to=result.response)
    assert len(answers(world)) == before
    assert world.other.user.dm_channel is None or world.other.user.dm_channel.history() == []


async def is_its_askers_alone(world: World) -> None:
    """`QUESTION` is offered to nobody else, after a restart neither, and nobody else opens its receipt."""
    assert QUESTION not in await offered(world, world.other)
    await world.restart()
    assert QUESTION not in await offered(world, world.other)
    assert QUESTION in await offered(world, world.member)
    [answer] = answers(world)
    refused = await world.other.slash(world.channel, "why", receipt=receipt_of(answer))
    assert "no such receipt" in text(refused.response)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_question_its_asker_deleted_is_offered_to_nobody_else(world: World, restarted: bool) -> None:
    asked = await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    assert QUESTION in await offered(world, world.other)
    if restarted:
        await world.restart()
    await world.member.delete(asked)
    await is_its_askers_alone(world)


async def test_a_question_deleted_before_its_answer_came_is_offered_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = world.bot.desk.ask

    async def deleted_meanwhile(question: str, place: Any, **options: Any) -> Any:
        await world.bot.desk.withdrawn.gone({place.question_id})
        return await original(question, place, **options)

    monkeypatch.setattr(world.bot.desk, "ask", deleted_meanwhile)
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    assert "1,949" in text(answers(world)[-1])
    assert QUESTION not in await offered(world, world.other)


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("now", ["{me} never mind", "how many came?", "never mind", "{me}"])
async def test_a_question_its_asker_edited_away_is_offered_to_nobody_else(
    world: World, restarted: bool, now: str
) -> None:
    asked = await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    if restarted:
        await world.restart()
    await world.member.edit(asked, content=now.format(me=mention(world)))
    await is_its_askers_alone(world)


async def test_a_question_that_its_edited_message_still_asks_stays(world: World) -> None:
    asked = await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    other = await world.member.send(world.channel, "good morning")
    await world.member.edit(asked, content=f"{mention(world)} please:  {QUESTION} Thank you!")
    await world.member.edit(other, content="never mind")
    await world.member.click(answers(world)[-1], label="Helpful")  # edits the answer's message
    assert QUESTION in await offered(world, world.other)


@pytest.mark.parametrize("added", [{"embeds": []}, {"content": "", "embeds": []}])
async def test_what_discord_adds_to_a_message_is_no_edit(world: World, added: dict[str, Any]) -> None:
    asked = await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    data = {"id": str(asked.id), "channel_id": str(world.channel.id), "edited_timestamp": None, **added}
    payload = SimpleNamespace(message_id=asked.id, data=data)
    await world.bot.on_raw_message_edit(cast("discord.RawMessageUpdateEvent", payload))
    assert QUESTION in await offered(world, world.other)


async def test_a_question_edited_away_before_its_answer_came_is_offered_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdrawn, asked = world.bot.desk.withdrawn, list[int]()
    asking, question = withdrawn.asking, world.bot.executor.question

    def noted(message_id: int, text: str) -> None:
        asked.append(message_id)
        asking(message_id, text)

    async def edited_meanwhile(*arguments: Any, **options: Any) -> Any:
        await withdrawn.edited(asked[-1], "never mind")
        return await question(*arguments, **options)

    monkeypatch.setattr(withdrawn, "asking", noted)
    monkeypatch.setattr(world.bot.executor, "question", edited_meanwhile)
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    assert asked and "1,949" in text(answers(world)[-1])
    assert QUESTION not in await offered(world, world.other)


@pytest.mark.parametrize("what", ["question", "answer"])
async def test_nothing_follows_up_on_what_was_deleted(world: World, what: str) -> None:
    thread = await _thread(world)
    asked = await world.member.send(thread, f"{mention(world)} {QUESTION}")
    [answer] = answers(world, thread)
    await (world.member.delete(asked) if what == "question" else world.admin.delete(answer))
    await world.member.send(thread, f"{mention(world)} and to Ciudad Juárez?")
    assert "Tijuana" not in "".join(
        line for line in text(answers(world, thread)[-1]).splitlines() if line.startswith("-#")
    )


async def test_a_reply_to_an_answer_past_its_time_follows_up_on_nothing(world: World) -> None:
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    [first] = answers(world)
    world.clock.pass_(days=181)
    await world.member.send(world.channel, f"{mention(world)} and to Ciudad Juárez?", reply_to=first)
    assert "Following up on" not in text(answers(world)[-1])


async def test_a_form_opened_before_its_question_was_deleted_follows_up_on_nothing(world: World) -> None:
    asked = await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    form = await world.member.click(answers(world)[-1], label="Ask a follow-up")
    await world.member.delete(asked)
    done = await world.member.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert done.response is not None
    assert "Following up on" not in text(done.response)


async def test_a_question_deleted_while_the_disk_writes_is_offered_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, disk, asked = world.bot.desk, world.bot.executor.disk, world.bot.desk.ask
    questions: list[int | None] = []

    async def ask(question: str, place: Place, **options: Any) -> Receipt:
        questions.append(place.question_id)
        return await asked(question, place, **options)

    async def deleting(work: Any, *arguments: Any, **options: Any) -> Any:
        done = await disk(work, *arguments, **options)
        if work == world.bot.state.sent and questions and questions[0] is not None:
            await desk.withdrawn.gone({questions[0]})
        return done

    monkeypatch.setattr(desk, "ask", ask)
    monkeypatch.setattr(world.bot.executor, "disk", deleting)
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    assert questions != [] and answers(world) != []
    assert QUESTION not in await offered(world, world.other)


async def test_an_answer_deleted_at_once_is_offered_to_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = world.bot.desk.sent

    async def deleted_first(receipt: Receipt, message_id: int) -> None:
        await world.bot.desk.withdrawn.gone({message_id})
        await sent(receipt, message_id)

    monkeypatch.setattr(world.bot.desk, "sent", deleted_first)
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    assert QUESTION not in await offered(world, world.other)
