"""The reader that comes with the package: whole, small enough, and right about plain news it has never seen."""

from __future__ import annotations

import json

import pytest

from index.reader import SHIPPED, Reader, load_reader

FERRY = (
    "A ferry with 214 passengers and 31 crew ran aground off Port Ellery on Thursday evening, the coast guard said. "
    "No one was hurt. Captain Maren Holt, 52, told reporters that thick fog had hidden the buoys. Tugs from Grayhaven "
    "pulled the vessel free at 3:40 a.m. on Friday, and it reached the shipyard in Lowick under its own power. The "
    "operator, Northline, put the damage at $1.8 million and said sailings would resume on 14 March. Transport minister "
    "Idris Vale promised an inquiry after the union complained that 40 percent of the pilots had left since 2019."
)
LEVY = (
    "The council of Lowick voted 11 to 6 on Tuesday to raise the harbour levy to 95 euros a berth. Neighbouring Grayhaven "
    "charges 120 euros, and Port Ellery 70. Mayor Senna Okafor said the money would repair the eastern pier, which has been "
    "closed since a storm in 2021. Her opponent, Tomas Brandt, called the levy “a tax on fishermen”."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def test_the_files_are_the_manifests_and_small() -> None:
    load_reader()
    assert (SHIPPED / "reader.onnx").stat().st_size <= 25_000_000
    for beside in ("README.md", "NOTICE"):
        assert (SHIPPED / beside).is_file()


def test_the_card_tells_the_shipped_file() -> None:
    digest = json.loads((SHIPPED / "manifest.json").read_text(encoding="utf-8"))["files"]["reader.onnx"]
    card = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert digest in card
    assert f"{(SHIPPED / 'reader.onnx').stat().st_size:,} bytes" in card


@pytest.mark.parametrize(
    ("question", "passage", "accepted"),
    [
        ("How many passengers were on the ferry?", FERRY, {"214", "214 passengers"}),
        ("how many crew did the ferry have", FERRY, {"31", "31 crew"}),
        ("Who is the captain?", FERRY, {"Maren Holt", "Captain Maren Holt"}),
        ("WHERE DID THE FERRY RUN AGROUND?", FERRY, {"off Port Ellery", "Port Ellery"}),
        ("How much was the damage?", FERRY, {"$1.8 million"}),
        ("When will sailings resume?", FERRY, {"14 March", "on 14 March"}),
        ("Which company operates the ferry?", FERRY, {"Northline"}),
        ("Who promised an inquiry?", FERRY, {"Idris Vale", "Transport minister Idris Vale"}),
        ("what share of the pilots has left?", FERRY, {"40 percent", "40 percent of the pilots"}),
        ("How much does Grayhaven charge?", LEVY, {"120 euros"}),
        ("Who is the mayor of Lowick?", LEVY, {"Senna Okafor", "Mayor Senna Okafor"}),
        ("On which day did the council vote?", LEVY, {"Tuesday", "on Tuesday"}),
        ("What will the money repair?", LEVY, {"the eastern pier", "eastern pier"}),
    ],
)
def test_plain_questions_on_plain_news(reader: Reader, question: str, passage: str, accepted: set[str]) -> None:
    here, elsewhere = reader.read(question, [passage, LEVY if passage is FERRY else FERRY])
    assert passage[here[0].start : here[0].end] in accepted
    assert here[0].score > elsewhere[0].score


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("How many passengers were on the ferry?", FERRY),
        ("how many crew did the ferry have", FERRY),
        ("Who is the captain?", FERRY),
        ("WHERE DID THE FERRY RUN AGROUND?", FERRY),
        ("How much was the damage?", FERRY),
        ("When will sailings resume?", FERRY),
        ("Which company operates the ferry?", FERRY),
        ("Who promised an inquiry?", FERRY),
        ("what share of the pilots has left?", FERRY),
        ("How much does Grayhaven charge?", LEVY),
        ("Who is the mayor of Lowick?", LEVY),
        ("On which day did the council vote?", LEVY),
        ("What will the money repair?", LEVY),
    ],
)
def test_what_the_passage_tells_scores_above_not_here(reader: Reader, question: str, passage: str) -> None:
    assert reader.read(question, [passage])[0][0].score > 0


@pytest.mark.parametrize("question", ["Who won the chess match?", "What is the capital of Peru?"])
def test_what_no_passage_says_scores_low(reader: Reader, question: str) -> None:
    answered = reader.read("How many passengers were on the ferry?", [FERRY])[0][0].score
    assert all(not readings or readings[0].score < answered / 2 for readings in reader.read(question, [FERRY, LEVY]))


def test_a_passage_scores_the_same_bits_beside_others(reader: Reader) -> None:
    passages = [FERRY, LEVY, FERRY[:200], LEVY * 6]
    together = reader.read("How much does Grayhaven charge?", passages * 3)
    assert together[:4] == [reader.read("How much does Grayhaven charge?", [passage])[0] for passage in passages]
    assert together[:4] == together[4:8] == together[8:]
