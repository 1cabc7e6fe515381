"""The reader as the archive uses it, over a tiny random model: what holds for any weights must hold for these."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ReaderUnavailable
from index.reader import Reader, Reading, load_reader
from index.reader.spans import read_windows
from index.reader.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    assert all(len(part.ids) <= WINDOW for part in windows(tokenizer, QUESTION, PASSAGES[4], PASSAGES[0], PASSAGES[2]))


def test_a_window_is_the_question_the_title_the_lede_and_the_passage(folder: Path) -> None:
    from tokenizers import Tokenizer

    from index.reader.windows import encode, plain, windows

    tokenizer = plain(Tokenizer.from_file(str(folder / "tokenizer.json")))
    question, title, lede = (
        "how many " * 20,
        "Rangers come to Beeton " * 3,
        "The town of Beeton asked for rangers. " * 5,
    )
    for asked, headed, above in ((question, title, lede), (question * 10, title * 10, lede * 10)):
        (part,) = windows(tokenizer, asked, PASSAGES[0], headed, above)
        start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
        passage = encode(tokenizer, PASSAGES[0])
        head = [start, *encode(tokenizer, asked).ids[:64], end]
        over = [*encode(tokenizer, headed).ids[:32], *encode(tokenizer, above).ids[:64]]
        assert part.ids == [*head, *over, *passage.ids, end]
        assert part.types == [0] * len(head) + [1] * (len(part.ids) - len(head))
        assert part.first == len(head) + len(over) and part.offsets == passage.offsets


WORDS = " ".join(f"word{n:02}" for n in range(40))


def marked(starts: dict[int, float], ends: dict[int, float], null: float = 0.0) -> tuple[Window, NDArray[np.float32]]:
    """A window over the WORDS, a token each, with these logits; -9 everywhere else, and half of `null` twice at [CLS]."""
    offsets = [(7 * i, 7 * i + 6) for i in range(40)]
    logits = np.full((3 + 40 + 1, 2), -9.0, dtype=np.float32)
    logits[0] = null / 2
    for column, scores in enumerate((starts, ends)):
        for token, score in scores.items():
            logits[3 + token, column] = score
    return Window([0] * 44, [0] * 44, 3, offsets), logits


def read(*parts: tuple[Window, NDArray[np.float32]], count: int = 5) -> list[tuple[str, float]]:
    found = read_windows(WORDS, [w for w, _ in parts], [marks for _, marks in parts], count)
    return [(WORDS[r.start : r.end], round(r.score, 3)) for r in found]


@pytest.mark.parametrize(
    ("first", "last", "score"),
    [(2, 2, 6.0), (2, 7, 6.0), (2, 8, 5.85), (2, 31, 2.4)],
)
def test_a_span_scores_by_its_ends_less_no_answer_and_its_length(first: int, last: int, score: float) -> None:
    words = WORDS.split()
    assert read(marked({first: 5.0}, {last: 4.0}, null=3.0), count=1) == [(" ".join(words[first : last + 1]), score)]


@pytest.mark.parametrize(("first", "last"), [(2, 32), (7, 2)])
def test_no_span_is_longer_than_thirty_tokens_or_ends_before_it_begins(first: int, last: int) -> None:
    words = WORDS.split()
    ((span, score),) = read(marked({first: 5.0}, {last: 6.0, first: 1.0}), count=1)
    assert (span, score) == (words[first], 6.0)


def test_spans_come_best_first_each_once_and_of_equals_the_earlier_and_shorter() -> None:
    one = marked({4: 3.0, 8: 3.0}, {4: 2.0, 5: 2.0, 8: 2.0})
    better = marked({4: 4.0, 20: 6.0}, {4: 2.0, 20: 2.0})
    assert read(one, count=3) == [("word04", 5.0), ("word04 word05", 5.0), ("word04 word05 word06 word07 word08", 5.0)]
    assert read(one, better, count=4) == read(better, one, count=4)
    assert read(one, better, count=3) == [("word20", 8.0), ("word04", 6.0), ("word04 word05", 5.0)]


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
