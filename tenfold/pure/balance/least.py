"""The least that lets a school pass: which of the seven may stay at 85 %, and what the others still need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil

from .rule import BELOW, NEAR, Part, judge
from .shortfall import Shortfall, shortfall
from .standard import Resource, Standard


@dataclass(frozen=True)
class Need:
    """What a part needs of one resource: for itself, and what the undivided school must add for it.

    Both in whole steps of the resource (persons, rooms, m², 0.1 ×10,000 yuan). ``to_floor``: it stays at 85 %.
    """

    resource: Resource
    part: Fraction
    school: Fraction
    to_floor: bool = False


def stepped(amount: Fraction, resource: Resource, standard: Standard) -> Fraction:
    """An amount rounded up to the resource's step."""
    step = standard.round_to.get(resource.code, Fraction(1))
    return ceil(amount / step) * step


def need(gap: Shortfall, standard: Standard, to_floor: bool = False) -> Need:
    """A shortfall in whole steps."""
    resource = gap.resource
    return Need(
        resource, stepped(gap.part, resource, standard), stepped(gap.school, resource, standard), to_floor
    )  # fmt: skip


def full(part: Part, standard: Standard) -> tuple[Need, ...]:
    """All that a part lacks to the thresholds, in the standard's order; unknown resources are left out."""
    gaps = (shortfall(part, resource, standard) for resource in standard.resources)
    return tuple(need(gap, standard) for gap in gaps if gap is not None and gap.part)


def least(part: Part, standard: Standard) -> tuple[Need, ...]:
    """The least that lets a part pass the rule; nothing where it passes or nothing known fails it.

    Of all ways to leave as many resources at the floor as the rule allows, the one that costs least
    at the standard's prices; the first in the standard's order where two cost the same.
    """
    verdict = judge(part, standard)
    if verdict.passes is not False:
        return ()
    missed = [item.resource for item in verdict.items if item.state in (NEAR, BELOW)]
    may_miss = min(len(standard.resources) - standard.must_meet, len(missed))
    ways = [_way(part, missed, set(left), standard) for left in combinations([r.code for r in missed], may_miss)]
    return min(ways, key=lambda way: sum((n.school * standard.prices[n.resource.code] for n in way), Fraction(0)))


def _way(part: Part, missed: Iterable[Resource], left: set[str], standard: Standard) -> tuple[Need, ...]:
    found = []
    for resource in missed:
        gap = shortfall(part, resource, standard, floor=resource.code in left)
        if gap is not None and gap.part:
            found.append(need(gap, standard, to_floor=resource.code in left))
    return tuple(found)


def together(needs: Iterable[Need]) -> dict[str, Fraction]:
    """What one undivided school must add for all its parts: of what is shared, the largest serves all."""
    found: dict[str, Fraction] = {}
    for one in needs:
        code = one.resource.code
        known = found.get(code, Fraction(0))
        found[code] = max(known, one.school) if one.resource.shared else known + one.school
    return found
