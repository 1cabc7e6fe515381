"""Score a reader: `python -m index.reader.score --data FILE... [--folder FOLDER] [--half fit|report|all]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from index.errors import NutgrafError
from index.reader import SHIPPED, Reader, load_reader


def main(argv: Sequence[str] | None = None) -> int:
    """The command: each passage is read as at run time. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m index.reader.score", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="SQuAD JSON or JSON lines (.gz)")
    parser.add_argument("--folder", type=Path, default=SHIPPED, help="the reader's folder (default: the shipped one)")
    parser.add_argument("--checkpoint", type=Path, help="score a training run's float32 weights instead")
    parser.add_argument("--half", choices=["fit", "report", "all"], default="all", help="documents by their hash")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth question only")
    arguments = parser.parse_args(argv)
    try:
        _score(arguments)
    except NutgrafError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _score(arguments: argparse.Namespace) -> None:
    from index.reader.examples import half, read_examples
    from index.reader.scoring import score

    examples = [row for path in arguments.data for row in half(read_examples(path), arguments.half)]
    reader = _float32(arguments.checkpoint) if arguments.checkpoint else load_reader(arguments.folder)
    result = score(reader, examples[:: arguments.every])
    print(f"{reader.name}: {result}")
    for source, (f1, exact, count) in result.by_source.items():
        print(f"  {source:24} F1 {f1:.4f}  EM {exact:.4f}  {count} questions")


def _float32(checkpoint: Path) -> Reader:
    from tokenizers import Tokenizer

    from index.base_model import base_folder
    from index.reader.export import trained_network
    from index.reader.training import TorchReader
    from index.reader.windows import plain

    tokenizer = plain(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    return TorchReader(trained_network(checkpoint), tokenizer, f"{checkpoint} in float32")


if __name__ == "__main__":
    sys.exit(main())
