"""What a place is to reach: targets with the value there, progress against time, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from tenfold.foundation.calendar import Period, today
from tenfold.foundation.declare import Answer, Asked, house
from tenfold.foundation.holdings.words import STAGES
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.ui.figures import Figure
from tenfold.pure.steering.lights import Term, light, progress

from .. import telling
from ..criteria import indicator_reached
from ..models import PlaceTarget, Programme, Target
from ..rules import rules
from . import standing
from .lights import reached_of


@dataclass(frozen=True)
class Aim:
    """A target at a place. ``own``: the place has a value of its own to reach; else it is told the city's.

    ``share`` of the way and ``passed`` of the time in per cent, None where unknown.
    """

    number: str
    measure: str
    action: int
    indicator: str
    title: str
    stage: str
    figure: Figure
    wanted: str
    least: bool
    by: date
    own: bool
    reason: str
    state: str
    share: float | None
    passed: float | None
    missing: str


def aims(row: Programme, place: Organisation, on: date | None = None) -> list[Aim]:
    """The targets of a programme at a place, today or as they stood on a past day, in the programme's order."""
    day = on or today()
    targets = {t.pk: t for t in _targets(row, place, on)}
    whole = place.pk == row.organisation_id
    own = {pk: t.value if whole else t.here for pk, t in targets.items() if whole or t.here is not None}
    asked = [
        Asked(pk, place.pk, place.path, place.code, place.kind, _parameters(t, own.get(pk, t.value)), row.begun, t.by)
        for pk, t in targets.items()
    ]
    answers = indicator_reached(asked, day)
    return [_aim(targets[a.key], answers[a.key], row.begun, day, a.key in own) for a in asked]


def _targets(row: Programme, place: Organisation, on: date | None) -> list[Any]:
    """The targets, each with the place's own value (``here``), None where it has none."""
    own = PlaceTarget.objects.filter(target=OuterRef("pk"), organisation=place).values("value")[:1]
    found: list[Any] = list(
        Target.objects.filter(measure__programme=row, ended_on=None, indicator__in=list(house().indicators))
        .select_related("measure")
        .annotate(here=Subquery(own))
        .order_by("measure__order", "id")
    )
    if on is None:
        return found
    then: Mapping[tuple[str, str], dict[str, Any]] = standing.entries(row, on)
    kept = []
    for each in found:
        entry = then.get(("target", each.number))
        if entry is not None:
            each.value, each.by, each.at = Decimal(entry["value"]), date.fromisoformat(entry["by"]), entry["at"]
            kept.append(each)
    return kept


def _parameters(target: Target, value: Decimal) -> dict[str, str]:
    return {
        "indicator": target.indicator, "split": target.split, "value": format(value.normalize(), "f"), "at": target.at,
    }  # fmt: skip


def _aim(target: Target, answer: Answer, begun: date, on: date, own: bool) -> Aim:
    indicator = house().indicators[target.indicator]
    reached = reached_of(answer)
    found = light(reached, Term(begun, target.by, on, Period.of(on, "quarter").start), rules().light)
    share = progress(reached)
    value = None if answer.value is None else float(answer.value)
    return Aim(
        number=target.number,
        measure=target.measure.number,
        action=target.measure.action,
        indicator=target.indicator,
        title=str(indicator.title),
        stage=stage_of(target.split),
        figure=Figure(value, str(answer.unit), answer.decimals, **_opens(answer)),
        wanted=telling.aim_of(answer),
        least=target.at == "least",
        by=target.by,
        own=own,
        reason=found.reason,
        state=found.state,
        share=None if share is None else float(share * 100),
        passed=_passed(begun, target.by, on),
        missing=telling.gap_of(answer, found.missing),
    )


def _opens(answer: Answer) -> Any:
    return dict(answer.figure)


def _passed(begun: date, by: date, on: date) -> float:
    whole = (by - begun).days + 1
    return min(100.0, max(0.0, 100 * (on - begun).days / whole)) if whole > 0 else 100.0


def stage_of(split: str) -> str:
    """The stage for which an indicator is told, in words; '' for all."""
    titles: dict[str, Any] = dict(STAGES)
    return str(titles.get(split.removeprefix("stage="), "")) if split else ""
