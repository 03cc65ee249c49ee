"""Provenance (数据来源): a value opens to its schools, their records, and the cells these were read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import house
from tenfold.foundation.declare.house import columns_of
from tenfold.foundation.exchange import queries as exchange
from tenfold.foundation.exchange.models import Batch
from tenfold.foundation.exchange.rights import SEE_IMPORTS
from tenfold.foundation.holdings.statistics import statistics
from tenfold.foundation.holdings.words import BY_CODE
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import require

from ..engine.definitions import Definition
from ..engine.splits import Split, fitting
from ..engine.values import Parts, Reader, School
from .lock import definition_of, level_of, opened, period_in, place_of
from .values import Value, made, parts_of, reached


@dataclass(frozen=True)
class SourceRow:
    """One school behind a value, or several that may not be shown one by one (``code`` '').

    ``numerator`` and ``denominator`` of all rows add up to those of the value.
    """

    code: str
    name: str
    numerator: float | None
    denominator: float | None
    value: Value
    records: tuple[str, ...] = ()
    schools: int = 1


@dataclass(frozen=True)
class Source:
    """A value with the rows behind it: ``rows`` from ``offset`` on, of ``total``; then those that are summed.

    ``folded``: schools out of the asker's scope, and schools with too few persons, each as one row.
    """

    value: Value
    rows: tuple[SourceRow, ...]
    total: int
    offset: int
    folded: tuple[SourceRow, ...]


def source(
    code: str,
    place: str | Organisation,
    period: str,
    split: str = "",
    offset: int = 0,
    limit: int | None = None,
    school: str = "",
) -> Source:
    """The rows behind a value: what is known by value, the farthest first, then what is missing.

    ``school`` limits the rows to one. Raises as :func:`value` does.
    """
    definition = definition_of(code)
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    told = fitting(definition, Split.parse(split))
    level = level_of(where)
    parts = parts_of(reader, [definition], level, where.pk, told)[code]
    whole = made(reader, definition, where.code, where.name, where.pk, level, told, parts)
    schools = [s for s in reader.schools([definition], level, where.pk, told) if s.parts[code].due] if level else []
    shown, folded = _parted(reader, definition, told, where, schools, whole.state == "suppressed")
    if school:
        shown = [row for row in shown if row.code == school]
    end = len(shown) if limit is None else offset + limit
    kept = shown[offset:end]
    records = reader.records(definition.facts, [row.value.place_id for row in kept])
    rows = tuple(
        SourceRow(
            r.code, r.name, r.numerator, r.denominator, r.value, tuple(records.get(r.value.place_id, ()))
        )
        for r in kept
    )  # fmt: skip
    return Source(whole, rows, len(shown), offset, tuple(folded))


def _parted(
    reader: Reader,
    definition: Definition,
    split: Split,
    place: Organisation,
    schools: Sequence[School],
    secret: bool,
) -> tuple[list[SourceRow], list[SourceRow]]:
    known = reached(place, [s.id for s in schools])
    shown, few, beyond = [], [], []
    for one in schools:
        parts = one.parts[definition.code]
        if one.id not in known:
            beyond.append(parts)
            continue
        value = made(reader, definition, *known[one.id], one.id, "school", split, parts)
        if value.state == "suppressed" or secret:
            few.append(parts)
        else:
            shown.append(_row(definition, value, parts))
    down = definition.indicator.better == "lower"
    shown.sort(key=lambda r: (r.value.value is None, (r.value.value or 0) * (-1 if down else 1), r.name))
    folded = []
    if definition.guarded and few and beyond:  # of one school beyond her scope the sum would tell the count
        few, beyond = [*few, *beyond], []
    for parts_list, words in (
        (beyond, _("%(n)s schools outside your scope")),
        (few, _("%(n)s schools with few persons or outside your scope") if definition.guarded else ""),
    ):
        if parts_list:
            row = _folded(reader, definition, split, parts_list, words % {"n": len(parts_list)})
            folded.append(_silent(row) if secret or (definition.guarded and _small(row)) else row)
    return shown, folded


def _row(definition: Definition, value: Value, parts: Parts) -> SourceRow:
    known = bool(parts.counted)
    return SourceRow(value.place, value.place_name, parts.n if known else None, parts.d if known else None, value)


def _folded(reader: Reader, definition: Definition, split: Split, parts: Sequence[Parts], name: str) -> SourceRow:
    total = sum(parts, Parts())
    value = made(reader, definition, "", name, 0, "county", split, total)
    return SourceRow("", name, total.n, total.d, value, schools=len(parts))


def _small(row: SourceRow) -> bool:
    return 0 < (row.numerator or 0) < statistics().guard


def _silent(row: SourceRow) -> SourceRow:
    """The row without its sums: they would give away a total that is not shown."""
    value = replace(row.value, value=None, numerator=None, denominator=None, state="suppressed")
    return replace(row, numerator=None, denominator=None, value=value)


@dataclass(frozen=True)
class Cell:
    """A cell that a figure rests on. ``shown`` is the importer's cell: file, sheet, row, column, raw,
    corrected, uploader, when, neighbourhood. ``open``: the asker may open the file itself.
    """

    field: str
    title: str
    shown: Any
    open: bool


def fields_of(code: str) -> list[tuple[str, str]]:
    """The fields of the return that an indicator is counted from, with their titles."""
    definition = definition_of(code)
    found: dict[str, str] = {}
    for fact, name in columns_of(definition.indicator):
        column = house().facts[fact].column(name)
        for field in column.fields:
            title = BY_CODE[field].title if field in BY_CODE else column.title
            found.setdefault(field, str(title))
    return list(found.items())


def cells_of(row: SourceRow, split: str = "", field: str = "") -> list[Cell]:
    """The cells behind one row of a source, of one field or of all: the newest import that holds them.

    None of guarded people. A school sees its own row even where the file was sent for a wider place; the file stays
    closed then.
    """
    stage = Split.parse(split).stage
    kept: list[Cell] = []
    if definition_of(row.value.code).guarded:  # the cells tell stages, and the sheet around them other schools
        return kept
    for name, title in fields_of(row.value.code):
        if not field or name == field:
            kept += [Cell(name, title, cell, _may_open(cell.batch)) for cell in _cells(row.records, name, stage)]
    return kept


def _cells(records: Sequence[str], field: str, stage: str) -> list[Any]:
    """The importer's cells of a field in a stage; where the file does not divide by stage, of the field."""
    found = exchange.cells(records, f"{field}.{stage}") if stage else []
    return list(found or exchange.cells(records, field))


def _may_open(batch: int) -> bool:
    """Whether she may see imports, and this one is of her places."""
    return require().may(SEE_IMPORTS) and Batch.objects.filter(pk=batch).exists()
