"""Milliseconds to read ten passages of 160 tokens: the int8 reader against the same network in torch float32.

`python -m tests.benchmarks.reader [--folder FOLDER] [--checkpoint FILE]`. Both read the same windows in one run, with
two threads. Without a checkpoint torch computes with the base model's weights: the time is that of the same network.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from index.reader import SHIPPED, load_reader

QUESTION = "How many people were moved from the valley before the river rose?"
SENTENCE = (
    "On day {n} the town of Arbor counted {m} boats, {k} carts and a few people who had come over the old bridge. "
)


def passages(tokenizer: object, count: int = 10, tokens: int = 160) -> list[str]:
    """Different texts whose window with the question has about `tokens` tokens."""
    from index.reader.windows import windows

    made = []
    for number in range(count):
        text = ""
        while True:
            longer = text + SENTENCE.format(n=number + len(text), m=number * 7 + 30, k=len(text) + 11)
            (window,) = windows(tokenizer, QUESTION, longer)  # type: ignore[arg-type]
            if len(window.ids) > tokens:
                break
            text = longer
        words = longer.split(" ")
        while len(next(windows(tokenizer, QUESTION, " ".join(words))).ids) > tokens:  # type: ignore[arg-type]
            words.pop()
        made.append(" ".join(words))
    return made


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """The median of so many runs after two to warm up."""
    times = []
    for turn in range(repeats + 2):
        began = time.perf_counter()
        work()
        if turn >= 2:
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=SHIPPED)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--repeats", type=int, default=15)
    arguments = parser.parse_args()

    import torch
    from tokenizers import Tokenizer

    from index.base_model import base_folder
    from index.reader.export import trained_network
    from index.reader.network import load_network
    from index.reader.training import TorchReader
    from index.reader.windows import plain

    torch.set_num_threads(2)
    tokenizer = plain(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    texts = passages(tokenizer)
    network = trained_network(arguments.checkpoint) if arguments.checkpoint else load_network(base_folder()).eval()
    slow, quick = TorchReader(network, tokenizer), load_reader(arguments.folder)
    # By turns, so that whatever else the machine does slows both.
    rounds = [
        (median_ms(lambda: slow.read(QUESTION, texts), 3), median_ms(lambda: quick.read(QUESTION, texts), 3))
        for _ in range(max(1, arguments.repeats // 3))
    ]
    torch_ms, onnx_ms = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(
        f"10 passages of 160 tokens: torch float32 {torch_ms:.0f} ms, ONNX int8 {onnx_ms:.0f} ms: {torch_ms / onnx_ms:.1f}x"
    )


if __name__ == "__main__":
    main()
