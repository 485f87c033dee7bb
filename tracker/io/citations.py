"""Citations of one statement in the forms people paste, and links that open a document at its quote."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from urllib.parse import quote as percent_encoded

from tracker.core.dates import PartialDate
from tracker.core.vocabulary import quote_kind_of
from tracker.io.codes_read import web_address

_LONG_QUOTE = 160
_WORDS_AT_ENDS = 6
_CHARACTERS_AT_ENDS = 24
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3}|…)\s*")
_OUTER_MARKS = " \t\r\n\"'“”„«»‘’"
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
_CSL_TYPES = {
    "interview": "interview",
    "speech": "speech",
    "meeting": "speech",
    "press-briefing": "speech",
    "post": "post",
    "letter": "personal_communication",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def plain(record: Mapping[str, object]) -> str:
    """One line: who (role, whose), when, the words, the document with publisher, date and address.

    ``record`` holds the columns of a data set by name, "" where there is nothing, ``stated_on`` ISO. No day is
    invented for a partial date, and no date of access: nobody recorded one.

    >>> plain({"spokesperson": "Test Person", "role": "Minister", "country": "TST", "stated_on": "2016-07", "quote": "Yes.",
    ...        "document_title": "Talks", "publisher": "Test Press", "document_url": "https://example.org/1"})
    'Test Person (Minister, TST), July 2016: “Yes.” In: Talks. Test Press. https://example.org/1'
    >>> plain({"spokesperson": "Test Person", "stated_on": "2016", "quote": "the talks go on", "quote_kind": "indirect"})
    'Test Person, 2016: [reported] the talks go on'
    """
    said = _cell(record, "quote")
    words = (f"“{said}”" if _kind(record) == "direct" else _said(record)) if said else _cell(record, "position")
    who = ", ".join(_filled(record, "role", "organisation", "country"))
    speaker = _cell(record, "spokesperson")
    by = f"{speaker} ({who})" if speaker and who else speaker or who
    when = _date_words(_cell(record, "stated_on"))
    published = _date_words(_cell(record, "published_on"))
    document = ". ".join(part for part in (*_filled(record, "document_title", "publisher"), published) if part)
    ending = f" In: {document}." if document else ""
    address = _address(record)
    return f"{', '.join(part for part in (by, when) if part)}: {words}{ending}" + (f" {address}" if address else "")


def bibtex(record: Mapping[str, object]) -> str:
    """A BibTeX ``@misc`` entry; special characters are escaped, names kept whole, month and day only when known."""
    date = _date(record)
    fields = {
        "author": "{" + _bibtex_text(_author(record)) + "}" if _author(record) else "",
        "title": "{" + _bibtex_text(_title(record)) + "}",
        "howpublished": _bibtex_text(_cell(record, "publisher")),
        "year": f"{date.year:04}" if date else "",
        "month": _MONTHS[date.month - 1] if date and date.month else "",
        "day": str(date.day) if date and date.day else "",
        "url": _address(record).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "language": _bibtex_text(_cell(record, "quote_language")),
        "note": _bibtex_text(_said(record)),
    }
    lines = [f"  {name} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields.items() if value]
    return "@misc{" + _key(record) + ",\n" + ",\n".join(lines) + "\n}\n"


def ris(record: Mapping[str, object]) -> str:
    """A RIS entry of type GEN; unknown parts of the date stay empty (``2016/07//``)."""
    date = _date(record)
    parts = (f"{date.year:04}", f"{date.month:02}" if date.month else "", f"{date.day:02}" if date.day else "", "") if date else ()
    fields = (
        ("TY", "GEN"),
        ("ID", _cell(record, "statement_id")),
        ("AU", _author(record)),
        ("TI", _title(record)),
        ("PY", parts[0] if parts else ""),
        ("DA", "/".join(parts)),
        ("PB", _cell(record, "publisher")),
        ("LA", _cell(record, "quote_language")),
        ("AB", _said(record)),
        ("UR", _address(record)),
    )
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def csl_json(record: Mapping[str, object]) -> str:
    """A CSL-JSON list of one item; ``issued`` is when it was said, as precise as known, with no date of access.

    >>> json.loads(csl_json({"statement_id": "t-1", "stated_on": "2016-07", "quote": "Yes"}))[0]["issued"]
    {'date-parts': [[2016, 7]]}
    """
    date = _date(record)
    kind = _CSL_TYPES.get(_cell(record, "channel"), "document")
    item: dict[str, object] = {
        "id": _cell(record, "statement_id") or _key(record),
        "type": kind,
        "title": _title(record),
        "author": [{"literal": _author(record)}] if _author(record) else "",
        "issued": {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]} if date else "",
        "publisher": _cell(record, "publisher"),
        "event-title": _cell(record, "venue") if kind == "speech" else "",
        "language": _cell(record, "quote_language"),
        "abstract": _said(record),
        "URL": _address(record),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


def text_fragment_url(document_url: str, quote: str) -> str:
    """The document's address with a text fragment that opens it at the quote; "" when it is no http(s) address.

    Long quotes, and quotes with words left out, are found by their first and last words.

    >>> text_fragment_url("https://un.org/a#top", "safe-zones, now")
    'https://un.org/a#top:~:text=safe%2Dzones%2C%20now'
    >>> text_fragment_url("javascript:alert(1)", "x")
    ''
    """
    address = web_address(document_url)
    if not address:
        return ""
    pieces = [piece for part in _ELLIPSIS.split(quote) if (piece := " ".join(part.split()).strip(_OUTER_MARKS))]
    if not pieces:
        return address
    if len(pieces) > 1:
        ends = [_head(pieces[0]), _tail(pieces[-1])]
    else:
        ends = [pieces[0]] if len(pieces[0]) <= _LONG_QUOTE else _halves(pieces[0])
    directive = ",".join(_fragment_text(end) for end in ends)
    base, _, anchor = address.partition("#")
    return f"{base}#{anchor.partition(':~:')[0]}:~:text={directive}"


def _head(text: str) -> str:
    """The first words of a text; its first characters where words are long or not spaced."""
    head = " ".join(text.split(" ")[:_WORDS_AT_ENDS])
    return head if len(head) <= _LONG_QUOTE else head[:_CHARACTERS_AT_ENDS]


def _tail(text: str) -> str:
    tail = " ".join(text.split(" ")[-_WORDS_AT_ENDS:])
    return tail if len(tail) <= _LONG_QUOTE else tail[-_CHARACTERS_AT_ENDS:]


def _halves(text: str) -> list[str]:
    """First and last words of one long text, which never overlap."""
    words = text.split(" ")
    if len(words) >= 2 * _WORDS_AT_ENDS:
        return [_head(text), _tail(text)]
    return [text[:_CHARACTERS_AT_ENDS], text[-_CHARACTERS_AT_ENDS:]]


def _fragment_text(text: str) -> str:
    return percent_encoded(text, safe="", errors="replace").replace("-", "%2D")


def _cell(record: Mapping[str, object], name: str) -> str:
    """A cell on one line, without characters that cannot be seen."""
    value = record.get(name)
    text = "" if value is None else str(value)
    return "".join(c for c in " ".join(text.split()) if c.isprintable() or c in "\u200c\u200d")


def _filled(record: Mapping[str, object], *names: str) -> list[str]:
    return [text for name in names if (text := _cell(record, name))]


def _kind(record: Mapping[str, object]) -> str:
    return quote_kind_of(_cell(record, "quote_kind")) or "direct"


def _said(record: Mapping[str, object]) -> str:
    """The words, with how they are given where they are not, or not all, the speaker's own."""
    said = _cell(record, "quote")
    given = {"mixed": "[partly quoted] ", "indirect": "[reported] "}.get(_kind(record), "")
    return f"{given}{said}" if said else _cell(record, "position")


def _author(record: Mapping[str, object]) -> str:
    return next(iter(_filled(record, "spokesperson", "organisation", "country")), "")


def _title(record: Mapping[str, object]) -> str:
    title = next(iter(_filled(record, "document_title", "position", "quote")), "Statement")
    return title if len(title) <= 200 else f"{title[:199].rstrip()}…"


def _address(record: Mapping[str, object]) -> str:
    return web_address(_cell(record, "document_url"))


def _date(record: Mapping[str, object]) -> PartialDate | None:
    try:
        return PartialDate.parse(_cell(record, "stated_on"))
    except ValueError:
        return None


def _date_words(text: str) -> str:
    try:
        return PartialDate.parse(text).words if text else ""
    except ValueError:
        return text


def _bibtex_text(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in text)


def _key(record: Mapping[str, object]) -> str:
    written = _cell(record, "statement_id")
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", written):
        return written
    told = "\x1f".join(f"{name}={record[name]}" for name in sorted(record))
    return f"statement-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
