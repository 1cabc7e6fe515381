"""Relative days mean one certain day; periods are understood as people write them."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answering.time import parse_since, resolve
from index.errors import BadQuestion

WEDNESDAY = date(2031, 2, 5)


@pytest.mark.parametrize(
    ("text", "sentence", "meant"),
    [
        ("Tuesday", "The ferry ran aground on Tuesday.", "Tuesday, 4 February 2031"),
        ("Wednesday", "It sank on Wednesday.", "Wednesday, 5 February 2031"),
        ("Thursday", "It sank on Thursday.", "Thursday, 30 January 2031"),
        ("Thursday", "The bridge will open on Thursday.", "Thursday, 6 February 2031"),
        ("on Friday", "The council is to vote on Friday.", "Friday, 7 February 2031"),
        ("last Friday", "It opened last Friday.", "Friday, 31 January 2031"),
        ("next Friday", "It opens next Friday.", "Friday, 14 February 2031"),
        ("yesterday", "It opened yesterday.", "Tuesday, 4 February 2031"),
        ("tomorrow", "It opens tomorrow.", "Thursday, 6 February 2031"),
        ("this morning", "It opened this morning.", "Wednesday, 5 February 2031"),
        ("two days ago", "They arrived two days ago.", "Monday, 3 February 2031"),
        ("last month", "It opened last month.", "January 2031"),
        ("next year", "It opens next year.", "2032"),
        ("last week", "It opened last week.", "27 January 2031 to 2 February 2031"),
        ("December 28", "It closed on December 28.", "Saturday, 28 December 2030"),
        ("5 March", "It opens on 5 March.", "Wednesday, 5 March 2031"),
        ("April 26", "Next year it will be run on April 26.", "Monday, 26 April 2032"),
        ("December 28", "It was closed on December 28 last year.", "Saturday, 28 December 2030"),
        ("5 March 2029", "It opened on 5 March 2029.", None),
        ("a mill", "It was a mill.", None),
    ],
)
def test_relative_days_are_resolved_with_the_article_s_date(text: str, sentence: str, meant: str | None) -> None:
    assert WEDNESDAY.strftime("%w") == "3"
    assert resolve(text, WEDNESDAY, sentence) == meant


def test_the_article_s_own_zone_decides_which_day_it_is() -> None:
    late = datetime(2031, 2, 4, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert late.astimezone(UTC).date() == date(2031, 2, 5)
    assert resolve("today", late) == "Tuesday, 4 February 2031"


def test_an_undated_article_resolves_nothing() -> None:
    assert resolve("Tuesday", None) is None


@pytest.mark.parametrize("edge", [date.min, date.max])
@pytest.mark.parametrize("text", ["yesterday", "tomorrow", "last week", "next week", "Tuesday", "400 days ago"])
def test_the_edges_of_the_calendar_do_no_harm(edge: date, text: str) -> None:
    resolve(text, edge)
    resolve(text, edge, "It will be so.")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("7d", date(2031, 1, 29)),
        ("2 weeks", date(2031, 1, 22)),
        ("two weeks ago", date(2031, 1, 22)),
        ("last 3 days", date(2031, 2, 2)),
        ("1m", date(2031, 1, 5)),
        ("last week", date(2031, 1, 27)),
        ("this week", date(2031, 2, 3)),
        ("last month", date(2031, 1, 1)),
        ("this year", date(2031, 1, 1)),
        ("yesterday", date(2031, 2, 4)),
        ("since yesterday", date(2031, 2, 4)),
        ("today", WEDNESDAY),
        ("Monday", date(2031, 2, 3)),
        ("2025-02-01", date(2025, 2, 1)),
        ("Feb 2025", date(2025, 2, 1)),
        ("feb. 1, 2025", date(2025, 2, 1)),
        ("5 march", date(2030, 3, 5)),
        ("March", date(2030, 3, 1)),
        ("2025", date(2025, 1, 1)),
        ("2025-02", date(2025, 2, 1)),
        ("01.02.2025", date(2025, 2, 1)),
    ],
)
def test_periods_begin_when_people_mean(text: str, first: date) -> None:
    assert parse_since(text, WEDNESDAY) == first


def test_months_back_stay_within_the_month() -> None:
    assert parse_since("1 month", date(2031, 3, 31)) == date(2031, 2, 28)


@pytest.mark.parametrize("text", ["", "soon", "2025-02-31", "99999999999d", "😀", "x" * 500, "-3d", "١٢", "9999 years"])
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadQuestion, match=r'write for example "7d"'):
        parse_since(text, WEDNESDAY)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.dates())
def test_any_text_is_a_day_or_refused(text: str, today: date) -> None:
    with contextlib.suppress(BadQuestion):
        assert isinstance(parse_since(text, today), date)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.dates(), st.text(max_size=40))
def test_any_text_can_be_resolved(text: str, published: date, sentence: str) -> None:
    resolve(text, published, sentence)
