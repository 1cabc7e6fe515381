"""Which part of a passage is read: the best ranked passages whole, of the others whole sentences round the likeliest one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from index import Archive, Article, How
from index.answer import Hit
from index.answering import WHOLE, excerpts
from index.answering.excerpts import WORDS
from index.article import Citation, Passage
from index.passages import cut
from index.reader import Reading
from tests.conftest import WordEncoder

FILLER = "The council met again and spoke of other things that nobody wrote down at the time of the meeting."


def hits(texts: Sequence[str]) -> list[Hit]:
    """A hit for each passage of the texts, in their order."""
    passages = [
        Passage(
            Citation("shared", f"{i}", f"Report {i}", "", "", None),
            n,
            c.start,
            c.end,
            text[c.start : c.end],
            c.sentences,
        )
        for i, text in enumerate(texts)
        for n, c in enumerate(cut(text))
    ]
    return [Hit(passage, rank, 1 / rank) for rank, passage in enumerate(passages, 1)]


def report(telling: str, before: int, after: int) -> str:
    return " ".join([*[FILLER] * before, telling, *[FILLER] * after])


def test_the_best_ranked_are_whole_and_of_the_others_the_likeliest_sentence_is_there() -> None:
    telling = "Oldport received 165 rangers on Tuesday."
    found = hits([report(telling, before, 6 - before) for before in range(7)])
    parts = excerpts("how many rangers did Oldport get?", found)
    assert [found[i].passage.text[slice(*parts[i])] for i in range(WHOLE)] == [h.passage.text for h in found[:WHOLE]]
    for hit, (start, end) in list(zip(found, parts, strict=True))[WHOLE:]:
        assert telling in hit.passage.text[start:end]
        assert len(hit.passage.text[start:end].split()) <= WORDS
        assert end - start < len(hit.passage.text)


def test_a_likeliest_sentence_longer_than_an_excerpt_is_whole() -> None:
    long = "Oldport received 165 rangers" + " and some more of everything" * 20 + "."
    found = hits([FILLER, FILLER, FILLER, report(long, 1, 1)])
    start, end = excerpts("how many rangers did Oldport get?", found)[-1]
    assert found[-1].passage.text[start:end] == long


def test_how_many_are_whole_can_be_chosen() -> None:
    found = hits([report("Oldport received 165 rangers on Tuesday.", 3, 3)] * 5)
    for whole in range(6):
        parts = excerpts("how many rangers did Oldport get?", found, whole=whole)
        assert [end - start == len(h.passage.text) for h, (start, end) in zip(found, parts, strict=True)] == [
            i < whole for i in range(5)
        ]


@given(question=st.text(max_size=60), texts=st.lists(st.text(min_size=1, max_size=900), max_size=7))
@settings(deadline=None, max_examples=60)
def test_any_excerpt_is_whole_sentences_inside_its_passage(question: str, texts: list[str]) -> None:
    found = hits(texts)
    parts = excerpts(question, found)
    assert parts == excerpts(question, found)
    assert len(parts) == len(found)
    for hit, (start, end) in zip(found, parts, strict=True):
        p = hit.passage
        assert 0 <= start < end <= len(p.text)
        assert p.start + start in {s for s, _ in p.sentences} and p.start + end in {e for _, e in p.sentences}


class FirstWord:
    """Marks the first word of whatever it is given, and remembers that."""

    name = "first word"

    def __init__(self) -> None:
        self.given: list[str] = []

    def read(
        self,
        question: str,
        passages: Sequence[str],
        titles: Sequence[str] = (),
        ledes: Sequence[str] = (),
        *,
        spans: int = 5,
    ) -> list[list[Reading]]:
        self.given += passages
        return [[Reading(0, len(passage.split()[0]), 5.0)] for passage in passages]


def test_the_archive_reads_excerpts_and_marks_them_where_they_stand(tmp_path: Path, encoder: WordEncoder) -> None:
    reader = FirstWord()
    texts = [
        f"Item {i} opens. " + report(f"Oldport{i} received 165 rangers at Oldport on day {i}.", 4, 3) for i in range(8)
    ]
    with Archive(tmp_path / "archive", encoder=encoder, reader=reader) as archive:
        archive.add([Article(text, title=f"Report {i}") for i, text in enumerate(texts)])
        answer = archive.ask("how many rangers did Oldport get?", promise="any")
        read = answer.trace.hits
        assert len(reader.given) == len(read) == How().passages
        for given, hit in zip(reader.given, read, strict=True):
            assert hit.reading is not None
            text = archive.get(hit.passage.citation.key)[1].text
            assert text[hit.reading.start : hit.reading.end] == hit.reading.text == given.split()[0]
            assert hit.read is not None and text[slice(*hit.read)] == given
        assert all(len(given.split()) > WORDS for given in reader.given[:WHOLE])
        assert all(len(given.split()) <= WORDS for given in reader.given[WHOLE:])
        reader.given.clear()
        archive.ask("how many rangers did Oldport get?", promise="any", how=How(whole=How().passages))
        assert reader.given == [hit.passage.text for hit in read]
