"""Which passages, and which way of ranking them, find the answer: run `python -m tests.benchmarks.retrieval --help`.

Compares passage length, overlap, title handling and fusion on one set of articles and questions in one run. Reported are
answer_hit@5 and @20 (an accepted answer's string stands in the first 5 or 20 passages) and mrr@10 of such a passage.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from index import Article, BadSource, SentenceEncoder, adding, lexical, passages, read, retrieval, samples
from index.collection import Collection
from index.evaluation import KnownQuestion, normalised, read_questions

SAMPLE_QUESTIONS = Path(__file__).parent.parent / "samples_questions.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, help="file or folder as `add` takes it; default: the samples")
    parser.add_argument("--questions", type=Path, default=SAMPLE_QUESTIONS)
    parser.add_argument("--limit", type=int, default=600, help="questions, drawn with a fixed seed")
    arguments = parser.parse_args()
    articles = (
        [a for a in read(arguments.articles) if not isinstance(a, BadSource)] if arguments.articles else samples()
    )
    questions = [q for q in read_questions(arguments.questions) if q.answers]
    questions = random.Random(0).sample(questions, min(arguments.limit, len(questions)))
    encoder = SentenceEncoder()
    print(f"{len(articles)} articles, {len(questions)} questions")
    for words, overlap, titled in ((150, 1, True), (150, 1, False), (150, 0, True), (100, 1, True), (200, 1, True)):
        with cut_as(words, overlap, titled), built(articles, encoder) as collection:
            label = f"{words} words, overlap {overlap}, {'title' if titled else 'no title'}"
            report(f"{label}: hybrid", measure(collection, questions, encoder))
            if (words, overlap, titled) != (150, 1, True):
                continue
            report(f"{label}: dense only", measure(collection, questions, encoder, lexical=False))
            report(f"{label}: BM25 only", measure(collection, questions, encoder, dense=False))
            for k in (2, 10, 60):
                with patch.object(retrieval, "FUSION_K", k):
                    report(f"{label}: hybrid, k={k}", measure(collection, questions, encoder))
            # As if it were a far larger archive.
            for find, score in ((0.02, 0.0), (0.02, 0.4), (0.08, 0.0), (0.08, 0.4)):
                most, scored = (int(share * collection.store.counts()[1]) for share in (find, score))
                with patch.multiple(lexical, MOST_MATCHES=most, MOST_SCORED=scored):
                    head = f"{label}: hybrid, words with up to {most} matches find, {scored} more score"
                    report(head, measure(collection, questions, encoder))
            for weight in (0.0, 0.3, 3.0):
                with patch.object(lexical, "TITLE_WEIGHT", weight):
                    report(f"{label}: hybrid, title weight {weight}", measure(collection, questions, encoder))


@contextmanager
def cut_as(words: int, overlap: int, titled: bool) -> Iterator[None]:
    text = adding.encoded_text if titled else (lambda title, text: text)
    with (
        patch.object(passages, "PASSAGE_WORDS", words),
        patch.object(passages, "OVERLAP_SENTENCES", overlap),
        patch.object(adding, "encoded_text", text),
    ):
        yield


@contextmanager
def built(articles: Sequence[Article], encoder: SentenceEncoder) -> Iterator[Collection]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.sqlite3"
        path.touch()
        collection = Collection(path, "benchmark")
        for batch in adding.batches(articles):
            collection.store.write(adding.prepare(batch, encoder, collection.store.known_vectors))
        yield collection
        collection.close()


def measure(
    collection: Collection,
    questions: Sequence[KnownQuestion],
    encoder: SentenceEncoder,
    *,
    dense: bool = True,
    lexical: bool = True,
) -> dict[str, float]:
    ranks: list[int | None] = []
    for question in questions:
        hits = retrieval.search(question.question, [collection], encoder, limit=20, dense=dense, lexical=lexical)
        wanted = [f" {normalised(answer)} " for answer in question.answers]
        texts = [f" {normalised(hit.passage.text)} " for hit in hits]
        ranks.append(next((rank for rank, text in enumerate(texts, 1) if any(w in text for w in wanted)), None))
    return {
        "answer_hit@5": sum(r is not None and r <= 5 for r in ranks) / len(ranks),
        "answer_hit@20": sum(r is not None for r in ranks) / len(ranks),
        "mrr@10": sum(1 / r for r in ranks if r and r <= 10) / len(ranks),
    }


def report(label: str, numbers: dict[str, float]) -> None:
    print(f"{label:60}", "  ".join(f"{name} {value:.3f}" for name, value in numbers.items()), flush=True)


if __name__ == "__main__":
    main()
