"""What analysis needs of a store: something that answers expressions with rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

import ibis.expr.types as ir
import pandas as pd

Build = Callable[[], ir.Table]
_NO_VALUES: Mapping[str, Sequence[str]] = MappingProxyType({})


class Runner(Protocol):
    """Answers Ibis expressions; any engine that Ibis compiles for can be behind it."""

    def rows(
        self,
        question: ir.Table | Build,
        key: Hashable = None,
        *,
        chosen: Build | None = None,
        chosen_key: Hashable = None,
        hits: Build | None = None,
        hits_key: Hashable = None,
        values: Mapping[str, Sequence[str]] = _NO_VALUES,
    ) -> list[dict[str, Any]]:
        """The rows of the answer by column name; the question may read the expressions ``chosen`` and ``hits`` as tables.

        ``chosen`` may read ``hits``, whose rows an engine may keep for the next question that has them.

        Keys name everything that an expression depends on, so that the same key never needs compiling twice. For a text in
        the expressions that is a name in ``values`` its values stand, joined by commas where there are several.
        """
        ...

    def frame(
        self,
        question: ir.Table | Build,
        key: Hashable = None,
        *,
        chosen: Build | None = None,
        chosen_key: Hashable = None,
        hits: Build | None = None,
        hits_key: Hashable = None,
        values: Mapping[str, Sequence[str]] = _NO_VALUES,
    ) -> pd.DataFrame:
        """The same answer as a frame, for aggregates too large to be walked row by row."""
        ...
