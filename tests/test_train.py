"""Training as the owner runs it, on a tiny random model: passes, checkpoints, resuming, exporting."""

from __future__ import annotations

import gzip
import json
import math
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from index.reader import load_reader
from index.reader.base import base_folder
from index.reader.examples import BadExamples, Example, Gold, half, read_examples
from index.reader.export import export_network
from index.reader.features import batches, collate, feature, shares
from index.reader.negatives import Mixer, Recipe, without_answer
from index.reader.network import IMPOSSIBLE, span_loss, tiny_network
from index.reader.scoring import exact, f1, normalise, score
from index.reader.train import main
from index.reader.training import Run, Settings, TrainingError, rate_at, train
from index.reader.windows import plain

PLACES = [
    "Arbor",
    "Bellmont",
    "Cairnhill",
    "Dunmore",
    "Eastbay",
    "Farrow",
    "Glenport",
    "Highfield",
    "Inverley",
    "Jasper",
]


def made_examples() -> list[Example]:
    """Forty questions on ten short reports that look alike."""
    rows = []
    for number, place in enumerate(PLACES):
        context = (
            f"The council of {place} met on Tuesday. It will spend {number + 11} million dollars on the harbour. "
            f"Mayor Ada {place}son said that {number + 200} people had written to her. No one spoke against it."
        )
        for question, answer in (
            (f"How much will {place} spend on the harbour?", f"{number + 11} million dollars"),
            (f"Who is the mayor of {place}?", f"Ada {place}son"),
            (f"How many people wrote to the mayor of {place}?", str(number + 200)),
            (f"When did the council of {place} meet?", "Tuesday"),
        ):
            rows.append(Example(question, context, (Gold(answer, context.index(answer)),), "made", place))
    return rows


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Threads only cost time on matrices this small."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return plain(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))


@pytest.fixture(scope="module")
def mixer() -> Mixer:
    return Mixer(made_examples(), Recipe())


def new_run(
    tokenizer: Tokenizer, mixer: Mixer, epochs: int = 2, seed: int = 5, rate: float = 1e-3, together: int = 1
) -> Run:
    torch.manual_seed(3)
    settings = Settings(epochs=epochs, seed=seed, rate=rate, tokens=600, together=together)
    return Run(tiny_network(30522), tokenizer, mixer, settings, torch.device("cpu"))


def weights(run: Run) -> list[torch.Tensor]:
    return [weight.detach().clone() for weight in run.weights.values()]


def quietly(run: Run, path: Path, steps: int | None = None, save_every: float = 1e9) -> list[str]:
    """Train for so many steps (default: to the end)."""
    said: list[str] = []
    left = iter(range(steps if steps is not None else 10**9))
    train(
        run,
        path,
        stop=lambda: next(left, None) is None,
        develop=lambda: "developed",
        say=said.append,
        save_every=save_every,
    )
    return said


@pytest.mark.parametrize("together", [1, 3])
def test_a_resumed_run_equals_the_unbroken_one(
    tokenizer: Tokenizer, mixer: Mixer, tmp_path: Path, together: int
) -> None:
    unbroken = new_run(tokenizer, mixer, together=together)
    quietly(unbroken, tmp_path / "unbroken.pt")
    assert unbroken.finished

    checkpoint = tmp_path / "broken.pt"
    first = len(new_run(tokenizer, mixer, together=together).rows())
    quietly(new_run(tokenizer, mixer, together=together), checkpoint, steps=3)
    for steps in (first - 1, None):  # across the border of two passes, then to the end
        torch.manual_seed(random.randrange(1000))
        run = new_run(tokenizer, mixer, together=together)
        run.resume(checkpoint)
        quietly(run, checkpoint, steps)
    assert run.finished
    assert all(torch.equal(one, other) for one, other in zip(weights(unbroken), weights(run), strict=True))


@pytest.fixture(scope="module")
def trained(tokenizer: Tokenizer, mixer: Mixer) -> tuple[Run, list[float]]:
    """A finished run of a tiny network, and its mean loss in each pass."""
    run = new_run(tokenizer, mixer, epochs=14, rate=3e-3)
    losses: dict[int, list[float]] = {}
    while not run.finished:
        losses.setdefault(run.epoch, []).append(run.advance()[0])
    return run, [sum(steps) / len(steps) for steps in losses.values()]


def test_training_learns_and_leaves_the_word_vectors_alone(trained: tuple[Run, list[float]]) -> None:
    run, losses = trained
    assert losses[-1] < 0.85 * losses[0]
    torch.manual_seed(3)
    untrained = tiny_network(30522).encoder.embeddings
    live = run.network.encoder.embeddings
    assert torch.equal(live.word_embeddings.weight, untrained.word_embeddings.weight.to(live.word_embeddings.weight))
    assert not torch.equal(
        live.position_embeddings.weight, untrained.position_embeddings.weight.to(live.position_embeddings.weight)
    )


