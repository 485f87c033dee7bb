"""What a page shows for a view, as values: the dashboard draws them, the command line prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker.analysis.coding import coder_agreement
from tracker.analysis.compare import compare, exchange
from tracker.analysis.contested import ContestedEffect, effect_of_contested
from tracker.analysis.coverage import cover
from tracker.analysis.facets import count_facets, count_selection
from tracker.analysis.joint import n_joint, signatories_of
from tracker.analysis.listing import id_as_held, list_statements, statement_record, statements_by_id
from tracker.analysis.lives import life_of
from tracker.analysis.neighbours import neighbours, previous_wording
from tracker.analysis.offices import offices_of, tenures_of
from tracker.analysis.overview import overview
from tracker.analysis.redline import redline_of
from tracker.analysis.repeats import repeats
from tracker.analysis.results import ComparedColumn, Comparison, Exchange, LeftOut, SelectionCount, StatementRow
from tracker.analysis.shifts import find_shifts
from tracker.analysis.silence import who_is_silent
from tracker.analysis.timeline import MAX_CELLS, extent_of, timeline_bins, timeline_marks
from tracker.analysis.wording import Wording, wording_through_time
from tracker.core.dates import PartialDate, Window, Within
from tracker.core.groups import is_group
from tracker.core.links import Notice, View
from tracker.core.searching import read_search
from tracker.core.selection import Selection
from tracker.workspace.alignment_answers import alignment_body
from tracker.workspace.bodies import (
    Body,
    CompareBody,
    DataBody,
    ImportBody,
    LifeTurn,
    OverviewBody,
    ShiftsBody,
    StatementBody,
    StatementsBody,
    TimelineBody,
)
from tracker.workspace.opening import Workspace
from tracker.workspace.verifying import proof_of

MAX_COLUMNS = 6
MAX_ISSUES = 20
PAGE_SIZE = 25
N_LATEST_SHIFTS = 3
MAX_SHIFTS_AT_ONCE = 50_000
MAX_REDLINES = 60
COLUMN_PARAMETERS = ("actor", "organisation", "spokesperson")


@dataclass(frozen=True)
class Answer:
    """Everything a page shows for a view: the sentence with its n, notices, and the page's own numbers."""

    view: View
    sentence: str
    count: SelectionCount
    body: Body
    data_version: str
    notices: tuple[Notice, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())


def answer(workspace: Workspace, view: View) -> Answer:
    """What the view's page shows for its selection; the same numbers for the dashboard and the command line."""
    found = _ANSWERS[view.path](workspace, view)
    if not workspace.search_note or read_search(view.selection.search).root is None:
        return found
    return replace(found, notices=(*found.notices, Notice("q", view.selection.search, workspace.search_note)))


def _finish(workspace: Workspace, view: View, body: Body, selection: Selection | None = None, **more: Any) -> Answer:
    selection = selection or view.selection
    count = count_selection(workspace.corpus, selection)
    words = selection.sentence(workspace.catalogue, count.n_statements, count.n_possibly, count.n_actors, count.n_issues)
    return Answer(view, words, count, body, workspace.data_version, **more)


def _overview(workspace: Workspace, view: View) -> Answer:
    found = overview(workspace.corpus, view.selection)
    is_quick = found.count.n_statements <= MAX_SHIFTS_AT_ONCE
    latest = find_shifts(workspace.corpus, view.selection, size=N_LATEST_SHIFTS) if is_quick else None
    return _finish(workspace, view, OverviewBody(found, workspace.comparisons, latest))


def _timeline(workspace: Workspace, view: View) -> Answer:
    lane, step = view.choice("lane"), view.choice("by")
    corpus, each = workspace.corpus, lane == "actor" and view.choice("joint") == "each"
    marks = timeline_marks(corpus, view.selection, lane, each=each)
    lane_bins = timeline_bins(corpus, view.selection, step, lane, each=each, max_cells=MAX_CELLS if marks.is_density else 0)
    bins = timeline_bins(corpus, view.selection, step, each=each)  # after the lanes, whose sums these often are
    events = tuple(event for event in workspace.events if event.happened_on.within(view.selection.window) is not Within.NOT)
    body = TimelineBody(bins, lane_bins, marks, events, lane, n_joint(corpus, view.selection))
    return _finish(workspace, view, body, left_out=bins.left_out)


