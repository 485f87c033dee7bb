"""Draws how much longer each question takes with ten times the statements, from ``growth.csv``, into the documentation.

    python -m tests.bench.growth

The figures in the file are those that ``python -m tests.bench.ratios --rows 1000000 --all`` prints, and the same with 10000000.
"""

from __future__ import annotations

from pathlib import Path

import altair as alt
import pandas as pd
import vl_convert

from tests.house_rules import ROOT
from tracker.ui import theme

MEASURED_PATH, PICTURE_PATH = Path(__file__).with_name("growth.csv"), ROOT / "docs" / "images" / "growth.svg"


def main() -> None:
    """Write the picture."""
    measured = pd.read_csv(MEASURED_PATH)
    both = measured.pivot(index=["question", "filter"], columns="rows", values="ours_ms").reset_index()
    both["times"] = both[10_000_000] / both[1_000_000]
    held = alt.Chart(both[["question", "filter", "times"]])
    bars = held.mark_bar(color=theme.COUNT_COLOUR).encode(
        x=alt.X("times:Q", title="processor time at 10 million ÷ at 1 million (10: as the rows)", scale=alt.Scale(domain=[0, 10])),
        y=alt.Y("question:N", title=None),
        row=alt.Row("filter:N", title="filter", sort=["none", "broad", "narrow"]),
    )
    PICTURE_PATH.write_text(vl_convert.vegalite_to_svg(bars.properties(width=420).to_json()), encoding="utf-8")


if __name__ == "__main__":
    main()
