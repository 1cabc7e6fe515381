"""A passage is read under its article's first sentence, where that tells what the question takes for known."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from index import Archive, Article
from index.__main__ import app
from index.answering.calibration import Row, articles_of, collect
from index.answering.ledes import lede, ledes
from index.passages import sentences
from index.reader import Reader, Reading, load_reader
from tests.answering_fixtures import Desk, article
from tests.conftest import WordEncoder

OTHER = "The council met again and spoke of other things that nobody wrote down at the time of the meeting. " * 9
MILL = "A fire at the paper mill of Torvik burned through Saturday night."
DAMAGE = (
    "The owners put the damage at $2.4 million. No one was hurt, and the police look for a man who was seen nearby."
)
BRIDGE = "The old bridge at Lowick is being repaired after a barge struck one of its piers."
OPENING = (
    "Engineers replaced the bearings last week. It should open again on 14 March, the county said, and until then buses go "
    "round by the valley."
)
LONG = (
    "Firefighters from seventeen neighbouring municipalities struggled throughout Saturday night against the flames which had "
    "broken out in the warehouse beside the paper mill of Torvik and which threatened several residential buildings, a "
    "kindergarten and the historical railway station before the wind finally turned towards the uninhabited riverside meadows. "
)


class Marks:
    """Reads by a function of passage and lede, and remembers the ledes it is given, by passage."""

    name = "marks"

    def __init__(self, mark: Callable[[str, str], list[Reading]] | None = None) -> None:
        self.mark = mark or (lambda passage, lede: [Reading(0, len(passage.split()[0]), 5.0)])
        self.given: dict[str, str] = {}

    def read(
        self,
        question: str,
        passages: Sequence[str],
        titles: Sequence[str] = (),
        ledes: Sequence[str] = (),
        *,
        spans: int = 5,
    ) -> list[list[Reading]]:
        self.given |= dict(zip(passages, ledes, strict=True))
        return [self.mark(passage, lede) for passage, lede in zip(passages, ledes, strict=True)]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{MILL} {DAMAGE}", MILL),
        (f"TORVIK, Saturday\n\n{MILL} {DAMAGE}", MILL),  # a dateline tells nothing
        (f"Torvik — {MILL} {DAMAGE}", f"Torvik — {MILL}"),
        ("Fire at mill. No one hurt. " + DAMAGE, DAMAGE[: DAMAGE.index(" No one")]),
        (f"By JANE ROE\nARDMORE (AP)\nUpdated 14:20\n{MILL} {DAMAGE}", MILL),
        (f"By Jane Roe and John Doe, Staff Writers of the Coast Gazette\n\n{MILL} {DAMAGE}", MILL),
        (f"- 210 tonnes of steel for Aville\n- 12 cranes for Beeton\n\n{MILL}", MILL),
        (f"“{MILL}”\n\n{DAMAGE}", f"“{MILL}”"),
        ("A headline of six short words\n" * 6 + MILL, None),
        (f"The mill of Torvik burned. {DAMAGE}", "The mill of Torvik burned."),
        (MILL, MILL),
        (LONG + DAMAGE, LONG[:-1]),
        ("word " * 300 + ".", None),
        ("word " * 100 + ". " + DAMAGE, None),
        ("", None),
        ("\n \n", None),
    ],
)
def test_the_lede_is_the_first_sentence_that_tells_something(text: str, told: str | None) -> None:
    place = lede(text)
    assert (text[slice(*place)] if place else None) == told


@given(st.text(max_size=300) | st.text(alphabet="ab. \n“”A", max_size=3000))
@settings(deadline=None, max_examples=150)
def test_any_lede_is_one_of_the_articles_sentences(text: str) -> None:
    place = lede(text)
    assert place is None or (place in sentences(text)[:5] and text[slice(*place)].rstrip("”’\"')]")[-1] in ".!?…")


@pytest.mark.parametrize(
    ("text", "begins", "told"),
    [
        (f"{MILL} {DAMAGE}", "The owners", (0, len(MILL))),
        (f"{MILL} {DAMAGE}", "A fire", None),
        (f"{MILL} {DAMAGE}", "mill of Torvik", None),  # the lede is cut, and would be read twice
        (f"{BRIDGE} {MILL} {DAMAGE}", "The owners", None),  # it is not the lede that tells
    ],
)
def test_a_lede_stands_above_the_part_that_is_read(text: str, begins: str, told: tuple[int, int] | None) -> None:
    desk = Desk([article("one", text)])
    part = (text.index(begins), len(text))
    (found,) = ledes("how much damage did the fire do?", desk.hits, [part], desk.context().articles)
    assert (found and (found.start, found.end)) == told


def test_a_lede_is_read_where_it_alone_says_a_word_of_the_question(tmp_path: Path, encoder: WordEncoder) -> None:
    kept = Marks()
    with Archive(tmp_path / "archive", encoder=encoder, reader=kept) as archive:
        archive.add(
            [
                Article(f"{MILL} {OTHER}\n\n{DAMAGE}", id="mill"),
                Article(f"{BRIDGE} {OTHER}\n\n{DAMAGE.replace('2.4', '3.1')}", id="bridge"),
                Article(
                    f"{MILL} {OTHER}\n\n{DAMAGE.replace('2.4', '5.6')}",
                    title="Fire at Torvik's paper mill",
                    id="titled",
                ),
            ]
        )
        answer = archive.ask("how much damage did the fire at the paper mill do?", promise="any")
        found = {(hit.passage.citation.key, hit.passage.number): hit for hit in answer.trace.hits}
        last = {key: max(n for k, n in found if k == key) for key in ("mill", "bridge", "titled")}
        assert min(last.values()) > 0, "the damage must not stand in the first passage"
        text = archive.get("mill")[1].text
        assert (seen := found["mill", last["mill"]].lede) and text[seen.start : seen.end] == seen.text == MILL
        # What the title says already, what says nothing of the matter, and what is read anyhow is not put above.
        assert found["titled", last["titled"]].lede is None
        assert found["bridge", last["bridge"]].lede is None
        assert found["mill", 0].lede is None
        for hit in answer.trace.hits:
            assert hit.read is not None
            article = archive.get(hit.passage.citation.key)[1].text
            assert kept.given[article[slice(*hit.read)]] == (hit.lede.text if hit.lede else "")


def test_a_lede_that_names_two_lends_its_names_to_neither(tmp_path: Path, encoder: WordEncoder) -> None:
    """ "Mercy has to close its maternity ward" is not told of St Luke, though the lede names both."""
    both = "Two hospitals, Mercy in Dorlan and St Luke in Pirna, were told on Friday by the ministry what they have to give up."
    one = "The hospital of Dorlan was told on Friday by the ministry what it has to give up."
    told = "Mercy has to close its maternity ward by the end of June. The other house loses its emergency room."
    kept = Marks()
    with Archive(tmp_path / "archive", encoder=encoder, reader=kept) as archive:
        archive.add([Article(f"{lede} {OTHER}\n\n{told}", title="Hospital news", id=lede[:3]) for lede in (both, one)])
        for question, under in (
            ("when does St Luke in Pirna have to close its maternity ward?", {"Two": False, "The": False}),
            ("when does the hospital of Dorlan close its maternity ward?", {"Two": False, "The": True}),
            ("when does the ministry want the maternity ward to close?", {"Two": True, "The": True}),
        ):
            hits = archive.ask(question, promise="any").trace.hits
            last = {key: max(h.passage.number for h in hits if h.passage.citation.key == key) for key in under}
            found = {
                h.passage.citation.key: bool(h.lede) for h in hits if h.passage.number == last[h.passage.citation.key]
            }
            assert found == under, question


@pytest.mark.parametrize(
    ("question", "above", "passage", "answer"),
    [
        ("how much did the fire at the paper mill destroy?", MILL, DAMAGE, "$2.4 million"),
        ("when will the bridge at Lowick open again?", BRIDGE, OPENING, "14 March"),
    ],
)
def test_what_a_passage_tells_of_its_subject_is_understood_under_the_lede(
    reader: Reader, question: str, above: str, passage: str, answer: str
) -> None:
    (bare,), (told,) = reader.read(question, [passage]), reader.read(question, [passage], [""], [above])
    assert bare[0].score < 0 < told[0].score
    assert passage[told[0].start : told[0].end] == answer


def test_an_archive_gives_such_an_answer(tmp_path: Path, encoder: WordEncoder, reader: Reader) -> None:
    text = f"{BRIDGE} {OTHER}\n\n{OPENING}"
    question = "when will the bridge at Lowick open again?"
    blind = Marks(lambda passage, lede: reader.read(question, [passage])[0])
    given = []
    for name, way in (("whole", reader), ("blind", blind)):
        with Archive(tmp_path / name, encoder=encoder, reader=way) as archive:
            archive.add([Article(text, id="bridge")])
            answer = archive.ask(question, promise="any")
            assert answer.findings[0].text in text and answer.confidence is not None
            given.append((answer.findings[0].text, answer.confidence))
    (told, sure), (_, unsure) = given
    assert "14 March" in told and sure > unsure + 0.1


def test_of_two_passages_that_share_a_sentence_the_one_without_a_lede_speaks_for_it(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    lede = "The governor welcomed soldiers to Orvik on Friday, although not, he said, as many as had gone elsewhere. "
    told = "Their commander, Colonel Ines Barr, said that they would help at eleven checkpoints along the river road. "
    shared = f"{OTHER[: len(OTHER) * 2 // 3]}{told}"

    def mark(passage: str, above: str) -> list[Reading]:
        """The colonel, with a better margin under a lede."""
        name = "Colonel Ines Barr"
        at = passage.find(name)
        return [Reading(at, at + len(name), 5.0 if above else 4.0)] if at >= 0 else []

    with Archive(tmp_path / "archive", encoder=encoder, reader=Marks(mark)) as archive:
        archive.add([Article(f"{lede}{shared}{OTHER}", title="On the border", id="orvik")])
        answer = archive.ask("who commands the soldiers in Orvik?", promise="any")
    with_span = [hit for hit in answer.trace.hits if told.strip() in hit.passage.text]
    assert [bool(hit.lede) for hit in sorted(with_span, key=lambda hit: hit.passage.number)] == [False, True]
    assert answer.findings[0].text == "Colonel Ines Barr"
    assert answer.trace.features["names_missing_passage"] == 0 and answer.trace.features["margin"] == 0.4


def test_a_lede_is_read_with_every_window_and_never_marked(reader: Reader) -> None:
    question, long = "when will the bridge at Lowick open again?", f"{OPENING} {OTHER}" * 3
    for passage in (OPENING, long):
        (told,) = reader.read(question, [passage], ["Works"], [BRIDGE], spans=20)
        assert told and all(0 <= r.start < r.end <= len(passage) for r in told)
    assert reader.read(question, [OPENING], ["Works"], [""]) == reader.read(question, [OPENING], ["Works"])
    assert reader.read(question, ["", "\n"], [], [BRIDGE] * 2) == [[], []]
    # However long question, title and lede are, there is room for the passage, and its end is read.
    for asked in (question, "how many " * 300):
        assert reader.read(asked, [long], ["Works " * 200], [BRIDGE * 50])[0]


def test_the_explanation_names_the_lede_that_was_read(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"title": "Works", "text": f"{BRIDGE} {OTHER}\n\n{OPENING}"}), encoding="utf-8")
    archive = ["--archive", str(tmp_path / "archive")]
    assert CliRunner().invoke(app, ["add", str(rows), *archive]).exit_code == 0
    said = CliRunner().invoke(app, ["ask", "--explain", "when will the bridge at Lowick open again?", *archive])
    assert f"lede: {BRIDGE}" in " ".join(said.stdout.split())


def test_a_paragraph_taken_out_for_calibration_is_no_lede_either(tmp_path: Path, encoder: WordEncoder) -> None:
    opening, paragraph = f"{BRIDGE} {OTHER}", f"{OPENING} {OTHER}"
    question = "when will the bridge at Lowick open again?"
    rows = [
        Row("1", "Lowick", question, opening, (BRIDGE[:12],)),
        Row("2", "Lowick", question, paragraph, ("14 March",)),
    ]
    kept = Marks()
    with Archive(tmp_path / "archive", encoder=encoder, reader=None) as archive:
        archive.add(articles_of(rows))
        list(collect(archive, kept, [(rows[1], False)]))
        assert BRIDGE in kept.given.values()
        kept.given.clear()
        list(collect(archive, kept, [(rows[0], True)]))
        assert kept.given and set(kept.given.values()) == {""}
