"""What the return tells of a school beyond the seven resources: sizes, rooms, teachers, places, funds.

Of compulsory schooling alone. What a school states undivided counts where all its stages are compulsory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from .classes import classes_above
from .counts import Known, exact
from .demands import Demand
from .standard import Standard

COMPULSORY = ("primary", "junior")


@dataclass(frozen=True)
class Conditions:
    """A school, undivided. ``counts`` by stage and field, ``whole`` by field where the source does not divide.

    ``bands``: classes by size, by stage. ``other``: it teaches stages beside the compulsory ones, so that
    what is stated of the whole says nothing of them.
    """

    code: str
    school_type: str = ""
    locale: str = ""
    sector: str = ""
    boarding: bool | None = None
    built_by: Mapping[int, bool | None] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, Known | None]] = field(default_factory=dict)
    bands: Mapping[str, Mapping[str, int | None]] = field(default_factory=dict)
    whole: Mapping[str, Known | None] = field(default_factory=dict)
    held: Mapping[str, Known | None] = field(default_factory=dict)
    other: bool = False

    @property
    def stages(self) -> tuple[str, ...]:
        """The compulsory stages that it teaches."""
        return tuple(stage for stage in COMPULSORY if stage in self.counts)

    def of(self, name: str, stage: str = "") -> Fraction | None:
        """A count of one stage, or of compulsory schooling together; None where it is unknown."""
        if stage:
            return exact(self.counts[stage].get(name)) if stage in self.counts else None
        known = [exact(self.counts[s].get(name)) for s in self.stages]
        if known and None not in known:
            return sum((v for v in known if v is not None), Fraction(0))
        return None if self.other else exact(self.whole.get(name))

    def of_junior(self, name: str) -> Fraction | None:
        """What is asked of junior secondary alone: what the source does not divide is its own."""
        own = self.of(name, "junior")
        return exact(self.whole.get(name)) if own is None else own

    def of_school(self, name: str) -> Fraction | None:
        """A figure of the undivided school: areas, rooms, funds."""
        return exact(self.held.get(name))

    def over(self, stage: str, standard: Standard) -> int | None:
        """How many classes of a stage are above the standard's limit."""
        return classes_above(self.bands.get(stage, {}), standard.class_limit[stage])

    def migrants_exceed(self, percent: Fraction) -> bool | None:
        """Whether more than so many per cent of its compulsory pupils are of migrant families."""
        migrants, pupils = self.of("pupils_migrant"), self.of("pupils")
        if migrants is None or pupils is None:
            return None
        return migrants * 100 > pupils * percent


@dataclass(frozen=True)
class Size:
    """School size against its limit. ``meets`` is None where a relaxation is unknown."""

    pupils: Fraction | None
    limit: int
    relaxed: bool | None
    meets: bool | None


def size(one: Conditions, demand: Demand, standard: Standard) -> Size:
    """The compulsory pupils against 2,000, or 2,500 where primary and junior are one school."""
    asked = demand.numbers
    through = "whole_through" if len(one.stages) > 1 or one.school_type in standard.whole_through else "limit"
    base, most = int(asked[through]), int(asked[f"relaxed.{through}"])
    older, migrants = (
        one.built_by.get(int(asked["relaxed.built"])),
        one.migrants_exceed(asked["relaxed.migrants_above"]),
    )
    relaxed = True if older or migrants else (None if older is None or migrants is None else False)
    limit, pupils = most if relaxed else base, one.of("pupils")
    if pupils is None:
        return Size(pupils, limit, relaxed, None)
    if relaxed is None and base < pupils <= most:
        return Size(pupils, limit, relaxed, None)
    return Size(pupils, limit, relaxed, pupils <= limit)


@dataclass(frozen=True)
class Rooms:
    """Music and art rooms of a school: how many it needs, what is missing, what each must measure."""

    needed: int | None
    music: Fraction | None
    art: Fraction | None
    music_least: Fraction
    art_least: Fraction
    missing: int | None
    meets: bool | None


def rooms(one: Conditions, demand: Demand, standard: Standard) -> Rooms:
    """One music and one art room for every twelve classes of the undivided school, each large enough."""
    areas = _least_areas(one, demand, standard)
    music_least, art_least = areas[0]
    classes, music, art = one.of("classes"), one.of_school("music_rooms"), one.of_school("art_rooms")
    needed = None if classes is None else ceil(classes / demand.numbers["classes"])
    found = [
        _enough(needed, music, one.of_school("music_area"), [pair[0] for pair in areas], standard.rooms_by_mean),
        _enough(needed, art, one.of_school("art_area"), [pair[1] for pair in areas], standard.rooms_by_mean),
    ]
    meets = False if False in found else None if None in found else True
    missing = None
    if needed is not None and music is not None and art is not None:
        missing = max(0, needed - int(music)) + max(0, needed - int(art))
    return Rooms(needed, music, art, music_least, art_least, missing, meets)


def _enough(
    needed: int | None, held: Fraction | None, area: Fraction | None, least: Sequence[Fraction], by_mean: bool
) -> bool | None:
    """Whether rooms are many and large enough: it fails where what is known already fails it."""
    if needed == 0:
        return True
    if needed is None or held is None:
        return None
    if held < needed:
        return False
    if area is None:
        return None
    answers = {area >= each * (held if by_mean else needed) for each in least}
    return answers.pop() if len(answers) == 1 else None


def _least_areas(one: Conditions, demand: Demand, standard: Standard) -> list[tuple[Fraction, Fraction]]:
    """What a music and an art room must measure here: first by what is known, then by what a blank leaves possible."""
    asked = demand.numbers
    small = _small_classes(one, standard) if one.locale.startswith("2") else False
    least = asked["small_rural.junior" if "junior" in one.stages else "small_rural.primary"]
    if small:
        return [(least, least)]
    old = one.built_by.get(int(asked["older.built"]))
    usual, older = ((asked[f"{age}music_area"], asked[f"{age}art_area"]) for age in ("", "older."))
    areas = [older] if old else [usual, older] if old is None else [usual]
    return areas if small is False else [*areas, (least, least)]


def _small_classes(one: Conditions, standard: Standard) -> bool | None:
    """Whether every class lies in the bands that count as small; None where a blank leaves it open."""
    counts = [(band, n) for stage in one.stages for band, n in one.bands.get(stage, {}).items()]
    if any(n for band, n in counts if band not in standard.small_bands):
        return False
    return True if counts and all(n is not None for _band, n in counts) else None


def near(one: Conditions, demand: Demand) -> bool | None:
    """Whether near enrolment is asked of a school: public day schools of cities and towns."""
    if one.sector and one.sector != "public":
        return False
    if one.locale and not one.locale.startswith(demand.locales):
        return False
    if one.boarding:
        return False
    return None if not one.sector or not one.locale or one.boarding is None else True
