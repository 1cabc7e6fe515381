"""Training as the owner runs it, on a tiny random model: passes, checkpoints, resuming, exporting."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from index.base_model import base_folder
from index.reader import load_reader
from index.reader.export import export_network
from index.reader.negatives import Mixer, Recipe
from index.reader.network import tiny_network
from index.reader.scoring import score
from index.reader.train import main
from index.reader.training import Run, Settings, TrainingError, rate_at, train
from index.reader.windows import plain
from tests.training_fixtures import made_examples


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
