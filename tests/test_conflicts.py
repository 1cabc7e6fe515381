"""Which reports agree, which differ, and which of them stands: the later, the correction, the one that answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.answering import compose
from index.article import Article, Published
from index.reader import Reading
from tests.answering_fixtures import HOMES, QUESTION, TODAY, TWO_CITIES, Desk, article


def test_prints_of_one_report_are_one_voice_and_two_reports_two() -> None:
    text = (
        "The ferry ran aground near Oldport on Sunday night with 48 passengers on board, the harbour office said in a statement. "
        "Nobody was hurt, and tugs pulled it free before the morning tide came in across the shallow bay."
    )
    own = "Rescuers brought 48 passengers ashore after a ferry struck a sandbank off Oldport, a town used to fog."
    prints = [article(f"print {i}", text) for i in range(4)]
    desk = Desk([*prints, article("own", own)])
    answer = desk.ask("How many passengers were on the ferry near Oldport?", *((i, "48", 7.0) for i in range(5)))
    assert answer.best is not None
    assert answer.best.stories == 2
    assert len(answer.best.quotes) == 5


def test_the_same_weekday_of_two_weeks_is_two_days() -> None:
    told = "The Harrow Bridge will reopen on Tuesday."
    desk = Desk(
        [
            article("post", told, date(2031, 2, 5)),
            article("echo", "The Harrow Bridge will now reopen on Tuesday.", date(2031, 1, 8)),
            article("wire", "The Harrow Bridge is to reopen on 11 February.", date(2031, 2, 6)),
        ]
    )
    answer = desk.ask(
        "When does the Harrow Bridge reopen?", (0, "on Tuesday", 8.0), (1, "on Tuesday", 7.5), (2, "11 February", 7.0)
    )
    assert answer.best is not None
    assert answer.best.resolved == "Tuesday, 11 February 2031"
    assert answer.best.stories == 2, "the wire says the same in other words"
    assert [f.resolved for f in answer.differing] == ["Tuesday, 14 January 2031"]


@pytest.mark.parametrize(
    ("first", "second", "latest"),
    [
        (date(2031, 2, 5), date(2031, 2, 6), "310"),
        (date(2031, 2, 6), date(2031, 2, 6), None),
        # A day and an instant of it: which came later is not known.
        (date(2031, 2, 6), datetime(2031, 2, 6, 8, tzinfo=UTC), None),
        # Half past eleven in the evening there is the next day elsewhere.
        (
            datetime(2031, 2, 5, 23, 30, tzinfo=timezone(timedelta(hours=-5))),
            datetime(2031, 2, 6, 1, tzinfo=UTC),
            "300",
        ),
        (date(2031, 2, 5), None, None),
        # It claims to come from the future.
        (date(2031, 2, 5), date(2032, 1, 1), None),
    ],
)
def test_the_latest_is_named_where_it_is_certain(
    first: Published, second: Published | None, latest: str | None
) -> None:
    desk = Desk(
        [
            article("post", "The quarry sent 300 lorries to Oldport.", first),
            article("echo", "The quarry sent 310 lorries to Oldport.", second),
        ]
    )
    answer = desk.ask("How many lorries did the quarry send to Oldport?", (0, "300", 8.0), (1, "310", 7.5))
    assert {f.text for f in (*answer.findings, *answer.differing)} == {"300", "310"}
    assert [f.text for f in (*answer.findings, *answer.differing) if f.latest] == ([latest] if latest else [])


def test_figures_that_differ_stand_side_by_side_newest_first() -> None:
    told = [(300, date(2031, 2, 3)), (350, date(2031, 2, 6)), (320, date(2031, 2, 5))]
    desk = Desk([article(f"Outlet {n}", f"The storm cut off {n} homes in Oldport.", day) for n, day in told])
    answer = desk.ask(HOMES, *((i, str(n), 7.0) for i, (n, _) in enumerate(told)))
    assert answer.text == "350"
    assert [f.text for f in answer.differing] == ["320", "300"]
    assert not any(f.superseded for f in answer.differing)


def test_a_later_report_of_the_same_outlet_supersedes_the_earlier() -> None:
    desk = Desk(
        [
            article("first", "The storm cut off 300 homes in Oldport.", date(2031, 2, 3), "The Example Post"),
            article("second", "The storm cut off 350 homes in Oldport.", date(2031, 2, 4), "The Example Post"),
        ]
    )
    answer = desk.ask(HOMES, (0, "300", 9.0), (1, "350", 7.0))
    assert answer.text == "350"
    assert [(f.text, f.superseded) for f in answer.differing] == [("300", True)]


def test_two_articles_of_unknown_outlets_are_not_of_one() -> None:
    told = [("300", date(2031, 2, 3)), ("350", date(2031, 2, 4))]
    desk = Desk([Article(f"The storm cut off {n} homes in Oldport.", published=day, id=n) for n, day in told])
    answer = desk.ask(HOMES, (0, "300", 9.0), (1, "350", 6.5))
    assert answer.text == "300"
    assert [(f.text, f.superseded) for f in answer.differing] == [("350", False)]


def test_a_correction_outranks_what_it_corrects_whatever_was_read_better() -> None:
    desk = Desk(
        [
            article("report", "The bridge at Oldport cost 30 million crowns.", date(2031, 2, 3), "The Example Post"),
            article(
                "fix",
                "Correction: The bridge at Oldport cost 34 million crowns. "
                "An earlier version of this article said 30 million crowns.",
                date(2031, 2, 4),
                "Example Wire",
            ),
        ]
    )
    spans = ((0, "30 million crowns", 9.0), (1, "34 million crowns", 8.0), (1, "30 million crowns", 8.5))
    answer = desk.ask("How much did the bridge at Oldport cost?", *spans)
    assert answer.text == "34 million crowns"
    assert [(f.text, f.superseded) for f in answer.differing] == [("30 million crowns", True)]


def test_a_correction_counts_however_little_its_figure_weighs() -> None:
    wrong = (
        "Correction: An article said the probe carried nine instruments. "
        "The makers say there are seven, two having been removed."
    )
    desk = Desk([article("report", "The probe carries nine instruments.", date(2031, 2, 3)), article("fix", wrong)])
    spans = ((0, "nine", 12.0), (1, "nine", 7.0), (1, "seven", 3.0), (1, "two", 2.0))
    answer = desk.ask("How many instruments does the probe carry?", *spans)
    assert answer.text == "seven"
    assert [(f.text, f.superseded) for f in answer.differing] == [("nine", True)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("", date(2031, 2, 8)), ("Correction: ", date(2031, 2, 4))),
        (("Correction: ", date(2031, 2, 8)), ("Correction: ", date(2031, 2, 8))),
    ],
)
def test_a_correction_does_not_outrank_a_later_report_or_another_correction(
    first: tuple[str, date], second: tuple[str, date]
) -> None:
    told = [("360", "One Post", *first), ("340", "Other Post", *second)]
    desk = Desk(
        [article(n, f"{word}The storm cut off {n} homes in Oldport.", day, outlet) for n, outlet, word, day in told]
    )
    answer = desk.ask(HOMES, (0, "360", 9.0), (1, "340", 8.5))
    assert [(f.text, f.superseded) for f in (*answer.findings, *answer.differing)] == [("360", False), ("340", False)]


def test_a_correction_is_one_wherever_in_the_article_it_says_so() -> None:
    told = "The storm cut off 340 homes in Oldport."
    note = "Correction: An earlier version of this article gave another figure."
    news = article("news", "The storm cut off 360 homes in Oldport.", date(2031, 2, 3), "One Post")
    fixed = article("fix", told, date(2031, 2, 4), "Other Post")
    desk = Desk([news, fixed])
    whole = {("shared", "fix"): replace(fixed, text=f"{told}\n\n{note}")}
    context, at = desk.context(promise="any"), told.index("340")
    readings = [[Reading(at, at + 3, 9.0)], [Reading(at, at + 3, 7.0)]]
    answer = compose(HOMES, desk.hits, readings, context=replace(context, articles={**context.articles, **whole}))
    assert answer.text == "340"
    assert [(f.text, f.superseded) for f in answer.differing] == [("360", True)]


def test_what_was_so_at_first_gives_way_unless_it_was_asked_for() -> None:
    later = "The watch, at first limited to a year, is being extended to three years."
    desk = Desk(
        [
            article("offer", "The bank offers customers the watch for a year.", date(2031, 2, 3), "One Post"),
            article("more", later, date(2031, 2, 9), "Other Post"),
        ]
    )
    spans = ((0, "a year", 9.0), (1, "a year", 6.0), (1, "three years", 6.0))
    assert desk.ask("For how long does the bank offer the watch now?", *spans).text == "three years"
    assert desk.ask("For how long was the watch offered at first?", *spans).text == "a year"


def test_a_date_that_was_put_off_is_taken_back_and_no_support() -> None:
    desk = Desk(
        [
            article("plan", "The Oldport bridge will open on 12 July.", date(2031, 2, 2), "One Post"),
            article(
                "late",
                "The opening of the Oldport bridge has been postponed from 12 July to 30 August.",
                date(2031, 2, 20),
                "Other Post",
            ),
        ]
    )
    answer = desk.ask(
        "When will the Oldport bridge open?", (0, "12 July", 12.0), (1, "12 July", 9.0), (1, "30 August", 8.0)
    )
    assert answer.text == "30 August"
    assert [(f.text, f.superseded, f.stories) for f in answer.differing] == [("12 July", True, 1)]
    alone = Desk(desk.articles[1:]).ask(
        "When will the Oldport bridge open?", (0, "12 July", 9.0), (0, "30 August", 8.0)
    )
    assert [(f.text, f.taken_back, f.changed) for f in alone.differing] == [("12 July", True, True)]
    assert not answer.differing[0].changed


def test_a_price_that_was_raised_is_no_support_for_the_old_one() -> None:
    raised = "The fare for a car on the Kell Bridge was raised from 95 crowns to 110 crowns on Tuesday."
    before = article("plan", "A car pays 95 crowns on the Kell Bridge.", date(2031, 2, 2), "One Post")
    now = article("rise", raised, date(2031, 2, 9), "Other Post")
    spans = ((0, "95 crowns", 12.0), (1, "95 crowns", 9.0), (1, "110 crowns", 8.0))
    answer = Desk([before, now]).ask("How much does a car pay on the Kell Bridge?", *spans)
    assert answer.text == "110 crowns"
    assert [(f.text, f.superseded, f.stories) for f in answer.differing] == [("95 crowns", True, 1)]
    alone = Desk([now]).ask(
        "How much does a car pay on the Kell Bridge?", (0, "110 crowns", 8.0), (0, "95 crowns", 7.0)
    )
    assert (alone.text, alone.differing) == ("110 crowns", ()), "no report gives 95 crowns"


def test_a_figure_that_is_only_taken_back_has_no_date_of_its_own() -> None:
    desk = Desk(
        [
            article("first", "At least 12 people died on the ferry off Oldport.", date(2031, 2, 3)),
            article(
                "fix",
                "Correction: An earlier version of this article said that 23 people had died on the ferry off Oldport.",
                date(2031, 2, 6),
            ),
        ]
    )
    answer = desk.ask("How many people died on the ferry off Oldport?", (0, "12", 8.0), (1, "23", 7.5))
    assert answer.text == "At least 12"
    assert [(f.text, f.taken_back, f.latest, f.newest) for f in answer.differing] == [("23", True, False, None)]


def test_an_answer_is_no_newer_for_being_taken_back() -> None:
    fix = "An earlier version said the storm cut off 300 homes in Oldport; the town has no count."
    desk = Desk(
        [
            article("count", "The storm cut off 300 homes in Oldport.", date(2031, 2, 3)),
            article("wire", "The storm cut off 350 homes in Oldport.", date(2031, 2, 5)),
            article("fix", fix, date(2031, 2, 9)),
        ]
    )
    answer = desk.ask(HOMES, (0, "300", 9.0), (1, "350", 8.5), (2, "300", 8.0))
    assert {f.text: f.latest for f in (*answer.findings, *answer.differing)} == {"300": False, "350": True}


@pytest.mark.parametrize(
    ("sentence", "own", "former"),
    [
        ("Turnout in Oldport was 61 percent, up from 54 percent in 2029.", "61 percent", "54 percent"),
        ("Turnout in Oldport was 61 percent, compared with 54 percent in 2029.", "61 percent", "54 percent"),
        ("Turnout in Oldport was 61 percent, down from the 74 percent of 2029.", "61 percent", "74 percent"),
    ],
)
def test_what_an_article_compares_with_is_no_report_that_differs(sentence: str, own: str, former: str) -> None:
    now = article("now", sentence, date(2031, 2, 6), "One Post")
    asked, spans = "What was the turnout in Oldport?", ((0, own, 8.0), (0, former, 7.9))
    answer = Desk([now]).ask(asked, *spans)
    assert (answer.text, answer.differing) == (own, ())
    earlier = article("then", f"Turnout in Oldport was {former}.", date(2029, 2, 6), "Other Post")
    answer = Desk([now, earlier]).ask(asked, *spans, (1, former, 9.0))
    assert answer.text == own
    assert [(f.text, f.superseded, f.taken_back) for f in answer.differing] == [(former, True, False)]


def test_what_differs_is_measured_against_the_answer_given() -> None:
    desk = Desk(
        [
            article("first", "The gale at Oldport is at 12.", date(2031, 2, 3)),
            article("pier", "The gale at Oldport took 40 metres of the pier.", date(2031, 2, 4)),
            article("late", "The gale at Oldport blows at 22 knots.", date(2031, 2, 9)),
        ]
    )
    answer = desk.ask(
        "How strong is the gale at Oldport now?", (0, "12", 9.0), (1, "40 metres", 8.5), (2, "22 knots", 8.5)
    )
    assert answer.text == "22 knots"
    assert [f.text for f in answer.differing] == ["12"]


def test_an_article_differs_with_one_figure() -> None:
    desk = Desk(
        [
            article("grid", "The storm cut off 75,000 homes.", date(2031, 2, 4)),
            article("first", "The storm cut off 60,000 homes, 35,000 of them in Oldport.", date(2031, 2, 3)),
            article("town", "The storm cut off 35,000 homes.", date(2031, 2, 2)),
        ]
    )
    spans = ((0, "75,000", 9.0), (1, "60,000", 8.5), (1, "35,000", 8.0))
    asked = "How many homes did the storm cut off?"
    assert [f.text for f in desk.ask(asked, *spans).differing] == ["60,000"]
    other = desk.ask(asked, *spans, (2, "35,000", 8.0))
    assert {f.text for f in other.differing} == {"60,000", "35,000"}, "a third report gives it"


@pytest.mark.parametrize(
    ("sentence", "rival"),
    [
        ("Eve Moor will start in May and earn 5.1 million crowns a year.", False),
        ("Her successor, Eve Moor, will earn 5.1 million crowns a year.", False),
        ("She earned 5.1 million crowns a year.", True),
        ("Eve Moor said that the director earned 5.1 million crowns a year.", True),
        ("In Oldport the director earned 5.1 million crowns a year.", True),
        ("Eve Moor follows Ada Roe, who earned 5.1 million crowns a year.", True),
    ],
)
def test_what_a_sentence_tells_of_another_person_differs_with_nothing(sentence: str, rival: bool) -> None:
    around = "Critics of Ada Roe met in Oldport with Eve Moor. "
    desk = Desk(
        [
            article("one", "The director of the ferries, Ada Roe, earned 6.2 million crowns a year.", date(2031, 2, 4)),
            article("other", around + sentence, date(2031, 2, 5)),
        ]
    )
    answer = desk.ask("How much did Ada Roe earn?", (0, "6.2 million crowns", 9.0), (1, "5.1 million crowns", 8.5))
    assert answer.text == "6.2 million crowns"
    assert [f.text for f in answer.differing] == (["5.1 million crowns"] if rival else [])


def test_who_takes_a_figure_back_does_not_agree_with_it() -> None:
    desk = Desk(
        [
            article("count", "Six children were hurt on the Oldport bus."),
            article("fix", "Four children were hurt on the Oldport bus, not six, the town said."),
        ]
    )
    answer = desk.ask("How many children were hurt on the Oldport bus?", (0, "Six", 9.0), (1, "six", 6.0))
    assert answer.best and (answer.best.text, answer.best.stories) == ("Six", 1)
    assert [q.citation.key for q in answer.best.quotes] == ["count"]


def test_the_same_words_for_something_else_are_no_second_report() -> None:
    desk = Desk(
        [
            article("vote", "The council of Oldport approved the stadium by 9 votes."),
            article("guest", "The first visitor of the zoo was Ben Ode, 9, from Kolm."),
        ]
    )
    answer = desk.ask("How many votes approved the stadium?", (0, "9", 8.0), (1, "9", -30.0))
    assert answer.best and (answer.best.text, answer.best.stories, len(answer.best.quotes)) == ("9", 1, 1)


def test_now_means_the_latest_even_where_an_earlier_figure_was_outranked_before() -> None:
    told = [
        ("12", date(2031, 2, 3), "Coast Herald"),
        ("31", date(2031, 2, 5), "Coast Herald"),
        ("34", date(2031, 2, 9), "Daily"),
    ]
    desk = Desk([article(n, f"The quake in Oldport killed {n} people.", day, outlet) for n, day, outlet in told])
    answer = desk.ask(
        "How many people did the quake in Oldport kill now?", (0, "12", 9.0), (1, "31", 6.0), (2, "34", 9.0)
    )
    assert answer.text == "34"


def test_two_outlets_differ_though_another_figure_stands_nearer_in_both() -> None:
    first = "Four children were hurt when a bus with 46 pupils crashed near Kolm."
    second = "Six children were hurt when a bus with 48 pupils left the road near Kolm."
    desk = Desk([article("one", first, date(2031, 2, 3)), article("other", second, date(2031, 2, 3))])
    answer = desk.ask("How many children were hurt near Kolm?", (0, "Four", 9.0), (1, "Six", 8.5))
    assert answer.text == "Four"
    assert [f.text for f in answer.differing] == ["Six"]


@pytest.mark.parametrize(
    ("question", "texts", "figures"),
    [
        (
            "How many people died on the Halden ferry?",
            (
                "At least 12 people died when the Halden ferry sank.",
                "The sinking of the Halden ferry left 12 dead and 30 missing, police said.",
                "The sinking of the Halden ferry left 19 dead, police said.",
            ),
            ("12", "12", "19"),
        ),
        (
            "How fast were the gusts in Oldport?",
            (
                "The storm hit Oldport with gusts of 140km/h on Monday.",
                "Oldport had gusts of 140 km/h, the weather office said.",
                "In Oldport the gusts were as fast as 155km/h.",
            ),
            ("140km/h", "140 km/h", "155km/h"),
        ),
        (
            "How hot was it in Oldport?",
            (
                "The temperature in Oldport reached 38C on Monday.",
                "Oldport suffered under a temperature of 38 degrees, doctors said.",
                "In Oldport the temperature rose as far as 41C.",
            ),
            ("38C", "38 degrees", "41C"),
        ),
    ],
)
def test_figures_agree_and_differ_however_their_units_are_written(
    question: str, texts: tuple[str, ...], figures: tuple[str, ...]
) -> None:
    desk = Desk([article(f"Outlet {i}", text, date(2031, 2, 3 + i)) for i, text in enumerate(texts)])
    answer = desk.ask(question, *((i, figure, 9.0 - i) for i, figure in enumerate(figures)))
    assert answer.best is not None and answer.best.stories == 2
    assert [f.text for f in answer.differing] == [figures[2]]


def test_a_later_figure_that_was_read_worse_is_shown_beside() -> None:
    desk = Desk(
        [
            article("count", "The fair at Oldport drew 18,400 visitors.", date(2031, 2, 3)),
            article("police", "The fair at Oldport drew 14,900 visitors.", date(2031, 2, 9)),
        ]
    )
    answer = desk.ask("How many visitors did the fair at Oldport draw?", (0, "18,400", 9.0), (1, "14,900", 8.0))
    assert answer.text == "18,400"
    assert [f.text for f in answer.differing] == ["14,900"]


def test_a_later_report_must_answer_to_outrank() -> None:
    desk = Desk(
        [
            article("cost", "The airport at Oldport costs 290 million crowns.", date(2031, 2, 3)),
            article("later", "Oldport put off a car park at the airport; it counts in crowns.", date(2031, 2, 9)),
        ]
    )
    spans = ((0, "290 million crowns", 7.0), (1, "crowns", 6.0))
    assert desk.ask("What is the airport at Oldport costing by now?", *spans).text == "290 million crowns"


def test_a_figure_for_something_else_in_the_same_article_is_no_disagreement() -> None:
    answer = Desk([TWO_CITIES]).ask(QUESTION, (0, "165", 8.0), (0, "194", 8.0))
    assert answer.differing == ()


def test_a_figure_beside_another_place_in_another_report_is_no_disagreement() -> None:
    desk = Desk(
        [
            article("one", "Newhaven is getting 194 rangers this spring.", date(2031, 2, 3)),
            article("other", "Oldport is getting 165 rangers this spring, Newhaven more of them.", date(2031, 2, 4)),
        ]
    )
    answer = desk.ask(QUESTION, (0, "194", 9.0), (1, "165", 9.0))
    assert (answer.text, answer.differing) == ("194", ())


def test_a_figure_of_another_size_is_no_disagreement() -> None:
    desk = Desk(
        [
            article("lead", "Vale won the vote at Oldport by 1,021 votes.", date(2031, 2, 3)),
            article("total", "Vale won the vote at Oldport with 31,884 votes.", date(2031, 2, 4)),
        ]
    )
    answer = desk.ask("By how many votes did Vale win at Oldport?", (0, "1,021", 7.0), (1, "31,884", 7.0))
    assert (answer.text, answer.differing) == ("1,021", ())


def test_an_article_from_the_future_does_not_outrank() -> None:
    desk = Desk(
        [
            article("now", "The storm cut off 300 homes in Oldport.", date(2031, 2, 3)),
            article("later", "The storm cut off 350 homes in Oldport.", date(2131, 2, 3)),
        ]
    )
    assert desk.ask(HOMES, (0, "300", 9.0), (1, "350", 7.0)).text == "300"


def test_an_article_of_today_is_not_from_the_future() -> None:
    desk = Desk(
        [
            article("first", "The storm cut off 300 homes in Oldport.", date(2031, 2, 9), "The Example Post"),
            article("second", "The storm cut off 350 homes in Oldport.", TODAY, "The Example Post"),
        ]
    )
    answer = desk.ask(HOMES, (0, "300", 9.0), (1, "350", 7.0))
    assert (answer.text, answer.best and answer.best.latest) == ("350", True)
    assert [(f.text, f.superseded) for f in answer.differing] == [("300", True)]


def test_dates_of_either_precision_and_none_are_compared() -> None:
    moments: list[Published | None] = [
        None,
        date(2031, 2, 3),
        datetime(2031, 2, 3, 9, tzinfo=UTC),
        datetime(2031, 2, 3, 8, tzinfo=UTC),
    ]
    desk = Desk(
        [
            article(f"a{i}", f"The storm cut off {300 + i} homes in Oldport.", when, "One Post")
            for i, when in enumerate(moments)
        ]
    )
    answer = desk.ask(HOMES, *((i, str(300 + i), 7.0) for i in range(4)))
    assert answer.answered and len(answer.differing) == 3


def test_sentences_agree_if_they_say_the_same_not_if_they_share_the_marked_word() -> None:
    desk = Desk(
        [
            article("quit", "The chief of the ferry line quit on Friday, ten days after the Halden sank."),
            article("sank", "At least 12 people died when the ferry Halden sank off Oldport early on Tuesday."),
            article("toll", "Twelve people died when the Halden sank off Oldport, a town of fishermen."),
        ]
    )
    spans = {0: 8.0, 1: 7.0, 2: 6.0}
    asked = "What happened to the Halden?"
    answer = desk.ask(asked, *((i, "sank", margin) for i, margin in spans.items()))
    assert answer.best and answer.best.quotes[0].citation.key == "quit"
    assert (answer.best.stories, len(answer.best.quotes)) == (1, 1)
    answer = desk.ask(asked, (1, "sank", 8.0), (2, "sank", 7.0), (0, "sank", 6.0))
    assert answer.best and (answer.best.stories, [q.citation.key for q in answer.best.quotes]) == (2, ["sank", "toll"])


@pytest.mark.parametrize(
    ("raised", "day", "answer", "others"),
    [
        (
            "The price of a ticket for the zoo in Oldport was cut from 95 crowns to 60 crowns.",
            9,
            "60 crowns",
            ["95 crowns"],
        ),
        (
            "The price of a ticket for the zoo in Oldport was cut from 95 crowns to 60 crowns.",
            2,
            "60 crowns",
            ["95 crowns"],
        ),
        ("The price of a ticket for the zoo in Oldport was cut from 95 crowns to 60 crowns.", 1, "95 crowns", []),
        ("The price of parking at the zoo in Oldport was cut from 95 crowns to 60 crowns.", 9, "95 crowns", []),
        ("The tax on ships in Oldport was cut from 95 crowns to 60 crowns.", 9, "95 crowns", []),
    ],
)
def test_a_later_report_of_the_same_thing_outdates_its_figure(
    raised: str, day: int, answer: str, others: list[str]
) -> None:
    desk = Desk(
        [
            article("plan", "A ticket for the zoo in Oldport costs 95 crowns.", date(2031, 2, 2)),
            article("rise", raised, date(2031, 2, day)),
        ]
    )
    spans = ((0, "95 crowns", 9.0), (1, "95 crowns", 7.0), (1, "60 crowns", 7.0))
    given = desk.ask("How much does a ticket for the zoo in Oldport cost?", *spans)
    assert (given.text, [f.text for f in given.differing]) == (answer, others)
    assert all(f.superseded == (answer == "60 crowns") and f.stories == 1 for f in given.differing)


def test_a_figure_compared_with_differs_where_its_time_is_asked_for() -> None:
    now = article("now", "Turnout in Oldport was 61 percent, compared with 54 percent in 2027.", date(2031, 2, 6))
    asked, spans = "What was the turnout in Oldport in 2027?", ((0, "61 percent", 9.0), (0, "54 percent", 7.0))
    answer = Desk([now]).ask(asked, *spans)
    assert [(f.text, f.superseded, f.taken_back) for f in answer.differing] == [("54 percent", False, False)]


def test_as_many_other_people_neither_agree_nor_differ() -> None:
    desk = Desk(
        [
            article("dead", "The flood in Oldport left 34 dead.", date(2031, 2, 3)),
            article("camp", "After the flood in Oldport 34 people live in tents.", date(2031, 2, 4)),
        ]
    )
    answer = desk.ask("How many people died in the flood in Oldport?", (0, "34 dead", 9.0), (1, "34 people", 8.5))
    assert answer.best is not None and (answer.best.stories, answer.differing) == (1, ())


@pytest.mark.parametrize(
    ("sentence", "speaks"),
    [
        ("According to Ada Roe, no tram will run in Oldport.", True),
        ("No tram will run in Oldport, Ada Roe wrote in a letter.", True),
        ("No tram will run in Oldport, vowed Ada Roe.", True),
        ("Ada Roe tweeted that no tram will run in Oldport.", True),
        ("Ada Roe: no tram in Oldport.", True),
        ("No tram will run in Oldport, in the words of Ada Roe.", True),
        ("Ada Roe has no tram to run in Oldport.", False),
        ("Ada Roe took no tram at 10:30 in Oldport.", False),
    ],
)
def test_whoever_speaks_in_whatever_words_has_said_it(sentence: str, speaks: bool) -> None:
    desk = Desk([article("said", "“No tram will run in Oldport,” said Ada Roe."), article("other", sentence)])
    answer = desk.ask("Who said that no tram will run in Oldport?", (0, "Ada Roe", 8.0), (1, "Ada Roe", 7.0))
    assert answer.best is not None and len(answer.best.quotes) == 1 + speaks


def test_a_death_toll_counts_the_dead_without_the_word() -> None:
    desk = Desk(
        [
            article("first", "The storm hit Oldport on Tuesday night. Two people were killed.", date(2031, 2, 3)),
            article("toll", "The death toll of the storm in Oldport rose to four on Wednesday.", date(2031, 2, 4)),
        ]
    )
    answer = desk.ask("How many people were killed by the storm in Oldport?", (0, "Two", 9.0), (1, "four", 7.0))
    assert [(f.text, f.latest) for f in (*answer.findings, *answer.differing)] == [("Two", False), ("four", True)]
