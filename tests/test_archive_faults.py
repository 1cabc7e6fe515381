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
