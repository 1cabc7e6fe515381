"""Speed and size of the archive: `python -m tests.benchmarks.archive [adding|searching|asking] [--passages N]`.

Each number stands beside its alternative, measured in the same run. Leave the machine otherwise idle.
"""

from __future__ import annotations

import argparse
import gc
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import numpy as np

from index import Archive, Article, Encoder, How, SentenceEncoder, adding, samples
from index.answering.stories import signature
from index.evaluation import read_questions
from index.rows import NewArticle, NewPassage, article_hash
from tests.benchmarks.retrieval import SAMPLE_QUESTIONS

DIMENSION = 384


class NoEncoder:
    """Random directions, the same for the same text: what is measured here is everything but the model."""

    name, fingerprint, dimension = "random", "random", DIMENSION

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = [
            np.random.default_rng(abs(hash(text)) % 2**32).standard_normal(DIMENSION, dtype=np.float32)
            for text in texts
        ]
        vectors = np.stack(rows) if rows else np.zeros((0, DIMENSION), np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Timed:
    """An encoder that knows how long it has worked, in seconds."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name, self.fingerprint, self.dimension = encoder.name, encoder.fingerprint, encoder.dimension
        self.seconds = 0.0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        started = perf_counter()
        try:
            return self.encoder.encode(texts)
        finally:
            self.seconds += perf_counter() - started


def invented(count: int, seed: int = 0) -> Iterator[Article]:
    """Articles of about six passages whose words are as common as in the samples, with a long tail of rare ones."""
    source = random.Random(seed)
    counted = Counter(re.findall(r"[\w’]+", " ".join(article.text for article in samples())))
    words = [
        *counted,
        *(f"{a}{b}{n}" for n in range(60) for a in ("bar", "mol", "ten", "kir") for b in ("ford", "by", "stead", "a")),
    ]
    weights = [*counted.values(), *[0.4] * (len(words) - len(counted))]
    for number in range(count):
        drawn = source.choices(words, weights, k=750)
        sentences = (" ".join(drawn[at : at + 18]).capitalize() + "." for at in range(0, 750, 18))
        yield Article(" ".join(sentences), title=" ".join(source.choices(words, weights, k=6)), id=f"{seed}-{number}")


def adding_speed(passages: int) -> None:
    """Passages a second, and a question, against plain `SentenceTransformer.encode` in float32; the rest; re-adding."""
    import torch
    from sentence_transformers import SentenceTransformer

    articles = list(invented(max(passages // 6, 1)))
    model = SentenceEncoder()
    ours = Timed(model)
    ours.encode(["ready"])
    plain = SentenceTransformer(model._location(), device="cpu")
    texts = [adding.encoded_text(a.title, a.text[c.start : c.end]) for a in articles for c in adding.cut(a.text)]
    float32 = rate(lambda: plain.encode(texts), len(texts))
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder), encoder=ours, reader=None) as archive:
        ours.seconds = 0.0
        whole = rate(lambda: archive.add(articles), len(texts))
        encoding = len(texts) / ours.seconds
        again = rate(lambda: archive.add(articles), len(articles))
        print(f"bfloat16 processor: {torch.cpu._is_avx512_bf16_supported()}; {len(texts)} passages")
        print(f"plain float32 encode  {float32:8.1f} passages/s")
        print(f"our encode            {encoding:8.1f} passages/s   {encoding / float32:.2f}x")
        print(f"add, all of it        {whole:8.1f} passages/s   {whole / float32:.2f}x")
        print(f"everything but encoding takes {1 - whole / encoding:.1%} of the time")
        print(f"re-adding unchanged   {again:8.1f} articles/s")
    questions = sample_questions()
    turns = [(elapsed(lambda q=q: plain.encode([q])), elapsed(lambda q=q: model.encode([q]))) for q in questions]
    theirs_ms, ours_ms = (median(times) for times in zip(*turns, strict=True))
    print(f"a question: plain {theirs_ms:.1f} ms, ours {ours_ms:.1f} ms")


def rate(work: Callable[[], object], count: int) -> float:
    started = perf_counter()
    work()
    return count / (perf_counter() - started)


def searching_speed(passages: int) -> None:
    """Opening, searching and memory at a size; questions of the samples, and of common words only."""
    questions = sample_questions()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, passages)
        gc.collect()
        with Archive(folder, encoder=NoEncoder(), reader=None) as archive:
            before = resident()
            started = perf_counter()
            archive.search("ready?")
            print(
                f"opening {archive.status().passages:,} passages and the first search: {perf_counter() - started:.2f} s"
            )
            timed(archive, questions[:20])
            gc.collect()
            after = resident()
            print(f"memory: {(after - before) / passages:.0f} bytes a passage" if after else "memory: not known here")
            encode = [elapsed(lambda q=q: archive.encoder.encode([q])) for q in questions]
            times = [t - median(encode) for t in timed(archive, questions)]
            p50, p95 = median(times), quantiles(times, n=20)[18]
            print(
                f"search without encoding: p50 {p50:.1f} ms, p95 {p95:.1f} ms ({p95 / p50:.1f}x), {len(times)} questions"
            )
            common = timed(
                archive, ["who is he and what did they do?", "what was it and who said that?", "is it the one?"]
            )
            print(f"questions of common words only: {max(common):.1f} ms at most")
            words = timed(archive, questions, dense=False)
            dense = timed(archive, questions, lexical=False)
            print(f"of this BM25 p50 {median(words):.1f} ms, FAISS p50 {median(dense):.1f} ms")


def asking_speed(passages: int) -> None:
    """Whole questions with the real models over that many passages: what reading takes, and all the rest."""
    questions = sample_questions()
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name), passages, SentenceEncoder())
        with Archive(Path(name)) as archive:
            archive.add(samples())
            archive.warm()
            for count in (How().passages, 5, 10, 20):  # The default first, while no text is known yet.
                whole, reading = [], []
                for question in questions:
                    started = perf_counter()
                    answer = archive.ask(question, how=How(passages=count))
                    whole.append((perf_counter() - started) * 1000)
                    reading.append(answer.trace.milliseconds.get("reading", 0.0))
                rest = median(w - r for w, r in zip(whole, reading, strict=True))
                p50, p95 = median(whole), quantiles(whole, n=20)[18]
                print(
                    f"{count:2} passages read: ask p50 {p50:.0f} ms, p95 {p95:.0f} ms; reading p50 {median(reading):.0f} ms; ",
                    end="",
                )
                print(f"all besides reading p50 {rest:.0f} ms")


def sample_questions() -> list[str]:
    return [question.question for question in read_questions(SAMPLE_QUESTIONS)]


def fill(folder: Path, passages: int, encoder: Encoder | None = None) -> None:
    """An archive of that many passages with random vectors, written in batches as `add` does."""
    source = np.random.default_rng(0)
    with Archive(folder, encoder=encoder or NoEncoder(), reader=None) as archive:
        archive.add([Article("Only so that the collection exists.", id="first")])
        store = archive._collections(["shared"])[0].store
        for batch in adding.batches(invented(passages // 6), size=200):
            new = []
            for article in batch:
                cuts = adding.cut(article.text)
                vectors = source.standard_normal((len(cuts), DIMENSION), dtype=np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
                rows = [
                    NewPassage(cut, source.bytes(16), v.astype(np.float16).tobytes())
                    for cut, v in zip(cuts, vectors, strict=True)
                ]
                new.append(NewArticle(article, article_hash(article), signature(article.text), tuple(rows)))
            store.write(new)


def timed(archive: Archive, questions: Sequence[str], **how: bool) -> list[float]:
    return [elapsed(lambda q=question: archive.search(q, limit=20, **how)) for question in questions]


def elapsed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000


def resident() -> int:
    """Bytes of memory in use, where the system tells (Linux)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return int(re.search(r"VmRSS:\s+(\d+)", status.read_text())[1]) * 1024  # type: ignore[index]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["adding", "searching", "asking"])
    parser.add_argument("--passages", type=int, help="default: 600 to add, 100,000 to search")
    arguments = parser.parse_args()
    sizes = {adding_speed: 600, searching_speed: 100_000, asking_speed: 100_000}
    for benchmark, passages in sizes.items():
        if arguments.what in (None, benchmark.__name__.removesuffix("_speed")):
            benchmark(arguments.passages or passages)


if __name__ == "__main__":
    main()
