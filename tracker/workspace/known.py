"""What a data set has already that is looked for in a document."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.model import Issue, Spokesperson
from tracker.workspace.opening import Workspace, spokespersons_of


@dataclass(frozen=True)
class Known:
    """The issues one of which is suggested, and the spokespersons who are recognised."""

    issues: tuple[Issue, ...] = ()
    spokespersons: tuple[Spokesperson, ...] = ()


NOTHING_KNOWN = Known()
"""For a text that is read beside no data set."""


def known_in(workspace: Workspace) -> Known:
    """What an open data set has: every issue, and every spokesperson for whom they spoke last."""
    return Known(tuple(workspace.issues.values()), spokespersons_of(workspace))
