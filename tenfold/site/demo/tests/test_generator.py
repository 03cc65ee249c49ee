"""The sample city: the same for the same seed, as large as the statistics say, and no real school's or person's."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.foundation.holdings.facts.compulsory import standard
from tenfold.foundation.holdings.words import BY_CODE, stages_of
from tenfold.foundation.organisations.words import SCHOOL_TYPES
from tenfold.pure.balance import School as Judged
from tenfold.pure.balance import StageCounts, in_scope, judge, parts, spreads
from tenfold.site.demo import figures, generator, history, places, sheets
from tenfold.site.demo.words import Plan

CITY = generator.city()
FIGURES = figures.Figures(CITY)
NEWEST = CITY.plan.years[-1]
RETURNS = {code: FIGURES.returns(code, NEWEST) for code, _name in figures.files(CITY)}
STANDING = [school for school in CITY.schools if school.stands(NEWEST)]
SCHOOLS = {school.code: school for school in CITY.schools}
SMALL = Plan(counties=("421221",), scale=0.25, years=(2022, 2023))

OF_TYPE = {"111": 480, "211": 330, "218": 280, "311": 77, "312": 38, "341": 5, "345": 2, "342": 23, "365": 12, "511": 6}
"""1,253 institutions: 445 compulsory schools, 280 teaching points, 30 with seniors, 12 vocational, 6 special."""


def counted(what, rows):
    found = Counter()
    for row in rows:
        for address, value in row.items():
            if address.startswith(f"{what}."):
                found[address.split(".")[1]] += value
    return found


def test_a_seed_gives_the_same_city_to_the_last_figure(tmp_path):
    again = generator.city(SMALL)
    assert again == generator.city(SMALL)
    assert figures.Figures(again).returns("421221", 2023) == figures.Figures(generator.city(SMALL)).returns(
        "421221", 2023
    )
    assert generator.city(Plan(seed="another")) != CITY
    content = sheets.return_sheets(figures.Figures(again).returns("421221", 2022), "x")
    for name in ("a.xlsx", "b.xlsx"):
        sheets.write(tmp_path / name, content)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_institutions_are_those_of_the_statistics():
    assert Counter(school.school_type for school in STANDING) == OF_TYPE
    assert len(STANDING) == 1_253
    assert len(CITY.offices()) == 75
    assert {place.code for place in CITY.places} == {"421202", "421221", "421222", "421223", "421224", "421281"}


def test_pupils_and_teachers_are_those_of_the_statistics():
    rows = list(chain.from_iterable(RETURNS.values()))
    pupils, teachers = counted("pupils", rows), counted("teachers", rows)
    goals = {"kindergarten": 72_000, "primary": 225_000, "junior": 115_000}
    assert all(abs(pupils[stage] / goal - 1) < 0.015 for stage, goal in goals.items())
    assert abs((pupils["senior"] + pupils["vocational"]) / 88_000 - 1) < 0.03
    assert 15 <= pupils["primary"] / teachers["primary"] <= 16
    assert 11 <= pupils["junior"] / teachers["junior"] <= 12
    for place in CITY.places:
        here = counted("pupils", [row for row in rows if SCHOOLS[row["school_code"]].county == place.code])
        assert all(abs(here[stage] / place.pupils[stage] - 1) < 0.025 for stage in goals)


def test_sizes_are_skewed_as_real_ones_are():
    rows = [
        row for rows in RETURNS.values() for row in rows if SCHOOLS[row["school_code"]].school_type in ("211", "218")
    ]
    sizes = [counted("pupils", [row])["primary"] for row in rows]
    assert 0.55 < sum(size < 300 for size in sizes) / len(sizes) < 0.65
    assert 2_000 < max(sizes) < 3_300


def test_births_have_fallen_and_villages_lose_pupils():
    earlier = {code: FIGURES.returns(code, 2018) for code in RETURNS}
    before, now = (counted("pupils", chain.from_iterable(rows.values())) for rows in (earlier, RETURNS))
    assert now["kindergarten"] < 0.95 * before["kindergarten"]
    assert now["junior"] > before["junior"]

    def in_villages(rows):
        found = [row for row in chain.from_iterable(rows.values()) if SCHOOLS[row["school_code"]].group == "rural"]
        return counted("pupils", found)["primary"]

    assert in_villages(RETURNS) / now["primary"] < in_villages(earlier) / before["primary"] - 0.02


@settings(max_examples=12)
@given(st.text(max_size=8), st.sampled_from(sorted(places.counties())), st.sampled_from((0.1, 0.5, 1.0)))
def test_every_seed_gives_schools_that_are_marked_as_invented(seed, county, scale):
    city = generator.city(Plan(counties=(county,), scale=scale, seed=seed))
    codes = [school.code for school in city.schools]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"(11|21|31|34|36|51)4299\d{4}", code) for code in codes)
    assert len({school.name for school in city.schools}) == len(codes)
    assert {school.school_type for school in city.schools} <= set(dict(SCHOOL_TYPES))
    assert all(tuple(school.entry) == stages_of(school.school_type) for school in city.schools)
    offices = {row["school_code"] for row in city.offices()}
    assert {school.parent for school in city.schools} <= offices | {county, generator.CITY[0]}


@pytest.mark.parametrize("year", [2018, 2023])
def test_what_a_school_reports_adds_up(year):
    for row in chain.from_iterable(FIGURES.returns(code, year) for code in RETURNS):
        assert set(row) <= {a for a in row if a.split(".")[0] in BY_CODE}
        for address, value in row.items():
            field, *rest = address.split(".")
            if field == "pupils_female":
                assert value <= row[".".join(("pupils", *rest))]
            elif field.startswith("teachers_") and field != "teachers_moved_backbone":
                assert 0 <= value <= row[f"teachers.{rest[0]}"], (row["name"], address)
        for stage in {a.split(".")[1] for a in row if a.startswith("classes.")}:
            by_grade = sum(v for a, v in row.items() if a.startswith(f"classes.{stage}."))
            by_size = sum(v for a, v in row.items() if a.startswith("classes_") and a.endswith(f".{stage}"))
            assert by_grade == by_size


def test_every_year_has_its_schools_and_its_events():
    for year in CITY.plan.years:
        sent = [row["school_code"] for code in RETURNS for row in FIGURES.returns(code, year)]
        silent = (FIGURES.silent | FIGURES.late) if year == NEWEST else set()
        assert sorted(sent) == sorted(s.code for s in CITY.schools if s.stands(year) and s.code not in silent)
    befell = Counter(h.kind for year in CITY.plan.years[1:] for h in history.happenings(CITY.schools, year))
    assert set(befell) == {"merged", "closed", "renamed", "moved", "split"}
    assert len(FIGURES.late) == figures.LATE


# --- what the counties are like -----------------------------------------------------------------------


def judged(row):
    """A return as the standard's arithmetic takes it, without the house in between."""
    school = SCHOOLS[row["school_code"]]
    stages = {
        stage: StageCounts(
            pupils=sum(v for a, v in row.items() if a.startswith(f"pupils.{stage}.")),
            **{c: row.get(f"{c}.{stage}") for c in StageCounts.__dataclass_fields__ if c != "pupils"},
        )
        for stage in school.entry
        if stage in ("primary", "junior", "senior")
    }
    held = ("area_teaching", "area_indoor_sports", "area_sports", "equipment_value", "network_rooms")
    return Judged(school.code, stages, school.school_type, school.locale, **{code: row.get(code) for code in held})


