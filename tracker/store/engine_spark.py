"""Parquet files, or Iceberg tables over them, answered over Spark Connect: by Apache Spark, or by Sail, which speaks the same protocol."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tracker.core.patience import TooSlow, asked_patiently
from tracker.store.engine_errors import EngineRefused
from tracker.store.engine_server import NOTHING_BESIDE, with_tables


class SparkServer:
    """The tables of a folder, which every worker must be able to read: one sub-folder each, of Parquet files or Iceberg metadata.

    See ``publishing.publish_to_folder`` and ``publishing_iceberg.publish_as_iceberg``.
    """

    def __init__(self, url: str, folder: Path, form: str = "parquet") -> None:
        self.shown, self.folder, self.form = url.partition(";")[0], folder, form
        try:
            # PySpark warns at import that it was not tried with this pandas; only Arrow is used here.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from ibis.backends.pyspark import Backend
                from ibis.backends.pyspark.datatypes import PySparkSchema
                from pyspark.sql.connect.session import SparkSession

                self._compiler = Backend()
                self._compiler.register_options()  # numbers with a fraction cannot be compiled before
                self._session = SparkSession.builder.remote(url).create()
                for name, schema in self.schemas.items():
                    # Told the columns: else Spark starts a job for each table to read them. Iceberg says them itself.
                    told = PySparkSchema.from_ibis(schema) if form == "parquet" else None
                    self._read(name, told).createOrReplaceTempView(name)
        except ImportError:
            raise EngineRefused.because(self.shown, "its client is not installed", "Run: pip install 'pyspark[connect]'") from None
        except Exception as error:  # the client raises whatever its transport does
            raise EngineRefused.because(self.shown, _first_line(error), "See that the server runs and reads the folder.") from None

    @cached_property
    def schemas(self) -> Mapping[str, ibis.Schema]:
        """The columns of every table, by name, as its first file has them, or as the server reads them from Iceberg."""
        tables = sorted(path for path in self.folder.iterdir() if path.is_dir())
        if self.form != "parquet":
            return {path.name: _columns(self._read(path.name)) for path in tables}
        return {path.name: ibis.Schema.from_pyarrow(pq.read_schema(min(path.glob("*.parquet")))) for path in tables}

    def compile(self, question: ir.Table) -> str:
        """The question as SQL of Spark."""
        return str(self._compiler.compile(question))

    def answer(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows; raises EngineRefused in words when the server does not answer."""
        table = self._arrow(with_tables(sql, beside, self.quoted))
        return table.column_names, list(zip(*(column.to_pylist() for column in table.columns), strict=True))

    def frame(self, sql: str, beside: Mapping[str, str] = NOTHING_BESIDE) -> pd.DataFrame:
        """The answer as a frame."""
        return self._arrow(with_tables(sql, beside, self.quoted)).to_pandas()

    def quoted(self, name: str) -> str:
        """The name between backticks."""
        escaped = name.replace("`", "``")
        return f"`{escaped}`"

    def text(self, value: str) -> str:
        """The text between single quotation marks, with a backslash before those in it and before backslashes."""
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"

    def close(self) -> None:
        """End the session on the server."""
        self._session.stop()

    def _read(self, name: str, schema: Any = None) -> Any:
        return self._session.read.load(str(self.folder / name), self.form, schema)

    def _arrow(self, sql: str) -> pa.Table:
        tag = f"question-{uuid4().hex}"
        try:
            return asked_patiently(lambda: self._tagged(sql, tag), lambda: self._session.interruptTag(tag))
        except TooSlow:
            raise
        except Exception as error:  # as above
            raise EngineRefused.because(self.shown, _first_line(error), "See the log of the server.") from None

    def _tagged(self, sql: str, tag: str) -> pa.Table:
        """The answer to a question that can be interrupted by its tag; tags belong to the thread."""
        self._session.addTag(tag)
        try:
            return self._session.sql(sql).toArrow()
        finally:
            self._session.removeTag(tag)


def _columns(table: Any) -> ibis.Schema:
    """The columns of a table as the server says them, for which it starts no job."""
    from ibis.backends.pyspark.datatypes import PySparkType

    return ibis.schema({field.name: PySparkType.to_ibis(field.dataType, field.nullable) for field in table.schema.fields})


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
