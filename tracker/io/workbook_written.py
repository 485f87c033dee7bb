"""Rows of text to an Excel workbook (.xlsx) of one sheet, in which every cell is text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

MAX_CHARACTERS = 32_767
"""In a cell; with more, spreadsheets say that the file is damaged."""

_CUT = " … [cut: {:,} characters; the other forms of export hold them all]"
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
    '<sheets><sheet name="statements" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a workbook with the rows in one sheet, "statements"; equal rows give equal bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_DATE), _HEAD + content, zipfile.ZIP_DEFLATED)
        with archive.open(zipfile.ZipInfo("xl/worksheets/sheet1.xml", _FIXED_DATE), "w") as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for number, cells in enumerate(rows, 1):
                sheet.write(_row(number, cells).encode("utf-8"))
            sheet.write(b"</sheetData></worksheet>")
    return written.getvalue()


def _row(number: int, cells: Sequence[str]) -> str:
    filled = (f'<c r="{_letters(place)}{number}" t="inlineStr"><is>{_text(cell)}</is></c>' for place, cell in enumerate(cells, 1) if cell)
    return f'<row r="{number}">{"".join(filled)}</row>'


def _text(cell: str) -> str:
    if len(cell) > MAX_CHARACTERS:
        note = _CUT.format(len(cell))
        cell = cell[: MAX_CHARACTERS - len(note)] + note
    readable = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", cell)
    return f'<t xml:space="preserve">{escape(_TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", readable))}</t>'


def _letters(place: int) -> str:
    """The letters of a column.

    >>> _letters(1), _letters(26), _letters(27)
    ('A', 'Z', 'AA')
    """
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
