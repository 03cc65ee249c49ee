"""All rows of an import judged together: cells, rows against each other, columns, totals, what stands.

Works on staged rows in plain data and on the kind's handler; writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from tenfold.foundation.declare.imports import Change, Flaw, ImportHandler, ImportRow

from .analysis import Layout
from .checking import NUMERIC, Cell, RowReader, plain_number, shown
from .mappings import FieldMapping
from .numbers import number_of
from .outliers import FAR_RATIO, Number, mismatches, outliers
from .vocabulary import FACTORS, Vocabulary


@dataclass
class Line:
    """A staged row as it is judged. ``sheet`` is the index of its layout; ``role`` data, total or subtotal."""

    sheet: int
    number: int
    cells: list[Cell]
    role: str = "data"
    skipped: bool = False
    corrections: Mapping[str, Any] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()

    def corrected(self) -> list[Cell]:
        """The cells with what somebody put in their place."""
        cells = list(self.cells)
        for column, value in self.corrections.items():
            place = int(column)
            cells.extend([None] * (place + 1 - len(cells)))
            cells[place] = value
        return cells


@dataclass
class Verdict:
    """What came of a line: faults not yet looked at, what writing would do, the row itself if it is data."""

    flaws: list[Flaw] = field(default_factory=list)
    change: Change = field(default_factory=lambda: Change(""))
    row: ImportRow | None = None

    @property
    def stopped(self) -> bool:
        """True where an error keeps the row from being written."""
        return any(flaw.level == "error" for flaw in self.flaws)


class Judge:
    """Judges the lines of one import."""

    def __init__(self, vocabulary: Vocabulary, layouts: Sequence[Layout], mapping: FieldMapping | None,
                 handler: ImportHandler, batch: int = 0) -> None:  # fmt: skip
        self.vocabulary = vocabulary
        self.layouts = layouts
        self.mapping = mapping
        self.handler = handler
        self.batch = batch
        self.readers: list[RowReader] = [layout.reader(vocabulary, mapping) for layout in layouts]

    def judge(self, lines: Sequence[Line]) -> list[Verdict]:
        """The verdict of every line, in order."""
        verdicts = [Verdict() for _line in lines]
        found: list[Flaw] = []
        rows = self.rows(lines, found)
        for row in rows:
            verdicts[row.index].row = row
        found += self.handler.check(rows)
        found += self._outliers(rows, lines)
        found += self._ratios(rows)
        found += self._totals(lines, {flaw.index for flaw in found})
        for flaw in found:
            if f"{flaw.code}:{flaw.address}" not in lines[flaw.index].seen:
                verdicts[flaw.index].flaws.append(self._placed(flaw, lines[flaw.index]))
        writable = [verdict for verdict in verdicts if verdict.row and not verdict.stopped]
        changes = self.handler.preview([verdict.row for verdict in writable if verdict.row])
        for verdict, change in zip(writable, changes, strict=True):
            verdict.change = change
        return verdicts

    def rows(self, lines: Sequence[Line], flaws: list[Flaw] | None = None) -> list[ImportRow]:
        """The data lines as rows for the handler; cell faults are added to ``flaws``."""
        rows = []
        named: dict[tuple[int, str], frozenset[str]] = {}
        for index, line in enumerate(lines):
            if line.role != "data" or line.skipped:
                continue
            reading = self.readers[line.sheet].read(index, line.corrected())
            if flaws is not None:
                flaws.extend(reading.flaws)
            sheet = self.layouts[line.sheet].sheet
            values = {address: value for address, value in reading.values.items() if value is not None}
            here = named.get((line.sheet, reading.stage))
            if here is None:
                here = named[line.sheet, reading.stage] = self._named(line.sheet, reading.stage)
            record = f"{self.batch}#{sheet}!{line.number}"
            rows.append(ImportRow(index, sheet, line.number, values, record, reading.stage, here))
        return rows

    def _named(self, sheet: int, stage: str) -> frozenset[str]:
        """The addresses for which a sheet has a column, in rows of a stage."""
        found = {source.match.address for source in self.readers[sheet].sources}
        found |= set(self.mapping.constants) if self.mapping else set()
        return frozenset(f"{a}.{stage}" if stage and "." not in a and self._staged(a) else a for a in found)

    def _staged(self, address: str) -> bool:
        match = self.vocabulary.at(address)
        return match is not None and match.field.level in ("T", "G")

    def _placed(self, flaw: Flaw, line: Line) -> Flaw:
        """The flaw with the column it stands in and the value that stands there."""
        if "column" in flaw.params:
            return flaw
        column = self.layouts[line.sheet].column(flaw.address) if flaw.address else None
        if column is None:
            return flaw
        cells = line.corrected()
        value = shown(cells[column]) if column < len(cells) else ""
        return replace(flaw, params={**flaw.params, "column": column, "value": value})

    def _unit(self, address: str, line: Line) -> tuple[str, Decimal]:
        """The unit of an address in the file, and what one of it is in the field's own unit."""
        for reader in self.readers[line.sheet : line.sheet + 1]:
            for source in reader.sources:
                if source.match.address in (address, address.split(".")[0]):
                    unit = reader.unit_of(source.match)
                    top, bottom = FACTORS.get(unit, (1, 1))
                    return unit, Decimal(top) / Decimal(bottom)
        return "", Decimal(1)

    def _outliers(self, rows: Sequence[ImportRow], lines: Sequence[Line]) -> Iterable[Flaw]:
        columns: dict[str, list[tuple[int, Number]]] = defaultdict(list)
        for row in rows:
            for address, value in row.values.items():
                if isinstance(value, int | Decimal) and not isinstance(value, bool):
                    columns[address].append((row.index, value))
        for address, values in columns.items():
            match = self.vocabulary.at(address)
            if match is None or match.field.kind not in NUMERIC or match.field.code in ("latitude", "longitude"):
                continue
            unit, size = self._unit(address, lines[values[0][0]])
            for outlier in outliers(values, ten_thousands=unit == "万元"):
                usual = plain_number(Decimal(outlier.usual) / size)
                if outlier.yuan:
                    hint = plain_number((Decimal(outlier.value) / size / 10_000).normalize())
                    yield Flaw(outlier.row, "looks_like_yuan", address, {"usual": usual}, hint, "warning")
                else:
                    yield Flaw(outlier.row, "outlier", address, {"usual": usual}, None, "warning")

    def _ratios(self, rows: Sequence[ImportRow]) -> Iterable[Flaw]:
        for top, bottom, words in getattr(self.handler, "ratios", ()):
            by_stage: dict[str, list[tuple[int, Number]]] = defaultdict(list)
            for row in rows:
                for address, value in row.values.items():
                    code, _dot, stage = address.partition(".")
                    below = row.values.get(f"{bottom}.{stage}" if stage else bottom)
                    if code == top and below and value and stage.count(".") == 0:
                        by_stage[address].append((row.index, Decimal(value) / Decimal(below)))
            for address, values in by_stage.items():
                for outlier in outliers(values, far=FAR_RATIO):
                    params = {
                        "ratio": plain_number(round(Decimal(outlier.value), 1)),
                        "usual": plain_number(round(Decimal(outlier.usual), 1)),
                        "per": f"#{words}",
                    }
                    yield Flaw(outlier.row, "ratio_outlier", address, params, None, "warning")

    def _totals(self, lines: Sequence[Line], faulty: set[int]) -> Iterable[Flaw]:
        for sheet, reader in enumerate(self.readers):
            columns = [c for s in reader.sources if s.match.field.kind in NUMERIC for c in s.columns]
            totals = [
                (index, line.role, _figures(line, columns))
                for index, line in enumerate(lines)
                if line.sheet == sheet and line.role != "data" and not line.skipped
            ]
            if not totals:
                continue
            data = {
                index: _figures(line, columns)
                for index, line in enumerate(lines)
                if line.sheet == sheet and line.role == "data"
            }
            unread = {
                column
                for index in faulty & set(data)
                for column in columns
                if column not in data[index] and column < len(lines[index].cells) and lines[index].cells[column]
            }
            for miss in mismatches(data, totals):
                if miss.column in unread:
                    continue
                address = next(s.match.address for s in reader.sources if miss.column in s.columns)
                counted = plain_number(Decimal(miss.counted))
                params = {
                    "counted": counted,
                    "column": miss.column,
                    "value": plain_number(Decimal(miss.stated)),
                }
                yield Flaw(miss.row, "total_mismatch", address, params, counted)


def _figures(line: Line, columns: Iterable[int]) -> dict[int, Number]:
    """The numbers that stand in some columns of a line, as written in the file."""
    cells = line.corrected()
    found: dict[int, Number] = {}
    for column in columns:
        cell = cells[column] if column < len(cells) else None
        if isinstance(cell, bool) or cell is None or isinstance(cell, list):
            continue
        number = number_of(cell) if isinstance(cell, str) else Decimal(str(cell))
        if number is not None and number.is_finite():
            found[column] = int(number) if number == number.to_integral_value() else number
    return found
