"""REFI-QDA projects (`.qdpx`) and codebooks (`.qdc`) of NVivo, MAXQDA, ATLAS.ti, QualCoder and others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tracker.core.problems import Problem, Severity
from tracker.io.actors_read import find_country, find_organisation
from tracker.io.archives import ZIP_BEGINNING, Archive
from tracker.io.collecting import RowCollector
from tracker.io.declared import Declared
from tracker.io.dna_variables import as_spelled
from tracker.io.headers import Naming
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_FILE_BYTES
from tracker.io.qda_coding import CodeBook
from tracker.io.qda_project import Case, Coding, QdaDocument, QdaProject, Selection, read_qda_xml
from tracker.io.qda_text import Counting, find_counting
from tracker.io.refusals import FileRefused
from tracker.io.rows_read import RowsRead

FORMAT = "REFI-QDA project"
FORMAT_OF_CODEBOOK = "REFI-QDA codebook"
ENDINGS = (".qdpx", ".qdc")

_PROJECT = "project.qde"
_IN_CODEBOOK, _IN_PROJECT = b"urn:QDA-XML:codebook", b"urn:QDA-XML:project"
_DATE_IN_NAME = re.compile(
    r"(?<!\d)((?:1[6-9]|20)\d{2})(?:([-_. ])(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))?(?!\d)",
    re.ASCII,
)


def recognises(file: InputFile) -> bool:
    """Whether it is an archive with a QDA project, or XML of a QDA project or codebook."""
    if file.head.startswith(ZIP_BEGINNING):
        return file.ending == ".qdpx" or _PROJECT.encode() in file.head
    return file.ending in ENDINGS or _IN_CODEBOOK in file.head or _IN_PROJECT in file.head


def read(file: InputFile, options: ReadOptions) -> Opened:
    """A row for every issue given to a span of text; a codebook gives issues and no statements, and says so.

    Who is spoken for and when come from codes, cases and variables; what they do not say is missing, and such rows are
    rejected later. Raises FileRefused for what is damaged, unpacks to too much, or declares entities.
    """
    if not file.head.startswith(ZIP_BEGINNING):
        if file.size > MAX_FILE_BYTES:
            raise FileRefused("file-too-large", f"The file has {file.size:,} bytes; at most {MAX_FILE_BYTES:,} can be loaded.")
        with file.open() as stream:
            project = read_qda_xml(stream)
        is_codebook = not project.documents
        return _codebook(project, file.name, options) if is_codebook else _Reading(project, None, file.name, options).opened()
    archive = Archive(file)
    name = next((name for name in archive.sizes if name.casefold() == _PROJECT), "")
    if not name:
        raise FileRefused("file-not-a-table", f"The archive has no {_PROJECT}, so it is no REFI-QDA project. Export it again.")
    with archive.open(name) as stream:
        project = read_qda_xml(stream)
    return _Reading(project, archive, file.name, options).opened()


def _codebook(project: QdaProject, file: str, options: ReadOptions) -> Opened:
    issues = CodeBook(project.codes, options.mapping).issues()
    message = f"The file is a codebook: it gives {len(issues):,} issues and holds no statements. Load it beside a table of statements."
    told = Problem("codebook-only", message, Severity.WARNING, file)
    return Opened(RowsRead([], [], 0), FORMAT_OF_CODEBOOK, "UTF-8", problems=(told,), declared=Declared(issues=issues))


@dataclass
class _Reading:
    """One project on its way to rows."""

    project: QdaProject
    archive: Archive | None
    file: str
    options: ReadOptions
    n_quoted: int = 0
    countings: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.options = as_spelled(self.options, [*self.project.variables.values(), *(code.name for code in self.project.codes.values())])
        self.naming = Naming(self.options.mapping)
        self.book = CodeBook(self.project.codes, self.options.mapping)
        self.cases_about: dict[str, list[Case]] = {}
        for case in self.project.cases:
            for guid in case.about:
                self.cases_about.setdefault(guid, []).append(case)

    def opened(self) -> Opened:
        """The rows, and all that was guessed."""
        n_expected = sum(len(document.selections) for document in self.project.documents)
        collector = RowCollector(self.file, self.options, n_expected=n_expected)
        for document in self.project.documents:
            self._collect_document(document, collector)
        return Opened(
            collector.close(),
            f"{FORMAT} ({self.project.origin[:40]})" if self.project.origin else FORMAT,
            encoding="UTF-8",
            declared=Declared(issues=self.book.issues()),
            guesses=tuple(self._guesses()),
        )

    def _collect_document(self, document: QdaDocument, collector: RowCollector) -> None:
        for _ in range(document.n_without_text):
            message = f"a span of {document.name[:80]!r} is of a picture, a recording or a page, and has no words"
            collector.ignore("selection-without-text", message, collector.found.n_records + 1)
        for coding in document.codings:
            if self.book.column_of(coding.code) == "issue":
                message = (
                    f"the code {self.book.text_of(coding.code)[:80]!r} is given to the whole of {document.name[:80]!r}; mark the words"
                )
                collector.ignore("document-coded-whole", message, collector.found.n_records + 1)
        text = self._text(document) if document.selections else None
        counting = find_counting(text, document.selections) if text is not None else None
        if counting and not counting.is_certain:
            self.countings[counting.counting.name] += 1
        for selection in document.selections:
            self._collect_selection(document, selection, counting.counting if counting else None, collector)

    def _text(self, document: QdaDocument) -> str | None:
        """The text, from the project itself or from the file beside it; ``None`` when it is in neither."""
        if document.content:
            return document.content
        name = PurePosixPath(document.path.replace("\\", "/").removeprefix("internal://")).name.casefold()
        held = self.archive.sizes if self.archive and name else ()
        member = next((m for m in held if m.casefold() in (f"sources/{name}", name)), "")
        return self.archive.read(member).decode("utf-8-sig", "surrogateescape") if self.archive and member else None

    def _collect_selection(self, document: QdaDocument, selection: Selection, counting: Counting | None, collector: RowCollector) -> None:
        records = [coding for coding in selection.codings if self.book.column_of(coding.code) == "issue"] or [
            Coding("", "", selection.user, "")
        ]
        quote = counting.cut(selection.start, selection.stop) if counting else None
        for coding in records:
            self._count(quote)
            if counting is None:
                message = (
                    f"the text of {document.name[:80] or document.path[:80]!r} is not in the file; export the project with its documents"
                )
                collector.reject("document-missing", message, collector.found.n_records + 1)
            elif quote is None:
                message = (
                    f"the span from {selection.start} to {selection.stop} does not lie in the text of {document.name[:80]!r}. Mark it again"
                )
                collector.reject("span-outside", message, collector.found.n_records + 1)
            else:
                statement_id = coding.guid or (selection.guid if len(records) == 1 else "")
                values, fields, warnings = self._values(document, selection, coding)
                collector.keep(
                    values | {"statement_id": statement_id, "quote": quote}, collector.found.n_records + 1, fields=fields, warnings=warnings
                )

    def _count(self, quote: str | None) -> None:
        self.n_quoted += len(quote or "")
        if self.n_quoted > MAX_FILE_BYTES:
            message = f"The selections of the project hold more than {MAX_FILE_BYTES:,} characters together. Split the project."
            raise FileRefused("file-too-large", message)

    def _values(
        self, document: QdaDocument, selection: Selection, coding: Coding
    ) -> tuple[dict[str, str], dict[str, str], list[tuple[str, str]]]:
        """The row of a coding, the variables that can be mapped, and warnings."""
        cases = [*self.cases_about.get(document.guid, ()), *self.cases_about.get(selection.guid, ())]
        variables = dict(document.values)
        for case in cases:
            variables |= case.values
        own = [other for other in selection.codings if other.user == coding.user]
        of_case = [Coding("", guid, "", "") for case in cases for guid in case.codes]
        values: dict[str, str] = {}
        in_dispute: list[str] = []
        for codings in (of_case, document.codings, selection.codings, own):
            agreed, in_dispute = self.book.attributes(codings)
            values |= agreed
        values = self._of_variables(variables) | self._of_cases(cases, values) | values
        name_date = _date_in(document.name or document.path) if not values.get("stated_on") else ""
        warnings = [("codes-contradict", f"the codes of the span say two things for {column}; none was taken") for column in in_dispute]
        if name_date:
            warnings.append(("date-from-name", f"the date {name_date} was taken from the name of the document; check it"))
        if coding.code and coding.code not in self.project.codes:
            warnings.append(("code-missing", "a code given to the span is not in the codebook; the issue was left empty"))
        return (
            {
                "stated_on": name_date,
                "issue": self.book.text_of(coding.code),
                "document_title": document.name or PurePosixPath(document.path).stem,
                "coder": self.project.users.get(coding.user, ""),
                "coded_on": coding.created[:10],
                "note": selection.description.strip(),
            }
            | {column: text for column, text in values.items() if text},
            {**dict.fromkeys(self.project.variables.values(), ""), **variables, **self._branch_fields(values)},
            warnings,
        )

    def _of_variables(self, variables: Mapping[str, str]) -> dict[str, str]:
        found = {column: text for name, text in variables.items() if (column := self.naming.column_of(name))}
        if re.match(r"\d{4}-\d{2}-\d{2}T", found.get("stated_on", "")):
            found["stated_on"] = found["stated_on"][:10]
        return found

    def _of_cases(self, cases: list[Case], values: Mapping[str, str]) -> dict[str, str]:
        """A case that has the name of a state or of a known organisation says who is spoken for; two such say nothing."""
        states = {case.name for case in cases if find_country(case.name)}
        organisations = {case.name for case in cases if case.name not in states and find_organisation(case.name)}
        if "country" in values or "organisation" in values or len(states) + len(organisations) != 1:
            return {}
        return {"country": states.pop()} if states else {"organisation": organisations.pop()}

    def _branch_fields(self, values: Mapping[str, str]) -> dict[str, str]:
        """Codes that were mapped, by their name, with what the codes below them said."""
        names = {code.name for code in self.project.codes.values()}
        return {theirs: values.get(ours, "") for theirs, ours in self.options.mapping.items() if theirs in names}

    def _guesses(self) -> Iterator[Guess]:
        yield Guess(
            "codes", "issues", "a code that is called like a stance, or stands below one like Country or Speaker, fills that column"
        )
        if any(code.description.strip() for code in self.project.codes.values()):
            yield Guess("descriptions of codes", "propositions", "what an issue proposes has no place of its own in a codebook")
        for name, number in self.countings.items():
            yield Guess("positions in texts", name, f"nothing told how positions are counted (documents: {number:,})")


def _date_in(name: str) -> str:
    """The only date in the name of a document, as precise as it is there; "" when there is none, or more than one.

    >>> _date_in("board_2017.txt"), _date_in("Briefing 2016-07-28"), _date_in("20160728_a"), _date_in("1815-1852")
    ('2017', '2016-07-28', '2016-07-28', '')
    """
    found = _DATE_IN_NAME.findall(name[:500])
    if len(found) != 1:
        return ""
    year, _, month, day, month_together, day_together = found[0]
    return "-".join(part for part in (year, month or month_together, day or day_together) if part)
