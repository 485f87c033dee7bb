"""UN General Debate Corpus: one speech a state and year, a text file each, and the sheet of who gave it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tracker.core.problems import Problem, Severity
from tracker.io.actors_read import find_country
from tracker.io.inputs import Guess, InputFile, Opened, ReadOptions
from tracker.io.speech_folders import SpeechFolder, collector_for
from tracker.io.tables import SideRow
from tracker.io.text_files import base_name, is_leftover

FORMAT = "UN General Debate Corpus"
ENDINGS = (".txt",)

_NAME = re.compile(r"([A-Z]{2,3})_(\d{1,3})_(\d{4})\.txt", re.IGNORECASE)
_COLUMNS = {
    "year": ("year",),
    "session": ("session",),
    "code": ("iso code", "iso", "iso3", "country code"),
    "speaker": ("name of person speaking", "name", "speaker"),
    "post": ("post", "title", "role"),
}
_GUESSES = (
    Guess("stated_on", "the year of the session", "The corpus has no day."),
    Guess("quote_language", "en", "The corpus holds the English texts, spoken or translated."),
)


def recognises(file: InputFile) -> bool:
    """Whether the name is that of a speech: code, session, year."""
    return bool(_NAME.fullmatch(base_name(file)))


def recognises_folder(names: Sequence[str]) -> bool:
    """Whether most text files of the folder have names of speeches.

    >>> recognises_folder(["TXT/Session 77 - 2022/USA_77_2022.txt", "TXT/._USA_77_2022.txt"]), recognises_folder(["a.txt"])
    (True, False)
    """
    texts = [name.replace("\\", "/").rpartition("/")[2] for name in names if name.lower().endswith(".txt") and not is_leftover(name)]
    return sum(bool(_NAME.fullmatch(name)) for name in texts) * 2 > len(texts)


def read(file: InputFile, options: ReadOptions) -> Opened:
    """The one speech in a file."""
    return read_many([file], options)


def read_many(files: Sequence[InputFile], options: ReadOptions) -> Opened:
    """One row a speech, dated by its year, with speaker and post where the sheet names them; other files are ignored."""
    folder = SpeechFolder(files, lambda name: bool(_NAME.fullmatch(name)))
    sheet = _speakers(folder)
    collector = collector_for(files, options)
    unused = dict(sheet)
    for file, text, number in folder.speeches(collector):
        code, session, year = _parts(file)
        row = unused.pop((code, int(session)), None) or sheet.get((code, int(session)))
        fields = row.values if row else {}
        no_row = [("speaker-not-in-sheet", "the sheet of speakers has no row for the speech")] if sheet and not row else []
        collector.keep(_row(code, session, year, text, fields), number, fields=fields, warnings=no_row)
    if unused:
        message = f"{len(unused):,} rows of the sheet name speeches that are not among the files, for example {_named(next(iter(unused)))}."
        folder.problems.append(Problem("speech-not-there", message, Severity.WARNING))
    return folder.opened(collector, FORMAT, _GUESSES)


def _parts(file: InputFile) -> tuple[str, str, str]:
    found = _NAME.fullmatch(base_name(file))
    return found[1].upper(), found[2], found[3]


def _named(key: tuple[str, int]) -> str:
    return f"{key[0]} in session {key[1]}"


def _speakers(folder: SpeechFolder) -> dict[tuple[str, int], SideRow]:
    found: dict[tuple[str, int], SideRow] = {}
    for rows in folder.table_rows(_COLUMNS, ["session", "code"]):
        for row in rows:
            session = row.values["session"].split(".")[0]
            if session.isascii() and session.isdigit() and len(session) <= 3:
                found.setdefault((row.values["code"].upper(), int(session)), row)
    return found


def _row(code: str, session: str, year: str, text: str, fields: Mapping[str, str]) -> dict[str, str]:
    is_country = bool(find_country(code))
    return {
        "statement_id": f"ungdc-{code}-{session}-{year}",
        "stated_on": year,
        "country": code if is_country else "",
        "organisation": "" if is_country else code,
        "spokesperson": fields.get("speaker", ""),
        "role": fields.get("post", ""),
        "quote": text,
        "quote_language": "en",
        "channel": "meeting",
        "venue": "United Nations General Assembly",
        "document_title": f"General Debate, session {int(session)}",
        "publisher": "United Nations",
    }
