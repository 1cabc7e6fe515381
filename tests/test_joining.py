"""Equal answers are one, however they are written; answers that differ stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answering.joining import Candidate, Group, join, other_borders, shown, tokens_of
from index.answering.naming import name_tokens
from index.answering.values import equal, lead_of_figure, value_of

A, B, C = ("shared", "a"), ("shared", "b"), ("shared", "c")


def candidate(text: str, passage: int = 0, margin: float = 5.0, **more: object) -> Candidate:
    article = (A, B, C)[passage % 3]
    return Candidate(passage, article, 0, len(text), text, margin, **more)  # type: ignore[arg-type]


def joined(*texts: str) -> list[set[str]]:
    groups = join([candidate(t, i) for i, t in enumerate(texts)], {})
    return [{c.text for c in g.members} for g in groups]


@pytest.mark.parametrize(
    "texts",
    [
        ("1,949", "1949", "1,949 troops", "one thousand nine hundred forty-nine"),
        ("$2.5bn", "2.5 billion dollars", "US$2.5 billion", "$2,500,000,000"),
        ("Feb. 5", "5 February", "February 5", "the 5th of February"),
        ("5 February 2031", "2031-02-05", "February 5, 2031", "Thursday, Feb. 5"),
        ("at least 1,650", "1,650", "1,650 soldiers", "at least 1,650 troops"),
        ("40 percent", "40%", "forty per cent"),
        ("a month", "one month", "at least one month"),
        ("half a million", "500,000"),
        ("three dozen people", "36 people"),
        ("Anna Lindqvist", "Lindqvist", "Mayor Anna Lindqvist", "Mayor Lindqvist"),
        ("the old mill", "The old mill", "old mill,"),
        ("José Peña", "Jose Pena"),
        ("Port Ellery", "Port Ellery, Ohio"),
        ("Aville", "City of Aville"),
        ("Hormand", "Strait of Hormand"),
        ("Anna Lindqvist", "Anna Lindqvist of Aville"),
    ],
)
def test_equal_answers_are_one(texts: tuple[str, ...]) -> None:
    assert joined(*texts) == [set(texts)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,949", "1,650"),
        ("10,000 U.S. troops", "10,000 National Guard members"),
        ("40 percent", "40"),
        ("$40", "€40"),
        ("$40", "40"),
        ("University of Aville", "Aville"),
        ("Bank of Norland", "Norland"),
        ("Anna Lindqvist of Aville", "Aville"),
        ("5 February", "6 February"),
        ("5 February 2031", "5 February 2032"),
        ("three weeks", "three days"),
        ("12 percent", "12 percentage points"),
        ("30 people", "30 boats"),
        ("2.5 billion dollars", "2.5 million dollars"),
        ("Anna Lindqvist", "Per Lindqvist"),
        ("New York", "New York Herald"),
        ("Anna", "Anna Lindqvist"),
        ("in February", "5 February"),
    ],
)
def test_answers_that_differ_stay_apart(one: str, other: str) -> None:
    assert len(joined(one, other)) == 2


def test_two_places_of_a_list_are_not_one_with_its_region() -> None:
    listed = candidate("Aville, Beeton", after=" and Corville get a school.")
    assert len(join([listed, candidate("Aville", 1)], {})) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("efforts to curb smuggling", "curb smuggling", True),
        ("curb smuggling", "curb smuggling into Oldport", True),
        ("up to 300", "300", True),
        ("300", "300 to 400", False),
        ("Beeton", "the long road from Beeton to Aville", False),
        ("Ada Roe", "Eve Roe", False),
        ("", "Ada", False),
    ],
)
def test_the_same_answer_in_other_borders(one: str, other: str, same: bool) -> None:
    assert other_borders(tokens_of(one), tokens_of(other)) == other_borders(tokens_of(other), tokens_of(one)) == same


@pytest.mark.parametrize(
    ("name", "longer"),
    [("League Nine", "Oldport Herons); League Nine"), ("League Nine", "Division One in the League Nine")],
)
def test_words_that_end_in_a_name_are_not_its_full_form(name: str, longer: str) -> None:
    assert joined(name, longer) == [{name}, {longer}]


def test_the_place_with_its_region_is_shown() -> None:
    (group,) = join([candidate("Port Ellery"), candidate("Port Ellery, Ohio", 1, margin=3.0, after=", where")], {})
    assert shown(group).text == "Port Ellery, Ohio"


def test_a_bare_number_takes_its_noun_from_what_follows_it() -> None:
    guards = candidate("10,000", 0, after=" National Guard troops to the border.")
    others = candidate("10,000", 1, after=" U.S. troops could follow.")
    assert len(join([guards, others], {})) == 2
    assert len(join([guards, candidate("10,000 Guard members", 1)], {})) == 1


def test_a_last_name_that_several_people_bear_joins_none_of_them() -> None:
    groups = join([candidate("Anna Lind", 0, 6.0), candidate("Per Lind", 1, 5.0), candidate("Lind", 2, 4.0)], {})
    assert sorted(len(g.members) for g in groups) == [1, 1, 1]


def test_a_title_counts_beside_the_first_name_from_the_article() -> None:
    lind = candidate("Mrs Lind", 0, full_name="Anna Lind")
    assert len(join([lind, candidate("Mr Lind", 1)], {})) == 2
    assert len(join([lind, candidate("Ms Anna Lind", 1)], {})) == 1


def test_a_last_name_is_completed_by_its_own_article() -> None:
    short = candidate("Lind", 2, 4.0, full_name="Per Lind")
    groups = join([candidate("Anna Lind", 0, 6.0), candidate("Per Lind", 1, 5.0), short], {})
    assert {"Per Lind", "Lind"} in [{c.text for c in g.members} for g in groups]


def test_five_prints_of_one_report_weigh_as_one_and_two_reports_as_two() -> None:
    prints = [Candidate(i, ("shared", f"print {i}"), 0, 2, "12", 5.0) for i in range(5)]
    own = [Candidate(5 + i, ("shared", f"own {i}"), 0, 2, "14", 5.0) for i in range(2)]
    stories = {("shared", f"print {i}"): 0 for i in range(5)} | {("shared", "own 0"): 1, ("shared", "own 1"): 2}
    first, second = join([*prints, *own], stories)
    assert (first.best.text, first.stories) == ("14", 2)
    assert (second.best.text, second.stories) == ("12", 1)
    assert first.weight == pytest.approx(2 * second.weight)


def test_a_passage_has_one_vote_in_a_group() -> None:
    twice = [candidate("12", 0, 5.0), candidate("12 boats", 0, 5.0)]
    once = [candidate("14", 1, 5.0), candidate("14", 2, 5.0)]
    assert join([*twice, *once], {})[0].best.text == "14"


def test_weights_are_shares_of_a_softmax_at_temperature_3() -> None:
    first, second = join([candidate("12", 0, 6.0), candidate("14", 1, 3.0)], {})
    assert first.weight == pytest.approx(1 / (1 + 2.718281828 ** (-1)))
    assert first.weight + second.weight == pytest.approx(1.0)


def test_the_complete_name_is_shown_even_if_the_short_one_was_read_better() -> None:
    group = Group([candidate("Lindqvist", 0, 6.0), candidate("Lindqvist", 1, 5.0), candidate("Anna Lindqvist", 2, 4.0)])
    assert shown(group).text == "Anna Lindqvist"


def test_the_form_the_articles_use_most_is_shown() -> None:
    group = Group([candidate("1949", 0, 6.0), candidate("1,949", 1, 5.0), candidate("1,949", 2, 4.0)])
    assert shown(group).text == "1,949"


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([("1949", 9.0), ("1,949", 2.5), ("1,949", 2.0)], "1949"),  # read too badly to have a say
        ([("Ten", 6.0), ("Ten", 5.0), ("Ten Guards", 4.0)], "Ten"),
    ],
)
def test_which_form_is_shown(forms: list[tuple[str, float]], expected: str) -> None:
    assert shown(Group([candidate(text, i, margin) for i, (text, margin) in enumerate(forms)])).text == expected


def test_of_equal_forms_the_earlier_passage_is_shown() -> None:
    assert shown(Group([candidate("12", passage) for passage in (2, 0, 1)])).passage == 0


def test_what_an_article_takes_back_is_not_the_best_of_its_group() -> None:
    assert Group([candidate("12", 0, 9.0, demoted=True), candidate("12", 1)]).best.passage == 1


@pytest.mark.parametrize(
    ("vague", "telling"),
    [("1,650", "1,650 troops"), ("1,650 troops", "1,650 Guard troops"), ("12", "12 dead"), ("5 May", "5 May 2031")],
)
def test_the_value_of_a_group_is_the_most_telling(vague: str, telling: str) -> None:
    for order in ((vague, telling), (telling, vague)):
        group = Group([candidate(text, i, 9.0 - i) for i, text in enumerate(order)])
        assert group.value == candidate(telling).value


def test_beside_the_best_only_what_its_sentence_supports_counts() -> None:
    (group,) = join([candidate("12", 0, 6.0), candidate("12", 1, 5.0)], {}, supports=lambda c: False)
    assert [c.passage for c in group.members] == [0]


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("It gets at least ", "at least "),
        ("up to ", "up to "),
        ("It will get ", ""),
        ("More than ", "More than "),
        ("stover ", ""),
    ],
)
def test_a_qualifier_right_before_a_number_belongs_to_it(before: str, kept: str) -> None:
    assert before[len(before) - lead_of_figure(before) :] == kept


@pytest.mark.parametrize(
    "text",
    [
        "3-2",
        "10:30",
        "1,650 to 1,949",
        "one of the mayors",
        "a year, now three years",
        "1 a.m.",
        "5pm",
        "",
        "troops",
        "Tuesday",
        "May",
    ],
)
def test_what_is_no_single_value_has_none(text: str) -> None:
    assert value_of(text) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**12))
def test_any_whole_number_equals_itself_with_separators(n: int) -> None:
    plain, separated = value_of(str(n)), value_of(f"{n:,}")
    assert plain is not None and separated is not None and plain.amount == separated.amount == n
    assert equal(plain, separated)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_valued_and_joined(a: str, b: str) -> None:
    value_of(a, b)
    groups = join([candidate(a, 0), candidate(b, 1)], {})
    assert sum(len(g.members) for g in groups) == 2
    assert sum(g.weight for g in groups) <= 1.0 + 1e-9


def test_two_names_are_not_the_full_form_of_one() -> None:
    assert name_tokens("Aville and Port Beeton") == ()
    assert name_tokens("Port Beeton") == ("port", "beeton")


def shares(*texts: str) -> list[list[str]]:
    """As `joined`, with the texts as often as they were given."""
    groups = join([candidate(t, i, 9.0 - i) for i, t in enumerate(texts)], {})
    return sorted(sorted(c.text for c in g.members) for g in groups)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Justice Department", "the State Department"),
        ("City Council", "State Council"),
        ("King Olav", "Prince Olav"),
        ("Mr Lind", "Mrs Lind"),
        ("Virginia", "West Virginia"),
        ("Mexico", "New Mexico"),
        ("Beeton", "Port Beeton"),
        ("Springfield, Ohio", "Springfield, Illinois"),
        ("Jane M. Doe", "Jane K. Doe"),
        ("Jane Doe Jr.", "Jane Doe Sr."),
        ("K. Doe", "Jane Doe"),
    ],
)
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert len(joined(one, other)) == len(joined(other, one)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("State Senator Anna Lind", "Lind"),
        ("First Deputy Mayor Lind", "Anna Lind"),
        ("former Prime Minister Lind", "Anna Lind"),
        ("King Olav", "Olav"),
        ("Judge Hall", "Hall"),
        ("the Justice Department", "Justice Department"),
        ("Springfield, Ill.", "Springfield, Illinois"),
        ("Aville, N.Y.", "Aville, New York"),
        ("Aville, Ohio", "Aville, U.S."),
        ("Jane M. Doe", "Jane Doe"),
        ("Jane Doe Jr.", "Jane Doe"),
        ("Jane Doe, Jr.", "Jane Doe Jr."),
        ("J. Doe", "Jane Doe"),
        ("J. Doe", "Doe"),
        ("Juan de la Cruz", "Cruz"),
        ("Theresa May", "May"),
        ("Anna Lind", "anna lind"),
    ],
)
def test_forms_of_one_name_are_one(one: str, other: str) -> None:
    assert len(joined(one, other)) == len(joined(other, one)) == 1


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Anna Lind", "Lind", "Karl Lind"), [["Anna Lind"], ["Karl Lind"], ["Lind"]]),
        (("Lind", "Anna Lind", "Karl Lind", "Lind"), [["Anna Lind"], ["Karl Lind"], ["Lind", "Lind"]]),
        (("Lind", "Anna Lind", "Lind", "Mayor Lind"), [["Anna Lind", "Lind", "Lind", "Mayor Lind"]]),
        (("Jane Doe", "J. Doe", "Jack Doe"), [["J. Doe"], ["Jack Doe"], ["Jane Doe"]]),
        (("Jane M. Doe", "Jane Doe", "Jane K. Doe"), [["Jane Doe"], ["Jane K. Doe"], ["Jane M. Doe"]]),
        (("Aville, Ohio", "Aville", "Aville, Utah"), [["Aville"], ["Aville, Ohio"], ["Aville, Utah"]]),
        (("King Olav", "Olav", "Prince Olav"), [["King Olav"], ["Olav"], ["Prince Olav"]]),
        (("30 people", "30", "30 boats"), [["30", "30 people"], ["30 boats"]]),
        (("30 people", "30 dead", "30 injured"), [["30 dead", "30 people"], ["30 injured"]]),
        (("5 May 2031", "5 May", "5 May 2032"), [["5 May"], ["5 May 2031"], ["5 May 2032"]]),
        (("5 May 2031", "5 May", "5 May 2032", "5 May"), [["5 May", "5 May"], ["5 May 2031"], ["5 May 2032"]]),
        (("Anna Lind", "Karl Lind", "Mrs Lind", "Lind"), [["Anna Lind"], ["Karl Lind"], ["Lind"], ["Mrs Lind"]]),
        (("10,000", "10,000 Guard troops", "10,000 Army troops"),
         [["10,000", "10,000 Guard troops"], ["10,000 Army troops"]]),
    ],
)  # fmt: skip
def test_a_short_form_bridges_no_two_answers(texts: tuple[str, ...], expected: list[list[str]]) -> None:
    assert shares(*texts) == expected


@pytest.mark.parametrize(
    ("before", "text", "after", "together"),
    [
        ("The flood killed ", "34 people", " in Orrdal.", True),
        ("", "34 people", " died in Orrdal.", True),
        ("Deaths rose: ", "34 people", " in Orrdal by Monday.", True),
        ("In Orrdal ", "34 people", " live in tents.", False),
        ("In Orrdal ", "34 people", " missed the ferry.", False),
        ("Vets found ", "34 dead", " cows in Orrdal.", False),
        ("It left ", "34", " in Orrdal.", True),
    ],
)
def test_people_are_the_dead_where_their_sentence_tells_of_a_death(
    before: str, text: str, after: str, together: bool
) -> None:
    dead = candidate("34 dead", before="The flood left ", after=", the army said.")
    groups = join([dead, candidate(text, 1, before=before, after=after)], {})
    assert len(groups) == (1 if together else 2)


def test_people_who_live_are_not_the_dead_because_both_are_people() -> None:
    dead = candidate("34 dead", before="The flood left ", after=", the army said.")
    killed = candidate("34 people", 1, 4.0, before="The flood killed ", after=" in Orrdal.")
    tents = candidate("34 people", 2, 3.0, before="In Orrdal ", after=" live in tents.")
    assert [[c.passage for c in g.members] for g in join([dead, killed, tents], {})] == [[0, 1], [2]]


@pytest.mark.parametrize(
    ("before", "together"),
    [("The death toll is ", False), ("The death toll is 31; in hospital are ", True)],
)
def test_a_figure_is_the_death_toll_that_stands_right_before_it(before: str, together: bool) -> None:
    bare = candidate("34", 1, before=before, after=".")
    assert len(join([candidate("34 injured"), bare], {})) == (1 if together else 2)


def test_the_same_last_name_in_two_articles_on_two_people_is_two_answers() -> None:
    anna, per = candidate("Lind", 0, full_name="Anna Lind"), candidate("Lind", 1, full_name="Per Lind")
    assert len(join([anna, per], {})) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in 1998", "1998"),
        ("since the year 1998", "in 1998"),
        ("at 6 p.m.", "6 p.m."),
        ("on 12 May 1998", "12 May 1998"),
        ("during May 1998", "May 1998"),
        ("on Tuesday", "Tuesday"),
        ("in the morning", "the morning"),
        ("in February", "February"),
        ("12 May 1998", "1998"),
        ("12 May 1998", "in 1998"),
        ("At Dawn", "at dawn"),
    ],
)
def test_a_time_is_one_with_and_without_its_preposition(one: str, other: str) -> None:
    assert len(joined(one, other)) == len(joined(other, one)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in 1998", "1999"),
        ("in 1998", "1998 boats"),
        ("in Aville", "Aville"),
        ("by Tuesday", "Tuesday"),
        ("May 1998", "12 May 1998"),
    ],
)
def test_other_times_and_places_stay_apart(one: str, other: str) -> None:
    assert len(joined(one, other)) == 2


def test_a_year_joins_a_day_only_if_there_is_one() -> None:
    assert shares("12 May 1998", "1998", "3 June 1998") == [["12 May 1998"], ["1998"], ["3 June 1998"]]


def test_what_stands_before_a_number_makes_a_year_of_it() -> None:
    year = candidate("2000", 0, before="It opened in ", after=" after the flood.")
    assert len(join([year, candidate("in 2000", 1)], {})) == 1
    homes = candidate("2000", 1, before="The power failed in ", after=" homes.")
    assert len(join([year, homes], {})) == 2


def test_relative_times_are_one_by_the_day_they_mean() -> None:
    first = candidate("on Tuesday", 0, resolved="Tuesday, 4 February 2031")
    later = candidate("on Tuesday", 1, resolved="Tuesday, 11 February 2031")
    assert len(join([first, later], {})) == 2
    assert len(join([first, candidate("Tuesday", 1, resolved="Tuesday, 4 February 2031")], {})) == 1
    assert len(join([first, candidate("4 February", 1)], {})) == 1
    assert len(join([first, candidate("yesterday", 1, resolved="Tuesday, 4 February 2031")], {})) == 1
    assert len(join([first, candidate("Feb. 4", 1, resolved="Sunday, 4 February 2030")], {})) == 2


def test_a_relative_time_of_unknown_meaning_joins_the_only_one_of_its_words() -> None:
    first = candidate("on Tuesday", 0, resolved="Tuesday, 4 February 2031")
    later = candidate("Tuesday", 1, resolved="Tuesday, 11 February 2031")
    unknown = candidate("Tuesday", 2, 9.0)
    assert len(join([unknown, first], {})) == 1
    assert sorted(len(g.members) for g in join([unknown, first, later], {})) == [1, 1, 1]
    other = candidate("on Tuesday", 3, 8.0)
    assert sorted(len(g.members) for g in join([unknown, other, first, later], {})) == [1, 1, 2]


def test_a_part_of_a_day_is_no_other_part() -> None:
    day = "Tuesday, 4 February 2031"
    morning, evening = candidate("Tuesday morning", 0, resolved=day), candidate("Tuesday evening", 1, resolved=day)
    assert len(join([morning, evening], {})) == 2
    assert len(join([morning, candidate("on Tuesday morning", 1, resolved=day)], {})) == 1
    assert len(join([morning, candidate("Tuesday morning", 1, resolved="Tuesday, 11 February 2031")], {})) == 2


def test_a_weekday_in_a_name_tells_no_day() -> None:
    one = candidate("Black Friday", 0, resolved="Friday, 7 February 2031")
    assert len(join([one, candidate("Black Friday", 1, resolved="Friday, 14 February 2031")], {})) == 1
