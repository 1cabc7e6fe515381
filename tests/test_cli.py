"""The command line, as somebody at a terminal uses it."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from index import Answer, Archive, Article, samples
from index.__main__ import main
from index.output import console
from tests.conftest import WordEncoder
from tests.test_archive import FERRY, ROOF, invented

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `python -m index ARGUMENTS` with an archive of its own, in this process: loading torch anew takes seconds."""
    monkeypatch.setenv("NUTGRAF_ARCHIVE", str(tmp_path / "archive"))

    def call(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["index", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        console.cache_clear()
        capsys.readouterr()
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return call


def process(*arguments: str, archive: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"NUTGRAF_ARCHIVE": str(archive), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "index", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, input=stdin, capture_output=True, timeout=300)


def test_one_command_answers_a_question_with_its_proof(tmp_path: Path) -> None:
    done = process("ask", "--samples", "how many troops went to Tijuana?", archive=tmp_path / "unused")
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert out.splitlines()[0] == "1,949"
    assert "[1,949]" in out
    assert "2025" in out
    assert "Example" in out or "Sample" in out
    assert "independent reports agree" in out
    assert not (tmp_path / "unused").exists()


def test_articles_go_in_are_listed_shown_exported_and_removed(run: Run, tmp_path: Path) -> None:
    added = run("add", "--samples")
    count = len(samples())
    assert (added.status, added.out) == (0, f"samples: {count} added, 0 updated, 0 unchanged.\n")
    assert run("add", "--samples").out == f"samples: 0 added, 0 updated, {count} unchanged.\n"
    listed = run("list")
    assert len(listed.out.splitlines()) == count
    shown = run("show", samples()[0].id or "")
    assert samples()[0].text in shown.out
    exported = run("export", "--collection", "samples")
    assert len(exported.out.splitlines()) == count
    (tmp_path / "export.jsonl").write_text(exported.out, encoding="utf-8")
    assert (
        run("add", str(tmp_path / "export.jsonl"), "-c", "again").out
        == f"again: {count} added, 0 updated, 0 unchanged.\n"
    )
    assert run("export", "-c", "again").out == exported.out
    found = json.loads(run("search", "ferry passengers", "-c", "samples", "--json").out)
    assert found[0]["rank"] == 1
    assert found[0]["passage"]["citation"]["collection"] == "samples"
    assert run("remove", "--samples").out == f"samples: {count} removed.\n"
    assert json.loads(run("list", "-c", "samples", "--json").out) == []


def test_standard_input_is_an_article(run: Run) -> None:
    row = json.dumps(
        {
            "id": 7,
            "title": "Tide",
            "text": "The tide rose 3 metres.",
            "date": "2025-05-01",
            "source": "The Example Post",
        }
    )
    assert run("add", "-", "--kind", "jsonl", stdin=row.encode()).out == "shared: 1 added, 0 updated, 0 unchanged.\n"
    shown = json.loads(run("show", "7", "--json").out)
    assert (shown["text"], shown["date"], shown["source"]) == (
        "The tide rose 3 metres.",
        "2025-05-01",
        "The Example Post",
    )


def test_one_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "empty.txt").write_text("")
    (folder / "good.txt").write_text("A headline\n\nThe bridge opened on Monday.", encoding="utf-8")
    (folder / "rows.jsonl").write_text('{"text": "One row."}\n\n{"text": \n{"text": "Another row."}', encoding="utf-8")
    done = run("add", str(folder), str(tmp_path / "missing.txt"))
    assert done.status == 1
    assert "shared: 3 added, 0 updated, 0 unchanged, 3 failed." in done.out
    for part in ("empty.txt", "rows.jsonl, line 3", "missing.txt"):
        assert part in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("add", "nothing to add"),
        ("remove", "Name the keys"),
        ("show nowhere", "No article 'nowhere'"),
        ("ask --since sometime why", "7d"),
        ("ask --as-of sometime why", "2025-02-01"),
        ("ask --timezone Mars/Phobos why", "Mars/Phobos"),
        ("search x -c Big", "small letters"),
        ("add . --model no-such-model-anywhere", "NUTGRAF_MODEL"),
        ("evaluate missing.jsonl", "missing.jsonl"),
        ("ask --promise never why", "strict"),
    ],
)
def test_what_a_person_gets_wrong_is_told_in_one_sentence(
    run: Run, tmp_path: Path, arguments: str, sentence: str
) -> None:
    (tmp_path / "a.txt").write_text("Some words about a bridge.")
    done = run(*[str(tmp_path) if word == "." else word for word in shlex.split(arguments)])
    assert done.status != 0
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_an_empty_archive_says_so(run: Run) -> None:
    assert "no articles" in run("list").out.lower()
    asked = run("ask", "how many people came?")
    assert asked.status == 0
    assert "article" in asked.out


