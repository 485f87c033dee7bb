"""A link tampered with never breaks a page, and every value that is left out is named."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.app.app import App
from tests.app.tampering import Forged, forged_links
from tests.house_rules import ROOT
from tracker.core.columns import FACETS
from tracker.core.links import ALIASES, MAX_NAMED, PAGES, View
from tracker.workspace import Workspace, open_workspace

FORGED = list(forged_links())
LISTS = {facet.parameter for facet in FACETS} | {f"not-{facet.parameter}" for facet in FACETS}
SHOWN = 60  # letters of a value that a notice repeats


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace(ROOT / "data" / "aleppo")


def test_there_are_enough_of_them_and_none_twice() -> None:
    assert len({forged.link for forged in FORGED}) == len(FORGED) >= 200
    assert {urlsplit(forged.link).path for forged in FORGED} >= {"/", "/timeline", "/compare", "/statements", "/statement", "/data"}


def _asked(link: str) -> Iterator[tuple[str, str]]:
    """Every value a link asks for under the name it is understood by; lists are taken apart."""
    for raw, value in parse_qsl(urlsplit(link).query, keep_blank_values=True, errors="replace"):
        name = raw.strip().casefold().replace("_", "-")
        name = ALIASES.get(name, name)
        for part in value.split(".") if name in LISTS else [value]:
            if part.strip():
                yield (name, part)


def _is_followed(view: View, name: str, value: str) -> bool:
    if name == "version":
        return False
    held = view.parameters.get(name, "")
    parts = held.split(".") if name in LISTS else [held]
    if name in [choice.parameter for choice in PAGES[view.path].choices]:
        parts = [view.choice(name)]  # a default is followed without standing in the link
    return value.strip().casefold() in [part.casefold() for part in parts]


def _is_named(said: str, value: str) -> bool:
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value)
    return clean[:SHOWN] in said


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: forged.id)
def test_reading_never_raises_and_every_value_is_followed_or_named(forged: Forged, workspace: Workspace) -> None:
    view, notices = workspace.read_link(forged.link)
    assert view is not None
    said = "\n".join(notice.message for notice in notices)
    lost = [(name, value) for name, value in _asked(forged.link) if not _is_accounted_for(view, said, name, value)]
    if len(lost) > MAX_NAMED:
        assert f"and {len(lost):,} more" in said, "more than can be named are counted"
    else:
        assert lost == [], said


def _is_accounted_for(view: View, said: str, name: str, value: str) -> bool:
    if name == "q" and (view.selection.search == value.strip() or "The search of this link" in said):
        return True  # characters are taken out of a search, and the rest is cut
    return _is_followed(view, name, value) or _is_named(said, value) or _is_named(said, f"‘{name}’") or _is_without_meaning(said, name)


def _is_without_meaning(said: str, name: str) -> bool:
    """Unknown names are named instead of their values; the notice shows them as they were written."""
    return name not in LISTS and f"‘{name}’" in said.casefold().replace("_", "-")


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: forged.id)
def test_what_is_left_of_it_is_a_good_link(forged: Forged, workspace: Workspace) -> None:
    view, _ = workspace.read_link(forged.link)
    again, notices = workspace.read_link(view.link)
    assert (again, notices) == (view, ())
    assert len(view.link) < 8_000


def test_a_frame_asks_for_nothing_unknown(workspace: Workspace) -> None:
    view, notices = workspace.read_link("/timeline?actor=USA&embed=true&embed_options=dark_theme")
    assert notices == ()
    assert view.link == "/timeline?actor=USA", "how a page is framed is no part of the view"


# Streamlit hands over no query at all when it has more than a thousand parameters.
TOO_MANY = [forged for forged in FORGED if forged.link.count("&") >= 1_000]
# Drawing costs a hundred times what reading does: every seventh, and those that look most like an attack.
ATTACKS = ("markup", "script-1", "markdown", "javascript")
DRAWN = [f for number, f in enumerate(FORGED) if f not in TOO_MANY and (number % 7 == 0 or any(part in f.id for part in ATTACKS))]


@pytest.mark.parametrize("forged", DRAWN, ids=lambda forged: forged.id)
def test_the_page_is_drawn_whole_and_says_what_it_left_out(forged: Forged, workspace: Workspace) -> None:
    view, notices = workspace.read_link(forged.link)
    app = App(f"{view.path}?{urlsplit(forged.link).query}")
    _assert_drawn_whole(app)
    assert [_seen(notice.message) for notice in notices] == [_seen(text) for text in app.notices[: len(notices)]]


def _assert_drawn_whole(app: App) -> None:
    assert app.by_tag("h1")
    assert app.by_tag("footer")
    assert not [e.tag for e in app.elements if e.tag in ("script", "img", "svg", "iframe", "style", "object", "form")]
    assert not [link for link in app.links if not link.startswith(("/", "https://", "http://"))]


@pytest.mark.parametrize("forged", TOO_MANY, ids=lambda forged: forged.id)
def test_too_many_parameters_draw_a_page(forged: Forged) -> None:
    _assert_drawn_whole(App(forged.link))


def _seen(text: str) -> str:
    return " ".join(text.split())
