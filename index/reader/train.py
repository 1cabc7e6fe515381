"""Train a reader: `python -m index.reader.train --data FILE... --out FOLDER --epochs N`. See `--help`."""

from __future__ import annotations

import argparse
import contextlib
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import NutgrafError

if TYPE_CHECKING:
    from index.reader.examples import Example


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m index.reader.train", description=__doc__)
    parser.add_argument(
        "--data",
        nargs="+",
        required=True,
        metavar="FILE[:N]",
        help="what to train on, N questions of it: SQuAD JSON, JSON lines, reports as text (.gz)",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint and of the exported reader")
    parser.add_argument(
        "--epochs", type=int, default=3, help="passes over the data; the learning rate falls to 0 by then"
    )
    parser.add_argument("--dev", type=Path, help="file to score on: rows with a document on its even half only")
    parser.add_argument("--dev-questions", type=int, default=600, help="how many of them are scored on the way")
    parser.add_argument(
        "--start-from",
        type=Path,
        metavar="FOLDER",
        help="begin with an exported reader's weights, not the base model's",
    )
    parser.add_argument(
        "--average",
        type=_share,
        nargs="?",
        const=0.5,
        metavar="SHARE",
        help="export a mean of the trained weights and, to this share (0.5), those started from",
    )
    parser.add_argument(
        "--average-with", type=Path, metavar="FOLDER", help="with --average: the exported reader to take the share from"
    )
    parser.add_argument("--stop-after", type=float, metavar="MINUTES", help="save and stop after so long")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--force", action="store_true", help="export even what scores below the shipped reader")
    parser.add_argument(
        "--together", type=int, default=1, metavar="N", help="normalise N passages of one question together"
    )
    parser.add_argument("--questions", type=int, metavar="N", help="take at most N questions in one pass")
    parser.add_argument(
        "--freeze", type=int, default=0, metavar="N", help="leave the lowest N layers as they are; trains faster"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-4, help="peak learning rate")
    parser.add_argument("--tokens", type=int, default=4096, help="tokens of a batch")
    parser.add_argument("--threads", type=int, help="threads of a CPU (default: all)")
    return parser.parse_args(argv)


def _share(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0 <= (share := float(text)) <= 1:
            return share
    raise argparse.ArgumentTypeError(f"{text} is no share; give a number from 0 to 1")


def main(argv: Sequence[str] | None = None) -> int:
    """The command. Returns the exit code."""
    arguments = _arguments(argv)
    if arguments.average is not None and not (arguments.average_with or arguments.start_from):
        print(
            "--average needs the weights to average with: give --start-from or --average-with FOLDER too.",
            file=sys.stderr,
        )
        return 2
    if arguments.average is None and arguments.average_with:
        print("--average-with does nothing alone: give --average too.", file=sys.stderr)
        return 2
    try:
        _train(arguments)
    except NutgrafError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _taken(source: str) -> list[Example]:
    """The examples of FILE, or N of them drawn at random for FILE:N, always the same ones."""
    from index.reader.examples import read_examples

    name, colon, count = source.rpartition(":")
    if not colon or not count.isdecimal():
        return read_examples(Path(source))
    rows = read_examples(Path(name))
    return random.Random(0).sample(rows, min(len(rows), int(count)))


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)


def _train(arguments: argparse.Namespace) -> None:
    import torch
    from tokenizers import Tokenizer

    from index.base_model import base_folder
    from index.reader.examples import half, read_examples
    from index.reader.export import export
    from index.reader.negatives import Mixer, Recipe
    from index.reader.network import load_network
    from index.reader.quantising import Average, start_from
    from index.reader.scoring import score
    from index.reader.training import Run, Settings, TorchReader, precision, train
    from index.reader.windows import plain

    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    examples = [row for source in arguments.data for row in _taken(source)]
    dev = half(read_examples(arguments.dev), "fit") if arguments.dev else []
    sample = random.Random(0).sample(dev, min(len(dev), arguments.dev_questions))
    _say(f"{len(examples):,} questions to train on, {len(dev):,} to score on")
    arguments.out.mkdir(parents=True, exist_ok=True)
    folder = base_folder()
    tokenizer = plain(Tokenizer.from_file(str(folder / "tokenizer.json")))
    torch.manual_seed(arguments.seed)
    settings = Settings(
        epochs=arguments.epochs,
        seed=arguments.seed,
        rate=arguments.rate,
        tokens=arguments.tokens,
        together=arguments.together,
        questions=arguments.questions,
        frozen=arguments.freeze,
    )
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    # Measured, without dropout: written-out attention trains a third faster in bfloat16 on a CPU, the fused kernel in float32.
    network = load_network(folder, attention="eager" if precision(device) == torch.bfloat16 else "sdpa")
    if arguments.start_from:
        start_from(network, arguments.start_from)
    run = Run(network, tokenizer, Mixer(examples, Recipe()), settings, device)
    checkpoint = arguments.out / "checkpoint.pt"
    if arguments.resume:
        run.resume(checkpoint)

    began = time.monotonic()
    told: list[int] = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, frame: told.append(number))

    def stop() -> bool:
        late = arguments.stop_after is not None and time.monotonic() - began > arguments.stop_after * 60
        return late or bool(told)

    def develop() -> str:
        run.network.eval()
        line = str(score(TorchReader(run.network, tokenizer), sample)) if sample else "no --dev file to score on"
        run.network.train()
        return line

    if not run.finished:
        _say(f"{len(run.rows()):,} steps a pass on {device.type}, {next(run.network.parameters()).dtype}")
    train(run, checkpoint, stop=stop, develop=develop, say=_say)
    if not run.finished:
        _say(f"stopped after pass {run.epoch}, step {run.step}; go on with --resume")
        return
    average = None
    if arguments.average is not None:
        average = Average(arguments.average_with or arguments.start_from, arguments.average)
    _say(export(checkpoint, arguments.out / "reader", dev, average=average, force=arguments.force))


if __name__ == "__main__":
    sys.exit(main())
