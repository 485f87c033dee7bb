"""The network of alignment: those who agree stand near each other, lines from a threshold on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from tracker.analysis.alignment_results import Alignment, Member, Pair
from tracker.analysis.name_places import name_sides
from tracker.ui import theme
from tracker.ui.charts.alignment_chart import drawn_members, interval_words, pair_tooltip, value_words
from tracker.ui.charts.specs import IS_NARROW, Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import Drawing

_COLUMNS = ["kind", "x", "y", "x2", "y2", "label", "other", "sign", "size", "said", "interval", "n", "camp", "side", "side_if_narrow"]
_HEIGHT, _EDGE, _LIMIT = 460, 0.08, 130
_WIDE, _NARROW = 760, 350
"""About how many pixels the chart is wide on a laptop and on a phone."""
_PLACES: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "baseline": "middle", "dx": 13},
    "left": {"align": "right", "baseline": "middle", "dx": -13},
    "above": {"align": "center", "baseline": "bottom", "dy": -13},
    "below": {"align": "center", "baseline": "top", "dy": 13},
}


def _network_spec() -> Spec:
    base = alt.Chart(placeholder())
    across = alt.X("x:Q", title=None, axis=None, scale=alt.Scale(domain=[-_EDGE, 1 + _EDGE], nice=False, zero=False))
    down = alt.Y("y:Q", title=None, axis=None, scale=alt.Scale(domain=[-_EDGE, 1 + _EDGE], nice=False, zero=False))
    told = pair_tooltip("label", "other")
    lines = [
        base.mark_rule(strokeDash=dash, color=colour)
        .encode(
            x=across,
            x2="x2:Q",
            y=down,
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("size:Q", scale=alt.Scale(domain=[0, 1], range=[0.5, 2.5]), legend=None),
            opacity=alt.Opacity("size:Q", scale=alt.Scale(domain=[0, 1], range=[0.2, 0.6]), legend=None),
            tooltip=told,
        )
        .transform_filter(f"datum.kind == 'edge' && datum.sign == '{sign}'")
        for sign, colour, dash in (("agree", theme.AGREE_COLOUR, [1, 0]), ("opposed", theme.OPPOSED_COLOUR, [5, 4]))
    ]
    who = [alt.Tooltip("label:N", title="who"), alt.Tooltip("n:Q", title="statements"), alt.Tooltip("camp:N", title="camp")]
    nodes = base.transform_filter("datum.kind == 'node'")
    points = nodes.mark_circle(color=theme.LABEL_COLOUR, opacity=1).encode(
        x=across, y=down, size=alt.Size("n:Q", scale=alt.Scale(type="sqrt", range=[40, 420]), legend=None), tooltip=who
    )
    names = [
        nodes.mark_text(**place, fontSize=12, fontWeight=600, color=theme.LABEL_COLOUR, limit=_LIMIT)
        .encode(x=across, y=down, text="label:N")
        .transform_filter(f"({IS_NARROW} ? datum.side_if_narrow : datum.side) == '{side}'")
        for side, place in _PLACES.items()
    ]
    return compiled(alt.layer(*lines, points, *names))


_NETWORK_SPEC = _network_spec()


def edges_from(alignment: Alignment, threshold: float) -> list[Pair]:
    """The pairs drawn as lines: at least so far from 0, largest first; a pair without a value is no line."""
    drawn = set(drawn_members(alignment))
    found = [pair for pair in alignment.pairs if pair.value and abs(pair.value) >= threshold and {pair.one, pair.other} <= drawn]
    return sorted(found, key=lambda pair: (-abs(pair.value), pair.one, pair.other))


def build_network_chart(alignment: Alignment, labels: dict[str, str], threshold: float, *, is_opposed: bool = False) -> Drawing:
    """Members as points, pairs from the threshold on as lines: whole and blue for agreement, dashed for opposition.

    Names stand beside their points, on the side where they cover least.
    """
    drawn = drawn_members(alignment)
    at = {member.code: member for member in alignment.members}
    edges = edges_from(alignment, threshold)
    largest = max([1.0, *(abs(pair.value) for pair in edges)])
    rows = [
        {
            "kind": "edge",
            "x": at[pair.one].x,
            "y": at[pair.one].y,
            "x2": at[pair.other].x,
            "y2": at[pair.other].y,
            "label": labels[pair.one],
            "other": labels[pair.other],
            "sign": "opposed" if (pair.value < 0) != is_opposed else "agree",
            "size": abs(pair.value) / largest,
            "said": value_words(pair),
            "interval": interval_words(pair) or "none",
            "n": pair.n_issues,
        }
        for pair in edges
    ]
    rows += _node_rows([at[code] for code in drawn], labels, edges)
    description = (
        f"Network of {len(drawn)} members with {len(edges)} lines from {threshold:g} on; those who agree stand near each other. "
        "All pairs are listed above."
    )
    return Drawing(pd.DataFrame(rows, columns=_COLUMNS), filled(_NETWORK_SPEC, height=_HEIGHT), description)


def _node_rows(members: Sequence[Member], labels: dict[str, str], edges: Sequence[Pair]) -> list[dict[str, Any]]:
    """A row a member, with the side of its point on which its name stands on a wide and on a narrow screen."""
    number = {member.code: place for place, member in enumerate(members)}
    lines = [(number[pair.one], number[pair.other]) for pair in edges]
    names = [labels[member.code] for member in members]
    sides = []
    for width in (_WIDE, _NARROW):
        points = [((m.x + _EDGE) / (1 + 2 * _EDGE) * width, (1 + _EDGE - m.y) / (1 + 2 * _EDGE) * _HEIGHT) for m in members]
        sides.append(name_sides(points, names, lines, (width, _HEIGHT), _LIMIT))
    return [
        {"kind": "node", "x": m.x, "y": m.y, "label": name, "n": m.n_statements, "camp": camp_words(m.camp)}
        | {"side": side, "side_if_narrow": narrow}
        for m, name, side, narrow in zip(members, names, *sides, strict=True)
    ]


def camp_words(camp: int) -> str:
    """The name of a camp.

    >>> camp_words(0), camp_words(-1)
    ('camp 1', 'not asked')
    """
    return f"camp {camp + 1}" if camp >= 0 else "not asked"
