"""Two servers, a plain member, a private channel and a private question try everything against each other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.settings import Settings
from bot.visibility import collection_of
from index import Archive, Article
from tests.conftest import WordEncoder
from tests.discord_fixtures import Clock, NearestNumber, World, button_id, offered, receipt_of, text, world_of

SHARED_FACT = Article("The ferry to Anholt carried 3,512 passengers in June.", title="Ferry", outlet="Shared Post")
HERE = Article(
    "The walnut harvest of Elmstead brought 7,741 baskets this autumn.", title="Walnuts of Elmstead", outlet="Here Post"
)
THERE = Article(
    "The secret vault of Grimsholt holds 9,983 coins, the keeper said.", title="Vault of Grimsholt", outlet="There Post"
)
WALNUTS = "how many baskets did the walnut harvest of Elmstead bring?"
SECRETS = ("9,983", "Grimsholt", "There Post", "coins")


@dataclass
class Two:
    """The world with a second server and its own articles. `private` is a channel of the first that `other` cannot see."""

    here: World
    there: simcord.GuildHandle
    there_channel: simcord.ChannelHandle
    stranger: simcord.MemberActor
    there_admin: simcord.MemberActor
    private: simcord.ChannelHandle


@pytest.fixture
async def two(tmp_path: Path, settings: Settings, clock: Clock, no_mistakes: None) -> AsyncIterator[Two]:
    with Archive(tmp_path / "archive", encoder=WordEncoder(), reader=NearestNumber()) as archive:
        archive.add([SHARED_FACT])
        async with world_of(archive, settings, clock, tmp_path) as world:
            there = world.env.create_guild("Elsewhere")
            powers = discord.Permissions(administrator=True)
            role = there.create_role("admins", permissions=powers)
            archive.add([HERE], collection_of(world.guild.id))
            archive.add([THERE], collection_of(there.id))
            staff = world.guild.create_role("staff")
            yield Two(
                here=world,
                there=there,
                there_channel=there.create_text_channel("general"),
                stranger=there.add_member(world.env.create_user("stranger")),
                there_admin=there.add_member(world.env.create_user("boss"), roles=[role]),
                private=world.guild.create_text_channel(
                    "staff",
                    overwrites={
                        world.guild.default_role: discord.PermissionOverwrite(view_channel=False),
                        staff: discord.PermissionOverwrite(view_channel=True),
                        world.member: discord.PermissionOverwrite(view_channel=True),
                    },
                ),
            )


def everything(env: simcord.Env, message: Any) -> str:
    """All of a message's content, as sent."""
    return repr(message.components) + text(message) if message is not None else ""


async def test_each_server_answers_from_its_own_and_the_shared_articles(two: Two) -> None:
    ours = await two.here.ask(WALNUTS)
    assert "7,741" in text(ours.response)
    shared = await two.stranger.slash(
        two.there_channel, "ask", question="how many passengers did the ferry to Anholt carry?"
    )
    assert "3,512" in text(shared.response)
    theirs = await two.stranger.slash(
        two.there_channel, "ask", question="how many coins does the vault of Grimsholt hold?"
    )
    assert "9,983" in text(theirs.response)


async def test_a_search_finds_the_servers_own_and_the_shared_articles(two: Two) -> None:
    here = two.here
    for query, found in (("walnut harvest baskets", "Elmstead"), ("ferry passengers", "Anholt")):
        result = await here.member.slash(here.channel, "search", query=query)
        assert found in text(result.response)
    alone = await here.member.user.slash("search", query="walnut harvest baskets")
    assert "Elmstead" not in text(alone.response)


