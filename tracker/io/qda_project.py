"""What a REFI-QDA project or codebook holds: codes, documents with marked and coded spans, cases with their variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from tracker.io.refusals import FileRefused
from tracker.io.xml_events import read_events

_VALUES = frozenset({"TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"})
_MAX_ELEMENTS = 2_000_000
_KEPT_TEXT = _VALUES | {"Description", "PlainTextContent"}


@dataclass
class Code:
    """A code of the codebook, and the code it stands below ("" at the top)."""

    guid: str
    name: str
    parent: str = ""
    is_codable: bool = True
    description: str = ""


@dataclass
class Coding:
    """One code given to one span, by whom and when."""

    guid: str
    code: str
    user: str
    created: str


@dataclass
class Selection:
    """A span of a document's text with its codings; positions that are no numbers are -1."""

    guid: str
    name: str
    start: int
    stop: int
    user: str = ""
    description: str = ""
    codings: list[Coding] = field(default_factory=list)


@dataclass
class QdaDocument:
    """A text with its selections; ``codings`` are those of the whole, ``n_without_text`` counts spans of pictures, sound, film."""

    guid: str
    name: str
    path: str = ""
    content: str = ""
    description: str = ""
    selections: list[Selection] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    n_without_text: int = 0
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Case:
    """A case (usually a person or an actor): the documents and selections it is about, its codes and variables."""

    guid: str
    name: str
    description: str = ""
    values: dict[str, str] = field(default_factory=dict)
    about: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass
class QdaProject:
    """A project as its XML has it; ``variables`` names variables by their guid, ``users`` coders by theirs."""

    origin: str = ""
    codes: dict[str, Code] = field(default_factory=dict)
    documents: list[QdaDocument] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)


def read_qda_xml(stream: BinaryIO) -> QdaProject:
    """The project or codebook in a stream of XML; elements that are not known are passed over.

    Raises FileRefused for XML that is damaged or declares entities.
    """
    builder = _Builder()
    read_events(stream, start=builder.start, end=builder.end, text=builder.text)
    return builder.project


