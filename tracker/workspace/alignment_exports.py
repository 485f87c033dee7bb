"""Alignment as files: the matrix, an edge list, and GraphML, each with what was measured, the filter and the data version."""

from __future__ import annotations

from tracker.analysis.alignment_results import Alignment
from tracker.core.links import View
from tracker.io.networks_written import WrittenNetwork, to_edge_list, to_graphml, to_matrix
from tracker.workspace.alignment_answers import AlignmentBody
from tracker.workspace.answers import Answer, answer
from tracker.workspace.opening import Workspace

NETWORKS: dict[str, str] = {
    "matrix.csv": "text/csv; charset=utf-8",
    "edges.csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml",
}
"""The forms with their media types."""


def export_network(workspace: Workspace, view: View, form: str) -> tuple[str, bytes]:
    """The media type and bytes of the matrix of the view's Alignment page; ``form`` is a key of NETWORKS.

    All members are in it, drawn or not. A pair without a value is an empty cell in the matrix and no edge in the others.
    """
    answered = answer(workspace, view)
    labels = {code: workspace.catalogue.label(answered.body.asked.level, code) for code in _codes(answered.body.alignment)}
    about = about_alignment(workspace, answered)
    if form == "matrix.csv":
        place = {code: number for number, code in enumerate(labels)}
        values = {}
        for pair in answered.body.alignment.pairs:
            values[place[pair.one], place[pair.other]] = values[place[pair.other], place[pair.one]] = pair.value
        return NETWORKS[form], to_matrix([_named(code, labels) for code in labels], values, about)
    network = _network(answered.body, labels, about)
    return NETWORKS[form], (to_graphml if form == "graphml" else to_edge_list)(network)


def about_alignment(workspace: Workspace, answered: Answer) -> dict[str, str]:
    """What a file of alignment says of itself."""
    body = answered.body
    return {
        "measure": body.asked.measure,
        "divided by": body.asked.per if body.asked.measure in ("net", "congruence", "conflict", "attention") else "shared issues",
        "repeats count": body.asked.repeats,
        "shared issues at least": str(body.asked.minimum),
        "statements counted": str(body.alignment.n_statements),
        "members": str(len(body.alignment.members)),
        "pairs with a value": f"{sum(pair.value is not None for pair in body.alignment.pairs)} of {len(body.alignment.pairs)}",
        "filter": answered.sentence,
        "left out": "; ".join(f"{item.n_statements} {item.reason}" for item in answered.left_out) or "nothing",
        "link": answered.view.link,
        "data version": workspace.data_version,
    }


def _network(body: AlignmentBody, labels: dict[str, str], about: dict[str, str]) -> WrittenNetwork:
    nodes = {
        member.code: {
            "label": labels[member.code],
            "statements": member.n_statements,
            "counted": member.n_counted,
            "issues": member.n_issues,
            "camp": member.camp + 1,
        }
        for member in body.alignment.members
    }
    edges = [
        (
            pair.one,
            pair.other,
            {
                "weight": abs(pair.value),
                "value": float(pair.value),
                "sign": "opposed" if (pair.value < 0) != (body.asked.measure == "conflict") else "agree",
                "shared_issues": pair.n_issues,
                "low": pair.low,
                "high": pair.high,
            },
        )
        for pair in body.alignment.pairs
        if pair.value is not None
    ]
    return WrittenNetwork(nodes, edges, about)


def _codes(alignment: Alignment) -> list[str]:
    return [member.code for member in alignment.members]


def _named(code: str, labels: dict[str, str]) -> str:
    """The label, with its code where another has the same."""
    return labels[code] if list(labels.values()).count(labels[code]) == 1 else f"{labels[code]} ({code})"
