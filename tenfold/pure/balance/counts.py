"""What is counted of a school: plain numbers, as the annual return holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from numbers import Rational

Known = int | Decimal | Fraction
"""A number that is what it says. Floats are refused: 0.85 × 7.5 must be 6.375 and nothing beside it."""


def exact(value: Known | None) -> Fraction | None:
    """The value as a fraction; None stays None. Raises TypeError for floats and booleans."""
    if value is None or type(value) is Fraction:
        return value
    if isinstance(value, bool) or not isinstance(value, (Rational, Decimal)):
        raise TypeError(f"{value!r} is not an exact number")
    return Fraction(value)


@dataclass(frozen=True)
class StageCounts:
    """What a school has in one stage. Persons; the codes are those of the annual return."""

    pupils: Known | None = None
    teachers: Known | None = None
    teachers_specialist: Known | None = None
    teachers_bachelor: Known | None = None
    teachers_postgraduate: Known | None = None
    teachers_backbone: Known | None = None
    teachers_pe: Known | None = None
    teachers_music: Known | None = None
    teachers_art: Known | None = None
    teachers_arts: Known | None = None
    shared_pe_arts: Known | None = None


@dataclass(frozen=True)
class School:
    """A school as a legal person, undivided.

    ``stages``: what it teaches, by stage code; a stage that is not there is not taught, a stage whose
    counts are None is taught and unknown. Areas in m², equipment in yuan, rooms in rooms.
    ``school_type``: 办学类型 (JY/T 1001); ``locale``: 城乡分类.
    """

    code: str
    stages: Mapping[str, StageCounts] = field(default_factory=dict)
    school_type: str = ""
    locale: str = ""
    area_teaching: Known | None = None
    area_indoor_sports: Known | None = None
    area_sports: Known | None = None
    equipment_value: Known | None = None
    network_rooms: Known | None = None
    books: Known | None = None
    computers: Known | None = None

    def pupils(self, among: Collection[str]) -> Fraction | None:
        """Its pupils in those of its stages that are ``among`` the named (an attached kindergarten makes
        no school larger); None where one of them is unknown or none is taught.
        """
        known = [exact(counts.pupils) for stage, counts in self.stages.items() if stage in among]
        if not known or any(value is None for value in known):
            return None
        return sum((value for value in known if value is not None), Fraction(0))