@pytest.fixture(scope="module")
def verdicts():
    """By county: how many parts pass, fail, are unknown; and the spreads above their limit."""
    asks, found = standard(), {}
    by_county = defaultdict(list)
    for row in chain.from_iterable(RETURNS.values()):
        school = judged(row)
        if school.stages and in_scope(school, asks):
            by_county[SCHOOLS[school.code].county] += parts(school, asks)
    for county, units in by_county.items():
        passed = Counter(judge(unit, asks).passes for unit in units)
        over = {
            key: round(float(spread.value), 3)
            for key, spread in spreads(units, asks).items()
            if not spread.within(asks.spread_limit[key[1]])
        }
        found[county] = (passed[True], passed[False], passed[None], over)
    return found


def test_two_counties_are_near_the_standard(verdicts):
    for county in ("421202", "421281"):
        passed, failed, unknown, over = verdicts[county]
        assert (unknown, over) == (0, {})
        assert 0 < failed < 0.07 * passed


def test_in_one_only_a_spread_fails(verdicts):
    _passed, failed, unknown, over = verdicts["421221"]
    assert (failed, unknown, list(over)) == (0, 0, [("equipment", "junior")])
    assert 0.45 < over["equipment", "junior"] < 0.48


def test_one_has_holes_in_its_data(verdicts):
    passed, failed, unknown, over = verdicts["421222"]
    assert unknown >= 8
    assert failed < 0.07 * passed
    assert over == {}
    assert {SCHOOLS[code].county for code in FIGURES.silent} == {"421222"}


def test_one_is_half_way_and_one_is_far(verdicts):
    passed, failed, _unknown, over = verdicts["421223"]
    assert 0.1 < failed / passed < 0.3
    assert over == {("sports_area", "primary"): 0.524}
    passed, failed, _unknown, over = verdicts["421224"]
    assert failed > 0.4 * passed
    assert len(over) == 2


# --- nothing real -------------------------------------------------------------------------------------


def test_no_invented_school_bears_the_name_of_a_real_one(real_data):
    with real_data("geo/xianning_schools_baidu2019.csv").open(encoding="utf-8") as file:
        real = {row["name"] for row in csv.DictReader(file)}
    invented = {school.name for school in CITY.schools}
    assert not any(name in other or other in name for name in invented for other in real)


def test_every_school_stands_in_its_county(real_data):
    shapes = json.loads(real_data("geo/xianning_counties_gcj02.geojson").read_text("utf-8"))["features"]
    rings = {str(f["properties"]["adcode"]): [polygon[0] for polygon in f["geometry"]["coordinates"]] for f in shapes}
    outside = [s.name for s in CITY.schools if not any(_within(s.at, ring) for ring in rings[s.county])]
    assert outside == []


def _within(at, ring):
    latitude, longitude = at
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed
