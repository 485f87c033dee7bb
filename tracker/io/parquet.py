"""Parquet: how much it holds is known from its footer before a value is read; dates are those stored."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.io.delimited import Record
from tracker.io.inputs import InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_COLUMNS, MAX_RECORDS, MAX_UNPACKED_BYTES
from tracker.io.named_records import left_aside, read_named
from tracker.io.refusals import FileRefused
from tracker.io.sheets import number_as_text

FORMAT = "Parquet"
ENDINGS = (".parquet", ".pq")

_MARK = b"PAR1"
_MAX_FOOTER_BYTES = 16_000_000
_BATCH_ROWS = 2_000


def recognises(file: InputFile) -> bool:
    """Whether it begins as Parquet does, or is called so."""
    return file.head.startswith((_MARK, b"PARE")) or file.ending in ENDINGS


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The rows of the columns that hold text, numbers and dates; raises FileRefused when it is damaged or too large."""
    data = file.data()
    _refuse_by_footer(data)
    parquet = _opened(data)
    flat, nested = _columns(parquet)
    names = [parquet.schema_arrow.names[place] for place in flat]
    records = _records(parquet, flat)
    opened = read_named(file, options, names, records, format_name=FORMAT, n_expected=parquet.metadata.num_rows)
    aside = [parquet.schema_arrow.names[place] for place in nested]
    return replace(opened, problems=(*opened.problems, *left_aside(aside, file.name)))


def column_names(file: InputFile) -> list[str]:
    """The names of the columns that can be read; raises FileRefused as :func:`read` does."""
    data = file.data()
    _refuse_by_footer(data)
    parquet = _opened(data)
    return [parquet.schema_arrow.names[place] for place in _columns(parquet)[0]]


def _refuse_by_footer(data: bytes) -> None:
    if not data.startswith(_MARK):
        what = "is encrypted" if data.startswith(b"PARE") else "is not a Parquet file, whatever its name, and was not opened"
        raise FileRefused("file-not-a-table", f"The file {what}. Save the table as Parquet without encryption, or as CSV (UTF-8).")
    if len(data) < 12 or data[-4:] != _MARK:
        raise _damaged()
    n_bytes = int.from_bytes(data[-8:-4], "little")
    if n_bytes > _MAX_FOOTER_BYTES:
        raise FileRefused(
            "too-many-columns", f"The description of the Parquet file has {n_bytes:,} bytes: far too many columns or parts. Leave some out."
        )


def _damaged() -> FileRefused:
    return FileRefused("parquet-damaged", "The file is Parquet that is damaged or incomplete and cannot be read. Get it again.")


def _opened(data: bytes):
    """The file, once what its footer says is within the limits."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        parquet = pq.ParquetFile(io.BytesIO(data))
        about = parquet.metadata
        texts = [field.name for field in parquet.schema_arrow if _is_text(field.type, pa)]
        n_bytes = sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, MemoryError):
        raise _damaged() from None
    if about.num_rows > MAX_RECORDS:
        raise FileRefused("too-many-rows", f"The file has {about.num_rows:,} rows; at most {MAX_RECORDS:,} can be loaded. Split the file.")
    if about.num_columns > MAX_COLUMNS:
        raise FileRefused(
            "too-many-columns", f"The file has {about.num_columns:,} columns; at most {MAX_COLUMNS} can be loaded. Leave some out."
        )
    if n_bytes > MAX_UNPACKED_BYTES:
        raise _too_much(n_bytes)
    # Text as dictionaries: a value that is repeated a million times is held once until its whole length is known.
    return pq.ParquetFile(io.BytesIO(data), read_dictionary=texts)


def _too_much(n_bytes: int) -> FileRefused:
    return FileRefused(
        "archive-too-large",
        f"The Parquet file would unpack to {n_bytes:,} bytes or more; at most {MAX_UNPACKED_BYTES:,} are read. Split it.",
    )


def _is_text(kind, pa) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind)


def _columns(parquet) -> tuple[list[int], list[int]]:
    """The places of the columns that can be read, and of those that hold lists or structures."""
    import pyarrow as pa

    flat: list[int] = []
    nested: list[int] = []
    for place, field in enumerate(parquet.schema_arrow):
        (nested if pa.types.is_nested(field.type) else flat).append(place)
    return flat, nested


def _records(parquet, flat: Sequence[int]) -> Iterator[Record]:
    import pyarrow as pa

    n_records = n_characters = 0
    try:
        for batch in parquet.iter_batches(batch_size=_BATCH_ROWS):
            columns = []
            for place in flat:
                n_characters += _length(batch.column(place))
                if n_characters > MAX_UNPACKED_BYTES * 2:
                    raise _too_much(n_characters)
                columns.append(_texts(batch.column(place)))
            for cells in zip(*columns, strict=True):
                n_records += 1
                yield Record(list(cells), n_records)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, MemoryError, OverflowError):
        raise _damaged() from None


def _length(column) -> int:
    """How many bytes the texts of a column take once each stands for itself."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type) or not _is_text(column.type, pa):
        return column.nbytes
    lengths = pc.binary_length(column.dictionary)
    return pc.sum(lengths.take(column.indices)).as_py() or 0


def _texts(column) -> list[str]:
    """The cells of a column as text, "" where there is nothing; bytes that are no text stay recognisable."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if _is_text(kind, pa):
        return _decoded(column, pa)
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    if pa.types.is_null(kind):
        return [""] * len(column)
    if pa.types.is_floating(kind):
        return ["" if cell is None or cell != cell else number_as_text(repr(cell)) for cell in column.to_pylist()]
    if pa.types.is_timestamp(kind):
        shown = pc.cast(pc.local_timestamp(column) if kind.tz else column, pa.string())
        return [_moment(cell) for cell in shown.to_pylist()]
    if pa.types.is_date64(kind):
        column = pc.cast(column, pa.date32(), safe=False)
    try:
        return [cell or "" for cell in pc.cast(column, pa.string()).to_pylist()]
    except pa.ArrowNotImplementedError:
        return ["" if cell is None else str(cell) for cell in column.to_pylist()]


def _moment(text: str | None) -> str:
    """A timestamp as people write it: the date alone when it is midnight, no empty fractions."""
    if not text:
        return ""
    day, _, clock = text.rstrip("Z").partition(" ")
    clock = clock.rstrip("0").rstrip(".") if "." in clock else clock
    return day if clock in ("", "00:00:00", "00:00") or not clock.strip("0:") else f"{day} {clock}"


def _decoded(column, pa) -> list[str]:
    """Text by its bytes, so that a value that is no UTF-8 is one bad cell and not a bad file."""
    if pa.types.is_dictionary(column.type):
        values = _decoded(column.dictionary, pa)
        return ["" if place is None else values[place] for place in column.indices.to_pylist()]
    kind = pa.large_binary() if pa.types.is_large_string(column.type) or pa.types.is_large_binary(column.type) else pa.binary()
    return ["" if cell is None else cell.decode("utf-8", "surrogateescape") for cell in column.view(kind).to_pylist()]
