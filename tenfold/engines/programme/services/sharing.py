"""Sharing a target out: what each place below is to reach, by rule or by hand, with the sum checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as indicators
from tenfold.foundation.declare import Count, Distinct, Total, house
from tenfold.foundation.organisations.models import SCHOOLS, Kind, Organisation, under
from tenfold.pure.steering.shares import CannotShare, by_gap, by_weight, equally, weighted_mean

from ..models import PlaceTarget, Rule, Target
from ..planned import LEVELS

KINDS = {"county": (Kind.COUNTY,), "township": (Kind.TOWNSHIP,), "school": SCHOOLS}
STEP = Decimal("0.0001")


class ShareFault(ValueError):
    """A target that cannot be shared out as asked, in words."""


def everyone_below(place: Organisation) -> list[Organisation]:
    """Every place that stands at or below a place, in the order of the tree."""
    return list(Organisation.objects.filter(under(place.path), closed_on=None).order_by("path"))


def share_out(target: Target, everyone: Sequence[Organisation] | None = None) -> int:
    """Write what each place is to reach of a target, level by level down to its own; returns how many.

    ``everyone``: the places below, where several targets are shared out at once.
    A value set by hand stands, and what is left is shared among the others; raises :class:`ShareFault` where the values
    set by hand break the sum. Called inside a service.
    """
    place = target.measure.programme.organisation
    PlaceTarget.objects.filter(target=target).delete()
    rows = [PlaceTarget(target=target, organisation=place, value=target.value)]
    everyone = everyone_below(place) if everyone is None else everyone
    for level in LEVELS[1 : LEVELS.index(target.level) + 1]:
        here = [each for each in everyone if each.kind in KINDS[level] and each.pk != place.pk]
        values, hand = shares(target, here)
        rows += [
            PlaceTarget(target=target, organisation=each, value=values[each.pk], by_hand=each.pk in hand)
            for each in here
            if each.pk in values
        ]
    PlaceTarget.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def shares(target: Target, places: Sequence[Organisation]) -> tuple[dict[int, Decimal], set[int]]:
    """The value of each of some places of one level, by id, and which were set by hand."""
    hand = _by_hand(target, places)
    free = [each for each in places if each.pk not in hand]
    total, count = Fraction(target.value), counts(target.indicator)
    if target.rule in (Rule.SAME, Rule.HAND) and not (count and target.rule == Rule.HAND):
        values = dict.fromkeys((each.pk for each in free), total)
    elif count:
        values = _parts(target, free, total - sum(hand.values(), Fraction(0)))
    else:
        values = _by_gap(target, free)
    values.update(hand)
    if hand:
        _check_sum(target, places, values, count)
    return {pk: _written(value) for pk, value in values.items()}, set(hand)


def _by_hand(target: Target, places: Sequence[Organisation]) -> dict[int, Fraction]:
    named = {name: each.pk for each in places for name in (each.code, each.name)}
    return {named[name]: Fraction(Decimal(value)) for name, value in target.hand.items() if name in named}


def counts(code: str) -> bool:
    """Whether the indicator adds up: then the parts sum to the whole; else places are held against a mean."""
    return isinstance(house().indicators[code].value, (Total, Count, Distinct))


def _parts(target: Target, places: Sequence[Organisation], total: Fraction) -> dict[int, Fraction]:
    if not places:
        return {}
    if total < 0:
        raise ShareFault(_("The values set by hand exceed the whole."))
    if target.rule in (Rule.EQUAL, Rule.HAND):
        return equally(total, [each.pk for each in places])
    weights = _values(indicators.PUPILS, "", places)
    try:
        shared = by_weight(total, {each.pk: weights.get(each.pk, Fraction(0)) for each in places})
        if target.rule != Rule.GAP:
            return shared
        now = _values(target.indicator, target.split, places)
        lacks = {pk: max(Fraction(0), part - now.get(pk, Fraction(0))) for pk, part in shared.items()}
        need = max(Fraction(0), total - sum(now.values(), Fraction(0)))
        more = by_weight(need, lacks) if any(lacks.values()) else dict.fromkeys(lacks, Fraction(0))
        return {pk: now.get(pk, Fraction(0)) + more[pk] for pk in lacks}
    except CannotShare:
        return equally(total, [each.pk for each in places])


def _by_gap(target: Target, places: Sequence[Organisation]) -> dict[int, Fraction]:
    """A ratio, share or spread by the gap to its standard; what no record tells yet takes the target itself."""
    total = Fraction(target.value)
    now = _values(target.indicator, target.split, places)
    weights = _values(indicators.PUPILS, target.split, list(places))
    found = dict.fromkeys((each.pk for each in places), total)
    known = {pk: value for pk, value in now.items() if weights.get(pk)}
    if target.rule == Rule.GAP and known:
        indicator = house().indicators[target.indicator]
        asked = indicators.threshold(indicator, target.split.removeprefix("stage=") or "primary")
        goal = Fraction(Decimal(repr(asked.value))) if asked else _goal(indicator.unit, total, target.at)
        found.update(by_gap(total, known, goal, weights, up=target.at == "least"))
    return found


def _goal(unit: object, total: Fraction, at: str) -> Fraction:
    return Fraction(100) if str(unit) == "%" and at == "least" else Fraction(0) if at == "most" else total


def _values(code: str, split: str, places: Sequence[Organisation]) -> dict[int, Fraction]:
    period = indicators.latest_period()
    if not period:
        return {}
    spots = [indicators.Spot(each.pk, each.code, each.path, each.kind) for each in places]
    told = indicators.at_places([(code, split)], spots, period)[code, split]
    return {pk: Fraction(Decimal(repr(v.value))) for pk, v in told.items() if v.value is not None}


def _check_sum(target: Target, places: Sequence[Organisation], values: Mapping[int, Fraction], count: bool) -> None:
    """What was set by hand must still reach the whole: the sum of counts, the mean of the rest weighted by pupils."""
    total = Fraction(target.value)
    if count:
        reached: Fraction | None = sum(values.values(), Fraction(0))
    else:
        weights = _values(indicators.PUPILS, target.split, list(places))
        reached = weighted_mean({pk: v for pk, v in values.items() if pk in weights}, weights)
    if reached is None:
        return
    if (reached < total - Fraction(STEP)) if target.at == "least" else (reached > total + Fraction(STEP)):
        told = {"reached": format(_written(reached).normalize(), "f"), "total": format(target.value.normalize(), "f")}
        raise ShareFault(_("The values set by hand come to %(reached)s, the target is %(total)s.") % told)


def _written(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(STEP, ROUND_HALF_UP)
