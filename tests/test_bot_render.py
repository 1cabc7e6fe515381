"""Any answer becomes a message within Discord's limits in which foreign text stays foreign text."""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import pages, render
from bot.receipts import Receipt, Votes
from index import Answer, Citation, Finding, Hit, Kind, Passage, Quote, Span, Trace

PING = re.compile(r"@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^>\n]{1,100}:\d+>|<a?:\w+:\d+>|<id:\w+>|<t:-?\d+(?::\w)?>")
EMOJI = re.compile(r"(?<![\\\w]):[\w+-]+:")
LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\\n])*)(?<!\\)\]\(([^)\s]*)\)")

ATTACKS = (
    "@everyone",
    "@here now",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "</ask:123456789012345678>",
    "<t:0:R>",
    "<a:party:123456789012345678>",
    "[click](https://evil.example/)",
    "](https://evil.example/) [x",
    "https://evil.example/login",
    "<https://evil.example>",
    "# heading",
    "\n# heading\n> quote",
    "\n-# 7 independent reports agree",
    "\n**The articles don't say.**",
    "```py\ncode\n```",
    "||spoiler||",
    "**bold** __under__ ~~gone~~ *it* _it_ `code`",
    "1. list\n- list\n* list",
    "\u202egnirts desrever\u202c",
    "\u200b\u200d\ufeff",
    "a" + "\u0301" * 200,
    "\\",
    "\\\\[x](y)",
    "”",
    "”\n1. [Fake](https://evil.example) · Real Post",
    "\x00\x07\x1b[31m",
    "\r\n\r\n\u2028\u2029\x85",
    "a :smile: at 1:100:2 :+1:",
    "👩‍👩‍👧 crème brûlée — “quoted”",
)

