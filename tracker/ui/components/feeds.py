"""The feeds a data set follows, on the Import page: what came of asking them, following one more, asking now, leaving one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from tracker.core.errors import TrackerError
from tracker.core.subscriptions import Subscription
from tracker.ui import cached, markup, session
from tracker.ui.components import deciding
from tracker.workspace import Workspace
from tracker.workspace.importing import is_fetching_on
from tracker.workspace.reviewing import waiting
from tracker.workspace.subscribing import subscribe, subscriptions, unsubscribe
from tracker.workspace.watching import watch_once


def show(workspace: Workspace) -> None:
    """The section; drawn where editing is on. Session key ``feeds.refused``: why the last act failed."""
    held = subscriptions(cached.library(), workspace.code)
    origins = {feed.name for feed in held}
    n_waiting = sum(review.origin in origins for review in waiting(cached.library(), workspace.code))
    review = session.view().alone("/review").link
    rows = [_row(feed) for feed in held]
    markup.show("feeds.html", rows=rows, n_waiting=n_waiting, review=review, is_fetching_on=is_fetching_on())
    refused = st.session_state.pop("feeds.refused", "")
    if refused:
        deciding.show_refusal("Nothing was changed.", refused)
    if is_fetching_on():
        due = [feed.subscription_id for feed in held if feed.is_due(datetime.now(UTC))]
        if held:
            st.button("Ask the feeds now", key="feeds.ask", on_click=_ask, args=(due,), disabled=not due)
        _show_following(workspace)
    if held:
        _show_leaving(held)


def _row(feed: Subscription) -> dict[str, object]:
    wait = f"Left alone until {feed.wait_until:%-d %B %Y, %H:%M} UTC." if feed.wait_until else ""
    return {
        "number": feed.subscription_id,
        "name": feed.title or (Path(feed.address).name if feed.is_file else feed.address),
        "link": markup.web_url(feed.address),
        "place": "a file" if feed.is_file else markup.host(feed.address),
        "at": feed.failed_at if feed.n_failures else feed.fetched_at,
        "result": feed.result or "not asked yet",
        "state": wait if feed.is_active else "It is not asked any more.",
    }


def _ask(numbers: Sequence[int]) -> None:
    """In a callback: ask the feeds that may be asked now, one after the other."""
    try:
        for _ in watch_once(cached.library(), now=datetime.now(UTC), numbers=numbers) if numbers else ():
            pass
    except TrackerError as refused:
        st.session_state["feeds.refused"] = str(refused)


def _show_following(workspace: Workspace) -> None:
    with st.form("feeds.follow", border=False, clear_on_submit=True):
        left, right = st.columns([2, 1])
        address = left.text_input("Follow a feed: its address", key="feeds.address", placeholder="https://…", max_chars=2000)
        actor = right.text_input(
            "Whose statements, where a text does not say", key="feeds.actor", placeholder="for example: France", max_chars=120
        )
        follows = st.checkbox("Read the page each item links to, not the item", key="feeds.follows")
        is_asked = st.form_submit_button("Follow it")
    if is_asked and address.strip():
        try:
            subscribe(cached.library(), Subscription(0, workspace.code, address, actor=actor.strip(), follows=follows))
        except TrackerError as refused:
            st.session_state["feeds.refused"] = str(refused)
        st.rerun()


def _show_leaving(held: Sequence[Subscription]) -> None:
    names = {feed.subscription_id: str(_row(feed)["name"]) for feed in held}
    with st.form("feeds.leave", border=False):
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        number = left.selectbox("Follow no more", list(names), format_func=lambda one: f"{one}. {names[one]}"[:90], key="feeds.number")
        is_asked = right.form_submit_button("Follow it no more")
    if is_asked and number is not None:
        try:
            unsubscribe(cached.library(), number)
        except TrackerError as refused:
            st.session_state["feeds.refused"] = str(refused)
        st.rerun()
