"""Annual returns of three school years for the schools of the cast, with a senior and a vocational one beside."""

from __future__ import annotations

from typing import Any

from tenfold.engines.indicators.services import sync
from tenfold.foundation.acts import service
from tenfold.foundation.holdings.models import GradeYear, SchoolYear, StageYear
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.organisations.services import Draft, open_many
from tenfold.foundation.scope import as_system
from tests.support.cast import SINCE, SmallCounty

PERIODS = ("2021-22", "2022-23", "2023-24")
STAGES = {
    "211": ("primary",),
    "218": ("primary",),
    "311": ("junior",),
    "312": ("primary", "junior"),
    "342": ("senior",),
    "365": ("vocational",),
}


def returns_of(cast: SmallCounty) -> None:
    """Record the returns and bring the fact store up to them."""
    with as_system("tests"):
        more = _open(cast)
        _record([*cast.schools, *more])
        sync()


@service(right=None)
def _open(cast: SmallCounty) -> list[Organisation]:
    rows = (("9900000011", "安禾县高级中学", "342"), ("9900000012", "安禾县职业高中", "365"))
    attributes = {"locale": "121", "sector": "public"}
    return open_many(
        [Draft(c, n, "school", cast.county_a, SINCE, attributes={**attributes, "school_type": t}) for c, n, t in rows]
    )


@service(right=None, touches=("*",))
def _record(schools: list[Organisation]) -> None:
    from tenfold.foundation.acts import touch

    for later, period in enumerate(PERIODS):
        touch(period)
        for school in schools:
            _return(school, period, later)


def _return(school: Organisation, period: str, later: int) -> None:
    same = {name: getattr(school, name) for name in ("school_type", "locale", "sector")}
    year = SchoolYear.objects.create(
        organisation=school, period=period, **same, area_teaching=500_000, area_indoor_sports=20_000,
        area_sports=750_000 + 10_000 * school.pk, equipment_value=250_000_000,
        network_rooms=20 + school.pk % 3 + later, music_rooms=1, art_rooms=1, books=20_000, computers=100 + later,
        funds_budget=80_000_000, funds_spent=79_000_000, training_spent=4_000_000, records=[],
    )  # fmt: skip
    for stage in STAGES[school.school_type]:
        StageYear.objects.create(year=year, stage=stage, **_stage(stage, later))
        GradeYear.objects.create(year=year, stage=stage, grade=0, pupils=800, pupils_female=390, classes=18)


def _stage(stage: str, later: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "teachers": 50, "teachers_specialist": 5, "teachers_bachelor": 44, "teachers_postgraduate": 1,
        "teachers_backbone": 9, "teachers_pe": 3, "teachers_music": 3, "teachers_art": 2, "teachers_arts": 0,
        "teachers_english": 4, "teachers_science": 2, "teachers_psych": 1, "teachers_certified": 49,
        "teachers_360h": 40 + later, "teachers_eligible": 20, "teachers_moved": 2, "teachers_moved_backbone": 1,
        "classes_41_45": 17, "classes_56_60": 1,
    }  # fmt: skip
    told |= {f"classes_{band}": 0 for band in ("le25", "26_30", "31_35", "36_40", "46_50", "51_55", "61_65", "ge66")}
    if stage == "junior":
        told |= {"intake_g7": 270, "graduates_g9": 268, "transfers_in": 2, "transfers_out": 3, "deaths": 0}
    return told
