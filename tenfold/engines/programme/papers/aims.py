"""What is aimed at, and the indicators of a place: what they stood at, what they stand at, what each means."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as indicators
from tenfold.engines.indicators.queries import Value
from tenfold.engines.indicators.queries.telling import entry
from tenfold.foundation.calendar import Period
from tenfold.foundation.holdings.words import STAGES
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.papers.data import noted
from tenfold.foundation.ui.numbers import written

from ..models import PlaceTarget, Target
from .gathered import Gathered


def targets(g: Gathered) -> list[dict[str, str]]:
    """A row a target that holds at the place."""
    rows = Target.objects.filter(measure__programme=g.row, ended_on=None).order_by("pk")
    own = dict(PlaceTarget.objects.filter(target__in=rows, organisation=g.place).values_list("target_id", "value"))
    found = []
    for each in rows:
        wanted = own.get(each.pk, each.value if g.place.pk == g.row.organisation_id else None)
        if wanted is not None:
            found.append(_row(g, each.indicator, each.split, wanted))
    return found


def base(g: Gathered) -> list[dict[str, str]]:
    """The indicator that stands for each action, at the place: what a unit's own report tells beside its tasks."""
    firsts = [action.first for action in g.frame.actions if action.first]
    rows = [_row(g, each.code, each.split, None) for each in firsts]
    return [row for row in rows if row["value"] != _none()]


def _none() -> str:
    return _("To be filled")


def _row(g: Gathered, code: str, split: str, wanted: Decimal | None) -> dict[str, str]:
    declared = entry(code).indicator
    known = [each for each in indicators.periods() if Period.parse(each).start <= g.on]
    now = _value(g.place, code, split, known[-1]) if known else None
    then = _value(g.place, code, split, known[-2]) if len(known) > 1 else None
    stage = dict(STAGES).get(split.removeprefix("stage="), "")
    title = f"{declared.title}（{stage}）" if stage else str(declared.title)
    return {
        "indicator": noted(title, definition(code, known[-1] if known else "")),
        "before": _told(then), "value": _told(now),
        "wanted": "—" if wanted is None else f"{written(wanted, _places(wanted))}{declared.unit}",
    }  # fmt: skip


def definition(code: str, period: str) -> str:
    """What an indicator means: formula, document, the period of its records."""
    told = entry(code)
    parts = [f"{told.indicator.title}：{told.formula}", str(told.indicator.source)]
    if period:
        parts.append(_("records of %(period)s") % {"period": Period.parse(period).title})
    return "；".join(part for part in parts if part) + "。"


def _value(place: Organisation, code: str, split: str, period: str) -> Value:
    return indicators.values_of([code], place, period, split)[code]


def _told(value: Value | None) -> str:
    if value is None or value.value is None:
        return _none()
    return "".join(value.figure().words("table"))


def _places(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 1
