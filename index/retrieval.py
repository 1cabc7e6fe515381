"""Dense + lexical -> one ranked list of passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from index.answer import Hit
from index.article import Published
from index.collection import Collection
from index.encoder import Encoder

FUSION_K = 5
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009). Their 60 measures worse on news questions."""
DEPTH = 200
"""How many passages each ranking contributes."""

_Key = tuple[str, int]


def search(
    question: str,
    collections: Sequence[Collection],
    encoder: Encoder,
    *,
    limit: int,
    since: Published | None = None,
    as_of: Published | None = None,
    dense: bool = True,
    lexical: bool = True,
) -> tuple[Hit, ...]:
    """The `limit` best passages of `collections` for `question`, by reciprocal rank fusion of both rankings, best first.

    Only passages of articles published in the period from `since` to `as_of` (days, both included) count, if given.
    """
    by_name = {collection.name: collection for collection in collections}
    allowed = {name: collection.allowed(since, as_of) for name, collection in by_name.items()}
    dense = dense and not all(collection.store.empty() for collection in collections)
    indexes = {name: collection.vectors(encoder) for name, collection in by_name.items()} if dense else {}

    def nearest() -> list[tuple[_Key, float]]:
        vector = encoder.encode([question])[0]
        return _merged((name, index.search(vector, DEPTH, among=allowed[name])) for name, index in indexes.items())

    # Encoder, FAISS and SQLite let go of Python's lock while they work.
    with ThreadPoolExecutor(1, thread_name_prefix="dense") as beside:
        found = beside.submit(nearest) if dense else None
        lexical_ranking = (
            _merged(
                (name, collection.lexical.search(question, DEPTH, among=allowed[name]))
                for name, collection in by_name.items()
            )
            if lexical
            else []
        )
        dense_ranking = found.result() if found else []
    dense_ranks = {key: (rank, score) for rank, (key, score) in enumerate(dense_ranking, 1)}
    lexical_ranks = {key: (rank, score) for rank, (key, score) in enumerate(lexical_ranking, 1)}
    fused = {
        key: sum(1 / (FUSION_K + ranks[key][0]) for ranks in (dense_ranks, lexical_ranks) if key in ranks)
        for key in dense_ranks.keys() | lexical_ranks.keys()
    }
    best = sorted(fused, key=lambda key: (-fused[key], key))[:limit]
    passages = {
        (name, number): passage
        for name, collection in by_name.items()
        for number, passage in collection.store.passages([number for owner, number in best if owner == name]).items()
    }
    present = [key for key in best if key in passages]  # One may have been removed a moment ago.
    return tuple(
        Hit(passages[key], rank, fused[key], *dense_ranks.get(key, (None, None)), *lexical_ranks.get(key, (None, None)))
        for rank, key in enumerate(present, 1)
    )


def _merged(rankings: Iterable[tuple[str, list[tuple[int, float]]]]) -> list[tuple[_Key, float]]:
    """The rankings of several collections as one: scores of one kind compare well enough across collections."""
    merged = [((name, number), score) for name, ranking in rankings for number, score in ranking]
    return sorted(merged, key=lambda item: (-item[1], item[0]))[:DEPTH]
