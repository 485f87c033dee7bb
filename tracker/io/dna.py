"""Discourse Network Analyzer projects (`.dna`), versions 2 and 3: every statement of one type becomes a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.io.collecting import RowCollector
from tracker.io.declared import Declared
from tracker.io.dna_project import NEVER_READ, Project, ProjectDocument, Span, Variable, read_project
from tracker.io.dna_variables import (
    DOCUMENT_NAMES,
    VariableMap,
    as_spelled,
    document_columns,
    guesses_of,
    issues_of,
    joined,
    map_variables,
    told_aside,
)
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_FILE_BYTES
from tracker.io.matching import tight_key
from tracker.io.refusals import FileRefused
from tracker.io.sqlite_guarded import BEGINNING, open_sqlite
from tracker.io.utf16 import Utf16Text

FORMAT = "Discourse Network Analyzer project"
ENDINGS = (".dna",)

_MAX_QUOTED_CHARACTERS = MAX_FILE_BYTES


def recognises(file: InputFile) -> bool:
    """Whether it is an SQLite file, which nothing else here reads, or is called like a project."""
    return file.head.startswith(BEGINNING) or file.ending in ENDINGS


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The statements of the type asked for, else of the largest type; statements of other types are ignored, and said.

    The concept of a statement is its issue and the proposition agreed or disagreed with; the quote is the marked text,
    cut at UTF-16 positions. Raises FileRefused for a file that is damaged, no project, or has nobody spoken for.
    """
    with open_sqlite(file, never_read=NEVER_READ) as tables:
        project = read_project(tables)
        names = [*DOCUMENT_NAMES, *(variable.name for variable in project.variables)]
        return _Reading.of(project, file.name, as_spelled(options, names)).opened()


def statement_types(file: InputFile) -> tuple[str, ...]:
    """The names of the statement types of a project; raises FileRefused when it cannot be read."""
    with open_sqlite(file, never_read=NEVER_READ) as tables:
        return tuple(read_project(tables).types.values())


