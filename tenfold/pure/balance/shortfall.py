"""What is missing: for the part that the standard counts, and for the school that must add it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from .rule import Part
from .standard import Resource, Standard


@dataclass(frozen=True)
class Shortfall:
    """What a part lacks of one resource, in the resource's own unit (persons, m², yuan, rooms).

    ``part``: missing from the part; ``school``: what the undivided school must add so that the part
    gets it (part ÷ share; the same where the resource is counted by stage). Both exact; where the
    resource comes in whole pieces, ``steps`` says how many the school must add.
    """

    resource: Resource
    part: Fraction
    school: Fraction

    @property
    def steps(self) -> Fraction | int:
        """What the school must add, in whole pieces where it comes in such."""
        return ceil(self.school) if self.resource.whole else self.school


def shortfall(part: Part, resource: Resource, standard: Standard, *, floor: bool = False) -> Shortfall | None:
    """What is missing to the threshold (to 85 % of it with ``floor``); None where it is unknown."""
    top = part.tops[resource.code]
    if top is None or not part.pupils:
        return None
    wanted = resource.floor(part.stage, standard) if floor else resource.threshold[part.stage]
    missing = max(Fraction(0), wanted * part.pupils / resource.per - top)
    if not resource.shared or part.whole or not missing:
        return Shortfall(resource, missing, missing)
    assert part.share  # a known numerator of a shared resource has a known share
    return Shortfall(resource, missing, missing / part.share)


def shortfalls(part: Part, standard: Standard) -> tuple[Shortfall, ...]:
    """All that the part lacks to the thresholds, in the standard's order; unknown ones are left out."""
    found = (shortfall(part, resource, standard) for resource in standard.resources)
    return tuple(gap for gap in found if gap is not None and gap.part > 0)
