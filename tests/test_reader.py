"""The reader as the archive uses it, over a tiny random model: what holds for any weights must hold for these."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ReaderUnavailable
from index.reader import Reader, Reading, load_reader

PASSAGES = [
    "About 1,949 soldiers were sent to the border on Monday, the ministry said. It named no date for their return.",
    "The mayor, Ana Ruiz, spoke for ten minutes.",
    "Nothing was said about the cost: neither by the ministry nor by the town, which pays a third of it.",
    "Rain.",
    " ".join(f"Sentence number {n} tells of the {n} ships that left the port of Arbor on day {n}." for n in range(60)),
]
QUESTION = "How many soldiers were sent to the border?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder, made by the exporter from random weights."""
    import torch

    from index.base_model import base_folder
    from index.reader.export import write_reader
    from index.reader.network import tiny_network

    torch.manual_seed(7)
    network = tiny_network(30522)
    torch.nn.init.normal_(network.span.weight, std=2.0)
    made = tmp_path_factory.mktemp("reader")
    write_reader(network, base_folder() / "tokenizer.json", made)
    return made


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return load_reader(folder)


def test_readings_are_substrings_best_first_and_different(reader: Reader) -> None:
    for passage, readings in zip(PASSAGES, reader.read(QUESTION, PASSAGES), strict=True):
        assert 1 <= len(readings) <= 5
        assert [reading.score for reading in readings] == sorted((r.score for r in readings), reverse=True)
        assert len({(reading.start, reading.end) for reading in readings}) == len(readings)
        assert all(0 <= reading.start < reading.end <= len(passage) for reading in readings)


def test_a_passage_scores_the_same_alone_beside_others_and_in_any_order(reader: Reader) -> None:
    together = reader.read(QUESTION, PASSAGES)
    assert together == [reader.read(QUESTION, [passage])[0] for passage in PASSAGES]
    assert together[::-1] == reader.read(QUESTION, PASSAGES[::-1])
    assert reader.read(QUESTION, PASSAGES * 10) == together * 10


def test_two_processes_read_the_same(reader: Reader, folder: Path) -> None:
    code = (
        "import json, sys; from pathlib import Path; from index.reader import load_reader\n"
        "question, passages = json.loads(sys.stdin.read())\n"
        "found = load_reader(Path(sys.argv[1])).read(question, passages)\n"
        "print(json.dumps([[[r.start, r.end, r.score] for r in readings] for readings in found]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        input=json.dumps([QUESTION, PASSAGES]),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    elsewhere = [[Reading(*row) for row in readings] for readings in json.loads(run.stdout)]
    assert elsewhere == reader.read(QUESTION, PASSAGES)


def test_a_title_is_read_with_every_window_and_never_marked(reader: Reader) -> None:
    long = " ".join(PASSAGES) * 12
    for passage in (PASSAGES[0], long):
        (bare,), (titled,) = (
            reader.read(QUESTION, [passage]),
            reader.read(QUESTION, [passage], ["Rangers come to Beeton"]),
        )
        assert bare != titled and all(0 <= r.start < r.end <= len(passage) for r in titled)
    assert reader.read(QUESTION, PASSAGES, [""] * len(PASSAGES)) == reader.read(QUESTION, PASSAGES)
    titles = [f"Title {number}" for number in range(len(PASSAGES))]
    apart = [reader.read(QUESTION, [passage], [title])[0] for passage, title in zip(PASSAGES, titles, strict=True)]
    assert reader.read(QUESTION, PASSAGES, titles) == apart
    assert reader.read(QUESTION, ["", "\n"], ["Ada Roe"] * 2) == [[], []]


def test_more_spans_are_a_longer_list_of_the_same(reader: Reader) -> None:
    five, one = reader.read(QUESTION, PASSAGES, spans=5), reader.read(QUESTION, PASSAGES, spans=1)
    assert [readings[:1] for readings in five] == one


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=80),
    st.lists(
        st.text(max_size=120)
        | st.text(alphabet="ab1., \"“”'()$%é\u0301\u200d\u200f👨👩🏽\ufe0f\ufeff\x00\n", max_size=60),
        max_size=3,
    ),
)
def test_any_text_gives_spans_inside_it(reader: Reader, question: str, passages: list[str]) -> None:
    found = reader.read(question, passages)
    assert len(found) == len(passages)
    for passage, readings in zip(passages, found, strict=True):
        for reading in readings:
            span = passage[reading.start : reading.end]
            assert span and span == span.strip()
            assert reading.score == reading.score


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "🤷🏽‍♀️",
        "HOW MANY SOLDIERS WERE SENT",
        "¿Cuántos soldados fueron enviados?",
        "何人の兵士が送られましたか",
        "how many soldeirs wre sent to teh bordr",
        "how many " * 250,
        "x" * 2000,
        "\x00\x07\u202e",
        "\ud800",
    ],
)
def test_no_question_is_an_error(reader: Reader, question: str) -> None:
    assert len(reader.read(question, PASSAGES)) == len(PASSAGES)


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert reader.read(QUESTION, []) == []
    assert reader.read(QUESTION, ["", "  \n", "\u200b"]) == [[], [], []]


def test_a_long_passage_is_read_to_its_end(folder: Path) -> None:
    """Every word of a long passage stands in a window, and a window's offsets are the passage's own."""
    from tokenizers import Tokenizer

    from index.reader.windows import OVERLAP, WINDOW, plain, windows

    tokenizer = plain(Tokenizer.from_file(str(folder / "tokenizer.json")))
    parts = list(windows(tokenizer, QUESTION, PASSAGES[4]))
    assert len(parts) > 2
    assert all(len(part.ids) == len(part.types) <= WINDOW for part in parts)
    covered = {place for part in parts for start, end in part.offsets for place in range(start, end)}
    assert {place for place, character in enumerate(PASSAGES[4]) if not character.isspace()} == covered
    for one, other in pairwise(parts):
        assert one.offsets[-OVERLAP:] == other.offsets[:OVERLAP]


def test_the_name_tells_the_model_and_its_fingerprint(reader: Reader, folder: Path) -> None:
    digest = hashlib.sha256((folder / "reader.onnx").read_bytes()).hexdigest()
    assert reader.name.endswith(f"@{digest[:12]}")


@pytest.mark.parametrize("file", ["reader.onnx", "tokenizer.json"])
def test_an_altered_or_missing_file_is_refused(folder: Path, tmp_path: Path, file: str) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    load_reader(tmp_path)
    data = bytearray((tmp_path / file).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / file).write_bytes(data)
    with pytest.raises(ReaderUnavailable, match=rf"{file} is not the one"):
        load_reader(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(ReaderUnavailable, match=rf"{file} is missing"):
        load_reader(tmp_path)


def test_a_folder_without_or_with_a_broken_manifest_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReaderUnavailable, match="missing"):
        load_reader(tmp_path / "nowhere")
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for broken in ("", "[]", "{}", '{"name": "x", "files": 3}'):
        (tmp_path / "manifest.json").write_text(broken)
        with pytest.raises(ReaderUnavailable):
            load_reader(tmp_path)


def test_loading_a_reader_does_not_load_onnxruntime(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.reader import load_reader\n"
        "load_reader(Path(sys.argv[1])); print(sorted({'onnxruntime', 'torch', 'tokenizers'} & set(sys.modules)))"
    )
    root = Path(__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, cwd=root
    )
    assert run.stdout.strip() == "[]"
