"""Writing to an archive when something comes between: kill -9, a full disk, other programs. Nothing is lost."""

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

from index import Archive, ArchiveError, Article, ModelMismatch, ReaderUnavailable, database, store
from index.database import connect
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
        patch.object(database, "BUSY_TIMEOUT_SECONDS", 0.1),
        closing(sqlite3.connect(file_of(archive), isolation_level=None)) as other,
        Archive(archive.folder, encoder=WordEncoder(), reader=None) as waiting,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program"):
            waiting.add([ROOF])
        assert waiting.search("ferry")  # Readers don't wait for writers.
        other.execute("ROLLBACK")
        assert waiting.add([ROOF]).added == 1


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


def test_passages_cut_in_another_way_are_neither_searched_nor_added_to(archive: Archive) -> None:
    archive.add([FERRY])
    archive.close()
    with closing(sqlite3.connect(file_of(archive))) as connection:
        connection.execute("UPDATE manifest SET value = 'another way' WHERE name = 'splitter'")
        connection.commit()
    for act in (lambda: archive.search("ferry"), lambda: archive.add([FERRY])):
        with pytest.raises(ModelMismatch, match="rebuild --collection shared"):
            act()
    assert "another version" in "".join(archive.status().problems)
    archive.rebuild()
    assert archive.search("ferry")
    assert archive.status().problems == ()


def test_the_status_names_the_model_that_made_the_vectors(archive: Archive) -> None:
    archive.add([FERRY])
    with reopened(archive, WordEncoder("other")) as changed:
        assert changed.status().model == "words"


def test_the_status_tells_why_there_is_no_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = "The reader's file is damaged: install Nutgraf again."

    def fails() -> None:
        raise ReaderUnavailable(damaged)

    monkeypatch.setattr("index.archive.load_reader", fails)
    with Archive(tmp_path / "archive", encoder=WordEncoder()) as archive:
        archive.add([FERRY])
        status = archive.status()
        assert (status.reader, status.problems) == (None, (damaged,))


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
            patch.object(database, "BUSY_TIMEOUT_SECONDS", 0.1),
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
