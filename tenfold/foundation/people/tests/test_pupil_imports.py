"""Pupils from a table: faults with place and suggestion, nothing kept of a row, undone as if it had never come."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.audit.models import Entry
from tenfold.foundation.exchange.models import StagedRow
from tenfold.foundation.exchange.queries import faults
from tenfold.foundation.exchange.reports import report
from tenfold.foundation.exchange.services import CannotUndo, undo, write
from tenfold.foundation.exchange.tests.making import checked, fault, written, xlsx
from tenfold.foundation.people.grades import class_in, grade_in
from tenfold.foundation.people.models import Enrolment, Guardianship, Pupil
from tenfold.foundation.people.registry import check_character
from tenfold.foundation.scope import as_system

from .test_pupils import FIRST, pupils

__all__ = ["pupils"]

HEADS = [
    "学籍号",
    "姓名",
    "性别",
    "出生日期",
    "身份证件类型",
    "身份证件号",
    "年级",
    "班级",
    "成员1姓名",
    "成员1关系",
    "成员1联系电话",
]
BORN = "00000020160901000"
"""Of no area: the number is made in the test and stands in no file."""
CHILD = [
    "L000000201609010001",
    "青禾一",
    "男",
    "2016-09-01",
    None,
    None,
    "二年级",
    "1班",
    "青禾母",
    "母亲",
    "13000000000",
]


def sheet(*rows: list[object], heads: list[str] = HEADS) -> bytes:
    """An export as the registry system gives it."""
    return xlsx(heads, *rows)


def child(**cells: object) -> list[object]:
    """A good row with other cells."""
    return [cells.get(head, cell) for head, cell in zip(HEADS, CHILD, strict=True)]


@pytest.fixture
def clerk(small_county, as_person):
    with as_person(small_county.clerk_a):
        yield small_county


def enrolled() -> list[tuple[object, ...]]:
    """Who stands where."""
    with as_system("tests"):
        rows = Enrolment.objects.order_by("pk").select_related("pupil")
        return [(e.pupil.name, e.grade, e.class_number, e.state, e.since, e.until) for e in rows]


@pytest.mark.store
def test_an_export_is_recognised_written_and_nothing_of_it_kept(clerk):
    batch = written(sheet(child()), "pupils")
    assert (batch.preset, batch.counts["new"]) == ("pupils-registry", 1)
    pupil = Pupil.objects.get()
    assert (pupil.name, pupil.sex, pupil.birth) == ("青禾一", "1", "2016-09-01")
    assert list(Guardianship.objects.values_list("name", "relation", "phone")) == [("青禾母", "52", "13000000000")]
    assert enrolled() == [("青禾一", 2, 1, "enrolled", FIRST, None)]
    assert not StagedRow.objects.exists()
    assert batch.file is None
    assert "青禾" not in repr(list(Entry.objects.values_list("subject", "why", "details")))
    assert checked(sheet(child()), "pupils").counts["unchanged"] == 1


def test_before_it_is_written_it_stands_sealed_and_masked(clerk, client_as):
    batch = checked(sheet(child(年级="某"), child(学籍号="L000000201609010002", 姓名="青禾二")), "pupils")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM exchange_stagedrow")
        assert "青禾" not in repr(cursor.fetchall())
    page = client_as(clerk.clerk_a).get(f"/imports/{batch.pk}/").content.decode()
    assert "看不出年级" in page
    assert "青禾一" not in page
    assert client_as(clerk.teacher_a).get(f"/imports/{batch.pk}/").status_code == 403
    assert client_as(clerk.head_a).get(f"/imports/{batch.pk}/").status_code == 404
    assert "青禾" not in repr(report(batch))


def test_faults_have_their_place_and_a_suggestion(clerk):
    good = BORN + check_character(BORN)
    bad = BORN + ("0" if good[-1] != "0" else "1")
    numbers = [f"L00000020160901{n:04}" for n in range(1, 9)]
    batch = checked(
        sheet(
            child(学籍号="G" + bad, 身份证件号=good),
            child(学籍号=numbers[1], 身份证件号=bad),
            child(学籍号=numbers[2], 出生日期="2016-09-02"),
            child(学籍号=numbers[3], 成员1联系电话=None),
            child(学籍号=numbers[3]),
            child(学籍号=numbers[4], 成员1关系="外祖夫"),
            child(学籍号=numbers[5], 成员1联系电话="一三"),
            child(学籍号="A1"),
        ),
        "pupils",
    )
    assert [(f.row, f.column, f.code, f.suggestion, f.level) for f in faults(batch)] == [
        (2, "A", "number_check", "G" + good, "error"),
        (3, "F", "number_check", None, "error"),
        (4, "D", "wrong_birth", "2016-09-01", "error"),
        (5, "K", "no_phone", None, "warning"),
        (6, "A", "duplicate_code", None, "error"),
        (7, "J", "unknown_relation", "外祖父", "error"),
        (8, "K", "bad_phone", None, "error"),
        (9, "A", "registry_form", None, "error"),
    ]


def test_a_pupil_of_another_school(small_county, pupils, as_person):
    row = child(学籍号="L000000201609010003", 姓名="南竹一")
    with as_person(small_county.clerk_a):
        found = fault(checked(sheet(row), "pupils"), "enrolled_elsewhere")
        assert "南浦小学" in found.text
    with as_system("tests"):
        batch = checked(sheet([*row, "9900000001"], heads=[*HEADS, "学校标识码"]), "pupils", under="990000")
        assert fault(batch, "moves_school").level == "warning"
        write(batch, warnings_seen=True)
    assert enrolled()[-1][:2] == ("南竹一", 2)
    with as_system("tests"):
        assert Enrolment.objects.filter(until=None, organisation=small_county.primary_b).count() == 0


@pytest.mark.store
def test_a_year_is_undone(clerk):
    first = written(sheet(child()), "pupils")
    before = enrolled()
    second = written(sheet(child(年级="三年级", 成员1姓名="青禾父", 成员1关系="父亲")), "pupils", period="2024-25")
    assert [row[1] for row in enrolled()] == [2, 3]
    with pytest.raises(CannotUndo, match="青\\*\\* 东岭小学"):
        undo(first)
    undo(second)
    assert enrolled() == before
    assert Guardianship.objects.get().name == "青禾母"
    undo(first)
    assert not Pupil.objects.exists()


def test_an_earlier_year_after_a_later_one_is_told(clerk):
    written(sheet(child()), "pupils", period="2024-25")
    assert fault(checked(sheet(child()), "pupils"), "later_year").column == "A"


def test_who_left_has_left(clerk):
    written(sheet(child()), "pupils")
    heads = [*HEADS, "学籍状态"]
    batch = written(sheet([*child(), "转出"], heads=heads), "pupils")
    assert batch.counts["changed"] == 1
    assert enrolled() == [("青禾一", 2, 1, "transferred", FIRST, date(2023, 10, 16))]
    with as_system("tests"):
        assert Guardianship.objects.count() == 1
    assert fault(checked(sheet([*child(学籍号="L000000201609010009"), "毕业"], heads=heads), "pupils"), "not_enrolled")


@given(st.integers(1, 12), st.sampled_from(["%s年级", "%s", "%s 年级"]), st.integers(1, 30))
def test_a_grade_is_understood_however_it_is_written(grade: int, form: str, number: int) -> None:
    words = "一二三四五六七八九"
    word = words[grade - 1] if grade < 10 else "十" + ("" if grade == 10 else words[grade - 11])
    stage = "primary" if grade < 7 else "junior" if grade < 10 else "senior"
    assert grade_in(form % grade, "", 2023) == grade_in(form % word, "", 2023) == (stage, grade)
    assert class_in(f"{grade}年级{number}班") == class_in(f"{number}") == class_in(f"({number})班") == number


@pytest.mark.parametrize(
    ("text", "school_type", "told"),
    [("小学2021级", "", ("primary", 3)), ("2022级", "311", ("junior", 8)), ("初二", "", ("junior", 8)),
     ("高一", "", ("senior", 10)), ("大班", "", ("kindergarten", 3)), ("2021级", "312", None), ("2010级", "211", None),
     ("不详", "211", None), ("十三年级", "", None)],
)  # fmt: skip
def test_words_for_a_grade(text: str, school_type: str, told: tuple[str, int] | None) -> None:
    assert grade_in(text, school_type, 2023) == told
