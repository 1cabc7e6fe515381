"""Foreign text is shown as it was written, within its limit, and does nothing; a title that is an address is no link."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import markup
from tests.test_bot_render import cited, foreign, lenient


@lenient
@given(foreign, st.integers(20, 400))
def test_escaped_text_reads_as_it_was_and_keeps_its_place(text: str, limit: int) -> None:
    escaped = markup.escape(text, limit)
    assert len(escaped) <= limit
    assert "\n" not in escaped
    whole = markup.escape(text, 10**6)
    assert re.sub(r"\\([^a-zA-Z0-9\s])|\u200b", r"\1", whole) == markup.clean(text)


@lenient
@given(foreign, st.integers(0, 300), st.integers(0, 300), st.integers(40, 500))
@example("a" + "\u0301" * 200, 0, 129, 40)
def test_a_quotation_keeps_its_limit_and_shows_the_span(text: str, start: int, length: int, limit: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    shown = markup.quotation(text, start, end, limit)
    assert len(shown) <= limit
    assert shown.startswith("“")
    assert shown.endswith("”")
    span = markup.clean(text[start:end])
    if span and len(markup.escape(span, 10**6)) < limit // 2:
        assert f"**{markup.escape(span, 10**6)}**" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("he wrote :smile: and left", "“he **wrote** \\:smile: and left”"),
        ("wrote: a ratio of 1:100:2", "“**wrote**: a ratio of 1\\:100\\:2”"),
        (":wrote: it", "“\\:**wrote**: it”"),
        ("what he wrote:", "“what he **wrote**:”"),
    ],
)
def test_what_is_highlighted_reads_as_it_was_written(text: str, shown: str) -> None:
    assert markup.highlighted(text, lambda token: token == "wrote", 200) == shown


@pytest.mark.parametrize("zone", [0, 14, -11])
def test_a_day_is_plain_and_an_instant_a_timestamp(zone: int) -> None:
    assert markup.day(date(2025, 2, 5)) == "Feb 5, 2025"
    instant = datetime(2025, 2, 5, 10, tzinfo=timezone(timedelta(hours=zone)))
    assert markup.day(instant) == f"<t:{int(instant.timestamp())}:f>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@123456789012345678> how many came?", "how many came?"),
        ("how many <:wave:123456789012345678> came <t:1700000000:R>?", "how many came ?"),
        ("<@&1> <#2> </ask:3> <id:4>", "<id:4>"),
        ("is 3 < 4 and 5 > 2?", "is 3 < 4 and 5 > 2?"),
        ("who won 12:30 <3", "who won 12:30 <3"),
    ],
)
def test_what_discord_puts_in_by_number_is_no_part_of_a_question(written: str, read: str) -> None:
    assert markup.spoken(written) == read


def test_a_title_that_is_an_address_is_no_link() -> None:
    line = markup.source(cited(title="https://bank.example/login", url="https://evil.example/"))
    assert "](" not in line
    assert "](" not in markup.source(cited(title="bank.example", url="https://evil.example/"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a_(b)", "https://example.org/a_%28b%29"),
        ("javascript:alert(1)", None),
        ("https://bank.example@evil.example/", None),
        ("https://exa mple.org", None),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("ftp://example.org/", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, expected: str | None) -> None:
    assert markup.safe_url(url) == expected


@pytest.mark.parametrize(
    "title",
    [
        "paypal.com: sign in here",
        "Sign in at paypal.com, now",
        "(paypal.com)",
        "paypal.com?",
        "“paypal.com”",
        "Sign in: paypal.com.",
        "paypal\u2024com",
        "paypal。com",
        "paypal｡com",
        "ｐａｙｐａｌ．ｃｏｍ",
        "paypal.\u200dcom",
        "paypal.\ufe0fcom",
        "почта.рф",
    ],
)
def test_an_address_within_a_title_is_no_link_to_another_site(title: str) -> None:
    assert "](" not in markup.source(cited(title=title, url="https://evil.example/x"))


@pytest.mark.parametrize(
    "title",
    [
        "Prices rose 3.5 percent",
        "St. Ives wins",
        "U.S. troops",
        "Wait… what?",
        "Room No.10",
        "政府は発表した。新しい橋",
    ],
)
def test_an_ordinary_title_is_a_link(title: str) -> None:
    assert "](https://example.org/a)" in markup.source(cited(title=title))


@pytest.mark.parametrize(
    "unseen", ["", " ", "\u3164", "\u115f\u1160", "\u2800 \u2800", "\ufe0f", "\u034f", "\u200b", "\u0301"]
)
def test_a_title_that_nobody_can_see_is_none(unseen: str) -> None:
    assert markup.source(cited(title=unseen)).startswith("[The Example Post](")
    assert markup.source(cited(title=unseen, outlet=unseen)).startswith("[Untitled article](")
    assert "· example.org ·" in markup.source(cited(outlet=unseen))
    assert markup.brief(cited(outlet=unseen)).startswith("Troops at the border")


@pytest.mark.parametrize("seen", ["7", "🎉", "?", "ㄱ", "⠓⠊", "क्षि"])
def test_a_title_of_any_script_is_one(seen: str) -> None:
    assert markup.source(cited(title=seen)).startswith(f"[{seen}](")


def test_what_is_long_is_read_as_far_as_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives may hold titles of any length from before they were cut."""
    long = "\u200b x y" * 200_000
    cleaned: list[int] = []
    clean = markup.clean
    monkeypatch.setattr(markup, "clean", lambda text: cleaned.append(len(text)) or clean(text))
    assert markup.source(cited(title=long, outlet=long)).startswith("[x y x y")
    assert "…](" in markup.source(cited(title=long))
    assert markup.brief(cited(outlet=long)).startswith("x y")
    assert markup.label(long, 100).endswith("…")
    assert max(cleaned) <= 1000


@pytest.mark.parametrize("blank", [" ", "\n", "\u200b"])
def test_where_what_is_left_out_cannot_be_seen_the_rest_is_kept(blank: str) -> None:
    assert markup.escape(f"Ferry{blank * 30}sails", 40).startswith("Ferry")
    assert markup.escape(f"Ferry{blank * 300}sails", 40) == "Ferry…"
    assert markup.label(f"Ferry{blank * 300}sails", 40) == "Ferry…"
    assert markup.label(f"  Ferry{' ' * 300}", 40) == "Ferry"


@pytest.mark.parametrize("piece", ["-", "a-", "a.", "."])
def test_a_title_of_nothing_but_dashes_is_cut_and_linked(piece: str) -> None:
    shown = markup.source(cited(title=piece * 100_000))
    title, _, rest = shown.partition("](")
    assert title == "[" + (piece * 100_000)[:149] + "…"
    assert rest.startswith("https://example.org/a)")
