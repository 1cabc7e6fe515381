"""Buttons and modals, before and after a restart, on new messages and old."""

from __future__ import annotations

from typing import Any

import pytest
import simcord

from bot.feedback import feedback
from tests.discord_fixtures import QUESTION, World, answers, button_id, labels, mention, receipt_of, text


async def answer(world: World, **options: Any) -> simcord.ResponseMessage:
    response = (await world.ask(**options)).response
    assert response is not None
    return response


@pytest.fixture(params=["running", "restarted"])
async def lived(request: pytest.FixtureRequest) -> bool:
    """Whether the bot is restarted between the answer and the press."""
    return bool(request.param == "restarted")


async def pressed(
    world: World, message: Any, label: str, restarted: bool, who: Any = None
) -> simcord.InteractionResult:
    if restarted:
        await world.restart()
    return await (who or world.member).click(message, label=label)


async def test_passages_are_private_and_paged(world: World, lived: bool) -> None:
    message = await answer(world)
    first = (await pressed(world, message, "Passages", lived, world.other)).response
    assert first is not None
    assert first.ephemeral
    assert "Rank 1" in text(first)
    assert "Page 1 of" in text(first)
    result = await world.other.click(first, label="Next page")
    assert result.response is not None
    assert result.response.id == first.id, "the page is turned in place"
    assert "Rank 4" in text(result.response)
    back = await world.other.click(result.response, label="Previous page")
    assert "Rank 1" in text(back.response)


async def test_helpful_and_wrong_toggle_and_count(world: World, lived: bool) -> None:
    message = await answer(world)
    await pressed(world, message, "Helpful", lived)
    assert "Helpful (1)" in labels(message)
    await world.other.click(message, label="Helpful (1)")
    assert "Helpful (2)" in labels(message)
    await world.other.click(message, label="Wrong")
    assert {"Helpful (1)", "Wrong (1)"} <= set(labels(message)), "one person has one vote"
    await world.member.click(message, label="Helpful (1)")
    await world.other.click(message, label="Wrong (1)")
    assert {"Helpful", "Wrong"} <= set(labels(message)), "pressing again takes it back"
    assert "1,949" in text(message), "the answer stays"


async def test_a_vote_changes_nothing_of_the_answer_but_the_count(world: World) -> None:
    await world.member.send(world.channel, f"{mention(world)} {QUESTION}")
    for message in (answers(world)[0], await answer(world)):
        before = text(message)
        await world.member.click(message, label="Helpful")
        after = next(m for m in world.channel.history() if m.id == message.id)
        assert text(after) == before
        assert "Helpful (1)" in labels(after)


async def test_no_reason_is_asked_of_who_takes_the_vote_back(world: World) -> None:
    message = await answer(world)
    assert len((await world.member.click(message, label="Wrong")).followups) == 1
    assert (await world.member.click(message, label="Wrong (1)")).followups == []


async def test_wrong_asks_for_a_reason_that_may_be_left_out(world: World, lived: bool) -> None:
    message = await answer(world)
    result = await pressed(world, message, "Wrong", lived)
    [thanks] = result.followups
    assert thanks.ephemeral
    form = await world.member.click(thanks, label="Say what is wrong")
    assert form.modal is not None
    if lived:
        await world.restart()
    said = await world.member.submit_modal(form, {"text": "It is the figure of another town."})
    assert said.response is not None
    assert said.response.ephemeral
    row = world.bot.state._db.execute("SELECT helpful, reason FROM vote").fetchall()
    assert row == [(0, "It is the figure of another town.")]


async def test_a_follow_up_by_modal_survives_a_restart(world: World, lived: bool) -> None:
    message = await answer(world)
    form = await pressed(world, message, "Ask a follow-up", lived)
    if lived:
        await world.restart()
    result = await world.member.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert result.response is not None
    assert not result.response.ephemeral
    shown = text(result.response)
    assert "Following up on “how many troops went to Tijuana?”" in shown.replace("\\", "")
    receipt = await world.bot.desk.find(receipt_of(result.response))
    assert "Ciudad Juárez" in receipt.answer.question
    assert "troops" in receipt.answer.question


async def test_a_follow_up_on_a_private_answer_is_private(world: World) -> None:
    message = await answer(world, private=True)
    form = await world.member.click(message, label="Ask a follow-up")
    result = await world.member.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert result.response is not None
    assert result.response.ephemeral
    assert world.channel.history(viewer=world.other) == []


