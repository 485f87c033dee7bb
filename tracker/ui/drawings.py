"""The charts of every page by name: what pages draw and what can be taken along as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.core.columns import FACET_BY_PARAMETER
from tracker.ui import aligning
from tracker.ui.charts.alignment_chart import build_matrix_chart
from tracker.ui.charts.coverage_chart import build_coverage_chart
from tracker.ui.charts.density_chart import build_density_chart
from tracker.ui.charts.lanes_chart import build_lanes_chart
from tracker.ui.charts.network_chart import build_network_chart
from tracker.ui.charts.overview_chart import build_months_chart
from tracker.ui.charts.shifts_chart import build_shifts_chart
from tracker.ui.charts.time_axis import Drawing
from tracker.ui.charts.timeline_chart import build_periods_chart
from tracker.ui.charts.windows_chart import build_windows_chart
from tracker.ui.moving import lane_labels
from tracker.ui.wording import distinct_labels
from tracker.workspace import Answer, Workspace

Build = Callable[[Workspace, Answer], Drawing]
STANCES_READ = "▲ blue: support · ▼ orange: oppose · ◆ violet: mixed · ● grey: neutral · ■ light grey: not coded"


@dataclass(frozen=True)
class Chart:
    """One chart: the page it stands on, its title, what builds it from that page's answer, and how to read it without a page."""

    path: str
    title: str
    build: Build
    reading: Callable[[Answer], str] = lambda _: STANCES_READ


def months(_: Workspace, answered: Answer) -> Drawing:
    """Statements by month, of the Overview."""
    return build_months_chart(answered.body.overview.months)


def periods(_: Workspace, answered: Answer) -> Drawing:
    """Statements by period, of the Timeline."""
    return build_periods_chart(answered.body.bins)


def lanes(workspace: Workspace, answered: Answer) -> Drawing:
    """The lanes of the Timeline: statements one by one, or how many where they could not be told apart."""
    body = answered.body
    labels = distinct_labels(workspace.catalogue, body.lane, [lane.code for lane in body.marks.lanes])
    if body.marks.is_density:
        return build_density_chart(body.lane_bins, labels)
    column = FACET_BY_PARAMETER[body.lane].column
    return build_lanes_chart(
        body.marks,
        body.events,
        body.bins.periods,
        body.bins.step,
        lane_of=lambda row: labels[getattr(row, column)],
        lane_labels=list(labels.values()),
        names=workspace.catalogue.label,
    )


def positions(workspace: Workspace, answered: Answer) -> Drawing:
    """Positions through time, of Shifts."""
    body = answered.body
    labels = lane_labels(workspace.catalogue, body.shifts)
    return build_shifts_chart(body.shifts.lanes, labels, workspace.catalogue.label, body.first_on, body.last_on)


def coverage(workspace: Workspace, answered: Answer) -> Drawing:
    """Months by actors, of the Data page."""
    return build_coverage_chart(answered.body.coverage, workspace.catalogue)


def matrix(workspace: Workspace, answered: Answer) -> Drawing:
    """The matrix of Alignment."""
    asked = answered.body.asked
    labels, title = aligning.labels_of(workspace, answered), aligning.measure_title(asked)
    return build_matrix_chart(answered.body.alignment, labels, is_opposed=asked.measure == "conflict", title=title)


def network(workspace: Workspace, answered: Answer) -> Drawing:
    """The network of Alignment."""
    body = answered.body
    labels = aligning.labels_of(workspace, answered)
    return build_network_chart(body.alignment, labels, body.threshold, is_opposed=body.asked.measure == "conflict")


def windows(workspace: Workspace, answered: Answer) -> Drawing:
    """Alignment through time."""
    body = answered.body
    pair = aligning.pair_title(body.pair, aligning.labels_of(workspace, answered))
    is_signed = body.asked.per == "issue" or body.asked.measure not in aligning.COUNTED
    return build_windows_chart(body.windows, body.step, pair, is_signed=is_signed)


def _read_alignment(answered: Answer) -> str:
    asked, found = answered.body.asked, answered.body.alignment
    return (
        f"{aligning.measure_title(asked)}; {found.n_statements} statements counted, pairs with {asked.minimum} or more shared issues. "
        "Blue: the same, orange: opposed, fuller is more; – undefined, · too few"
    )


def _read_windows(answered: Answer) -> str:
    return f"{aligning.measure_title(answered.body.asked)}, by {answered.body.step}: first day in, first day of the next out"


CHARTS: dict[str, Chart] = {
    "overview-months": Chart("/", "Statements by month", months),
    "timeline-periods": Chart("/timeline", "Statements by period", periods),
    "timeline-lanes": Chart("/timeline", "Who said what, when", lanes),
    "shifts-positions": Chart("/shifts", "Positions through time", positions),
    "alignment-matrix": Chart("/alignment", "Who sides with whom", matrix, _read_alignment),
    "alignment-network": Chart("/alignment", "Who stands with whom", network, _read_alignment),
    "alignment-windows": Chart("/alignment", "Alignment through time", windows, _read_windows),
    "data-coverage": Chart("/data", "Statements by month and actor", coverage, lambda _: "Darker is more statements"),
}
"""Every chart under the name of its download."""


def charts_of(path: str) -> dict[str, Chart]:
    """The charts of one page."""
    return {name: chart for name, chart in CHARTS.items() if chart.path == path}
