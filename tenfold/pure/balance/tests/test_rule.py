"""The school rule, whole-through schools, unknown values and shortfalls."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.pure.balance import (
    BANDS,
    School,
    StageCounts,
    band_of,
    classes_above,
    classify,
    exact,
    in_scope,
    judge,
    parts,
    shares,
    shortfall,
    shortfalls,
)

from .factories import counts, primary, standard

STAGES = ("primary", "junior", "senior")
people = st.integers(0, 4000)
shared_fields = (
    "area_teaching",
    "area_indoor_sports",
    "area_sports",
    "equipment_value",
    "network_rooms",
)


def verdict(school: School) -> bool | None:
    (part,) = parts(school, standard())
    return judge(part, standard()).passes


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            {"stage": counts(teachers_specialist=0, teachers_bachelor=41, teachers_postgraduate=0)},
            "highly_qualified_teachers",
        ),
        ({"stage": counts(teachers_backbone=9)}, "backbone_teachers"),
        ({"stage": counts(teachers_pe=3, teachers_music=2)}, "pe_arts_teachers"),
        ({"area_indoor_sports": 501}, "teaching_area"),
        ({"area_sports": 7499}, "sports_area"),
        ({"equipment_value": 1_999_999}, "equipment"),
        ({"network_rooms": 22}, "network_rooms"),
    ],
)
def test_each_of_the_seven_counts(change: dict[str, Any], code: str) -> None:
    (part,) = parts(primary(**change), standard())
    found = judge(part, standard())
    assert found.passes is True
    assert [item.resource.code for item in found.items if item.state == "near"] == [code]


def test_junior_teachers_need_a_bachelor_and_primary_teachers_a_specialist_degree() -> None:
    stage = counts(100, teachers_specialist=5, teachers_bachelor=3, teachers_postgraduate=1)
    school = School("x", {"primary": stage, "junior": stage}, "312")
    small, large = parts(school, standard())
    assert (small.tops["highly_qualified_teachers"], large.tops["highly_qualified_teachers"]) == (
        9,
        4,
    )


def test_unknown_is_not_zero() -> None:
    assert verdict(primary(area_sports=None)) is None
    assert verdict(primary(area_sports=0)) is False


def test_what_is_known_already_fails() -> None:
    assert verdict(primary(area_sports=None, network_rooms=19)) is False
    assert verdict(primary(area_sports=None, network_rooms=22)) is None
    assert verdict(primary(area_sports=None, network_rooms=22, equipment_value=1_999_999)) is False


def test_unknown_pupils_leave_everything_open() -> None:
    assert verdict(primary(stage=counts(None))) is None


def test_no_pupils_no_part() -> None:
    assert parts(primary(stage=counts(0)), standard()) == ()
    school = School("x", {"primary": counts(0), "junior": counts(300)}, "312", area_sports=900)
    (part,) = parts(school, standard())
    assert (part.stage, part.share, part.whole, part.tops["sports_area"]) == (
        "junior",
        1,
        True,
        900,
    )


def test_one_unknown_stage_leaves_the_split_unknown_but_not_the_teachers() -> None:
    school = School("x", {"primary": counts(600), "junior": counts(None)}, "312", area_sports=9000)
    small, large = parts(school, standard())
    assert small.tops["sports_area"] is large.tops["sports_area"] is None
    assert small.tops["backbone_teachers"] == 10
    assert large.value(standard().resource("backbone_teachers")) is None


def test_an_attached_kindergarten_takes_no_share() -> None:
    school = School(
        "x",
        {"kindergarten": StageCounts(200), "primary": counts()},
        "211",
        area_sports=7500,
    )
    (part,) = parts(school, standard())
    assert (part.share, part.tops["sports_area"]) == (1, 7500)


@pytest.mark.parametrize(
    ("kind", "pupils", "asked"),
    [
        ("218", 49, False),
        ("218", 50, True),
        ("218", None, None),
        ("211", 49, True),
        ("211", None, True),
    ],
)
def test_small_teaching_points_stay_out(kind: str, pupils: int | None, asked: bool | None) -> None:
    assert in_scope(primary(stage=counts(pupils), school_type=kind), standard()) is asked


@pytest.mark.parametrize(
    ("pupils", "locale", "claimed", "counted"),
    [
        (50, "220", 2, 3),
        (99, "210", 2, 3),
        (49, "220", 2, 1),
        (100, "220", 2, 1),
        (60, "121", 2, 1),
        (60, "220", None, 1),
        (60, "", 2, None),
        (None, "220", 2, None),
        (None, "121", 2, 1),
        (100, "", 2, 1),
    ],
)
def test_shared_teachers_count_in_small_rural_schools(
    pupils: int | None, locale: str, claimed: int | None, counted: int | None
) -> None:
    stage = counts(pupils, teachers_pe=1, teachers_music=0, teachers_art=0, shared_pe_arts=claimed)
    (part,) = parts(primary(stage=stage, locale=locale), standard())
    assert part.tops["pe_arts_teachers"] == counted


def test_floats_are_refused() -> None:
    with pytest.raises(TypeError):
        exact(6.375)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        exact(True)


@given(st.dictionaries(st.sampled_from(STAGES), people, min_size=1), st.integers(0, 10**7))
def test_shares_sum_back_to_the_whole(pupils: dict[str, int], quantity: int) -> None:
    divided = shares(pupils, standard().weights)
    if len(pupils) > 1 and not any(pupils.values()):
        assert set(divided.values()) == {None}
    else:
        assert sum(share * quantity for share in divided.values() if share is not None) == quantity


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(1, 500))
def test_more_pupils_of_a_stage_never_take_less(small: int, large: int, more: int) -> None:
    weights = standard().weights
    before = shares({"primary": small, "junior": large}, weights)["junior"]
    after = shares({"primary": small, "junior": large + more}, weights)["junior"]
    assert before is not None
    assert after is not None
    assert after > before


@given(
    st.sampled_from([name for name in shared_fields if name != "area_indoor_sports"]),
    st.integers(0, 3_000_000),
    st.integers(0, 8000),
)
def test_having_more_never_fails_a_school_that_passed(name: str, before: int, more: int) -> None:
    little: dict[str, Any] = {name: before}
    much: dict[str, Any] = {name: before + more}
    poorer, richer = primary(**little), primary(**much)
    assert not (verdict(poorer) is True and verdict(richer) is not True)


@given(
    st.fixed_dictionaries({f: st.integers(0, 9000) for f in shared_fields}),
    st.sets(st.sampled_from(shared_fields)),
)
def test_learning_the_unknown_never_overturns_a_verdict(known: dict[str, Any], hidden: set[str]) -> None:
    whole = primary(**known)
    unknown: dict[str, Any] = dict.fromkeys(hidden)
    partly = replace(whole, **unknown)
    before, after = verdict(partly), verdict(whole)
    assert before is None or before is after


@given(st.integers(1, 2000), st.integers(1, 2000), st.integers(0, 30000))
def test_adding_the_shortfall_just_meets_the_threshold(small: int, large: int, area: int) -> None:
    resource = standard().resource("sports_area")
    school = School(
        "x",
        {"primary": StageCounts(small), "junior": StageCounts(large)},
        "312",
        area_sports=area,
    )
    for position, part in enumerate(parts(school, standard())):
        gap = shortfall(part, resource, standard())
        assert gap is not None
        mended = parts(replace(school, area_sports=area + gap.school), standard())[position]
        value = mended.value(resource)
        assert value is not None
        assert value >= resource.threshold[part.stage]
        if gap.part:
            assert value == resource.threshold[part.stage]
            assert gap.school > gap.part


def test_people_and_rooms_are_missing_in_whole_pieces() -> None:
    (part,) = parts(
        primary(stage=counts(1001), network_rooms=22, area_sports=Decimal("7000.5")),
        standard(),
    )
    steps = {gap.resource.code: gap.steps for gap in shortfalls(part, standard())}
    assert steps["network_rooms"] == 2  # 23.023 are asked
    assert steps["backbone_teachers"] == 1
    assert steps["sports_area"] == Fraction("507")
    assert "highly_qualified_teachers" not in steps


def test_the_shortfall_to_the_floor_is_smaller() -> None:
    (part,) = parts(primary(area_sports=6000), standard())
    gaps = [shortfall(part, standard().resource("sports_area"), standard(), floor=floor) for floor in (False, True)]
    assert [gap.part for gap in gaps if gap] == [1500, 375]


def test_an_unknown_shortfall() -> None:
    (part,) = parts(primary(area_sports=None), standard())
    assert shortfall(part, standard().resource("sports_area"), standard()) is None


@given(st.lists(st.integers(1, 90), max_size=60))
def test_classes_above_equal_a_count_of_the_classes(sizes: list[int]) -> None:
    counts_by_band: dict[str, int | None] = {code: 0 for code, _, _ in BANDS}
    for size in sizes:
        counts_by_band[band_of(size)] = (counts_by_band[band_of(size)] or 0) + 1
    for stage, limit in standard().class_limit.items():
        above = classes_above(counts_by_band, limit)
        assert above == sum(not classify(size, stage, standard()).within for size in sizes)
    for name, bound in (
        ("oversized", standard().oversized),
        ("extreme", standard().extreme),
    ):
        found = sum(getattr(classify(size, "primary", standard()), name) for size in sizes)
        assert classes_above(counts_by_band, bound - 1) == found


def test_an_unknown_band_matters_only_above() -> None:
    known: dict[str, int | None] = {code: 1 for code, _, _ in BANDS}
    assert classes_above({**known, "le25": None}, 45) == 5
    assert classes_above({**known, "51_55": None}, 45) is None
    with pytest.raises(ValueError, match="no edge at 48"):
        classes_above(known, 48)
    with pytest.raises(ValueError, match="no class"):
        band_of(-1)