class _Builder:
    """Puts elements together as they begin and end; ``open`` holds for each open element what it stands for."""

    def __init__(self) -> None:
        self.project = QdaProject()
        self.open: list[tuple[str, object]] = []
        self.pieces: list[str] = []
        self.variable = ""
        self.n_elements = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; raises FileRefused when there are more than any project has."""
        self.n_elements += 1
        if self.n_elements > _MAX_ELEMENTS:
            message = f"The project has more than {_MAX_ELEMENTS:,} elements of XML, which is the most that are read. Split it."
            raise FileRefused("file-too-large", message)
        begin = getattr(self, f"_begin_{name.casefold()}", None)
        made = begin(attributes) if begin else None
        if made is None and name.endswith("Source") and name != "SetSource":
            made = QdaDocument(attributes.get("guid", ""), attributes.get("name", ""), attributes.get("plainTextPath", ""))
            self.project.documents.append(made)
        elif made is None and name.endswith("Selection"):
            made = self._selection_without_text(attributes)
        self.open.append((name, made))
        if name in _KEPT_TEXT:
            self.pieces = []

    def text(self, characters: str) -> None:
        """Characters inside an element; only those of elements with text of their own are kept."""
        if self.open and self.open[-1][0] in _KEPT_TEXT:
            self.pieces.append(characters)

    def end(self, name: str) -> None:
        """An element ends."""
        self.open.pop()
        if name not in _KEPT_TEXT:
            return
        text, self.pieces = "".join(self.pieces), []
        if name in _VALUES:
            holder = self._nearest(Case, QdaDocument)
            if holder and self.variable:
                holder.values[self.project.variables.get(self.variable, self.variable)] = text
        elif name == "PlainTextContent":
            if document := self._nearest(QdaDocument):
                document.content = text
        elif self.open and isinstance(self.open[-1][1], Code | Selection | QdaDocument | Case):
            self.open[-1][1].description = text

    def _nearest(self, *kinds: type):
        return next((made for _, made in reversed(self.open) if isinstance(made, kinds)), None)

    def _begin_project(self, attributes: Mapping[str, str]) -> None:
        self.project.origin = attributes.get("origin", "")

    def _begin_codebook(self, attributes: Mapping[str, str]) -> None:
        self.project.origin = self.project.origin or attributes.get("origin", "")

    def _begin_user(self, attributes: Mapping[str, str]) -> None:
        self.project.users[attributes.get("guid", "")] = attributes.get("name", "")

    def _begin_variable(self, attributes: Mapping[str, str]) -> None:
        self.project.variables[attributes.get("guid", "")] = attributes.get("name", "")

    def _begin_code(self, attributes: Mapping[str, str]) -> Code:
        above = self._nearest(Code)
        is_codable = attributes.get("isCodable", "true").casefold() not in ("false", "0")
        code = Code(attributes.get("guid", ""), attributes.get("name", ""), above.guid if above else "", is_codable)
        return self.project.codes.setdefault(code.guid, code)

    def _begin_representation(self, attributes: Mapping[str, str]) -> QdaDocument:
        return self._text_of(attributes)

    def _begin_transcript(self, attributes: Mapping[str, str]) -> QdaDocument:
        return self._text_of(attributes)

    def _text_of(self, attributes: Mapping[str, str]) -> QdaDocument:
        """A text that stands for a PDF, a recording or a film; what is said of those is said of it."""
        whole = self._nearest(QdaDocument)
        name = whole.name if whole else attributes.get("name", "")
        made = QdaDocument(whole.guid if whole else "", name, attributes.get("plainTextPath", ""), values=whole.values if whole else {})
        self.project.documents.append(made)
        return made

    def _begin_plaintextselection(self, attributes: Mapping[str, str]) -> Selection | None:
        document = self._nearest(QdaDocument)
        if not document:
            return None
        start, stop = (_position(attributes.get(name, "")) for name in ("startPosition", "endPosition"))
        made = Selection(attributes.get("guid", ""), attributes.get("name", ""), start, stop, attributes.get("creatingUser", ""))
        document.selections.append(made)
        return made

    def _selection_without_text(self, attributes: Mapping[str, str]) -> Selection | None:
        """A span of a picture, a recording or a film: counted, but it has no words."""
        document = self._nearest(QdaDocument)
        if document:
            document.n_without_text += 1
        return Selection(attributes.get("guid", ""), "", -1, -1)

    def _begin_coding(self, attributes: Mapping[str, str]) -> Coding | None:
        holder = self._nearest(Selection, QdaDocument)
        if not holder:
            return None
        created = attributes.get("creationDateTime", "")
        made = Coding(attributes.get("guid", ""), "", attributes.get("creatingUser", ""), created)
        holder.codings.append(made)
        return made

    def _begin_coderef(self, attributes: Mapping[str, str]) -> None:
        made, target = self._nearest(Coding, Case), attributes.get("targetGUID", "")
        if isinstance(made, Coding):
            made.code = target
        elif isinstance(made, Case):
            made.codes.append(target)

    def _begin_case(self, attributes: Mapping[str, str]) -> Case:
        made = Case(attributes.get("guid", ""), attributes.get("name", ""))
        self.project.cases.append(made)
        return made

    def _begin_variablevalue(self, attributes: Mapping[str, str]) -> None:
        self.variable = ""

    def _begin_variableref(self, attributes: Mapping[str, str]) -> None:
        self.variable = attributes.get("targetGUID", "")

    def _begin_sourceref(self, attributes: Mapping[str, str]) -> None:
        if isinstance(case := self._nearest(Case), Case):
            case.about.append(attributes.get("targetGUID", ""))

    _begin_selectionref = _begin_sourceref


def _position(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else -1
