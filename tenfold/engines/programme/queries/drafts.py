"""A task table that somebody sent, understood with what was decided of it, and the programme that it would become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import Organisation

from ..models import Measure, Programme, TableDraft, Task
from ..parties import Directory, level_of
from ..planned import LEVELS
from ..tables.grid import Document
from ..tables.planning import Head, Planning, plan_of
from ..tables.settled import Settled
from ..tables.understanding import understand
from ..tables.understood import CellRead, RowRead, TableRead
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
        row = self.standing
        ever: Iterable[str] = ()
        if row:
            ever = (
                *Measure.objects.filter(programme=row).values_list("number", flat=True),
                *Task.objects.filter(programme=row).values_list("number", flat=True),
            )
        return plan_of(
            replace(self.read, rows=self.rows), planned(row) if row else None, self.head(), self.lowest,
            ends_rest=self.ends_rest, ever=frozenset(ever),
        )  # fmt: skip

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
) -> Understood:
    """A table understood. ``programme``: into which its tasks go, None where it becomes a programme of its own."""
    settled, directory = settled or Settled(), Directory(place)

    def days(year: int) -> tuple[date, date]:
        row = programme or _own(place, year)
        return (row.begun, row.ends) if row else (date(year, 1, 1), date(year, 12, 31))

    year = programme.begun.year if programme else today().year
    read = understand(document, year, directory.known, settled.fixes, settled.explained(), days)
    row = programme or _own(place, read.year)
    return Understood(document, settled, read, place, row, directory, ends_rest)


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


def kept_table(row: Programme) -> Mapping[str, object] | None:
    """The table from which a programme came, None for none."""
    return row.table if isinstance(row.table, dict) and "document" in row.table else None