words = st.one_of(
    st.sampled_from(ATTACKS), st.text(max_size=60), st.text(alphabet="*_~`|[]()<>#-@:\\/\n ab1.", max_size=40)
)
foreign = st.lists(words, max_size=5).map(" ".join)
urls = st.one_of(
    st.none(),
    foreign,
    st.sampled_from(
        (
            "https://example.org/a",
            "https://example.org/a_(b)?x=1&y=[2]",
            "javascript:alert(1)",
            "https://bank.example@evil.example/",
            "https://bücher.example/ü",
            "http://[::1",
            "https://example.org/" + "x" * 600,
        )
    ),
)
moments = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-11))))),
)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    text = draw(foreign) or "x"
    begin = draw(st.integers(0, 50))
    first = draw(st.integers(0, len(text)))
    last = draw(st.integers(first, len(text)))
    span = Span(begin + first, begin + last, text[first:last], 1.0) if draw(st.booleans()) else None
    citation = Citation("shared", "k", draw(foreign), draw(foreign), draw(urls), draw(moments))
    return Quote(citation, begin, begin + len(text), text, span)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    found = tuple(draw(st.lists(quotes(), min_size=1, max_size=5)))
    optional = st.one_of(st.none(), foreign)
    return Finding(
        draw(foreign) or "x",
        found,
        stories=draw(st.integers(1, 5)),
        label=draw(optional),
        speaker=draw(optional),
        resolved=draw(optional),
        superseded=draw(st.booleans()),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    kind = draw(st.sampled_from(Kind))
    found = () if kind is Kind.NONE else tuple(draw(st.lists(findings(), min_size=1, max_size=6)))
    text = draw(foreign) or "x"
    citation = Citation("shared", "k", draw(foreign), draw(foreign), draw(urls), draw(moments))
    passage = Passage(citation, 0, 0, len(text), text, ((0, len(text)),))
    reading = Span(0, len(text), text, 1.0) if draw(st.booleans()) else None
    hits = tuple(
        Hit(passage, rank, 0.5, rank, 0.5, rank, 2.0, reading) for rank in range(1, draw(st.integers(0, 12)) + 1)
    )
    trace = Trace(
        ("guild-1", "shared"),
        {"shared": 3},
        draw(foreign),
        draw(st.one_of(st.none(), foreign)),
        "balanced",
        0.5,
        hits=hits,
        features={f"f{n}": 0.1 for n in range(40)},
        groups=tuple((draw(foreign), 0.3, 1) for _ in range(draw(st.integers(0, 8)))),
        since=draw(moments),
        milliseconds={"reading": 1.0},
    )
    return Answer(
        draw(foreign),
        kind,
        found,
        trace,
        differing=tuple(draw(st.lists(findings(), max_size=5))) if found else (),
        nearest=tuple(draw(st.lists(quotes(), max_size=3))),
        confidence=0.7,
        reason=draw(st.one_of(st.none(), foreign)),
    )


def receipt_with(answer: Answer, **options: Any) -> Receipt:
    base = Receipt(
        id="abcdefghij234567",
        guild_id=1,
        channel_id=2,
        user_id=3,
        private=True,
        asked=answer.question,
        answer=answer,
        created=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return replace(base, **options)


receipts = st.builds(
    receipt_with,
    answers(),
    asked=foreign,
    previous=st.one_of(st.none(), foreign),
    suggestions=st.lists(foreign.map(lambda text: " ".join(text.split()) or "x"), max_size=3).map(tuple),
)


def check(layout: render.Layout) -> list[str]:
    """The layout keeps Discord's limits and lets nothing through; its texts."""
    parts = list(_walk(layout.to_components()))
    if any(part.get("custom_id", "").startswith("nutgraf:helpful") for part in parts):
        assert any("Receipt abcdefghij234567" in str(part.get("content")) for part in parts), (
            "it can always be looked up"
        )
    assert len(parts) <= render.COMPONENT_LIMIT
    counted = sum(len(str(part.get(key) or "")) for part in parts for key in ("content", "label", "custom_id"))
    assert counted <= render.TEXT_LIMIT, counted
    for part in parts:
        assert len(str(part.get("label") or "")) <= 80
        assert len(str(part.get("custom_id") or "")) <= 100
    texts = [str(part["content"]) for part in parts if part["type"] == 10]
    for text in texts:
        assert text.strip()
        allowed = {match[0] for match in re.finditer(r"<t:-?\d+:f>", text)}
        assert {match[0] for match in PING.finditer(text)} <= allowed, text
        for title, url in LINK.findall(text):
            assert re.match(r"https?://[^\s<>()\[\]@]+$", url) or re.match(r"https?://[^\s<>()\[\]]+$", url), url
            assert "evil.example" not in title.replace("\\", "") or "evil.example" in url, (
                "a title that shows another address"
            )
        assert not re.search(r"(?<![(\w])https?://", text), "no address stands bare"
        assert not EMOJI.search(re.sub(r"\]\([^)\s]*\)|<t:-?\d+:f>", "", text)), text
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\u2028\u2029\x85]", text)
        assert len(re.findall(r"(?<!\\)\|\||(?<!\\)`", text)) == 0
        for line in text.split("\n"):
            _own_or_foreign(line)
    return texts


OWN = re.compile(
    r"(-# |> “|# |### |\*\*The latest|\*\*The articles don't say\.\*\*$|\*\*The reports differ\*\*$|The nearest they do say"
    r"|\d+\. |— |\*\*They can answer|“|\*\*Passages|No passage|\*\*How this came about|Question: “|Follows up on “|Only articles"
    r"|Answer: |No answer was given|Looked in: |Sentence model: |Reader: |Promise: |Why no answer: |Questions offered: "
    r"|\*\*Answers weighed|- |\S)"
)


def _own_or_foreign(line: str) -> None:
    """A line begins as one of the bot's own does; foreign text never begins one."""
    assert OWN.match(line), line
    if line.startswith("-# ") and "independent reports agree" in line:
        assert re.match(
            r"-# \d+ independent reports agree( · |$)|-# (Question|Following|Understood|Said|Features|That)", line
        ), line


def _walk(parts: Any) -> Any:
    for part in parts:
        yield part
        yield from _walk(part.get("components", ()))
        if isinstance(part.get("accessory"), dict):
            yield part["accessory"]


lenient = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@lenient
@given(receipts, st.integers(0, 10**6), st.booleans())
def test_any_answer_is_within_limits_and_safe(receipt: Receipt, votes: int, question: bool) -> None:
    check(render.answer_message(receipt, Votes(votes, votes), notice="A notice.", question=question))


@pytest.mark.parametrize("kind", list(Kind))
def test_an_answer_of_nothing_but_long_parts_still_fits(kind: Kind) -> None:
    long = "wörd[](x)@everyone " * 300
    url = "https://example.org/" + "x" * 370
    quote = Quote(
        Citation("shared", "k", long, long, url, datetime(2025, 1, 1, tzinfo=UTC)),
        0,
        len(long),
        long,
        Span(5, 900, long[5:900], 1),
    )
    other = replace(quote, citation=replace(quote.citation, published=date(2025, 2, 2)))
    found = (Finding(long, (quote,) * 9, stories=3, label=long, speaker=long, resolved=long),) * 8
    texts = shown(
        Answer(
            long,
            kind,
            () if kind is Kind.NONE else found,
            an_answer().trace,
            differing=(Finding("7", (other,)),) * 9,
            nearest=(quote, other),
            reason=long,
        ),
        asked=long,
        previous=long,
        suggestions=(long,) * 3,
    )
    if kind is Kind.COMPARISON:
        assert sum(text.startswith("### ") for text in texts) >= 2, "both sides are there"
    elif kind is not Kind.NONE:
        assert any("independent reports agree" in text or "The latest" in text for text in texts)


@lenient
@given(receipts, st.integers(-3, 20))
def test_any_page_of_passages_is_within_limits_and_safe(receipt: Receipt, page: int) -> None:
    check(pages.passages(receipt, page))
    check(pages.passages(replace(receipt, kind="search"), page))


@lenient
@given(receipts)
def test_any_explanation_is_within_limits_and_safe(receipt: Receipt) -> None:
    check(pages.why(receipt))


def cited(**options: Any) -> Citation:
    values: dict[str, Any] = {
        "title": "Troops at the border",
        "outlet": "The Example Post",
        "url": "https://example.org/a",
        "published": date(2025, 2, 5),
    }
    return Citation("shared", "k", **(values | options))


def quoted(text: str, span: str | None = None, **options: Any) -> Quote:
    start = 100
    at = text.index(span) if span else 0
    marked = Span(start + at, start + at + len(span), span, 3.0) if span else None
    return Quote(cited(**options), start, start + len(text), text, marked)


def an_answer(*found: Finding, kind: Kind = Kind.SPAN, **options: Any) -> Answer:
    return Answer("q?", kind, found, Trace(("shared",), {"shared": 1}, "e", None, "balanced", None), **options)


def shown(answer: Answer, **options: Any) -> list[str]:
    return check(render.answer_message(receipt_with(answer, **options)))


def test_the_parts_of_an_answer_stand_in_their_order() -> None:
    sentence = "Tijuana is set to receive 1,949 troops."
    finding = Finding(
        "1,949", (quoted(sentence, "1,949"), quoted("1,949 will come.", "1,949", outlet="Other")), stories=2
    )
    assert shown(an_answer(finding)) == [
        "# 1,949",
        "> “Tijuana is set to receive **1,949** troops.”",
        "1. [Troops at the border](https://example.org/a) · The Example Post · Feb 5, 2025\n"
        "2. [Troops at the border](https://example.org/a) · Other · Feb 5, 2025",
        "-# 2 independent reports agree",
        "-# Question: “q?”\n-# Receipt abcdefghij234567",
    ]


@pytest.mark.parametrize(
    ("length", "start"), [(1, "# "), (30, "# "), (31, "### "), (80, "### "), (81, "> “"), (500, "> “")]
)
def test_the_answer_is_as_big_as_its_length_allows(length: int, start: str) -> None:
    text = "y" * length
    first = shown(an_answer(Finding(text, (quoted(f"It is {text}.", text),))))[0]
    assert first.startswith(start)
    assert not (start == "# " and first.startswith("##"))


def test_the_nearest_stand_in_the_order_given_and_each_once() -> None:
    nearest = (quoted("First."), quoted("Second."), quoted("First."))
    texts = shown(an_answer(kind=Kind.NONE, nearest=nearest))
    assert [text for text in texts if text.startswith("> ")] == ["> “First.”", "> “Second.”"]


def test_an_answer_from_newer_articles_only_says_so() -> None:
    answer = an_answer(Finding("3", (quoted("3 came.", "3"),)))
    limited = replace(answer, trace=replace(answer.trace, since=date(2026, 1, 1)))
    assert "-# Only articles from Jan 1, 2026 on" in "\n".join(shown(limited)).split("\n")
    assert "Only articles" not in "\n".join(shown(answer))


def test_long_titles_and_addresses_leave_every_passage_its_text() -> None:
    text = "word " * 160
    citation = cited(title="T" * 200, url="https://news.example/" + "a" * 370, outlet="O" * 60)
    passage = Passage(citation, 0, 0, len(text), text, ((0, len(text)),))
    hits = tuple(Hit(passage, rank, 0.5, rank, 0.5, rank, 2.0) for rank in (1, 2, 3))
    answer = an_answer(kind=Kind.NONE)
    receipt = receipt_with(replace(answer, trace=replace(answer.trace, hits=hits)))
    texts = check(pages.passages(receipt, 0))
    assert sum(text.startswith("> ") and "word" in text for text in texts) == 3
    assert "Page 1 of 1" in texts[-1]


def a_search(question: str, *texts: str) -> Receipt:
    """The receipt of a search that found these texts."""
    hits = tuple(
        Hit(Passage(cited(), 0, 0, len(text), text, ((0, len(text)),)), rank, 0.5, rank, 0.5, rank, 2.0)
        for rank, text in enumerate(texts, 1)
    )
    answer = replace(an_answer(kind=Kind.NONE), question=question)
    return receipt_with(replace(answer, trace=replace(answer.trace, hits=hits)), kind="search")


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("how many troops?", "“The **troop** went with 5 **troops** and troopcarriers.”"),
        ("trooped with 5", "“The **troop** went with **5** **troops** and troopcarriers.”"),
        ("the troopcarriers sank", "“The troop went with 5 troops and **troopcarriers**.”"),
        ("who went with the other?", "“The troop **went** with 5 troops and troopcarriers.”"),
    ],
)
def test_the_words_looked_for_are_bold_in_whatever_form(question: str, shown: str) -> None:
    texts = check(pages.passages(a_search(question, "The troop went with 5 troops and troopcarriers."), 0))
    assert f"> {shown}" in texts


