"""`Answer` -> Discord message. Pure: the same answer always gives the same message, within Discord's limits.

Foreign text stands only where its kind is plain: as a heading (the answer), within quotation marks in a quote block, or in
a source line behind a dash or a number. The bot's own lines are none of these, so no article can imitate them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord import ui

from bot import markup
from bot.actions import Action, custom_id
from bot.differing import agreement, differing
from bot.receipts import Receipt, Votes
from index import Answer, Finding, Kind, Quote

TEXT_LIMIT = 4000
"""Discord's limit over all text of a message; https://discord.com/developers/docs/components/reference"""
COMPONENT_LIMIT = 40
TEXT_ROOM = 3100
"""What the text displays may take: the offered questions, labels and custom ids never need more than the rest."""
HEADING, SUBHEADING = 30, 80
ACCENT = discord.Colour(0x2F6F9F)
QUIET = discord.Colour(0x6B7280)
NO_VOTES = Votes()
_KEPT = 800
"""Characters that sources leave for what follows them: how many agree, and who differs."""


class Layout(ui.LayoutView):
    """A message whose presses are handled by `views.Presses` from their custom ids alone, before and after a restart.

    It counts as finished, so that discord.py does not keep every answer ever sent in memory waiting for presses.
    """

    def __init__(self, *items: ui.Item[Any]) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)

    def is_finished(self) -> bool:
        return True


class Lines:
    """Text displays that fit into what room is left; what does not fit is left out whole."""

    def __init__(self, room: int = TEXT_ROOM) -> None:
        self.items: list[ui.Item[Any]] = []
        self._room = room

    def add(self, *lines: str, keep: int = 0) -> bool:
        """Add a text display of these lines if it leaves room for `keep` more characters; returns whether it did."""
        text = "\n".join(line for line in lines if line)
        if not text or len(text) > self._room - keep:
            return False
        self._room -= len(text)
        self.items.append(ui.TextDisplay(text))
        return True

    def space(self) -> None:
        self.items.append(ui.Separator(visible=True))


def button(action: Action, receipt: str, label: str, *, argument: str = "", disabled: bool = False) -> ui.Button[Any]:
    style = discord.ButtonStyle.primary if action is Action.FOLLOW_UP else discord.ButtonStyle.secondary
    return ui.Button(
        label=markup.label(label, 80), style=style, custom_id=custom_id(action, receipt, argument), disabled=disabled
    )


def note(text: str, *rows: ui.ActionRow[Any]) -> Layout:
    """A short message in the bot's own words (already safe)."""
    return Layout(ui.TextDisplay(text[:TEXT_ROOM]), *rows)


def answer_message(receipt: Receipt, votes: Votes = NO_VOTES, *, notice: str = "", question: bool = True) -> Layout:
    """The message that carries the receipt's answer. `question`: whether to repeat it (a reply shows it already).

    Of a receipt that is not kept nothing can be looked up, so that its answer stands without buttons.
    """
    answer = receipt.answer
    context = _context(receipt, notice=notice, question=question)
    lines = Lines(TEXT_ROOM - len(context))
    match answer.kind:
        case _ if not answer.findings:
            _abstention(lines, answer)
        case Kind.COMPARISON:
            _comparison(lines, answer)
        case Kind.LATEST:
            _latest(lines, answer)
        case Kind.SENTENCES:
            _sentences(lines, answer)
        case _:
            _span(lines, answer)
    _differing(lines, answer)
    body: ui.Container[Any] = ui.Container(
        *lines.items, ui.TextDisplay(context), accent_colour=ACCENT if answer.findings else QUIET
    )
    return Layout(body, *_offers(receipt), _buttons(receipt, votes)) if receipt.kept else Layout(body)


def _span(lines: Lines, answer: Answer) -> None:
    finding = answer.findings[0]
    lines.add(_headline(finding.text))
    _extras(lines, finding)
    if finding.quotes:
        lines.add(f"> {_quote(finding.quotes[0], 700)}")
    _sources(lines, finding.quotes)
    lines.add(f"-# {agreement(answer)}")


def _headline(text: str) -> str:
    """The answer itself, as big as its length allows."""
    shown = markup.clean(text)
    if len(shown) <= HEADING:
        return f"# {markup.line(shown, 200)}"
    if len(shown) <= SUBHEADING:
        return f"### {markup.line(shown, 300)}"
    return f"> {markup.quotation(shown, None, None, 700)}"


def _extras(lines: Lines, finding: Finding) -> None:
    said = f"Said by {markup.escape(finding.speaker, 80)}" if finding.speaker else ""
    resolved = f"That is {markup.escape(finding.resolved, 60)}" if finding.resolved else ""
    if said or resolved:
        lines.add("-# " + " · ".join(part for part in (said, resolved) if part))


