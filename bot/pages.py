"""Private pages around an answer: its passages, how it came about, help. Pure, like `render`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import discord
from discord import ui

from bot import markup
from bot.actions import Action
from bot.receipts import Receipt
from bot.render import Layout, Lines, button
from bot.visibility import collections_of
from index import SHARED, Hit

PER_PAGE = 3
ROOM = 3800
"""What the text displays may take: unlike an answer, these pages offer no questions."""
_PASSAGE = 700
_SHORTEST_WORD = 3
_WORD = re.compile(r"\w+")
_COMMON = frozenset(
    _WORD.findall(
        "about and any are been did does for from had has have how into its many much not than that the their them then "
        "there they this was were what when where which who whom whose why will with would you your"
    )
)
"""Words that tell nothing about what is looked for."""


def passages(receipt: Receipt, page: int) -> Layout:
    """A page of the retrieved passages with their ranks. `page` counts from 0; beyond the last it is the last. Of a receipt
    that is not kept no page can be turned."""
    hits = receipt.answer.trace.hits
    pages = max(1, -(-len(hits) // PER_PAGE))
    page = min(max(page, 0), pages - 1)
    heading = f"**Passages for** “{markup.escape(receipt.answer.question, 200)}”"
    footer = f"-# Page {page + 1} of {pages} · {len(hits)} {'passage' if len(hits) == 1 else 'passages'}"
    if receipt.kept:
        footer += f" · Receipt {receipt.id}"
    shown = hits[page * PER_PAGE : (page + 1) * PER_PAGE]
    heads = [f"{hit.rank}. {markup.source(hit.passage.citation, limit=120)}\n-# {_ranks(hit)}" for hit in shown]
    # Titles and addresses are as long as they are; the quotes share what they leave.
    room = ROOM - sum(map(len, [heading, footer, *heads]))
    wanted = _wanted(receipt.answer.question)
    lines = Lines(ROOM)
    lines.add(heading)
    for hit, head in zip(shown, heads, strict=True):
        lines.add(head)
        lines.add(f"> {_highlighted(receipt, hit, wanted, min(_PASSAGE, room // len(shown) - len('> ')))}")
    if not hits:
        lines.add("No passage of the articles has anything to do with it.")
    lines.add(footer)
    items: list[ui.Item[Any]] = [ui.Container(*lines.items)]
    if pages > 1 and receipt.kept:
        items.append(
            ui.ActionRow(
                button(
                    Action.PAGE,
                    receipt.id,
                    "Previous page",
                    argument=str(page - 1 if page else pages),
                    disabled=page == 0,
                ),
                button(Action.PAGE, receipt.id, "Next page", argument=str(page + 1), disabled=page + 1 == pages),
            )
        )
    return Layout(*items)


def _ranks(hit: Hit) -> str:
    by_meaning = (
        f"by meaning {hit.dense_rank} ({hit.dense_score or 0:.2f})" if hit.dense_rank else "not found by meaning"
    )
    by_words = (
        f"by words {hit.lexical_rank} ({hit.lexical_score or 0:.1f})" if hit.lexical_rank else "not found by words"
    )
    return f"Rank {hit.rank} · {by_meaning} · {by_words}"


def _highlighted(receipt: Receipt, hit: Hit, wanted: Callable[[str], bool], limit: int) -> str:
    """The passage, what was read in it in bold; for a search, the words looked for."""
    text, reading = hit.passage.text, hit.reading
    if reading is not None and receipt.kind == "ask":
        start = reading.start - hit.passage.start
        return markup.quotation(text, max(start, 0), start + len(reading.text), limit)
    return markup.highlighted(text, wanted, limit)


def _wanted(question: str) -> Callable[[str], bool]:
    """Tells of a word whether it is one of the question's, or another form of one: "troop" where "troops" is sought."""
    longest: dict[str, int] = {}
    for word in map(str.casefold, _WORD.findall(question)):
        if (len(word) >= _SHORTEST_WORD or word.isdigit()) and word not in _COMMON:
            beginning = word[: max(4, len(word) - 2)]
            longest[beginning] = max(len(word) + 3, longest.get(beginning, 0))

    def wanted(token: str) -> bool:
        # By its beginnings, as there may be hundreds of words: what a page costs must not grow with them.
        folded = token.casefold()
        return any(len(folded) <= longest.get(folded[:end], 0) for end in range(1, len(folded) + 1))

    return wanted


