"""数据来源: from the value to its schools, the record and the cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenfold.foundation.declare import Mean, Ratio, Share, Spread
from tenfold.foundation.ui.figures import Figure, figure_url
from tenfold.foundation.ui.numbers import written

from .. import queries
from ..queries import Cell, Source, SourceRow, Value
from .asked import Asked, crumbs
from .detail import headings, plain_figure, stage_of
from .workbook import Sheet, workbook

IN_DRAWER, ON_PAGE = 5, 50


def worked(value: Value) -> str:
    """The value as it comes from its sums: 442 ÷ 34,898 × 100 ＝ 1.27; '' where there is nothing to show."""
    if value.value is None or value.numerator is None:
        return ""
    shape = value.indicator.value
    result = written(value.value, value.indicator.decimals)
    top = _plain(value.numerator)
    if isinstance(shape, Ratio) and value.denominator is not None:
        per = "" if shape.per == 1 else f" × {shape.per:,}"
        return f"{top} ÷ {_plain(value.denominator)}{per} ＝ {result}"
    if isinstance(shape, (Mean, Share)):
        per = " × 100" if isinstance(shape, Share) else ""
        return f"{top} ÷ {_plain(value.counted)}{per} ＝ {result}"
    if isinstance(shape, Spread):
        return _("Over %(n)s schools with %(pupils)s pupils") % {
            "n": _plain(value.counted),
            "pupils": _plain(value.denominator or 0),
        }
    return ""


def _plain(number: float) -> str:
    return written(number, 0 if float(number).is_integer() else 2)


def coverage(value: Value) -> str:
    """On how many schools it rests, in words."""
    if value.state == "suppressed" or value.level == "school" or not value.due:
        return ""
    words = {"counted": value.counted, "due": value.due, "missing": value.missing}
    if value.missing:
        return _("Covers %(counted)s of %(due)s schools, %(missing)s missing.") % words
    return _("Covers %(counted)s of %(due)s schools, none missing.") % words


def popover(code: str, asked: Asked) -> dict[str, Any]:
    """The words of the popover."""
    value = queries.value(code, asked.place, asked.period, asked.split)
    figure = value.figure()
    number, unit = figure.words("table")
    entry = queries.entry(code)
    return {
        "title": value.indicator.title,
        "number": "" if value.value is None else number,
        "unit": unit if value.value is not None else _empty(value),
        "formula": worked(value) or entry.formula,
        "coverage": coverage(value),
        "basis": value.indicator.source,
        "source": figure_url(code, asked.place.code, asked.period, value.split),
        "indicator": f"/indicators/{code}/{asked.at(split=value.split).query}",
    }


def _empty(value: Value) -> str:
    return {
        "suppressed": _("Few persons, not shown"),
        "unknown": _("To be filled"),
    }.get(value.state, _("Not applicable"))


def source_page(code: str, asked: Asked, words: Mapping[str, str], *, whole: bool) -> dict[str, Any]:
    """The words of the drawer, or of the whole page (all rows, by pages of fifty)."""
    entry = queries.entry(code)
    size = ON_PAGE if whole and not words.get("school") else IN_DRAWER
    number = int(words.get("page", "1")) if words.get("page", "1").isdigit() else 1
    found = queries.source(code, asked.place, asked.period, asked.split, (max(1, number) - 1) * size, size)
    asked = asked.at(split=found.value.split)
    chosen = _chosen(code, asked, found, words.get("school", ""))
    top, bottom = headings(entry)
    return {
        "asked": asked,
        "entry": entry,
        "indicator": entry.indicator,
        "value": found.value,
        "figure": found.value.figure(),
        "big": _big(found.value),
        "formula": worked(found.value) or entry.formula,
        "coverage": coverage(found.value),
        "part": "".join(asked.parts),
        "top": top,
        "bottom": bottom,
        "rows": _rows(code, asked, found, chosen),
        "folded": [_told(row) for row in found.folded],
        "total": found.total,
        "lone": found.value.level == "school",
        "page": Paginator(range(found.total), size).get_page(number),
        "few": size == IN_DRAWER,
        "url": figure_url(code, asked.place.code, asked.period, asked.split),
        "download": f"/indicators/{code}/source.xlsx{asked.query}",
        "crumbs": crumbs(asked, _("Source of the figure")),
        **(_opened(code, asked, chosen, words.get("field", "")) if chosen else {}),
    }


def _big(value: Value) -> tuple[str, str]:
    return value.figure().words("table") if value.value is not None else ("", _empty(value))


def _chosen(code: str, asked: Asked, found: Source, school: str) -> SourceRow | None:
    """The row that is opened: the one asked for, or the only one."""
    if not school:
        return found.rows[0] if found.value.level == "school" and found.rows else None
    for row in found.rows:
        if row.code == school:
            return row
    one = queries.source(code, asked.place, asked.period, asked.split, school=school).rows
    return one[0] if one else None


def _rows(code: str, asked: Asked, found: Source, chosen: SourceRow | None) -> list[dict[str, Any]]:
    shown = list(found.rows)
    if chosen is not None and chosen not in shown:
        shown.append(chosen)
    base = figure_url(code, asked.place.code, asked.period, asked.split)
    return [
        _told(row) | {"href": f"{base}&school={row.code}", "chosen": chosen is not None and row.code == chosen.code}
        for row in shown
    ]


def _told(row: SourceRow) -> dict[str, Any]:
    """A row as the table shows it; its figures open no further."""
    known = row.value.state in ("known", "unknown")
    value = row.value.figure()
    return {
        "name": row.name,
        "top": plain_figure(row.numerator, known),
        "bottom": plain_figure(row.denominator, known),
        "figure": Figure(value.value, value.unit, value.decimals, state=value.state, suppressed=value.suppressed),
    }


def _opened(code: str, asked: Asked, row: SourceRow, field: str) -> dict[str, Any]:
    """The record of one school and the cell of one field, with ways to the cells of the others."""
    fields = queries.fields_of(code)
    names = [name for name, _title in fields]
    field = field if field in names else names[0] if names else ""
    cells = queries.cells_of(row, asked.split, field)
    base = f"{figure_url(code, asked.place.code, asked.period, asked.split)}&school={row.code}"
    return {
        "school": row,
        "fields": [(title, f"{base}&field={name}", name == field) for name, title in fields],
        "field_title": dict(fields).get(field, ""),
        "stage": stage_of(asked.split),
        "cells": cells,
        "cell": cells[0] if cells else None,
        "file": file_url(cells[0]) if cells and cells[0].open else "",
    }


def file_url(cell: Cell) -> str:
    """Where the file that a cell stands in is downloaded; '' while nobody serves it."""
    try:
        return reverse("import_file", args=[cell.shown.batch])
    except NoReverseMatch:
        return ""


def source_workbook(code: str, asked: Asked) -> bytes:
    """All rows behind a value, with the record each came from."""
    found = queries.source(code, asked.place, asked.period, asked.split)
    asked = asked.at(split=found.value.split)
    entry = queries.entry(code)
    top, bottom = headings(entry)
    heads = [
        _("School"), pgettext("of a place", "Code"),
        top or _("Above the line"), bottom or _("Below the line"), _("Value"), _("Records"),
    ]  # fmt: skip
    notes = [
        f"{entry.indicator.title} {entry.indicator.unit}".strip(),
        " ".join([asked.place.name, asked.period_title, *asked.parts]),
        worked(found.value) or entry.formula,
    ]
    rows = [
        [r.name, r.code, r.numerator, r.denominator, r.value.value, " ".join(r.records)]
        for r in (*found.rows, *found.folded)
    ]
    return workbook([Sheet(_("Schools"), notes, heads, rows)])
