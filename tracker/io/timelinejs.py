"""TimelineJS spreadsheets: a slide becomes a statement when somebody is named whose words it gives."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence

from tracker.core.problems import Problem, Severity
from tracker.io.actors_read import find_country, find_organisation
from tracker.io.codes_read import web_address
from tracker.io.collecting import RowCollector
from tracker.io.decoding import decode
from tracker.io.delimited import DELIMITERS, Record, likely_delimiters, read_records
from tracker.io.dna_variables import as_spelled
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.limits import MAX_COLUMNS
from tracker.io.markup_text import inside, plain_text
from tracker.io.matching import tight_key
from tracker.io.no_data import lost_cells
from tracker.io.refusals import FileRefused
from tracker.io.tables import record_fault

FORMAT = "TimelineJS spreadsheet"
ENDINGS = (".csv", ".tsv")

_KNOWN = (
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text"),
    *("Media", "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background"),
    *("Start Date", "End Date", "Tag"),
)
_COLUMNS = {tight_key(name): name for name in _KNOWN}
_DATES = ("Year", "Month", "Day", "Start Date")
_FILLS = dict.fromkeys(_DATES, "stated_on") | {"Text": "quote", "Headline": "document_title", "Group": "country", "Tag": "country"}
_FILLS |= {"Media": "document_url", "Media Credit": "publisher", "Display Date": "stated_on_given"}
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|bmp)(?:[?#].*)?$", re.IGNORECASE)
_NO_DIGITS = re.compile(r"[,\s]")
_GUESSES = (
    Guess("Text", "quote", "a slide has no column of its own for the words said; a <blockquote> among the media counts first"),
    Guess("Headline", "document_title", "position where the slide has no text"),
    Guess("Group", "country", "or organisation, where it is the name of one that is known; otherwise it stands in the note"),
    Guess("Media Credit", "publisher", "who put the words or the picture out"),
)


def recognises(file: InputFile) -> bool:
    """Whether the first line names the columns of a TimelineJS spreadsheet: a year or start date, headline and text."""
    first = file.head.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].decode("utf-8", "replace")
    names = {tight_key(name) for name in re.split("[,;\t]", first[:4000])}
    return names >= {"headline", "text"} and bool(names & {"year", "startdate"}) and bool(names & {"media", "displaydate", "endyear"})


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The slides as rows. Title slides and eras are ignored; a slide in whose columns no actor is found has none.

    Dates are as precise as the columns filled; mark-up becomes plain text. Raises FileRefused for a table that cannot
    be told apart.
    """
    decoded = decode(file.data())
    delimiter = likely_delimiters(decoded.text)[0]
    records = read_records(decoded.text, delimiter)
    header = [name.strip() for name in next(records, Record([], 1)).fields]
    if len(header) > MAX_COLUMNS:
        message = f"The table has {len(header):,} columns; at most {MAX_COLUMNS} can be loaded. Leave some out."
        raise FileRefused("too-many-columns", message)
    names = [_COLUMNS.get(tight_key(name), name) for name in header]
    options = as_spelled(options, header)
    collector = RowCollector(file.name, options)
    for record in records:
        _collect(record, header, names, collector)
    problems = tuple(_unknown(header, file.name, options))
    return Opened(collector.close(), FORMAT, decoded.encoding, DELIMITERS[delimiter], problems, guesses=_GUESSES)


def _unknown(header: Sequence[str], file: str, options: ReadOptions) -> Iterator[Problem]:
    for name in header:
        if name and tight_key(name) not in _COLUMNS and name not in options.mapping:
            message = f"The column {name[:80]!r} is not one of TimelineJS and was left aside; map it if it holds something we have."
            yield Problem("column-unknown", message, Severity.WARNING, file, column=name[:80])


def _collect(record: Record, header: Sequence[str], names: Sequence[str], collector: RowCollector) -> None:
    fault = record_fault(record, len(header))
    slide = dict(zip(reversed(names), reversed(record.fields[: len(names)]), strict=True)) if not fault else {}
    kind = tight_key(slide.get("Type", ""))
    if fault:
        collector.reject(*fault, record.line)
    elif kind == "title":
        collector.ignore("slide-of-title", "the slide is the title of the timeline, no statement", record.line)
    elif kind == "era":
        collector.ignore("slide-of-era", "the row names an era, a span of time, no statement", record.line)
    else:
        _keep(dict(zip(header, record.fields, strict=False)) | slide, record.line, collector)


def _keep(as_named: Mapping[str, str], line: int, collector: RowCollector) -> None:
    words = {} if as_named.get("Text", "").strip() else {"Headline": "position"}
    slide, lost = lost_cells(as_named, _FILLS | words)
    if "stated_on" in lost:  # less would pass for a date that is only less precise
        slide |= dict.fromkeys(_DATES, "")
    collector.keep(_by_column(slide), line, fields=slide, warnings=_warnings(slide), lost=lost)


def _by_column(slide: Mapping[str, str]) -> dict[str, str]:
    def text(name: str) -> str:
        return plain_text(slide.get(name, ""))

    words, cited = _words(slide)
    group = text("Group") or text("Tag")
    address = web_address(slide.get("Media", ""))
    is_document = bool(address) and not _PICTURE.search(address)
    country = group if find_country(group) else ""
    organisation = group if not country and find_organisation(group) else ""
    beside = {
        "caption": text("Media Caption"),
        "group": "" if country or organisation else group,
        "until": _date(slide, "End ") or slide.get("End Date", "").strip(),
        "media": "" if is_document else address,
    }
    return {
        "stated_on": _date(slide, "") or slide.get("Start Date", ""),
        "stated_on_given": slide.get("Display Date", ""),
        "country": country,
        "organisation": organisation,
        "spokesperson": cited,
        "quote": words,
        "position": (text("Text") if cited else "") or ("" if words else text("Headline")),
        "document_title": text("Headline") if words else "",
        "publisher": text("Media Credit"),
        "document_url": address if is_document else "",
        "note": "; ".join(f"{name}: {told}" for name, told in beside.items() if told),
    }


def _words(slide: Mapping[str, str]) -> tuple[str, str]:
    """The words of the slide, and who is cited for them in a <blockquote> among the media."""
    quoted, _ = inside(slide.get("Media", ""), "blockquote")
    cited, words = inside(quoted, "cite")
    if plain_text(words):
        return plain_text(words), plain_text(cited)
    return plain_text(slide.get("Text", "")), ""


def _date(slide: Mapping[str, str], which: str) -> str:
    """The date of three columns, as precise as they are filled; what is no number stays, to be rejected with its reason."""
    parts = [_NO_DIGITS.sub("", slide.get(f"{which}{name}", "")) for name in ("Year", "Month", "Day")]
    while parts and not parts[-1]:
        parts.pop()
    widths = (4, 2, 2)
    return "-".join(part.zfill(width) if part else "?" for part, width in zip(parts, widths, strict=False))


def _warnings(slide: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    until = _date(slide, "End ") or slide.get("End Date", "").strip()
    if until:
        yield "date-of-beginning", f"the slide lasts until {until[:40]}; its first day was taken for the date, the end stands in the note"
