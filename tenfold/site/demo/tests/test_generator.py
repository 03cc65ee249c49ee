"""The invented county: the same for the same seed, within what schools can be, and never a real one's."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.foundation.holdings.words import BY_CODE
from tenfold.foundation.organisations.words import SCHOOL_TYPES
from tenfold.site.demo import figures, generator, sheets

COUNTY = generator.county()


def test_a_seed_gives_the_same_county_to_the_last_figure():
    again = generator.county()
    assert again == COUNTY
    assert figures.returns(again, 2023) == figures.returns(COUNTY, 2023)
    assert generator.county("another") != COUNTY


def test_the_same_sheets_give_the_same_bytes(tmp_path):
    content = sheets.return_sheets(figures.returns(COUNTY, 2022), "x")
    for name in ("a.xlsx", "b.xlsx"):
        sheets.write(tmp_path / name, content)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@settings(max_examples=15)
@given(st.text(max_size=8))
def test_every_seed_gives_120_schools_that_are_marked_as_invented(seed):
    county = generator.county(seed)
    codes = [school.code for school in county.schools]
    assert len(set(codes)) == 120
    assert all(len(code) == 10 and code[2:4] == "99" for code in codes)
    assert len({school.name for school in county.schools}) == 120
    assert {school.school_type for school in county.schools} <= set(dict(SCHOOL_TYPES))
    assert {"111", "211", "218", "311", "312", "342", "365", "511"} <= {s.school_type for s in county.schools}
    assert sum(school.city_run for school in county.schools) == 1
    offices = {code for code, _name in county.townships}
    assert {s.parent for s in county.schools} <= offices | {generator.COUNTY[0], generator.CITY[0]}


@pytest.mark.parametrize("year", figures.YEARS)
def test_what_a_school_reports_adds_up(year):
    for row in figures.returns(COUNTY, year):
        for address, value in row.items():
            field, *rest = address.split(".")
            assert field in BY_CODE
            if field.startswith("pupils_female"):
                assert value <= row[".".join(("pupils", *rest))]
            if field.startswith("teachers_") and field != "teachers_moved_backbone":
                assert value <= row[f"teachers.{rest[0]}"], (row["name"], address)
        for stage in {a.split(".")[1] for a in row if a.startswith("classes.")}:
            by_grade = sum(v for a, v in row.items() if a.startswith(f"classes.{stage}."))
            by_size = sum(v for a, v in row.items() if a.startswith("classes_") and a.endswith(f".{stage}"))
            assert by_grade == by_size


def test_the_newest_year_waits_for_some():
    assert [len(figures.returns(COUNTY, year)) for year in figures.YEARS] == [120, 120, 120 - figures.SILENT]


def test_sizes_are_those_of_a_county():
    pupils = Counter()
    for row in figures.returns(COUNTY, 2023):
        for address, value in row.items():
            if address.startswith("pupils."):
                pupils[address.split(".")[1]] += value
    assert 20_000 < pupils["primary"] < 40_000
    assert 8_000 < pupils["junior"] < 20_000