async def test_share_makes_a_private_answer_public_once(world: World, lived: bool) -> None:
    message = await answer(world, private=True)
    shared = (await pressed(world, message, "Share", lived)).response
    assert shared is not None
    assert not shared.ephemeral
    assert "1,949" in text(shared)
    assert "Share" not in labels(shared)
    assert receipt_of(shared) != receipt_of(message)
    again = await world.member.click(message, label="Share")
    assert again.response is not None
    assert again.response.ephemeral
    assert str(shared.id) in text(again.response)
    assert len(world.channel.history(viewer=world.other)) == 1


async def test_what_was_shared_and_deleted_can_be_shared_again(world: World) -> None:
    message = await answer(world, private=True)
    shared = (await world.member.click(message, label="Share")).response
    assert shared is not None
    await world.admin.delete(shared)
    again = (await world.member.click(message, label="Share")).response
    assert again is not None
    assert not again.ephemeral
    refused = (await world.member.click(message, label="Share")).response
    assert refused is not None
    assert refused.ephemeral
    assert str(again.id) in text(refused), "that one stands now"


async def test_what_was_shared_late_is_kept_as_long_as_what_is_asked_then(world: World) -> None:
    private = await answer(world, private=True)
    world.clock.pass_(days=100)
    shared = (await world.member.click(private, label="Share")).response
    world.clock.pass_(days=100)
    await world.bot.desk.tidy()
    assert "Rank 1" in text((await world.other.click(shared, label="Passages")).response)


async def test_an_answer_past_its_time_says_so(world: World, lived: bool) -> None:
    message = await answer(world)
    world.clock.pass_(days=179)
    result = await pressed(world, message, "Passages", lived)
    assert "Rank 1" in text(result.response)
    world.clock.pass_(days=2)
    for label in ("Passages", "Ask a follow-up", "Helpful", "Wrong"):
        result = await pressed(world, message, label, lived)
        assert result.response is not None
        assert result.response.ephemeral
        assert "This answer is too old; ask again." in text(result.response)


async def test_a_modal_submitted_after_its_answer_was_forgotten_is_answered(world: World) -> None:
    message = await answer(world)
    form = await world.member.click(message, label="Ask a follow-up")
    world.clock.pass_(days=181)
    await world.restart()
    result = await world.member.submit_modal(form, {"text": "and to Ciudad Juárez?"})
    assert "too old" in text(result.response)


async def test_a_button_of_another_version_is_answered(world: World) -> None:
    message = await answer(world)
    stored = world.env.backend.get_message(message.channel_id, message.id)
    for part in _buttons(stored.components):
        part["custom_id"] = f"nutgraf:unheard-of:{receipt_of(message)}"
        break
    result = await world.member.click(message, custom_id=f"nutgraf:unheard-of:{receipt_of(message)}")
    assert "too old" in text(result.response)


async def test_buttons_of_other_bots_are_left_alone(world: World) -> None:
    message = await answer(world)
    stored = world.env.backend.get_message(message.channel_id, message.id)
    next(iter(_buttons(stored.components)))["custom_id"] = "someone-elses"
    result = await world.member.click(message, custom_id="someone-elses")
    assert not result.acknowledged


def _buttons(parts: list[dict[str, Any]]) -> Any:
    for part in parts:
        if part["type"] == 2:
            yield part
        yield from _buttons(part.get("components", []))


async def test_nothing_of_an_answer_is_kept_in_memory_for_its_buttons(world: World) -> None:
    message = await answer(world)
    await world.member.click(message, label="Ask a follow-up")
    store = world.bot._connection._view_store
    assert store._views == {}
    assert store._modals == {}


