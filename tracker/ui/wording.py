"""Words that several pages use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.core.selection import Catalogue


def distinct_labels(catalogue: Catalogue, parameter: str, codes: Sequence[str]) -> dict[str, str]:
    """A label for every code that no other code of the list has: equal names are told apart by their code.

    >>> distinct_labels(Catalogue(labels={"actor": {"a": "Same", "b": "Same"}}), "actor", ["a", "b", "c"])
    {'a': 'Same (a)', 'b': 'Same (b)', 'c': 'c'}
    """
    labels = {code: catalogue.label(parameter, code) for code in codes}
    n_by_label = Counter(labels.values())
    return {code: label if n_by_label[label] == 1 else f"{label} ({code})" for code, label in labels.items()}
