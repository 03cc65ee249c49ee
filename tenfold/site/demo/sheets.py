"""The invented tables as Excel files: a title, headings in two merged rows, a row of totals, as offices send them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tenfold.foundation.declare import Field
from tenfold.foundation.holdings.words import BY_CODE, RETURN_FIELDS
from tenfold.foundation.organisations.words import ORGANISATION_FIELDS
from tenfold.foundation.people.words import STAFF_FIELDS

from .words import Row

STAGES = {"kindergarten": "幼儿园", "primary": "小学", "junior": "初中", "senior": "高中", "vocational": "中职",
          "special": "特教"}  # fmt: skip
GRADES = "〇一二三四五六七八九"
GROUPS = (
    ("pupils", "在校生"),
    ("classes", "班级"),
    ("teachers", "教师情况"),
    ("shared", "教师情况"),
    ("intake", "学生情况"),
    ("graduates", "学生情况"),
    ("transfers", "学生情况"),
    ("deaths", "学生情况"),
    ("area", "校舍"),
    ("equipment", "设备"),
    ("network", "设备"),
    ("computers", "设备"),
    ("books", "设备"),
    ("music", "用房"),
    ("art", "用房"),
    ("funds", "经费"),
    ("training", "经费"),
)
"""What stands above a heading, by the beginning of its field's code."""
WORDS = {
    "teachers_moved_backbone": "交流轮岗其中骨干",
    "pupils_female": "其中女生",
    "intake_g7": "三年前招生数",
    "graduates_g9": "毕业生数",
}
MADE = datetime(2023, 9, 20, 9, 0)
"""Written into every file, so that the same county gives the same bytes."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the title above the table, the addresses of its columns, its rows."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    fields: dict[str, Field]
    totals: bool = False


def return_sheets(rows: Sequence[Row], title: str) -> list[Sheet]:
    """The annual return: one sheet of the schools as a whole, one a stage."""
    named = dict.fromkeys(address for row in rows for address in row)
    found = [_sheet("学校", title, "", rows, named)]
    found += [_sheet(word, title, stage, rows, named) for stage, word in STAGES.items()]
    return [sheet for sheet in found if sheet.rows]


def _sheet(name: str, title: str, stage: str, rows: Sequence[Row], named: Iterable[str]) -> Sheet:
    """The columns of a stage (or of the whole school), in the order of the return's fields and the grades."""
    order = {field.code: index for index, field in enumerate(RETURN_FIELDS)}
    columns = sorted(
        (address for address in named if _stage(address) == stage and address not in ("school_code", "name")),
        key=lambda address: (
            order[address.split(".")[0]],
            int(address.split(".")[2]) if address.count(".") == 2 else 0,
        ),
    )
    held = [row for row in rows if any(address in row for address in columns)]
    return Sheet(name, f"{title}·{name}（模拟数据）", ["school_code", "name", *columns], held, BY_CODE, totals=True)


def _stage(address: str) -> str:
    return address.split(".")[1] if "." in address else ""


def without_totals(sheet: Sheet) -> Sheet:
    """The same sheet without its row of totals."""
    return replace(sheet, totals=False)


def organisation_sheet(rows: Sequence[Row], title: str) -> Sheet:
    """The table of organisations."""
    return _plain("机构", title, ORGANISATION_FIELDS, rows)


def staff_sheet(rows: Sequence[Row], title: str) -> Sheet:
    """The table of staff."""
    return _plain("任职", title, STAFF_FIELDS, rows)


def _plain(name: str, title: str, fields: Iterable[Field], rows: Sequence[Row]) -> Sheet:
    by_code = {field.code: field for field in fields}
    columns = [code for code in by_code if any(code in row for row in rows)]
    return Sheet(name, f"{title}（模拟数据）", columns, rows, by_code)


def heading(address: str, field: Field) -> str:
    """A column's heading: ``初中七年级在校生数``, ``教学仪器设备值（万元）``."""
    _code, *rest = address.split(".")
    word = WORDS.get(field.code, field.synonyms[0])
    unit = {"money": "（元）", "area": "（平方米）"}.get(field.kind, "")
    if field.code == "equipment_value":
        unit = "（万元）"
    if not rest:
        return f"{word}{unit}"
    grade = _grade(rest[0], int(rest[1])) if len(rest) > 1 else ""
    return f"{'' if grade.startswith('高') else STAGES[rest[0]]}{grade}{word}{unit}"


def _grade(stage: str, number: int) -> str:
    if stage == "kindergarten":
        return f"{'小中大'[number - 1]}班"
    return f"高{GRADES[number - 9]}年级" if stage == "senior" else f"{GRADES[number]}年级"


def group(address: str) -> str:
    """What stands above the heading in the upper row."""
    return next((word for start, word in GROUPS if address.startswith(start)), "基本情况")


def cell(address: str, field: Field, value: Any) -> Any:
    """A value as the sheet shows it: words of choices, money in its unit."""
    if value is None:
        return None
    if field.choices:
        return dict(field.choices)[value][0]
    if field.code == "equipment_value":
        return float(value / 10_000)
    return float(value) if isinstance(value, Decimal) else value


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an xlsx file; the same sheets give the same bytes."""
    from xlsxwriter import Workbook

    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    book.set_properties({"title": sheets[0].title, "created": MADE})
    styles = {
        "title": book.add_format({"bold": True, "align": "center"}),
        "head": book.add_format({"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, styles)
    book.close()


def _write(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    last = len(sheet.columns) - 1
    page.merge_range(0, 0, 0, last, sheet.title, styles["title"])
    _write_headings(page, sheet, styles["head"])
    for number, row in enumerate(sheet.rows, 3):
        for column, address in enumerate(sheet.columns):
            value = cell(address, sheet.fields[address.split(".")[0]], row.get(address))
            if isinstance(value, date):
                page.write_datetime(number, column, datetime(value.year, value.month, value.day), styles["day"])
            elif value is not None:
                page.write(number, column, value)
    if sheet.totals:
        _write_totals(page, sheet, len(sheet.rows) + 3)
    page.freeze_panes(3, 2)


def _write_headings(page: Any, sheet: Sheet, style: Any) -> None:
    groups = [group(address) for address in sheet.columns]
    start = 0
    for column in range(1, len(groups) + 1):
        if column == len(groups) or groups[column] != groups[start]:
            if column - start > 1:
                page.merge_range(1, start, 1, column - 1, groups[start], style)
            else:
                page.write(1, start, groups[start], style)
            start = column
    for column, address in enumerate(sheet.columns):
        page.write(2, column, heading(address, sheet.fields[address.split(".")[0]]), style)


def _write_totals(page: Any, sheet: Sheet, number: int) -> None:
    page.write(number, 1, "合计")
    for column, address in enumerate(sheet.columns):
        field = sheet.fields[address.split(".")[0]]
        if field.kind in ("integer", "money", "area"):
            values = [row[address] for row in sheet.rows if address in row]
            page.write(number, column, cell(address, field, sum(values)))
