"""What happens to an archive when things go wrong: nothing is lost, and the sentence says what to do."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from index import Archive, ArchiveError, ArchiveTooNew, Article, ModelMismatch, migrations, store
from index.migrations import connect, migrate
from tests.conftest import WordEncoder
from tests.test_archive import FERRY, ROOF, invented


def file_of(archive: Archive, collection: str = "shared") -> Path:
    return archive.folder / "collections" / f"{collection}.sqlite3"


def reopened(archive: Archive, encoder: WordEncoder | None = None) -> Archive:
    archive.close()
    return Archive(archive.folder, encoder=encoder or WordEncoder(), reader=None)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 on this system")
def test_kill_9_while_adding_leaves_whole_articles_only(archive: Archive) -> None:
    script = """
        import itertools, sys
        from pathlib import Path
        from index import Archive
        from tests.conftest import WordEncoder
        from tests.test_archive import invented
        with Archive(Path(sys.argv[1]), encoder=WordEncoder(), reader=None) as archive:
            for first in itertools.count(step=7):
                archive.add([invented(n) for n in range(first, first + 7)])
                print(first, flush=True)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(archive.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent) as process:
        assert process.stdout is not None
        for _ in range(5):
            process.stdout.readline()
        time.sleep(0.03)
        os.kill(process.pid, signal.SIGKILL)
    stored = list(archive.export())
    assert len(stored) >= 28
    assert stored == [invented(n) for n in range(len(stored))]
    assert archive.status().problems == ()
    assert archive.search("harbour", limit=1)


