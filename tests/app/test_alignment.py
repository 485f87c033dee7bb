"""Alignment on the page: camps of the bundled data, the pair that makes its number, and choices that stand in the link."""

from __future__ import annotations

import re

import pytest

from tests.app.app import App


def pair_words(app: App) -> str:
    return next(element.text for element in app.by_tag("p") if "shared issues and" in element.text or "undefined" in element.text)


def test_the_camps_are_named() -> None:
    app = App("/alignment")
    camps = next(element.text for element in app.by_tag("p") if element.text.startswith("Camp 1"))
    by_camp = [re.sub(r"\W*Camp \d+: ", "", part).split(", ") for part in re.split(r" · ", camps.partition(" Framed")[0].rstrip("."))]
    side = {name.strip(" ."): number for number, names in enumerate(by_camp) for name in names}
    assert side["Russia"] == side["Syria"] == side["Iran"]
    assert side["United States"] == side["France"] == side["United Kingdom"]
    assert side["Russia"] != side["United States"]
    assert "p = 0.01" in app.html


def test_a_pair_is_its_issues_and_they_lead_to_the_statements() -> None:
    app = App("/alignment?pair=RUS.USA")
    words = pair_words(app)
    n_shared, n_statements = (int(n) for n in re.findall(r"over (\d+) shared issues and (\d+) statements", words)[0])
    (table,) = [element for element in app.by_tag("table") if element.has_class("trk-pair")]
    assert table.text.count("side by side") == n_shared
    links = [link for link in app.links if link.startswith("/statements?") and "issue=" in link]
    assert sum(App(link).n for link in links) == n_statements
    value = float(re.search(r"net per shared issue ([−\d.]+)", words)[1].replace("−", "-"))
    adds = [
        float(text.replace("−", "-")) for text in re.findall(r"(?m)^([−\d.]+)side by side", "\n".join(e.text for e in app.by_tag("td")))
    ]
    assert len(adds) == n_shared
    assert value == pytest.approx(sum(adds) / n_shared, abs=0.01)


def test_undefined_is_said_as_such() -> None:
    app = App("/alignment?measure=agreement&pair=USA.NOR")
    assert "undefined: on all shared issues both held one and the same position" in pair_words(app)
    assert "undefined" in " ".join(element.text for element in app.by_class("trk-twin"))


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("/alignment?measure=agreement&correction=s", "S between"),
        ("/alignment?measure=agreement&correction=raw", "Raw agreement between"),
        ("/alignment?measure=attention", "Co-attention between"),
        ("/alignment?per=cosine&repeats=all", "divided by the lengths of the two vectors"),
        ("/alignment?level=organisation&min=1", "pairs with 1 shared issue or more"),
    ],
)
def test_the_page_says_what_is_measured(link: str, words: str) -> None:
    app = App(link)
    assert words in " ".join(element.text for element in app.by_class("trk-prose"))
    assert app.notices == []


def test_a_pair_of_another_level_is_named() -> None:
    app = App("/alignment?level=spokesperson&pair=RUS.USA")
    assert any("RUS.USA" in notice for notice in app.notices)
    assert not [element for element in app.by_tag("table") if element.has_class("trk-pair")]


def test_one_who_shares_nothing_is_listed_not_drawn() -> None:
    app = App("/alignment?actor=USA.VAT&min=12")
    assert not app.test.get("vega_lite_chart")
    assert "lower the number of shared issues" in " ".join(element.text for element in app.by_class("trk-prose"))
    assert "Holy See" in " ".join(element.text for element in app.by_class("trk-left-out")) or "Vatican" in app.html


def test_the_matrix_is_one_chart_with_its_twin() -> None:
    app = App("/alignment")
    assert len(app.test.get("vega_lite_chart")) == 3
    assert len(app.by_class("trk-twin")) == 3
    assert not app.test.markdown, "nothing but what was meant for readers"
