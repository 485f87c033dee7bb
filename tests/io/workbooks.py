"""Workbooks for tests, made from the XML of their parts, so that anything can be wrong in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="170" formatCode="mmmm\\ yyyy"/><numFmt numFmtId="171" formatCode="dd/mm/yyyy;@"/>'
    '<numFmt numFmtId="172" formatCode="0.00&quot; days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>'
)
"""Styles 1 and 3 show dates, 2 shows months, 0 and 4 show numbers."""


def text(place: str, value: str) -> str:
    """A cell of text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def rows(*lines: tuple[int, str], attributes: str = "") -> str:
    """The data of a sheet: rows by their number, with the XML of their cells."""
    return "<sheetData>" + "".join(f'<row r="{number}" {attributes}>{cells}</row>' for number, cells in lines) + "</sheetData>"


HEADER = text("A1", "Date") + text("B1", "Country") + text("C1", "Quote")


def sheet(*lines: str, behind: str = "") -> str:
    """A sheet with the usual header; each line is the XML of the cells of a row below it."""
    return rows((1, HEADER), *((number, cells) for number, cells in enumerate(lines, 2))) + behind


def xlsx(
    *sheets: str | tuple[str, str], book: str = "", texts: str = "", styles: str = STYLES, extra: dict[str, bytes] | None = None
) -> bytes:
    """A workbook of sheets, each the XML of its content, or a pair of its state ("hidden") and that."""
    listed, related, parts = "", "", {}
    for number, content in enumerate(sheets, 1):
        state, inner = content if isinstance(content, tuple) else ("visible", content)
        listed += f'<sheet name="S{number}" sheetId="{number}" state="{state}" r:id="r{number}"/>'
        related += f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="worksheets/s{number}.xml"/>'
        parts[f"xl/worksheets/s{number}.xml"] = f"<worksheet {_MAIN}>{inner}</worksheet>".encode()
    parts |= {
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{book}<sheets>{listed}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>".encode(),
        "xl/styles.xml": styles.encode(),
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{texts}</sst>".encode(),
    }
    return zipped(parts | (extra or {}))


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of the parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return written.getvalue()


def ods(content: str, **parts: bytes) -> bytes:
    """A spreadsheet of OpenDocument with the XML of its tables."""
    whole = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles>'
        '<style:style style:name="gone"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": whole.encode(), **parts}, zipfile.ZIP_STORED
    )


def xlsx_of(table: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet with the table from A1 on, every cell text, empty ones left out."""
    placed = (
        (n, "".join(text(f"{chr(65 + place)}{n}", escape(cell)) for place, cell in enumerate(row) if cell))
        for n, row in enumerate(table, 1)
    )
    return xlsx(rows(*placed))


def ods_of(table: Iterable[Sequence[str]]) -> bytes:
    """The same as a spreadsheet of OpenDocument."""
    of_cells = ("".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row) for row in table)
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in of_cells)
    return ods(f'<table:table table:name="S">{lines}</table:table>')
