"""From passages and spans to an answer with its proof, its dissent, or the reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Archive, Article
from index.answer import Answer, Kind
from index.answering import Context, compare, compose, plan
from index.reader import Reading
from tests.answering_fixtures import HOMES, QUESTION, TWO_CITIES, Desk, article

DAM = article("storm", "The storm cut off 300 homes in Oldport because a dam broke.", date(2031, 2, 3))


def test_the_answer_is_a_span_in_its_sentence_with_exact_offsets() -> None:
    answer = Desk([TWO_CITIES]).ask(QUESTION, (0, "194", 8.0))
    assert answer.kind is Kind.SPAN and answer.text == "194"
    best = answer.best
    assert best is not None and best.quotes[0].span is not None
    quote, span = best.quotes[0], best.quotes[0].span
    assert TWO_CITIES.text[quote.start : quote.end] == quote.text
    assert TWO_CITIES.text[span.start : span.end] == span.text == "194"
    assert quote.text.startswith("At least 165")


def test_the_figure_next_to_another_name_gives_way() -> None:
    answer = Desk([TWO_CITIES]).ask(QUESTION, (0, "165", 9.0), (0, "194", 8.0))
    assert answer.text == "194"
    assert (
        Desk([TWO_CITIES]).ask("How many rangers is Oldport getting?", (0, "165", 8.0), (0, "194", 9.0)).text
        == "At least 165"
    )


def test_a_city_no_article_names_has_no_answer() -> None:
    answer = Desk([TWO_CITIES]).ask("How many rangers went to Southbury?", (0, "194", 8.0), promise="balanced")
    assert answer.kind is Kind.NONE and not answer.findings
    assert answer.reason == "None of the articles found mentions “Southbury”."
    assert answer.nearest and answer.nearest[0].text in TWO_CITIES.text


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("How many rangers does Southbury get?", "Southbury"),
        ("how many rangers went to southbury?", "southbury"),
    ],
)
def test_the_name_that_no_article_mentions_is_told_however_it_is_written(question: str, absent: str) -> None:
    answer = Desk([TWO_CITIES]).ask(question, (0, "194", -9.0), promise="strict")
    assert answer.reason == f"None of the articles found mentions “{absent}”."


def test_the_month_of_a_report_is_no_word_that_it_lacks() -> None:
    desk = Desk([article("storm", "A storm hit the coast. About 60,000 homes lost power.", date(2031, 1, 21))])
    asked = "How many homes lost power in {}?"
    given = desk.ask(asked.format("January 2031"), (0, "60,000", 8.0), promise="balanced")
    assert given.text == "About 60,000"
    held = desk.ask(asked.format("January 2031"), (0, "60,000", -8.0), promise="strict")
    assert held.kind is Kind.NONE and held.reason and "mentions" not in held.reason
    other = desk.ask(asked.format("March 2019"), (0, "60,000", 1.0), promise="balanced")
    assert other.reason == "None of the articles found mentions “March” or “2019”."


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("How many people died on the roads in 2031?", False),
        ("How many people died in traffic in January 2031?", False),
        ("How many people were killed in the storm in January 2031?", False),
        ("How many people died in fires in 2031?", False),
        ("How many people died in the crash in January 2031?", True),
        ("How many people died in the car crash in 2031?", True),
        ("how many people died near oldport in january", True),
    ],
)
def test_one_case_is_no_total_of_its_month(question: str, given: bool) -> None:
    text = "Three people died in a crash with a fire near Oldport on Tuesday."
    desk = Desk([article("crash", text, date(2031, 1, 21), title="Traffic deaths")])
    answer = desk.ask(question, (0, "Three", 5.0), promise="strict")
    assert (answer.kind is Kind.SPAN) is given


def test_what_is_counted_must_be_what_was_asked_for() -> None:
    text = (
        "Norland will send 300 Coast Guard members to the strait. Up to 500 U.S. soldiers could follow to the strait."
    )
    desk = Desk([article("strait", text)])
    spans = ((0, "300", 9.0), (0, "500", 8.0))
    assert desk.ask("How many U.S. soldiers could go to the strait?", *spans).text == "Up to 500"
    assert desk.ask("How many Coast Guard members go to the strait?", *spans).text == "300"
    wrong = desk.ask("How many U.S. soldiers could go to the strait?", (0, "300", 9.0))
    assert wrong.trace.features["other_names"] == 1.0


def test_other_borders_that_one_would_accept_too_are_no_doubt() -> None:
    text = "In return the council agreed to enhance efforts to curb the smuggling of old coins."
    asked, desk = "What did the council agree to?", Desk([article("deal", text)])
    span = "efforts to curb the smuggling of old coins"
    whole, longer, part = (0, span, 8.0), (0, f"enhance {span}", 8.0), (0, "coins", 7.5)
    assert desk.ask(asked, whole, longer).trace.features["borders"] == 1.0
    assert desk.ask(asked, whole, part).trace.features["borders"] < 1.0


@pytest.mark.parametrize("number", ["2000", "2,000"])
def test_a_number_in_another_form_is_no_reason(number: str) -> None:
    desk = Desk([article("quake", "Some 2,000 people are homeless in Oldport.")])
    answer = desk.ask(f"How many of the {number} homeless were rehoused?", (0, "2,000", -9.0), promise="strict")
    assert answer.reason and "mentions" not in answer.reason


def test_a_weekday_is_resolved_and_kept_as_written() -> None:
    desk = Desk([article("arrival", "The first rangers arrived on Tuesday.", date(2031, 2, 5))])
    answer = desk.ask("When did the first rangers arrive?", (0, "Tuesday", 8.0))
    assert answer.best is not None
    assert (answer.text, answer.best.resolved) == ("Tuesday", "Tuesday, 4 February 2031")


def test_a_long_answer_that_is_one_time_is_resolved_too() -> None:
    text = "The bridge closed. “It will open at the end of next year,” said Anna Lind."
    desk = Desk([article("bridge", text, date(2031, 2, 5))])
    answer = desk.ask("What did Lind say of the bridge?", (0, "at the end of next year", 9.0))
    assert answer.best is not None and answer.best.resolved == "2032"


def test_each_report_proves_an_answer_with_its_best_read_sentence_and_how_it_was_read() -> None:
    own = "In Oldport 165 rangers will land on Monday. Oldport gets 165 of them."
    desk = Desk([article("wire", "Oldport gets 165 rangers, the ministry said."), article("own", own)])
    answer = desk.ask("How many rangers does Oldport get?", (0, "165", 9.0), (1, "165", 4.0), (1, "165 of", 8.0))
    assert answer.best is not None
    assert [(q.text, q.span and q.span.score) for q in answer.best.quotes] == [
        ("Oldport gets 165 rangers, the ministry said.", 9.0),
        ("Oldport gets 165 of them.", 8.0),
    ]


def test_a_report_that_takes_a_figure_back_is_no_proof_of_it() -> None:
    taken = "The Harrow Bridge cost $40 million, not $30 million as first reported."
    desk = Desk([article("post", "The Harrow Bridge cost $30 million."), article("wire", taken)])
    answer = desk.ask("How much did the Harrow Bridge cost?", (0, "$30 million", 9.0), (1, "$30 million", 8.5))
    assert answer.best is not None and [q.citation.key for q in answer.best.quotes] == ["post"]


def test_a_speaker_named_before_the_passage_is_found_in_the_article() -> None:
    told = "“Some 12 boats were lost,” she added."
    desk = Desk([article("boats", f"“It is over,” said Anna Lind. {told}")])
    (hit,) = desk.hits
    at = hit.passage.text.index(told)
    passage = replace(hit.passage, start=at, text=told, sentences=hit.passage.sentences[1:])
    read = [[Reading(told.index("12"), told.index(" boats"), 8.0)]]
    answer = compose(
        "How many boats were lost?", [replace(hit, passage=passage)], read, context=desk.context(promise="any")
    )
    assert answer.text == "Some 12" and answer.best is not None and answer.best.speaker == "Anna Lind"


def test_an_answer_that_names_the_speaker_needs_none() -> None:
    desk = Desk([article("bridge", "“The bridge is safe,” said the mayor, Anna Lind.")])
    answer = desk.ask("Who says the bridge is safe?", (0, "the mayor, Anna Lind", 9.0))
    assert answer.text == "the mayor, Anna Lind" and answer.best is not None and answer.best.speaker is None


def test_who_said_gives_the_speaker_and_a_quotation_knows_its_own() -> None:
    text = "“The bridge is safe for everyone,” said Petra Ollund, the mayor. “We tested it at night,” she added."
    desk = Desk([article("bridge", text)])
    assert (
        compose("Who said the bridge is safe?", desk.hits, None, context=desk.context(promise="any")).text
        == "Petra Ollund"
    )
    answer = desk.ask("When was the bridge tested?", (0, "at night", 7.0))
    assert answer.best is not None and answer.best.speaker == "Petra Ollund"


@pytest.mark.parametrize(
    ("question", "text", "span", "speaker"),
    [
        ("What did Aville get in return?", "In return, Beeton pledged to lower its tolls.", "lower its tolls", None),
        ("How many trams will come?", "Ada Roe pledged that 12 trams will come.", "12", "Ada Roe"),
        ("When does Ada Roe take office?", '"I am glad," said Ada Roe, a farmer, who takes office on 1 July.', "1 July", None),
        ("When does Ada Roe take office?", "Ada Roe, who takes office on 1 July, said she was glad.", "1 July", None),
        ("How old is Ada Roe?", '"I am glad," said Ada Roe, 54, a farmer.', "54", None),
        ("How many boats were lost?", '"It is over," Ada Roe said after 12 boats were lost.', "12", None),
        ("Who led the study?", '"I am glad," said Professor Ada Roe, who led the study.', "Ada Roe", None),
        ("How many boats were lost?", '"It is over," Ada Roe said, adding that 12 boats were lost.', "12", "Ada Roe"),
        ("How many boats were lost?", "Ada Roe said on Monday that 12 boats were lost.", "12", "Ada Roe"),
        ("How many boats were lost?", "Some 12 boats were lost, said Ada Roe, the mayor.", "12", "Ada Roe"),
        ("How many boats were lost?", '"It is over," said Ada Roe, "and we lost 12 boats."', "12", "Ada Roe"),
        ("How much did it cost?", 'Ada Roe said the pier, "a folly", cost $3 million.', "$3 million", "Ada Roe"),
        ("How many schools will close?", "Teachers’ union head Ada Roe said 40 schools would close.", "40", "Ada Roe"),
        ("How many boats were lost?", "Ole “Bear” Berg said 12 boats were lost.", "12", "Berg"),
        ("How many boats were lost?", "The “Teal” captain Ada Roe said 12 boats were lost.", "12", "Ada Roe"),
        ("How many boats were lost?", "In the Roes’ kitchen Ada Roe said 12 boats were lost.", "12", "Ada Roe"),
        ("How many boats were lost?", '"It is over," said Ada Roe, warning that 12 boats were lost.', "12", "Ada Roe"),
        ("How many boats were lost?", '"It is over," said Ada Roe, noting that 12 boats were lost.', "12", "Ada Roe"),
        ("How many boats were lost?", '"It is over," said Ada Roe, who ignored a warning after 12 boats were lost.', "12", None),
        ("How many boats were lost?", '"It is over," said Ada Roe, referring to the 12 boats.', "12", None),
        ("How many boats were lost?", "‘It is over’, Ada Roe said after 12 boats were lost.", "12", None),
    ],
)  # fmt: skip
def test_what_a_report_tells_of_the_speaker_is_not_said_by_the_speaker(
    question: str, text: str, span: str, speaker: str | None
) -> None:
    answer = Desk([article("one", text, date(2031, 2, 5))]).ask(question, (0, span, 9.0))
    assert answer.best is not None and answer.best.speaker == speaker


def test_who_said_it_is_told_by_sentences_in_which_somebody_speaks() -> None:
    desk = Desk(
        [
            article("said", '"A win is a win," said Ada Roe, the mayor of Oldport.'),
            article("won", "Ada Roe won the vote in Oldport by 287 votes, a recount showed."),
            article("also", "A win is a win, Ada Roe told supporters in Oldport that night."),
        ]
    )
    answer = desk.ask("Who said a win is a win?", *((i, "Ada Roe", 8.0 - i) for i in range(3)))
    assert answer.best and (answer.best.stories, [q.citation.key for q in answer.best.quotes]) == (2, ["said", "also"])
    won = desk.ask("Who won the vote in Oldport?", *((i, "Ada Roe", 8.0 - i) for i in range(3)))
    assert won.best and won.best.stories == 3, "asked for something else, each counts"


def test_yes_or_no_is_answered_by_the_deciding_sentence_alone() -> None:
    desk = Desk(
        [
            article(
                "bridge", "The bridge reopened on Monday. Cyclists may use the bridge. Scooters are not allowed on it."
            )
        ]
    )
    answer = desk.ask("May cyclists use the bridge?", (0, "Cyclists may use the bridge", 6.0))
    assert answer.kind is Kind.SENTENCES
    assert [f.text for f in answer.findings] == ["Cyclists may use the bridge."]


def test_why_is_answered_by_whole_sentences() -> None:
    desk = Desk(
        [
            article(
                "one", "The library in Oldport closed on Monday. It closed because a pipe burst under the reading room."
            ),
            article(
                "two", "A burst pipe flooded the library in Oldport, which closed because its floor was under water."
            ),
        ]
    )
    answer = desk.ask("Why did the library in Oldport close?", (0, "a pipe burst under the reading room", 8.0))
    assert answer.kind is Kind.SENTENCES
    assert answer.text == "It closed because a pipe burst under the reading room."
    assert 1 <= len(answer.findings) <= 3
    assert all(f.text == f.quotes[0].text for f in answer.findings)


def test_a_comparison_shows_both_figures_the_larger_first() -> None:
    halden = article("halden", "The Halden bridge is 62 metres long.")
    linden = article("linden", "The Linden bridge is 80 metres long.")
    asked = plan("Which is longer, the Halden bridge or the Linden bridge?")
    desk = Desk([halden, linden])
    sides = [
        (part.label, desk.ask(part.question, (i, words, 8.0)))
        for i, (part, words) in enumerate(zip(asked.parts, ("62 metres", "80 metres"), strict=True))
    ]
    answer = compare("Which is longer?", sides)
    assert answer.kind is Kind.COMPARISON
    assert [(f.label, f.text) for f in answer.findings] == [
        ("the Linden bridge", "80 metres"),
        ("the Halden bridge", "62 metres"),
    ]


def test_half_a_comparison_is_no_answer() -> None:
    desk = Desk([article("halden", "The Halden bridge is 62 metres long.")])
    known = desk.ask("How long is the Halden bridge?", (0, "62 metres", 8.0))
    unknown = compose("How long is the Linden bridge?", [], [], context=desk.context())
    answer = compare("Which is longer?", [("Halden", known), ("Linden", unknown)])
    assert answer.kind is Kind.NONE and not answer.findings
    assert answer.reason is not None and "Linden" in answer.reason
    assert answer.nearest[0].text == "The Halden bridge is 62 metres long."


def test_where_the_reader_marks_nothing_only_prose_that_was_asked_for_is_an_answer() -> None:
    desk = Desk([DAM])
    answer = desk.ask(HOMES)
    assert (answer.kind, answer.findings) == (Kind.NONE, ())
    assert [quote.text for quote in answer.nearest] == [DAM.text]
    assert desk.ask("Why did the storm cut off homes in Oldport?").kind is Kind.SENTENCES


@pytest.mark.parametrize(
    ("question", "span", "nearest"),
    [(HOMES, "300", [(DAM.text, None)]), ("Who won the chess title in Reykjavik?", "dam", [])],
)
def test_of_what_is_held_back_only_what_has_words_of_the_question_is_shown_and_without_a_mark(
    question: str, span: str, nearest: list[tuple[str, None]]
) -> None:
    answer = Desk([DAM]).ask(question, (0, span, -30.0), promise="strict")
    assert answer.kind is Kind.NONE
    assert [(quote.text, quote.span) for quote in answer.nearest] == nearest


def test_without_a_reader_the_only_fitting_figure_is_marked_and_otherwise_none() -> None:
    desk = Desk([TWO_CITIES])
    marked = compose(QUESTION, desk.hits, None, context=desk.context(promise="any"))
    assert marked.kind is Kind.SPAN and marked.text == "194"
    ambiguous = Desk([article("x", "The harbour counted 12 boats and 14 boats that came.")])
    answer = compose("How many boats came?", ambiguous.hits, None, context=ambiguous.context(promise="any"))
    assert answer.kind is Kind.SENTENCES


def test_without_a_reader_only_who_says_the_same_agrees_and_prints_are_one_voice() -> None:
    told = "The storm cut off 300 homes in Oldport on Sunday night, the town council said in a short statement."
    other = (
        "The storm cut off 340 homes in Oldport: the ferry lay idle, schools were shut, trees fell on roads, "
        "cattle drowned."
    )
    desk = Desk([article("post", told), article("print", told), article("own", other)])
    answer = compose(HOMES, desk.hits, None, context=desk.context(promise="any"))
    assert answer.best is not None
    assert [quote.citation.key for quote in answer.best.quotes] == ["post", "print"]
    assert answer.best.stories == 1


def test_ten_thousand_copies_are_one_story() -> None:
    text = (
        "The storm cut off 300 homes in Oldport, the grid operator said. Repairs would take until the end of the week."
    )
    desk = Desk([article(f"copy {i}", text) for i in range(10_000)])
    readings = [[Reading(text.index("300"), text.index("300") + 3, 8.0)]] * 20
    answer = compose(
        HOMES,
        desk.hits[:20],
        readings,
        context=desk.context(promise="any"),
    )
    assert answer.best is not None and answer.best.stories == 1 and answer.text == "300"


def test_no_article_at_all_says_so() -> None:
    answer = compose("Who built the bridge?", [], None, context=Context())
    assert answer.kind is Kind.NONE and answer.reason
    assert compose("What's the latest?", [], None, context=Context()).reason
    since = compose("Who built the bridge?", [], [], context=Context(since=date(2031, 1, 1)))
    assert since.reason is not None and "time" in since.reason


def test_the_same_input_gives_the_same_answer_and_its_receipt_comes_back() -> None:
    answers = [Desk([TWO_CITIES]).ask(QUESTION, (0, "165", 8.0), (0, "194", 8.0)) for _ in range(2)]
    plain = [replace(a, trace=replace(a.trace, milliseconds={})) for a in answers]
    assert plain[0] == plain[1]
    assert Answer.from_json(answers[0].to_json()) == answers[0]


def test_readings_outside_their_passage_are_left_out() -> None:
    desk = Desk([TWO_CITIES])
    readings = [[Reading(-3, 4, 9.0), Reading(5, 5, 9.0), Reading(10, 10_000, 9.0)]]
    compose(QUESTION, desk.hits, readings, context=desk.context())


WORDS = st.lists(
    st.sampled_from(
        ["Oldport", "Newhaven", "300", "1,650", "troops", "on", "Tuesday", "said", "“", "”", "the", "not", "Anna", "Lind", "é",
         "😀",
         "\u202e", "at least", "$2.5", "million", "because", "Correction:", ".", ",", "how many", "when", "who said", "latest on"]
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    WORDS,
    st.lists(st.tuples(WORDS, st.none() | st.dates()), max_size=4),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 150), st.integers(1, 40), st.floats(-20, 20)), max_size=12),
    st.booleans(),
)
def test_whatever_comes_in_every_text_that_goes_out_is_a_substring_at_its_offsets(
    asked: list[str],
    told: list[tuple[list[str], date | None]],
    marks: list[tuple[int, int, int, float]],
    read: bool,
) -> None:
    desk = Desk([article(f"a{i}", " ".join(w) or "x", day) for i, (w, day) in enumerate(told)])
    readings: list[list[Reading]] = [[] for _ in told]
    for i, start, length, margin in marks:
        if i < len(told):
            readings[i].append(Reading(start, start + length, margin))
    answer = compose(" ".join(asked), desk.hits, readings if read else None, context=desk.context(promise="any"))
    texts = {a.key: a.text for a in desk.articles}
    findings = [*answer.findings, *answer.differing]
    for quote in [q for f in findings for q in f.quotes] + list(answer.nearest):
        whole = texts[quote.citation.key]
        assert whole[quote.start : quote.end] == quote.text
        if quote.span:
            assert quote.start <= quote.span.start < quote.span.end <= quote.end
            assert whole[quote.span.start : quote.span.end] == quote.span.text
    for finding in findings:
        assert finding.text in finding.quotes[0].text
        assert finding.speaker is None or finding.speaker in texts[finding.quotes[0].citation.key]
    assert answer.answered or answer.reason
    assert Answer.from_json(answer.to_json()) == answer


def test_an_unknown_promise_is_refused() -> None:
    with pytest.raises(ValueError, match="promise must be one of"):
        Desk([TWO_CITIES]).ask(QUESTION, (0, "194", 8.0), promise="maybe")


@pytest.mark.parametrize(("published", "missing"), [(date(2031, 1, 5), False), (date(2030, 1, 5), True), (None, True)])
def test_a_month_without_its_year_is_the_last_one(published: date | None, missing: bool) -> None:
    desk = Desk([article("storm", "The storm in Oldport killed nine people.", published)])
    answer = desk.ask("How many people did the storm in Oldport kill in January?", (0, "nine", 7.0))
    assert (answer.trace.features["terms_missing_passage"] > 0) is missing


@pytest.mark.parametrize("number", ["Twelve", "Fifteen", "Twenty-two", "Seven billion"])
def test_a_sentence_with_a_number_in_words_is_nearest_where_a_number_is_asked_for(
    archive: Archive, number: str
) -> None:
    told = f"{number} homes burnt at the harbour."
    archive.add(
        [Article(f"Homes burnt in Lowick, the mayor said, and not a few of them. {told}", title="Fire in Lowick")]
    )
    assert [f.text for f in archive.ask("how many homes burnt?", promise="any").findings] == [told]
