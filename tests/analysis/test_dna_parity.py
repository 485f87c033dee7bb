"""Held against Discourse Network Analyzer: the same numbers where that tool is right; where not, its number, ours and why."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests import samples
from tests.analysis.corpora import corpus_of
from tests.factory import statement
from tracker.analysis.alignment import Asked, align, aligned_windows
from tracker.analysis.alignment_counts import Counting, tally
from tracker.analysis.alignment_measures import one_mode, two_mode
from tracker.analysis.corpus import Corpus
from tracker.analysis.polarisation import polarisation
from tracker.core.model import DataSet
from tracker.core.selection import Selection
from tracker.io.packages import load_data_set
from tracker.store.engine import open_engine
from tracker.store.snapshot import build_snapshot

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
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    held: DataSet = load_data_set(samples.DNA / "sample_v3.dna")
    engine = open_engine(build_snapshot(held, tmp_path_factory.mktemp("dna")))
    labels = {
        "organisation": {one.organisation_id: one.name for one in held.organisations},
        "spokesperson": {one.spokesperson_id: one.name for one in held.spokespersons},
        "issue": {one.issue_id: one.title for one in held.issues},
    }
    yield Loaded(Corpus(engine.statements, engine), labels)
    engine.close()


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


@samples.needs_samples
def test_the_network_file_has_the_same_edges(project: Loaded) -> None:
    text = (samples.DNA / "golden" / "onemode_congruence_document.graphml").read_text(encoding="utf-8")
    n_edges = len(re.findall("<edge ", text))
    rows, _, values = ours(project, "onemode_organization_congruence_no_document")
    assert n_edges == int((values[np.triu_indices(len(rows), 1)] > 0).sum())


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
