"""Reads of imports: the list, one import with its columns and faults, the sheet around a cell, a figure's cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from tenfold.foundation.declare import Reader, house
from tenfold.foundation.fields import mask
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.jobs.models import State as JobState
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system, current

from .analysis import Layout, layout_of
from .checking import Cell as StagedCell
from .checking import shown
from .faults import advice, file_text, sentence
from .kinds import guarded, handler_class, masked, title_of, vocabulary_of
from .models import Batch, RowState, StagedRow, State
from .numbers import column_letters, tidy
from .vocabulary import FACTORS
from .wording import BASES, UNIT_TITLES, problem_of, worded

AROUND = 4
"""Rows shown above and below a cell."""


@dataclass(frozen=True)
class FaultRow:
    """One fault as a page or the command line shows it. ``column`` is the letters, '' for a whole row."""

    sheet_index: int
    sheet: str
    row: int
    column_index: int | None
    column: str
    name: str
    field: str
    value: str
    code: str
    address: str
    problem: str
    advice: str
    suggestion: str | None
    level: str
    text: str
    required: bool = False


@dataclass(frozen=True)
class ColumnRow:
    """One column of a sheet and what it means. ``state``: certain, doubt, unused."""

    sheet_index: int
    index: int
    letters: str
    heading: str
    address: str
    title: str
    basis: str
    unit: str
    state: str
    issue: str = ""
    samples: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SheetWindow:
    """A piece of a sheet as it was sent: letters above, row numbers at the left, the cells framed that are meant."""

    sheet: str
    letters: tuple[tuple[str, bool], ...]
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[tuple[int, bool, tuple[tuple[str, bool, bool], ...]], ...]


@dataclass(frozen=True)
class Cell:
    """Where a figure stands in the file it came from.

    ``raw`` is what the file says, ``corrected`` what somebody put in its place ('' if nobody did).
    """

    batch: int
    file: str
    sheet: str
    row: int
    column: str
    heading: str
    raw: str
    corrected: str
    uploader: str
    when: datetime
    neighbourhood: SheetWindow


def kinds() -> list[Reader]:
    """The kinds that the one who asks may import."""
    context = current()
    return [reader for reader in house().readers.values() if context is not None and context.may(reader.right)]


def batches(page: int = 1, size: int = 30) -> Page[Batch]:
    """Imports within the scope, the newest first, without those that were dropped."""
    found = _open_to_her().exclude(state=State.DROPPED).select_related("organisation").order_by("-pk")
    return Paginator(found, size).get_page(page)


def broken_off(found: Iterable[Batch]) -> set[int]:
    """Those of some imports whose work ended before its end: it failed too often, or somebody stopped it."""
    waiting = {batch.job: batch.pk for batch in found if batch.job and batch.state in (State.CHECKING, State.WRITING)}
    ended = Job.objects.filter(pk__in=waiting, state__in=(JobState.FAILED, JobState.CANCELLED))
    return {waiting[str(pk)] for pk in ended.values_list("pk", flat=True)}


def batch(pk: int) -> Batch:
    """One import within the scope; raises Batch.DoesNotExist."""
    found: Batch = _open_to_her().select_related("organisation").get(pk=pk)
    return found


def _open_to_her() -> Any:
    """Imports within the scope; those that tell of children only for those who may import such."""
    mine = {reader.code for reader in kinds()}
    closed = [code for code in house().readers if code not in mine and guarded(code)]
    return Batch.objects.exclude(kind__in=closed)


def same_written(found: Batch) -> Batch | None:
    """The import that wrote the same file for the same place and period before, if there is one."""
    return Batch.objects.filter(key=found.key, state=State.WRITTEN).exclude(pk=found.pk).order_by("-pk").first()


def problem_text(found: Batch) -> str:
    """What is wrong with the file as a whole, '' if nothing is."""
    return file_text(found.problem["code"], found.problem.get("params", {})) if found.problem else ""


def layouts(found: Batch) -> list[Layout]:
    """How its sheets are laid out."""
    return [layout_of(data) for data in found.tables]


# --- columns --------------------------------------------------------------------------------------


def columns(found: Batch) -> list[ColumnRow]:
    """Every column that has a heading, with its meaning, its basis and a few of its values."""
    rows: list[ColumnRow] = []
    for index, layout in enumerate(layouts(found)):
        samples = list(
            StagedRow.objects.filter(batch=found, sheet=index, role="data")
            .order_by("number")
            .values_list("cells", flat=True)[:3]
        )
        rows += _columns(found, index, layout, samples)
    return rows


def _columns(found: Batch, index: int, layout: Layout, samples: Sequence[list[StagedCell]]) -> list[ColumnRow]:
    by_column = {column: source for source in layout.sources for column in source["columns"]}
    issues = {issue["column"]: issue for issue in layout.issues}
    rows = []
    for column, heading in enumerate(layout.headings):
        if not heading:
            continue
        source = by_column.get(column)
        issue = issues.get(column)
        match = vocabulary_of(found.kind).at(source["address"]) if source else None
        kind = match.field.kind if match else ""
        stated = source["unit"] if source and source["unit"] in FACTORS else ""
        rows.append(
            ColumnRow(
                sheet_index=index,
                index=column,
                letters=column_letters(column),
                heading=heading,
                address=source["address"] if source else "",
                title=title_of(found.kind, source["address"]) if source else "",
                basis=str(BASES[source["basis"]]) if source else "",
                unit=str(UNIT_TITLES.get(stated, "")),
                state="doubt" if issue else "certain" if source else "unused",
                issue=_issue_text(found, issue) if issue else "",
                samples=tuple(
                    _masked(found, source["address"] if source else "", shown(cells[column]))
                    if column < len(cells)
                    else ""
                    for cells in samples
                ),
                units=_units(kind) if issue and issue["code"] == "unit_unconfirmed" else (),
            )
        )
    return rows


def _masked(found: Batch, address: str, text: str) -> str:
    """What a cell shows: of a kind that tells of children, its guarded columns are masked."""
    hidden = guarded(found.kind)
    return mask(text) if hidden and (address in hidden or not address) else text


def _units(kind: str) -> tuple[tuple[str, str], ...]:
    names = ("元", "千元", "万元") if kind == "money" else ("平方米", "亩", "公顷")
    return tuple((name, str(UNIT_TITLES[name])) for name in names)


def _issue_text(found: Batch, issue: dict[str, Any]) -> str:
    params = dict(issue["params"])
    if "other_column" in params:
        params["other"] = column_letters(params["other_column"])
    if "field" in params:
        params["field"] = title_of(found.kind, params["field"])
    return problem_of(found.kind, issue["code"], params)


def choices(found: Batch) -> list[tuple[str, str]]:
    """The addresses a column may be given, with their titles: every field, by stage where it is kept by stage."""
    vocabulary = vocabulary_of(found.kind)
    from .vocabulary import STAGES

    result = []
    for spec in vocabulary.fields.values():
        for stage in ("",) if spec.level == "S" else ("", *STAGES):
            address = f"{spec.code}.{stage}" if stage else spec.code
            result.append((address, title_of(found.kind, address)))
    taken = {s["address"] for layout in layouts(found) for s in layout.sources}
    known = {address for address, _title in result}
    return result + [(address, title_of(found.kind, address)) for address in sorted(taken - known)]


# --- faults ---------------------------------------------------------------------------------------


def faults(found: Batch, limit: int | None = None) -> list[FaultRow]:
    """The faults that stand, in the order of the sheet; first those of headings."""
    result = [row for index, layout in enumerate(layouts(found)) for row in _heading_faults(found, index, layout)]
    rows = StagedRow.objects.filter(batch=found, state=RowState.FAULTY).order_by("sheet", "number")
    if limit is not None:
        rows = rows[:limit]
    names = [_name_column(layout) for layout in layouts(found)]
    for row in rows:
        sheet = found.tables[row.sheet]["sheet"]
        cells = row.cells
        column = names[row.sheet]
        name = _masked(found, "name", shown(cells[column])) if column is not None and column < len(cells) else ""
        result += [_fault(found, row, sheet, name, flaw) for flaw in row.flaws or ()]
    return result


def _name_column(layout: Layout) -> int | None:
    return layout.column("name") if layout.column("name") is not None else layout.column("school_code")


def _heading_faults(found: Batch, index: int, layout: Layout) -> list[FaultRow]:
    texts = handler_class(found.kind).texts
    result = []
    for issue in layout.issues:
        column, row = issue["column"], layout.last + 1
        params = dict(issue["params"])
        if "other_column" in params:
            params["other"] = column_letters(params["other_column"])
        if "field" in params:
            params["field"] = title_of(found.kind, params["field"])
        value = layout.headings[column]
        level = "error" if issue["code"] != "column_unconfirmed" else "warning"
        result.append(
            FaultRow(
                index, layout.sheet, row, column, column_letters(column), "", "", value, issue["code"], "",
                problem_of(found.kind, issue["code"], params), advice(issue["code"], None, params), None, level,
                sentence(layout.sheet, row, column, value, issue["code"], None, params, texts),
            )
        )  # fmt: skip
    return result


def _fault(found: Batch, row: StagedRow, sheet: str, name: str, flaw: dict[str, Any]) -> FaultRow:
    params = worded(found.kind, flaw["params"])
    column = params.get("column")
    value = _masked(found, flaw["address"], str(params.get("value", "")))
    texts = handler_class(found.kind).texts
    match = vocabulary_of(found.kind).at(flaw["address"]) if flaw["address"] else None
    return FaultRow(
        sheet_index=row.sheet,
        sheet=sheet,
        row=row.number,
        column_index=column,
        column=column_letters(column) if column is not None else "",
        name=name,
        field=title_of(found.kind, flaw["address"]) if flaw["address"] else "",
        value=value,
        code=flaw["code"],
        address=flaw["address"],
        problem=problem_of(found.kind, flaw["code"], params),
        advice=advice(flaw["code"], flaw["suggestion"], params),
        suggestion=flaw["suggestion"],
        level=flaw["level"],
        required=bool(match and match.field.required),
        text=sentence(sheet, row.number, column, value, flaw["code"], flaw["suggestion"], params, texts),
    )


# --- the sheet around a cell ----------------------------------------------------------------------


def window(
    found: Batch,
    sheet: int,
    row: int,
    marked: Iterable[tuple[int, int]],
    *,
    columns_shown: int = 11,
    around: int = AROUND,
    figure: bool = False,
) -> SheetWindow:
    """The rows around a row, as sent. ``marked``: (row number, column) of the cells to be framed.

    Of a wide sheet, the first two columns and those around the marked ones are shown. ``figure``: it lies behind a
    figure, open to whoever sees that; counts of few children that stand beside it are masked then.
    """
    layout = layouts(found)[sheet]
    frames = set(marked)
    near = StagedRow.objects.filter(batch=found, sheet=sheet)
    above = list(near.filter(number__lte=row).order_by("-number")[: around + 1])[::-1]
    below = list(near.filter(number__gt=row).order_by("number")[:around])
    shown_columns = _shown_columns(
        layout, [column for number, column in frames if abs(number - row) < 20], columns_shown
    )
    held = {column for _number, column in frames}
    hidden = _hidden_columns(found, layout, figure)
    return SheetWindow(
        sheet=layout.sheet,
        letters=tuple((column_letters(column), column in held) for column in shown_columns),
        headings=tuple(layout.headings[column].split("/")[-1] for column in shown_columns),
        heading_row=layout.last + 1,
        rows=tuple(
            (
                staged.number,
                staged.number == row,
                tuple(
                    _shown(staged.cells, column, (staged.number, column) in frames, hidden) for column in shown_columns
                ),
            )
            for staged in (*above, *below)
        ),
    )


def _hidden_columns(found: Batch, layout: Layout, figure: bool) -> frozenset[int]:
    addresses = guarded(found.kind) | (masked(found.kind) if figure else frozenset())
    return frozenset(c for s in layout.sources if s["address"] in addresses for c in s["columns"])


def _shown(cells: Sequence[StagedCell], column: int, framed: bool, hidden: frozenset[int]) -> tuple[str, bool, bool]:
    cell = cells[column] if column < len(cells) else None
    if column in hidden and not framed:
        return mask(shown(cell)), False, False
    return shown(cell), isinstance(cell, int | float) and not isinstance(cell, bool), framed


def _shown_columns(layout: Layout, marked: Sequence[int], most: int) -> list[int]:
    width = [column for column, heading in enumerate(layout.headings) if heading]
    if len(width) <= most:
        return width
    wanted = dict.fromkeys(c for c in (layout.column("school_code"), layout.column("name")) if c is not None)
    wanted |= dict.fromkeys(sorted(set(marked))[: most - 2])
    for distance in range(1, len(layout.headings)):
        for column in list(marked) or [0]:
            for near in (column - distance, column + distance):
                if len(wanted) < most and near in width:
                    wanted.setdefault(near)
    return sorted(wanted)


# --- the cell of a figure -------------------------------------------------------------------------


def cells(records: str | Iterable[str], address: str) -> list[Cell]:
    """The cells in which a figure stands, of the latest import that holds it; none where it came from elsewhere.

    Where nobody states the whole, the latest cell of each of its parts: stages that stand in several sheets.
    ``records``: ``12#Sheet1!7``, several as a list or joined by ``;``, the later first. ``address``:
    ``teachers.junior``; for a field kept by grade, ``pupils.primary`` gives the cells of all its grades.
    Of an import outside the scope (the county's, for a school), a row about a place within it is shown, and
    nothing of its neighbours.
    """
    parts = records.split(";") if isinstance(records, str) else list(records)
    kept: list[Cell] = []
    held: list[str] = []
    for record in parts:
        found = _cells_of(record.strip(), address)
        if not held and any(known == address for known, _cell in found):
            return [cell for known, cell in found if known == address]
        new = [(known, cell) for known, cell in found if not any(_overlap(known, other) for other in held)]
        kept += [cell for _known, cell in new]
        held += [known for known, _cell in new]
    return kept


def _overlap(one: str, other: str) -> bool:
    """Whether one address is the other's, or a part of it."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def cell(record: str, address: str) -> Cell | None:
    """The first of :func:`cells`."""
    found = cells(record, address)
    return found[0] if found else None


def _cells_of(record: str, address: str) -> list[tuple[str, Cell]]:
    number, _hash, place = record.partition("#")
    sheet, _mark, row = place.rpartition("!")
    if not (number.isdigit() and row.isdigit()):
        return []
    with as_system("exchange.cells"):
        found = Batch.objects.filter(pk=int(number)).first()
        if found is None:
            return []
        layout = next(((index, held) for index, held in enumerate(layouts(found)) if held.sheet == sheet), None)
        if layout is None:
            return []
        staged = StagedRow.objects.filter(batch=found, sheet=layout[0], number=int(row)).first()
    if staged is None:
        return []
    whole = Batch.objects.filter(pk=found.pk).exists()
    if not whole and not _about_own(layout[1], staged):
        return []
    wanted = _columns_of(layout[1], address)
    with as_system("exchange.cells"):
        return [
            (known, _cell(found, layout[0], layout[1], staged, column, AROUND if whole else 0))
            for known, column in wanted
            if _says(staged, column)
        ]


def _about_own(layout: Layout, staged: StagedRow) -> bool:
    """Whether a row tells of a place within the scope."""
    column = layout.column("school_code")
    if column is None or column >= len(staged.cells):
        return False
    code = (staged.corrections or {}).get(str(column)) or shown(staged.cells[column])
    return Organisation.objects.filter(code=re.sub(r"\.0+$", "", tidy(code))).exists()


def _says(staged: StagedRow, column: int) -> bool:
    """Whether the row's cell holds anything: a blank one leaves what is held."""
    corrected = (staged.corrections or {}).get(str(column))
    return bool(corrected) or (column < len(staged.cells) and shown(staged.cells[column]).strip() != "")


def _columns_of(layout: Layout, address: str) -> list[tuple[str, int]]:
    """The columns of an address: its own; its stages' and grades'; the field's where the row tells the stage."""
    code, _dot, stage = address.partition(".")
    by_address = {source["address"]: source["columns"] for source in layout.sources}
    if address in by_address:
        return [(address, column) for column in by_address[address]]
    below = [(known, c) for known, held in by_address.items() if known.startswith(f"{address}.") for c in held]
    if below:
        return below
    return [(address, c) for c in by_address.get(code, ())] if stage and layout.stage is not None else []


def _cell(found: Batch, index: int, layout: Layout, staged: StagedRow, column: int, around: int) -> Cell:
    raw = staged.cells[column] if column < len(staged.cells) else None
    corrections = staged.corrections or {}
    return Cell(
        batch=found.pk,
        file=found.filename,
        sheet=layout.sheet,
        row=staged.number,
        column=column_letters(column),
        heading=layout.headings[column],
        raw=shown(raw),
        corrected=shown(corrections[str(column)]) if str(column) in corrections else "",
        uploader=found.uploader_name,
        when=found.written_at or found.received_at,
        neighbourhood=window(found, index, staged.number, [(staged.number, column)], around=around, figure=True),
    )
