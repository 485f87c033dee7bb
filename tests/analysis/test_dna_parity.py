"""Held against Discourse Network Analyzer: the same numbers where that tool is right; where not, its number, ours and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests import samples
from tests.analysis.corpora import corpus_of, corpus_with
from tests.factory import statement
from tracker.analysis.alignment import Asked, align, aligned_windows
from tracker.analysis.alignment_counts import Counting, tally
from tracker.analysis.alignment_measures import one_mode, two_mode
from tracker.analysis.corpus import Corpus
from tracker.analysis.polarisation import polarisation
from tracker.core.links import View
from tracker.core.model import DataSet
from tracker.core.selection import Selection
from tracker.io.packages import load_data_set
from tracker.workspace.alignment_exports import export_network
from tracker.workspace.exports import export
from tracker.workspace.opening import Workspace, described

ALL = Selection()
GOLDEN = sorted((samples.DNA / "golden").glob("*mode_*.csv"))
MEASURES = {"ignore": "attention", "subtract": "net"}
NORMS = {"no": "none", "cosine": "product"}
REPEATS = {"include": "all", "document": "document", "acrossrange": "once"}


@dataclass(frozen=True)
class Loaded:
    """The sample project through our importer, and its labels by facet."""

    corpus: Corpus
    labels: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def project() -> Iterator[Loaded]:
    held: DataSet = load_data_set(samples.DNA / "sample_v3.dna")
    labels = {
        "organisation": {one.organisation_id: one.name for one in held.organisations},
        "spokesperson": {one.spokesperson_id: one.name for one in held.spokespersons},
        "issue": {one.issue_id: one.title for one in held.issues},
    }
    with corpus_with(held) as corpus:
        yield Loaded(corpus, labels)


FACETS = {"organization": "organisation", "person": "spokesperson", "concept": "issue"}


def ours(project: Loaded, name: str) -> tuple[list[str], list[str], np.ndarray]:
    """Row labels, column labels and values for the options that stand in the name of a golden file."""
    kind, *parts = name.split("_")
    row = FACETS[parts.pop(0)] if kind == "onemode" else "organisation"
    measure, norm, repeats = parts
    column = "organisation" if row == "issue" else "issue"
    found = tally(project.corpus, ALL, Counting(row, column, REPEATS[repeats], is_attention=measure == "ignore"))
    measured = one_mode if kind == "onemode" else two_mode
    values = measured(found.counts, MEASURES.get(measure, measure), NORMS.get(norm, norm))
    rows = [project.labels[row][code] for code in found.rows]
    return rows, rows if kind == "onemode" else [project.labels[column][code] for code in found.columns], values


@samples.needs_samples
def test_all_matrices_are_there() -> None:
    assert len(GOLDEN) == 160


@samples.needs_samples
@pytest.mark.parametrize("path", GOLDEN or [pytest.param(Path("none"), id="no samples")], ids=lambda path: path.stem)
def test_the_same_numbers(path: Path, project: Loaded) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        (_, *columns), *lines = csv.reader(file, delimiter=";")
    theirs = {(line[0], column): float(value) for line in lines for column, value in zip(columns, line[1:], strict=True)}
    rows, ours_columns, values = ours(project, path.stem)
    found = {(row, column): values[i, j] for i, row in enumerate(rows) for j, column in enumerate(ours_columns)}
    assert found.keys() <= theirs.keys()
    differing = {pair: (theirs[pair], found.get(pair, 0)) for pair in theirs if abs(theirs[pair] - found.get(pair, 0)) > 1.1e-6}
    assert differing == {}, "whom nobody heard has no row with us, and zeros there"


@pytest.fixture(scope="module")
def workspace(project: Loaded) -> Workspace:
    return described(project.corpus.run)


GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
CONGRUENCE = {"measure": "congruence", "level": "organisation", "per": "none", "repeats": "document", "min": "1"}


def network_of(data: bytes, label: str) -> tuple[dict[str, dict[str, str]], dict[frozenset[str], float]]:
    """Attributes of the nodes by what they are called, and weights of the edges by the names of both ends."""
    root = ElementTree.fromstring(data)
    names = {key.get("id"): (key.get("attr.name"), key.get("attr.type")) for key in root.iter(f"{GRAPHML}key")}
    nodes, called = {}, {}
    for node in root.iter(f"{GRAPHML}node"):
        held = {names[part.get("key")][0]: part.text for part in node.iter(f"{GRAPHML}data") if names[part.get("key")][0]}
        nodes[held[label]], called[node.get("id")] = held, held[label]
    weights = {}
    for edge in root.iter(f"{GRAPHML}edge"):
        (weight,) = (part.text for part in edge.iter(f"{GRAPHML}data") if names[part.get("key")] == ("weight", "double"))
        weights[frozenset((called[edge.get("source")], called[edge.get("target")]))] = float(weight)
    assert next(root.iter(f"{GRAPHML}graph")).get("edgedefault") == "undirected"
    return nodes, weights


@samples.needs_samples
def test_the_network_file_has_the_same_nodes_edges_and_weights(workspace: Workspace) -> None:
    theirs, their_weights = network_of((samples.DNA / "golden" / "onemode_congruence_document.graphml").read_bytes(), "name")
    found, weights = network_of(export_network(workspace, View("/alignment").choosing(**CONGRUENCE), "graphml")[1], "label")
    assert {name: node["counted"] for name, node in found.items()} == {name: node["frequency"] for name, node in theirs.items()}
    assert {pair: weight for pair, weight in weights.items() if weight} == their_weights
    assert {weights[pair] for pair in weights.keys() - their_weights.keys()} == {0.0}, "that nothing is shared has its row with us"


EVENTS_ALTERED = str.maketrans({";": ",", '"': "'"})
NO_COLUMN_OF_OURS = {"document_author", "document_section"}
"""A document has neither author nor section with us: what a project says of them stands in the note, in words."""


@samples.needs_samples
def test_our_event_list_says_row_by_row_what_theirs_does(workspace: Workspace) -> None:
    path = samples.DNA / "golden" / "eventlist_include.csv"
    header, theirs = events_of(path.read_text(encoding="utf-8"))
    our_header, found = events_of(export(workspace, View("/statements"), "events.csv")[1].decode("utf-8"))
    assert [name for name in our_header if name in header] == header, "all of its columns, in its order"
    exactly = [name for name in header if name not in {"statement_id", "agreement", "text", "coder", "start_position", "stop_position"}]
    exactly = [name for name in exactly if name not in NO_COLUMN_OF_OURS]
    assert [[row[name] for name in exactly] for row in found] == [[row[name] for name in exactly] for row in theirs]
    assert [row["original_id"] for row in found] == [row["statement_id"] for row in theirs], "ours are numbered anew, without its gap"
    assert [{"-1": "0", "1": "1"}[row["agreement"]] for row in found] == [row["agreement"] for row in theirs], "−1 leaves room for mixed"
    assert [row["text"].translate(EVENTS_ALTERED) for row in found] == [row["text"] for row in theirs], "it alters words, ours are whole"
    assert [_length(row) for row in found] == [_length(row) for row in theirs], "places differ: our document holds the quotes alone"
    assert {row["coder"] for row in found} == {"Coder 1"}, "a name; its number, 2, means nothing outside its project"
    told = [f"document author: {row['document_author']}; document section: {row['document_section']}" for row in theirs]
    assert [row["note"] for row in found] == told


def events_of(text: str) -> tuple[list[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    rows = list(reader)
    return list(reader.fieldnames or ()), rows


def _length(row: dict[str, str]) -> int:
    return int(row["stop_position"]) - int(row["start_position"])


def said(number: int, stance: str, on: str, **changes: object):
    return statement(f"s-{number}", on, stance_code=stance, **changes)


# A small network by hand from the formulas of the tool's manual, so that this is tested without the samples too.
MADE = (
    said(1, "support", "2005-01-10", organisation_id="one", issue_id="x", document_url="https://example.org/1"),
    said(2, "support", "2005-01-10", organisation_id="one", issue_id="x", document_url="https://example.org/1"),
    said(3, "oppose", "2005-02-10", organisation_id="one", issue_id="y", document_url="https://example.org/2"),
    said(4, "support", "2005-02-11", organisation_id="two", issue_id="x", document_url="https://example.org/3"),
    said(5, "support", "2005-02-11", organisation_id="two", issue_id="y", document_url="https://example.org/3"),
    said(6, "oppose", "2005-02-12", organisation_id="two", issue_id="y", document_url="https://example.org/4"),
)
MADE_VALUES = {
    ("congruence", "none", "all"): 3.0,
    ("conflict", "none", "all"): 1.0,
    ("net", "none", "all"): 2.0,
    ("attention", "none", "all"): 4.0,
    ("congruence", "none", "document"): 2.0,
    ("congruence", "average", "all"): 1.0,
    ("congruence", "product", "all"): 3 / 9,
    ("congruence", "jaccard", "all"): 0.75,
    ("attention", "none", "once"): 2.0,
}


@pytest.mark.parametrize(("measure", "norm", "repeats"), MADE_VALUES, ids=lambda part: part)
def test_a_made_network(measure: str, norm: str, repeats: str) -> None:
    with corpus_of(*MADE) as corpus:
        found = tally(corpus, ALL, Counting("organisation", "issue", repeats, is_attention=measure == "attention"))
    assert one_mode(found.counts, measure, norm)[0, 1] == pytest.approx(MADE_VALUES[measure, norm, repeats])


@dataclass(frozen=True)
class Fault:
    """Where the tool is wrong: its number as its own code gave it, the right one, and why."""

    theirs: object
    right: object
    why: str


FAULTS = {
    "month": Fault(2, 3, "it compares the number of the month without the year, so January 2005 and January 2006 are one"),
    "week": Fault(1, 2, "it compares the number of the week without the year, by the locale of the machine"),
    "scale": Fault("nan", 1.0, "it takes the scale from what was said, and one level is a scale of length 0"),
    "repeats": Fault(3, 1, "it compares boxed numbers by identity, so equal values above 127 are different statements"),
    "window": Fault(0, 2, "its window of one unit is a single instant, and its windows of two and three units are the same"),
    "combine": Fault("ArrayIndexOutOfBounds", 1.5, "it looks up the share of a column among the rows"),
    "camps": Fault(0.517, 0.0, "it maximises a distance from the ideal, so that the true camps are its worst answer"),
    "cosine": Fault(0.625, 1.0, "it divides by the product of the sums, which is no cosine: the same vector is not 1 with itself"),
}


def right(name: str) -> object:
    """Our answer to the probe of a fault."""
    if name in ("month", "week"):
        days = {"month": ("2005-01-10", "2006-01-10", "2006-02-10"), "week": ("2005-03-16", "2006-03-15")}[name]
        return _counted([said(n, "support", day) for n, day in enumerate(days)], name)
    if name == "repeats":
        return _counted([said(n, "support", "2016-07-28") for n in (1000, 1001, 1002)], "once")
    if name in ("scale", "window"):
        held = [said(n, "support", f"2016-07-{10 + n}", actor_id=actor) for n, actor in enumerate(("AAA", "BBB"))]
        with corpus_of(*held) as corpus:
            members = align(corpus, ALL, Asked(minimum=1), 3)
            if name == "scale":
                return members.pairs[0].value
            return sum(window.n_statements for window in aligned_windows(corpus, ALL, Asked(), "month", None, members.members))
    if name == "camps":
        shares = np.zeros((6, 4, 3))
        shares[:3, :, 2] = shares[3:, :, 0] = 1
        return polarisation(shares, 1, 3)[0].frustration
    counts = np.zeros((2, 2, 4))
    if name == "combine":
        counts[0, 0] = [1, 0, 2, 0]
        counts[1, 0, 0] = 1
        return two_mode(counts, "combine", "prominence")[0, 0]
    counts[:, 0, 2], counts[:, 1, 0] = 3, 1
    return one_mode(counts, "congruence", "cosine")[0, 1]


def _counted(held: list, repeats: str) -> float:
    with corpus_of(*held) as corpus:
        return tally(corpus, ALL, Counting(repeats=repeats)).counts.sum()


@pytest.mark.parametrize("name", FAULTS)
def test_where_the_tool_is_wrong_ours_is_right_and_it_is_said_why(name: str) -> None:
    fault = FAULTS[name]
    found = right(name)
    assert found == pytest.approx(fault.right), fault.why
    assert found != fault.theirs
