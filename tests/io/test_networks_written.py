"""Networks as files: whatever stands in a name, the XML is whole and a spreadsheet runs nothing."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tracker.io.networks_written import WrittenNetwork, to_edge_list, to_graphml, to_matrix

NAMES = st.text(max_size=20)


@given(st.lists(NAMES, min_size=2, max_size=4))
def test_any_name_comes_back(names: list[str]) -> None:
    nodes = {f"n{number}": {"label": name} for number, name in enumerate(names)}
    network = WrittenNetwork(nodes, [("n0", "n1", {"weight": 0.25, "low": None})], {"filter": names[0]})
    root = ElementTree.fromstring(to_graphml(network))
    labels = [node[0].text or "" for node in root.iter() if node.tag.endswith("}node")]
    held = [name.replace("\r\n", "\n").replace("\r", "\n") for name in names]
    assert [_same(one, other) for one, other in zip(labels, held, strict=True)] == [True] * len(names)
    assert "low" not in to_graphml(network).decode(), "a missing end is not an attribute without a value"


def _same(read: str, written: str) -> bool:
    return all(a == b or a == "\N{REPLACEMENT CHARACTER}" for a, b in zip(read, written, strict=True))


def test_a_formula_in_a_name_is_guarded() -> None:
    network = WrittenNetwork({"=a": {"label": "=1+1"}, "b": {"label": "@x"}}, [("=a", "b", {"weight": 1.0, "value": -1.0})])
    (_, row) = csv.reader(io.StringIO(to_edge_list(network).decode(), newline=""))
    assert row[:6] == ["'=a", "b", "Undirected", "1.0", "'=1+1", "'@x"]
    assert row[6] == "-1.0", "a number is no formula"
    rows = list(csv.reader(io.StringIO(to_matrix(["=1", "b"], {(0, 1): 0.5}, {"filter": "=2"}).decode(), newline="")))
    assert rows == [["# filter", "'=2"], ["", "'=1", "b"], ["'=1", "", "0.5"], ["b", "", ""]]
