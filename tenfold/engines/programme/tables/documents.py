"""The tables and lines of a Word document (docx): merged cells, headings that Word numbers itself, nothing else."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tenfold.foundation.exchange.workbooks import part_of

from .grid import Block, Cell, Grid, Line, ordered
from .numerals import spelled

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPELLED = frozenset(["chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
                      "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified"])  # fmt: skip
_AROUND = frozenset(["sdt", "sdtContent", "customXml", "smartTag", "ins", "hyperlink", "r"])
"""What may stand round a paragraph's or a cell's content and is looked through; deleted text (del) is not."""


def read_document(zipped: zipfile.ZipFile) -> tuple[Block, ...]:
    """The blocks of a document's body, in their order."""
    body = part_of(zipped, "word/document.xml").find(f"{W}body")
    names = set(zipped.namelist())
    numbering = part_of(zipped, "word/numbering.xml") if "word/numbering.xml" in names else None
    styles = part_of(zipped, "word/styles.xml") if "word/styles.xml" in names else None
    reading = _Reading(_Numbers(numbering, styles))
    return tuple(reading.blocks(body)) if body is not None else ()


class _Reading:
    def __init__(self, numbers: _Numbers) -> None:
        self.numbers = numbers

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Tables and lines that say something."""
        for each in _inside(parent, "p", "tbl"):
            if each.tag == f"{W}tbl":
                yield self.grid(each)
            elif text := self.paragraph(each):
                yield Line(text)

    def grid(self, table: Element) -> Grid:
        """A table; a cell that goes on from the row above makes that one longer."""
        cells: list[Cell] = []
        above: dict[int, int] = {}
        for row, element in enumerate(_inside(table, "tr")):
            column = _number(element.find(f"{W}trPr/{W}gridBefore"), 0)
            below: dict[int, int] = {}
            for cell in _inside(element, "tc"):
                properties = cell.find(f"{W}tcPr")
                span = max(_number(_find(properties, "gridSpan"), 1), 1)
                merge = _find(properties, "vMerge")
                goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
                if goes_on and column in above:
                    index = above[column]
                    held = cells[index]
                    cells[index] = Cell(held.row, held.column, held.value, row - held.row + 1, held.columns)
                else:
                    index = len(cells)
                    cells.append(Cell(row, column, self.text(cell) or None, 1, span))
                if merge is not None:
                    below[column] = index
                column += span
            above = below
        return Grid(ordered(cell for cell in cells if cell.value is not None or cell.rows > 1 or cell.columns > 1))

    def text(self, cell: Element) -> str:
        """What stands in a cell, a line a paragraph; a table within it as its lines."""
        lines = []
        for each in _inside(cell, "p", "tbl"):
            if each.tag == f"{W}tbl":
                lines += [c.text for c in self.grid(each).cells if c.text]
            else:
                lines.append(self.paragraph(each))
        return "\n".join(lines).strip("\n")

    def paragraph(self, element: Element) -> str:
        """The text of a paragraph, with the number that Word would draw before it."""
        text = "".join(_runs(element))
        number = self.numbers.next(element) if text.strip() or element.find(f"{W}pPr/{W}numPr") is not None else ""
        return f"{number}{text}".strip()


def _runs(element: Element) -> Iterator[str]:
    for each in element:
        name = each.tag.removeprefix(W)
        if name == "t":
            yield each.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name in _AROUND:
            yield from _runs(each)


def _inside(parent: Element, *names: str) -> Iterator[Element]:
    wanted = {f"{W}{name}" for name in names}
    for each in parent:
        if each.tag in wanted:
            yield each
        elif each.tag.removeprefix(W) in _AROUND:
            yield from _inside(each, *names)


def _find(parent: Element | None, name: str) -> Element | None:
    return parent.find(f"{W}{name}") if parent is not None else None


def _number(element: Element | None, otherwise: int) -> int:
    text = element.get(f"{W}val", "") if element is not None else ""
    return min(int(text), 200) if text.isdigit() else otherwise


class _Numbers:
    """The numbers that Word draws before paragraphs: 一、 of a heading, 1 of a row."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self.levels: dict[str, dict[str, tuple[str, str, int]]] = {}
        self.lists: dict[str, str] = {}
        self.count: dict[str, dict[int, int]] = defaultdict(dict)
        self.of_style: dict[str, tuple[str, str]] = {}
        for each in numbering.iterfind(f"{W}abstractNum") if numbering is not None else ():
            self.levels[each.get(f"{W}abstractNumId", "")] = {
                level.get(f"{W}ilvl", "0"): (
                    _value(level, "numFmt"), _value(level, "lvlText"), _number(level.find(f"{W}start"), 1)
                )
                for level in each.iterfind(f"{W}lvl")
            }  # fmt: skip
        for each in numbering.iterfind(f"{W}num") if numbering is not None else ():
            self.lists[each.get(f"{W}numId", "")] = _value(each, "abstractNumId")
        for each in styles.iterfind(f"{W}style") if styles is not None else ():
            found = each.find(f"{W}pPr/{W}numPr")
            if found is not None:
                self.of_style[each.get(f"{W}styleId", "")] = (_value(found, "numId"), _value(found, "ilvl") or "0")

    def next(self, paragraph: Element) -> str:
        """The number before a paragraph, '' for none; counted on."""
        found = paragraph.find(f"{W}pPr/{W}numPr")
        style = _value(paragraph, f"pPr/{W}pStyle")
        list_id, level = self.of_style.get(style, ("", "0"))
        if found is not None:
            list_id, level = _value(found, "numId") or list_id, _value(found, "ilvl") or level
        abstract = self.lists.get(list_id, "")
        if level not in self.levels.get(abstract, {}):
            return ""
        return self._counted(abstract, int(level))

    def _counted(self, abstract: str, level: int) -> str:
        counts, levels = self.count[abstract], self.levels[abstract]
        shape, text, start = levels[str(level)]
        if shape in ("bullet", "none"):
            return ""
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        for each in range(level + 1):
            held_shape, _text, held_start = levels.get(str(each), (shape, "", 1))
            number = counts.get(each, held_start)
            text = text.replace(f"%{each + 1}", spelled(number) if held_shape in _SPELLED else str(number))
        return text


def _value(parent: Element, name: str) -> str:
    found = parent.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""