def why(receipt: Receipt) -> Layout:
    """How the answer came about: what was looked for and where, what was found, read and weighed, by which models."""
    answer, trace = receipt.answer, receipt.answer.trace
    lines = Lines(ROOM)
    lines.add(f"**How this came about** · receipt {receipt.id}")
    asked = f"Question: “{markup.escape(answer.question, 300)}”"
    previous = f"Follows up on “{markup.escape(receipt.previous, 200)}”" if receipt.previous else ""
    span = " to ".join(part for part in (_limit("from", trace.since), _limit("until", trace.as_of)) if part)
    outcome = f"Answer: {markup.escape(answer.text, 200)}" if answer.text else "No answer was given."
    lines.add(asked, previous, f"Only articles {span}" if span else "", outcome)
    facts = [f"Looked in: {_places(receipt)}"]
    if trace.encoder:
        facts.append(f"Sentence model: {markup.escape(trace.encoder, 100)}")
        facts.append(f"Reader: {markup.escape(trace.reader or 'none, whole sentences', 100)}")
        facts.append(f"Promise: {markup.escape(trace.promise, 20)}{_threshold(receipt)}")
    if answer.reason:
        facts.append(f"Why no answer: {markup.escape(answer.reason, 300)}")
    if receipt.suggestions:
        facts.append(f"Questions offered: {len(receipt.suggestions)}")
    lines.add(*facts)
    if trace.groups:
        lines.add(
            "**Answers weighed**",
            *(
                f"- {markup.escape(text, 80)}: weight {weight:.2f}, {stories} {'report' if stories == 1 else 'reports'}"
                for text, weight, stories in trace.groups[:5]
            ),
        )
    _hits(lines, trace.hits)
    if trace.features:
        named = [f"{markup.escape(name, 40)} {value:.2f}" for name, value in list(trace.features.items())[:20]]
        lines.add(f"-# Features: {', '.join(named)}")
    if trace.milliseconds:
        lines.add(
            "-# " + ", ".join(f"{markup.escape(k, 30)} {v:.0f} ms" for k, v in list(trace.milliseconds.items())[:8])
        )
    return Layout(ui.Container(*lines.items))


def _hits(lines: Lines, hits: tuple[Hit, ...]) -> None:
    rows = []
    for hit in hits[:10]:
        title = markup.escape(markup.name_of(hit.passage.citation), 60)
        read = f"; read “{markup.escape(hit.reading.text, 60)}” ({hit.reading.score:.1f})" if hit.reading else ""
        part = (" in an excerpt" if hit.read_in_part else "") + (" under its article's lede" if hit.lede else "")
        rows.append(f"{hit.rank}. {title} (passage {hit.passage.number + 1}): score {hit.score:.3f}{read}{part}")
    heading = f"**Passages** ({len(rows)} of {len(hits)})"
    while rows and not lines.add(heading, *rows):
        rows.pop()
        heading = f"**Passages** ({len(rows)} of {len(hits)})"


def _limit(word: str, day: date | None) -> str:
    return f"{word} {markup.day(day)}" if day is not None else ""


def _places(receipt: Receipt) -> str:
    """The collections by what they are to the reader, with the revision they had."""
    parts = []
    revisions = receipt.answer.trace.revisions
    for collection in collections_of(receipt.guild_id):
        revision = revisions.get(collection)
        if revision is None and revisions:
            continue
        name = "the shared articles" if collection == SHARED else "this server's articles"
        parts.append(f"{name} (revision {revision})" if revision is not None else name)
    return ", ".join(parts)


def _threshold(receipt: Receipt) -> str:
    threshold, confidence = receipt.answer.trace.threshold, receipt.answer.confidence
    if threshold is None or confidence is None:
        return ""
    return f" (answers from {threshold:.2f}; this one has {confidence:.2f})"


def help_page(*, server: bool, mention: str, days: int) -> Layout:
    """What can be done here, and what is kept for how many days."""
    seen = (
        "Here I answer from this server's own articles and the shared ones."
        if server
        else "In a DM I answer from the shared articles only; a server's own articles are seen in that server."
    )
    return Layout(
        ui.Container(
            ui.TextDisplay(
                "### Ask the articles\n"
                "I find the exact answer in an archive of news, word for word, with the sentence it stands in and its source. "
                "When no article says it, I say so."
            ),
            ui.TextDisplay(
                "**/ask** a question; `private` keeps it to yourself, `since` looks at newer articles only (`7d`, `last week`, "
                "`2025-02-01`).\n"
                f"**Chat**: mention me ({mention}), reply to my answer with the ping on, or write me a DM.\n"
                "**/search** shows the passages themselves. **/why** tells how an answer came about, by its receipt.\n"
                "**Ask about this message** stands in a message's menu under Apps."
            ),
            ui.TextDisplay(
                "Under an answer: *Passages* shows what it was found in, *Ask a follow-up* goes on from it, *Helpful* and "
                "*Wrong* tell the owner how good it is, *Share* makes a private answer public."
            ),
            ui.TextDisplay(
                f"-# {seen}\n-# Kept for {days} days, on the owner's own machine and nowhere else: each question with its "
                "answer, who asked it where, and votes. A private question is shown to nobody but you."
            ),
            accent_colour=discord.Colour(0x2F6F9F),
        )
    )
