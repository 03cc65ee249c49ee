"""The criteria that the programme itself brings: an indicator reached, Material that another has confirmed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenfold.engines.indicators import queries as indicators
from tenfold.foundation.calendar import Period
from tenfold.foundation.declare import Answer, Asked, Criterion, house
from tenfold.foundation.ui.numbers import written

from .models import Material, MaterialState
from .rules import rules


def indicator_reached(asked: Sequence[Asked], on: date) -> dict[int, Answer]:
    """Where an indicator stands at each place, in the latest period begun by a day, and where it stood before."""
    held = [period for period in indicators.periods() if Period.parse(period).start <= on]
    told = _told_by_period(asked, held[-3:])
    return {a.key: _reached(a, told) for a in asked}


Told = dict[tuple[str, str], dict[int, indicators.Value]]


def _key(asked: Asked) -> tuple[str, str]:
    return str(asked.parameters["indicator"]), str(asked.parameters.get("split", ""))


def _told_by_period(asked: Sequence[Asked], periods: Sequence[str]) -> dict[str, Told]:
    """Each indicator at the places that ask for it alone; those asked at the same places are read together."""
    places: dict[tuple[str, str], dict[int, indicators.Spot]] = {}
    for a in asked:
        places.setdefault(_key(a), {})[a.place] = indicators.Spot(a.place, a.code, a.path, a.kind)
    together: dict[frozenset[int], list[tuple[str, str]]] = {}
    for key, spots in places.items():
        together.setdefault(frozenset(spots), []).append(key)
    told: dict[str, Told] = {period: {} for period in periods}
    for period, values in told.items():
        for keys in together.values():
            values.update(indicators.at_places(keys, list(places[keys[0]].values()), period))
    return told


def _reached(asked: Asked, told: Mapping[str, Told]) -> Answer:
    key = _key(asked)
    indicator = house().indicators[key[0]]
    course = []
    for period, values in told.items():
        value = values[key].get(asked.place)
        if value is not None and value.value is not None:
            course.append((period, _exact(value)))
    wanted = Fraction(Decimal(str(asked.parameters["value"])))
    latest = list(told)[-1] if told else ""
    figure = {"indicator": key[0], "place": asked.code, "split": key[1], "period": latest}
    same: dict[str, Any] = {
        "wanted": wanted, "unit": str(indicator.unit), "decimals": indicator.decimals, "figure": figure,
    }  # fmt: skip
    if not course or course[-1][0] != latest:
        return Answer(None, waits=_("no record tells it yet"), **same)
    now = course[-1][1]
    at = asked.parameters.get("at") or ("most" if indicator.better == "lower" else "least")
    start = next((v for p, v in reversed(course) if Period.parse(p).start <= asked.begins), course[0][1])
    reached = now >= wanted if at == "least" else now <= wanted
    days = tuple((Period.parse(p).census_day, v) for p, v in course)
    return Answer(reached, now, start=start, course=days, **same)


def counted_or_retired(asked: Sequence[Asked], on: date) -> dict[int, Answer]:
    """The same; an indicator that is no longer counted answers nothing, and says so."""
    known = house().indicators
    found = indicator_reached([a for a in asked if a.parameters["indicator"] in known], on)
    waits = _("the indicator is no longer counted; choose another")
    return found | {a.key: Answer(None, waits=waits) for a in asked if a.key not in found}


def _exact(value: indicators.Value) -> Fraction:
    return Fraction(Decimal(repr(value.value)))


def _told_indicator(parameters: Mapping[str, Any]) -> str:
    indicator = house().indicators.get(str(parameters["indicator"]))
    if indicator is None:
        return _("the indicator “%s” is no longer counted") % parameters["indicator"]
    words = {"title": indicator.title, "value": written(float(Decimal(str(parameters["value"]))), indicator.decimals)}
    at = parameters.get("at") or ("most" if indicator.better == "lower" else "least")
    text = _("%(title)s at least %(value)s") if at == "least" else _("%(title)s at most %(value)s")
    return f"{text % words}{indicator.unit}"


def _check_indicator(parameters: Mapping[str, Any]) -> str:
    indicator = house().indicators.get(str(parameters["indicator"]))
    if indicator is None:
        return _("there is no indicator “%s”") % parameters["indicator"]
    by = str(parameters.get("split", "")).partition("=")[0]
    if indicator.only_by and by != indicator.only_by:
        return _("the indicator “%s” is told by stage; name one after a blank") % indicator.code
    if by and by not in indicator.splits:
        return _("the indicator “%s” is not split so") % indicator.code
    try:
        Decimal(str(parameters["value"]))
    except ArithmeticError:
        return _("“%s” is no number") % parameters["value"]
    return "" if parameters.get("at", "least") in ("least", "most") else _("“at” is least or most")


MATERIAL = ("assignment", "text", "on", "state", "decided_on")
"""What of Material decides a task; never its file."""


def material_confirmed(asked: Sequence[Asked], on: date) -> dict[int, Answer]:
    """Whether Material was submitted and confirmed by another; ``asked.key`` is the assignment."""
    rows: dict[int, list[Material]] = {}
    keys = {a.key for a in asked}
    for row in Material.objects.filter(on__lte=on).only(*MATERIAL).order_by("pk"):
        if row.assignment_id in keys:
            rows.setdefault(row.assignment_id, []).append(row)
    return {a.key: _material(rows.get(a.key, []), on, str(a.parameters.get("what", ""))) for a in asked}


def _material(rows: Sequence[Material], on: date, what: str) -> Answer:
    confirmed = [r for r in rows if r.state == MaterialState.CONFIRMED and r.decided_on and r.decided_on <= on]
    if confirmed:
        first = confirmed[0]
        return Answer(
            True, Fraction(1), Fraction(1), on=first.on, source=(first.text[:60], f"/tasks/material/{first.pk}/")
        )
    last = rows[-1] if rows else None
    if last is None:
        waits = _("“%(what)s” is to be submitted") % {"what": what} if what else _("Material is to be submitted")
    elif last.state == MaterialState.RETURNED:
        waits = _("Material was returned and is to be mended")
    else:
        waits = _("Material waits to be confirmed by another")
    return Answer(False, Fraction(0), Fraction(1), waits=waits)


def _told_material(parameters: Mapping[str, Any]) -> str:
    what = str(parameters.get("what", ""))
    text = _("Material is submitted, and confirmed by another person")
    return f"{text}（{what}）" if what else text


def _check_material(parameters: Mapping[str, Any]) -> str:
    """Photographs, positions and counts of log-ins are never what counts as done."""
    word = next((word for word in rules().never if word in str(parameters.get("what", ""))), "")
    told = {"word": word, "document": rules().never_by}
    return _("“%(word)s” may not be what counts as done (%(document)s)") % told if word else ""


def _stored() -> Hashable:
    return indicators.stamp()


def _materials() -> Hashable:
    good = Count("pk", filter=Q(state=MaterialState.CONFIRMED))
    found = Material.objects.aggregate(last=Max("pk"), on=Max("decided_on"), decided=Count("decided_by"), good=good)
    return tuple(found.values())


CRITERIA = (
    Criterion(
        "programme.indicator",
        gettext_lazy("An indicator is reached"),
        counted_or_retired,
        _told_indicator,
        stamp=_stored,
        parameters=(("indicator", True), ("value", True), ("split", False), ("at", False)),
        check=_check_indicator,
    ),
    Criterion(
        "programme.material",
        gettext_lazy("Material that another has confirmed"),
        material_confirmed,
        _told_material,
        stamp=_materials,
        parameters=(("what", False),),
        check=_check_material,
        person=True,
        reads=tuple(f"programme.Material.{name}" for name in MATERIAL),
    ),
)
