"""月调度 and 季通报: a period's lights, as they are heard or as they were frozen, within the scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tenfold.foundation.calendar import Period, today
from tenfold.foundation.organisations.models import STEP, Kind, Organisation
from tenfold.foundation.scope import require

from .. import telling
from ..models import Assignment, Explanation, FrozenLight, FrozenPeriod, Programme
from ..rights import HANDLE_TASKS
from .lights import lights

ORDER = ("late", "attention", "unknown", "on_track", "done")


@dataclass(frozen=True)
class PeriodRow:
    """One light of a period: an organisation's part in a task, why, and what the unit says of it."""

    assignment: int
    organisation: int
    path: str
    number: str
    title: str
    name: str
    state: str
    why: str
    explanation: str = ""
    explained_by: str = ""
    own: bool = False


@dataclass(frozen=True)
class PeriodPage:
    """A period of a programme: frozen or being heard, its lights with what is owed first, and counts.

    ``places``: (name, counts by state) of the places just below that owe something; ``before``: counts of the last
    period.
    """

    frozen: FrozenPeriod
    rows: tuple[PeriodRow, ...]
    counts: Mapping[str, int]
    places: tuple[tuple[str, Mapping[str, int]], ...]
    before: Mapping[str, int]

    @property
    def period(self) -> Period:
        """The month or quarter."""
        return self.frozen.span

    @property
    def heard(self) -> bool:
        """Whether units may explain themselves today."""
        return self.frozen.frozen_on is None and self.frozen.hearing_from <= today() <= self.frozen.freezes_on


def periods_of(programme: Programme) -> list[FrozenPeriod]:
    """The periods of a programme, the newest first, a quarter before its last month."""
    rows = FrozenPeriod.objects.filter(programme=programme).select_related("programme__organisation")
    return sorted(rows, key=lambda row: (row.freezes_on, len(row.period), row.period), reverse=True)


def heard_now(programme: Programme) -> list[FrozenPeriod]:
    """The periods whose hearing runs today."""
    rows = FrozenPeriod.objects.filter(
        programme=programme, frozen_on=None, hearing_from__lte=today(), freezes_on__gte=today()
    )
    return list(rows.select_related("programme__organisation"))


def period_page(row: FrozenPeriod, place: Organisation | None = None) -> PeriodPage:
    """A period as whoever asks may see it, at a place within her scope."""
    explained = {e.assignment_id: e for e in Explanation.objects.filter(frozen=row)}
    found = _frozen(row, explained) if row.frozen_on else _running(row, explained)
    if place is not None:
        found = [each for each in found if each.path.startswith(place.path)]
    found.sort(key=lambda each: (not each.own, ORDER.index(each.state)))
    return PeriodPage(row, tuple(found), counts_of(found), _places(found, place), _before(row, place))


def counts_of(rows: Sequence[PeriodRow]) -> dict[str, int]:
    """How many stand in each state, every state named."""
    held = Counter(each.state for each in rows)
    return {state: held[state] for state in ORDER}


def may_explain(assignment: Assignment) -> bool:
    """Whether whoever asks speaks for the unit: it is her own, or an office of it."""
    context = require()
    if context.everywhere or not context.may(HANDLE_TASKS):
        return context.everywhere
    return _own(assignment.organisation_id, assignment.organisation.path, assignment.organisation.kind)


def _own(organisation: int, path: str, kind: str) -> bool:
    context = require()
    if context.organisation is None or not context.may(HANDLE_TASKS):
        return False
    return organisation == context.organisation or (
        kind == Kind.OFFICE and int(path[-2 * STEP : -STEP] or 0) == context.organisation
    )


def _frozen(row: FrozenPeriod, explained: Mapping[int, Explanation]) -> list[PeriodRow]:
    rows = FrozenLight.objects.filter(frozen=row).select_related("organisation").order_by("pk")
    return [
        _row(
            each.assignment_id, each.organisation, each.told["number"], each.told["title"], each.told["name"],
            each.light, each.told["reason"], explained,
        )
        for each in rows
    ]  # fmt: skip


def _running(row: FrozenPeriod, explained: Mapping[int, Explanation]) -> list[PeriodRow]:
    found = lights(row.programme)
    said = {each.assignment: each for each in found}
    known = Organisation.objects.in_bulk({each.organisation for each in found})
    return [
        _row(
            each.assignment, known[each.organisation], each.number, each.title, each.name, each.state,
            telling.reason(each), explained,
        )
        for each in said.values()
    ]  # fmt: skip


def _row(
    assignment: int,
    organisation: Organisation,
    number: str,
    title: str,
    name: str,
    state: str,
    why: str,
    explained: Mapping[int, Explanation],
) -> PeriodRow:
    said = explained.get(assignment)
    return PeriodRow(
        assignment, organisation.pk, organisation.path, number, title, name, state, why,
        said.text if said else "", said.who_name if said else "",
        _own(organisation.pk, organisation.path, organisation.kind),
    )  # fmt: skip


def _places(rows: Sequence[PeriodRow], place: Organisation | None) -> tuple[tuple[str, Mapping[str, int]], ...]:
    if place is None or not rows:
        return ()
    below = Organisation.objects.filter(
        path__startswith=place.path, depth=place.depth + 1, kind__in=(Kind.COUNTY, Kind.TOWNSHIP), closed_on=None
    ).order_by("path")
    told = []
    for each in below:
        here = [row for row in rows if row.path.startswith(each.path)]
        counts = counts_of(here)
        if counts["late"] or counts["attention"]:
            told.append((each.name, counts))
    return tuple(told)


def _before(row: FrozenPeriod, place: Organisation | None) -> Mapping[str, int]:
    earlier = row.span.previous().code
    rows = FrozenLight.objects.filter(frozen__programme=row.programme_id, frozen__period=earlier)
    if place is not None:
        rows = rows.filter(organisation__path__startswith=place.path)
    held = Counter(rows.values_list("light", flat=True))
    return {state: held[state] for state in ORDER} if held else {}