def _compare(workspace: Workspace, view: View) -> Answer:
    in_force, late = _until_on(view)
    columns, notices = _columns(workspace, in_force)
    notices += late
    others = _selection_of(in_force, ()).without_contested(False)
    issues = in_force.codes("issue") or _issues_of(workspace, others, columns)
    each = view.choice("joint") == "each"
    comparison = compare(workspace.corpus, in_force, columns, issues[:MAX_ISSUES], each=each)
    spoken = tuple(issue for issue in comparison.issues if any(comparison.positions[c.key, issue].n_statements for c in columns))
    asked = view.choice("exchange")
    chosen = asked if asked in spoken or (asked and asked in comparison.issues) else next(iter(spoken), "")
    turns = exchange(workspace.corpus, in_force, columns, chosen, each=each) if chosen else None
    wordings, unknown = _wordings(workspace, view, turns)
    notices += unknown
    compared = redline_of(*wordings) if wordings else None
    selection = _selection_of(in_force, columns)
    n_signed = n_joint(workspace.corpus, selection)
    effect = _effect_of_contested(workspace, in_force, comparison, each) if workspace.catalogue.n_contested else None
    body = CompareBody(comparison, turns, spoken, max(0, len(issues) - MAX_ISSUES), wordings, compared, n_signed, effect)
    count = replace(count_selection(workspace.corpus, selection), n_statements=comparison.n_statements, n_possibly=comparison.n_possibly)
    named = " or ".join(workspace.catalogue.label(column.parameter, column.code) for column in columns)
    n_issues = len(comparison.issues)
    words = selection.sentence(
        workspace.catalogue, count.n_statements, count.n_possibly, n_issues=n_issues, who=f"by {named}" if named else ""
    )
    return Answer(view, words, count, body, workspace.data_version, notices, comparison.left_out)


def _until_on(view: View) -> tuple[Selection, tuple[Notice, ...]]:
    """The selection up to the day on which positions are asked for, and a notice when its window begins later."""
    asked, window = view.choice("on"), view.selection.window
    if not asked:
        return view.selection, ()
    day = date.fromisoformat(asked)
    if window.first and day < window.first:
        notice = Notice("on", asked, f"The window begins after {asked}, on which positions were asked for; those at its end are shown.")
        return view.selection, (notice,)
    until = window.until if window.last and window.last < day else PartialDate.of(day)
    return view.selection.within(Window(window.since, until)), ()


def _effect_of_contested(workspace: Workspace, selection: Selection, shown: Comparison, each: bool) -> ContestedEffect | None:
    """What the comparison on the page says with contested codings and without: one of the two is shown."""
    other = selection.without_contested(not selection.is_uncontested)
    asked = compare(workspace.corpus, other, shown.columns, shown.issues, each=each)
    return effect_of_contested(asked, shown) if selection.is_uncontested else effect_of_contested(shown, asked)


def _wordings(
    workspace: Workspace, view: View, turns: Exchange | None
) -> tuple[tuple[StatementRow, StatementRow] | None, tuple[Notice, ...]]:
    """The two statements whose words are compared, and a notice for each the link names that is not there."""
    held = [turn.row for turn in turns.turns] if turns else []
    found: list[StatementRow | None] = []
    notices: list[Notice] = []
    for name, unasked in (("before", held[0] if held else None), ("after", held[-1] if held else None)):
        asked = view.choice(name)
        rows = statements_by_id(workspace.corpus, (id_as_held(workspace.corpus, asked),)) if asked else ()
        if asked and not rows:
            notices.append(Notice(name, asked, f"This link compares the words of a statement that is not in this data ({name}); left out."))
        found.append(rows[0] if rows else unasked)
    first, second = found
    if first is None or second is None or first.statement_id == second.statement_id:
        return None, tuple(notices)
    return (first, second), tuple(notices)


