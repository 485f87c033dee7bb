"""Cells that hold no data: what a spreadsheet shows where it failed, and a formula where its value should stand."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

_MAX_CHARACTERS = 8_200
"""A formula is no longer."""

_WORDS_FOR_ERROR = "Err|Error|Erreur|Fehler|Fout|Fel|Fejl|Feil|Virhe|Chyba|Hiba|Hata|Błąd|Ошибка|Помилка|エラー|错误|錯誤|오류"
_OFFICE_ERROR = re.compile(rf"(?:{_WORDS_FOR_ERROR})\s?:\s?5\d\d")
_TOO_NARROW = re.compile("#{3,}")
_OPERAND = re.compile(
    r'"[^"]*"'  # text
    r"|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?"  # a number
    r"|(?:\[[^\[\]]*\])?(?:[^\W\d][\w.]*|'[^']*')[!|]"  # a sheet, workbook or program, and its cell behind
    r"|[^\W\d][\w.]*\("  # a function
    r"|(?:[^\W\d][\w.]*\[(?:[^\[\]]|\[[^\[\]]*\])*|\[@[^\[\]]*)\]"  # a column of a table
    r"|(?:\$?[^\W\d]\w*\.)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?!\w)"  # a cell
    r"|R\d*C\d+(?!\w)"
    r"|(?:TRUE|FALSE)(?!\w)"
    r"|#(?:[A-Z]+(?:/0)?[!?]|N/A)"
)
_BESIDE = re.compile(r"[\s+\-*/^&=<>%;,:(){}@$!]")
_BEGINNINGS = ("#", "=", "{=", *_WORDS_FOR_ERROR.split("|"))
_FIRST_CHARACTERS = frozenset(beginning[0] for beginning in _BEGINNINGS)


def why_no_data(text: str) -> str:
    """Why a whole cell is no data, "" when it is some: an error of a spreadsheet, in any of 16 languages, or a formula.

    Text that only mentions such a thing, or begins with ``=``, ``+`` or ``-`` without being a formula, is text.

    >>> why_no_data("#REF!"), why_no_data(" #BEZUG! "), why_no_data("Err:502")
    ('the error #REF!', 'the error #BEZUG!', 'the error Err:502')
    >>> why_no_data('=HYPERLINK("https://e.org";A1)'), why_no_data("=1+1")
    ('a formula and not its value', 'a formula and not its value')
    >>> [why_no_data(text) for text in ("It says #REF! there", "= we stay", "- We stay", "+972 3", "=", "#peace")]
    ['', '', '', '', '', '']
    """
    if text[:1] not in _FIRST_CHARACTERS and not text[:1].isspace():
        return ""
    written = text.strip()
    if not written.startswith(_BEGINNINGS) or len(written) > _MAX_CHARACTERS:
        return ""
    if unicodedata.normalize("NFC", written) in _errors() or _OFFICE_ERROR.fullmatch(written):
        return f"the error {written}"
    if _TOO_NARROW.fullmatch(written):
        return "only # signs, which a spreadsheet shows where a column is too narrow"
    return "a formula and not its value" if _is_formula(written) else ""


def may_lack_data(whole: str) -> bool:
    """Whether a row may have such a cell, by all its text in one: most rows have none, told at once.

    >>> may_lack_data("2016-07-28FRAWe stay"), may_lack_data("2016-07-28FRA#REF!")
    (False, True)
    """
    return "#" in whole or "=" in whole or ":5" in whole or ": 5" in whole or ":\N{NO-BREAK SPACE}5" in whole


def lost_cells(cells: Mapping[str, str], columns: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The cells of a row with what is no data left empty; and why, by our column that each would fill, else the note.

    >>> lost_cells({"Text": "#N/A", "Year": "2016"}, {"Text": "quote"})
    ({'Text': '', 'Year': '2016'}, {'quote': 'the error #N/A'})
    """
    whys = {name: why for name, text in cells.items() if (why := why_no_data(text))} if may_lack_data("".join(cells.values())) else {}
    return {**cells, **dict.fromkeys(whys, "")}, {columns.get(name, "note"): why for name, why in whys.items()}


def cannot_do_without(values: Mapping[str, str], lost: Sequence[str]) -> str:
    """The first of the lost columns without which a row is no statement; "" when it can do without all of them.

    A date and, where there was one, a country are needed; of quote and position, and for want of a country of the
    organisation, one with text is enough.

    >>> cannot_do_without({"country": "FRA", "position": "They stay"}, ["quote"]), cannot_do_without({}, ["note", "quote"])
    ('', 'quote')
    """
    other = {"stated_on": "", "country": "", "organisation": "country", "quote": "position", "position": "quote"}
    return next((name for name in lost if name in other and not values.get(other[name], "").strip()), "")


def _is_formula(text: str) -> bool:
    """Whether all of the text after ``=`` is operands and signs of formulas; a word that is neither makes it text."""
    inner = text[1:-1] if text.startswith("{=") and text.endswith("}") else text
    kinds = set(_kinds(inner[1:])) if inner.startswith("=") else {""}
    return "" not in kinds and "operand" in kinds


def _kinds(text: str) -> Iterator[str]:
    position = 0
    while position < len(text):
        operand = _OPERAND.match(text, position)
        found = operand or _BESIDE.match(text, position)
        if not found:
            yield ""
            return
        yield "operand" if operand else "sign"
        position = found.end()


@cache
def _errors() -> frozenset[str]:
    rows = csv.DictReader(resources.files(__package__).joinpath("spreadsheet_errors.csv").read_text(encoding="utf-8").splitlines())
    return frozenset(error for row in rows for error in row["errors"].split())
