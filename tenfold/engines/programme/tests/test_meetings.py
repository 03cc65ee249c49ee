"""会议落实: lines become supervised tasks at once; what is doubtful is told with its line, and nothing half written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.engines.programme.decisions import Names, decision, read
from tenfold.engines.programme.models import Assignment, Load, Meeting, Programme, Task
from tenfold.engines.programme.parties import Directory
from tenfold.engines.programme.queries import handling
from tenfold.foundation.acts import permitted
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

from .test_handling import _on_a_day, part, programme, words

__all__ = ["_on_a_day", "programme"]

ON = date(2023, 10, 16)
LINES = """1. 安禾县教育局牵头，10月31日前报送《教联体成员校名单》，柳塘县教育局配合。
2、请各县（市、区）教育局于本周五前核对学位底数
"""


@pytest.fixture(scope="module")
def names(counted_county: SmallCounty) -> Names:
    """The units of the cast by the names that running text has for them."""
    with as_system("tests"):
        return Names(Directory(counted_county.city))


UNITS = ("安禾县教育局", "柳塘县教育局", "东岭小学", "各县（市、区）教育局", "各学校", "清渠市实验学校")
DAYS = (
    ("10月31日前", date(2023, 10, 31)), ("11月底前", date(2023, 11, 30)), ("本周五前", date(2023, 10, 20)),
    ("下周三前", date(2023, 10, 25)), ("下月底前", date(2023, 11, 30)), ("三个工作日内", date(2023, 10, 19)),
    ("年底前", date(2023, 12, 31)), ("两周内", date(2023, 10, 30)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(UNITS), min_size=3, max_size=3, unique=True), st.sampled_from(DAYS), st.booleans(),
    st.sampled_from(("", "1. ", "（二）", "三是", "- ")),
)  # fmt: skip
def test_units_with_their_parts_and_the_day_are_read(
    names: Names, units: list[str], day: tuple[str, date], led: bool, number: str
) -> None:
    told, due = day
    first = f"{units[0]}牵头，" if led else f"由{units[0]}负责，"
    found = decision(f"{number}{first}{told}完成整改，{units[1]}、{units[2]}配合。", ON, names)
    assert (found.lead or found.responsible) == (units[0],)
    assert bool(found.lead) == led
    assert found.supporting == (units[1], units[2])
    assert found.due == due
    assert found.doubts == ()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="各县市区教育局前月日0129、，。牵头配合（）\t\n请由每周一《》 ", max_size=60))
def test_whatever_is_typed_is_read_without_a_fault(names: Names, text: str) -> None:
    for found in read(text, ON, names):
        assert found.text
        assert found.doubts or ((found.lead or found.responsible) and (found.due or found.due_text))


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("加强对各学校的督促检查，10月底前完成", "unit"),
        ("安禾县教育局尽快报送", "day"),
        ("安禾县教育局2月30日前报送", "calendar"),
        ("安禾县教育局9月1日前报送", "before the meeting"),
        ("安禾县教育局10月20日前初报，11月20日前终报", "several days"),
    ],
)
def test_what_is_doubtful_is_told(names: Names, line: str, doubt: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        assert any(doubt in said for said in decision(line, ON, names).doubts)


def test_a_row_of_a_table_is_read_by_its_cells(names: Names) -> None:
    found = decision("2\t修订学校食堂陪餐制度\t安禾县\t各学校\t长期", ON, names)
    assert (found.text, found.responsible, found.supporting) == ("修订学校食堂陪餐制度", ("安禾县教育局",), ("各学校",))
    assert (found.due, found.due_text, found.doubts) == (None, "长期", ())


def typed(client: Any, lines: str = LINES, **more: Any) -> Any:
    """The page once the lines were read."""
    sent = {"name": "局长办公会", "on": ON.isoformat(), "lines": lines, "act": "read", **more}
    return client.post("/meetings/new", sent)


def understood(answer: Any, **changed: Any) -> dict[str, Any]:
    """What the page would send on, with some of it changed."""
    lines = answer.context["lines"]
    sent = {"name": "局长办公会", "on": ON.isoformat(), "lines": LINES, "count": len(lines), "act": "make"}
    for line in lines:
        for bound in line.form:
            sent[bound.html_name] = bound.value() or ""
    return {**sent, **changed}


def test_three_minutes_from_the_meeting_to_the_units(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    cast, officer = counted_county, client_as(counted_county.city_officer)
    page = typed(officer)
    assert page.status_code == 200
    assert "读出2项决定，分解到单位共4项；0项需要核对。尚未写入" in words(page)
    with as_system("tests"):
        assert not Meeting.objects.exists()
    made = officer.post("/meetings/new", understood(page), follow=True)
    assert "议定2项" in words(made)
    with as_system("tests"):
        assert list(Task.objects.filter(origin="meeting").values_list("number", "due")) == [
            ("会20231016-1", date(2023, 10, 31)), ("会20231016-2", date(2023, 10, 20)),
        ]  # fmt: skip
    row = part("会20231016-1", "990100")
    with as_system("tests"):
        assert (row.part, row.task.criterion["what"]) == ("lead", "《教联体成员校名单》")
        assert [step.kind for step in handling.steps_of(row)] == ["assigned"]
        assert handling.lit_of(row).state == "on_track"
    county = client_as(cast.county_officer_a)
    assert "核对学位底数" in words(county.get("/tasks/"))
    assert county.post(f"/tasks/{row.pk}/handle", {"act": "accept"}).status_code == 302


def test_of_another_meeting_one_sees_ones_own(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    officer = client_as(counted_county.city_officer)
    lines = "安禾县教育局10月20日前报送安禾名单\n柳塘县教育局10月20日前报送柳塘名单"
    made = officer.post("/meetings/new", understood(typed(officer, lines)), follow=True)
    path = made.redirect_chain[-1][0]
    seen = words(client_as(counted_county.county_officer_a).get(path))
    assert "安禾名单" in seen
    assert "柳塘" not in seen
    assert client_as(counted_county.head_a).get(path).status_code == 404, "it does not concern her"
    assert client_as(counted_county.county_officer_a).get("/meetings/new").status_code == 403
    assert client_as(counted_county.teacher_a).post("/meetings/new", {}).status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"d1-lead": "安和县教育局"}, "安和县教育局"),
        ({"d1-lead": ""}, "请写明责任单位"),
        ({"d2-due": "", "d2-due_text": ""}, "请写明完成时限"),
        ({"d2-due": "2023-09-01"}, "时限早于会议日期"),
        ({"d2-due": "明天"}, "请先核对标出的内容"),
        ({"d1-what": "现场照片"}, "不能作为完成标准"),
        ({"on": "2023-12-01"}, "会议日期晚于今天"),
        ({"name": ""}, ""),
        ({"count": "x"}, "至少列一项"),
    ],
)
def test_bad_input_is_told_at_its_line_and_nothing_is_written(
    changed: dict[str, str], said: str, counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    officer = client_as(counted_county.city_officer)
    sent = understood(typed(officer), **changed)
    answer = officer.post("/meetings/new", sent)
    assert answer.status_code == 422
    assert said in words(answer)
    with as_system("tests"):
        assert not Meeting.objects.exists()
        assert not Task.objects.filter(origin="meeting").exists()


def test_a_county_sets_tasks_within_its_reach_alone(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    admin = client_as(counted_county.county_admin_a)
    page = typed(admin, "请东岭小学10月20日前整改\n请南浦小学10月20日前整改")
    assert "没有写明责任单位" in words(page)
    answer = admin.post("/meetings/new", understood(page, **{"d2-responsible": "南浦小学"}))
    assert answer.status_code == 422
    assert "没有写入：第2项需要修改" in words(answer)
    assert admin.post("/meetings/new", understood(page, **{"d2-left_out": "on"})).status_code == 302


def test_a_school_takes_no_more_than_the_cap_without_a_leaders_reason(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    officer = client_as(counted_county.city_officer)
    page = typed(officer, "\n".join(f"东岭小学10月{day}日前整改" for day in range(17, 26)))
    answer = officer.post("/meetings/new", understood(page))
    assert answer.status_code == 422
    assert "将超过8项" in words(answer)
    assert officer.post("/meetings/new", understood(page, reason="创建验收在即")).status_code == 302
    with as_system("tests"), permitted("service"):
        assert Load.objects.get().reason == "创建验收在即"
        assert Assignment.objects.filter(task__origin="meeting").count() == 9