def _selection_of(selection: Selection, columns: tuple[ComparedColumn, ...]) -> Selection:
    for parameter in COLUMN_PARAMETERS:
        selection = selection.including(parameter, *(column.code for column in columns if column.parameter == parameter))
    return selection


def _columns(workspace: Workspace, selection: Selection) -> tuple[tuple[ComparedColumn, ...], tuple[Notice, ...]]:
    """The columns a link asks for, or the two most active actors; a notice for columns past the limit."""
    asked = [ComparedColumn(name, code) for name in COLUMN_PARAMETERS for code in selection.codes(name)]
    if not asked:
        counted = count_facets(workspace.corpus, selection, ("actor",)).facets["actor"]
        return tuple(ComparedColumn("actor", value.code) for value in counted[:2]), ()
    dropped = [workspace.catalogue.label(column.parameter, column.code) for column in asked[MAX_COLUMNS:]]
    notice = Notice("actor", ", ".join(dropped), f"At most {MAX_COLUMNS} can stand side by side; left out: {', '.join(dropped)}.")
    return tuple(asked[:MAX_COLUMNS]), (notice,) if dropped else ()


def _issues_of(workspace: Workspace, others: Selection, columns: tuple[ComparedColumn, ...]) -> tuple[str, ...]:
    """The issues the columns spoke on, in the order of most statements of any of them."""
    n_by_issue: dict[str, int] = {}
    for parameter in COLUMN_PARAMETERS:
        codes = [column.code for column in columns if column.parameter == parameter]
        if codes:
            for value in count_facets(workspace.corpus, others.including(parameter, *codes), ("issue",)).facets["issue"]:
                n_by_issue[value.code] = n_by_issue.get(value.code, 0) + value.n_statements
    known = workspace.catalogue.labels["issue"]
    return tuple(code for code in sorted(n_by_issue, key=lambda code: (-n_by_issue[code], code)) if n_by_issue[code] and code in known)


def _shifts(workspace: Workspace, view: View) -> Answer:
    asked = int(view.choice("page"))
    in_force, notices = _until_on(view)
    found = find_shifts(
        workspace.corpus,
        in_force,
        view.choice("lane"),
        int(view.choice("evidence")),
        each=view.choice("joint") == "each",
        only_changed=view.choice("show") == "changed",
        page=asked,
    )
    first, last = extent_of(workspace.corpus, in_force) or (date.min, date.min)
    redlines = tuple(redline_of(shift.said_before, shift.said_after) for shift in found.shifts[:MAX_REDLINES])
    notices += (_past_the_end("These positions fill", found.n_pages, asked, found.page),) if found.page != asked and found.lanes else ()
    words = _words(workspace, view) if found.n_statements <= MAX_SHIFTS_AT_ONCE else None
    n_signed = n_joint(workspace.corpus, in_force) if view.choice("lane") == "actor" else 0
    body = ShiftsBody(found, first, last, redlines, words, n_signed)
    return _finish(workspace, view, body, in_force, left_out=found.left_out, notices=notices)


def _words(workspace: Workspace, view: View) -> Wording:
    split, is_original = view.choice("split"), view.choice("text") == "original"
    of_actors = view.choice("lane") == "actor"
    day = date.fromisoformat(split) if split else None
    return wording_through_time(workspace.corpus, view.selection, day, original=is_original, of_actors=of_actors)


def _past_the_end(what: str, n_pages: int, asked: int, shown: int) -> Notice:
    return Notice("page", str(asked), f"{what} {n_pages} pages; page {asked} was asked for, page {shown} is shown.")


def _alignment(workspace: Workspace, view: View) -> Answer:
    body, notices = alignment_body(workspace, view)
    return _finish(workspace, view, body, notices=notices, left_out=body.alignment.left_out)


