"""The rule for one school: six of seven at the threshold, the other at 85 % of it at least."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .counts import Known, School, exact
from .split import shares
from .standard import Resource, Standard

MET, NEAR, BELOW, UNKNOWN = "met", "near", "below", "unknown"
"""States of an item: 达标, 未达标（85%以上）, 不足85%, 待填."""


@dataclass(frozen=True)
class Part:
    """A school, or one stage of a whole-through school, as the standard counts it.

    ``share``: its share of the undivided quantities; None where that is unknown. ``whole``: whether it
    is the undivided school. ``tops``: resource code → numerator.
    """

    school: School
    stage: str
    share: Fraction | None
    whole: bool
    pupils: Fraction | None
    tops: dict[str, Fraction | None]

    def value(self, resource: Resource) -> Fraction | None:
        """The resource per pupil (or per hundred); None where a side is unknown or nobody is taught."""
        top = self.tops[resource.code]
        if top is None or not self.pupils:
            return None
        return top / self.pupils * resource.per


@dataclass(frozen=True)
class Item:
    """One resource of a part, held against its threshold."""

    resource: Resource
    value: Fraction | None
    threshold: Fraction
    floor: Fraction
    state: str


@dataclass(frozen=True)
class Verdict:
    """What the rule says of a part. ``passes`` is None where it cannot be decided yet."""

    part: Part
    items: tuple[Item, ...]
    passes: bool | None

    def count(self, state: str) -> int:
        """How many items are in that state (met, near, below, unknown)."""
        return sum(item.state == state for item in self.items)


def parts(school: School, standard: Standard) -> tuple[Part, ...]:
    """The virtual schools of a school: one for each stage that it teaches and the standard judges.

    A stage known to have no pupil is none.
    """
    taught = {stage: counts.pupils for stage, counts in school.stages.items() if exact(counts.pupils) != 0}
    divided = shares(taught, standard.weights)
    return tuple(
        Part(
            school=school,
            stage=stage,
            share=divided.get(stage),
            whole=len(divided) == 1,
            pupils=exact(taught[stage]),
            tops={r.code: _top(school, stage, divided.get(stage), r, standard) for r in standard.resources},
        )
        for stage in standard.stages
        if stage in taught
    )


def in_scope(school: School, standard: Standard) -> bool | None:
    """Whether rule and spread ask for this school: teaching points under 50 pupils stay out.

    None for a teaching point whose pupils are unknown.
    """
    if school.school_type not in standard.point_types:
        return True
    pupils = school.pupils(standard.weights)
    return None if pupils is None else pupils >= standard.point_below


def judge(part: Part, standard: Standard) -> Verdict:
    """Hold a part against the thresholds. It fails where what is known already fails it; else one
    unknown item leaves it open.
    """
    items = tuple(_item(part, resource, standard) for resource in standard.resources)
    missed = sum(item.state in (NEAR, BELOW) for item in items)
    if any(item.state == BELOW for item in items) or missed > len(items) - standard.must_meet:
        return Verdict(part, items, passes=False)
    return Verdict(
        part,
        items,
        passes=None if any(item.state == UNKNOWN for item in items) else True,
    )


def _item(part: Part, resource: Resource, standard: Standard) -> Item:
    value = part.value(resource)
    threshold, floor = (
        resource.threshold[part.stage],
        resource.floor(part.stage, standard),
    )
    if value is None:
        state = UNKNOWN
    elif value >= threshold:
        state = MET
    else:
        state = NEAR if value >= floor else BELOW
    return Item(resource, value, threshold, floor, state)


def _top(
    school: School,
    stage: str,
    share: Fraction | None,
    resource: Resource,
    standard: Standard,
) -> Fraction | None:
    holder = school if resource.shared else school.stages[stage]
    if not resource.top[stage]:  # the return does not ask for it
        return None
    top = _sum(getattr(holder, name) for name in resource.top[stage])
    less = _sum(getattr(holder, name) for name in resource.minus)
    if top is None or less is None:
        return None
    if resource.shared:
        return None if share is None else (top - less) * share
    more = _also(school, exact(getattr(holder, resource.also)), standard) if resource.also else Fraction(0)
    return None if more is None else top - less + more


def _also(school: School, claimed: Fraction | None, standard: Standard) -> Fraction | None:
    """Shared and part-time teachers, for small rural schools alone. A school that claims none adds
    none; whether a claim counts is unknown while the school's size or place is.
    """
    if not claimed:
        return Fraction(0)
    if school.locale and not school.locale.startswith(standard.small_locales):
        return Fraction(0)
    pupils = school.pupils(standard.weights)
    if pupils is not None and not standard.small_from <= pupils <= standard.small_to:
        return Fraction(0)
    return claimed if school.locale and pupils is not None else None


def _sum(values: Iterable[Known | None]) -> Fraction | None:
    total: int | Fraction = 0  # whole numbers are added as such, which is four times as fast as fractions
    for value in values:
        known = value if type(value) is int else exact(value)
        if known is None:
            return None
        total += known
    return Fraction(total)
