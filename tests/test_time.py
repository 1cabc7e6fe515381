"""Relative days mean one certain day; periods are understood as people write them."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answering.since import parse_since
from index.answering.time import resolve
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
        ("this Friday", "It opens this Friday.", "Friday, 7 February 2031"),
        ("yesterday", "It opened yesterday.", "Tuesday, 4 February 2031"),
        ("tomorrow", "It opens tomorrow.", "Thursday, 6 February 2031"),
        ("this morning", "It opened this morning.", "Wednesday, 5 February 2031"),
        ("two days ago", "They arrived two days ago.", "Monday, 3 February 2031"),
        ("a day ago", "They arrived a day ago.", "Tuesday, 4 February 2031"),
        ("last month", "It opened last month.", "January 2031"),
        ("next year", "It opens next year.", "2032"),
        ("last week", "It opened last week.", "27 January 2031 to 2 February 2031"),
        ("December 28", "It closed on December 28.", "Saturday, 28 December 2030"),
        ("5 March", "It opens on 5 March.", "Wednesday, 5 March 2031"),
        ("April 26", "Next year it will be run on April 26.", "Monday, 26 April 2032"),
        ("December 28", "It was closed on December 28 last year.", "Saturday, 28 December 2030"),
        ("5 March 2029", "It opened on 5 March 2029.", None),
        ("3 March", "She was born on 3 March 1990.", None),
        ("March 3", "On March 3, 1600 people marched.", "Monday, 3 March 2031"),
        ("on Friday", "The council decided this on Friday.", "Friday, 31 January 2031"),
        ("Monday", "Schools were closed from Monday to Tuesday because of snow.", "Monday, 3 February 2031"),
        ("12 July", "It has been postponed from 12 July to 30 August.", "Saturday, 12 July 2031"),
        ("2 June", "It was brought forward to 2 June.", "Monday, 2 June 2031"),
        ("Wednesday", "It sank last Wednesday.", "Wednesday, 29 January 2031"),
        ("Tuesday", "It sank the previous Tuesday.", "Tuesday, 4 February 2031"),
        ("Friday", "It opens next Friday.", "Friday, 14 February 2031"),
        ("Friday", "It opens every Friday.", None),
        ("tonight", "It opens tonight.", "Wednesday, 5 February 2031"),
        ("last night", "It sank last night.", "Tuesday, 4 February 2031"),
        ("Wednesday", "It will open on Wednesday.", "Wednesday, 5 February 2031"),
        ("this coming Wednesday", "It opens this coming Wednesday.", "Wednesday, 12 February 2031"),
        ("this Friday", "Big match this Friday", "Friday, 7 February 2031"),
        ("5 February", "It will open on 5 February.", "Wednesday, 5 February 2031"),
        ("5 May", "It opened on 15 May, and will close on 5 May.", "Monday, 5 May 2031"),
        ("28 March last year", "28 March last year", "Thursday, 28 March 2030"),
        ("a mill", "It was a mill.", None),
    ],
)
def test_relative_days_are_resolved_with_the_article_s_date(text: str, sentence: str, meant: str | None) -> None:
    assert WEDNESDAY.strftime("%w") == "3"
    assert resolve(text, WEDNESDAY, sentence) == meant


@pytest.mark.parametrize(
    ("text", "sentence", "meant"),
    [
        ("Monday", "Mayor Anna Lind said on Monday that the Kell Library will close in June.", 3),
        ("on Monday", "Mayor Anna Lind said on Monday that the Kell Library will close in June.", 3),
        ("Monday", "Mayor Anna Lind said Monday the Kell Library will close in June.", 3),
        ("Monday", "Lind told reporters on Monday the library will close in June.", 3),
        ("Monday", "Lind on Monday announced that the library will close.", 3),
        ("Monday", "On Monday, Lind said the library will close in June.", 3),
        ("Monday", "The library will close in June, Lind said on Monday.", 3),
        ("Monday", "The library will close in June, according to a report on Monday.", 3),
        ("Monday", "The council voted on Monday to close the library next year.", 3),
        ("Monday", "The man shot on Monday will be buried in Aville.", 3),
        ("Monday", "The bridge that was hit by a lorry on Monday will reopen in June.", 3),
        ("Monday", "The council met on Monday and will vote on Friday.", 3),
        ("Monday", "Two people are dead after a crash on Monday.", 3),
        ("Monday", "The driver will appear in court after a crash on Monday.", 3),
        ("since Monday", "The library is closed since Monday.", 3),
        ("Monday", "People came to see the match on Monday.", 3),
        ("Monday", "The mayor made official visits on Monday.", 3),
        ("Monday", "The vote on Monday was close.", 3),
        ("Monday", "Ahmed Lind and United Ferries signed on Monday a deal that will last.", 3),
        ("Monday", "Ten boats, which will be repaired, sank on Monday.", 3),
        ("Monday", "A fire on Monday has left 40 people who will need homes.", 3),
        ("Monday", "The start on Monday was slow.", 3),
        ("Monday", "The results were announced on Monday.", 3),
        ("Monday", "Heavy rain on Monday flooded 40 homes.", 3),
        ("Monday", "The bridge may close in May, which Lind denied on Monday.", 3),
        ("Friday", "The Harrow Bridge reopens on Friday.", 7),
        ("Friday", "The Harrow Bridge, closed since 2023, reopens on Friday.", 7),
        ("Friday", "Lind said the library will close on Friday.", 7),
        ("Friday", "Lind said the library would close on Friday.", 7),
        ("Friday", "Lind said the vote on Friday will be close.", 7),
        ("Friday", "The council met on Monday and will vote on Friday.", 7),
        ("Friday", "The council voted on Monday to close the library on Friday.", 7),
        ("Friday", "The trial starts Friday.", 7),
        ("Friday", "The library closes for good on Friday.", 7),
        ("Friday", "Schools reopen on Friday after they were flooded.", 7),
        ("Friday", "The council votes on Friday.", 7),
        ("Friday", "The bridge is to be opened on Friday.", 7),
        ("Friday", "The library is set to close on Friday.", 7),
        ("Friday", "The library was due to open on Friday.", 7),
        ("Friday", "The library is closed on Friday.", 7),
        ("Friday", "Voters in Aville go to the polls on Friday.", 7),
        ("Friday", "Lind has until Friday to answer.", 7),
        ("Friday", "Minister Petra Ollund is due in Aville on Friday.", 7),
        ("Friday", "Those who missed the day can apply until Friday.", 7),
        ("Friday", "The library was due to be closed on Friday.", 7),
        ("Friday", "Lind was ordered to leave on Friday.", 7),
        ("Friday", "Lind hopes to be elected on Friday.", 7),
        ("Friday", "The results will be announced on Friday.", 7),
        ("Friday", "The vote is on Friday.", 7),
        ("Friday", "The vote was postponed until Friday.", 7),
        ("Friday", "The council set a vote for Friday.", 7),
        ("Friday", "On Friday, the library, which was built in 1920, will close.", 7),
        ("Friday", "The council will meet in Aville, Varmeko, on Friday.", 7),
        ("Friday", "It opened in 2020 and on Friday it will close.", 7),
        ("Friday", "A planned strike on Friday will stop all trains.", 7),
    ],
)
def test_a_weekday_has_the_tense_of_its_own_clause(text: str, sentence: str, meant: int) -> None:
    found = resolve(text, WEDNESDAY, sentence)
    assert found is not None and found.split(", ")[1] == f"{meant} February 2031"


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("The trial continues on Friday.", 7),
        ("Her trial for fraud continues on Friday.", 7),
        ("The trial of Anna Lind continues on Friday.", 7),
        ("The trial continues on Friday in Aville, Lind said.", 7),
        ("On Friday the trial continues.", 7),
        ("The mayor steps down Friday after 12 years.", 7),
        ("Anna Lind turns 60 on Friday.", 7),
        ("She flies to Aville on Friday for talks aimed at ending the strike.", 7),
        ("Oldport face Korsby on Friday.", 7),
        ("The cinema shows the film again on Friday at 8 p.m.", 7),
        ("Trains run again from Friday.", 7),
        ("The clocks go back on Friday.", 7),
        ("The deadline for entries is midnight on Friday.", 7),
        ("The final is at 3 p.m. on Friday.", 7),
        ("The school closures on Friday hit 40 homes.", -1),
        ("The heavy rains in Aville on Friday flooded 40 homes.", -1),
        ("Anna Lind says the ferry hit a rock on Friday.", -1),
        ("The minister thanks those who fought the fire on Friday.", -1),
        ("Neighbours woke to a bang on Friday.", -1),
        ("The fire spread to the mill on Friday.", -1),
        ("The ferry that hit the pier on Friday has sailed.", -1),
        ("Oldport beat Korsby on Friday.", -1),
        ("The company has lost money since Friday.", -1),
        ("The ferry has run aground on Friday.", None),
        ("Clashes in Aville on Friday.", None),
        ("Heavy rains on Friday.", None),
        ("The school holidays of Friday.", None),
        ("Lind wins the marathon on Friday", None),
        ("The trial continues on Friday in a hall built in 1920.", None),
        ("The video shows a man on Friday.", None),
        ("Anna Lind waves to the crowd on Friday.", None),
        ("A woman carries her dog through the flood on Friday.", None),
        ("The launch was due to begin on Friday but was postponed.", None),
        ("The match was scheduled for Friday but has been called off.", None),
        ("The match was moved from Friday to Sunday.", None),
        ("The minister sets off at noon on Friday.", 7),
        ("The man appears in court on Friday.", 7),
        ("The choir performs in Port Roe on Friday.", 7),
        ("The judge rules on Friday whether he goes free.", 7),
        ("The mayor thanks the crews for their work on Friday.", -1),
        ("The town mourns the victims of the crash on Friday.", -1),
        ("The minister rejects criticism of his speech on Friday.", -1),
        ("The mayor apologises for her words on Friday.", -1),
        ("The mayor defends her vote on Friday.", -1),
        ("Anna Lind condemns the attack on the mill on Friday.", -1),
        ("The police chief confirms the arrest of a man on Friday.", -1),
        ("The company reports a fire at its plant on Friday.", -1),
        ("The ministry reports 12 dead in the floods on Friday.", -1),
        ("Anna Lind leads the poll taken on Friday.", -1),
        ("The arrest follows an attack on Friday.", -1),
        ("Oldport sits top after the win on Friday.", -1),
        ("The bridge reopens after the race on Friday.", 7),
        ("The court hears the appeal on Friday.", None),
        ("The town floods on Friday.", None),
        ("The win takes Oldport to the final on Friday.", None),
    ],
)
def test_a_weekday_is_ahead_in_the_present_tense_and_unknown_where_nothing_tells(
    sentence: str, meant: int | None
) -> None:
    days = {7: "Friday, 7 February 2031", -1: "Friday, 31 January 2031", None: None}
    assert resolve("Friday", WEDNESDAY, sentence) == days[meant]


@pytest.mark.parametrize(
    ("text", "published", "sentence", "meant"),
    [
        ("1 September", date(2025, 1, 20), "The Kell Tunnel will open on 1 September.", "Monday, 1 September 2025"),
        ("1 September", date(2025, 1, 20), "The Kell Tunnel opens on 1 September.", "Monday, 1 September 2025"),
        ("15 March", date(2025, 11, 20), "The Harrow Bridge opened on 15 March.", "Saturday, 15 March 2025"),
        ("15 March", date(2025, 11, 20), "The council set the vote for 15 March.", "Sunday, 15 March 2026"),
        ("15 March", date(2025, 2, 5), "The council approved a vote on 15 March.", "Saturday, 15 March 2025"),
        ("12 May", date(2025, 6, 18), "It was postponed from 12 May to 16 June.", "Monday, 12 May 2025"),
        ("16 June", date(2025, 6, 18), "It was postponed from 12 May to 16 June.", "Monday, 16 June 2025"),
        ("2 February", date(2025, 6, 18), "The trial starts on 2 February.", "Monday, 2 February 2026"),
        ("1 January", date(2025, 2, 10), "The law will come into force on 1 January.", "Thursday, 1 January 2026"),
        ("14 July", date(2025, 8, 1), "The race, once put off, will begin on 14 July.", "Tuesday, 14 July 2026"),
        ("1 January", date(2025, 2, 10), "The law is to be put off to 1 January.", "Thursday, 1 January 2026"),
        ("1 January", date(2025, 2, 10), "The trial was put off to 1 January.", "Wednesday, 1 January 2025"),
        ("29 February", date(2024, 3, 5), "It opened on 29 February.", "Thursday, 29 February 2024"),
        (
            "1 September",
            date(2025, 1, 20),
            "Pumps were bought last year, and the tunnel will open on 1 September.",
            "Monday, 1 September 2025",
        ),
    ],
)
def test_a_day_and_month_are_on_the_side_of_the_tense(text: str, published: date, sentence: str, meant: str) -> None:
    assert resolve(text, published, sentence) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Sheffield Wednesday",
        "USA Today",
        "Good Friday",
        "the last week of June",
        "The last year of the war",
        "Over the past year",
        "Within the next year",
        "in the last year",
        "from Friday to Sunday",
        "Monday and Tuesday",
        "Between 3 and 5 March",
        "March 3-5",
        "3–5 March",
        "the following Monday",
        "Tuesday's Child",
        "400 days before",
    ],
)
def test_what_is_no_single_day_is_not_resolved(text: str) -> None:
    assert resolve(text, WEDNESDAY, f"It was called {text} then.") is None
    assert resolve(text, WEDNESDAY) is None


def test_a_span_cut_out_of_a_length_of_time_is_not_resolved() -> None:
    assert resolve("last year", WEDNESDAY, "Ten boats sank in the last year.") is None
    assert resolve("last week", WEDNESDAY, "Ten boats sank in the last week of June.") is None
    assert resolve("last week", WEDNESDAY, "Ten boats sink in last week of June") is None
    assert resolve("last week", WEDNESDAY, "Ten boats sank last week.") is not None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Tuesday night", "Tuesday, 4 February 2031"),
        ("late on Tuesday night", "Tuesday, 4 February 2031"),
        ("at 7 p.m. on Tuesday", "Tuesday, 4 February 2031"),
        ("Tuesday at noon", "Tuesday, 4 February 2031"),
        ("Tuesday at midday", "Tuesday, 4 February 2031"),
        ("at 7 on Tuesday", "Tuesday, 4 February 2031"),
        ("on the morning of Tuesday", "Tuesday, 4 February 2031"),
        ("early on December 28", "Saturday, 28 December 2030"),
        ("Saturday, December 28,", "Saturday, 28 December 2030"),
        ("the 28th of December", "Saturday, 28 December 2030"),
        ("December 28 last year", "Saturday, 28 December 2030"),
        ("Yesterday afternoon", "Tuesday, 4 February 2031"),
        ("earlier this week", "3 February 2031 to 9 February 2031"),
        ("early next year", "2032"),
        ("at the end of last year", "2030"),
    ],
)
def test_a_day_with_its_small_words_is_one_day(text: str, meant: str) -> None:
    assert resolve(text, WEDNESDAY, f"It closed {text}.") == meant


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
        ("1 fortnight", date(2031, 1, 22)),
        ("a week ago", date(2031, 1, 29)),
        ("1m", date(2031, 1, 5)),
        ("2y", date(2029, 2, 5)),
        ("last week", date(2031, 1, 27)),
        ("this week", date(2031, 2, 3)),
        ("last month", date(2031, 1, 1)),
        ("this year", date(2031, 1, 1)),
        ("yesterday", date(2031, 2, 4)),
        ("since yesterday", date(2031, 2, 4)),
        ("from yesterday", date(2031, 2, 4)),
        ("after Monday", date(2031, 2, 3)),
        ("the last week", date(2031, 1, 27)),
        ("in Feb 2025", date(2025, 2, 1)),
        ("on 1 Feb 2025", date(2025, 2, 1)),
        ("today", WEDNESDAY),
        ("Monday", date(2031, 2, 3)),
        ("Wednesday", date(2031, 1, 29)),
        ("February", date(2031, 2, 1)),
        ("2025-02-01", date(2025, 2, 1)),
        ("Feb 2025", date(2025, 2, 1)),
        ("feb. 1, 2025", date(2025, 2, 1)),
        ("5 march", date(2030, 3, 5)),
        ("5 February", WEDNESDAY),
        ("1 February", date(2031, 2, 1)),
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


@pytest.mark.parametrize(
    "text", ["", "soon", "2025-02-31", "99999999999d", "😀", "x" * 500, "-3d", "1.5 weeks", "١٢", "9999 years"]
)
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadQuestion, match=r'write for example "7d"'):
        parse_since(text, WEDNESDAY)


@pytest.mark.parametrize(("text", "shown"), [(" ", "'nothing' is"), ("x" * 500, f"'{'x' * 40}' is")])
def test_what_is_refused_is_named_briefly(text: str, shown: str) -> None:
    with pytest.raises(BadQuestion, match=shown):
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
