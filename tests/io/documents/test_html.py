"""Web pages to text and to what they say of themselves; pages made to hurt take no longer than their length."""

from __future__ import annotations

import pytest

from tests.growth import grows_with_its_length
from tracker.io.documents.html import read_page
from tracker.io.documents.html_about import about_page
from tracker.io.documents.html_events import MAX_HTML_NESTING
from tracker.io.documents.html_text import article_text, html_text
from tracker.io.refusals import FileRefused

PAGE = """<!doctype html><html lang="fr-FR"><head><meta charset="utf-8"><title>Déclaration | Ministère</title>
<meta property="og:title" content="Déclaration du porte-parole"><meta property="og:site_name" content="Ministère">
<meta property="article:published_time" content="2016-04-03T23:30:00-05:00"><link rel="canonical" href="/d/1">
<script>document.write("<p>never</p>")</script></head><body class="with-sidebar">
<header><a href="/">Accueil</a></header><nav><ul><li>Menu</li></ul></nav>
<main><h1>Déclaration</h1><div class="share-buttons">Partager</div>
<p>Le porte-parole a dit : «&nbsp;Nous soutenons
la proposition.&nbsp;»</p><p>Il a ajouté<br>deux lignes.</p><figure><img src=x onerror=alert(1)><figcaption>Photo</figcaption></figure>
<ul><li>Un</li><li>Deux</li></ul></main><aside>À lire aussi</aside><footer>Mentions</footer></body></html>"""


def test_a_page_is_its_article_and_what_it_says_of_itself() -> None:
    page = read_page(PAGE.encode(), url="https://mfa.example/x/")
    assert page.text == (
        "Déclaration\n\nLe porte-parole a dit : «\xa0Nous soutenons la proposition.\xa0»\n\nIl a ajouté\ndeux lignes.\n\nUn\n\nDeux"
    ).replace("\xa0", " ")
    assert (page.title, page.publisher, page.language) == ("Déclaration du porte-parole", "Ministère", "fr")
    assert str(page.published_on) == "2016-04-03"
    assert page.url == "https://mfa.example/d/1"
    assert dict(page.left_out)["caption of a picture"] == 1


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("One<br><br>Two", "One\n\nTwo", id="two breaks are a paragraph"),
        pytest.param("<p>a <b>b</b>c</p>", "a bc", id="inline elements do not part words"),
        pytest.param("<pre>Q: a\nA: b</pre>", "Q: a\nA: b", id="laid out lines stay"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb", id="cells are apart"),
        pytest.param("<style>p{}</style><noscript>x</noscript><template>y</template>z", "z", id="what is not shown"),
        pytest.param("<p hidden>x</p><p style='display: none'>y</p><p>z</p>", "z", id="hidden"),
        pytest.param("3 < 5 & 6 > 2", "3 < 5 & 6 > 2", id="signs that are no tags"),
        pytest.param("a<!-- b -->c", "ac", id="comment"),
        pytest.param("<p>unclosed <b>all <i>over", "unclosed all over", id="never closed"),
        pytest.param("</p></div>text</body></html>more", "text\n\nmore", id="closed without opening"),
        pytest.param("<ruby>漢<rt>kan</rt></ruby>", "漢", id="readings beside characters"),
        pytest.param("", "", id="empty"),
        pytest.param(" \0 ", "", id="nothing to see"),
    ],
)
def test_html_text(markup: str, expected: str) -> None:
    assert html_text(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<div class='page with-sidebar'><p>Words</p></div>", "Words", id="a class that speaks of another element"),
        pytest.param("<div class='social'><h1>Title</h1><p>Words</p></div>", "Title\n\nWords", id="a class that covers the article"),
        pytest.param("<div><p>Words enough to be most</p><div class='share'>Share</div></div>", "Words enough to be most", id="share"),
        pytest.param("<p>W</p><ul><li><a>a</a></li><li><a>b</a></li><li><a>c</a></li></ul>", "W", id="three links in a row"),
        pytest.param("<p>W</p><ul><li><a>a</a></li><li><a>b</a></li></ul>", "W\n\na\n\nb", id="two links are kept"),
        pytest.param("<article>Long story of the day</article><article>x</article>", "Long story of the day", id="the larger article"),
        pytest.param(
            "<article>ab</article><article>cd</article><p>longer than these</p>", "ab\n\ncd\n\nlonger than these", id="no main one"
        ),
        pytest.param("<article><header><h1>T</h1></header>w</article>", "T\n\nw", id="the head of an article is its own"),
        pytest.param("<form><p>All of the page</p></form>", "All of the page", id="a form around everything"),
    ],
)
def test_what_stands_around_an_article(markup: str, expected: str) -> None:
    assert article_text(markup)[0] == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param('<meta name="date" content="2016-04">', "2016-04", id="a month stays a month"),
        pytest.param(
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2016-04-03"}</script>', "2016-04-03", id="ld"
        ),
        pytest.param(
            '<script type="application/ld+json">{"@graph":[{"@type":["Article"],"datePublished":"2016-04-03"}]}</script>',
            "2016-04-03",
            id="graph",
        ),
        pytest.param('<script type="application/ld+json">{broken</script><time datetime="2016-04-03">', "2016-04-03", id="broken ld"),
        pytest.param('<time datetime="2016-04-03T23:30Z"></time>', "2016-04-03", id="the only time"),
        pytest.param('<time datetime="2016-04-03"></time><time datetime="2017-01-01"></time>', "None", id="two times are no date"),
        pytest.param(
            '<time datetime="2016-04-03" itemprop="datePublished"></time><time datetime="2017-01-01"></time>', "2016-04-03", id="marked"
        ),
        pytest.param('<meta name="date" content="03/04/2016">', "None", id="ambiguous"),
        pytest.param('<meta name="date" content="yesterday">', "None", id="relative"),
        pytest.param("<p>2016-04-03</p>", "None", id="a day in the text is not the day of the page"),
    ],
)
def test_the_day_of_publication(head: str, expected: str) -> None:
    assert str(about_page(head).published_on) == expected


