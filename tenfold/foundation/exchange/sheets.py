"""Tables that go out: templates, what is held, lists of faults. Excel is the habit.

A text is always written as a text, so no cell that leaves the house ever starts a formula or a link.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenfold.foundation.declare import Field, Reader
from tenfold.foundation.declare.imports import ImportContext

from .checking import shown
from .kinds import handler_class, reader_of, title_of, vocabulary_of
from .models import Batch, StagedRow
from .numbers import column_letters
from .queries import FaultRow, faults, layouts
from .vocabulary import STAGES, Match

LISTED_ROWS = 2000
"""How many rows of a template carry drop-downs."""
GRADES = {
    "kindergarten": (1, 2, 3), "primary": (1, 2, 3, 4, 5, 6), "junior": (7, 8, 9), "senior": (10, 11, 12),
    "vocational": (1, 2, 3), "special": (1, 2, 3, 4, 5, 6, 7, 8, 9),
}  # fmt: skip
_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_safe(text: str) -> str:
    """A text that no table program takes for a formula; the apostrophe goes again when it is read."""
    return f"'{text}" if text.startswith(_STARTS) else text


def addresses_of(reader: Reader, stages: Sequence[str]) -> list[str]:
    """The columns of a template: every field, by stage and by grade where it is counted so."""
    only = getattr(handler_class(reader.code), "only_stages", {})
    found = []
    for spec in reader.fields:
        here = [stage for stage in stages if stage in only.get(spec.code, stages)]
        if spec.level == "S":
            found.append(spec.code)
        elif spec.level == "T":
            found += [f"{spec.code}.{stage}" for stage in here]
        else:
            found += [f"{spec.code}.{stage}.{grade}" for stage in here for grade in GRADES[stage]]
    return found


def ordered(reader: Reader, addresses: Iterable[str]) -> list[str]:
    """Addresses in the order of the fields, stages and grades."""
    order = {spec.code: index for index, spec in enumerate(reader.fields)}
    stages = {stage: index for index, stage in enumerate(("", *STAGES))}

    def place(address: str) -> tuple[int, int, int]:
        code, stage, grade = [*address.split("."), "", "0"][:3]
        return order[code], stages[stage], int(grade or 0)

    return sorted(set(addresses), key=place)


def heading(kind: str, address: str) -> str:
    """A column's heading: title and unit, as the importer understands it again."""
    match = vocabulary_of(kind).at(address)
    title = title_of(kind, address)
    unit = {"money": _("yuan"), "area": "m²"}.get(match.field.kind, "") if match else ""
    return f"{title} ({unit})" if unit else title


def template(kind: str, stages: Sequence[str] = ()) -> bytes:
    """An empty table of a kind with drop-downs and notes, for the stages that are wanted."""
    reader = reader_of(kind)
    wanted = [stage for stage in STAGES if stage in stages] or (["primary"] if _by_stage(reader) else [])
    return _workbook(kind, addresses_of(reader, wanted), (), notes=True)


def _by_stage(reader: Reader) -> bool:
    return any(spec.level != "S" for spec in reader.fields)


def held(kind: str, under: str, period: str) -> tuple[list[str], list[Mapping[str, Any]]]:
    """What stands, as columns and rows; the scope is that of whoever asks."""
    rows = list(handler_class(kind)(ImportContext(0, period, under)).export())
    required = [spec.code for spec in reader_of(kind).fields if spec.required]
    named = {address for row in rows for address, value in row.items() if value is not None}
    return ordered(reader_of(kind), [*required, *named]), rows


def export_xlsx(kind: str, under: str, period: str) -> bytes:
    """What stands, as a workbook that can be imported again."""
    addresses, rows = held(kind, under, period)
    return _workbook(kind, addresses, rows, notes=False)


def export_csv(kind: str, under: str, period: str) -> bytes:
    """The same as csv in UTF-8 with mark, so that Excel reads the characters."""
    addresses, rows = held(kind, under, period)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([csv_safe(heading(kind, address)) for address in addresses])
    matches = [vocabulary_of(kind).at(address) for address in addresses]
    for row in rows:
        writer.writerow(
            [
                csv_safe(value) if isinstance(value, str) else "" if value is None else value
                for value in (_written(match, row.get(a)) for match, a in zip(matches, addresses, strict=True))
            ]
        )
    return out.getvalue().encode("utf-8-sig")


def _written(match: Match | None, value: Any) -> Any:
    """A value as a cell holds it: choices by their first word, numbers as numbers."""
    if value is None or match is None:
        return None
    spec = match.field
    if spec.kind in ("choice", "yes_no"):
        code = {True: "yes", False: "no"}.get(value, value)
        words = dict(spec.choices).get(str(code), ())
        return words[0] if words else str(code)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if spec.kind in ("code", "text") else value


def _workbook(kind: str, addresses: Sequence[str], rows: Iterable[Mapping[str, Any]], *, notes: bool) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, options)
    styles = _Styles(book)
    sheet = book.add_worksheet(str(reader_of(kind).title)[:31])
    matches = [match for address in addresses if (match := vocabulary_of(kind).at(address))]
    for column, match in enumerate(matches):
        text = heading(kind, match.address)
        sheet.write_string(0, column, text, styles.required if match.field.required else styles.head)
        style = styles.text if match.field.kind in ("code", "text", "date") else None
        sheet.set_column(column, column, min(max(len(text) * 1.6, 9), 30), style)
    for number, row in enumerate(rows, start=1):
        for column, match in enumerate(matches):
            _write(sheet, number, column, _written(match, row.get(match.address)), styles)
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 48)
    _drop_downs(book, sheet, matches)
    if notes:
        _notes(book, kind, matches, styles)
    book.close()
    return out.getvalue()


