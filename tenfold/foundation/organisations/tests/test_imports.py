"""Organisations from a table: opened under each other, matched, renamed, moved; never another's."""

from __future__ import annotations

from typing import Any

import pytest

from tenfold.foundation.exchange import services
from tenfold.foundation.exchange.models import Batch
from tenfold.foundation.exchange.queries import faults
from tenfold.foundation.exchange.tests.making import checked, codes, fault, table, written
from tenfold.foundation.organisations.models import Event, Organisation, Placement

pytestmark = pytest.mark.django_db

HEADS = "学校标识码 学校名称 机构类别 管理隶属 所在县域 办学类型 城乡分类 办学性质 纬度 经度 坐标系".split()


@pytest.fixture
def city(small_county: Any, as_person: Any) -> Any:
    with as_person(small_county.city_officer):
        yield small_county


def brought(*rows: list[Any], heads: list[str] | None = None, under: str = "") -> Batch:
    heads = heads or HEADS
    rows = tuple([*row, *[None] * (len(heads) - len(row))] for row in rows)
    return checked(table(*rows, heads=heads), "organisations", under=under, period="")


def place(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def test_a_township_and_its_schools_in_one_file_in_any_order(city: Any) -> None:
    batch = brought(
        ["9900000031", "白霓小学", None, "白霓中心学校", None, "完全小学", "村庄", "公办", "29.54", "114.04", "GCJ-02"],
        ["9900000032", "白霓教学点", None, "990109", None, "教学点", "村庄", "公办"],
        ["990109", "白霓中心学校", "中心学校", "安禾县教育局"],
    )
    services.write(batch)
    school = place("9900000031")
    assert school.path.startswith(place("990109").path)
    assert place("990109").path.startswith(city.county_a.path)
    assert (school.kind, place("9900000032").kind) == ("school", "point")
    assert (school.school_type, school.locale, school.sector) == ("211", "220", "public")
    assert (float(school.latitude), school.coordinates) == (29.54, "GCJ02")
    assert Event.objects.filter(organisation=school, kind="opened").count() == 1


def test_a_school_that_stands_is_renamed_and_completed(city: Any) -> None:
    services.write(brought(["9900000001", "东岭中心小学", None, None, None, "九年一贯制"]))
    school = place("9900000001")
    assert (school.name, school.school_type) == ("东岭中心小学", "312")
    assert school.locale == "", "the sheet has the column and tells nothing"
    assert Event.objects.get(organisation=school, kind="renamed").before == "东岭小学"
    assert brought(["9900000001", "东岭中心小学", None, None, None, "九年一贯制"]).counts["unchanged"] == 1


def test_a_school_put_under_another_county_moves_only_when_seen(city: Any) -> None:
    batch = brought(["9900000001", "东岭小学", None, "南浦中心学校"])
    found = fault(batch, "moved_county")
    assert found.level == "warning"
    assert "安禾县教育局" in found.problem
    assert "柳塘县教育局" in found.problem
    with pytest.raises(services.NotReady):
        services.write(batch)
    services.write(services.keep_value(batch, 0, 2, found.code, found.address))
    school = place("9900000001")
    assert school.path.startswith(city.county_b.path)
    parents = Placement.objects.filter(organisation=school, until=None).values_list("kind", "parent__code")
    assert dict(parents) == {"authority": "990201", "location": "990200"}
    assert Event.objects.filter(organisation=school, kind="moved").exists()


def test_a_city_run_school_keeps_its_county(city: Any) -> None:
    batch = brought(["9900000006", "清渠市实验学校", None, "清渠市教育局", "安禾县教育局"])
    assert not faults(batch)
    assert batch.counts["changed"] == 1, "the other columns are empty"
    services.write(batch)
    parents = Placement.objects.filter(organisation=city.city_run, until=None).values_list("kind", "parent__code")
    assert dict(parents) == {"authority": "990000", "location": "990100"}


@pytest.mark.parametrize(
    ("row", "code", "suggestion"),
    [
        (["9900000041", "新校", None, "东岭中心校"], "unknown_place", "东岭中心学校"),
        (["9900000041", "新校", None, "9900000041"], "own_parent", None),
        (["9900000041", "新校", None, "东岭中心学校", None, "大学"], "unknown_choice", None),
        (["9900000041", None, None, "东岭中心学校"], "required_missing", None),
        (["9900000041", "新校", None, "东岭中心学校", None, None, None, None, "129.5", "114"], "out_of_range", None),
        (["9900000041", "新校", None, "东岭中心学校", None, None, None, None, "29.5"], "coordinates_incomplete", None),
    ],
)
def test_what_is_wrong_is_named(city: Any, row: list[Any], code: str, suggestion: str | None) -> None:
    batch = brought(row)
    assert [f.code for f in faults(batch)] == [code], codes(batch)
    assert fault(batch, code).suggestion == suggestion


def test_a_code_of_another_county_is_told_and_never_touched(small_county: Any, as_person: Any) -> None:
    with as_person(small_county.county_officer_a):
        batch = brought(["9900000005", "南浦小学", None, "东岭中心学校"])
        assert fault(batch, "code_elsewhere").problem == "属于南浦小学，不在您的工作范围内"
        batch = brought(["9900000001", "东岭小学", None, "柳塘县教育局"])
        assert [f.code for f in faults(batch)] == ["unknown_place"]
        with pytest.raises(services.NotReady):
            services.write(batch)
    assert Organisation.plain.get(code="9900000005").path.startswith(small_county.county_b.path)


def test_a_code_twice(city: Any) -> None:
    batch = brought(["9900000041", "甲", None, "990100"], ["9900000041", "乙", None, "990100"])
    assert codes(batch) == [(3, "A", "duplicate_code")]


def test_without_a_parent_the_place_named_on_opening_takes_them(city: Any) -> None:
    services.write(brought(["9900000051", "新校"], under="990200"))
    assert place("9900000051").path.startswith(city.county_b.path)


def test_staff_are_entered_and_appointed(small_county: Any, as_person: Any) -> None:
    from tenfold.foundation.people.models import Appointment, Person

    heads = ["工号", "姓名", "学校标识码", "职务", "任教学科", "任职日期", "身份证号"]
    rows = [
        ["A001", "林知秋", "9900000001", "教师", "语文", "2020-09-01", "420000199001010000"],
        ["A001", "林知秋", "9900000001", "年级组长", None, "1/9/2021", "420000199001010000"],
    ]
    with as_person(small_county.county_officer_a):
        batch = checked(table(*rows, heads=heads), "staff", period="")
        assert [(f.row, f.code, f.suggestion) for f in faults(batch)] == [(3, "bad_date", "2021-09-01")]
        services.write(services.take_suggestions(batch))
        assert Appointment.objects.filter(person__number="A001").count() == 2
        assert Appointment.objects.filter(person__number="A001", role="").count() == 2, "no role comes by a table"
        assert Person.objects.get(number="A001").name == "林知秋"
        batch.refresh_from_db()
        assert batch.file is None, "the file is not kept: it may hold what is private"
        assert all(row.cells[6] is None for row in batch.rows.all())
        batch = checked(table(["A001", "林知冬", "9900000001", "教师"], heads=heads[:4]), "staff", period="")
        assert fault(batch, "name_differs").problem == "是林知秋的编号"
        batch = checked(table(["B1", "甲", "9900000005", "教师"], heads=heads[:4]), "staff", period="")
        assert fault(batch, "unknown_organisation").row == 2


def test_the_same_file_of_organisations_twice(city: Any) -> None:
    rows = [["9900000031", "白霓小学", None, "990101", None, "完全小学", "村庄", "公办"]]
    first = written(table(*rows, heads=HEADS[:8]), "organisations", period="")
    again = checked(table(*rows, heads=HEADS[:8]), "organisations", period="")
    assert (first.counts["new"], again.counts["unchanged"]) == (1, 1)
