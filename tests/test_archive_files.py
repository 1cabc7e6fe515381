"""Files of an archive that are damaged, unreadable, of another version or not of an archive: told, mended or removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from index import Archive, ArchiveError, ArchiveTooNew, Article, database, migrations, rows, store
from index.migrations import migrate
from tests.conftest import WordEncoder
from tests.test_archive import FERRY, ROOF, invented
from tests.test_archive_faults import file_of


@pytest.mark.parametrize("damage", ["truncated", "no database", "flipped"])
def test_a_damaged_file_is_named(archive: Archive, damage: str) -> None:
    archive.add([invented(n) for n in range(50)])
    archive.close()
    path = file_of(archive)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    if damage == "truncated":
        data = data[: len(data) // 2 + 100]
    elif damage == "no database":
        data[:100] = b"x" * 100
    else:
        middle = len(data) // 2
        for at in range(middle - 4096, middle + 4096):
            data[at] ^= 0xFF
    path.write_bytes(data)
    with Archive(archive.folder, encoder=WordEncoder(), reader=None) as damaged:
        try:
            problems: tuple[str, ...] | str = damaged.status().problems
        except ArchiveError as error:
            problems = str(error)
        assert problems
        assert "shared" in str(problems) or "index" in str(problems)


def test_an_archive_of_newer_software_is_refused_unopened(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()
    path = file_of(archive)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with (
        Archive(archive.folder, encoder=WordEncoder(), reader=None) as old,
        pytest.raises(ArchiveTooNew, match="upgrade"),
    ):
        old.search("ferry")
    assert path.read_bytes() == before


def test_migrations_copy_the_file_first_and_are_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite3"
    assert migrate(path, ["CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('kept')"]) is None
    steps = ["", "ALTER TABLE note ADD COLUMN stars INTEGER"]
    backup = migrate(path, steps)
    assert backup is not None
    with closing(sqlite3.connect(backup)) as copy, closing(sqlite3.connect(path)) as now:
        assert copy.execute("SELECT * FROM note").fetchall() == [("kept",)]
        assert now.execute("SELECT * FROM note").fetchall() == [("kept", None)]
    with pytest.raises(ArchiveError, match="could not be upgraded to schema 3"):
        migrate(path, [*steps, "CREATE TABLE half (a); SELECT * FROM nowhere"])
    with closing(sqlite3.connect(path)) as now:
        assert now.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
        assert now.execute("PRAGMA user_version").fetchone() == (2,)


def test_an_upgrade_names_the_copy_it_made(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    archive.add([FERRY, ROOF])
    before = list(archive.export())
    archive.close()
    with patch.object(store, "STEPS", (*store.STEPS, "ALTER TABLE article ADD COLUMN stars INTEGER")):
        with Archive(archive.folder, encoder=WordEncoder(), reader=None) as upgraded:
            assert list(upgraded.export()) == before
            assert upgraded.search("ferry passengers")[0].passage.citation.title == "Ferry cancelled"
        copy = file_of(archive).with_name("shared.sqlite3.before-schema-2")
        assert str(copy) in caplog.text
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (2,)


def test_a_folder_without_rights_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with (
        Archive(blocked, encoder=WordEncoder(), reader=None) as archive,
        pytest.raises(ArchiveError, match="--archive"),
    ):
        archive.add([FERRY])


@pytest.mark.parametrize("name", ["", "../shared", "A", "a/b", "x" * 65, "café"])
def test_a_collection_name_cannot_leave_the_folder(archive: Archive, name: str) -> None:
    with pytest.raises(ArchiveError, match="small letters"):
        archive.add([FERRY], name)


def stray_words(archive: Archive) -> None:
    archive.close()
    with closing(sqlite3.connect(file_of(archive))) as connection:
        connection.execute("INSERT INTO passage_words (rowid, title, text) VALUES (9999, 'Stray', 'zebra')")
        connection.commit()


def test_a_rebuild_mends_the_full_text_index(archive: Archive) -> None:
    archive.add([FERRY, ROOF])
    stray_words(archive)
    (problem,) = archive.status().problems
    assert "full-text" in problem
    assert "rebuild" in problem
    assert archive.rebuild() == 2
    assert archive.status().problems == ()
    assert archive.search("school roof", dense=False)[0].passage.citation.key == "roof-7"
    assert archive.search("zebra", dense=False) == ()


def test_a_rebuild_of_no_articles_mends_the_full_text_index(archive: Archive) -> None:
    archive.add([FERRY])
    archive.remove(["https://example.org/ferry"])
    stray_words(archive)
    assert archive.status().problems
    assert archive.rebuild() == 0
    assert archive.status().problems == ()


def test_a_file_in_use_is_not_called_a_mismatch(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()
    with (
        patch.object(database, "BUSY_TIMEOUT_SECONDS", 0.1),
        closing(sqlite3.connect(file_of(archive), isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        (problem,) = archive.status().problems
        other.execute("ROLLBACK")
    assert "another program" in problem
    assert "full-text" not in problem
    assert archive.status().problems == ()


def test_each_collection_tells_its_own_problems(archive: Archive) -> None:
    archive.add([FERRY])
    archive.add([ROOF], "newer")
    archive.add([ROOF], "broken")
    archive.close()
    with closing(sqlite3.connect(file_of(archive, "newer"))) as connection:
        connection.execute("PRAGMA user_version = 99")
    file_of(archive, "broken").write_bytes(b"no database " * 1000)
    found = {name: archive.status(name) for name in archive.collections()}
    assert found["shared"].problems == ()
    assert (found["shared"].articles, found["newer"].articles) == (1, 0)
    assert any("upgrade" in problem for problem in found["newer"].problems)
    assert any("broken.sqlite3" in problem for problem in found["broken"].problems)
    assert found["broken"].size > 0
    with pytest.raises(ArchiveError, match="small letters"):
        archive.status("Shared")


def damaged_pages(archive: Archive) -> None:
    """Spoils all but the first page and the schema's, so that the file still opens."""
    archive.close()
    path = file_of(archive)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
        roots = [row[0] for row in connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 1")]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    for page in roots:
        data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)