@pytest.mark.parametrize(
    ("data", "charset", "has_warning"),
    [
        pytest.param("<meta charset=windows-1251><p>Россия", "windows-1251", False, id="the server says so"),
        pytest.param('<meta charset="windows-1251"><p>Россия', "", False, id="the page says so"),
        pytest.param('<meta charset="utf-8"><p>Россия призывает все стороны', "", True, id="the page is wrong"),
    ],
)
def test_encodings(data: str, charset: str, has_warning: bool) -> None:
    page = read_page(data.encode("cp1251"), charset=charset)
    assert page.text.startswith("Россия")
    assert bool(page.problems) is has_warning


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//[", "http://[::1", "data:text/html,x"], ids=["script", "broken", "broken host", "data"]
)
def test_only_web_addresses_come_out(address: str) -> None:
    assert about_page(f'<link rel="canonical" href="{address}"><title>T</title>', "https://mfa.example/a").url in (
        "https://mfa.example/a",
        "",
    )


HOSTILE = {
    "deep": lambda n: "<b>" * 900 + "x" * n,
    "unclosed": lambda n: "<p><font size=1>" * 400 + "<p>x" * n,
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x",
    "signs": lambda n: "<" * n * 4 + "&#" * n * 4,
    "comment": lambda n: "<!--" * n * 2 + "x",
    "closing": lambda n: "<div>" * 900 + "</span>" * n,
    "classes": lambda n: '<p class="' + "nav-" * n + '">x',
    "one line": lambda n: "x" * n * 30,
    "spaces": lambda n: "<p>" + " \n" * n * 5,
    "scripts": lambda n: "<script>" + "<!--</scrip" * n,
    "linked data": lambda n: '<script type="application/ld+json">' + "[" * n + "</script>x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_made_to_hurt_take_time_with_their_length(name: str) -> None:
    assert grows_with_its_length(lambda n: read_page(HOSTILE[name](n).encode()), 4_000)


@pytest.mark.parametrize("markup", ["<div>" * (MAX_HTML_NESTING + 5), "<p>" + "x" * 20_000_001], ids=["too deep", "too long"])
def test_pages_beyond_the_limits_are_refused_in_words(markup: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_page(markup.encode())
    assert refused.value.problem.code in ("nested-too-deeply", "file-too-large")
