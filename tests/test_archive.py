"""Adding, updating, finding and removing articles, as a caller of `Archive` sees it."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Archive, Article, BadQuestion, BadSource, Hit, UnknownArticle, lexical, parse_published
from index.adding import encoded_text
from index.store import Store
from tests.conftest import WordEncoder

FERRY = Article(
    "The ferry to Gull Island was cancelled on Monday. About 340 passengers waited at the pier. Nobody was hurt.",
    title="Ferry cancelled",
    outlet="The Example Post",
    url="https://example.org/ferry?utm_source=feed",
    published=date(2025, 3, 4),
)
ROOF = Article(
    "The school roof in Lower Pell was mended. The council paid 12,000 crowns for it.",
    title="School roof mended",
    published=datetime(2025, 4, 1, 8, 30, tzinfo=UTC),
    id="roof-7",
)


def invented(number: int, seed: int = 0) -> Article:
    """A short article of made-up words; the same for the same arguments."""
    source = random.Random(f"{seed}-{number}")
    words = [
        "harbour",
        "mayor",
        "bridge",
        "choir",
        "rain",
        "ticket",
        "goat",
        "lantern",
        "vote",
        "road",
        "engine",
        "tide",
    ]
    lines = [" ".join(source.choices(words, k=9)).capitalize() + f" {source.randrange(1000)}." for _ in range(12)]
    return Article("\n".join(lines), title=f"Report {number}", id=f"{seed}-{number}")


def seen(
    hits: tuple[Hit, ...],
) -> list[tuple[str, int, str, float, int | None, float | None, int | None, float | None]]:
    """Everything a search says, in a form to compare."""
    return [
        (
            h.passage.citation.key,
            h.rank,
            h.passage.text,
            h.score,
            h.dense_rank,
            h.dense_score,
            h.lexical_rank,
            h.lexical_score,
        )
        for h in hits
    ]


def test_what_was_added_is_found_with_its_source(archive: Archive) -> None:
    added = archive.add([FERRY, ROOF])
    assert (added.added, added.updated, added.unchanged) == (2, 0, 0)
    hit = archive.search("how many passengers waited at the pier?")[0]
    assert "340 passengers" in hit.passage.text
    assert hit.passage.citation.outlet == "The Example Post"
    assert hit.passage.citation.published == date(2025, 3, 4)
    assert archive.get("roof-7")[1] == ROOF
    assert archive.get("https://example.org/ferry")[1] == FERRY


def test_adding_again_encodes_nothing_and_changes_nothing(archive: Archive, encoder: WordEncoder) -> None:
    archive.add([FERRY, ROOF])
    revision, encoded = archive.revision(), len(encoder.encoded)
    again = archive.add([ROOF, FERRY])
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert archive.revision() == revision
    assert len(encoder.encoded) == encoded


def test_new_text_under_a_known_identity_is_an_update_and_the_old_is_known(archive: Archive) -> None:
    archive.add([FERRY])
    later = Article(
        FERRY.text.replace("340", "410"), FERRY.title, FERRY.outlet, "https://example.org/ferry", FERRY.published
    )
    updated = archive.add([later])
    assert (updated.added, updated.updated) == (0, 1)
    assert archive.get("https://example.org/ferry")[1].text == later.text
    assert not any("340" in hit.passage.text for hit in archive.search("340 passengers"))
    (replaced,) = archive.history("https://example.org/ferry")
    assert replaced.text == FERRY.text
    assert datetime.fromisoformat(replaced.replaced).tzinfo is not None


@pytest.mark.parametrize(
    "change", [{"published": date(2025, 3, 5)}, {"published": None}, {"outlet": "Other Post"}, {"title": "Ferry"}]
)
def test_whatever_changes_of_an_article_is_an_update(archive: Archive, change: dict[str, Any]) -> None:
    archive.add([FERRY])
    changed = replace(FERRY, **change)
    assert archive.add([changed]).updated == 1
    assert list(archive.export()) == [changed]


def test_a_known_article_gets_the_id_that_it_is_given(archive: Archive) -> None:
    archive.add([replace(FERRY, id=FERRY.key)])
    assert archive.add([FERRY]).updated == 1
    assert list(archive.export()) == [FERRY]


def test_what_is_given_twice_in_one_go_is_counted_as_unchanged(archive: Archive) -> None:
    added = archive.add([FERRY, ROOF, FERRY])
    assert (added.added, added.updated, added.unchanged) == (2, 0, 1)


def test_the_same_passage_is_never_encoded_twice(archive: Archive, encoder: WordEncoder) -> None:
    archive.add([FERRY])
    before = len(encoder.encoded)
    archive.add([Article(FERRY.text, FERRY.title, "Another outlet", id="copy")])
    assert len(encoder.encoded) == before


def test_removing_an_article_leaves_nothing_of_it(archive: Archive) -> None:
    archive.add([FERRY, ROOF])
    archive.add([replace(ROOF, text=ROOF.text.replace("mended", "repaired"))])
    assert len(archive.history("roof-7")) == 1
    assert archive.remove(["roof-7", "unknown"]) == 1
    assert all("roof" not in hit.passage.text for hit in archive.search("school roof council crowns"))
    with pytest.raises(UnknownArticle, match="roof-7"):
        archive.get("roof-7")
    assert archive.status().problems == ()
    archive.add([ROOF])
    assert archive.history("roof-7") == [], "no earlier text of it was kept"


def test_another_collection_can_be_neither_seen_nor_felt(archive: Archive) -> None:
    archive.add([invented(n) for n in range(40)], "a")
    queries = ["harbour mayor vote", "goat lantern", "bridge 17", "what did the mayor do in the rain?"]
    before = [seen(archive.search(query, ["a"], limit=50)) for query in queries]
    archive.add([invented(n, seed=1) for n in range(1000)], "b")
    assert [seen(archive.search(query, ["a"], limit=50)) for query in queries] == before
    archive.remove([f"1-{n}" for n in range(1000)], "b")
    assert [seen(archive.search(query, ["a"], limit=50)) for query in queries] == before
    archive.drop("b")
    assert [seen(archive.search(query, ["a"], limit=50)) for query in queries] == before
    assert archive.collections() == ["a"]


def test_two_collections_are_searched_as_one(archive: Archive) -> None:
    archive.add([FERRY], "shared")
    archive.add([ROOF], "guild-1")
    found = {hit.passage.citation.collection for hit in archive.search("ferry and school roof", ["shared", "guild-1"])}
    assert found == {"shared", "guild-1"}


def test_the_dense_ranking_is_that_of_brute_force(archive: Archive, encoder: WordEncoder) -> None:
    articles = [invented(n) for n in range(60)]
    archive.add(articles)
    archive.remove([f"0-{n}" for n in range(0, 60, 3)])
    archive.add([invented(n, seed=2) for n in range(30)])
    query = "mayor bridge tide lantern"
    hits = archive.search(query, limit=100, lexical=False)
    every = archive.search(query, limit=1000)
    texts = [encoded_text(h.passage.citation.title, h.passage.text) for h in every]
    vectors = encoder.encode(texts).astype(np.float16).astype(np.float32)
    truth = sorted((float(v @ encoder.encode([query])[0]) for v in vectors), reverse=True)[:100]
    assert len(hits) == min(100, len(every))
    np.testing.assert_allclose([h.dense_score for h in hits], truth, atol=2e-3)
    assert {h.passage.citation.key for h in every} == {c.key for c in archive.articles()}


def test_words_too_common_to_find_passages_still_put_them_in_order(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scores(question: str) -> dict[tuple[str, int], float | None]:
        hits = archive.search(question, limit=1000, dense=False)
        assert [h.lexical_score for h in hits] == sorted((h.lexical_score for h in hits), reverse=True)
        return {(h.passage.citation.key, h.passage.start): h.lexical_score for h in hits}

    archive.add([invented(n) for n in range(80)])
    question = "7 13 401 577 mayor bridge tide"
    whole, numbers = scores(question), scores("7 13 401 577").keys()
    assert 5 < len(numbers) < len(whole) / 2
    monkeypatch.setattr(lexical, "MOST_MATCHES", len(numbers))
    assert scores(question) == pytest.approx({place: whole[place] for place in numbers})


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("14300", {"grouped", "plain"}),
        ("14,300", {"grouped", "plain"}),
        ("1949000", {"million"}),
        ("1,949,000", {"million"}),
        ("2024", {"year"}),
        ("2,024", {"count"}),
        ("1871", {"berths"}),
        ("14", {"grouped"}),
        ("300", {"grouped"}),
        ("0143", set()),
        ("143000", set()),
    ],
)
def test_a_number_is_found_however_it_is_written(archive: Archive, question: str, found: set[str]) -> None:
    texts = {
        "grouped": "The race drew 14,300 runners.",
        "plain": "The race cost 14300 crowns.",
        "million": "The town paid 1,949,000 crowns.",
        "year": "The bridge was finished in 2024.",
        "count": "The choir sold 2,024 tickets.",
        "berths": "The harbour has 1,871 berths.",
    }
    archive.add([Article(text, id=key) for key, text in texts.items()])
    assert {hit.passage.citation.key for hit in archive.search(question, dense=False)} == found


def test_a_second_process_sees_what_the_first_writes(archive: Archive) -> None:
    with Archive(archive.folder, encoder=WordEncoder(), reader=None) as other:
        archive.add([FERRY])
        assert other.search("ferry passengers")[0].passage.citation.title == "Ferry cancelled"
        archive.add([ROOF])
        assert other.search("school roof mended")[0].passage.citation.key == "roof-7"
        other.remove(["roof-7"])
        assert {h.passage.citation.key for h in archive.search("school roof")} == {"https://example.org/ferry"}
        archive.drop("shared")
        assert other.search("ferry") == ()
        archive.add([ROOF])
        assert other.search("roof")[0].passage.citation.key == "roof-7"


def test_export_gives_back_every_article(archive: Archive, tmp_path: Path) -> None:
    articles = [FERRY, ROOF, Article("No title and no date here.")]
    archive.add(articles)
    assert list(archive.export()) == articles


def test_a_title_and_an_outlet_of_any_length_are_cut(archive: Archive) -> None:
    words = "ferry to Anholt " * 10_000
    archive.add([replace(FERRY, title=words, outlet=words), replace(ROOF, title="x" * 500, outlet="y" * 201)])
    [ferry, roof] = archive.export()
    assert ferry.title.startswith("ferry to Anholt ferry") and ferry.title.endswith("…")
    assert len(ferry.title) <= 500 and len(ferry.outlet) <= 200
    assert (roof.title, roof.outlet) == ("x" * 500, "y" * 199 + "…")
    assert (ferry.text, roof.text) == (FERRY.text, ROOF.text)
    assert archive.add(archive.export()).unchanged == 2
    assert archive.add([replace(FERRY, title=words, outlet=words)]).unchanged == 1


def test_what_people_ask_for_in_vain_is_not_remembered(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "_MOST_COUNTS", 3)
    archive.add([FERRY, ROOF])
    with closing(Store(archive.folder / "collections" / "shared.sqlite3", "shared")) as store:
        ranking = lexical.Lexical(store)
        found = ranking.search("ferry roof passengers school", 10)
        for number in range(50):
            assert ranking.search(f"ferry roof passengers school nonsense{number}", 10) == found != []
            assert len(ranking._counted[1]) <= 3


def test_a_period_restricts_what_may_be_found(archive: Archive) -> None:
    archive.add([FERRY, ROOF, Article("A ferry and a roof without any date.", id="undated")])
    assert {h.passage.citation.key for h in archive.search("ferry roof", since=date(2025, 4, 1))} == {"roof-7"}
    assert {h.passage.citation.key for h in archive.search("ferry roof", as_of=date(2025, 3, 31))} == {
        "https://example.org/ferry"
    }
    assert archive.search("ferry roof", since=date(2026, 1, 1)) == ()


def test_both_ends_of_a_period_are_included_whatever_their_precision(archive: Archive) -> None:
    morning = datetime(2025, 3, 4, 8, 30, tzinfo=UTC)
    archive.add([FERRY, replace(FERRY, url=None, id="timed", published=morning)])

    def found(**period: date) -> tuple[int, int]:
        asked = archive.ask("How many passengers waited?", promise="any", **period)
        return len(archive.search("ferry passengers", **period)), len(asked.trace.hits)

    for day in (date(2025, 3, 4), datetime(2025, 3, 4, 23, tzinfo=UTC), datetime(2025, 3, 4, 1, tzinfo=UTC)):
        assert found(since=day) == found(as_of=day) == found(since=day, as_of=day) == (2, 2)
    assert found(since=date(2025, 3, 5)) == found(as_of=date(2025, 3, 3)) == (0, 0)


@pytest.mark.parametrize(
    "query", ["?", "🙂", "a", '"', "NEAR(a b)", "ferry AND (", "title: ferry*", "-", "x" * 10_000, "مرحبا"]
)
def test_no_query_is_syntax(archive: Archive, query: str) -> None:
    archive.add([FERRY])
    archive.search(query)


def test_impossible_queries_say_why(archive: Archive) -> None:
    with pytest.raises(BadQuestion, match="10,001 characters"):
        archive.search("x" * 10_001)
    with pytest.raises(BadQuestion, match="no question"):
        archive.ask("   ")


@pytest.mark.parametrize(
    "change",
    [
        *({"text": text} for text in ("", "  \n ", "half a character \ud800", "zero \0 byte")),
        *({part: "half a character \ud800"} for part in ("title", "outlet", "id")),
        {"title": "zero \0 byte"},
        {"url": "https://example.org/\ud800"},
    ],
)
def test_what_cannot_be_stored_is_refused_and_the_rest_kept(archive: Archive, change: dict[str, str]) -> None:
    archive.add([FERRY])
    with pytest.raises(BadSource):
        archive.add([replace(ROOF, **change)])
    assert [c.title for c in archive.articles()] == ["Ferry cancelled"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=600))
def test_every_passage_is_where_it_says(text: str) -> None:
    if not text.strip():
        return
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder), encoder=WordEncoder(), reader=None) as archive:
        archive.add([Article(text, id="any")])
        for hit in archive.search("any", limit=200):
            passage = hit.passage
            assert text[passage.start : passage.end] == passage.text
            borders = [border for sentence in passage.sentences for border in sentence]
            assert borders == sorted(borders)
            assert (borders[0], borders[-1]) == (passage.start, passage.end)
        archive.close()


DATED = {
    "undated": None,
    "4th": "2025-02-04",
    "5th": "2025-02-05",
    "evening": "2025-02-05T18:00:00-06:00",
    "morning": "2025-02-05T08:00:00-06:00",
    "night before": "2025-02-04T23:00:00-06:00",
    "London": "2025-02-05T20:00:00+00:00",
    "Tokyo": "2025-02-06T01:00:00+09:00",
}
NEWEST_FIRST = ["evening", "London", "Tokyo", "morning", "5th", "night before", "4th", "undated"]


@pytest.mark.parametrize("order", [list(DATED), list(reversed(DATED))])
@pytest.mark.parametrize("limit", [None, 1, 3, 5, 7, 9])
def test_newest_first_is_by_the_instant_before_the_limit_cuts(
    archive: Archive, order: list[str], limit: int | None
) -> None:
    published = {key: parse_published(value) if value else None for key, value in DATED.items()}
    dated = [Article(f"The {key} report.", id=key, published=published[key]) for key in order]
    archive.add(dated)
    assert [c.key for c in archive.articles(newest_first=True, limit=limit)] == NEWEST_FIRST[:limit]
    archive.add(dated[::2], "even")
    archive.add(dated[1::2], "odd")
    found = archive.articles(["even", "odd"], newest_first=True, limit=limit)
    assert [c.key for c in found] == NEWEST_FIRST[:limit]


def stored_under(archive: Archive, key: str, other: str) -> None:
    """Moves an article to the key that another version of the software gave it."""
    archive.close()
    with closing(sqlite3.connect(archive.folder / "collections" / "shared.sqlite3")) as connection:
        connection.execute("UPDATE article SET key = ? WHERE key = ?", (other, key))
        connection.commit()


def test_an_article_keeps_the_key_it_was_stored_under(archive: Archive) -> None:
    archive.add([FERRY, ROOF])
    before = archive.ask("how many passengers waited at the pier?")
    assert before.answered
    stored_under(archive, "https://example.org/ferry", "https://example.org/ferry?old")
    asked = archive.ask("how many passengers waited at the pier?")
    assert (asked.kind, [f.text for f in asked.findings]) == (before.kind, [f.text for f in before.findings])
    assert archive.rebuild() == 2
    assert [c.key for c in archive.articles()] == ["https://example.org/ferry?old", "roof-7"]
    assert archive.get("https://example.org/ferry?old")[1] == FERRY
    assert {h.passage.citation.key for h in archive.search("ferry passengers roof")} == {
        "https://example.org/ferry?old",
        "roof-7",
    }
    assert archive.status().problems == ()


def test_the_words_of_a_changed_article_are_found_where_they_are(archive: Archive) -> None:
    """Also behind characters that UTF-8 writes with several bytes."""
    accents = Article("🙂 Ünïcode café. " * 300 + "The lighthouse of Beeton burned down.", title="Fire", id="fire")
    archive.add([accents, ROOF])
    assert archive.status().problems == ()
    archive.add([replace(accents, text=accents.text.replace("lighthouse", "windmill"))])
    assert archive.status().problems == ()
    assert archive.search("lighthouse", dense=False) == ()
    assert "windmill" in archive.search("windmill", dense=False)[0].passage.text
    archive.remove(["fire"])
    assert archive.search("windmill", dense=False) == ()
    assert archive.status().problems == ()


def test_a_file_that_is_no_collection_is_left_alone(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()
    file = archive.folder / "collections" / "shared.sqlite3"
    shutil.copyfile(file, file.with_name("shared.bak.sqlite3"))
    assert archive.collections() == ["shared"]
    assert archive.drop("nowhere") == 0
    assert archive.drop("shared") == 1
    assert archive.collections() == []
    assert file.with_name("shared.bak.sqlite3").exists()
