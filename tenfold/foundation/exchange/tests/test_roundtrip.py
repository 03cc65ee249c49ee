"""Written, taken out, read in again: nothing changes. And a figure opens to its cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenfold.foundation.acts import service
from tenfold.foundation.exchange import services
from tenfold.foundation.exchange.queries import cell, cells
from tenfold.foundation.exchange.sheets import csv_safe, export_csv, export_xlsx
from tenfold.foundation.holdings.bulk import SchoolReturnEntry, record_school_returns
from tenfold.foundation.holdings.flat import Flat, Key, flat_years, merged
from tenfold.foundation.holdings.models import SchoolYear
from tenfold.foundation.holdings.queries import school_card
from tenfold.foundation.holdings.words import GRADES
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.models import Appointment
from tenfold.foundation.scope import as_system

from .making import GOOD, PERIOD, checked, faults_of, table, written

pytestmark = pytest.mark.django_db

count = st.integers(0, 3000)


@st.composite
def returns(draw: Any) -> Flat:
    """One school's year as it may stand: whole and part always fit."""
    flat: Flat = {}
    for stage in draw(st.sets(st.sampled_from(["primary", "junior"]))):
        grades = draw(st.sets(st.sampled_from(GRADES[stage])))
        for grade in grades:
            flat["pupils", stage, grade] = draw(count)
        if len(grades) < len(GRADES[stage]) and draw(st.booleans()):
            flat["pupils", stage, 0] = sum(flat["pupils", stage, g] for g in grades) + draw(count)
        if draw(st.booleans()):
            teachers = draw(count)
            flat["teachers", stage, 0] = teachers
            flat["teachers_backbone", stage, 0] = draw(st.integers(0, teachers))
    if draw(st.booleans()):
        flat["teachers", "", 0] = sum(v for k, v in flat.items() if k[0] == "teachers") + draw(count)
    for code in ("equipment_value", "area_teaching"):
        if draw(st.booleans()):
            flat[code, "", 0] = draw(st.integers(0, 10**11))
    if draw(st.booleans()):
        flat["books", "", 0] = draw(count)
    if draw(st.booleans()):
        flat["boarding", "", 0] = draw(st.booleans())
    flat["locale", "", 0] = draw(st.sampled_from(["111", "121", "220"]))
    return flat


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(returns(), min_size=2, max_size=2), st.sampled_from([export_xlsx, export_csv]))
def test_write_export_import_again_nothing_changes(
    small_county: Any, flats: list[Flat], export: Callable[..., bytes]
) -> None:
    schools = [small_county.primary_a.pk, small_county.whole_a.pk]
    with as_system("tests"):
        _clean()
        _record([SchoolReturnEntry(s, 0, {}, f, ["0#made!1"]) for s, f in zip(schools, flats, strict=True)])
        before = flat_years(PERIOD)
        batch = checked(export("school-return", "990100", PERIOD), under="990100", name="again")
        assert not faults_of(batch)
        assert (batch.counts["rows"], batch.counts["unchanged"]) == (2, 2)
        services.write(batch)
        assert flat_years(PERIOD) == before


@service(right=None)
def _record(entries: list[SchoolReturnEntry]) -> None:
    record_school_returns(PERIOD, entries)


@service(right=None)
def _clean() -> None:
    SchoolYear.objects.all().delete()


@given(returns(), returns())
def test_hearing_a_table_twice_is_hearing_it_once(held: Flat, told: Flat) -> None:
    named: set[Key] = set(told)
    once = merged(held, told, named)
    assert merged(once, told, named) == once


@given(returns(), returns())
def test_after_hearing_a_table_no_total_lies_below_its_parts(held: Flat, told: Flat) -> None:
    new = merged(held, told, set(told))
    for (code, stage, grade), total in new.items():
        if code == "pupils" and stage and not grade:
            assert total >= sum(value for key, value in new.items() if key[:2] == (code, stage) and key[2])


def test_of_an_older_total_and_newer_parts_the_newer_word_stands() -> None:
    held: Flat = {("pupils", "primary", 0): 100, ("teachers", "", 0): 50}
    told: Flat = {("pupils", "primary", grade): 15 for grade in GRADES["primary"]}
    assert sum(v for k, v in merged(held, told, set(told)).items() if k[0] == "pupils") == 90
    told = {("teachers", "primary", 0): 20}
    assert merged(held, told, set(told))["teachers", "", 0] == 50, "both can be true: junior has the others"
    told = {("teachers", "primary", 0): 60}
    assert ("teachers", "", 0) not in merged(held, told, set(told))


