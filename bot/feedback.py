"""What people said of the answers, for the owner: `python -m bot --votes`."""

from __future__ import annotations

from collections.abc import Iterator

from bot import markup
from bot.state import State

_LONGEST = 1000


def feedback(state: State) -> Iterator[str]:
    """Lines of text: each answer that was voted on, newest first, with its votes and what was said to be wrong with it.

    Who voted is not told, nor what was asked and answered in private. What people and articles wrote is made one line each.
    """
    for receipt, votes, reasons in state.voted():
        yield f"{receipt.created:%Y-%m-%d %H:%M} UTC · helpful {votes.helpful}, wrong {votes.wrong} · receipt {receipt.id}"
        if receipt.private:
            yield "  (a private question)"
        else:
            yield f"  Question: {markup.label(receipt.answer.question, _LONGEST)}"
            yield f"  Answer: {markup.label(receipt.answer.text or 'none', _LONGEST)}"
        yield from (f"  Wrong: {markup.label(reason, _LONGEST)}" for reason in reasons)
