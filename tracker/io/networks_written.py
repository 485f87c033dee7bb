"""Networks as files: GraphML and an edge list that Gephi opens, and a matrix that says what it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree

from tracker.io.guarding import guarded

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", int: "int", float: "double", bool: "boolean"}
Value = str | int | float | bool | None


@dataclass(frozen=True)
class WrittenNetwork:
    """A network as plain values: nodes by id, edges between ids, and what is said about the whole.

    Attributes of one name have one type; ``None`` is left out, never written as 0 or as text.
    """

    nodes: Mapping[str, Mapping[str, Value]]
    edges: Sequence[tuple[str, str, Mapping[str, Value]]]
    about: Mapping[str, str] = field(default_factory=dict)


def to_graphml(network: WrittenNetwork) -> bytes:
    """UTF-8 GraphML, undirected, attributes declared with their types; characters that XML cannot hold are replaced.

    >>> b'attr.type="double"' in to_graphml(WrittenNetwork({"a": {}, "b": {}}, [("a", "b", {"weight": 0.5})]))
    True
    """
    root = ElementTree.Element("graphml", {"xmlns": _NAMESPACE})
    keys = {
        **_declared(root, "graph", [network.about]),
        **_declared(root, "node", network.nodes.values()),
        **_declared(root, "edge", [attributes for _, _, attributes in network.edges]),
    }
    graph = ElementTree.SubElement(root, "graph", {"id": "network", "edgedefault": "undirected"})
    _add_data(graph, "graph", network.about, keys)
    for code, attributes in network.nodes.items():
        _add_data(ElementTree.SubElement(graph, "node", {"id": _clean(code)}), "node", attributes, keys)
    for number, (one, other, attributes) in enumerate(network.edges):
        edge = ElementTree.SubElement(graph, "edge", {"id": f"e{number}", "source": _clean(one), "target": _clean(other)})
        _add_data(edge, "edge", attributes, keys)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def to_edge_list(network: WrittenNetwork, label: str = "label") -> bytes:
    """UTF-8 CSV with the columns that Gephi looks for (Source, Target, Type, Weight), names, and the other attributes.

    Cells a spreadsheet would take for a formula get an apostrophe in front.
    """
    names = list(dict.fromkeys(name for _, _, attributes in network.edges for name in attributes if name != "weight"))
    rows: list[list[Value]] = [["Source", "Target", "Type", "Weight", "Source label", "Target label", *names]]
    for one, other, attributes in network.edges:
        labels = [network.nodes[code].get(label, code) for code in (one, other)]
        rows.append([one, other, "Undirected", attributes.get("weight"), *labels, *(attributes.get(name) for name in names)])
    return _csv(rows)


def to_matrix(labels: Sequence[str], values: Mapping[tuple[int, int], float | None], about: Mapping[str, str]) -> bytes:
    """UTF-8 CSV: lines that begin with # say what the matrix is, then names across and down; no value is an empty cell."""
    rows: list[list[Value]] = [[f"# {name}", text] for name, text in about.items()]
    rows.append(["", *labels])
    rows += [[label, *(values.get((row, column)) for column in range(len(labels)))] for row, label in enumerate(labels)]
    return _csv(rows)


def _csv(rows: Sequence[Sequence[Value]]) -> bytes:
    text = io.StringIO(newline="")
    held = [["" if cell is None else guarded(cell) if isinstance(cell, str) else repr(cell) for cell in row] for row in rows]
    csv.writer(text, lineterminator="\r\n").writerows(held)
    return text.getvalue().encode("utf-8")


def _declared(root: ElementTree.Element, place: str, held: object) -> dict[tuple[str, str], str]:
    kinds = {name: type(value) for attributes in held for name, value in attributes.items() if value is not None}
    keys = {}
    for number, (name, kind) in enumerate(kinds.items()):
        keys[place, name] = f"{place}-{number}"
        ElementTree.SubElement(root, "key", {"id": keys[place, name], "for": place, "attr.name": name, "attr.type": _TYPES[kind]})
    return keys


def _add_data(element: ElementTree.Element, place: str, attributes: Mapping[str, Value], keys: Mapping[tuple[str, str], str]) -> None:
    for name, value in attributes.items():
        if value is not None:
            data = ElementTree.SubElement(element, "data", {"key": keys[place, name]})
            data.text = str(value).lower() if isinstance(value, bool) else _clean(str(value))


def _clean(text: str) -> str:
    """The text without characters that no XML file may hold."""
    return "".join(
        c if c in "\t\n\r" or (" " <= c <= "\ud7ff") or ("\ue000" <= c <= "\ufffd") or c >= "\U00010000" else "\ufffd" for c in text
    )
