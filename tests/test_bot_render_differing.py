"""A message tells how many reports agree, and sets those that differ side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from index import Finding
from tests.test_bot_render import an_answer, quoted, shown


def told(number: int, *, articles: int = 1, **options: Any) -> Finding:
    """What so many articles of the same day of July say: that `number` came."""
    quotes = tuple(quoted(f"{number} came.", f"{number}", published=date(2025, 7, number)) for _ in range(articles))
    return Finding(f"{number}", quotes, **options)


def rows_of(texts: list[str]) -> list[str]:
    """The reports that differ, a line each."""
    return next(text for text in texts if text.startswith("**The reports differ**")).split("\n")[1:]


def test_differing_reports_stand_side_by_side_newest_first() -> None:
    early = Finding("18,400", (quoted("18,400 came.", "18,400", published=date(2025, 7, 20)),))
    late = Finding(
        "14,900",
        (quoted("14,900 came.", "14,900", outlet="Police News", published=date(2025, 7, 22)),),
        latest=True,
    )
    texts = shown(an_answer(early, differing=(late,)))
    rows = rows_of(texts)
    assert rows[0].startswith("1. **14,900** (the latest) — ")
    assert "Police News" in rows[0]
    assert rows[1].startswith("2. **18,400** (shown above) — ")


@pytest.mark.parametrize(
    ("day", "taken_back", "mark", "line"),
    [
        (date(2025, 7, 20), False, "superseded by a later report", "an earlier report that differs is superseded"),
        (date(2025, 7, 22), False, "superseded", "another report that differs is superseded"),
        (None, False, "superseded", "another report that differs is superseded"),
        (date(2025, 7, 24), True, "taken back", "another answer was taken back"),
    ],
)
def test_what_no_longer_stands_is_later_or_earlier_only_by_its_date(
    day: date | None, taken_back: bool, mark: str, line: str
) -> None:
    ours = Finding("21", (quoted("21 came.", "21", published=date(2025, 7, 22)),))
    other = Finding("23", (quoted("23 came.", "23", published=day),), superseded=True, taken_back=taken_back)
    texts = shown(an_answer(ours, differing=(other,)))
    assert f"-# 1 report says so · {line}, see below" in texts
    rows = rows_of(texts)
    assert rows[0].startswith("1. **21** (shown above) — ")
    assert rows[1].startswith(f"2. **23** ({mark}) — ")


def test_ours_stands_among_the_others_by_its_date() -> None:
    ours = Finding("2", (quoted("2 came.", "2", published=date(2025, 7, 21)),))
    newer = Finding("3", (quoted("3 came.", "3", published=datetime(2025, 7, 22, 1, tzinfo=UTC)),))
    older = Finding("1", (quoted("1 came.", "1", published=date(2025, 7, 20)),))
    undated = Finding("4", (quoted("4 came.", "4", published=None),))
    texts = shown(an_answer(ours, differing=(newer, older, undated)))
    rows = rows_of(texts)
    assert [row[3:8] for row in rows] == ["**3**", "**2**", "**1**", "**4**"]


def test_of_two_reports_of_one_day_neither_is_the_latest() -> None:
    one = Finding("1", (quoted("1 came.", "1"),))
    two = Finding("2", (quoted("2 came.", "2"),))
    assert "the latest" not in "\n".join(shown(an_answer(one, differing=(two,))))


@pytest.mark.parametrize(
    ("ours", "others", "line"),
    [
        (told(9), (), "1 report says so"),
        (told(9, articles=2), (), "1 report, in 2 articles"),
        (told(9, articles=3, stories=2), (), "2 independent reports agree"),
        (told(9), (told(8),), "1 report says so · 1 other differs, see below"),
        (told(9), (told(8), told(7)), "1 report says so · 2 others differ, see below"),
        (told(9), (told(8), told(7, superseded=True)), "1 report says so · 1 other differs, see below"),
    ],
)
def test_how_many_agree_and_differ_is_told(ours: Finding, others: tuple[Finding, ...], line: str) -> None:
    assert f"-# {line}" in shown(an_answer(ours, differing=others))


def test_what_is_superseded_is_marked_so_wherever_it_stands() -> None:
    rows = rows_of(shown(an_answer(told(9), differing=(told(8), told(7, superseded=True)))))
    assert [row.split(" — ")[0] for row in rows] == [
        "1. **9** (shown above)",
        "2. **8**",
        "3. **7** (superseded by a later report)",
    ]


def test_what_differs_is_dated_by_its_newest_report() -> None:
    quotes = tuple(quoted("7 came.", "7", published=date(2025, 7, day)) for day in (1, 5, 3))
    [_, row] = rows_of(shown(an_answer(told(9), differing=(Finding("7", quotes),))))
    assert row.endswith("Jul 5, 2025")


def test_what_was_changed_was_not_taken_back() -> None:
    day = date(2025, 7, 22)
    ours = Finding("4 July", (quoted("Put off from 20 June to 4 July.", "4 July", published=day),))
    other = Finding("20 June", (quoted("Put off from 20 June to 4 July.", "20 June", published=day),))
    moved = replace(other, superseded=True, taken_back=True, changed=True)
    texts = shown(an_answer(ours, differing=(moved,)))
    assert "-# 1 report says so · it was different before, see below" in texts
    assert "**20 June** (changed since) — " in "\n".join(texts) and "taken back" not in "\n".join(texts)
