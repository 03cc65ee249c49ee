"""A city's aim shared out among its places: equally, by weight, by what each still lacks; sums held."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

Place = TypeVar("Place", bound=Hashable)


class CannotShare(ValueError):
    """There is nobody to share among, or nothing to weigh by."""


def by_weight(
    total: Fraction, weights: Mapping[Place, Fraction], *, step: Fraction = Fraction(1)
) -> dict[Place, Fraction]:
    """Share ``total`` in proportion to weights, in steps, so that the parts add up to it exactly (largest remainder).

    Where two remainders are equal the earlier place takes the step. A total that is no multiple of the step leaves
    its rest with the last step given. Raises :class:`CannotShare` without any weight above zero.
    """
    whole = sum(weights.values(), Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise CannotShare
    exact = {place: total * weight / whole for place, weight in weights.items()}
    parts = {place: (share // step) * step for place, share in exact.items()}
    rest = total - sum(parts.values(), Fraction(0))
    order = sorted(exact, key=lambda place: parts[place] - exact[place])
    for place in order:
        if rest <= 0:
            break
        given = min(step, rest)
        parts[place] += given
        rest -= given
    return parts


def equally(total: Fraction, places: list[Place], *, step: Fraction = Fraction(1)) -> dict[Place, Fraction]:
    """The same to each, the odd steps to the first ones."""
    return by_weight(total, dict.fromkeys(places, Fraction(1)), step=step)


def by_gap(
    wanted: Fraction,
    now: Mapping[Place, Fraction],
    goal: Fraction,
    weights: Mapping[Place, Fraction],
    *,
    up: bool = True,
) -> dict[Place, Fraction]:
    """Each place goes the same part of its way to ``goal``, so that the weighted mean reaches ``wanted``.

    A place that has reached the goal keeps what it has. Where even all goals would not reach ``wanted``, everybody's
    aim is the goal. ``up``: more is better. Raises :class:`CannotShare` without weights.
    """
    whole = sum((weights[place] for place in now), Fraction(0))
    if whole <= 0:
        raise CannotShare
    sign = 1 if up else -1
    gaps = {place: max(Fraction(0), sign * (goal - value)) for place, value in now.items()}
    mean = sum((value * weights[place] for place, value in now.items()), Fraction(0)) / whole
    room = sum((gap * weights[place] for place, gap in gaps.items()), Fraction(0)) / whole
    need = max(Fraction(0), sign * (wanted - mean))
    part = min(Fraction(1), need / room) if room else Fraction(0)
    return {place: value + sign * gaps[place] * part for place, value in now.items()}


def weighted_mean(values: Mapping[Place, Fraction], weights: Mapping[Place, Fraction]) -> Fraction | None:
    """The mean by weight, None without weight."""
    whole = sum((weights[place] for place in values), Fraction(0))
    return sum((value * weights[place] for place, value in values.items()), Fraction(0)) / whole if whole > 0 else None
