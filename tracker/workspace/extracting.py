"""What ``python -m tracker extract`` finds in a document, as lines of JSON and in words."""

from __future__ import annotations

import json
from typing import Any

from tracker.core.candidates import Candidate, Extraction
from tracker.core.dates import PartialDate
from tracker.io.articles import extract
from tracker.io.articles.languages import language_codes
from tracker.io.documents.reading import read_document
from tracker.workspace.known import NOTHING_KNOWN, Known


def extraction_of(
    data: bytes, name: str = "", *, published: str = "", language: str = "", title: str = "", known: Known = NOTHING_KNOWN
) -> Extraction:
    """The candidates in a document: a text, web page, Word file or PDF.

    ``published`` (YYYY, YYYY-MM or YYYY-MM-DD), ``language`` (ISO 639-1) and ``title`` go before what the document says of
    itself; ``known`` is what a data set has, to be met again. Offsets are code points of its text. Raises ValueError for a
    date or language that is none, FileRefused for a document without text.
    """
    day = PartialDate.parse(published) if published else None
    if language and language not in language_codes():
        raise ValueError(f"there are no rules for the language {language!r}; there are for {', '.join(language_codes())}")
    document = read_document(data, name)
    return extract(
        document.text,
        published_on=day or document.published_on,
        language=language or document.language or None,
        title=title or document.title or None,
        url=document.url,
        issues=known.issues,
        spokespersons=known.spokespersons,
    )


def as_json_lines(found: Extraction) -> str:
    """One JSON object a statement, in the order of the text; "" when there is none."""
    return "".join(json.dumps(_row(candidate), ensure_ascii=False) + "\n" for candidate in found.candidates)


def _row(candidate: Candidate) -> dict[str, Any]:
    speaker = candidate.speaker
    return {
        "start": candidate.start,
        "end": candidate.end,
        "spans": [list(span) for span in candidate.spans],
        "quote": candidate.quote,
        "kind": candidate.kind.value,
        "cue": candidate.cue,
        "speaker": speaker.in_full,
        "resolved": speaker.resolved,
        "role": speaker.role,
        "organisation": speaker.organisation,
        "country": speaker.country,
        "together": [
            {"name": one.name, "role": one.role, "organisation": one.organisation, "country": one.country} for one in speaker.together
        ],
        "date": str(candidate.stated_on) if candidate.stated_on else None,
        "date_as_written": candidate.date_as_written,
        "confidence": candidate.confidence,
        "reasons": list(candidate.reasons),
    }


def extraction_in_words(found: Extraction) -> str:
    """The candidates for reading: who, in what role, when, how sure, and the words; then what was left out."""
    n = len(found.candidates)
    lines = [f"{n} candidate statement{'' if n == 1 else 's'}; nothing is kept before somebody reviewed it."]
    for number, candidate in enumerate(found.candidates, 1):
        lines += ["", f"{number}. {_heading(candidate)}", f"   {' '.join(candidate.quote.split())}", f"   {'; '.join(candidate.reasons)}"]
    lines += [""] if found.left_out else []
    lines += [f"Left out: {count} × {reason}." for reason, count in found.left_out]
    return "\n".join(lines)


def _heading(candidate: Candidate) -> str:
    speaker = candidate.speaker
    beside = [part for part in (speaker.role, speaker.organisation, speaker.country) if part and part != speaker.resolved]
    who = (speaker.resolved or "Nobody named") + (f" ({', '.join(beside)})" if beside else "")
    when = candidate.stated_on.words if candidate.stated_on else "day unknown"
    as_written = f" (“{candidate.date_as_written}”)" if candidate.date_as_written else ""
    return f"{who}, {when}{as_written}, {candidate.kind.value}, {candidate.confidence:.0%} sure"
