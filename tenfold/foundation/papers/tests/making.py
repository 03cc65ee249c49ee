"""Small templates, made for tests as an officer would: a Word file with other words in it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document

from tenfold.foundation.papers.official import Official


def template(*paragraphs: str) -> bytes:
    """A template of these paragraphs, tags as they stand in Word."""
    paper = Official()
    for text in paragraphs:
        paper.body(text)
    return paper.content()


def changed(word: bytes, name: str, text: str, by: str) -> bytes:
    """A Word file with something else in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            content = old.read(each).decode()
            new.writestr(each, content.replace(text, by) if each == name else content)
        if name not in old.namelist():
            new.writestr(name, by)
    return out.getvalue()


def _said(paragraph: Any) -> str:
    """Its words without the raised numbers of notes."""
    return "".join(run.text for run in paragraph.runs if not run.font.superscript)


def _cell(cell: Any) -> str:
    return "".join(_said(paragraph) for paragraph in cell.paragraphs)


def text_of(word: bytes) -> str:
    """What a Word file says, paragraph by paragraph, cell by cell."""
    document: Any = Document(io.BytesIO(word))
    cells = [_cell(cell) for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(_said(paragraph) for paragraph in document.paragraphs), *cells])


def rows_of(word: bytes, head: str) -> list[list[str]]:
    """The rows of the first table that has a column of this head."""
    document: Any = Document(io.BytesIO(word))
    tables = [[[_cell(cell) for cell in row.cells] for row in table.rows] for table in document.tables]
    return next(rows for rows in tables if head in rows[0])
