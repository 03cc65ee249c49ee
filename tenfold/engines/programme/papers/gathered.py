"""What every paper of the programme rests on: the lights of a place at the end of a period, and of the one before.

A frozen period is told as it was frozen; any other is counted from the records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tenfold.foundation.calendar import Period, today
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.papers.faults import PaperFault

from .. import telling, words
from ..models import Explanation, FrozenLight, FrozenPeriod, Programme
from ..queries import in_force, lights, programme
from ..queries.lights import Lit
from ..queries.periods import ORDER


@dataclass(frozen=True)
class Item:
    """An organisation's part in a task with its light. ``said``: what the unit says of it."""

    assignment: int
    number: str
    action: int | None
    title: str
    path: str
    unit: str
    state: str
    why: str
    missing: str
    due: date | None
    said: str = ""


@dataclass(frozen=True)
class Gathered:
    """``on``: the day for which it is told; ``frozen``: the period whose frozen lights these are, None where they are
    counted; ``before``: those of the period before, None where the programme had not begun.
    """

    place: Organisation
    period: Period
    row: Programme
    frame: words.Programme
    on: date
    frozen: FrozenPeriod | None
    items: tuple[Item, ...]
    before: tuple[Item, ...] | None

    @property
    def counts(self) -> dict[str, int]:
        """How many stand in each state."""
        return counts_of(self.items)

    @property
    def last(self) -> Period:
        """The period before."""
        return self.period.previous()

    def of(self, *states: str) -> list[Item]:
        """Those in these states, by their day."""
        found = [each for each in self.items if each.state in states]
        return sorted(found, key=lambda each: (each.due or date.max, each.number, each.path))

    def done_newly(self) -> list[Item]:
        """What has come to be done since the period before."""
        known = {each.assignment for each in self.before or () if each.state == "done"}
        return [each for each in self.of("done") if each.assignment not in known]

    def coming(self, until: date) -> list[Item]:
        """What is not done and falls due after the day of the paper, up to another."""
        open_ = self.of("attention", "unknown", "on_track")
        return [each for each in open_ if each.due and self.on < each.due <= until]


def gathered(place: Organisation, period: Period) -> Gathered:
    """Everything for one paper. Raises :class:`PaperFault` where no programme is in force, or had begun by then."""
    row = in_force()
    if row is None:
        raise PaperFault("no_programme")
    on = min(period.end, today())
    if on < row.begun:
        raise PaperFault("before_programme", word=period.title)
    frozen, items = _at(row, place, period, on)
    earlier = period.previous()
    before = None if earlier.end < row.begun else _at(row, place, earlier, earlier.end)[1]
    return Gathered(place, period, row, programme(row), on, frozen, items, before)


def counts_of(items: Iterable[Item]) -> dict[str, int]:
    """How many stand in each state, every state named."""
    held = Counter(each.state for each in items)
    return {state: held[state] for state in ORDER}


def _at(row: Programme, place: Organisation, period: Period, on: date) -> tuple[FrozenPeriod | None, tuple[Item, ...]]:
    held = _period(row, period)
    said = _said(held)
    if held is not None and held.frozen_on is not None:
        return held, tuple(_frozen(held, place, said))
    found = lights(row, on if on < today() else None)
    return None, tuple(_item(each, on, said) for each in found if each.path.startswith(place.path))


def _period(row: Programme, period: Period) -> FrozenPeriod | None:
    """The month or quarter that is frozen on the last day of a period (of a half-year: its second quarter)."""
    code = period.code if period.kind in ("month", "quarter") else ""
    if period.kind in ("half_year", "year"):
        code = Period.of(period.end, "quarter").code
    return FrozenPeriod.objects.filter(programme=row, period=code).first() if code else None


def _said(held: FrozenPeriod | None) -> Mapping[int, str]:
    rows = Explanation.objects.filter(frozen=held).values_list("assignment_id", "text") if held else ()
    return dict(rows)


def _frozen(held: FrozenPeriod, place: Organisation, said: Mapping[int, str]) -> Iterable[Item]:
    rows = FrozenLight.objects.filter(frozen=held, organisation__path__startswith=place.path)
    for each in rows.select_related("organisation", "assignment__task").order_by("pk"):
        told = each.told
        yield Item(
            each.assignment_id, told["number"], each.assignment.task.action, told["title"], each.organisation.path,
            told["name"], each.light, told["reason"], told["missing"],
            date.fromisoformat(told["due"]) if told["due"] else None, said.get(each.assignment_id, ""),
        )  # fmt: skip


def _item(each: Lit, on: date, said: Mapping[int, str]) -> Item:
    return Item(
        each.assignment, each.number, each.action, each.title, each.path, each.name, each.state,
        telling.reason(each, on), telling.missing(each), each.due, said.get(each.assignment, ""),
    )  # fmt: skip