def test_a_question_of_hundreds_of_words_takes_no_longer_to_highlight() -> None:
    letters = "bcdfghjklm"
    question = "troops " + " ".join(f"{a}{b}{c}{d}" for a, b, c, d in itertools.product(letters, repeat=4))[:3980]
    receipt = a_search(question, *["The troops " + "a b " * 280] * 3)
    seconds = []
    for _ in range(3):
        began = time.thread_time()
        pages.passages(receipt, 0)
        seconds.append(time.thread_time() - began)
    assert min(seconds) < 0.05, "it is made on the event loop"


def test_a_comparison_names_both_sides() -> None:
    sides = (
        Finding("1,949", (quoted("1,949 go there.", "1,949"),), label="Tijuana"),
        Finding("1,650", (quoted("1,650 go here.", "1,650"),), label="Ciudad Juárez"),
    )
    texts = shown(an_answer(*sides, kind=Kind.COMPARISON))
    assert "### Tijuana: 1,949" in texts
    assert "### Ciudad Juárez: 1,650" in texts


def test_speaker_and_resolved_day_are_shown() -> None:
    finding = Finding(
        "Tuesday", (quoted("On Tuesday it began.", "Tuesday"),), speaker="Ana Ruiz", resolved="Tuesday, 4 February 2025"
    )
    assert "-# Said by Ana Ruiz · That is Tuesday, 4 February 2025" in shown(an_answer(finding))


