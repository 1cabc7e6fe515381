"""Files that cannot be read: one clear sentence each, and the rest is read all the same."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Archive, Article, BadSource
from index.__main__ import main
from index.adding import batches
from index.answering import stories
from index.sources import expected, read, read_text, to_row
from index.sources.documents import LONGEST
from tests.conftest import WordEncoder

GOOD = "The ferry sailed again on Monday with 120 people on board."
with_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are a Unix thing")


def sentence(path: Path) -> str:
    (found,) = read(path)
    assert isinstance(found, BadSource), found
    assert str(path) in str(found)
    assert "\n" not in str(found)
    return str(found)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(content)
    assert sentence(path)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".json", ".jsonl"])
@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", bytes(range(256)) * 8],
    ids=["png", "pdf", "all"],
)
def test_a_binary_file(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"binary{suffix}"
    path.write_bytes(content)
    found = list(read(path))
    assert found
    assert all(isinstance(item, BadSource) and str(path) in str(item) for item in found)
    assert "binary" in str(found[0])


def test_a_file_over_the_limit_is_not_read_and_one_at_the_limit_is(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * (LONGEST // 5) + b"w" * 10)
    assert "50 MB" in sentence(path)


@pytest.mark.parametrize("text", ["word " * 400_000, "a" * 2_000_000, "\n" * 2_000_000, "a\n" * 1_000_000])
def test_texts_of_odd_shapes_are_read(text: str) -> None:
    for kind in ("txt", "md"):
        (found,) = read_text(text, kind, "odd")
        assert isinstance(found, Article | BadSource)
        assert isinstance(found, Article) == bool(text.strip())


def test_marks_heaped_on_one_letter_are_cut() -> None:
    """Left alone, normalising them takes quadratic time: this would run for minutes."""
    (found,) = read_text("Zalgo wrote a" + "\u0316\u0300" * 500_000, "txt", "odd")
    assert isinstance(found, Article)
    assert len(found.text) < 50


def test_a_name_that_does_not_exist(tmp_path: Path) -> None:
    assert "is not there" in sentence(tmp_path / "missing.txt")


def test_an_unsupported_kind_named_outright(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK")
    assert ".jsonl" in sentence(path)


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    assert "holds no file of a kind that is read" in sentence(tmp_path)


def test_a_file_that_vanishes_while_the_folder_is_read(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(GOOD, encoding="utf-8")
    reading = read(tmp_path)
    assert isinstance(next(reading), Article)
    (tmp_path / "b.txt").unlink()
    gone, last = reading
    assert isinstance(gone, BadSource)
    assert str(tmp_path / "b.txt") in str(gone)
    assert isinstance(last, Article)


def test_a_folder_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Injected: whoever runs the tests may be allowed everything."""
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "open.txt").write_text(GOOD, encoding="utf-8")
    list_folder = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self == closed:
            raise PermissionError(13, "Permission denied", str(self))
        return list_folder(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    denied, article = read(tmp_path)
    assert isinstance(denied, BadSource)
    assert str(closed) in str(denied)
    assert isinstance(article, Article)


def test_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert "Input/output error" in sentence(path)


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("no right to make symbolic links here")


def test_links_in_a_circle_are_walked_once(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text(GOOD, encoding="utf-8")
    _link(tmp_path / "inner" / "up", tmp_path)
    (found,) = read(tmp_path)
    assert isinstance(found, Article)


def test_a_link_to_nowhere_and_a_link_to_itself(tmp_path: Path) -> None:
    _link(tmp_path / "broken.txt", tmp_path / "missing")
    _link(tmp_path / "self.txt", tmp_path / "self.txt")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    *bad, article = read(tmp_path)
    assert [isinstance(item, BadSource) for item in bad] == [True, True]
    assert isinstance(article, Article)


@with_pipes
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    assert "pipe" in sentence(path)


@pytest.mark.parametrize(
    "data", ["[" * 100_000, '{"a":' * 100_000, '{"id": ' + "9" * 5000 + ', "text": "x"}', "[]", "nul"]
)
def test_json_that_breaks_parsers(data: str) -> None:
    (found,) = read_text(data, "json", "input")
    assert isinstance(found, BadSource)
    assert str(found).startswith("input")


@with_pipes
def test_a_pipe_in_a_folder_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rows.jsonl")
    (tmp_path / "z.txt").write_text(GOOD, encoding="utf-8")
    assert expected(tmp_path / "rows.jsonl") == 1
    assert expected(tmp_path) == 2
    told, article = read(tmp_path)
    assert "pipe" in str(told)
    assert isinstance(article, Article)


def test_how_many_to_expect_is_never_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    status = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if closed in self.parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return status(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    assert expected(closed / "inner") == 1
    assert "may not be read" in sentence(closed / "inner")
    assert expected(tmp_path / "missing.jsonl") == 1
    assert expected(Path("a\0b.jsonl")) == 1


def test_a_text_pasted_as_a_name_is_told_in_a_short_sentence() -> None:
    pasted = Path("The ferry sailed again on Monday.\n" * 200)
    assert expected(pasted) == 1
    (told,) = read(pasted)
    assert isinstance(told, BadSource)
    assert "standard input" in str(told)
    assert "\n" not in str(told)
    assert len(str(told)) < 200


@pytest.mark.parametrize("headline", ['["Ferry sails"]', '{"a": "b"}', "7", "null", '"Ferry sails"'])
@pytest.mark.parametrize("field", ["headline", "datePublished", "publisher", "url"])
def test_a_page_that_describes_itself_oddly_is_read(headline: str, field: str) -> None:
    described = f'{{"@context": "https://schema.org", "@type": "NewsArticle", "{field}": {headline}}}'
    page = (
        f'<html><head><script type="application/ld+json">{described}</script></head><body><p>{GOOD}</p></body></html>'
    )
    (found,) = read_text(page, "html", "page")
    assert isinstance(found, Article)
    assert found.text == GOOD
    assert isinstance(found.title, str)


def test_a_page_that_breaks_the_library_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    (tmp_path / "odd.html").write_text(f"<p>{GOOD}</p>", encoding="utf-8")
    (tmp_path / "plain.txt").write_text(GOOD, encoding="utf-8")
    rows = [{"html": f"<p>{GOOD}</p>"}, {"text": GOOD}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    page, article, row, other = read(tmp_path)
    assert str(tmp_path / "odd.html") in str(page)
    assert "rows.jsonl, line 1" in str(row)
    assert isinstance(article, Article)
    assert isinstance(other, Article)


def test_articles_of_one_key_are_all_counted_and_the_earlier_ones_kept_as_history(tmp_path: Path) -> None:
    first = Article("The ferry of Aville carried 12 people.", id="ferry")
    other = Article("The bridge of Beeton cost 40 crowns.", id="bridge")
    second = Article("The ferry of Aville carried 21 people.", id="ferry")
    assert [*batches([first, other, first, second])] == [[first, other], [first], [second]]
    assert [*batches([first, other, second], size=2)] == [[first, other], [second]]
    with Archive(tmp_path, encoder=WordEncoder(), reader=None) as archive:
        added = archive.add([first, other, first, second, second])
        assert (added.added, added.updated, added.unchanged) == (2, 1, 2)
        assert added.keys == ("ferry", "bridge", "ferry")
        assert archive.get("ferry")[1] == second
        assert [entry.text for entry in archive.history("ferry")] == [first.text]


def test_a_long_text_is_signed_in_parts_with_the_same_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(f"Ferry {number} sailed." for number in range(60))
    whole = stories.signature(text)
    monkeypatch.setattr(stories, "_AT_A_TIME", 7)
    assert stories.signature(text) == whole


def _exporting(folder: Path, articles: list[Article], *, encoding: str) -> subprocess.Popen[bytes]:
    with Archive(folder, encoder=WordEncoder(), reader=None) as archive:
        archive.add(articles)
    environment = os.environ | {"NUTGRAF_ARCHIVE": str(folder), "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "index", "export"]
    root = Path(__file__).parent.parent
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_an_export_to_a_narrow_encoding_is_whole(tmp_path: Path) -> None:
    articles = [Article("Mayor Świt of Beeton said “no”.", id="a"), Article("The ferry 🚢 sailed.", id="b")]
    with _exporting(tmp_path, articles, encoding="cp1252") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    assert [json.loads(line) for line in out.decode().splitlines()] == [to_row(article) for article in articles]


@pytest.mark.parametrize("words", [3, 3000], ids=["a little", "more than a pipe holds"])
def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path, words: int) -> None:
    """As with `export | true` and `export | head -1`."""
    articles = [Article(f"Report {number}: " + "the ferry sailed. " * words, id=str(number)) for number in range(12)]
    with _exporting(tmp_path, articles, encoding="utf-8") as process:
        assert process.stdout
        assert process.stderr
        if words > 1000:
            assert b'"0"' in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(120) == 0


def test_questions_that_cannot_be_measured_are_told_before_anything_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["index", *arguments, "--archive", str(tmp_path / "archive")])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        return capsys.readouterr().err

    def loaded(self: Archive) -> None:
        raise AssertionError("models were loaded")

    monkeypatch.setattr(Archive, "warm", loaded)
    path = tmp_path / "questions.jsonl"
    for date in ("20250205", '"soon"'):
        path.write_text(f'{{"question": "Who?", "answers": ["Ann"], "date": {date}}}\n', encoding="utf-8")
        for command in ("evaluate", "ablation", "quality"):
            assert "questions.jsonl, line 1" in (said := told(command, str(path)))
            assert date in said
            assert "--as-of" not in said
    path.write_text('{"question": "Who?", "answers": []}\n', encoding="utf-8")
    assert "questions.jsonl holds no question" in told("ablation", str(path))
    assert str(tmp_path / "missing") in told("quality", str(path), "--plot", str(tmp_path / "missing" / "x.png"))


def test_a_plot_that_cannot_be_drawn_comes_after_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from index import quality
    from index.answer import Answer, Kind, Trace

    def nothing(self: Archive, question: str, *_: object, **__: object) -> Answer:
        return Answer(question, Kind.NONE, (), Trace(("shared",), {}, "model", None, "balanced", None, ()))

    def full(found: object, path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Archive, "ask", nothing)
    monkeypatch.setattr(Archive, "reader", None)
    monkeypatch.setattr(quality, "plot", full)
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?", "answers": ["Ann"]}\n', encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", ["index", "quality", str(path), "--archive", str(tmp_path), "--plot", str(tmp_path / "x.png")]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out
    assert "No space left" in said.err


def test_a_terminal_of_a_narrow_encoding_shows_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    from index.output import use_utf8

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(screen, encoding="cp1252"))
    use_utf8()
    print("Świt, café", flush=True)
    assert screen.getvalue().split() == [b"?wit,", b"caf\xe9"]
