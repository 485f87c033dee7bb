"""What analysis needs of a store: something that answers expressions with rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Protocol

import ibis.expr.types as ir
import pandas as pd

Build = Callable[[], ir.Table]


class Runner(Protocol):
    """Answers Ibis expressions; any engine that Ibis compiles for can be behind it."""

    def rows(
        self,
        question: ir.Table | Build,
        key: Hashable = None,
        *,
        chosen: Build | None = None,
        chosen_key: Hashable = None,
    ) -> list[dict[str, Any]]:
        """The rows of the answer by column name; the question may read the expression ``chosen`` as a table.

        Keys name everything that an expression depends on, so that the same key never needs compiling twice.
        """
        ...

    def frame(self, question: ir.Table | Build, key: Hashable = None) -> pd.DataFrame:
        """The same answer as a frame, for aggregates too large to be walked row by row."""
        ...
