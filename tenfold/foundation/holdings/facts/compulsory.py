"""The virtual schools of 教督〔2017〕6号: a school's primary and junior parts, whole-through schools split.

The arithmetic is ``tenfold.pure.balance``, in rationals; a float is made only when a row is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tenfold.pure.balance import (
    Part,
    School,
    StageCounts,
    Standard,
    classes_above,
    in_scope,
    judge,
    parse,
    parts,
)

from .reading import AT, COMPULSORY, HUNDREDTH, SchoolReturn

STANDARD = "balanced-compulsory-2017"
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
)


@lru_cache(maxsize=8)
def _parsed(path: Path, changed: int) -> Standard:
    return parse(path.read_text(encoding="utf-8"))


def standard() -> Standard:
    """The standard as its file stands now."""
    path = Path(settings.TENFOLD["STANDARDS"]) / f"{STANDARD}.toml"
    return _parsed(path, path.stat().st_mtime_ns)


def school_of(one: SchoolReturn) -> School:
    """A return as the standard's arithmetic takes it."""
    stages = {
        stage: StageCounts(
            pupils=one.pupils[stage],
            **{code: one.stages[stage][AT[code]] for code in _COUNTS},
        )
        for stage in one.taught
    }
    whole: dict[str, Any] = {}
    for code in _OF_SCHOOL:
        value = one.held[AT[code]]
        whole[code] = Fraction(value, 100) if value is not None and HUNDREDTH[AT[code]] else value
    return School(str(one.school), stages, one.school_type, one.locale, **whole)


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
