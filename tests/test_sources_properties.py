"""What holds for any input at all."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from index import Article, BadSource
from index.sources import KINDS, Kind, read_text, to_row
from index.sources.cleaning import clean
from index.sources.text import normalise

SCRAPS = [
    *(
        "\n",
        "\n\n",
        " ",
        "\t",
        "\r\n",
        "\r",
        "\u2028",
        "\x00",
        "\ud800",
        "\ufeff",
        "\u00ad",
        "\u200b",
        "\u200c",
        "\u200d",
    ),
    *("\u202e", "e", "\u0301", "\u0316", "\u0344", "\u212a", "\u0f71\u0f72", "\u1100\u1161", "سلام", "می"),
    *(
        "Leave a Reply",
        "Name *",
        "Website",
        "Share",
        "Facebook",
        "©",
        "Title: x",
        "By you",
        "A b c d e f",
        "![a b c](d)",
    ),
    *(
        "word word word word word",
        "Troops arrived Tuesday.",
        "---\n",
        "- ",
        "# ",
        "> ",
        "|",
        "*",
        '{"text":',
        "[",
        '"',
        "}",
    ),
    *("</p>", "<p>", "<h1>", "<!--", "-->", "<script>", "&#0;", "&#xD800;", "<title>", "<article>", "<table><tr><td>"),
    *("<meta charset=utf-16>", "<?xml version='1.0' encoding='zz'?>", "\\u0000"),
]
texts = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=6), max_size=25).map("".join) | st.text()
bytes_of_any_kind = st.binary() | st.tuples(texts, st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-16-be"])).map(
    lambda pair: pair[0].encode(pair[1], "replace")
)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_normalising_is_final(text: str) -> None:
    normal = normalise(text)
    assert normalise(normal) == normal
    assert unicodedata.is_normalized("NFC", normal)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in normal if char != "\n")
    assert not set("\u00ad\u200b\u200e\u202e\u2066\ufeff\t\u00a0") & set(normal)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_cleaning_is_final(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert normalise(cleaned) == cleaned


@settings(max_examples=300, deadline=None)
@given(bytes_of_any_kind | texts, st.sampled_from(KINDS))
def test_nothing_makes_reading_fail_and_every_article_reads_back_the_same(data: bytes | str, kind: Kind) -> None:
    for found in read_text(data, kind, "input"):
        if isinstance(found, BadSource):
            assert str(found).startswith("input")
            assert len(str(found)) < 500
            continue
        assert found.text
        assert found.title == normalise(found.title)
        row = json.dumps(to_row(found))
        assert list(read_text(row, "json", "row")) == [found]
        assert list(read_text(row.encode() + b"\n", "jsonl", "row")) == [found]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_a_bad_line_takes_no_other_with_it(titles: list[str]) -> None:
    good = [
        json.dumps({"id": f"n{number}", "title": title, "text": "A report."}) for number, title in enumerate(titles)
    ]
    found = list(read_text("\n".join(line for row in good for line in (row, "{broken")), "jsonl", "input"))
    assert [item.id for item in found if isinstance(item, Article)] == [f"n{number}" for number in range(len(titles))]
    assert sum(isinstance(item, BadSource) for item in found) == len(titles)
