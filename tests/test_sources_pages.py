"""What a web page says, and says of itself, is what is stored."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index import Archive, Article, BadSource
from index.article import Published
from index.sources import read_text

NAMED = '<meta property="og:site_name" content="The Post">'
TEXT = (
    "<p>The ferry sailed again on Monday with 120 people on board, the harbour office of Quillmouth said after three weeks.</p>"
    "<p>A shaft had to be made anew, and nobody in the country makes such shafts any more.</p>"
)
EVENING = datetime(2025, 2, 25, 18, 30, tzinfo=timezone(timedelta(hours=-5)))
WRITTEN = "2025-02-25T18:30:00-05:00"


STANDFIRST = "Nobody had seen the ferry of Quillmouth for three weeks when it came round the pier on Monday morning"


def page(
    head: str = "",
    body: str = TEXT,
    *,
    title: str = "Ferry sails again",
    before: str = "",
    after: str = "",
    lang: str = "",
) -> str:
    language = f' lang="{lang}"' if lang else ""
    return (
        f'<!DOCTYPE html><html{language}><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f"{before}<article><h1>Ferry sails again</h1>{body}</article>{after}</body></html>"
    )


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def read(markup: str) -> Article:
    (found,) = read_text(markup, "html", "page.html")
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('The flood killed 14<sup><a href="#fn2">2</a></sup> people.', "The flood killed 14 people."),
        ('The flood killed 14<a href="#fn2"><sup>2</sup></a> people.', "The flood killed 14² people."),
        ("The flood killed 14<sup>[2]</sup> people.", "The flood killed 14 people."),
        ("It cost 10<sup>6</sup> dollars a km<sup>2</sup>.", "It cost 10⁶ dollars a km²."),
        ("It took 3<sup>1</sup>/<sub>2</sub> days.", "It took 3 1/2 days."),
        ("It took <sup>1</sup>⁄<sub>2</sub> a day.", "It took 1⁄2 a day."),
        ("On the 5<sup>th</sup> day CO<sub>2</sub> rose.", "On the 5th day CO2 rose."),
        ("It costs <del>$24 million</del> <ins>$2.4 million</ins> now.", "It costs $2.4 million now."),
        (
            "It costs <s>$24 million</s> $2.4 million, <strike>or more</strike> she said.",
            "It costs $2.4 million, she said.",
        ),
        ("He said <q>close it</q> and left.", "He said “close it” and left."),
        ("He said <q>close <b>all</b> of it</q>.", "He said “close all of it”."),
        ("He said <q>close <b>all</b></q>.", "He said “close all”."),
        ('He said <q>"close it"</q> and <q></q> left.', 'He said "close it" and left.'),
        ("It has 25 km<sup><b><i>2</i></b></sup> of land.", "It has 25 km² of land."),
        ('On the 21<sup><a href="/st">st</a></sup> day.', "On the 21st day."),
        (
            'On the 5<sup><a href="#x">th</a></sup> day, <sup>see the <a href="#m">story</a></sup>.',
            "On the 5th day, see the story.",
        ),
    ],
)
def test_markup_that_changes_what_a_text_says_is_written_out(markup: str, text: str) -> None:
    assert read(page(body=f"<p>{markup}</p>{TEXT}")).text.split("\n")[0] == text


def test_a_note_behind_a_figure_is_no_part_of_the_answer(archive: Archive) -> None:
    note = '<p>The flood in Beeton killed 14<sup><a href="#fn2">2</a></sup> people on Monday, the mayor said.</p>'
    archive.add([read(page(body=note, title="Flood in Beeton"))])
    assert archive.ask("How many people did the flood in Beeton kill?", promise="any").text == "14"


def test_a_table_has_rows_and_no_lines_between_them() -> None:
    table = "<table><tr><th>Place</th><th>Name</th></tr><tr><td>1</td><td>Aster Roe</td></tr></table>"
    text = read(page(body=f"{TEXT}{table}")).text
    assert "1 | Aster Roe" in text
    assert "---" not in text


PUBLISHED = f'<time class="published" datetime="{WRITTEN}">y</time>'
OLD = '<aside><time datetime="2019-01-02T10:00:00Z">Jan 2, 2019</time> Old mill burns</aside>'
ITEM = {"@type": "NewsArticle", "headline": "Ferry sails again", "datePublished": WRITTEN}
OTHER = {"@type": "NewsArticle", "headline": "Old mill burns", "datePublished": "2018-01-01"}


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        (page(f'<meta property="article:published_time" content="{WRITTEN}">', after=OLD), EVENING),
        (
            page(
                f'<meta name="date" content="2025-03-09"><meta property="article:published_time" content="{WRITTEN}">'
            ),
            EVENING,
        ),
        (page(f'<meta name="DC.date.issued" content="{WRITTEN}">'), EVENING),
        (page(f'<meta name="parsely-pub-date" content="{WRITTEN}">'), EVENING),
        (page('<meta name="pubdate" content="20250225">'), date(2025, 2, 25)),
        (page('<meta property="article:published_time" content="Tue, 25 Feb 2025 18:30:00 -0500">'), EVENING),
        (page('<meta property="article:published_time" content="2025-02-25 23:30:00 UTC">'), EVENING.astimezone(UTC)),
        (page(linked(ITEM)), EVENING),
        (page(linked([{"@type": "BreadcrumbList"}, ITEM])), EVENING),
        (
            page(linked({"@graph": [{"@type": "WebSite"}, {"@type": "ItemList", "itemListElement": [OTHER]}, ITEM]})),
            EVENING,
        ),
        (page(linked([OTHER, ITEM])), EVENING),
        (page(linked({"@type": "WebPage", "mainEntity": ITEM})), EVENING),
        (page(linked(ITEM | {"@type": ["LiveBlogPosting", "Article"]})), EVENING),
        (page('<script type="application/ld+json">{"@type": "NewsArticle",</script>' + linked(ITEM)), EVENING),
        (page(body=f'<time datetime="{WRITTEN}">February 25</time>{TEXT}', after=OLD), EVENING),
        (
            page(body=f'<p>By Ada Roe, <time class="date" datetime="{WRITTEN}">Feb. 25</time></p>{TEXT}', after=OLD),
            EVENING,
        ),
        (page(body=f'<time class="updated" datetime="2025-02-27"></time>{PUBLISHED}{TEXT}'), EVENING),
        (page(body=f'<p class="date">Feb. 25, 2025</p>{TEXT}', after=OLD), date(2025, 2, 25)),
        (page(body=f'<p class="date">Published 25/02/2025</p>{TEXT}'), date(2025, 2, 25)),
        (page(body=f'<p class="date">Published 03/02/2025</p>{TEXT}', lang="en-GB"), date(2025, 2, 3)),
        (page('<link rel="canonical" href="https://example.org/2025/02/25/ferry">'), date(2025, 2, 25)),
        (page(body=f"<p>{STANDFIRST}</p>{PUBLISHED}{TEXT}", after=OLD), EVENING),
        (page(before=f"<div><p>{STANDFIRST}</p></div>", body=f"{PUBLISHED}{TEXT}", after=OLD), EVENING),
        (page(body=f'{TEXT}<footer class="entry-meta">{PUBLISHED}</footer>', after=OLD), EVENING),
        (page(body=f"{TEXT}<p>{PUBLISHED.replace('published', 'entry-date published')}</p>", after=OLD), EVENING),
        (
            page(body=f'<aside><time itemprop="datePublished" datetime="{WRITTEN}">x</time></aside>{TEXT}', after=OLD),
            EVENING,
        ),
        (page(before='<header><time datetime="2025-06-18">Today</time></header>', body=f"{PUBLISHED}{TEXT}"), EVENING),
        (page(linked(ITEM | {"@type": "Recipe", "headline": None, "name": "Ferry sails again"})), EVENING),
        (page(linked({"@graph": [ITEM | {"@type": "WebPage"}]})), EVENING),
        (page(linked(ITEM).replace("}", ",}")), EVENING),
        (page(linked(ITEM).replace('">', '">//<![CDATA[\n').replace("</", "\n//]]></")), EVENING),
        (page(linked(ITEM).replace("ld+json", "LD+json; charset=utf-8")), EVENING),
        (page(linked(ITEM | {"headline": "The ferry is back"})), EVENING),
        (page(linked([OTHER, ITEM | {"headline": "Ferry sails"}])), EVENING),
    ],
)
def test_the_day_that_a_page_states_for_its_own_article_is_taken(markup: str, published: Published) -> None:
    assert read(markup).published == published


@pytest.mark.parametrize(
    "markup",
    [
        page(after=OLD),
        page(after=f"<footer>{OLD}</footer>"),
        page(linked({"@type": "ItemList", "itemListElement": [OTHER]})),
        page(body=f'<div class="meta"><span class="date">02/03/2025</span></div>{TEXT}', lang="en-US"),
        page(body=f'<div class="meta"><span class="date">02/03/2025</span></div>{TEXT}'),
        page('<meta name="publish-date" content="02/03/2025">'),
        page('<meta property="og:updated_time" content="2025-02-27T09:00:00Z">'),
        page('<meta property="article:modified_time" content="2025-02-27T09:00:00Z">'),
        page(linked({"@type": "NewsArticle", "headline": "Ferry sails again", "dateModified": WRITTEN})),
        page(linked([OTHER, OTHER | {"datePublished": "2018-01-02"}])),
        page(body=f'<p>It was built on <time datetime="1937-05-01">May 1, 1937</time>.</p>{TEXT}'),
    ],
)
def test_a_day_that_may_be_another_is_not_taken(markup: str) -> None:
    assert read(markup).published is None


def test_the_address_in_the_description_of_the_article_names_it() -> None:
    for address in ({"url": "https://example.org/ferry"}, {"mainEntityOfPage": {"@id": "https://example.org/ferry"}}):
        assert read(page(linked(ITEM | address))).url == "https://example.org/ferry"


@pytest.mark.parametrize(
    "markup",
    [
        page(
            '<meta property="og:title" content="Ferry sails again - The Post"><meta property="og:site_name" content="The Post">'
        ),
        page(
            '<meta property="og:title" content="The Post | Ferry sails again"><meta property="og:site_name" content="The Post">'
        ),
        page(title="Ferry sails again – The Post").replace("<h1>Ferry sails again</h1>", "<h2>Ferry sails again</h2>"),
        page(NAMED, title="Ferry sails again | The Post").replace("<h1>Ferry sails again</h1>", "<h1>The Post</h1>"),
    ],
)
def test_the_title_is_the_articles_and_not_the_outlets(markup: str) -> None:
    assert read(markup).title == "Ferry sails again"


def test_pages_that_describe_the_same_other_article_do_not_become_it(archive: Archive) -> None:
    related = linked(OTHER | {"url": "https://example.org/mill"})
    pages = [
        page(related, title=title).replace("<h1>Ferry sails again", f"<h1>{title}") for title in ("Ferry", "Bridge")
    ]
    articles = [read(markup.replace("again on Monday", f"again {n}")) for n, markup in enumerate(pages)]
    assert [(article.url, article.title) for article in articles] == [(None, "Ferry"), (None, "Bridge")]
    assert archive.add(articles).added == 2


@pytest.mark.parametrize("start", ["", '<?xml version="1.0"?>\n', "<!-- made by hand -->\n"])
@pytest.mark.parametrize("root", ['<rss version="2.0">', '<feed xmlns="http://www.w3.org/2005/Atom">', "<rdf:RDF>"])
def test_a_feed_saved_as_a_page_is_told(start: str, root: str) -> None:
    (found,) = read_text(f"{start}{root}<channel><item><title>Ferry</title></item></channel>", "html", "feed.html")
    assert isinstance(found, BadSource)
    assert "feed.html is a feed" in str(found)


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("utf-8", "cp1252", "The bridge’s cost — “$2.4 million” — is paid."),
        ("iso-8859-9", "cp1254", "İstanbul’da köprü “kapalı” — Şişli"),
        ("tis-620", "cp874", "นายกเทศมนตรีกล่าวว่าสะพานจะเปิด “ในวันจันทร์”"),
        ("shift_jis", "cp932", "市長は月曜日に橋が①開通すると発表した。髙橋氏。"),
        ("euc-kr", "cp949", "시장은 월요일에 똠방각하 다리가 개통된다고 밝혔다."),
        ("gb2312", "gb18030", "市长朱镕基表示大桥将于星期一通车，渡轮也将恢复航行。"),
        ("big5", "big5hkscs", "市長表示大橋將於星期一通車，渡輪也將恢復航行。嘅係喺"),
        ("iso-2022-jp", "iso2022_jp", "市長は月曜日に橋が開通すると発表した。"),
        ("windows-1251", "cp1251", "Мэр города сказал, что мост откроют."),
    ],
)
def test_declared_encodings_are_read_as_browsers_read_them(declared: str, encoding: str, text: str) -> None:
    markup = page(body=f"<p>{text}</p><p>No more was said.</p>").replace("utf-8", declared)
    (found,) = read_text(markup.encode(encoding), "html", "page.html")
    assert isinstance(found, Article)
    assert found.text == f"{text}\nNo more was said."


def test_many_quotations_take_no_longer_each() -> None:
    assert read(page(body=f"<p>{'<q>so</q>, ' * 20_000}he said.</p>{TEXT}")).text.count("“so”") == 20_000
