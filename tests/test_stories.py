"""Prints of one report are one story; two reports of one event are two."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from index.answering.stories import same_story, signature, stories
from tests.answering_fixtures import Desk, article

REPORT = """The new footbridge over the Linden canal opened on Saturday morning after two years of work. Mayor Petra Ollund cut
the ribbon in front of about 400 residents who had waited in the rain. The bridge is 62 metres long and cost 3.4 million
crowns, slightly more than the council had planned. "People have asked for this since the old ferry stopped," Ollund said.
Cyclists may use the bridge, but scooters are not allowed on it until a railing has been raised. The contractor, Halden
Works, said the delay was caused by flooding in the spring. A second bridge further north is under discussion, and the
council will vote on it in September. Engineers measured the bridge's movement under load during a night test last week
and found nothing out of the ordinary. The lamps along the railing dim after midnight to spare the bats that hunt there."""

OWN = """Rain did not keep the people of Linden at home when their footbridge was finally opened this weekend. Some four hundred
watched as Petra Ollund, the mayor, walked across first. "People have asked for this since the old ferry stopped," she told
the crowd. It took two years to build the crossing, which spans sixty-two metres and came in above its budget. Those who
ride scooters will have to wait, as the railing is thought too low for them. Halden Works, which built it, blames high water
for being late. Whether another crossing follows is a question for the council, whose members meet again after the summer.
Shopkeepers on the east bank hope for more customers; the baker has already ordered a second oven."""


def edited(text: str, every: int) -> str:
    return " ".join("altered" if i % every == every - 1 else w for i, w in enumerate(text.split()))


def test_an_identical_text_is_the_same_story() -> None:
    assert same_story(signature(REPORT), signature(REPORT))


def test_case_line_breaks_and_punctuation_make_no_difference() -> None:
    assert signature(REPORT) == signature(REPORT.upper().replace("\n", " ").replace(",", ""))


def test_a_wire_copy_with_another_intro_and_edits_is_the_same_story() -> None:
    copy = (
        "LINDEN (Example Wire) - Residents have a new way across. "
        + edited(REPORT, 20)
        + " Reporting by the wire desk."
    )
    assert same_story(signature(REPORT), signature(copy))


def test_a_shortened_reprint_is_the_same_story() -> None:
    short = " ".join(REPORT.split()[:45])
    assert same_story(signature(REPORT), signature(short))
    assert same_story(signature(short), signature(REPORT))


def test_a_shortened_and_edited_reprint_is_the_same_story() -> None:
    short = " ".join(edited(REPORT, 12).split()[:90])
    assert same_story(signature(REPORT), signature(short))


def test_what_two_reports_hold_belongs_to_the_longer() -> None:
    both = " ".join([*REPORT.split()[:45], *OWN.split()[:45]])
    texts = {"report": REPORT, "own": OWN, "both": both}
    assert len(REPORT) > len(OWN)
    found = stories({key: signature(text) for key, text in texts.items()})
    assert found["both"] == found["report"] != found["own"]


def test_two_outlets_own_reports_of_one_event_are_two_stories_even_with_the_same_quotation() -> None:
    assert not same_story(signature(REPORT), signature(OWN))


def test_two_reprints_of_different_halves_meet_in_the_whole_report() -> None:
    tokens = REPORT.split()
    first, second = " ".join(tokens[:70]), " ".join(tokens[70:])
    assert not same_story(signature(first), signature(second))
    found = stories(
        {"first": signature(first), "own": signature(OWN), "second": signature(second), "all": signature(REPORT)}
    )
    assert found["first"] == found["second"] == found["all"] != found["own"]


def test_the_division_does_not_depend_on_the_order() -> None:
    texts = {f"copy {n}": edited(REPORT, 24 + n) for n in range(8)} | {
        f"own {n}": edited(OWN, 24 + n) for n in range(8)
    }
    signatures = {k: signature(t) for k, t in texts.items()}
    truth = {k: k.split()[0] for k in texts}
    for seed in range(5):
        keys = list(signatures)
        random.Random(seed).shuffle(keys)
        found = stories({k: signatures[k] for k in keys})
        for a in keys:
            for b in keys:
                assert (found[a] == found[b]) == (truth[a] == truth[b]), (a, b)


def test_ten_thousand_copies_are_one_story() -> None:
    one = signature(REPORT)
    found = stories(dict.fromkeys(range(10000), one) | {-1: signature(OWN)})
    assert len(set(found.values())) == 2


def test_texts_without_words_are_nobodys_copy() -> None:
    assert not same_story(signature(""), signature("😀"))
    assert stories({}) == {}
    assert len(set(stories({1: signature("word"), 2: signature("other"), 3: signature("word")}).values())) == 2


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_has_a_signature_and_the_relation_is_symmetric(a: str, b: str) -> None:
    assert same_story(signature(a), signature(b)) == same_story(signature(b), signature(a))


def test_what_is_nearest_is_told_once_a_story() -> None:
    desk = Desk(
        [article("print", REPORT), article("reprint", REPORT, outlet="other"), article("own", "A canal froze.")]
    )
    answer = desk.ask("How wide is the Linden canal?", (0, "62 metres", -5.0), promise="strict")
    assert not answer.answered
    assert [quote.citation.key for quote in answer.nearest] == ["print", "own"]