async def test_questions_are_made_up_from_the_servers_own_and_the_shared_articles(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = two.here

    def suggest(_: Archive, collections: Sequence[str], **__: Any) -> tuple[str, ...]:
        return tuple(f"What of {collection}?" for collection in collections)

    monkeypatch.setattr(Archive, "suggest", suggest)
    await offered(here, here.member, "")
    await here.env.settle()
    assert await offered(here, here.member, "") == [f"What of {collection_of(here.guild.id)}?", "What of shared?"]


async def test_nothing_of_another_server_comes_out_of_any_command(two: Two) -> None:
    member, channel, user = two.here.member, two.here.channel, two.here.member.user
    question = "how many coins does the secret vault of Grimsholt hold?"
    seen: list[Any] = []
    for result in (
        await member.slash(channel, "ask", question="how many coins does the secret vault hold?"),
        await member.slash(channel, "search", query="secret vault coins keeper"),
        await user.slash("ask", question="how many coins does the secret vault hold?"),
        await user.slash("search", query="secret vault coins keeper"),
    ):
        seen += [result.response, *result.followups]
    own = "\n".join(everything(two.here.env, message) for message in seen)
    assert not [secret for secret in ("9,983", "Grimsholt", "There Post") if secret in own]

    await two.stranger.slash(two.there_channel, "ask", question=question)
    choices = await member.autocomplete(channel, "ask", "question", "")
    choices += await user.autocomplete("ask", "question", "")
    choices += await member.autocomplete(channel, "why", "receipt", "")
    assert not [choice for choice in choices if "Grimsholt" in choice["name"]]


async def test_a_dm_sees_the_shared_articles_only(two: Two) -> None:
    result = await two.here.member.user.slash("ask", question=WALNUTS)
    assert "7,741" not in text(result.response)
    assert "Here Post" not in text(result.response)


async def why(actor: simcord.MemberActor, channel: simcord.ChannelHandle, receipt: str) -> str:
    result = await actor.slash(channel, "why", receipt=receipt)
    messages = [message for message in (result.response, *result.followups) if message is not None]
    assert all(message.ephemeral for message in messages)
    return "\n".join(map(text, messages))


async def test_a_public_receipt_opens_for_those_who_see_it(two: Two) -> None:
    here = two.here
    result = await here.ask(WALNUTS)
    receipt = receipt_of(result.response)
    for actor in (here.member, here.other, here.admin):
        assert "How this came about" in await why(actor, here.channel, receipt)
    unknown = await why(here.other, here.channel, "a" * 16)
    for actor in (two.stranger, two.there_admin):
        refused = await why(actor, two.there_channel, receipt)
        assert _without_reference(refused) == _without_reference(unknown), "it does not exist for them"


async def test_a_receipt_in_a_private_channel_opens_for_those_in_it_and_admins(two: Two) -> None:
    here = two.here
    result = await here.member.slash(two.private, "ask", question=WALNUTS)
    receipt = receipt_of(result.response)
    assert "How this came about" in await why(here.member, here.channel, receipt)
    assert "How this came about" in await why(here.admin, here.channel, receipt)
    assert "no such receipt" in await why(here.other, here.channel, receipt)
    choices = await here.other.autocomplete(here.channel, "ask", "question", "")
    assert not [choice for choice in choices if "Elmstead" in choice["name"]]


@pytest.mark.parametrize("denied", ["view_channel", "read_message_history"])
async def test_who_may_not_see_or_read_back_a_channel_opens_nothing_of_it(two: Two, denied: str) -> None:
    here = two.here
    elsewhere = here.guild.create_text_channel("elsewhere")
    seen = await here.ask(WALNUTS)
    assert "How this came about" in await why(here.other, elsewhere, receipt_of(seen.response))
    shut = here.guild.create_text_channel(
        "shut",
        overwrites={
            here.guild.default_role: discord.PermissionOverwrite(**{denied: False}),
            here.member: discord.PermissionOverwrite(view_channel=True, read_message_history=True),
        },
    )
    unseen = await here.member.slash(shut, "ask", question=WALNUTS)
    assert "no such receipt" in await why(here.other, elsewhere, receipt_of(unseen.response))


async def test_who_manages_the_server_opens_its_public_receipts(two: Two) -> None:
    here = two.here
    role = here.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    manager = here.guild.add_member(here.env.create_user("manager"), roles=[role])
    receipt = receipt_of((await here.member.slash(two.private, "ask", question=WALNUTS)).response)
    assert "How this came about" in await why(manager, here.channel, receipt)


async def test_a_receipt_in_a_private_thread_is_seen_from_within_only(two: Two) -> None:
    here = two.here
    channel = here.bot.get_channel(here.channel.id)
    assert isinstance(channel, discord.TextChannel)
    opened = await channel.create_thread(name="hush", type=discord.ChannelType.private_thread)
    await opened.add_user(discord.Object(here.member.id))
    await here.env.settle()
    [thread] = here.channel.threads
    receipt = receipt_of((await here.member.slash(thread, "ask", question=WALNUTS)).response)
    assert "no such receipt" in await why(here.other, here.channel, receipt)
    assert "How this came about" in await why(here.member, here.channel, receipt)


async def test_a_private_receipt_opens_for_its_asker_alone(two: Two) -> None:
    here = two.here
    result = await here.ask(WALNUTS, private=True)
    receipt = receipt_of(result.response)
    assert "How this came about" in await why(here.member, here.channel, receipt)
    for actor in (here.other, here.admin):
        assert "no such receipt" in await why(actor, here.channel, receipt)
        choices = await actor.autocomplete(here.channel, "ask", "question", "")
        choices += await actor.autocomplete(here.channel, "why", "receipt", "")
        assert choices == []
    mine = await here.member.autocomplete(here.channel, "ask", "question", "walnut")
    assert len(mine) == 1


async def test_who_asked_is_told_to_nobody(two: Two) -> None:
    result = await two.here.ask(WALNUTS)
    explained = await why(two.here.admin, two.here.channel, receipt_of(result.response))
    assert str(two.here.member.id) not in explained
    assert two.here.member.name not in explained


async def test_buttons_open_nothing_that_is_not_ones_own(two: Two) -> None:
    """Somebody sends the custom id of a receipt they must not see from a message of another answer."""
    here = two.here
    secret = await here.ask(WALNUTS, private=True)
    theirs = await two.stranger.slash(
        two.there_channel, "ask", question="how many coins does the vault of Grimsholt hold?"
    )
    bait = await here.other.slash(here.channel, "ask", question="how many passengers did the ferry to Anholt carry?")
    for foreign in (secret.response, theirs.response):
        for label in ("Passages", "Ask a follow-up", "Helpful", "Wrong"):
            forged = button_id(foreign, label)
            stored = here.env.backend.get_message(bait.response.channel_id, bait.response.id)
            button = next(part for part in _buttons(stored.components))
            kept, button["custom_id"] = button["custom_id"], forged
            result = await here.other.click(bait.response, custom_id=forged)
            button["custom_id"] = kept
            assert result.modal is None
            assert "too old" in text(result.response)


async def test_a_share_button_works_for_its_asker_alone(two: Two) -> None:
    here = two.here
    secret = await here.ask(WALNUTS, private=True)
    bait = await here.other.slash(here.channel, "ask", question="how many passengers did the ferry to Anholt carry?")
    forged = button_id(secret.response, "Share")
    stored = here.env.backend.get_message(bait.response.channel_id, bait.response.id)
    next(part for part in _buttons(stored.components))["custom_id"] = forged
    result = await here.other.click(bait.response, custom_id=forged)
    assert "too old" in text(result.response)


async def test_an_asker_who_left_the_server_cannot_open_its_receipts(two: Two) -> None:
    here = two.here
    result = await here.ask(WALNUTS)
    receipt = receipt_of(result.response)
    user = here.member.user
    assert "How this came about" in text((await user.slash("why", receipt=receipt)).response)
    here.guild.remove_member(here.member)
    refused = await user.slash("why", receipt=receipt)
    assert "How this came about" not in text(refused.response or refused.followups[0])


async def test_a_deleted_answer_is_seen_by_its_asker_and_admins_alone(two: Two) -> None:
    here = two.here
    result = await here.ask(WALNUTS)
    receipt = receipt_of(result.response)
    elsewhere = here.guild.create_text_channel("elsewhere")
    assert "How this came about" in await why(here.other, elsewhere, receipt)
    await here.admin.delete(result.response)
    assert "no such receipt" in await why(here.other, elsewhere, receipt)
    assert "no such receipt" in await why(here.other, here.channel, receipt)
    choices = await here.other.autocomplete(here.channel, "ask", "question", "")
    assert choices == []


async def test_logs_hold_no_question_article_or_person(two: Two, caplog: pytest.LogCaptureFixture) -> None:
    await two.stranger.slash(two.there_channel, "ask", question="how many coins does the vault of Grimsholt hold?")
    await two.here.ask(WALNUTS, private=True)
    await two.here.ask(since="never ever")
    await two.here.member.user.send_dm("how many coins does the vault of Grimsholt hold?")
    logged = "\n".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name.startswith("bot")
    )
    people = (two.stranger, two.here.member)
    hidden = [*SECRETS, "Elmstead", "walnut", "never ever", *(str(person.id) for person in people)]
    assert not [secret for secret in hidden if secret in logged]


def _without_reference(shown: str) -> str:
    return "\n".join(line for line in shown.splitlines() if "Reference" not in line)


def _buttons(parts: list[dict[str, Any]]) -> Any:
    for part in parts:
        if part["type"] == 2:
            yield part
        yield from _buttons(part.get("components", []))