def test_a_damaged_page_is_told_by_whatever_reads_it(archive: Archive) -> None:
    archive.add([invented(n) for n in range(50)])
    damaged_pages(archive)
    reads: list[Callable[[], object]] = [
        archive.articles,
        lambda: list(archive.export()),
        lambda: archive.get("0-1"),
        lambda: archive.history("0-1"),
        lambda: archive.search("harbour mayor"),
        lambda: archive.search("harbour mayor", dense=False),
        lambda: archive.search("harbour mayor", since=date(2020, 1, 1)),
        lambda: archive.ask("what did the mayor do?"),
        archive.rebuild,
        archive.revision,
        lambda: archive.remove(["0-1"]),
        lambda: archive.add([ROOF]),
    ]
    for read in reads:
        with pytest.raises(ArchiveError, match=r"shared\.sqlite3"):
            read()
    assert archive.status().problems
    assert archive.drop("shared") is None
    assert archive.collections() == []


def test_damaged_words_are_told_by_a_search(archive: Archive) -> None:
    archive.add([invented(n) for n in range(50)])
    archive.close()
    with closing(sqlite3.connect(file_of(archive))) as connection:
        connection.execute("DELETE FROM passage_words_data WHERE id > 10")
        connection.commit()
    with pytest.raises(ArchiveError, match=r"shared\.sqlite3"):
        archive.search("harbour mayor", dense=False)


