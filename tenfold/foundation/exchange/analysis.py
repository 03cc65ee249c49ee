"""A file's tables: which sheets hold rows of the kind, where each field stands, which rows are data.

What is found is plain data (``Layout``), so that it can be kept, shown, corrected by a person and used
again without the file.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .checking import NUMERIC, Cell, RowReader
from .headings import Table, find_table, sort_rows
from .mappings import FieldMapping, Source, apply, column_of, comparable
from .numbers import number_of
from .reading import Book, ReadingFault, Sheet
from .vocabulary import Heading, Match, Vocabulary, normal, split_unit

RANK = {"mapping": 0, "confirmed": 0, "saved": 1, "code": 2, "title": 3, "synonym": 4, "likely": 5}


@dataclass
class Issue:
    """Something about a column that a person must decide: code, column, and what its words need."""

    code: str
    column: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass
class Layout:
    """Where everything stands on a sheet. Columns and rows count from 0; ``sources`` as ``Source`` in plain data."""

    sheet: str
    first: int
    last: int
    headings: list[str]
    sources: list[dict[str, Any]]
    stage: int | None = None
    unit: str = ""
    issues: list[dict[str, Any]] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    def reader(self, vocabulary: Vocabulary, mapping: FieldMapping | None) -> RowReader:
        """What reads this sheet's rows."""
        return RowReader(list(self.located(vocabulary)), mapping, self.stage, self.unit)

    def located(self, vocabulary: Vocabulary) -> list[Source]:
        """The sources whose field is still declared and which nobody has yet to confirm."""
        found = []
        for source in self.sources:
            match = vocabulary.at(source["address"])
            if match is None or source["basis"] == "likely":
                continue
            held = Match(match.address, match.field, source["basis"], source["unit"], match.stage, match.grade)
            found.append(Source(tuple(source["columns"]), tuple(source["signs"]), held))
        return found

    def column(self, address: str) -> int | None:
        """The first column of an address, or of its field where the row tells the stage."""
        for wanted in (address, address.split(".")[0]):
            for source in self.sources:
                if source["address"] == wanted:
                    return int(source["columns"][0])
        return None


@dataclass
class Staged:
    """A sheet's layout with its rows as they are kept: (row number from 1, cells, role)."""

    layout: Layout
    rows: list[tuple[int, list[Cell], str]]


def analyse(
    book: Book, vocabulary: Vocabulary, mapping: FieldMapping | None = None,
    remembered: Mapping[str, tuple[str, str]] | None = None, *, personal: bool = False,
) -> list[Staged]:  # fmt: skip
    """The tables of a book. ``personal``: cells of columns that are not imported are not kept.

    Raises :class:`ReadingFault` no_sheet, no_table, missing_key, missing_heading, no_rows.
    """
    sheets = [s for s in book.sheets if not s.hidden or (mapping and mapping.sheet == s.name)]
    if mapping and mapping.sheet:
        sheets = [s for s in sheets if s.name == mapping.sheet]
        if not sheets:
            raise ReadingFault("no_sheet", sheet=mapping.sheet)
    keys = [f.code for f in vocabulary.fields.values() if f.required and f.kind == "code"]
    found, without_key = [], False
    for sheet in sheets:
        table = find_table(
            sheet, vocabulary, mapping.heading_rows if mapping else None, mapping.named() if mapping else ()
        )
        if table is None:
            continue
        staged = _staged(table, vocabulary, mapping, remembered or {}, keys)
        if personal:
            staged = _without_others(staged)
        if all(any(s["address"] == key for s in staged.layout.sources) for key in keys):
            found.append(staged)
        else:
            without_key = True
    if not found and without_key:
        raise ReadingFault("missing_key", field=str(vocabulary.fields[keys[0]].title))
    if not found:
        raise ReadingFault("no_table")
    if not any(role == "data" for staged in found for _number, _cells, role in staged.rows):
        raise ReadingFault("no_rows")
    return found


def _staged(
    table: Table, vocabulary: Vocabulary, mapping: FieldMapping | None,
    remembered: Mapping[str, tuple[str, str]], keys: Sequence[str],
) -> Staged:  # fmt: skip
    understood = _remembering(table, vocabulary, remembered)
    sources, missing = apply(mapping, table.headings, understood, vocabulary)
    if missing:
        raise ReadingFault("missing_heading", heading=missing[0])
    stage = column_of(mapping.stage_heading, table.headings) if mapping and mapping.stage_heading else None
    if mapping and mapping.stage_heading and stage is None:
        raise ReadingFault("missing_heading", heading=mapping.stage_heading)
    sources, issues = _without_doubles(sources)
    key_columns = [s.columns[0] for s in sources if s.match.address in keys]
    sort_rows(table, key_columns, _skipping(table, mapping))
    _mark_broken(table, sources)
    issues += [
        Issue("column_unconfirmed", s.columns[0], {"field": s.match.address}) for s in sources if not s.match.certain
    ]
    issues += _units_in_doubt(table, sources)
    layout = Layout(
        sheet=table.sheet.name,
        first=table.first,
        last=table.last,
        headings=[heading.text for heading in table.headings],
        sources=[
            {
                "address": s.match.address,
                "columns": list(s.columns),
                "signs": list(s.signs),
                "basis": s.match.basis,
                "unit": s.match.unit,
            }
            for s in sources
        ],
        stage=stage,
        unit=table.unit,
        issues=[asdict(issue) for issue in issues],
        skipped=_counted(table.skipped),
    )
    roles = dict.fromkeys(table.rows, "data")
    roles |= {row: reason for row, reason in table.skipped.items() if reason in ("total", "subtotal")}
    rows = [(row + 1, _kept(table.sheet, row), roles[row]) for row in sorted(roles)]
    return Staged(layout, rows)