def test_frozen_layers_stay_and_are_saved_with_the_rest(tokenizer: Tokenizer, mixer: Mixer, tmp_path: Path) -> None:
    torch.manual_seed(3)
    settings = Settings(epochs=1, tokens=600, rate=1e-3, frozen=1)
    run = Run(tiny_network(30522), tokenizer, mixer, settings, torch.device("cpu"))
    before = {name: weight.detach().clone() for name, weight in run.weights.items()}
    quietly(run, tmp_path / "run.pt", steps=4)
    saved = torch.load(tmp_path / "run.pt", weights_only=True)["weights"]
    assert saved.keys() == before.keys()
    moved = {name for name, weight in saved.items() if not torch.equal(weight, before[name])}
    assert moved == {name for name in before if ".layer.1." in name or name.startswith("span.")}


def test_checkpoints_and_scores_come_at_intervals(tokenizer: Tokenizer, mixer: Mixer, tmp_path: Path) -> None:
    said = quietly(new_run(tokenizer, mixer), tmp_path / "run.pt", steps=2, save_every=0.0)
    assert said == ["developed", "developed"]


def test_a_checkpoint_of_other_data_or_settings_is_refused(tokenizer: Tokenizer, mixer: Mixer, tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    with pytest.raises(TrainingError, match="no usable checkpoint"):
        new_run(tokenizer, mixer).resume(path)
    quietly(new_run(tokenizer, mixer), path, steps=1)
    with pytest.raises(TrainingError, match="other data or settings"):
        new_run(tokenizer, mixer, seed=6).resume(path)
    with pytest.raises(TrainingError, match="other data or settings"):
        new_run(tokenizer, Mixer(made_examples()[1:], Recipe())).resume(path)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(TrainingError, match="no usable checkpoint"):
        new_run(tokenizer, mixer).resume(path)
    quietly(new_run(tokenizer, mixer), path, steps=1)
    longer = new_run(tokenizer, mixer, epochs=5)
    longer.resume(path)
    assert (longer.epoch, longer.step) == (0, 1)


def test_the_rate_follows_the_steps_alone() -> None:
    settings = Settings(rate=1.0, warmup=0.1)
    assert [round(rate_at(settings, at), 3) for at in (0, 0.05, 0.1, 0.55, 1.0)] == [0, 0.5, 1.0, 0.5, 0.0]


def test_a_pass_is_drawn_anew_and_repeatably(mixer: Mixer) -> None:
    assert mixer.epoch(1, 0) == Mixer(made_examples(), Recipe()).epoch(1, 0)
    assert mixer.epoch(1, 0) != mixer.epoch(1, 1) != mixer.epoch(2, 1)


def test_answers_stand_where_they_should_and_negatives_lack_them(mixer: Mixer) -> None:
    known = {row.question.rstrip("? "): row for row in made_examples()}
    negatives = 0
    for number in range(6):
        for (row,) in mixer.epoch(4, number):
            assert all(row.context[gold.start : gold.start + len(gold.text)] == gold.text for gold in row.answers)
            asked = known.get(row.question.rstrip("? "))
            if not row.answers and asked:
                negatives += 1
                context = f" {normalise(row.context)} "
                answered = f" {normalise(asked.answers[0].text)} " in context
                assert not (answered and f" {normalise(asked.document)} " in context)
    assert negatives > 20


def test_an_example_without_its_answers_sentence() -> None:
    row = made_examples()[0]
    bare = without_answer(row)
    assert bare is not None
    assert "million" not in bare.context
    assert "met on Tuesday. Mayor" in bare.context
    assert without_answer(Example("Who?", "Only Ada came.", (Gold("Ada", 5),))) is None


def test_annotators_count_as_far_as_others_agree() -> None:
    assert shares(["9 May", "9 May", "nobody"]) == pytest.approx([4 / 9, 4 / 9, 1 / 9])
    assert shares(["the", "a"]) == [0.5, 0.5]
    assert sum(shares(["the town of Arbor", "Arbor", "town"])) == pytest.approx(1)


def test_a_row_marks_the_answers_tokens(tokenizer: Tokenizer) -> None:
    row = made_examples()[1]
    made = feature(tokenizer, row, random.Random(0))
    ((start, end, share),) = made.spans
    assert share == 1.0
    assert tokenizer.decode(made.ids[start : end + 1]) == "ada arborson"


def test_a_title_is_read_and_never_marked(tokenizer: Tokenizer) -> None:
    row = replace(made_examples()[1], title="Ada Arborson is the mayor of Arbor")
    made, bare = feature(tokenizer, row, random.Random(0)), feature(tokenizer, made_examples()[1], random.Random(0))
    more = len(tokenizer.encode(row.title, add_special_tokens=False).ids)
    assert (made.second, made.first) == (bare.second, bare.first + more) and bare.first == bare.second
    assert tokenizer.decode(made.ids[made.second : made.first]) == row.title.lower()
    ((start, end, _),) = made.spans
    assert start >= made.first and tokenizer.decode(made.ids[start : end + 1]) == "ada arborson"
    batch = collate([[made]])
    assert batch.types[0].tolist() == [0] * made.second + [1] * (len(made.ids) - made.second)
    assert batch.allowed[0].nonzero().flatten().tolist() == [0, *range(made.first, len(made.ids) - 1)]


def test_a_long_row_is_cut_around_its_answer(tokenizer: Tokenizer) -> None:
    filler = "Nothing else was said that day. " * 90
    context = f"{filler}The mayor is Ada Arborson. {filler}"
    row = Example("Who is the mayor?", context, (Gold("Ada Arborson", context.index("Ada")),))
    for seed in range(8):
        made = feature(tokenizer, row, random.Random(seed), length=100)
        ((start, end, _),) = made.spans
        assert len(made.ids) <= 100
        assert tokenizer.decode(made.ids[start : end + 1]) == "ada arborson"
    nothing = feature(tokenizer, Example("Who?", context, ()), random.Random(0), length=100)
    assert nothing.spans == [(0, 0, 1.0)]


def test_batches_hold_every_row_within_their_tokens(tokenizer: Tokenizer) -> None:
    rows = [feature(tokenizer, row, random.Random(1)) for row in made_examples()]
    for size in (1, 2):
        groups = [rows[at : at + size] for at in range(0, len(rows), size)]
        made = batches(groups, 300, random.Random(2))
        assert sorted(id(row) for part in made for group in part for row in group) == sorted(map(id, rows))
        assert all(sum(map(len, part)) * max(len(row.ids) for group in part for row in group) <= 300 for part in made)
        assert len(batches(groups, 1, random.Random(2))) == len(groups)


def test_the_loss_is_that_of_the_spans_borders(tokenizer: Tokenizer) -> None:
    rows = [feature(tokenizer, row, random.Random(1)) for row in made_examples()[:3]]
    batch = collate([[row] for row in rows])
    logits = torch.randn(*batch.ids.shape, 2)
    expected = 0.0
    for place, row in enumerate(rows):
        seen = [0, *range(row.first, len(row.ids) - 1)]
        for side in (0, 1):
            expected -= logits[place, seen, side].log_softmax(0)[seen.index(row.spans[0][side])].item() / 6
    assert span_loss(logits, batch.allowed, batch.targets).item() == pytest.approx(expected, rel=1e-5)
    assert span_loss(batch.targets * -IMPOSSIBLE, batch.allowed, batch.targets).item() == pytest.approx(0)


def test_passages_of_one_question_are_normalised_together(tokenizer: Tokenizer) -> None:
    rows = [feature(tokenizer, row, random.Random(1)) for row in made_examples()[:3]]
    rows[2] = replace(rows[2], spans=[(0, 0, 1.0)])
    batch = collate([rows[:1], rows[1:]])
    assert batch.groups.tolist() == [0, 1, 1]
    logits = torch.randn(*batch.ids.shape, 2)
    alone = span_loss(logits[:1], batch.allowed[:1], batch.targets[:1]).item()
    expected = 0.0
    for side in (0, 1):
        over_null = [
            (logits[place, token, side] - logits[place, 0, side]).item()
            for place in (1, 2)
            for token in range(rows[place].first, len(rows[place].ids) - 1)
        ]
        answer = over_null[rows[1].spans[0][side] - rows[1].first]
        expected += math.log(1 + sum(map(math.exp, over_null))) - answer
    found = span_loss(logits, batch.allowed, batch.targets, batch.groups).item()
    assert found == pytest.approx((alone + expected / 2) / 2, rel=1e-5)
    apart = span_loss(logits, batch.allowed, batch.targets, torch.arange(3)).item()
    assert apart == pytest.approx(span_loss(logits, batch.allowed, batch.targets).item(), rel=1e-5)


def test_files_of_either_kind_hold_the_same(tmp_path: Path) -> None:
    rows = made_examples()
    lines = tmp_path / "made.jsonl.gz"
    with gzip.open(lines, "wt", encoding="utf-8") as file:
        for row in rows:
            answers = [{"text": gold.text, "answer_start": gold.start} for gold in row.answers]
            file.write(json.dumps({"question": row.question, "context": row.context, "answers": answers}) + "\n")
    squad = tmp_path / "made.json"
    documents = []
    for place in PLACES:
        mine = [row for row in rows if row.document == place]
        asked = [
            {"question": r.question, "answers": [{"text": g.text, "answer_start": g.start} for g in r.answers]}
            for r in mine
        ]
        asked.append({"question": "Who left?", "answers": [], "is_impossible": True, "plausible_answers": []})
        documents.append({"title": place, "paragraphs": [{"context": mine[0].context, "qas": asked}]})
    squad.write_text(json.dumps({"version": "v2.0", "data": documents}), encoding="utf-8")
    assert [row.question for row in read_examples(lines)] == [row.question for row in rows]
    assert [(row.question, row.answers) for row in read_examples(squad) if row.answers] == [
        (row.question, row.answers) for row in rows
    ]
    parts = [half(read_examples(squad), which) for which in ("fit", "report")]
    assert all(parts) and sum(map(len, parts)) == 50
    assert not {row.document for row in parts[0]} & {row.document for row in parts[1]}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.json", "nonsense", "neither SQuAD JSON nor"),
        ("x.json", "{}", "neither SQuAD JSON nor"),
        ("x.jsonl", '{"question": "Who?"}', "neither SQuAD JSON nor"),
        ("x.jsonl", "", "no question"),
        ("x.jsonl.gz", "not gzip", "cannot be read"),
        (
            "x.jsonl",
            '{"question": "Who?", "context": "Ada came.", "answers": [{"text": "Ada", "answer_start": 4}]}',
            "is not at character 4",
        ),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(BadExamples, match=message):
        read_examples(tmp_path / name)
    assert main(["--data", str(tmp_path / name), "--out", str(tmp_path / "out"), "--epochs", "1"]) == 1
    assert message in capsys.readouterr().err


def test_scores_are_those_of_squad() -> None:
    assert normalise("The  “U.S.” dollar!") == "“us” dollar"
    assert exact("the Red Cross", ["red cross."]) == 1.0
    assert exact("Cross", ["red cross"]) == 0.0
    assert f1("Ana Ruiz", ["mayor Ana Ruiz", "no one"]) == pytest.approx(0.8)
    assert f1("", ["Ruiz"]) == 0.0


def test_an_export_must_not_score_below_what_is_shipped(trained: tuple[Run, list[float]], tmp_path: Path) -> None:
    """A trained tiny network ships; a random one is refused then, and leaves the folder as it is."""
    examples = made_examples()
    vocabulary = base_folder() / "tokenizer.json"
    network = tiny_network(30522)
    network.load_state_dict({name: value.float() for name, value in trained[0].network.state_dict().items()})
    shipped, other = tmp_path / "shipped", tmp_path / "other"
    export_network(network, vocabulary, shipped, examples, shipped=tmp_path / "none")
    good = score(load_reader(shipped), examples)
    assert good.f1 > 0.3
    assert json.loads((shipped / "manifest.json").read_text())["results"]["f1"] == pytest.approx(good.f1, abs=1e-3)

    random_network = tiny_network(30522)
    with pytest.raises(TrainingError, match="below the shipped"):
        export_network(random_network, vocabulary, other, examples, shipped=shipped)
    assert not other.exists()
    export_network(random_network, vocabulary, other, examples, shipped=shipped, force=True)
    assert score(load_reader(other), examples).f1 < good.f1


def test_the_command_trains_stops_resumes_and_exports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from index.reader import export, network

    monkeypatch.setattr(network, "load_network", lambda folder, **settings: tiny_network(30522))
    monkeypatch.setattr(export, "load_network", lambda folder, **settings: tiny_network(30522))
    monkeypatch.setattr(export, "SHIPPED", tmp_path / "nothing-shipped")
    data = tmp_path / "made.jsonl"
    with data.open("w", encoding="utf-8") as file:
        for row in made_examples():
            answers = [{"text": gold.text, "answer_start": gold.start} for gold in row.answers]
            file.write(json.dumps({"question": row.question, "context": row.context, "answers": answers}) + "\n")
    command = ["--data", str(data), "--dev", str(data), "--out", str(tmp_path / "out"), "--epochs", "2"]
    assert main([*command, "--stop-after", "0"]) == 0
    assert "go on with --resume" in capsys.readouterr().out
    assert not (tmp_path / "out" / "reader").exists()
    assert main([*command, "--resume"]) == 0
    assert "F1" in capsys.readouterr().out
    assert load_reader(tmp_path / "out" / "reader").read("Who is the mayor of Arbor?", [made_examples()[0].context])
