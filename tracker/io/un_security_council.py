"""UN Security Council debates: one speech a text file, and tables of meetings and speakers beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.io.actors_read import find_country, find_organisation
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.speech_folders import SpeechFolder, collector_for
from tracker.io.text_files import base_name, is_leftover

FORMAT = "UN Security Council debates"
ENDINGS = (".txt",)

_NAME = re.compile(r"UNSC_(\d{4})_S?_?PV\.?(\d+)[ _(]*(Resumption[ _]*\d*)?\)?_spch(\d+)\.txt", re.IGNORECASE)
_MEETING = re.compile(r"(?:PV\.?\s*|^\s*)(\d{2,5})[ _(]*(Resumption[ _]*\d*)?", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(The (?:Acting )?(?:President|Secretary-General)|(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Prince|Princess|Sheikha?|"
    r"Judge|General|Archbishop|Monsignor|Cardinal|Dato|Crown Prince|King|Queen)\b[^:()\n]{1,80}?)"
    r"\s*(?:\((?!spoke in|interpretation)([^()\n]{2,80})\))?\s*(?:\((?:spoke in|interpretation from) ([A-Za-z]{3,20})[^()\n]{0,60}\))?\s*:"
)
_COLUMNS = {
    "filename": ("file name", "doc id", "document", "basename", "file"),
    "spv": ("meeting", "meeting number", "meeting symbol", "symbol", "record"),
    "speech": ("speech number", "spch", "sequence"),
    "date": ("meeting date",),
    "year": (),
    "month": (),
    "day": (),
    "topic": ("agenda", "agenda item", "agenda item 1", "subject"),
    "speaker": ("name", "speaker name"),
    "country": ("nation", "state", "affiliation", "country or organisation"),
    "participanttype": ("participant type", "participant", "speaker type"),
    "role": ("post", "function"),
}
COUNCIL = "United Nations Security Council"
_GUESSES = (
    Guess("quote_language", "en", "The corpus holds the English records; who spoke in another language is in the note."),
    Guess(
        "country",
        "the country in brackets after the speaker's name",
        "Where no table names it; the President alone speaks for the Council.",
    ),
)


@dataclass(frozen=True, slots=True)
class _Speech:
    """What the name of a file says: year, meeting (with the number of its resumption) and number of the speech."""

    year: str
    meeting: tuple[str, str]
    number: int


def recognises(file: InputFile) -> bool:
    """Whether the name is that of a speech in the Council."""
    return bool(_NAME.fullmatch(base_name(file)))


def recognises_folder(names: Sequence[str]) -> bool:
    """Whether most text files of the folder have names of speeches in the Council.

    >>> recognises_folder(["UNSC_2020_SPV.8699Resumption1_spch001.txt", "meta.tsv"])
    True
    """
    texts = [name.replace("\\", "/").rpartition("/")[2] for name in names if name.lower().endswith(".txt") and not is_leftover(name)]
    return sum(bool(_NAME.fullmatch(name)) for name in texts) * 2 > len(texts)


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The one speech in a file."""
    return read_many([file], options)


def read_many(files: Sequence[InputFile], options: ReadOptions) -> Opened:
    """One row a speech; date, speaker and country from the tables, else from the name and the first words of the speech.

    A speech of the President for whom no table gives a country is the Council's own. Other files are ignored.
    """
    folder = SpeechFolder(files, lambda name: bool(_NAME.fullmatch(name)))
    by_meeting, by_speech = _tables(folder)
    collector = collector_for(files, options)
    for file, text, number in folder.speeches(collector):
        speech = _speech_of(base_name(file))
        fields = by_meeting.get(speech.meeting, {}) | by_speech.get(speech.meeting, {}).get(speech.number, {})
        has_tables = bool(by_meeting or by_speech)
        no_row = [("speaker-not-in-sheet", "the tables have no row for the speech")] if has_tables and not fields else []
        collector.keep(_row(base_name(file)[:-4], speech, text, fields), number, fields=fields, warnings=no_row)
    dated = [] if by_meeting or by_speech else [Guess("stated_on", "the year in the name of the file", "No table gives the day.")]
    return folder.opened(collector, FORMAT, [*dated, *_GUESSES])