def _without_others(staged: Staged) -> Staged:
    kept = {column for source in staged.layout.sources for column in source["columns"]}
    rows = [
        (number, [cell if column in kept else None for column, cell in enumerate(cells)], role)
        for number, cells, role in staged.rows
    ]
    return Staged(staged.layout, rows)


def _kept(sheet: Sheet, row: int) -> list[Cell]:
    return list(sheet.rows[row])


def _counted(skipped: Mapping[int, str]) -> dict[str, int]:
    reasons = list(skipped.values())
    return {reason: reasons.count(reason) for reason in set(reasons)}


def _remembering(table: Table, vocabulary: Vocabulary, remembered: Mapping[str, tuple[str, str]]) -> dict[int, Match]:
    """What the headings mean, what was confirmed for them before standing above what is guessed now."""
    found = dict(table.matches)
    for heading in table.headings:
        if normal(heading.text) not in remembered or not heading.parts:
            continue
        address, unit = remembered[normal(heading.text)]
        match = vocabulary.at(address) if address else None
        stated = split_unit(heading.parts[-1])[1]
        if match is None:
            found.pop(heading.column, None)
        else:
            found[heading.column] = Match(address, match.field, "saved", stated or unit, match.stage, match.grade)
    return found


def _without_doubles(sources: Sequence[Source]) -> tuple[list[Source], list[Issue]]:
    """One source an address: the better founded one. Two equally founded are a person's to decide."""
    kept: dict[str, Source] = {}
    issues = []
    for source in sorted(sources, key=lambda s: (RANK[s.match.basis], s.columns)):
        held = kept.setdefault(source.match.address, source)
        if held is not source and RANK[held.match.basis] == RANK[source.match.basis]:
            issues.append(Issue("duplicate_column", source.columns[0], {"other_column": held.columns[0]}))
    return sorted(kept.values(), key=lambda s: s.columns), issues


def _skipping(table: Table, mapping: FieldMapping | None) -> Any:
    if not mapping or not mapping.skip_where:
        return None
    wanted = []
    for heading, values in mapping.skip_where.items():
        column = column_of(heading, table.headings)
        if column is None:
            raise ReadingFault("missing_heading", heading=heading)
        wanted.append((column, values))

    def skipped(row: int) -> bool:
        cells = table.sheet.rows[row]
        return any(column < len(cells) and comparable(cells[column]) in values for column, values in wanted)

    return skipped


def _mark_broken(table: Table, sources: Sequence[Source]) -> None:
    """Put what makes a cell unreadable into the cell: formulas without value, errors, numbers merged over rows."""
    rows = table.sheet.rows
    width = table.sheet.width

    def put(row: int, column: int, cell: Any) -> None:
        if table.last < row < len(rows) and column < width:
            rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = cell

    for row, column in table.sheet.unfilled:
        put(row, column, ["formula_without_value", "="])
    for (row, column), text in table.sheet.errors.items():
        put(row, column, ["excel_error", text])
    numeric = {c for source in sources for c in source.columns if source.match.field.kind in NUMERIC}
    for top, left, bottom, right in table.sheet.merges:
        if bottom == top or top <= table.last or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                put(row, column, ["merged_number", value] if column in numeric and value is not None else value)


def _units_in_doubt(table: Table, sources: Sequence[Source]) -> list[Issue]:
    """Columns of money without any unit whose figures look like 万元."""
    issues = []
    for source in sources:
        match = source.match
        if match.field.kind != "money" or match.unit or match.basis in ("mapping", "confirmed", "code") or table.unit:
            continue
        values = [v for row in table.rows if (v := _figure(table, row, source.columns[0])) > 0]
        if values and statistics.median(values) < 10_000:
            issues.append(Issue("unit_unconfirmed", source.columns[0], {"field": match.address}))
    return issues


def _figure(table: Table, row: int, column: int) -> float:
    cells = table.sheet.rows[row]
    cell = cells[column] if column < len(cells) else None
    if isinstance(cell, bool) or cell is None or isinstance(cell, list):
        return 0
    if isinstance(cell, int | float):
        return float(cell)
    return float(number_of(cell) or 0)


def layout_of(data: Mapping[str, Any]) -> Layout:
    """A layout from what JSON kept."""
    return Layout(**data)


def heading_at(layout: Layout, column: int) -> Heading:
    """The heading of a column."""
    return Heading(column, tuple(layout.headings[column].split("/")) if column < len(layout.headings) else ())