def test_the_schools_page_counts_nothing_twice(small_county: Any) -> None:
    heads = [
        "学校标识码",
        "在校生数",
        "小学在校生数",
        *(f"小学{n}年级在校生数" for n in "一二三四五六"),
        "专任教师",
        "小学专任教师",
    ]
    with as_system("tests"):
        written(table(["9900000001", 210, 210, 30, 40, 30, 40, 30, 40, 15, 15], heads=heads), under="990100")
        card = school_card(small_county.primary_a, PERIOD)
    assert (card.totals["pupils"].value, card.totals["teachers"].value) == (210, 15)


@pytest.mark.parametrize("kind", ["organisations", "staff"])
def test_places_and_posts_go_out_and_come_in_unchanged(small_county: Any, kind: str) -> None:
    with as_system("tests"):
        before = (_places(), list(Appointment.objects.values().order_by("pk")))
        batch = checked(export_xlsx(kind, "990000", ""), kind, under="990000", period="")
        assert not faults_of(batch)
        assert batch.counts["unchanged"] == batch.counts["rows"] > 5
        services.write(batch)
        assert (_places(), list(Appointment.objects.values().order_by("pk"))) == before


def _places() -> list[Any]:
    return list(Organisation.objects.order_by("pk").values())


def test_exported_texts_never_start_a_formula() -> None:
    assert [csv_safe(t) for t in ("=1+1", "@x", "+1", "-1", "\t=1", "东岭")] == [
        "'=1+1", "'@x", "'+1", "'-1", "'\t=1", "东岭",
    ]  # fmt: skip


def test_a_figure_opens_to_its_cell(small_county: Any, as_person: Any) -> None:
    with as_person(small_county.county_officer_a):
        batch = written(table())
        record = f"{batch.pk}#学校表!2"
        found = cell(record, "teachers_backbone.primary")
        assert found is not None
        assert (found.sheet, found.row, found.column, found.raw) == ("学校表", 2, "F", "3")
        assert found.heading == "小学骨干教师"
        assert found.uploader == "T-county_officer_a"
        assert [row[0] for row in found.neighbourhood.rows] == [2, 3]
        assert cell(record, "books") is None
        assert cells(f"999#学校表!2;{record}", "pupils.primary")[0].raw == "240"
        assert not cells("nonsense", "pupils.primary")


def test_a_school_sees_its_own_row_of_the_countys_import_and_no_other(small_county: Any, as_person: Any) -> None:
    with as_person(small_county.county_officer_a):
        batch = written(table())
    with as_person(small_county.head_a):
        found = cell(f"{batch.pk}#学校表!2", "pupils.primary")
        assert found is not None
        assert found.raw == "240"
        assert [row[0] for row in found.neighbourhood.rows] == [2]
        assert cell(f"{batch.pk}#学校表!3", "pupils.primary") is None
    with as_person(small_county.head_b):
        assert cell(f"{batch.pk}#学校表!2", "pupils.primary") is None


def test_what_was_put_in_place_of_a_cell_is_shown_beside_it(small_county: Any, as_person: Any) -> None:
    with as_person(small_county.county_officer_a):
        batch = checked(table(["9900000001", "东岭小学", "三百一十四", 6, 15, 3, 52.5], GOOD[1]))
        services.write(services.take_suggestions(batch))
        found = cell(f"{batch.pk}#学校表!2", "pupils.primary")
        assert found is not None
        assert (found.raw, found.corrected) == ("三百一十四", "314")


def test_the_cells_of_a_sum_of_grades(small_county: Any, as_person: Any) -> None:
    heads = ["学校标识码", *(f"小学{n}年级在校生数" for n in "一二三")]
    with as_person(small_county.county_officer_a):
        batch = written(table(["9900000001", 30, 40, 50], heads=heads))
        found = cells(f"{batch.pk}#学校表!2", "pupils.primary")
        assert [(c.column, c.raw) for c in found] == [("B", "30"), ("C", "40"), ("D", "50")]
