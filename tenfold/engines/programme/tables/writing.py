"""A task table written out: as a workbook or as a Word document, cell by cell as it was read."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from .grid import Block, Cell, Document, Grid, Line, ordered

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PAGE = 13_900
"""Width of the text on an A4 page laid across, in twentieths of a point."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def workbook(document: Document) -> bytes:
    """As xlsx. Lines between tables become rows over the whole width, the tables of a document one sheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    style = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#8A8C88"})
    used: set[str] = set()
    shown = False
    for grid in _sheets(document):
        sheet = book.add_worksheet(_sheet_name(grid.name, used))
        if grid.hidden:
            sheet.hide()
        elif not shown:
            sheet.activate()
            sheet.set_first_sheet()
            shown = True
        _fill(sheet, grid, style)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, grid: Grid, style: Any) -> None:
    for column, width in enumerate(_widths(grid)):
        sheet.set_column(column, column, width)
    for cell in grid.cells:
        if cell.rows > 1 or cell.columns > 1:
            sheet.merge_range(cell.row, cell.column, cell.last, cell.column + cell.columns - 1, "", style)
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            sheet.write_number(cell.row, cell.column, cell.value, style)
        elif cell.text:
            sheet.write_string(cell.row, cell.column, _ILLEGAL.sub("", cell.text), style)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _sheets(document: Document) -> list[Grid]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    if document.kind != "docx" and grids:
        return grids
    width = max((grid.width for grid in grids), default=1)
    cells: list[Cell] = []
    row = 0
    for block in document.blocks:
        if isinstance(block, Line):
            cells.append(Cell(row, 0, block.text, 1, width))
            row += 1
            continue
        cells += [replace(cell, row=cell.row + row) for cell in block.cells]
        row += block.height
    return [Grid(ordered(cells), next((grid.name for grid in grids if grid.name), ""))]


def _sheet_name(name: str, used: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\]", "", name).strip("'")[:28] or "任务分解表"
    found, n = base, 1
    while found.lower() in used:
        n += 1
        found = f"{base}{n}"
    used.add(found.lower())
    return found


def _widths(grid: Grid) -> list[float]:
    """How wide each column is to be, in signs: by its longest lines, within bounds."""
    widths = [6.0] * grid.width
    for cell in grid.cells:
        if cell.columns == 1:
            longest = max((_wide(line) for line in cell.text.split("\n")), default=0)
            widths[cell.column] = max(widths[cell.column], min(longest + 2, 42))
    return widths


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


# --- Word -----------------------------------------------------------------------------------------


def word(document: Document) -> bytes:
    """As docx: lines as paragraphs, each visible table as a table, its sheet's name above where there are several."""
    out = io.BytesIO()
    body = "".join(_part(block) for block in _blocks(document))
    page = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1474" w:right="1474" w:bottom="1474" w:left="1474" w:header="851" w:footer="992"'
        ' w:gutter="0"/></w:sectPr>'
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in _PARTS.items():
            zipped.writestr(name, _HEAD + text)
        zipped.writestr("word/document.xml", f"{_HEAD}<w:document {_NS}><w:body>{body}{page}</w:body></w:document>")
    return out.getvalue()


FORMS = {".xlsx": workbook, ".docx": word}
"""How a table is written, by the ending of the file."""


def _blocks(document: Document) -> Iterator[Block]:
    shown = [block for block in document.blocks if isinstance(block, Grid) and not block.hidden]
    for block in document.blocks:
        if isinstance(block, Grid) and document.kind != "docx":
            if block.hidden:
                continue
            if len(shown) > 1 and block.name:
                yield Line(block.name)
        yield block


def _part(block: Block) -> str:
    if isinstance(block, Line):
        return _paragraphs(block.text, "Line")
    if not block.cells:
        return ""
    widths = _widths(block)
    share = [max(int(_PAGE * width / sum(widths)), 300) for width in widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in share)
    rows = "".join(f"<w:tr>{_row(block, row, share)}</w:tr>" for row in range(block.height))
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    head = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{head}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>" + _BETWEEN


def _row(grid: Grid, row: int, share: list[int]) -> str:
    cells, column = [], 0
    while column < grid.width:
        cell = grid.at(row, column) or Cell(row, column, None)
        width = sum(share[column : column + cell.columns])
        told = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        told += f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        if cell.rows > 1:
            told += '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
        text = cell.text if cell.row == row else ""
        cells.append(f"<w:tc><w:tcPr>{told}</w:tcPr>{_paragraphs(text, 'Cell')}</w:tc>")
        column += cell.columns
    return "".join(cells)


def _paragraphs(text: str, style: str) -> str:
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(line)}</w:p>'
        for line in _ILLEGAL.sub("", text).split("\n")
    )


def _run(line: str) -> str:
    if not line:
        return ""
    told = escape(line).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{told}</w:t></w:r>'


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BETWEEN = '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
"""Two tables that touch would become one."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FONT = '<w:rPr><w:rFonts w:ascii="FangSong" w:hAnsi="FangSong" w:eastAsia="仿宋"/><w:sz w:val="{size}"/></w:rPr>'
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/styles" Target="styles.xml"/></Relationships>'
    ),
    "word/styles.xml": (
        f"<w:styles {_NS}>"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Line"><w:name w:val="Normal"/>'
        f'<w:pPr><w:spacing w:before="60" w:after="60"/></w:pPr>{_FONT.format(size=28)}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/>{_FONT.format(size=21)}</w:style>'
        f"</w:styles>"
    ),
}
