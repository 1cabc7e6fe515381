"""Figures and dates: which are the same answer, which could answer the same question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.answering.joining import Candidate, join
from index.answering.values import equal, same_kind, value_of


def same(one: str, other: str) -> bool:
    a, b = value_of(one), value_of(other)
    assert a is not None and b is not None
    assert equal(a, b) == equal(b, a)
    return equal(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$4.1 million", "$4,100,000"),
        ("8.2 million", "8,200,000"),
        ("16.1 billion", "16,100,000,000"),
        ("8.3bn", "8,300,000,000"),
        ("Sept. 5", "5 September"),
        ("Tues., 5 May", "5 May"),
        ("Thurs 5 May 2031", "May 5, 2031"),
        ("1 May 1650", "May 1, 1650"),
        ("Feb. 29", "29 February"),
        ("a year and a half", "1.5 years"),
        ("an hour and a half", "1.5 hours"),
        ("2 years and a half", "two and a half years"),
        ("40 km", "40 kilometres"),
        ("12 m", "12 metres"),
        ("5 million Canadian dollars", "C$5 million"),
        ("5 million U.S. dollars", "$5 million"),
        ("5 million pesos", "5 million Mexican pesos"),
        ("375 dead", "375 killed"),
        ("12 dead", "12 people"),
        ("140km/h", "140 km/h"),
        ("140kph", "140 kilometres per hour"),
        ("42 m/s", "42 metres per second"),
        ("2.3km", "2.3 kilometres"),
        ("80kg", "80 kilograms"),
        ("38C", "38 degrees Celsius"),
        ("38°C", "38 degrees"),
        ("-17C", "minus 17 degrees"),
        ("300MW", "300 megawatts"),
        ("1,650 soldiers", "1,650 personnel"),
        ("two-thirds of voters", "two thirds"),
        ("in 1998", "1998"),
        ("on 12 May 1998", "12 May 1998"),
        ("during May 1998", "May 1998"),
    ],
)
def test_one_figure_in_two_forms(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a year and a half", "one year"),
        ("an hour and a half", "one hour"),
        ("125 km", "125 miles"),
        ("375 killed", "375 injured"),
        ("140 km/h", "140 km"),
        ("60mph", "60 km/h"),
        ("60mph", "60 miles"),
        ("38C", "38F"),
        ("5C", "5 C grades"),
        ("12 people", "12 dead whales"),
        ("12 dead", "12 boats"),
        ("two", "two-thirds"),
        ("three quarters", "3"),
        ("5 million Canadian dollars", "$5 million"),
        ("5 million Mexican pesos", "5 million Chilean pesos"),
        ("in 1998", "1999"),
        ("1998 boats", "in 1998"),
        ("12 May 1998", "1998"),
        ("1,998", "in 1998"),
    ],
)
def test_figures_that_differ(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("text", "after", "amount"),
    [
        ("a year", " and a half in prison", 1.5),
        ("a year", " and a day", 1.0),
        ("12m", " high", 12.0),
        ("12m-high wall", "", 12.0),
        ("12m", " people", 12e6),
        ("$12m", " high street", 12e6),
        ("two third-graders", "", 2.0),
        ("three-quarters of voters", "", 0.75),
        ("one-fifth", "", 0.2),
        ("two quarters", "", 2.0),
    ],
)
def test_amounts(text: str, after: str, amount: float) -> None:
    value = value_of(text, after)
    assert value is not None and value.amount == pytest.approx(amount)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("12 May 1998", "1997", True),
        ("12 May 1998", "in 1997", True),
        ("12 May 1998", "13 May 1998", True),
        ("in 1998", "in 1997", True),
        ("12 May 1998", "12 May 1998", True),
        ("12 May 1998", "1998", False),
        ("12 May 1998", "May 1998", False),
        ("12 May 1998", "1,997", False),
        ("12 May 1998", "300 people", False),
        ("40 km", "45 kilometres", True),
        ("40 km", "45 miles", False),
        ("C$5", "$6", False),
        ("5 pesos", "6 Mexican pesos", True),
        ("1998", "300", True),
        ("12 people", "19 dead", True),
        ("12 dead", "19 injured", False),
        ("140km/h", "155 km/h", True),
        ("140km/h", "155 km", False),
        ("38C", "41 degrees", True),
        ("38C", "41F", False),
    ],
)
def test_what_could_answer_the_same_question(one: str, other: str, expected: bool) -> None:
    a, b = value_of(one), value_of(other)
    assert a is not None and b is not None
    assert same_kind(a, b) == same_kind(b, a) == expected


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("12", " people died when the ferry sank."), ("19", " dead."), True),
        (("12 people", " were killed."), ("19", " people are feared to have died."), True),
        (("12", " people in Aville."), ("19", " dead."), True),
        (("12", " people died."), ("19", " people were injured."), False),
        (("22", " people had died and three were missing."), ("three", " were missing."), False),
        (("12", " people were injured."), ("19", " dead."), False),
    ],
)
def test_people_counted_for_what_happened_to_them(one: tuple[str, str], other: tuple[str, str], alike: bool) -> None:
    a, b = value_of(*one), value_of(*other)
    assert a is not None and b is not None
    assert same_kind(a, b) == same_kind(b, a) == alike
    same_amount = replace(b, amount=a.amount)
    assert equal(a, same_amount) == equal(same_amount, a) == alike


@pytest.mark.parametrize(
    ("text", "after", "unit", "deed"),
    [
        ("12 people", " missed the boat.", "person", ""),
        ("12", " missed the boat.", "person", ""),
        ("12", " missing after the flood.", "miss", "missing"),
        ("12 people", " released a letter.", "person", ""),
        ("12 people", " were released on Monday.", "person", "freed"),
        ("12", " charged over the riot.", "charg", "charged"),
        ("12 people", " killed in a fire.", "person", "killed"),
        ("12 dead", " whales were found.", "whal", ""),
        ("12 dead", " miners were found.", "kill", "killed"),
        ("12 dead", " as floods hit Oldport.", "kill", "killed"),
    ],
)
def test_a_deed_is_one_that_was_done_to_people(text: str, after: str, unit: str, deed: str) -> None:
    value = value_of(text, after)
    assert value is not None and (value.unit, value.deed) == (unit, deed)


@pytest.mark.parametrize("text", ["5th", "3D", "90s", "747s", "12in", "5pm", "4x4"])
def test_what_stands_behind_a_figure_and_is_no_measure(text: str) -> None:
    assert value_of(text) is None


def test_dates_sort_by_their_amounts() -> None:
    texts = ["in 1997", "12 May 1998", "13 May 1998", "June 1998", "1999-01-31"]
    amounts = [v.amount for t in texts if (v := value_of(t))]
    assert amounts == sorted(amounts) and len(set(amounts)) == len(texts)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("minus 12 degrees", -12),
        ("-12 degrees", -12),
        ("about minus 12 degrees", -12),
        (".5 percent", 0.5),
        ("-.5", -0.5),
    ],
)
def test_a_figure_keeps_its_sign(text: str, amount: float) -> None:
    value = value_of(text)
    assert value is not None
    assert value.amount == amount


def test_frost_and_warmth_are_two_answers() -> None:
    cold = Candidate(0, ("shared", "a"), 0, 10, "12 degrees", 8.0, before="It fell to minus ")
    warm = Candidate(1, ("shared", "b"), 0, 10, "12 degrees", 7.0, before="It rose to ")
    assert len(join([cold, warm], {("shared", "a"): 1, ("shared", "b"): 2})) == 2


@pytest.mark.parametrize(
    "text", ["5 boats May", "May boats 5", "40 May", "31 June", "May 2031 2032", "5 6 May", "5 May June"]
)
def test_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    value = value_of(text)
    assert value is None or value.kind != "date"