def _speech_of(name: str) -> _Speech:
    year, meeting, resumption, number = _NAME.fullmatch(name).groups()
    return _Speech(year, (str(int(meeting)), _resumption(resumption)), int(number))


def _resumption(words: str | None) -> str:
    return (re.sub(r"\D", "", words).lstrip("0") or "1") if words else ""


Fields = dict[str, str]


def _tables(folder: SpeechFolder) -> tuple[dict[tuple[str, str], Fields], dict[tuple[str, str], dict[int, Fields]]]:
    """What the tables say of meetings, and of speeches by their number from 1 (tables may count them from 0)."""
    by_meeting: dict[tuple[str, str], Fields] = {}
    by_speech: dict[tuple[str, str], dict[int, Fields]] = defaultdict(dict)
    for rows in folder.table_rows(_COLUMNS, []):
        numbered: dict[tuple[str, str], dict[int, Fields]] = defaultdict(dict)
        for row in rows:
            fields = {name: value for name, value in row.values.items() if value}
            named = _NAME.fullmatch(f"{fields.get('filename', '').removesuffix('.txt')}.txt")
            meeting = _meeting_of(fields)
            number = fields.get("speech", "").split(".")[0]
            if named:
                speech = _speech_of(named[0])
                by_speech[speech.meeting][speech.number] = fields
            elif meeting and number.isascii() and number.isdigit() and len(number) < 6:
                numbered[meeting][int(number)] = fields
            elif meeting:
                by_meeting.setdefault(meeting, fields)
        for meeting, speeches in numbered.items():
            shift = 1 if 0 in speeches else 0
            by_speech[meeting] |= {number + shift: fields for number, fields in speeches.items()}
    return by_meeting, by_speech


def _meeting_of(fields: Mapping[str, str]) -> tuple[str, str] | None:
    found = _MEETING.search(fields.get("spv", "")) or re.search(r"PV\.?\s*(\d{2,5})[ _(]*(Resumption[ _]*\d*)?", fields.get("filename", ""))
    return (str(int(found[1])), _resumption(found[2])) if found else None


def _row(stem: str, speech: _Speech, text: str, fields: Mapping[str, str]) -> dict[str, str]:
    label = _LABEL.match(text[:400])
    name, bracket, language = label.groups() if label else ("", "", "")
    is_president = "president" in (fields.get("participanttype") or name).lower() or name.endswith("President")
    topic = fields.get("topic", "")
    return _spoken_for(fields, name, bracket or "", is_president=is_president) | {
        "statement_id": stem,
        "stated_on": _date(fields) or speech.year,
        "spokesperson": fields.get("speaker") or name,
        "role": fields.get("role") or ("President of the Security Council" if is_president else ""),
        "issue": topic,
        "quote": text,
        "quote_language": "en",
        "channel": "meeting",
        "venue": COUNCIL,
        "document_title": _symbol(speech) + (f": {topic}" if topic else ""),
        "publisher": "United Nations",
        "note": " ".join(_notes(fields, language or "", is_president=is_president)),
    }


def _spoken_for(fields: Mapping[str, str], name: str, bracket: str, *, is_president: bool) -> Fields:
    given = fields.get("country", "") or bracket
    if given:
        is_organisation = not find_country(given) and bool(find_organisation(given))
        return {"organisation": given} if is_organisation else {"country": given}
    if is_president:
        return {"organisation": COUNCIL}
    return {"organisation": "United Nations"} if name.endswith("Secretary-General") else {}


def _date(fields: Mapping[str, str]) -> str:
    parts = [fields.get(part, "").split(".")[0] for part in ("year", "month", "day")]
    if fields.get("date"):
        return fields["date"]
    if all(part.isascii() and part.isdigit() for part in parts):
        return "-".join(part.zfill(2) for part in parts)
    return ""


def _symbol(speech: _Speech) -> str:
    number, resumption = speech.meeting
    return f"S/PV.{number}" + (f" (Resumption {resumption})" if resumption else "")


def _notes(fields: Mapping[str, str], language: str, *, is_president: bool) -> Iterator[str]:
    if fields.get("participanttype"):
        yield f"Takes part as: {fields['participanttype']}."
    if is_president:
        yield "Spoke as President of the Council; the words may be procedure rather than the position of a state."
    if language:
        yield f"Spoke in {language}; the record is in English."
