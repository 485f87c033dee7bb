"""A newer version that is being prepared: said on every page until it takes the place of the one on the screen."""

from __future__ import annotations

import streamlit as st

from tracker.core.views import View
from tracker.ui import cached
from tracker.ui.components import deciding
from tracker.workspace import Workspace

_EVERY_SECONDS = 1.0


def show(view: View, workspace: Workspace) -> None:
    """How far the newer version is, or why there is none; nothing when this is the newest or a state of the past."""
    found = None if view.as_of else cached.library().preparation(workspace)
    if found is None:
        return
    if not found.error:
        _show_progress(workspace)
        return
    deciding.show_refusal("The new version could not be prepared: you are looking at the version before.", found.error)
    st.button("Prepare it again", key="preparing.again", on_click=cached.library().retry, args=(found,))


@st.fragment(run_every=_EVERY_SECONDS)
def _show_progress(workspace: Workspace) -> None:
    """Runs by itself; when the new version is there, or failed, the whole page runs once more and shows it."""
    found = cached.library().preparation(workspace)
    if found is None or found.is_over:
        st.rerun()
    rows = f", {found.n_done:,} of {found.n_all:,} rows" if found.n_all else ""
    share = found.n_done / found.n_all if found.n_all else 0.0
    st.progress(share, text=f"The new version is being prepared: {found.step}{rows}. You are looking at the version before.")
