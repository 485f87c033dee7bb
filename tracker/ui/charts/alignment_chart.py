"""The matrix of alignment: a cell a pair, in the order that puts camps together, with the tree above."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from tracker.analysis.alignment_results import REASONS, Alignment, Pair
from tracker.ui import theme
from tracker.ui.charts.specs import IS_NARROW, LABEL_WIDTH, Spec, compiled, filled, placeholder
from tracker.ui.charts.time_axis import Drawing

PAIR = "pair"
MAX_DRAWN = 60
_TREE, _FEET = 3.0, 84
_MANY = 30
"""Members from which rows are low and names at the foot would run into each other."""
_NAME_SIZE = alt.ExprRef(f"{IS_NARROW} ? 10 : 12")
_FOOT_SIZE = alt.ExprRef(f"{IS_NARROW} ? 9 : 12")
_NAME_LIMIT = alt.ExprRef(f"{IS_NARROW} ? 60 : {LABEL_WIDTH - 8}")
"""On a phone a long name ends in dots instead of losing its beginning."""

_COLUMNS = ["kind", "one", "other", "x", "x2", "y", "y2", "value", "sign", "size", "said", "interval", "n", "pair", "mark"]
UNDEFINED, FEW = "–", "·"


def pair_tooltip(one: str, other: str) -> list[alt.Tooltip]:
    """What hovering over a pair tells; the two names stand in these fields."""
    return [
        alt.Tooltip(f"{one}:N", title="one"),
        alt.Tooltip(f"{other}:N", title="the other"),
        alt.Tooltip("said:N", title="value"),
        alt.Tooltip("interval:N", title="95 % interval"),
        alt.Tooltip("n:Q", title="shared issues"),
    ]


def _matrix_spec() -> Spec:
    base = alt.Chart(placeholder())
    across = alt.X("x:Q", title=None, axis=None)
    down = alt.Y("y:Q", title=None, axis=None)
    box = {"x": across, "x2": "x2:Q", "y": down, "y2": "y2:Q"}
    told = pair_tooltip("one", "other")
    clicked = alt.selection_point(name=PAIR, fields=["pair"], on="click", toggle=False)
    cells = (
        base.mark_rect(stroke=theme.GRID_COLOUR, strokeWidth=1, cursor="pointer")
        .encode(
            **box,
            color=alt.Color(
                "sign:N", scale=alt.Scale(domain=["agree", "opposed"], range=[theme.AGREE_COLOUR, theme.OPPOSED_COLOUR]), legend=None
            ),
            opacity=alt.Opacity("size:Q", scale=alt.Scale(domain=[0, 1], range=[0.04, 1]), legend=None),
            tooltip=told,
        )
        .transform_filter("datum.kind == 'cell'")
        .add_params(clicked)
    )
    blanks = (
        base.mark_rect(color="transparent", stroke=theme.GRID_COLOUR, strokeWidth=1, strokeDash=[2, 2], cursor="pointer")
        .encode(**box, tooltip=told)
        .transform_filter("datum.kind == 'blank'")
    )
    marks = (
        base.mark_text(fontSize=11, color=theme.LABEL_COLOUR)
        .encode(x=across, y=down, text="mark:N", tooltip=told)
        .transform_filter("datum.kind == 'mark'")
    )
    camps = base.mark_rect(color="transparent", stroke=theme.LABEL_COLOUR, strokeWidth=2).encode(**box)
    tree = base.mark_rule(color=theme.LABEL_COLOUR, strokeWidth=1.2).encode(**box)
    names = base.mark_text(
        align="right", baseline="middle", dx=-6, fontSize=_NAME_SIZE, color=theme.LABEL_COLOUR, limit=_NAME_LIMIT
    ).encode(x=across, y=down, text="one:N")
    feet = base.mark_text(align="right", baseline="middle", angle=300, fontSize=_FOOT_SIZE, color=theme.LABEL_COLOUR, limit=_FEET).encode(
        x=across, y=down, text="one:N"
    )
    return compiled(
        alt.layer(
            cells,
            blanks,
            marks,
            camps.transform_filter("datum.kind == 'camp'"),
            tree.transform_filter("datum.kind == 'tree'"),
            names.transform_filter("datum.kind == 'name'"),
            feet.transform_filter("datum.kind == 'foot'"),
        )
    )


_MATRIX_SPEC = _matrix_spec()


def build_matrix_chart(alignment: Alignment, labels: dict[str, str], *, is_opposed: bool = False, title: str = "value") -> Drawing:
    """All pairs of the members, each twice, around an empty diagonal; camps that stand together are framed.

    Colour says agreement or opposition (``is_opposed``: a higher value is more opposed), how full it is how much, as a share
    of the largest value when values go beyond 1. A pair without a value is an empty cell with ``UNDEFINED``, or ``FEW`` when
    it shares fewer issues than asked for; hovering says why. At most ``MAX_DRAWN`` members are drawn, the first with most
    statements. Clicking a cell selects ``pair``, two codes with a dot between.
    """
    drawn = drawn_members(alignment)
    place = {code: number for number, code in enumerate(drawn)}
    largest = max((abs(pair.value) for pair in alignment.pairs if pair.value is not None), default=1) or 1
    largest = largest if largest > 1 else 1
    rows: list[dict[str, Any]] = []
    for pair in alignment.pairs:
        if pair.one in place and pair.other in place:
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                rows += _cell_rows(pair, place[one], place[other], labels[one], labels[other], largest, is_opposed)
    rows += _frame_rows(alignment, drawn, labels) + (_tree_rows(alignment) if len(drawn) == len(alignment.members) else [])
    high, feet = (24, _FEET) if len(drawn) <= _MANY else (16, 0)
    spec = filled(_MATRIX_SPEC, height=round(high * (len(drawn) + _TREE) + feet))
    # Room for the names at the left is part of the axis: a layer of text has no axis that could keep it free.
    domain = {"x": [-0.5 - 0.22 * len(drawn), len(drawn) - 0.5], "y": [-0.5 - _TREE, len(drawn) - 0.5 + feet / high]}
    for layer in spec["layer"]:
        for axis, ends in domain.items():
            layer["encoding"][axis]["scale"] = {"domain": ends, "nice": False, "zero": False, "reverse": axis == "y"}
    return Drawing(pd.DataFrame(rows, columns=_COLUMNS), spec, _described(alignment, drawn, labels, title))


def drawn_members(alignment: Alignment) -> list[str]:
    """The codes drawn, in the order of the matrix: all, or the ``MAX_DRAWN`` with most statements."""
    if len(alignment.members) <= MAX_DRAWN:
        return [member.code for member in alignment.members]
    kept = sorted(alignment.members, key=lambda member: (-member.n_statements, member.code))[:MAX_DRAWN]
    return [member.code for member in alignment.members if member in kept]


def value_words(pair: Pair) -> str:
    """The value, or why there is none."""
    return REASONS[pair.reason] if pair.value is None else f"{pair.value:.2f}".replace("-", "−")


def interval_words(pair: Pair) -> str:
    """The interval; nothing when there is none."""
    return "" if pair.low is None or pair.high is None else f"{pair.low:.2f} to {pair.high:.2f}".replace("-", "−")


def _cell_rows(pair: Pair, row: int, column: int, one: str, other: str, largest: float, is_opposed: bool) -> list[dict[str, Any]]:
    told = {"one": one, "other": other, "said": value_words(pair), "interval": interval_words(pair) or "none", "n": pair.n_issues}
    told["pair"] = f"{pair.one}.{pair.other}"
    box = told | {"x": column - 0.5, "x2": column + 0.5, "y": row - 0.5, "y2": row + 0.5}
    if pair.value is None:
        mark = FEW if pair.reason == "too few shared issues" else UNDEFINED
        return [box | {"kind": "blank"}, told | {"kind": "mark", "x": column, "y": row, "mark": mark}]
    sign = "opposed" if (pair.value < 0) != is_opposed else "agree"
    return [box | {"kind": "cell", "value": pair.value, "sign": sign, "size": round(abs(pair.value) / largest, 4)}]


def _frame_rows(alignment: Alignment, drawn: list[str], labels: dict[str, str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, code in enumerate(drawn):
        rows.append({"kind": "name", "one": labels[code], "x": -0.5, "y": number})
        if len(drawn) <= _MANY:
            rows.append({"kind": "foot", "one": labels[code], "x": number + 0.1, "y": len(drawn) - 0.3})
    camp_of = {member.code: member.camp for member in alignment.members}
    begins = 0
    for number in range(1, len(drawn) + 1):
        if number == len(drawn) or camp_of[drawn[number]] != camp_of[drawn[begins]]:
            if number - begins > 1:
                rows.append({"kind": "camp", "x": begins - 0.5, "x2": number - 0.5, "y": begins - 0.5, "y2": number - 0.5})
            begins = number
    return rows


def _tree_rows(alignment: Alignment) -> list[dict[str, Any]]:
    highest = max((max(branch.heights) for branch in alignment.branches), default=1) or 1
    rows = []
    for branch in alignment.branches:
        ups = [-0.6 - (_TREE - 0.3) * height / highest for height in branch.heights]
        for n in range(3):
            x, x2, y, y2 = branch.places[n], branch.places[n + 1], ups[n], ups[n + 1]
            rows.append({"kind": "tree", "x": x, "x2": x2, "y": y, "y2": y2})
    return rows


def _described(alignment: Alignment, drawn: list[str], labels: dict[str, str], title: str) -> str:
    defined = [pair for pair in alignment.pairs if pair.value is not None]
    text = f"Matrix of {title} between {len(drawn)} of {len(alignment.members)} members; {len(defined)} of {len(alignment.pairs)} pairs "
    text += "have a value."
    if defined:
        for word, pair in (("Highest", max(defined, key=lambda p: p.value)), ("Lowest", min(defined, key=lambda p: p.value))):
            text += f" {word}: {labels[pair.one]} and {labels[pair.other]}, {pair.value:.2f} over {pair.n_issues} issues."
    return text + " All pairs are listed below the chart."