def _quote(quote: Quote, limit: int) -> str:
    span = quote.span
    if span is None:
        return markup.quotation(quote.text, None, None, limit)
    return markup.quotation(quote.text, max(0, span.start - quote.start), span.end - quote.start, limit)


def _sources(lines: Lines, quotes: Sequence[Quote], *, most: int = 3) -> None:
    """Where the words stand, best first: one source behind a dash, several as a numbered list."""
    shown = quotes[:most]
    while shown:
        more = len(quotes) - len(shown)
        rows = [f"{number}. {markup.source(quote.citation)}" for number, quote in enumerate(shown, 1)]
        if len(rows) == 1:
            rows = [f"— {markup.source(shown[0].citation)}"]
        if lines.add(*rows, f"-# and {more} more" if more else "", keep=_KEPT):
            return
        shown = shown[:-1]


def _sentences(lines: Lines, answer: Answer) -> None:
    for number, finding in enumerate(answer.findings[:3], 1):
        if finding.quotes:
            lines.add(f"> {_quote(finding.quotes[0], 700 if number == 1 else 450)}")
            _extras(lines, finding)
            _sources(lines, finding.quotes, most=1)
    lines.add(f"-# {agreement(answer)}")


def _comparison(lines: Lines, answer: Answer) -> None:
    for finding in answer.findings[:4]:
        name = markup.line(finding.label or "", 80)
        lines.add(f"### {name}: {markup.escape(finding.text, 120)}" if name else _headline(finding.text))
        _extras(lines, finding)
        if finding.quotes:
            lines.add(f"> {_quote(finding.quotes[0], 350)}")
            _sources(lines, finding.quotes, most=1)
    lines.add("-# Each figure stands in its own report; compare them yourself.")


def _latest(lines: Lines, answer: Answer) -> None:
    lines.add("**The latest, newest first**")
    for finding in answer.findings[:5]:
        if finding.quotes:
            lines.add(f"> {_quote(finding.quotes[0], 380)}")
            _sources(lines, finding.quotes, most=1)


def _abstention(lines: Lines, answer: Answer) -> None:
    reason = markup.escape(answer.reason, 300) if answer.reason else ""
    lines.add("**The articles don't say.**", reason if reason != markup.escape("The articles don't say.", 300) else "")
    if answer.nearest:
        lines.add("The nearest they do say, which is not an answer:")
    different: dict[str, Quote] = {}
    for quote in answer.nearest:
        different.setdefault(markup.clean(quote.text), quote)
    for quote in list(different.values())[:2]:
        lines.add(f"> {markup.quotation(quote.text, None, None, 400)}")
        lines.add(f"— {markup.source(quote.citation)}")


def _differing(lines: Lines, answer: Answer) -> None:
    rows = differing(answer)
    if rows:
        lines.space()
    while rows and not lines.add("**The reports differ**", *rows):
        rows.pop()


def _context(receipt: Receipt, *, notice: str, question: bool) -> str:
    """In small print: what was asked, and by which receipt the answer can be looked up."""
    rows = []
    if receipt.previous is not None:
        rows.append(f"Following up on “{markup.escape(receipt.previous, 150)}”")
        rows.append(f"Understood as “{markup.escape(receipt.answer.question, 200)}”")
    elif question:
        rows.append(f"Question: “{markup.escape(receipt.asked, 200)}”")
    if (since := receipt.answer.trace.since) is not None:
        rows.append(f"Only articles from {markup.day(since)} on")
    if notice:
        rows.append(notice)
    if receipt.kept:
        rows.append(f"Receipt {receipt.id}")
    return "\n".join(f"-# {row}" for row in rows)


def _offers(receipt: Receipt) -> Iterable[ui.Item[Any]]:
    """Questions the articles can answer, each with a button that asks it."""
    if not receipt.suggestions:
        return
    yield ui.TextDisplay("**They can answer:**")
    for number, suggestion in enumerate(receipt.suggestions[:3]):
        yield ui.Section(
            ui.TextDisplay(f"“{markup.escape(suggestion, 150)}”"),
            accessory=button(Action.ASK, receipt.id, f"Ask {number + 1}", argument=str(number)),
        )


def _buttons(receipt: Receipt, votes: Votes) -> ui.ActionRow[Any]:
    row: ui.ActionRow[Any] = ui.ActionRow(
        button(Action.PASSAGES, receipt.id, "Passages", argument="0"),
        button(Action.FOLLOW_UP, receipt.id, "Ask a follow-up"),
    )
    if receipt.private and receipt.guild_id is not None:
        row.add_item(button(Action.SHARE, receipt.id, "Share"))
    row.add_item(button(Action.HELPFUL, receipt.id, _counted("Helpful", votes.helpful)))
    row.add_item(button(Action.WRONG, receipt.id, _counted("Wrong", votes.wrong)))
    return row


def _counted(word: str, count: int) -> str:
    return f"{word} ({count})" if count else word
