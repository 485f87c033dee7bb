"""XML as events: nothing is resolved or fetched, a document that declares types or entities is refused unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO
from xml.parsers import expat

from tracker.io.limits import MAX_NESTING
from tracker.io.refusals import FileRefused

_CHUNK_BYTES = 1 << 16
_MAX_TAG_BYTES = 1_000_000


class StopReading(Exception):
    """Raised by a handler that has seen enough."""


def read_events(
    stream: BinaryIO,
    *,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] = lambda name: None,
    text: Callable[[str], None] | None = None,
    encoding: str | None = None,
    whole_names: bool = False,
    known_type: str = "",
) -> None:
    """Calls the handlers for each element, by its name and attributes without their namespaces, and for text.

    With ``whole_names`` elements keep their namespace, as ``namespace}name``, and attributes too. ``encoding`` overrules what
    the document declares. A document type of the public name ``known_type`` that declares nothing itself is passed over.
    Raises FileRefused for XML that is damaged, nested too deeply, endless in one tag, or has a document type; ends early at StopReading.
    """
    parser = expat.ParserCreate(encoding, namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_NESTING:
            raise FileRefused("nested-too-deeply", f"The XML in the file is nested more than {MAX_NESTING} levels deep. Save it as CSV.")
        if not whole_names:
            name, attributes = name.rpartition("}")[2], {key.rpartition("}")[2]: value for key, value in attributes.items()}
        start(name, attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name if whole_names else name.rpartition("}")[2])

    def refuse_type(name: str, system_id: str | None, public_id: str | None, declares: int) -> None:
        if declares or not known_type or public_id != known_type:
            _refuse_document_type()

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = refuse_type, _refuse_document_type
    if text:
        parser.CharacterDataHandler = text
    try:
        n_fed = 0
        while chunk := stream.read(_CHUNK_BYTES):
            parser.Parse(chunk, False)
            n_fed += len(chunk)
            _refuse_endless_tag(n_fed - parser.CurrentByteIndex)
        parser.Parse(b"", True)
    except StopReading:
        return
    except (expat.ExpatError, ValueError, LookupError):
        raise FileRefused("archive-damaged", "The XML in the file is damaged or incomplete and cannot be read. Save it again.") from None


def _refuse_endless_tag(n_waiting: int) -> None:
    # The parser begins a tag again with every chunk until it ends, so one of many megabytes takes minutes.
    if n_waiting > _MAX_TAG_BYTES:
        message = f"The XML in the file has a tag of more than {_MAX_TAG_BYTES:,} bytes; it was not read on. Save the file as CSV."
        raise FileRefused("file-too-large", message)


def _refuse_document_type(*_: object) -> None:
    raise FileRefused(
        "xml-entities",
        "The XML in the file declares a document type or entities, which are never resolved; it was not read. Save it as CSV.",
    )