class _Styles:
    def __init__(self, book: Any) -> None:
        base = {"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#D2CEC5"}
        self.head = book.add_format({**base, "bg_color": "#F3F1EB"})
        self.required = book.add_format({**base, "bg_color": "#E8F0F6", "bold": True})
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.faulty = book.add_format({"bg_color": "#FBE8E5", "font_color": "#A2231C", "border": 1})


def _write(sheet: Any, row: int, column: int, value: Any, styles: _Styles) -> None:
    if value is None:
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value), styles.text)


def _drop_downs(book: Any, sheet: Any, matches: Sequence[Match]) -> None:
    lists = None
    place = 0
    for column, match in enumerate(matches):
        spec = match.field
        rule: dict[str, Any] = {"ignore_blank": True, "error_type": "warning"}
        if spec.kind in ("choice", "yes_no"):
            if lists is None:
                lists = book.add_worksheet("_lists")
                lists.hide()
            words = [words[0] if words else code for code, words in spec.choices]
            lists.write_column(0, place, words)
            letters = column_letters(place)
            rule |= {"validate": "list", "source": f"='_lists'!${letters}$1:${letters}${len(words)}"}
            place += 1
        elif spec.kind == "integer":
            rule |= {"validate": "integer", "criteria": ">=", "value": 0}
        elif spec.kind in ("decimal", "money", "area"):
            rule |= {"validate": "decimal", "criteria": ">=", "value": -180 if spec.kind == "decimal" else 0}
        else:
            continue
        sheet.data_validation(1, column, LISTED_ROWS, column, rule)


def _notes(book: Any, kind: str, matches: Sequence[Match], styles: _Styles) -> None:
    sheet = book.add_worksheet(_("How to fill in"))
    rows = [(_("Column"), _("Meaning"), _("Unit"), _("Required"), _("Allowed words"), pgettext("of a place", "Code"))]
    for match in matches:
        spec = match.field
        rows.append(
            (
                heading(kind, match.address),
                str(spec.note or spec.title),
                _unit(spec),
                _("yes") if spec.required else "",
                "、".join(words[0] for _code, words in spec.choices if words),
                match.address,
            )
        )
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, str(text), styles.head if number == 0 else styles.wrapped)
    for column, width in enumerate((28, 36, 12, 8, 48, 28)):
        sheet.set_column(column, column, width)
    lines = (
        _("State on 1 September of the school year."),
        _("An empty cell means that the figure is not known. Zero means that there is none."),
        _("Columns may be left out or moved; the headings tell what they are."),
    )
    for number, line in enumerate(lines, start=len(rows) + 1):
        sheet.write_string(number, 0, line)


def _unit(spec: Field) -> str:
    return {"money": _("yuan"), "area": "m²", "date": _("year-month-day")}.get(spec.kind, str(spec.unit))


def fault_list(batch: Batch) -> bytes:
    """The faults of an import as a workbook: the list, and the sheets as sent with the cells marked."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    styles = _Styles(book)
    found = faults(batch)
    sheet = book.add_worksheet(_("Faults"))
    heads = (
        _("Sheet"),
        _("Row"),
        _("Column"),
        _("School"),
        _("Field"),
        pgettext("import", "Value"),
        _("Fault"),
        _("Advice"),
    )
    for column, text in enumerate(heads):
        sheet.write_string(0, column, text, styles.head)
    for number, fault in enumerate(found, start=1):
        cells = (
            fault.sheet, fault.row, fault.column, fault.name, fault.field, fault.value, fault.problem, fault.advice,
        )  # fmt: skip
        for column, value in enumerate(cells):
            _write(sheet, number, column, value, styles)
    for column, width in enumerate((16, 7, 7, 24, 28, 16, 40, 30)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    _marked(book, batch, found, styles)
    book.close()
    return out.getvalue()


def _marked(book: Any, batch: Batch, found: Sequence[FaultRow], styles: _Styles) -> None:
    """The rows as sent, faulty cells red; each row stands where it stood."""
    places = {(fault.sheet_index, fault.row, fault.column_index) for fault in found}
    for index, layout in enumerate(layouts(batch)):
        title = "".join(c for c in layout.sheet if c not in "[]:*?/\\")[:25] or "sheet"
        sheet = book.add_worksheet(f"{title} {index + 1}")
        for column, text in enumerate(layout.headings):
            sheet.write_string(layout.last, column, text, styles.head)
        for row in StagedRow.objects.filter(batch=batch, sheet=index).order_by("number").iterator(chunk_size=2000):
            for column, cell in enumerate(row.cells):
                if (index, row.number, column) in places:
                    sheet.write_string(row.number - 1, column, shown(cell), styles.faulty)
                else:
                    value = shown(cell) if isinstance(cell, list | bool) else cell
                    _write(sheet, row.number - 1, column, value, styles)