@pytest.mark.parametrize("private", [False, True])
async def test_suggestions_are_asked_by_their_button(
    world: World, lived: bool, private: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = ("How many visitors came to the lantern festival?", "How many troops went to Tijuana?")
    monkeypatch.setattr(type(world.bot.desk.archive), "suggest", lambda *_, **__: offered)
    message = await answer(world, question="who won the chess world cup in Reykjavik?", private=private)
    assert "They can answer:" in text(message)
    assert [button_id(message, f"Ask {number}")[-2:] for number in (1, 2)] == [":0", ":1"]
    asked = (await pressed(world, message, "Ask 2", lived)).response
    assert asked is not None
    assert "1,949" in text(asked)
    assert asked.ephemeral == private
    assert len(world.channel.history(viewer=world.other)) == (0 if private else 2)


async def test_two_presses_at_once_share_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    message = await answer(world, private=True)
    receipt = await world.bot.desk.find(receipt_of(message))
    with world.bot.desk.sharing(receipt):
        second = (await world.member.click(message, label="Share")).response
    assert "sharing this already" in text(second)
    assert world.channel.history(viewer=world.other) == []
    shared = (await world.member.click(message, label="Share")).response
    assert not shared.ephemeral


async def test_why_it_is_wrong_is_not_taken_where_the_vote_was_taken_back(world: World) -> None:
    message = await answer(world)
    asked_why = (await world.member.click(message, label="Wrong")).followups[0]
    form = await world.member.click(asked_why, label="Say what is wrong")
    await world.member.click(message, label="Wrong (1)")
    done = await world.member.submit_modal(form, {"text": "That was the other town."})
    assert "Press *Wrong* again" in text(done.response)


async def test_the_owner_reads_the_votes_and_what_is_wrong(world: World) -> None:
    message = await answer(world)
    asked_why = (await world.member.click(message, label="Wrong")).followups[0]
    form = await world.member.click(asked_why, label="Say what is wrong")
    await world.member.submit_modal(form, {"text": "That was\nthe other town."})
    await world.other.click(message, label="Helpful")
    await answer(world)
    lines = list(feedback(world.bot.state))
    assert lines[0] == f"2026-01-01 12:00 UTC · helpful 1, wrong 1 · receipt {receipt_of(message)}"
    assert lines[1:] == [f"  Question: {QUESTION}", "  Answer: 1,949", "  Wrong: That was the other town."]


async def test_the_owner_reads_the_votes_on_a_private_question_but_not_the_question(world: World) -> None:
    message = await answer(world, private=True)
    asked_why = (await world.member.click(message, label="Wrong")).followups[0]
    form = await world.member.click(asked_why, label="Say what is wrong")
    await world.member.submit_modal(form, {"text": "That was the other town."})
    assert list(feedback(world.bot.state)) == [
        f"2026-01-01 12:00 UTC · helpful 0, wrong 1 · receipt {receipt_of(message)}",
        "  (a private question)",
        "  Wrong: That was the other town.",
    ]
    shared = (await world.member.click(message, label="Share")).response
    await world.other.click(shared, label="Helpful")
    assert f"  Question: {QUESTION}" in list(feedback(world.bot.state)), "what was shared is private no more"


async def test_the_owner_reads_of_the_newest_answer_first(world: World) -> None:
    questions = [QUESTION, "how many visitors came to the lantern festival?"]
    for question in questions:
        world.clock.pass_(minutes=1)
        await world.member.click(await answer(world, question=question), label="Helpful")
    told = [line for line in feedback(world.bot.state) if line.startswith("  Question")]
    assert told == [f"  Question: {question}" for question in reversed(questions)]


async def test_what_was_shared_and_deleted_while_the_bot_was_away_can_be_shared_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await answer(world, private=True)
    shared = (await world.member.click(message, label="Share")).response

    async def away(*_: Any) -> None:
        """No event reaches a bot that does not run."""

    with monkeypatch.context() as patched:
        patched.setattr(type(world.bot), "on_raw_message_delete", away)
        await world.admin.delete(shared)
    await world.restart()
    again = (await world.member.click(message, label="Share")).response
    assert not again.ephemeral
    assert "1,949" in text(again)


async def test_what_was_shared_and_cannot_be_looked_at_is_not_shared_again(world: World) -> None:
    message = await answer(world, private=True)
    shared = (await world.member.click(message, label="Share")).response
    world.env.inject_error("GET", f"/channels/{world.channel.id}/messages/{shared.id}", status=403)
    again = (await world.member.click(message, label="Share")).response
    assert str(shared.id) in text(again)


async def test_a_reason_is_not_filed_under_a_vote_that_became_helpful(world: World) -> None:
    message = await answer(world)
    asked_why = (await world.member.click(message, label="Wrong")).followups[0]
    form = await world.member.click(asked_why, label="Say what is wrong")
    await world.member.click(message, label="Helpful")
    done = await world.member.submit_modal(form, {"text": "That was the other town."})
    assert "Press *Wrong* again" in text(done.response)
    assert "other town" not in "".join(feedback(world.bot.state))
