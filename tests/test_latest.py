"""What is the latest on something: the newest reports, each story once."""

from __future__ import annotations

from datetime import date

from index.answer import Kind
from index.answering import compose
from tests.answering_fixtures import Desk, article


def test_the_latest_lists_the_newest_stories_first_and_undated_ones_last() -> None:
    days = [date(2031, 2, 1), None, date(2031, 2, 8), date(2031, 2, 4)]
    texts = [
        "Oldport votes on its budget.",
        "Oldport has a new baker.",
        "Oldport closes its harbour.",
        "Oldport wins the cup.",
    ]
    other = article("other", "Newhaven builds a school.", date(2031, 2, 9))
    desk = Desk([*(article(f"a{i}", t, d) for i, (t, d) in enumerate(zip(texts, days, strict=True))), other])
    answer = compose("What's the latest on Oldport?", desk.hits, None, context=desk.context())
    assert answer.kind is Kind.LATEST
    assert [f.text for f in answer.findings] == [texts[2], texts[3], texts[0], texts[1]]
