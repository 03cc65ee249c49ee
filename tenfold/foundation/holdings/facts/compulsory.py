"""The virtual schools of 教督〔2017〕6号: a school's primary and junior parts, whole-through schools split.

The arithmetic is ``tenfold.pure.balance``, in rationals; a float is made only when a row is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tenfold.pure.balance import (
    Conditions,
    Part,
    School,
    StageCounts,
    Standard,
    classes_above,
    in_scope,
    judge,
    parts,
)

from ..standards import STANDARD, standard
from .reading import AT, COMPULSORY, HUNDREDTH, Row, SchoolReturn, sums

__all__ = ["BANDS", "STANDARD", "conditions_of", "limit_rows", "part_rows", "school_of", "standard", "virtual_schools"]

BANDS = (
    "le25",
    "26_30",
    "31_35",
    "36_40",
    "41_45",
    "46_50",
    "51_55",
    "56_60",
    "61_65",
    "ge66",
)
_COUNTS = tuple(code for code in StageCounts.__dataclass_fields__ if code != "pupils")
_OF_SCHOOL = (
    "area_teaching",
    "area_indoor_sports",
    "area_sports",
    "equipment_value",
    "network_rooms",
    "books",
    "computers",
)


def school_of(one: SchoolReturn) -> School:
    """A return as the standard's arithmetic takes it."""
    stages = {
        stage: StageCounts(
            pupils=one.pupils[stage],
            **{code: one.stages[stage][AT[code]] for code in _COUNTS},
        )
        for stage in one.taught
    }
    whole: dict[str, Any] = {code: _exact(code, one) for code in _OF_SCHOOL}
    return School(str(one.school), stages, one.school_type, one.locale, **whole)


def conditions_of(one: SchoolReturn) -> Conditions:
    """A return as the further items of the standard take it: compulsory schooling, undivided."""
    taught = [stage for stage in one.taught if stage in COMPULSORY]
    return Conditions(
        code=str(one.school),
        school_type=one.school_type,
        locale=one.locale,
        sector=one.about.sector,
        boarding=one.about.boarding,
        built_by=dict(one.about.built_by),
        counts={stage: _counts(one.stages[stage], sums(one.grades[stage])) for stage in taught},
        bands={stage: {band: one.stages[stage][AT[f"classes_{band}"]] for band in BANDS} for stage in taught},
        whole=_counts(one.whole, one.whole_grades),
        held={code: _exact(code, one) for code in _HELD},
        other=any(stage not in COMPULSORY for stage in one.taught),
    )


_HELD = ("music_rooms", "music_area", "art_rooms", "art_area", "funds_budget", "training_spent")
_COUNTED = (
    "pupils_migrant", "pupils_in_zone", "teachers", "teachers_certified", "teachers_360h", "teachers_eligible",
    "teachers_moved", "teachers_moved_backbone", "intake_g7", "graduates_g9", "transfers_in", "transfers_out", "deaths",
)  # fmt: skip


def _counts(by_stage: Row, by_grade: Row) -> dict[str, int | None]:
    found = {code: by_stage[AT[code]] for code in _COUNTED}
    return found | {"pupils": by_grade[AT["pupils"]], "classes": by_grade[AT["classes"]]}


def _exact(code: str, one: SchoolReturn) -> Fraction | int | None:
    value = one.held[AT[code]]
    return Fraction(value, 100) if value is not None and HUNDREDTH[AT[code]] else value


def virtual_schools(one: SchoolReturn, asks: Standard) -> Iterator[tuple[Part, bool | None]]:
    """The parts of a school with whether the rule asks for it (None where its size is unknown)."""
    if not any(stage in COMPULSORY for stage in one.taught):
        return
    school = school_of(one)
    asked = in_scope(school, asks)
    if asked is not False:
        for part in parts(school, asks):
            yield part, asked


def part_rows(returns: list[SchoolReturn]) -> Iterator[dict[str, Any]]:
    """One row a part: the numerators of the seven resources, pupils, and whether the rule is met (1, 0)."""
    asks = standard()
    for one in returns:
        for part, asked in virtual_schools(one, asks):
            row: dict[str, Any] = {
                "school": one.school,
                "stage": part.stage,
                "record": one.record,
            }
            row["pupils"] = None if part.pupils is None else int(part.pupils)
            for code, top in part.tops.items():
                row[code] = None if top is None or asked is None else float(top)
            passes = judge(part, asks).passes if asked else None
            row["passes"] = None if passes is None else int(passes)
            yield row


def limit_rows(returns: list[SchoolReturn]) -> Iterator[dict[str, Any]]:
    """Classes above the standard's limit (45 in primary, 50 in junior) and all classes, by stage and whole."""
    limits = standard().class_limit
    for one in returns:
        found = []
        for stage in one.taught:
            if stage not in limits:
                continue
            bands = {band: one.stages[stage][AT[f"classes_{band}"]] for band in BANDS}
            over = classes_above(bands, limits[stage])
            every = sum(v for v in bands.values() if v is not None) if None not in bands.values() else None
            found.append((over, every))
            yield {
                "school": one.school,
                "stage": stage,
                "record": one.record,
                "over": over,
                "classes": every,
            }
        if found:
            whole = [sum(v) if None not in v else None for v in zip(*found, strict=True)]
            yield {
                "school": one.school, "stage": "*", "record": one.record, "over": whole[0], "classes": whole[1],
            }  # fmt: skip