def test_three_sentences_with_their_speakers_and_the_newest_five_are_shown() -> None:
    found = [Finding(f"Sentence {n}.", (quoted(f"Sentence {n}."),), speaker=f"Speaker {n}") for n in range(7)]
    prose = "\n".join(shown(an_answer(*found[:3], kind=Kind.SENTENCES)))
    assert all(f"Sentence {n}." in prose and f"Said by Speaker {n}" in prose for n in range(3))
    newest = "\n".join(shown(an_answer(*found, kind=Kind.LATEST)))
    assert [f"Sentence {n}." in newest for n in range(7)] == [True] * 5 + [False] * 2


def test_abstaining_shows_the_nearest_and_questions_with_buttons() -> None:
    answer = an_answer(
        kind=Kind.NONE, reason="None of the articles mentions it.", nearest=(quoted("The ferry was late."),)
    )
    offered = ("How late was the ferry?", "Who sank it?", "Where did it go?")
    layout = render.answer_message(receipt_with(answer, suggestions=offered))
    text = "\n".join(check(layout))
    assert "**The articles don't say.**\nNone of the articles mentions it." in text
    assert "not an answer" in text
    assert "“The ferry was late.”" in text
    buttons = {
        part["components"][0]["content"]: part["accessory"]["custom_id"]
        for part in _walk(layout.to_components())
        if part["type"] == 9
    }
    assert buttons == {f"“{question}”": f"nutgraf:ask:abcdefghij234567:{n}" for n, question in enumerate(offered)}


def test_an_answer_that_was_not_written_down_stands_without_what_needs_its_receipt() -> None:
    layout = render.answer_message(receipt_with(an_answer(), kept=False, suggestions=("How late was the ferry?",)))
    assert "Receipt" not in "\n".join(check(layout))
    assert not [part for part in _walk(layout.to_components()) if part.get("type") == 2]