def test_a_question_of_a_day_is_measured_by_what_was_known_then(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    ask = Archive.ask

    def noting(archive: Archive, *arguments: Any, as_of: object = None, **options: Any) -> Answer:
        asked.append(as_of)
        return ask(archive, *arguments, as_of=as_of, **options)

    (tmp_path / "ferry.txt").write_text("The ferry to Gull Island carried 340 passengers on Monday.", encoding="utf-8")
    question = {"question": "How many passengers did the ferry carry?", "answers": ["340"], "date": "2025-01-10"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    assert run("add", str(tmp_path / "ferry.txt")).status == 0
    monkeypatch.setattr(Archive, "ask", noting)
    for command in ("evaluate", "quality", "ablation"):
        asked.clear()
        assert run(command, str(tmp_path / "questions.jsonl")).status == 0
        assert set(asked) == {date(2025, 1, 10)}, command


def test_a_prompt_keeps_asking(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bridge opens\n\nThe bridge in Lower Pell opened on Monday. It cost 12,000 crowns.")
    run("add", str(tmp_path / "a.txt"))
    done = run("ask", stdin=b"how much did the bridge cost?\n\nquit\nnever reached\n")
    assert "12,000 crowns" in done.out
    assert done.status == 0


def test_status_tells_how_the_archive_stands(run: Run, tmp_path: Path) -> None:
    run("add", "--samples")
    (status,) = json.loads(run("status", "--json").out)
    assert (status["collection"], status["articles"], status["problems"]) == ("samples", len(samples()), [])
    assert status["passages"] >= status["articles"]
    assert "no problems found" in run("status").out


def test_the_bot_and_the_command_line_may_write_at_the_same_time(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The market in Upper Pell has 40 stalls.")
    with Archive(tmp_path / "archive") as running:
        running.add([FERRY])
        run("add", str(tmp_path / "a.txt"))
        running.add([ROOF])
        assert len(running.articles()) == 3
        assert "40 stalls" in running.search("market stalls")[0].passage.text


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there are no such signals on this system")
def test_ctrl_c_during_add_leaves_whole_articles(tmp_path: Path) -> None:
    articles = [invented(n) for n in range(3000)]
    rows = [json.dumps({"id": a.id, "title": a.title, "text": a.text}) for a in articles]
    (tmp_path / "many.jsonl").write_text("\n".join(rows))
    environment = os.environ | {"NUTGRAF_ARCHIVE": str(tmp_path / "archive")}
    command = [sys.executable, "-m", "index", "add", str(tmp_path / "many.jsonl")]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as adding:
        stored = tmp_path / "archive" / "collections" / "shared.sqlite3"
        with Archive(tmp_path / "archive", encoder=WordEncoder(), reader=None) as watching:
            while adding.poll() is None and not (stored.exists() and watching.articles(limit=1)):
                time.sleep(0.2)
            adding.send_signal(signal.SIGINT)
            adding.wait(60)
            found = list(watching.export())
    assert adding.returncode != 0
    assert 0 < len(found) < 3000
    assert found == articles[: len(found)]


@pytest.fixture
def two(run: Run, tmp_path: Path) -> Run:
    """`run` with the collections `shared` and `other`, made without a model."""
    with Archive(tmp_path / "archive", encoder=WordEncoder(), reader=None) as archive:
        archive.add([FERRY])
        archive.add([ROOF], "other")
    return run


@pytest.mark.parametrize("command", ["export", "rebuild"])
def test_a_mistyped_collection_is_no_empty_one(two: Run, command: str) -> None:
    done = two(command, "-c", "sharde")
    assert (done.status, done.out) == (1, "")
    assert "'sharde'" in done.err
    assert "other, shared" in done.err


def test_samples_and_ones_own_articles_do_not_mix(two: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The market in Upper Pell has 40 stalls.")
    done = two("add", "--samples", str(tmp_path / "a.txt"))
    assert done.status == 1
    assert "two commands" in done.err
    done = two("remove", "--samples", "-c", "other")
    assert done.status == 1
    assert "'other'" in done.err
    with Archive(tmp_path / "archive", encoder=WordEncoder(), reader=None) as archive:
        assert archive.collections() == ["other", "shared"]


def test_a_collection_that_cannot_be_read_is_told_and_can_be_removed(two: Run, tmp_path: Path) -> None:
    (tmp_path / "archive" / "collections" / "other.sqlite3").write_bytes(b"no database " * 1000)
    listed = two("list")
    assert listed.status == 1
    assert "other.sqlite3" in listed.err
    assert two("remove", "--all", "-c", "other").out.startswith("other: removed.")
    assert two("remove", "--all").out == "shared: 1 removed.\n"
    assert two("remove", "--all").out == "shared: 0 removed.\n"


def test_a_key_named_twice_is_removed_once(two: Run) -> None:
    done = two("remove", "roof-7", "roof-7", "-c", "other")
    assert (done.status, done.out) == (0, "other: 1 removed.\n")
    assert two("remove", "roof-7", "-c", "other").status == 1


@pytest.mark.parametrize(
    "command", ["list", "status", "ask what happened", "search ferry", "evaluate q.jsonl", "quality q.jsonl"]
)
def test_a_mistyped_collection_is_not_told_as_an_empty_archive(
    two: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q.jsonl").write_text('{"id": "1", "question": "how many people?", "answers": ["120"]}')
    done = two(*command.split(), "-c", "sharde")
    assert (done.status, done.out) == (1, "")
    assert "There is no collection 'sharde'. Those there are: other, shared." in done.err


def test_a_question_in_another_encoding_is_told_and_the_prompt_goes_on(two: Run, tmp_path: Path) -> None:
    assert "write it in UTF-8" in two("ask", "how many caf\udce9s").err
    assert "write it in UTF-8" in two("search", "caf\udce9").err
    done = process("ask", archive=tmp_path / "empty", stdin="how many cafés\nhow many people\n".encode("latin-1"))
    assert (done.returncode, done.stderr.count(b"UTF-8")) == (0, 1)
    assert done.stdout.count(b"No article has anything on this.") == 1


def test_the_zone_decides_what_a_search_finds_since_today(run: Run, tmp_path: Path) -> None:
    behind, ahead = "Etc/GMT+12", "Pacific/Kiritimati"  # 26 hours apart
    today = datetime.now(ZoneInfo(behind)).date()
    row = {"title": "Ferry", "date": today.isoformat(), "text": "The ferry sailed again with 120 people on board."}
    (tmp_path / "ferry.json").write_text(json.dumps(row))
    assert run("add", str(tmp_path / "ferry.json")).status == 0
    for zone, found in ((behind, True), (ahead, False)):
        done = run("search", "ferry", "--since", "today", "--timezone", zone, "--json")
        assert bool(json.loads(done.out)) == found


def test_a_folder_of_zones_is_no_zone(run: Run) -> None:
    assert "'Europe' is no time zone" in run("ask", "--timezone", "Europe", "why").err


def test_an_empty_name_is_not_this_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("The market in Upper Pell has 40 stalls.")
    done = run("add", "")
    assert done.status == 1
    assert "is empty" in done.err
    assert not (tmp_path / "archive").exists()


def test_a_home_folder_in_the_environment_is_found(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("NUTGRAF_ARCHIVE", "~/news")
    with Archive(tmp_path / "news", encoder=WordEncoder(), reader=None) as archive:
        archive.add([FERRY])
    assert FERRY.title in run("list").out


def test_the_folder_of_nobody_is_told(run: Run) -> None:
    done = run("list", "--archive", "~nobody-of-that-name/news")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "write the path out" in done.err


def test_the_collection_that_every_archive_comes_to_have_may_be_named_before(run: Run) -> None:
    assert run("list", "-c", "shared").status == 0
    assert "no problems found" in run("status", "-c", "shared").out


def test_what_an_update_replaced_is_shown_with_its_title_and_day(run: Run, tmp_path: Path) -> None:
    with Archive(tmp_path / "archive", encoder=WordEncoder(), reader=None) as archive:
        archive.add([Article("The roof leaks.", "Roof leaks", published=date(2025, 2, 3), id="roof")])
        archive.add([Article("The roof leaks.", "Roof leaks again", published=date(2025, 2, 5), id="roof")])
    assert "Roof leaks, 2025-02-03\n" in run("show", "roof", "--history").out


def test_an_empty_question_is_told_by_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "why?", "answers": []}\n{"question": "  ", "answers": []}\n')
    done = run("evaluate", str(tmp_path / "q.jsonl"))
    assert (done.status, done.out) == (1, "")
    assert "q.jsonl, line 2: its question is empty" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["export", "list", "status"])
def test_output_that_cannot_be_written_is_told_in_one_line(two: Run, tmp_path: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "index", command],
            cwd=ROOT,
            env=os.environ | {"NUTGRAF_ARCHIVE": str(tmp_path / "archive")},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "not complete" in line


def test_without_standard_output_the_work_is_done_all_the_same(two: Run, tmp_path: Path) -> None:
    closing = (
        "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, '-m', 'index', 'remove', '--all'])"
    )
    environment = os.environ | {"NUTGRAF_ARCHIVE": str(tmp_path / "archive")}
    done = subprocess.run(
        [sys.executable, "-c", closing], cwd=ROOT, env=environment, stderr=subprocess.PIPE, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert two("list").out.count("\n") == 1
