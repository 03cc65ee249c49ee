"""The golden tests of DOMAIN.md section 15 that belong to the balanced standard: G1-G4, G8, G9."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tenfold.pure.balance import (
    School,
    Spread,
    StageCounts,
    classify,
    judge,
    parts,
    retention,
    shares,
)

from .factories import counts, primary, standard


def test_g1_the_published_spread() -> None:
    spread = Spread.of(zip((279, 137, 935, 160, 402), (45, 37, 89, 76, 55), strict=True))
    assert spread.pupils == 302
    assert spread.counted == 5
    assert round(float(spread.mean or 0), 4) == 6.3344
    assert round(float(spread.variance or 0) ** 0.5, 4) == 3.2639
    assert round(spread.value or Decimal(0), 4) == Decimal("0.5153")
    assert spread.within(Fraction("0.50")) is False
    assert spread.within(Fraction("0.52")) is True


def test_g2_the_published_split() -> None:
    divided = shares({"primary": 166, "junior": 210}, standard().weights)
    assert divided["primary"] == Fraction(166, 397)
    assert [round(float(share or 0) * 23226, 1) for share in divided.values()] == [
        9711.6,
        13514.4,
    ]
    school = School(
        "3142000001",
        {"primary": StageCounts(600), "junior": StageCounts(300)},
        "312",
        "121",
        area_sports=5400,
    )
    small, large = parts(school, standard())
    assert round(float(small.share or 0), 6) == 0.645161
    tops = [part.tops["sports_area"] for part in (small, large)]
    assert tops == [5400 * Fraction(600, 930), 5400 * Fraction(330, 930)]
    assert [round(float(top or 0), 2) for top in tops] == [3483.87, 1916.13]
    resource = standard().resource("sports_area")
    assert [round(float(part.value(resource) or 0), 4) for part in (small, large)] == [
        5.8065,
        6.3871,
    ]


def test_g3_the_twelve_year_school() -> None:
    divided = shares({"primary": 600, "junior": 300, "senior": 300}, standard().weights)
    assert [round(float(share or 0) * 5400, 2) for share in divided.values()] == [
        2443.44,
        1343.89,
        1612.67,
    ]


def test_a_complete_secondary_school_weighs_one_to_one_point_two() -> None:
    divided = shares({"junior": 500, "senior": 1000}, standard().weights)
    assert divided["junior"] == Fraction(500, 500 + 1200)


@pytest.mark.parametrize(("sports", "passes"), [("7500", True), ("6375", True), ("6374", False)])
def test_g4_six_at_the_threshold_and_the_seventh(sports: str, passes: bool) -> None:
    (part,) = parts(primary(area_sports=Decimal(sports)), standard())
    assert judge(part, standard()).passes is passes


def test_g4_the_last_thousandth() -> None:
    (part,) = parts(
        primary(stage=counts(1), area_sports=Decimal("6.374"), area_indoor_sports=0),
        standard(),
    )
    (item,) = [item for item in judge(part, standard()).items if item.resource.code == "sports_area"]
    assert (item.value, item.floor, item.state) == (
        Fraction("6.374"),
        Fraction("6.375"),
        "below",
    )


def test_g4_two_below_the_threshold() -> None:
    (part,) = parts(primary(area_sports=7000, network_rooms=22), standard())
    verdict = judge(part, standard())
    assert verdict.passes is False
    assert (verdict.count("met"), verdict.count("near"), verdict.count("below")) == (
        5,
        2,
        0,
    )


@pytest.mark.parametrize(
    ("size", "primary_ok", "junior_ok", "oversized", "extreme"),
    [
        (45, True, True, False, False),
        (46, False, True, False, False),
        (50, False, True, False, False),
        (51, False, False, False, False),
        (55, False, False, False, False),
        (56, False, False, True, False),
        (65, False, False, True, False),
        (66, False, False, True, True),
    ],
)
def test_g8_class_sizes(size: int, primary_ok: bool, junior_ok: bool, oversized: bool, extreme: bool) -> None:
    small, large = (classify(size, stage, standard()) for stage in ("primary", "junior"))
    assert (small.within, large.within) == (primary_ok, junior_ok)
    assert (small.oversized, small.extreme) == (large.oversized, large.extreme) == (oversized, extreme)


def test_g9_retention() -> None:
    kept = retention(graduates=980, transfers_in=20, transfers_out=30, intake=1000, deaths=1)
    assert kept == Fraction(990, 999)
    assert round(float(kept) * 100, 2) == 99.10
    assert kept >= standard().retention


@pytest.mark.parametrize("missing", range(5))
def test_retention_is_unknown_where_one_count_is(missing: int) -> None:
    known: list[int | None] = [980, 20, 30, 1000, 1]
    known[missing] = None
    assert retention(*known) is None


def test_retention_of_nobody() -> None:
    assert retention(0, 0, 0, 5, 5) is None