def test_removing_a_collection_leaves_the_copies_others_made(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()
    path = file_of(archive)
    own = ["-wal", "-shm", "-journal", ".before-schema-2", f".before-schema-2.{'0a' * 16}", ".before-schema-2-journal"]
    others = [".bak", "-2025-02-05", ".before-schema-2.bak", ".gz", "-wal.bak"]
    for ending in own + others:
        path.with_name(path.name + ending).touch()
    assert archive.drop("shared") == 1
    assert sorted(file.name for file in path.parent.iterdir()) == sorted(path.name + ending for ending in others)


def changed_text(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE article SET text = replace(text, 'passengers', 'travellers')")


def changed_title(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE article SET title = 'Another'")


def lost_words(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM passage_words_data WHERE id > 10")


def moved_passage(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE passage SET id = id + 10 WHERE id = 1")


@pytest.mark.parametrize("change", [changed_text, changed_title, lost_words, moved_passage])
def test_words_that_are_not_those_of_the_articles_are_told(
    archive: Archive, change: Callable[[sqlite3.Connection], None]
) -> None:
    archive.add([FERRY, ROOF])
    archive.close()
    with closing(sqlite3.connect(file_of(archive))) as connection:
        change(connection)
        connection.commit()
    (problem,) = archive.status().problems
    assert "full-text" in problem


def test_an_article_is_loaded_once_while_words_are_checked_and_nobody_waits(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([Article("\n".join(invented(n).text for n in range(40)), "Å long one", id="long")])
    assert archive.status().passages > 5
    check, loads, began = store.check_words, [], []

    def watched(connection: sqlite3.Connection) -> None:
        with closing(sqlite3.connect(file_of(archive), timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began.append(True)
            check(connection)
            other.execute("ROLLBACK")

    connect = sqlite3.connect

    def counting(database: str, **options: Any) -> sqlite3.Connection:
        connection = connect(database, **options)
        connection.set_trace_callback(lambda said: loads.append(said) if "FROM article" in said else None)
        return connection

    monkeypatch.setattr(store, "check_words", watched)
    monkeypatch.setattr(store.sqlite3, "connect", counting)
    assert archive.status().problems == ()
    assert began == [True]
    assert len(loads) == 1


@pytest.mark.parametrize("damaged", [False, True])
def test_without_room_for_a_copy_words_are_checked_in_place(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    archive.add([FERRY, ROOF])
    if damaged:
        archive.close()
        with closing(sqlite3.connect(file_of(archive))) as connection:
            connection.execute("INSERT INTO passage_words (passage_words) VALUES ('delete-all')")
            connection.commit()

    def full(connection: sqlite3.Connection) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(rows, "_check_words_in_copy", full)
    assert ["full-text" in problem for problem in archive.status().problems] == [True] * damaged


def test_what_cannot_be_opened_can_be_removed(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()
    file_of(archive).write_bytes(b"no database " * 1000)
    assert archive.drop("shared") is None
    assert not file_of(archive).exists()


def test_a_folder_one_may_not_look_into_is_named(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()

    def refused(path: Path, *arguments: object, **options: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    with patch.object(Path, "stat", refused), pytest.raises(ArchiveError, match=r"shared.*cannot be read .*rights"):
        archive.search("ferry")
    with patch.object(Path, "iterdir", refused), pytest.raises(ArchiveError, match=r"collections cannot be read"):
        archive.collections()
    with patch.object(Path, "stat", refused):
        assert any("cannot be read" in problem for problem in archive.status().problems)
    with patch.object(Path, "unlink", refused), pytest.raises(ArchiveError, match="cannot be deleted"):
        archive.drop("shared")
    assert [c.title for c in archive.articles()] == ["Ferry cancelled"]


def test_the_copy_before_an_upgrade_is_not_overwritten_by_one_after(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite3"
    steps = ["CREATE TABLE note (text TEXT)", "ALTER TABLE note ADD COLUMN stars INTEGER"]
    migrate(path, steps[:1])
    version = migrations._version

    def upgraded_meanwhile(of: Path) -> int:
        found = version(of)
        with patch.object(migrations, "_version", version):
            assert migrate(path, steps) is not None
        return found

    with patch.object(migrations, "_version", upgraded_meanwhile):
        assert migrate(path, steps) is None
    with closing(sqlite3.connect(tmp_path / "notes.sqlite3.before-schema-2")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["notes.sqlite3", "notes.sqlite3.before-schema-2"]


def test_text_that_is_no_text_any_more_is_reported(archive: Archive) -> None:
    archive.add([Article("The bridge opened on Monday with 300 guests.", "Bridge", id="b")])
    archive.close()
    path = file_of(archive)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes().replace(b"300 guests", b"300 gu\xff\xfets"))
    (problem,) = archive.status().problems
    assert "shared" in problem


@pytest.mark.parametrize(
    ("url", "former"),
    [
        ("https://example.org/story.asp?12345", "https://example.org/story.asp"),
        ("https://example.org/story?id=7&print", "https://example.org/story?id=7"),
        ("https://example.org/story?smid=tw", "https://example.org/story?smid=tw"),
        ("https://example.org/app#/news/1", "https://example.org/app"),
    ],
)
def test_an_article_stored_under_the_key_of_an_earlier_version_is_not_added_twice(
    archive: Archive, url: str, former: str
) -> None:
    article, other = (
        Article("The bridge is open.", url=url),
        Article("The bridge is shut.", url=f"{former}&b=1", id=None),
    )
    archive.add([article, other])
    archive.close()
    with closing(sqlite3.connect(file_of(archive))) as connection, connection:
        connection.execute("UPDATE article SET key = ? WHERE url = ?", (former, url))
    assert archive.add([article]).unchanged == 1
    assert archive.get(article.key)[1] == article
    assert archive.add([Article("The bridge is open again.", url=url)]).updated == 1
    assert [entry.text for entry in archive.history(article.key)] == ["The bridge is open."]
    assert sorted(archive.export(), key=lambda a: a.text)[1] == other


def test_an_article_stored_under_its_sites_front_page_keeps_apart_from_the_others_there(archive: Archive) -> None:
    first, second = (
        Article(f"The bridge is {how}.", url="https://example.org/?utm_source=rss") for how in ("open", "shut")
    )
    archive.add([first])
    archive.close()
    with closing(sqlite3.connect(file_of(archive))) as connection, connection:
        connection.execute("UPDATE article SET key = 'https://example.org'")
    assert archive.add([second]).added == 1
    assert archive.add([first]).unchanged == 1
    assert sorted(article.text for article in archive.export()) == [first.text, second.text]
