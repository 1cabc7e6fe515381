"""Training plays the exported file's int8 arithmetic, and can start from an exported file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch

from index.base_model import base_folder
from index.errors import ReaderUnavailable
from index.reader import load_reader
from index.reader.export import write_reader
from index.reader.network import tiny_network
from index.reader.quantising import Average, average_with, exported_weights, play_int8, rounded, start_from
from index.reader.scoring import score
from index.reader.train import main
from index.reader.training import TorchReader
from index.reader.windows import plain
from tests.training_fixtures import made_examples


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, torch.Tensor], Path]:
    """A random tiny network's weights, and the folder it was exported to."""
    torch.manual_seed(7)
    network = tiny_network(30522)
    with torch.no_grad():  # the exporter stores equal tensors once, and a new network has many: no trained one does
        for weight in network.parameters():
            weight.add_(0.02 * torch.randn_like(weight))
    folder = tmp_path_factory.mktemp("exported")
    write_reader(network, base_folder() / "tokenizer.json", folder)
    return {name: weight.detach().clone() for name, weight in network.state_dict().items()}, folder


def test_weights_are_rounded_as_the_export_rounds_them(exported: tuple[dict[str, torch.Tensor], Path]) -> None:
    weights, folder = exported
    stored = exported_weights((folder / "reader.onnx").read_bytes())
    assert set(stored) == set(weights)
    linear = [name for name in weights if name.endswith(("query.weight", "dense.weight", "span.weight"))]
    assert len(linear) == 9
    for name in linear:
        assert torch.allclose(rounded(weights[name]), stored[name], atol=1e-7), name
        assert not torch.equal(weights[name], stored[name])
    assert torch.equal(weights["span.bias"], stored["span.bias"])


def test_a_network_started_from_an_export_reads_as_it_does(exported: tuple[dict[str, torch.Tensor], Path]) -> None:
    from tokenizers import Tokenizer

    _, folder = exported
    network = tiny_network(30522)
    start_from(network, folder)
    tokenizer = plain(Tokenizer.from_file(str(folder / "tokenizer.json")))
    question, passage = "Who is the mayor?", made_examples()[0].context
    (file,) = load_reader(folder).read(question, [passage], spans=1)
    (started,) = TorchReader(network.eval(), tokenizer).read(question, [passage], spans=1)
    assert (file[0].start, file[0].end) == (started[0].start, started[0].end)
    assert file[0].score == pytest.approx(started[0].score, abs=0.05)
    examples = made_examples()
    assert score(TorchReader(network, tokenizer), examples).f1 == pytest.approx(
        score(load_reader(folder), examples).f1, abs=0.1
    )


def test_gradients_pass_through_the_rounding() -> None:
    torch.manual_seed(1)
    layer = torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.Linear(8, 3))
    states = torch.randn(4, 8, requires_grad=True)
    plainly = layer(states)
    plainly.sum().backward()
    wanted = states.grad
    states.grad = None
    play_int8(layer)
    played = layer(states)
    assert not torch.equal(played, plainly) and torch.allclose(played, plainly, atol=0.1)
    played.sum().backward()
    assert states.grad is not None and wanted is not None and torch.allclose(states.grad, wanted, atol=1e-6)


def test_there_must_be_a_reader_of_that_shape_to_start_from(
    exported: tuple[dict[str, torch.Tensor], Path], tmp_path: Path
) -> None:
    with pytest.raises(ReaderUnavailable, match="missing"):
        start_from(tiny_network(30522), tmp_path)
    other = tmp_path / "other"
    shutil.copytree(exported[1], other)
    with pytest.raises(ReaderUnavailable, match="export one first"):
        start_from(torch.nn.Linear(2, 2), other)


@pytest.mark.parametrize("share", [0.5, 0.35])
def test_the_mean_of_two_readers_lies_between_them(
    exported: tuple[dict[str, torch.Tensor], Path], share: float
) -> None:
    _, folder = exported
    started = exported_weights((folder / "reader.onnx").read_bytes())
    torch.manual_seed(9)
    network = tiny_network(30522)
    trained = {name: weight.detach().clone() for name, weight in network.named_parameters()}
    average_with(network, Average(folder, share))
    for name, weight in network.named_parameters():
        mean = (1 - share) * trained[name] + share * started[name]
        words = name.endswith("word_embeddings.weight")
        assert torch.allclose(weight, trained[name] if words else mean, atol=1e-6), name
    with pytest.raises(ReaderUnavailable, match="export one first"):
        average_with(torch.nn.Linear(2, 2), Average(folder, share))


def test_averaging_asks_for_what_to_average_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", "none.jsonl", "--out", "none", "--average"]) == 2
    assert "--start-from" in capsys.readouterr().err
    assert main(["--data", "none.jsonl", "--out", "none", "--average-with", "other"]) == 2
    assert "give --average too" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--data", "none.jsonl", "--out", "none", "--start-from", "other", "--average", "2"])
    assert "from 0 to 1" in capsys.readouterr().err
