"""What pages say of a search: how it was read, and when there is no index though there could be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factory import data_set, statement
from tracker.core.links import View
from tracker.core.selection import Selection
from tracker.store import search_index
from tracker.store.engine import open_engine
from tracker.store.snapshot import build_snapshot
from tracker.workspace import answer, opening
from tracker.workspace.opening import Workspace, described


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return described(open_engine(build_snapshot(data_set(statement("t-1"), statement("t-2")), tmp_path)))


def said(workspace: Workspace, path: str, search: str) -> list[str]:
    return [notice.message for notice in answer(workspace, View(path, Selection().searching(search))).notices]


def test_few_statements_are_read_and_nothing_is_said(workspace: Workspace) -> None:
    assert said(workspace, "/statements", "synthetic") == []


@pytest.mark.parametrize("path", ["/statements", "/timeline", "/compare"])
def test_many_without_an_index_are_read_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(opening, "N_INDEXED_FROM", 2)
    held = described(open_engine(build_snapshot(data_set(statement("t-1"), statement("t-2")), tmp_path)))
    (message,) = said(held, path, "synthetic")
    assert "no index of words" in message and "every statement" in message
    assert said(held, path, "—") == [] and said(held, path, "") == []


def test_other_engines_are_named(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ENGINE", "postgres://nobody@nowhere/none")
    assert opening._search_note(workspace.engine, 2).startswith("This engine has no index")


def test_with_an_index_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (opening, search_index):
        monkeypatch.setattr(module, "N_INDEXED_FROM", 1)
    held = described(open_engine(build_snapshot(data_set(statement("t-1")), tmp_path)))
    assert held.corpus.lookup.index is not None
    assert said(held, "/statements", "synthetic") == []


@pytest.mark.parametrize("link", ["/statements?q=aid+AND", "/timeline?q=(aid"])
def test_a_search_that_cannot_be_followed_is_named(workspace: Workspace, link: str) -> None:
    view, notices = workspace.read_link(link)
    assert view is not None and len(notices) == 1
    assert "was read as plain words: " in notices[0].message
    answer(workspace, view)
