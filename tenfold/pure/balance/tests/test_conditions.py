"""Rooms, sizes and near enrolment of one school (DOMAIN.md 3c (iv), 3c-ter 7, 8, 9), and the least that it needs."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.pure.balance import (
    BANDS,
    Conditions,
    StageCounts,
    full,
    judge,
    least,
    near,
    parts,
    rooms,
    shortfalls,
    size,
    together,
)  # fmt: skip

from .factories import counts, primary, standard

ROOMS, SIZE, NEAR = (standard().demand(code) for code in ("music_art_rooms", "school_size", "near_enrolment"))


def school(stages: str = "primary", classes: int = 12, pupils: int = 500, **more: Any) -> Conditions:
    taught = {s: {"classes": classes, "pupils": pupils, "pupils_migrant": 0} for s in stages.split()}
    bands = {s: {band: 0 for band, *_edges in BANDS} | {"41_45": classes} for s in taught}
    held = {"music_rooms": 1, "music_area": 96, "art_rooms": 1, "art_area": 90}
    built = more.pop("built_by", {2010: False, 2016: False})
    more = {"locale": "121", "sector": "public", "boarding": False, "counts": taught, "bands": bands} | more
    return Conditions("x", built_by=built, held=held | more.pop("held", {}), **more)


@pytest.mark.parametrize(
    ("one", "needed", "missing", "meets"),
    [
        (school(), 1, 0, True),
        (school(classes=13), 2, 2, False),
        (school("primary junior", classes=12, pupils=500), 2, 2, False),
        (school("primary junior", classes=6), 1, 0, True),
        (school(held={"music_area": 95}), 1, 0, False),
        (school(held={"music_area": 73, "art_area": 67}, built_by={2010: False, 2016: True}), 1, 0, True),
        (school(held={"music_area": 72, "art_area": 67}, built_by={2010: False, 2016: True}), 1, 0, False),
        (school(held={"music_area": 54, "art_area": 54}, locale="220"), 1, 0, False),
        (school(held={"music_rooms": None}), 1, None, None),
        (school(held={"music_rooms": None, "art_rooms": 0}), 1, None, False),
        (school(held={"art_area": None}), 1, 0, None),
    ],
)
def test_one_music_and_one_art_room_for_twelve_classes(one: Conditions, needed: int, missing: Any, meets: Any) -> None:
    found = rooms(one, ROOMS, standard())
    assert (found.needed, found.missing, found.meets) == (needed, missing, meets)


def test_small_rural_schools_need_smaller_rooms() -> None:
    small = {"primary": {band: 0 for band, *_edges in BANDS} | {"le25": 4, "26_30": 2}}
    area = {"music_area": 54, "art_area": 54}
    assert rooms(school(classes=6, locale="220", bands=small, held=area), ROOMS, standard()).meets
    assert rooms(school(classes=6, locale="121", bands=small, held=area), ROOMS, standard()).meets is False
    both = {"primary": small["primary"], "junior": small["primary"]}
    one = school("primary junior", classes=6, locale="210", bands=both, held=area)
    assert rooms(one, ROOMS, standard()).meets is False, "61 m² where junior is taught"


@pytest.mark.parametrize(
    ("one", "limit", "meets"),
    [
        (school(pupils=2000), 2000, True),
        (school(pupils=2001), 2000, False),
        (school(pupils=2400, built_by={2010: True}), 2400, True),
        (school(pupils=2401, built_by={2010: True}), 2400, False),
        (school("primary junior", pupils=1250), 2500, True),
        (school("primary junior", pupils=1251), 2500, False),
        (school("primary junior", pupils=1500, built_by={2010: True}), 3000, True),
        (school("junior", pupils=2001, school_type="341", other=True), 2000, False),
        (school("primary", pupils=2500, school_type="312"), 2500, True),
        (school(pupils=2200, built_by={}), 2000, None),
        (school(pupils=2500, built_by={}), 2000, False),
    ],
)
def test_school_size(one: Conditions, limit: int, meets: Any) -> None:
    found = size(one, SIZE, standard())
    assert (found.limit, found.meets) == (limit, meets)


def test_more_than_half_migrant_children_relax_the_size() -> None:
    def of(migrants: int) -> Any:
        return size(school(counts={"primary": {"pupils": 2200, "pupils_migrant": migrants}}), SIZE, standard()).meets

    assert (of(1100), of(1101)) == (False, True)


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, True),
        ({"locale": "111"}, True),
        ({"locale": "210"}, False),
        ({"sector": "private"}, False),
        ({"boarding": True}, False),
        ({"boarding": None}, None),
        ({"locale": ""}, None),
    ],
)
def test_near_enrolment_is_asked_of_public_day_schools_of_cities_and_towns(more: Any, asked: Any) -> None:
    assert near(school(**more), NEAR) is asked


def test_what_is_stated_undivided_counts_where_all_stages_are_compulsory() -> None:
    one = school("primary junior", counts={"primary": {}, "junior": {}}, whole={"teachers": 90})
    assert (one.of("teachers"), one.of("teachers", "junior")) == (90, None)
    assert school("junior", counts={"junior": {}}, whole={"teachers": 90}, other=True).of("teachers") is None


# --- the least ----------------------------------------------------------------------------------------


def needs(**changes: Any) -> dict[str, int]:
    """What the least asks of a primary school of 1,000 pupils that meets everything but for the changes."""
    stage = {k: changes.pop(k) for k in list(changes) if k in StageCounts.__dataclass_fields__}
    (part,) = parts(primary(stage=counts(**stage), **changes), standard())
    return {n.resource.code: int(n.school) for n in least(part, standard())}


def test_a_school_that_passes_needs_nothing() -> None:
    assert needs() == {}
    assert needs(area_sports=6375) == {}


def test_the_one_that_may_stay_is_the_dearest() -> None:
    assert needs(area_sports=6374) == {"sports_area": 1}, "to 85 per cent and no further"
    assert needs(area_sports=6400, network_rooms=22) == {"network_rooms": 1}
    assert needs(area_sports=6400, teachers_backbone=9) == {"backbone_teachers": 1}
    assert needs(equipment_value=1_999_999, area_sports=6400) == {"equipment": 1000}


small = st.integers(0, 60)


@given(backbone=small, pe=small, area=st.integers(0, 9000), sports=st.integers(0, 15000), rooms_=small)
@settings(max_examples=60, deadline=None)
def test_what_is_added_makes_the_school_pass(backbone: int, pe: int, area: int, sports: int, rooms_: int) -> None:
    changes: dict[str, Any] = {"area_teaching": area + 500, "area_sports": sports, "network_rooms": rooms_}
    stage = {"teachers_backbone": backbone, "teachers_pe": pe, "teachers_music": 0, "teachers_art": 0}
    one = primary(stage=counts(**stage), **changes)
    (part,) = parts(one, standard())
    need = {n.resource.code: n for n in least(part, standard())}
    tops = {c: (v or Fraction(0)) + (need[c].part if c in need else 0) for c, v in part.tops.items()}
    assert judge(type(part)(one, part.stage, part.share, True, part.pupils, tops), standard()).passes
    for fewer in (c for n in range(len(need)) for c in combinations(need, n)):
        tops = {c: (v or Fraction(0)) + (need[c].part if c in fewer else 0) for c, v in part.tops.items()}
        assert not judge(type(part)(one, part.stage, part.share, True, part.pupils, tops), standard()).passes


def test_the_parts_of_one_school_share_what_is_added() -> None:
    stages = {"primary": counts(600), "junior": counts(300)}
    one = primary(area_sports=3000, school_type="312")
    one = type(one)(one.code, stages, "312", "121", 5000, 500, 3000, 2_000_000, 23)
    both = [n for part in parts(one, standard()) for n in full(part, standard()) if n.resource.code == "sports_area"]
    exact = [g.school for p in parts(one, standard()) for g in shortfalls(p, standard())]
    assert together(both)["sports_area"] == max(n.school for n in both)
    assert max(n.school for n in both) - max(exact) < 1
