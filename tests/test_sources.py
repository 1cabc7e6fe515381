"""Files, pages and rows become clean articles."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from index import Article, BadSource
from index.sources import Kind, read, read_text, to_row

BODY = (
    "The ferry sailed again on Monday with 120 people on board, the harbour office of Quillmouth said.\n\n"
    "It had been in the dock for three weeks."
)


def one(data: bytes | str, kind: Kind = "txt") -> Article:
    (found,) = read_text(data, kind, "input")
    assert isinstance(found, Article), found
    return found


def refused(data: bytes | str, kind: Kind = "txt") -> str:
    (found,) = read_text(data, kind, "input")
    assert isinstance(found, BadSource), found
    return str(found)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Ferry sails again after repair\n\n{BODY}", "Ferry sails again after repair"),
        (f"Ferry sails again after repair\n{BODY}", "Ferry sails again after repair"),
        (f"Will the ferry sail again?\n\n{BODY}", "Will the ferry sail again?"),
        (f"Ferry sails again to the U.S.\n\n{BODY}", "Ferry sails again to the U.S."),
        (f"Ferry sails again\n\nFerry sails again\n\n{BODY}", "Ferry sails again"),
    ],
)
def test_a_headline_becomes_the_title_and_leaves_the_text(text: str, title: str) -> None:
    article = one(text)
    assert article.title == title
    assert article.text == BODY


@pytest.mark.parametrize("first", ["It rained.", "QUILLMOUTH, May 5 —", "By Jane Example"])
def test_a_first_line_that_is_no_headline_stays(first: str) -> None:
    article = one(f"{first}\n\n{BODY}")
    assert article.text.startswith(first)
    assert article.title


def test_without_a_headline_the_first_words_are_the_title() -> None:
    assert one(BODY).title == "The ferry sailed again on Monday with 120 people on board, the harbour office…"
    assert one(BODY).text == BODY
    assert one("Flood").title == one("Flood").text == "Flood"


def test_an_image_that_opens_the_text_gives_the_title_once() -> None:
    alt = "Passengers wait on the pier of Quillmouth"
    article = one(f"![{alt} {alt}](https://example.org/p.jpg)\n{BODY}", "md")
    assert article.title == alt
    assert article.text == BODY
    assert one(f"![IMG_2041.jpg](https://example.org/p.jpg)\n\n{BODY}", "md").title.startswith("The ferry sailed")


def test_markdown_becomes_prose() -> None:
    text = (
        "# Ferry *sails* again\n\nThe [ferry](https://example.org) **sailed** on `Monday` &amp; Tuesday\\.\nA second line.\n\n"
        "## Why now\n\n> A quoted line.\n\n- one\n- two\n  - three\n\n3. four\n\n| Day | People |\n|--|--|\n| Monday | 120 |\n\n"
        "***\n\n<div>A <b>box</b></div>\n\n<script>alert(1)</script>\n"
    )
    article = one(text, "md")
    assert article.title == "Ferry sails again"
    assert article.text == (
        "The ferry sailed on Monday & Tuesday.\nA second line.\n\nWhy now\n\nA quoted line.\n\n- one\n- two\n- three\n\n"
        "3. four\n\nDay | People\nMonday | 120\n\nA box"
    )


@pytest.mark.parametrize(
    ("text", "title", "prose"),
    [
        ("---\ntitle: News of the day\n---\n\n## Ferry sails\n\nIt did.", "News of the day", "Ferry sails\n\nIt did."),
        ("# Ferry sails\n\nIt did.", "Ferry sails", "It did."),
        ("# Ferry sails again.\n\nIt did.", "Ferry sails again.", "It did."),
        (
            "This report first stood in The Post.\n\n# Ferry sails\n\nIt did.",
            "Ferry sails",
            "stood in The Post.\n\nIt did.",
        ),
        ("Updated 5 June 2025.\n\n# Ferry sails\n\nIt did.", "Ferry sails", "It did."),
        ("By Anna Berg, The Post Inc.\n\n# Ferry sails\n\nIt did.", "Ferry sails", "It did."),
        ("It sailed on Monday at noon.\n\n## Why now\n\nA shaft broke.", "It sailed on Monday at noon", "Why now"),
        (
            "It sailed on Monday at noon.\n---\n\nA shaft broke.",
            "It sailed on Monday at noon",
            "It sailed on Monday at noon.",
        ),
        (
            "# Ferry\n\nIt costs ~~$24 million~~ $2.4 million, ~~or *more*,~~ she said.",
            "Ferry",
            "costs $2.4 million, she said.",
        ),
    ],
)
def test_a_heading_is_the_title_or_stays_in_the_text(text: str, title: str, prose: str) -> None:
    article = one(text, "md")
    assert prose in article.text
    assert article.title == title


@pytest.mark.parametrize("kind", ["txt", "md"])
@pytest.mark.parametrize(
    "header",
    [
        'title: "Ferry sails again"\nsource: The Example Post\ndate: 2025-05-06\nurl: https://example.org/ferry\nweather: fine',
        "Headline: Ferry sails again\nOutlet: The Example Post\nDate: May 6, 2025\nLink: https://example.org/ferry",
    ],
)
def test_header_lines_are_understood(kind: Kind, header: str) -> None:
    block = f"---\n{header}\n---\n" if "weather" in header else f"{header}\n\n"
    assert one(f"{block}\n{BODY}\n", kind) == Article(
        text=BODY,
        title="Ferry sails again",
        outlet="The Example Post",
        url="https://example.org/ferry",
        published=date(2025, 5, 6),
    )


def test_a_single_line_with_a_colon_is_no_header() -> None:
    assert "Source: the harbour office." in one(f"{BODY}\n\nSource: the harbour office.").text
    assert one(f"Date: the sweet fruit of the palm.\n\n{BODY}").text.startswith("Date: the sweet")
    assert one("---\n\nA text between rules.\n\n---\n\nAnd more.", "md").text == "A text between rules.\n\nAnd more."


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    wrapped = (
        "Ferry sails again after repair\n\n"
        "The ferry sailed again on Monday with 120 people on board, the\n"
        "harbour office of Quillmouth said. It had been in the dock for three\n"
        "weeks because of a broken shaft.\n\n"
        "The shaft was made in 1998 and will be put into the museum, where\n"
        "visitors may touch it.\n"
    )
    paragraphs = one(wrapped).text.split("\n\n")
    assert paragraphs[0].endswith("It had been in the dock for three weeks because of a broken shaft.")
    assert "\n" not in paragraphs[0] + paragraphs[1]


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    text = "Monday was dry and calm in the whole of the valley.\nTuesday was wet.\nWednesday brought the storm.\nThursday too."
    assert one(f"What the week brought\n\n{text}").text == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Café “Zoë” — señor".encode(), "Café “Zoë” — señor"),
        ("Café “Zoë” — señor".encode("utf-8-sig"), "Café “Zoë” — señor"),
        ("Café “Zoë” — señor".encode("utf-16"), "Café “Zoë” — señor"),
        ("Cafe in the harbour of Quillmouth".encode("utf-16-le"), "Cafe in the harbour of Quillmouth"),
        ("Café “Zoë” — señor".encode("utf-32"), "Café “Zoë” — señor"),
        ("Café “Zoë” — señor".encode("cp1252"), "Café “Zoë” — señor"),
        ("Он сказал, что мост открыт в понедельник.".encode("cp1251"), "Он сказал, что мост открыт в понедельник."),
        ("Η γέφυρα άνοιξε τη Δευτέρα".encode("cp1253"), "Η γέφυρα άνοιξε τη Δευτέρα"),
    ],
)
def test_encodings_are_detected(data: bytes, expected: str) -> None:
    assert one(data).text == expected


def test_a_damaged_byte_leaves_the_rest_of_a_utf8_text_as_it_is() -> None:
    said = "The mayor of Beeton said: “We’ll open the café on Friday.”"
    assert one(said.encode() + b" \xff" + said.encode()).text == f"{said} \ufffd{said}"
    assert one(said.encode() + "”".encode()[:2]).text == f"{said}\ufffd"
    row = json.dumps({"title": "t", "text": said}, ensure_ascii=False).encode()
    assert one(row.replace(b"Beeton", b"Bee\xe9on"), "jsonl").text == said.replace("Beeton", "Bee\ufffdon")
    page = f"<html><head><meta charset='windows-1251'></head><body><p>{said} \udcff</p></body></html>"
    assert one(page.encode("utf-8", "surrogateescape"), "html").text == f"{said} \ufffd"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Мэр города сказал, что мост через реку откроют в понедельник, раньше, чем обещали.", "koi8_r"),
        ("Primar Łukasz Żak powiedział, że most otworzą w poniedziałek, a źródło ciepła później.", "cp1250"),
        ("นายกเทศมนตรีกล่าวว่าสะพานจะเปิดในวันจันทร์ และเรือจะแล่นอีกครั้ง", "cp874"),
        ("قال رئيس البلدية إن الجسر سيفتح يوم الاثنين وإن العبارة ستبحر من جديد", "cp1256"),
        ("市長は月曜日に橋が開通すると発表した。フェリーも再び運航する。", "cp932"),
        ("市長は月曜日に橋が開通すると発表した。フェリーも再び運航する。", "euc_jp"),
        (
            "市长表示大桥将于星期一通车，渡轮也将恢复航行，居民对此表示欢迎。政府昨日公布新的预算方案，预计明年经济增长百分之五，"
            "失业率下降。警方正在调查这起事故的原因，三名工人受伤送医。天气预报称周末将有大雨，沿海地区需要注意防范台风。",
            "gb18030",
        ),
        ("市長表示大橋將於星期一通車，渡輪也將恢復航行，居民對此表示歡迎。", "big5"),
        ("시장은 월요일에 다리가 개통된다고 밝혔으며 여객선도 다시 운항한다.", "cp949"),
    ],
)
def test_texts_of_other_encodings_are_not_taken_for_damaged_utf8(text: str, encoding: str) -> None:
    assert one(text.encode(encoding)).text == text


@pytest.mark.parametrize("shift", range(4))
def test_a_character_at_the_end_of_the_looked_at_part_does_no_harm(shift: int) -> None:
    line = "市長は月曜日に橋が開通すると発表した。フェリーも再び運航する。\n"
    text = "x" * shift + line * 2500
    assert len(text.encode("cp932")) > 150_000
    assert one(text.encode("cp932")).text.endswith(line.strip())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("e\u0301te\u0301", "été"),
        ("har\u00adbour\u200b of\u00a0Quill\ufeffmouth", "harbour of Quillmouth"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x00b\x07c\td  e   \n\n\n\nf ", "abc d e\n\nf"),
        ("pay \u202e000,1\u202c now \u2066x\u2069", "pay 000,1 now x"),
        ("قال رئيس البلدية إن الجسر فُتح", "قال رئيس البلدية إن الجسر فُتح"),
        ("می\u200cخواهم tro\u200cops", "می\u200cخواهم troops"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("for $2\x964 million the mayor\x92s\x85", "for $2–4 million the mayor’s…"),
        ("of\ufb01cials of the \ufb02eet's o\ufb03ce\x81", "officials of the fleet's office"),
    ],
)
def test_text_is_normalised(raw: str, expected: str) -> None:
    assert one(json.dumps({"title": "t", "text": raw}), "json").text == expected


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Ferry sails again | Example Post</title>
<meta property="og:site_name" content="The Example Post"><link rel="canonical" href="https://example.org/ferry">
<meta property="article:published_time" content="2025-05-06T08:00:00+02:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<div id="cookies"><p>We use cookies to improve your experience.</p><button>Accept all</button></div>
<article><h1>Ferry sails again</h1><p>QUILLMOUTH — The ferry sailed on Monday with 120 people, José said.</p>
<h2>Why it took so long</h2><p>A shaft had to be made anew.</p><ul><li>Monday</li><li>Tuesday</li></ul></article>
<aside>Sign up for our newsletter</aside><footer>© 2025 The Example Post</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_web_page_gives_text_title_outlet_link_and_instant(charset: str) -> None:
    article = one(PAGE.replace("{charset}", charset).replace("—", "-").encode(charset), "html")
    assert article == Article(
        text="QUILLMOUTH - The ferry sailed on Monday with 120 people, José said.\nWhy it took so long\n"
        "A shaft had to be made anew.\n- Monday\n- Tuesday",
        title="Ferry sails again",
        outlet="The Example Post",
        url="https://example.org/ferry",
        published=datetime(2025, 5, 6, 8, tzinfo=timezone(timedelta(hours=2))),
    )


@pytest.mark.parametrize(
    "stated",
    [
        '<base href="https://example.org/">',
        '<base href="https://example.org/es/">',
        '<link rel="alternate" hreflang="x-default" href="https://example.org/">',
        '<link rel="canonical" href="https://example.org/">',
        '<meta property="og:url" content="https://example.org">',
        '<meta property="og:url" content="https://example.org/?utm_source=feed">',
        '<link rel="canonical" href="https://[broken">',
    ],
)
def test_the_address_of_a_whole_site_names_no_article(stated: str) -> None:
    pages = [f"<html><head>{stated}</head><body><p>The {what} sailed on Monday.</p></body></html>" for what in "ab"]
    first, second = (one(page, "html") for page in pages)
    assert (first.url, second.url) == (None, None)
    assert first.key != second.key


@pytest.mark.parametrize(
    "stated",
    [
        '<meta property="og:url" content="https://example.org/"><link rel="canonical" href="https://example.org/ferry">',
        '<link rel="canonical" href="https://example.org/"><meta property="og:url" content="https://example.org/ferry">',
        '<base href="https://example.org/"><link rel="canonical" href="/ferry">',
        '<link rel="canonical" href="//example.org/ferry">',
        '<link rel="canonical" href="/ferry"><meta property="og:image" content="https://example.org/a.jpg">',
        '<meta name="twitter:url" content="https://example.org/ferry">',
    ],
)
def test_the_address_that_names_the_article_is_taken(stated: str) -> None:
    page = f"<html><head>{stated}</head><body><p>The ferry sailed on Monday.</p></body></html>"
    assert one(page, "html").url == "https://example.org/ferry"


@pytest.mark.parametrize("markup", ["<p>Flood</p>", "Flood", "<html><body>Flood</body></html>"])
def test_a_scrap_of_a_page_is_enough(markup: str) -> None:
    assert one(markup, "html").text == "Flood"


def test_rows_give_articles() -> None:
    row = {"id": 17, "title": "Ferry", "url": "https://example.org/f", "date": "2025-05-06T08:00:00Z", "source": "Post"}
    expected = Article(BODY, "Ferry", "Post", "https://example.org/f", datetime(2025, 5, 6, 8, tzinfo=UTC), "17")
    assert one(json.dumps(row | {"text": BODY}), "json") == expected
    assert one(json.dumps([row | {"text": BODY}]), "json") == expected
    assert one("\ufeff" + json.dumps(row | {"text": BODY}), "jsonl") == expected
    assert one(json.dumps(row | {"text": BODY}).encode("utf-16"), "jsonl") == expected
    page = one(json.dumps({"html": PAGE, "title": "Mine"}), "json")
    assert (page.title, page.outlet, page.url) == ("Mine", "The Example Post", "https://example.org/ferry")


@pytest.mark.parametrize(("words", "taken"), [(40, True), (100, False)])
def test_a_first_line_is_taken_for_the_title_printed_above_where_it_can_be_one(words: int, taken: bool) -> None:
    """An archive keeps no title of more than 500 characters, so that the words of a longer one must stay in the text."""
    line = "ferry " * words + "sails"
    [article] = read_text(json.dumps({"title": line, "text": f"{line}\n\nIt leaves at ten."}), "jsonl", "row")
    assert article.title == line
    assert article.text.startswith("It leaves" if taken else "ferry ferry")


def test_a_row_without_title_gets_one_and_an_empty_title_is_kept() -> None:
    assert one(json.dumps({"text": f"Ferry sails again\n\n{BODY}"}), "json").title == "Ferry sails again"
    untitled = Article(BODY)
    assert one(json.dumps(to_row(untitled)), "json") == untitled


def test_line_separators_inside_a_row_do_not_end_it() -> None:
    assert one('{"title": "t", "text": "one\u2028two"}\n', "jsonl").text == "one\ntwo"


def test_a_bad_row_is_told_by_its_line_and_the_others_are_read() -> None:
    lines = [json.dumps({"text": f"Report number {number} from the harbour."}) for number in range(1, 11)]
    lines[6] = '{"text": "unfinished'
    lines.insert(3, "")
    found = list(read_text("\n".join(lines), "jsonl", "news.jsonl"))
    assert [isinstance(item, Article) for item in found] == [True] * 6 + [False] + [True] * 3
    assert str(found[6]).startswith("news.jsonl, line 8: this is not valid JSON (Unterminated string")


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({"text": "x", "date": "yesterday"}, '"date" is "yesterday", which is not a day such as 2025-02-05'),
        ({"text": "x", "date": "2025-02-30"}, '"date" is "2025-02-30"'),
        ({"text": "x", "date": 20250205}, '"date" is "20250205"'),
        ({"text": "x", "url": "javascript:alert(1)"}, '"url" is "javascript:alert(1)"'),
        ({"text": "x", "url": "https://[broken"}, '"url" is'),
        ({"text": "x", "url": "https://example.org:port/"}, '"url" is'),
        ({"text": "x", "title": 5}, '"title" is "5", not a text'),
        ({"text": "x", "id": True}, '"id" is "True"'),
        ({"text": "x", "id": "\u200b"}, '"id" has no visible character'),
        ({"text": 5}, '"text" is not a text'),
        ({"title": "x"}, 'neither "text" nor "html"'),
        ({"text": "Leave a Reply"}, "holds no article text once menus"),
        ({"html": "<html><body><script>let x</script></body></html>"}, "holds no article text"),
        ("x", "not str"),
    ],
)
def test_a_row_that_is_no_article_is_told(row: object, part: str) -> None:
    sentence = refused(json.dumps(row), "json")
    assert sentence.startswith(("input: ", "input holds"))
    assert part in sentence


def test_reading_the_same_file_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(f"Second ferry\n\n{BODY}", encoding="utf-8")
    (tmp_path / "a.MD").write_text(f"# First ferry\n\n{BODY}", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.jsonl").write_text(json.dumps({"id": "c", "text": BODY}) + "\n", encoding="utf-8")
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / ".hidden.txt").write_text("hidden", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("hidden", encoding="utf-8")
    found = list(read(tmp_path))
    assert [item.title if isinstance(item, Article) else item for item in found[:2]] == ["First ferry", "Second ferry"]
    assert [item.id for item in found[2:] if isinstance(item, Article)] == ["c"]
    assert len(found) == 3
    assert list(read(tmp_path)) == found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.org/story.asp?12345", "https://example.org/story.asp?67890"),
        ("https://example.org/s?story&12345", "https://example.org/s?story&67890"),
        ("https://example.org/s?id=7&print", "https://example.org/s?id=7"),
        ("https://example.org/s?a=", "https://example.org/s?b="),
        ("https://example.org/s?q=ma%F1ana", "https://example.org/s?q=ma%EDana"),
        ("https://example.org/s?q=%CF%F0%E8", "https://example.org/s?q=%D2%E5%EA"),
        ("https://example.org#/news/1", "https://example.org#/news/2"),
        ("https://example.org/app#!/news/1", "https://example.org/app#!/news/2"),
    ],
)
def test_addresses_that_name_different_pages_have_different_keys(first: str, second: str) -> None:
    assert Article(BODY, url=first).key == first
    assert Article(BODY, url=second).key == second


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Example.org:443/s/?id=7&utm_source=x&fbclid=y#top", "https://example.org/s?id=7"),
        ("https://example.org/s?utm_source=&gclid&utm%5Fmedium=x", "https://example.org/s"),
        ("https://example.org/s?q=a%20b&c=%C3%A9&", "https://example.org/s?q=a+b&c=%C3%A9"),
        ("https://example.org/s?&&a=1", "https://example.org/s?a=1"),
        (
            "https://example.org/s?msclkid=1&smid=tw&at_medium=RSS&at_campaign=x&smidgen=2",
            "https://example.org/s?smidgen=2",
        ),
        ("https://example.org/live#post-7", "https://example.org/live"),
    ],
)
def test_what_does_not_name_the_page_is_not_in_the_key(url: str, key: str) -> None:
    assert Article(BODY, url=url).key == key


@pytest.mark.parametrize(
    "url", ["https://example.org/", "https://example.org", "https://example.org/?utm_source=feed#top"]
)
def test_the_front_page_of_a_site_names_none_of_its_articles(url: str) -> None:
    assert Article(BODY, url=url).key == Article(BODY).key != Article("Another.", url=url).key


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Sept. 5, 2025", date(2025, 9, 5)),
        ("Sep. 5, 2025", date(2025, 9, 5)),
        ("Friday, Sept. 5, 2025", date(2025, 9, 5)),
        ("Sept. 5, 2025 at 6:30 p.m. ET", date(2025, 9, 5)),
        ("5th September 2025", date(2025, 9, 5)),
        ("2025-09-05 10:00:00 UTC", datetime(2025, 9, 5, 10, tzinfo=UTC)),
        ("2025-09-05 12:00:00 +0200", datetime(2025, 9, 5, 10, tzinfo=UTC)),
        ("Fri, 05 Sep 2025 10:00:00 GMT", datetime(2025, 9, 5, 10, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_they_are_written(written: str, published: date) -> None:
    assert one(f"Title: Ferry\nDate: {written}\n\n{BODY}").published == published


@pytest.mark.parametrize(
    "written", ["02/03/2025", "5 Sept", "Friday", "35 September 2025", "Fri, 35 Sep 2025 10:00:00 GMT"]
)
def test_dates_that_could_be_two_or_are_none_are_refused(written: str) -> None:
    assert "is not a day such as 2025-02-05" in refused(f"Title: Ferry\nDate: {written}\n\n{BODY}")


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "Ferry.html").write_text(f"<html><body><p>{BODY}</p></body></html>", encoding="utf-8")
    for name in ("Ferry_files", "Ferry", "Other_files"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "saved_resource.html").write_text(f"<p>{name} weighs 20 pounds less.</p>", encoding="utf-8")
    texts = [found.text for found in read(tmp_path) if isinstance(found, Article)]
    assert [text.split()[0] for text in texts] == ["Ferry", "The", "Other_files"]
