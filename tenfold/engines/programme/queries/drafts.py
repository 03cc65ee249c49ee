"""A task table that somebody sent, understood with what was decided of it, and the programme that it would become."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import Organisation

from .. import words
from ..models import Change, Programme, TableDraft
from ..parties import Directory, level_of
from ..planned import LEVELS
from ..tables.exporting import in_its_layout, usual
from ..tables.grid import Document, Grid
from ..tables.planning import Head, Planning, plan_of
from ..tables.settled import Settled
from ..tables.understanding import understand
from ..tables.understood import CellRead, Place, RowRead, TableRead
from .standing import planned

_FORM = re.compile(
    r"(?:重点)?(?:工作|目标)?(?:任务)?(?:分解表|分解|责任清单|任务清单|清单|台账|一览表)?(?:[（(].*[)）])?$"
)


@dataclass(frozen=True)
class UnknownUnit:
    """A unit that no organisation is: its text, the rows that name it, and the one of this name that was closed."""

    text: str
    rows: tuple[RowRead, ...]
    closed: Organisation | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells in which it is named; the row where a heading above names it."""
        return tuple(self._cell(row) for row in self.rows)

    def _cell(self, row: RowRead) -> Place:
        fields = ("lead", "responsible", "supporting")
        hits = [cell for cell in row.cells if cell.field in fields and self.text in "".join(cell.text.split())]
        return hits[0].place if hits else row.place


@dataclass(frozen=True)
class Understood:
    """A table as it is understood now."""

    document: Document
    settled: Settled
    read: TableRead
    place: Organisation
    standing: Programme | None
    directory: Directory
    ends_rest: bool

    @cached_property
    def rows(self) -> tuple[RowRead, ...]:
        """The tasks that are taken."""
        return tuple(self.settled.row(row) for row in self.read.rows if str(row.place) not in self.settled.skips)

    @cached_property
    def doubts(self) -> tuple[tuple[RowRead, CellRead], ...]:
        """Cells that wait for a decision, each once."""
        found = {cell.place: (row, cell) for row in reversed(self.rows) for cell in row.doubts}
        return tuple(found[place] for place in sorted(found))

    @cached_property
    def unknown(self) -> tuple[UnknownUnit, ...]:
        """Units that wait for a decision."""
        named: dict[str, list[RowRead]] = {}
        for row in self.rows:
            for text in row.units:
                if text not in self.settled.units and not self.directory.known(text):
                    named.setdefault(text, []).append(row)
        return tuple(UnknownUnit(t, tuple(rows), self.directory.closed(t)) for t, rows in named.items())

    @property
    def open(self) -> int:
        """How many decisions are missing."""
        return len(self.doubts) + len(self.unknown)

    @cached_property
    def planning(self) -> Planning:
        """The programme that it would become."""
        ever = _numbers_ever(self.standing) if self.standing else frozenset()
        return plan_of(
            replace(self.read, rows=self.rows), self.stands, self.head(), self.lowest,
            ends_rest=self.ends_rest, ever=ever,
        )  # fmt: skip

    @cached_property
    def stands(self) -> words.Programme | None:
        """What stands, with its measures and tasks."""
        return planned(self.standing) if self.standing else None

    def head(self) -> Head:
        """The programme of its own that it would be."""
        year = self.read.year
        name = _FORM.sub("", self.read.title) or _("Tasks of %(place)s in %(year)s") % {
            "place": self.place.name, "year": year,
        }  # fmt: skip
        return Head(own_code(self.place, year), name[:120], str(year), date(year, 1, 1), date(year, 12, 31))

    def lowest(self, units: Iterable[str]) -> str:
        """The lowest level among units, the county where none lies below it."""
        found = [level_of(each) for text in units for each in self.directory.find(text).organisations]
        return max(["county", *found], key=LEVELS.index)


