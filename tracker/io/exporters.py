"""Statements to files: CSV and workbooks that spreadsheets cannot be tricked by, JSON that says what it holds, Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping

from tracker.core.columns import COLUMN_NAMES, PASSAGE_CELLS
from tracker.io.guarding import GUARDED, guarded_csv, guarded_rows, marked
from tracker.io.headers import REJECTED
from tracker.io.workbook_written import workbook


def to_csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """UTF-8 CSV of the columns of a data set, in their order; loading it again gives the same text, cell by cell.

    Missing values are empty. A cell a spreadsheet would take for a formula gets an apostrophe in front; a last column
    ``guarded``, there only when it is needed, names those columns row by row, so that the apostrophe can go again.

    Rows with passages have ``PASSAGE_CELLS`` behind the others.

    >>> [cell for cell in to_csv([{"statement_id": "t-1", "quote": "=1+1"}]).decode().splitlines()[1].split(",") if cell]
    ['t-1', "'=1+1", 'quote']
    """
    return guarded_csv(*_table(rows))


def rejected_to_csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """UTF-8 CSV of rejected rows to be mended: as :func:`to_csv`, with the line and what is wrong (``REJECTED``) in front.

    These two columns are no part of the table when the file is read again.
    """
    held = list(rows)
    told = [[_as_text(row.get(name)) for name in ("line", "problem")] for row in held]
    names, cells = _table(held)
    return guarded_csv([*REJECTED, *names], [[*first, *rest] for first, rest in zip(told, cells, strict=True)])


def to_xlsx(rows: Iterable[Mapping[str, object]]) -> bytes:
    """An Excel workbook of the columns of a data set, guarded as :func:`to_csv` does; every cell is text, none a formula.

    A cell of more characters than a workbook can hold is cut, and says so.
    """
    return workbook(guarded_rows(*_table(rows)))


def _table(rows: Iterable[Mapping[str, object]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """The names of the columns, and the cells of each row."""
    held = list(rows)
    names = (*COLUMN_NAMES, *(PASSAGE_CELLS if held and PASSAGE_CELLS[0] in held[0] else ()))
    return names, [[_as_text(row.get(name)) for name in names] for row in held]


def to_json(rows: Iterable[Mapping[str, object]], *, link: str, data_version: str) -> bytes:
    """UTF-8 JSON: the link of the view, the data version, how many statements, and the statements.

    A statement whose text looks like a formula or an error of a spreadsheet has ``guarded``, which names the columns.

    >>> json.loads(to_json([], link="/statements", data_version="abc"))
    {'link': '/statements', 'data_version': 'abc', 'n_statements': 0, 'statements': []}
    """
    held = [
        {name: value if isinstance(value, (bool, int)) else _as_text(value) for name, value in row.items()}
        for row in marked(rows, COLUMN_NAMES)
    ]
    whole = {"link": link, "data_version": data_version, "n_statements": len(held), "statements": held}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def to_parquet(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Parquet with one column a key of the first row (COLUMN_NAMES when there are none): text, or truth values.

    A column ``guarded`` is added where text looks like a formula or an error of a spreadsheet, as in :func:`to_json`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = marked(rows, COLUMN_NAMES)
    names = [name for name in held[0] if name != GUARDED] if held else list(COLUMN_NAMES)
    names += [GUARDED] if any(GUARDED in row for row in held) else []
    columns = {name: _column([row.get(name) for row in held], pa) for name in names}
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, compression="zstd")
    return target.getvalue()


def _column(values: list[object], pa):
    if values and all(isinstance(value, bool) for value in values):
        return pa.array(values, pa.bool_())
    return pa.array([_as_text(value) for value in values], pa.string())


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
