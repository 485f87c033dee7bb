"""Sharing: the link of the view, stamped with the data version; embedding; downloads of the selection."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from tracker.core.links import PAGES, View
from tracker.ui import cached, markup
from tracker.ui.drawings import charts_of
from tracker.ui.headers import NOBODY, frame_ancestors
from tracker.workspace import Workspace


def show(view: View, workspace: Workspace) -> None:
    """Draw the button that opens everything one can take along from this view."""
    shared = view.alone(view.path, **view.choices) if view.path == "/statement" else view  # one statement needs no selection
    with st.popover("Share", icon=":material/share:", key="share"):
        st.caption("This link opens exactly this view. It names the data version, so that a reader is told when the data changed.")
        st.code(address() + stamped(shared, workspace.data_version), language=None, wrap_lines=True)
        markup.show(
            "downloads.html",
            query=urlencode(view.selected),
            numbers=_numbers(view),
            pictures=_pictures(view, workspace),
            network=_query(view) if view.path == "/alignment" else None,
            embed=_embed(view, workspace) if frame_ancestors() != NOBODY else "",
        )


def stamped(view: View, data_version: str) -> str:
    """The link of a view with the data version it was made on.

    >>> stamped(View("/timeline"), "0123456789abcdef")
    '/timeline?version=0123456789ab'
    """
    return view.link + ("&" if "?" in view.link else "?") + f"version={data_version[:12]}"


def _numbers(view: View) -> str:
    page = view.path.strip("/") or "overview"
    return f"/api/{page}.json" + view.link.removeprefix(view.path)


def _query(view: View) -> str:
    return view.link.removeprefix(view.path)


def _pictures(view: View, workspace: Workspace) -> list[dict[str, str]]:
    """The charts of the page by name, with where they are downloaded; none where nothing fits the selection."""
    if not PAGES[view.path].takes_selection or not cached.answer_for(workspace, view).count.n_statements:
        return []
    return [{"title": chart.title, "name": name, "query": _query(view)} for name, chart in charts_of(view.path).items()]


def _embed(view: View, workspace: Workspace) -> str:
    framed = f"{address()}{stamped(view, workspace.data_version)}&embed=true"
    return f'<iframe src="{framed}" width="100%" height="720" title="Statement Tracker"></iframe>'


def address() -> str:
    """Where this dashboard is, without a slash at the end; "" when that is not known."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