@dataclass
class _Reading:
    """One statement type of one project, on its way to rows."""

    project: Project
    file: str
    options: ReadOptions
    chosen: int
    variables: Mapping[int, Variable]
    values: Mapping[int, Mapping[str, str]]
    samples: Mapping[str, set[str]]
    mapped: VariableMap

    @classmethod
    def of(cls, project: Project, file: str, options: ReadOptions) -> _Reading:
        """The statement type chosen, its values read, its variables mapped."""
        chosen = _chosen_type(project, options)
        variables = {variable.variable_id: variable for variable in project.variables if variable.type_id == chosen}
        ids = {span.statement_id for span in project.spans if span.type_id == chosen}
        values = {statement_id: held for statement_id, held in project.values(variables).items() if statement_id in ids}
        samples: dict[str, set[str]] = {variable.name: set() for variable in variables.values()}
        for held in values.values():
            for name, value in held.items():
                samples[name].add(value)
        return cls(project, file, options, chosen, variables, values, samples, map_variables(list(samples), options, samples))

    def opened(self) -> Opened:
        """The rows, and all that was guessed or left aside."""
        collector = RowCollector(self.file, self.options, n_expected=len(self.project.spans))
        quotes = self._quotes()
        for span in self.project.spans:
            self._collect(span, quotes.get(span.record, None), collector)
        n_values = {name: len(values) for name, values in self.samples.items()}
        return Opened(
            collector.close(),
            f"{FORMAT}, version {self.project.version}",
            encoding="SQLite",
            problems=tuple(told_aside(self.mapped, n_values, self.file)),
            declared=self._declared(),
            guesses=(*self._type_guessed(), *guesses_of(self.mapped, self.options)),
        )

    def _quotes(self) -> dict[int, str | None]:
        """The marked text by record, ``None`` where the marks do not lie in the text; one document is held at a time."""
        marked: dict[int, list[Span]] = {}
        for span in self.project.spans:
            if span.type_id == self.chosen:
                marked.setdefault(span.document_id, []).append(span)
        _refuse_more_quotes_than_text(marked)
        quotes: dict[int, str | None] = {}
        for document_id, text in self.project.texts():
            if document_id in marked:
                cuttable = Utf16Text(text)
                quotes |= {span.record: cuttable.cut(span.start, span.stop) for span in marked[document_id]}
        return quotes

    def _collect(self, span: Span, quote: str | None, collector: RowCollector) -> None:
        line, document = max(span.statement_id, 0), self.project.documents.get(span.document_id)
        if span.type_id not in self.project.types:
            message = "the statement is of a type that is not in the project; mend it in Discourse Network Analyzer"
            collector.reject("statement-type-unknown", message, line)
        elif span.type_id != self.chosen:
            message = f"the statement is of the type {self.project.types[span.type_id]!r}; choose that type to load it"
            collector.ignore("statement-of-other-type", message, line)
        elif document is None:
            collector.reject("document-missing", "the document the statement stands in is not in the project", line)
        elif quote is None:
            where = f"{span.start} to {span.stop}"
            message = f"the statement goes from {where}, which does not lie in the text of {document.title[:80]!r}. Mark it again"
            collector.reject("span-outside", message, line)
        else:
            held = self.values.get(span.statement_id, {})
            values = joined(self.mapped.by_column(held), document_columns(document.by_name())) | {
                "statement_id": str(span.statement_id),
                "stated_on": document.day.isoformat() if document.day else document.date_written,
                "quote": quote,
                "coder": self.project.coders.get(span.coder_id, "") or str(max(span.coder_id, 0) or ""),
            }
            collector.keep(values, line, fields=self._fields(held, document), warnings=self._warnings(document.dated_at))

    def _fields(self, held: Mapping[str, str], document: ProjectDocument) -> dict[str, str]:
        """What can be mapped: the variables and what is known of the document, by name."""
        by_column = self.mapped.by_column(held)
        told = {name: column for name, column in self.mapped.columns.items() if name in self.options.mapping}
        names = dict.fromkeys((variable.name for variable in self.variables.values()), "")
        return names | {name: by_column.get(column, "") for name, column in told.items()} | document.by_name()

    def _warnings(self, dated_at: datetime | None) -> Iterator[tuple[str, str]]:
        if self.project.is_version_2 and dated_at and (dated_at.hour or dated_at.minute):
            yield (
                "date-shifted",
                f"the date of the document is {dated_at:%Y-%m-%d %H:%M} in universal time; version 2 wrote the time of its machine, "
                "so the day may be the one beside it. Check it against the document",
            )

    def _type_guessed(self) -> Iterator[Guess]:
        counts = Counter(span.type_id for span in self.project.spans)
        others = [f"{counts[t]:,} {label!r}" for t, label in self.project.types.items() if counts[t] and t != self.chosen]
        if others and not self.options.statement_type:
            reason = f"{counts[self.chosen]:,} statements are of it; ignored: {', '.join(others)}"
            yield Guess("statement type", self.project.types[self.chosen], reason)

    def _declared(self) -> Declared:
        """The concepts of the project, used or not, as issues."""
        name = self.mapped.name_of("issue")
        variable = next((v for v in self.variables.values() if v.name == name), None)
        used = (held[name] for held in self.values.values() if name in held)
        return Declared(issues=issues_of([*(self.project.entities_of(variable) if variable else ()), *used]))


def _refuse_more_quotes_than_text(marked: Mapping[int, Sequence[Span]]) -> None:
    """Marks may overlap, but a file in which they do so millions of times was made to fill a memory."""
    if sum(span.stop - span.start for spans in marked.values() for span in spans if span.stop > span.start) > _MAX_QUOTED_CHARACTERS:
        message = f"The statements of the project hold more than {_MAX_QUOTED_CHARACTERS:,} characters together. Split the project."
        raise FileRefused("file-too-large", message)


def _chosen_type(project: Project, options: ReadOptions) -> int:
    """The type asked for, else the one with most statements among those in which somebody is spoken for."""
    counts = Counter(span.type_id for span in project.spans)
    listed = ", ".join(f"{label!r} ({counts[type_id]:,} statements)" for type_id, label in project.types.items()) or "none"
    if options.statement_type:
        asked = [t for t, label in project.types.items() if tight_key(label) == tight_key(options.statement_type)]
        if not asked:
            message = f"There is no statement type {options.statement_type[:80]!r} in the project. Choose one of: {listed}."
            raise FileRefused("statement-type-unknown", message)
        return asked[0]
    if not any(counts[type_id] for type_id in project.types):
        raise FileRefused("file-empty", f"The project has no statements of a known type. Its types: {listed}.")
    return max(project.types, key=lambda type_id: (counts[type_id] and _has_actor(project, type_id, options), counts[type_id], -type_id))


def _has_actor(project: Project, type_id: int, options: ReadOptions) -> bool:
    try:
        map_variables([v.name for v in project.variables if v.type_id == type_id], options, {})
    except FileRefused:
        return False
    return True