def test_a_full_disk_stops_with_a_sentence_and_keeps_what_was_there(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()

    def small(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")
        return connection

    with patch.object(store, "connect", small), Archive(archive.folder, encoder=WordEncoder(), reader=None) as full:
        with pytest.raises(ArchiveError, match=r"disk .* is full"):
            full.add([invented(n) for n in range(64)])
        assert [c.title for c in full.articles()] == ["Ferry cancelled"]
    with Archive(archive.folder, encoder=WordEncoder(), reader=None) as after:
        assert after.status().problems == ()
        assert after.add([invented(n) for n in range(64)]).added == 64


def test_a_writer_that_waits_too_long_says_so(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()
    with (
        patch.object(migrations, "BUSY_TIMEOUT_SECONDS", 0.1),
        closing(sqlite3.connect(file_of(archive), isolation_level=None)) as other,
        Archive(archive.folder, encoder=WordEncoder(), reader=None) as waiting,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program"):
            waiting.add([ROOF])
        assert waiting.search("ferry")  # Readers don't wait for writers.
        other.execute("ROLLBACK")
        assert waiting.add([ROOF]).added == 1


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


def test_another_model_never_searches_old_vectors(archive: Archive) -> None:
    archive.add([FERRY, ROOF])
    other = WordEncoder("other", dimension=32)
    with reopened(archive, other) as changed:
        with pytest.raises(ModelMismatch, match=r"words.*other.*rebuild"):
            changed.search("ferry")
        with pytest.raises(ModelMismatch):
            changed.add([invented(1)])
        assert any("rebuild" in problem for problem in changed.status().problems)
        assert changed.rebuild() == 2
        assert changed.search("ferry passengers")[0].passage.citation.title == "Ferry cancelled"
        assert changed.status().problems == ()


def test_a_rebuild_loses_nothing_that_is_added_meanwhile(archive: Archive) -> None:
    archive.add([FERRY])

    class Interrupted(WordEncoder):
        pending = True

        def encode(self, texts):  # type: ignore[no-untyped-def]
            if self.pending:
                self.pending = False
                with Archive(archive.folder, encoder=WordEncoder(), reader=None) as other:
                    other.add([ROOF])
            return super().encode(texts)

    with reopened(archive, Interrupted()) as rebuilding:
        assert rebuilding.rebuild() == 2
        assert rebuilding.search("school roof")[0].passage.citation.key == "roof-7"


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


def test_many_writers_at_once_lose_nothing(archive: Archive) -> None:
    def write(worker: int) -> None:
        with Archive(archive.folder, encoder=WordEncoder(), reader=None) as own:
            for first in range(0, 20, 4):
                own.add([invented(n, seed=worker) for n in range(first, first + 4)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert len(archive.articles()) == 80
    assert archive.status().problems == ()


def test_a_file_that_stays_in_use_is_not_called_broken(tmp_path: Path) -> None:
    path = tmp_path / "busy.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE made (n)")
        other.execute("BEGIN EXCLUSIVE")
        with (
            patch.object(migrations, "BUSY_TIMEOUT_SECONDS", 0.1),
            pytest.raises(ArchiveError, match="another program"),
        ):
            connect(path)


def test_many_that_make_one_new_file_wait_for_each_other(tmp_path: Path) -> None:
    """SQLite itself does not always wait where the journal's mode is changed: some round of these used to fail."""
    for number in range(60):
        path, together = tmp_path / f"{number}.sqlite3", threading.Barrier(6)

        def make(path: Path = path, together: threading.Barrier = together) -> str:
            together.wait()
            with closing(connect(path)) as connection:
                return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

        with ThreadPoolExecutor(6) as pool:
            assert [made.result() for made in [pool.submit(make) for _ in range(6)]] == ["wal"] * 6


def test_an_interrupted_add_keeps_whole_articles(archive: Archive) -> None:
    def articles(interrupt: Callable[[], None]):  # type: ignore[no-untyped-def]
        for number in range(200):
            if number == 150:
                interrupt()
            yield invented(number)

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.add(articles(interrupt))
    stored = list(archive.export())
    assert stored == [invented(n) for n in range(len(stored))]
    assert len(stored) == 128


def test_an_archive_can_be_moved(archive: Archive, tmp_path: Path) -> None:
    archive.add([FERRY, Article("Moved along.", id="m")])
    archive.close()
    shutil.move(archive.folder, tmp_path / "elsewhere")
    with Archive(tmp_path / "elsewhere", encoder=WordEncoder(), reader=None) as moved:
        assert moved.get("m")[1].text == "Moved along."


class Meanwhile(WordEncoder):
    """Lets something happen, once, between the reading and the writing of a batch."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__()
        self.happens: Callable[[], object] | None = happens

    def encode(self, texts):  # type: ignore[no-untyped-def]
        happens, self.happens = self.happens, None
        if happens:
            happens()
        return super().encode(texts)


def test_an_add_does_not_go_on_under_another_model(archive: Archive) -> None:
    archive.add([FERRY])
    with Archive(archive.folder, encoder=WordEncoder("other", dimension=32), reader=None) as other:
        with (
            reopened(archive, Meanwhile(lambda: other.rebuild())) as adding,
            pytest.raises(ModelMismatch, match=r"other.*words.*rebuild"),
        ):
            adding.add([ROOF])
        assert [c.title for c in other.articles()] == ["Ferry cancelled"]
        assert other.search("ferry passengers")[0].passage.citation.title == "Ferry cancelled"
        assert other.status().problems == ()


@pytest.mark.parametrize("comes_back", [False, True])
def test_an_add_does_not_go_on_in_a_file_that_was_removed(archive: Archive, comes_back: bool) -> None:
    archive.add([FERRY])

    def remove() -> None:
        with Archive(archive.folder, encoder=WordEncoder(), reader=None) as other:
            other.drop("shared")
            if comes_back:
                other.add([invented(1)])

    with reopened(archive, Meanwhile(remove)) as adding:
        with pytest.raises(ArchiveError, match=r"shared.*removed or replaced"):
            adding.add([ROOF])
        assert [c.key for c in adding.articles()] == (["0-1"] if comes_back else [])
        assert adding.add([ROOF]).added == 1


def test_what_is_unchanged_is_not_counted_in_a_file_that_was_removed(archive: Archive) -> None:
    articles = [invented(n) for n in range(128)]
    archive.add(articles)

    def again():  # type: ignore[no-untyped-def]
        for number, article in enumerate(articles):
            if number == 100:
                with Archive(archive.folder, encoder=WordEncoder(), reader=None) as other:
                    other.drop("shared")
            yield article

    with pytest.raises(ArchiveError, match="removed or replaced"):
        archive.add(again())


def test_two_that_make_a_collection_at_once_agree_on_its_model(archive: Archive) -> None:
    archive.add([FERRY])
    opened = store.Store(file_of(archive), "shared")
    opened.add_manifest({"model": "other", "colour": "blue"})
    assert (opened.manifest()["model"], opened.manifest()["colour"]) == ("words", "blue")
    opened.close()


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
        patch.object(migrations, "BUSY_TIMEOUT_SECONDS", 0.1),
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