def _numbers_ever(row: Programme) -> frozenset[str]:
    """The numbers of all measures and tasks that a programme ever had: each was noted when it was made."""
    made = Change.objects.filter(programme=row, kind__in=("measure", "task"), before=None)
    return frozenset(made.values_list("key", flat=True))


def own_code(place: Organisation, year: int) -> str:
    """The code of the programme that a table of a place and year becomes."""
    return f"{place.code}-{year}"


def understood(
    document: Document,
    place: Organisation,
    programme: Programme | None = None,
    settled: Settled | None = None,
    *,
    ends_rest: bool = False,
    year: int = 0,
) -> Understood:
    """A table understood. ``programme``: into which its tasks go, None where it becomes a programme of its own;
    ``year``: meant where the table names none.
    """
    settled, directory = settled or Settled(), Directory(place)

    def days(named: int) -> tuple[date, date]:
        row = programme or _own(place, named)
        return (row.begun, row.ends) if row else (date(named, 1, 1), date(named, 12, 31))

    year = year or (programme.begun.year if programme else today().year)
    read = understand(document, year, directory.known, settled.fixes, settled.explained(), days)
    row = programme or _own(place, read.year)
    return Understood(document, settled, read, place, row, directory, ends_rest)


def all_kept(found: Understood) -> Settled:
    """Every cell and unit that waits for a decision stays as words; a row without a task is left out."""
    fixes = {str(cell.place): {"keep": True} for _row, cell in found.doubts}
    units = {unit.text: "" for unit in found.unknown}
    skips = tuple(str(row.place) for row in found.rows if not row.name)
    held = found.settled
    return Settled({**held.fixes, **fixes}, held.headings, {**held.units, **units}, (*held.skips, *skips))


def understood_draft(draft: TableDraft) -> Understood:
    """A draft understood with what was decided of it."""
    return understood(
        Document.of(draft.document), draft.organisation, draft.programme, Settled.of(draft.settled),
        ends_rest=draft.ends_rest,
    )  # fmt: skip


def _own(place: Organisation, year: int) -> Programme | None:
    return Programme.objects.filter(code=own_code(place, year)).first()


def draft(pk: int) -> TableDraft | None:
    """A draft in the reader's scope."""
    rows = TableDraft.objects.select_related("organisation", "programme__organisation", "file")
    return rows.filter(pk=pk).first()


def drafts() -> list[TableDraft]:
    """The latest drafts of the reader's scope."""
    return list(TableDraft.objects.select_related("programme").order_by("-pk")[:20])


def table_of(row: Programme) -> Document:
    """A programme as a task table: in the layout of the one from which it came, in the usual one else."""
    kept = row.table
    if not isinstance(kept, dict) or "rows" not in kept:
        return usual(planned(row))
    settled = Settled.of(kept["settled"])
    found = understood(Document.of(kept["document"]), row.organisation, row, settled, year=kept["year"])
    read = replace(found.read, rows=tuple(settled.row(each) for each in found.read.rows))
    return in_its_layout(planned(row), read, settled, kept["rows"])


def decided_before(document: Document, programme: Programme | None, place: Organisation) -> Settled:
    """What was decided of the table that stands: headings and units by their words, a cell where the same text stands
    in the same place once more.
    """
    row = programme
    if row is None:
        row = _own(place, understood(document, place).read.year)
    kept = row.table if row else None
    if not isinstance(kept, dict) or "settled" not in kept:
        return Settled()
    before, held = Document.of(kept["document"]), Settled.of(kept["settled"])
    fixes = {place: fix for place, fix in held.fixes.items() if _text_at(before, place) == _text_at(document, place)}
    return replace(held, fixes=fixes, skips=())


def _text_at(document: Document, place: str) -> str | None:
    """What stands in a place; None where nothing does."""
    at = Place.of(place)
    block = document.blocks[at.block] if at.block < len(document.blocks) else None
    cell = block.at(at.row, at.column) if isinstance(block, Grid) else None
    return cell.text if cell else None
