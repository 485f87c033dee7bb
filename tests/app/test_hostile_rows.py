"""Whatever stands in the table is shown as text: no element, no address and no style of a page comes from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.app.app import App
from tests.app.hostile import AWKWARD_NAMES, AWKWARD_QUOTES, hostile_rows, write_hostile
from tracker.io.groups import known_memberships

# What templates write; a row that becomes any other element, or carries any other attribute, has got out of its text.
OUR_TAGS = re.compile(
    "a|article|blockquote|br|caption|code|dd|details|div|del|dl|dt|em|footer|h[123]|header|ins|li|mark|nav|ol|p|pre|section|small|span|strong|summary|"
    "table|tbody|td|th|thead|time|tr|ul"
)
OUR_ATTRIBUTES = re.compile(
    "aria-current|aria-hidden|aria-label|aria-labelledby|cite|class|data-column|data-open-now|datetime|dir|download|href|id|lang|open|rel|"
    "role|rowspan|scope|style|tabindex|target|title"
)
LINKS = [
    "/",
    "/timeline",
    "/timeline?lane=spokesperson",
    "/timeline?lane=issue",
    "/compare?actor=FRA.DEU.NOR",
    "/compare?actor=FRA.DEU.NOR&before=h-1&after=h-2",
    "/shifts?evidence=1&show=all",
    "/shifts?lane=spokesperson&evidence=1",
    "/alignment?min=1&pair=FRA.DEU",
    "/alignment?level=spokesperson&min=1",
    "/timeline?actor=group:script-window-xss-13-script&joint=each",
    "/compare?actor=group:script-window-xss-13-script.FRA&contested=out",
    "/alignment?min=1&contested=out",
    "/statements",
    "/statements?q=%3Cscript%3E",
    "/data",
    *(f"/statement?id=h-{number}" for number in range(len(AWKWARD_QUOTES))),
]


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(autouse=True)
def _on_hostile_rows(data_at: Callable[[Path], None], hostile_path: Path) -> None:
    data_at(hostile_path)


@pytest.mark.parametrize("link", LINKS)
def test_no_row_becomes_an_element_a_style_or_a_link(link: str) -> None:
    app = App(link)
    assert len(app.by_tag("h1")) == 1
    assert not [e.tag for e in app.elements if not OUR_TAGS.fullmatch(e.tag)]
    assert not [name for e in app.elements for name in e.attributes if not OUR_ATTRIBUTES.fullmatch(name)]
    schemes = {urlsplit(e.attributes[name]).scheme for e in app.elements for name in ("href", "cite") if name in e.attributes}
    assert schemes <= {"", "http", "https"}
    hosts = {urlsplit(target).hostname for target in app.links}
    ours = {urlsplit(membership.document_url).hostname for membership in known_memberships()} if link == "/data" else set()
    assert hosts <= {None, "example.org", *ours}, "only the row's own document, and those of our groups, may be linked"
    assert not [target for target in app.links if target.startswith("//")]
    styles = {e.attributes["style"] for e in app.elements if "style" in e.attributes}
    assert not [style for style in styles if not re.fullmatch(r"(--trk-columns|grid-column|width|flex-grow): [\d.]+%?", style)]


@pytest.mark.parametrize(
    ("link", "texts"),
    [
        pytest.param(
            "/statement?id=h-0",
            ("<svg onload=window.__xss=15>", AWKWARD_QUOTES[3], "<b>Office</b> {{7*7}}", "![o](https://evil.example/j.png)"),
            id="signatories-relations-offices",
        ),
        pytest.param(
            "/data",
            ('<img src=x onerror="window.__xss=12"> State', "<b>Coder</b>", "[b](javascript:window.__xss=16)"),
            id="silences-codings",
        ),
        pytest.param("/compare?actor=group:script-window-xss-13-script.FRA", ("<b>Group</b> ![g]",), id="memberships"),
    ],
)
def test_rows_beside_the_statements_are_there_as_written(link: str, texts: tuple[str, ...]) -> None:
    shown = " ".join(e.text for e in App(link).elements)
    assert [text for text in texts if text not in shown] == []


@pytest.mark.parametrize("row", hostile_rows(), ids=lambda row: row["statement_id"])
def test_the_words_are_there_exactly_as_written(row: dict[str, str]) -> None:
    app = App(f"/statement?id={row['statement_id']}")
    (quote,) = [e.text for e in app.by_tag("blockquote")][:1]
    assert quote == row["quote"]
    (card,) = app.by_class("trk-statement")
    assert row["spokesperson"] in card.text
    assert row["venue"] in card.text
    assert "49" not in card.text.replace("1949", ""), "a template in a row was filled in"


def test_every_row_was_kept() -> None:
    app = App("/statements")
    assert app.n == len(AWKWARD_QUOTES)
    shown = " ".join(e.text for e in app.by_class("trk-who"))
    assert all(name in shown for name in AWKWARD_NAMES)


def test_markdown_of_a_row_stands_in_no_widget_that_renders_markdown() -> None:
    """Options of select boxes are plain text; labels, captions and expanders would fetch a picture."""
    for link in ("/", "/timeline", "/compare", "/statements", "/statement?id=h-4", "/data"):
        app = App(link)
        kinds = (
            "markdown",
            "caption",
            "metric",
            "table",
            "error",
            "warning",
            "info",
            "success",
            "toast",
            "expander",
            "tab",
            "button",
            "title",
        )
        rendered = [str(element.proto) for kind in kinds for element in app.test.get(kind)]
        labels = [widget.label for kind in ("multiselect", "selectbox", "text_input", "date_input") for widget in app.test.get(kind)]
        assert not [text for text in (*rendered, *labels) if "evil.example" in text or "<b>" in text or "{{" in text]


def test_numbers_of_another_data_set_do_not_linger(data_at: Callable[[Path], None], hostile_path: Path, tmp_path: Path) -> None:
    assert App("/statements").sentence.startswith(f"{len(AWKWARD_QUOTES)} statements")
    other = tmp_path / "one.csv"
    other.write_text("date,country,quote\n2016-07-28,France,A synthetic sentence\n", encoding="utf-8")
    data_at(other)
    assert App("/statements").sentence.startswith("1 statement ")
    data_at(hostile_path)
    assert App("/statements").sentence.startswith(f"{len(AWKWARD_QUOTES)} statements")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(None, "nothing-here.csv", id="no-such-file"),
        pytest.param("", "bad.csv", id="empty"),
        pytest.param("a,b,c\n1,2,3\n", "bad.csv", id="no-known-column"),
        pytest.param("date,country,quote\nnever,Nowhere,\n", "bad.csv", id="no-row-kept"),
    ],
)
def test_a_data_set_that_cannot_be_opened_is_refused_in_words(
    content: str | None, words: str, data_at: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / ("bad.csv" if content is not None else "nothing-here.csv")
    if content is not None:
        path.write_text(content, encoding="utf-8")
    data_at(path)
    app = App("/timeline")
    assert app.title == "This data set cannot be opened"
    said = " ".join(text.value for text in app.test.text)
    assert words in said
    assert "Traceback" not in said
    assert not app.sentence, "no number is better than a number of another data set"