def _statements(workspace: Workspace, view: View) -> Answer:
    page = list_statements(workspace.corpus, view.selection, view.choice("sort"), int(view.choice("page")), PAGE_SIZE)
    asked = int(view.choice("page"))
    notice = _past_the_end("This list has", page.n_pages, asked, page.page)
    facets = count_facets(workspace.corpus, view.selection)
    return _finish(workspace, view, StatementsBody(page, facets), notices=(notice,) if page.page != asked and page.n_pages else ())


def _statement(workspace: Workspace, view: View) -> Answer:
    asked = view.choice("id")
    record = statement_record(workspace.corpus, asked) if asked else None
    statement_id = asked if record else id_as_held(workspace.corpus, asked)
    record = record or (statement_record(workspace.corpus, statement_id) if statement_id else None)
    if record is None:
        return _finish(workspace, view, StatementBody(None, None, None))
    row = statements_by_id(workspace.corpus, (statement_id,))[0]
    proof = proof_of(workspace, statement_id, row.quote)
    signed = signatories_of(workspace.corpus, statement_id)
    previous = previous_wording(workspace.corpus, statement_id)
    compared = redline_of(previous, row) if previous else None
    around = neighbours(workspace.corpus, statement_id)
    life, offices = _life(workspace, statement_id), offices_of(workspace.corpus, row.spokesperson_id)
    tenures = tenures_of(workspace.corpus, row.spokesperson_id)
    return _finish(workspace, view, StatementBody(record, row, around, proof, previous, compared, signed, life, offices, tenures))


def _life(workspace: Workspace, statement_id: str) -> tuple[LifeTurn, ...]:
    """What became of the statement, and of those it is related to, with both statements of every step."""
    steps = life_of(workspace.corpus, statement_id)
    ids = tuple(dict.fromkeys(end for step in steps for end in (step.statement_id, step.other_statement_id) if end))
    rows = {row.statement_id: row for row in statements_by_id(workspace.corpus, ids)}
    return tuple(LifeTurn(step, rows.get(step.statement_id), rows[step.other_statement_id]) for step in steps)


def _data(workspace: Workspace, view: View) -> Answer:
    selection = view.selection
    issues = selection.codes("issue") or tuple(code for code in workspace.catalogue.labels["issue"] if code in workspace.issues)
    asked = selection.codes("actor") or tuple(code for code in workspace.catalogue.labels["actor"] if not is_group(code))
    silence = who_is_silent(workspace.corpus, selection, asked, issues)
    agreement = coder_agreement(workspace.corpus, selection)
    twice = repeats(workspace.corpus, selection)
    repeated = statements_by_id(workspace.corpus, [statement_id for group in twice.groups for statement_id in group])
    coverage = cover(workspace.corpus, selection)
    body = DataBody(coverage, silence, agreement, twice, repeated, workspace.problems, workspace.n_records)
    return _finish(workspace, view, body)


def _import(workspace: Workspace, view: View) -> Answer:
    return _finish(workspace, view, ImportBody(workspace.code, workspace.revision_id))


_ANSWERS = {
    "/": _overview,
    "/timeline": _timeline,
    "/compare": _compare,
    "/shifts": _shifts,
    "/alignment": _alignment,
    "/statements": _statements,
    "/statement": _statement,
    "/import": _import,
    "/review": _import,
    "/data": _data,
}


def as_json(value: Any) -> Any:
    """The value as plain JSON types: dataclasses and named tuples as objects, dates as ISO text, pair keys joined by a space."""
    if names := getattr(value, "__dataclass_fields__", None) or getattr(value, "_fields", None):
        return {name: as_json(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {" ".join(key) if isinstance(key, tuple) else str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def answer_as_json(answered: Answer) -> dict[str, Any]:
    """An answer as `query --json` prints it and the JSON interface sends it."""
    return {
        "link": answered.view.link,
        "page": answered.view.path,
        "sentence": answered.sentence,
        "data_version": answered.data_version,
        "n_statements": answered.count.n_statements,
        "n_possibly": answered.count.n_possibly,
        "count": as_json(answered.count),
        "left_out": as_json(answered.left_out),
        "notices": as_json(answered.notices),
        "answer": as_json(answered.body),
    }
