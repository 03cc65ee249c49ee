"""The programme altered on the page: each alteration is checked as a file is, noted with who and on what it rests."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tenfold.engines.programme import services
from tenfold.engines.programme.models import Assignment, Change, Measure, PlaceTarget, Target, Task
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

from .test_plan import plan as planned

pytestmark = pytest.mark.django_db

TASK = {
    "name": "开展一次检查", "lead": "", "responsible": "各县市区", "supporting": "市直学校", "leader": "周知远、林书宁",
    "due": "2023-12-01", "due_text": "", "decides": "programme.material", "what": "检查报告",
    "source": "局长办公会纪要",
}  # fmt: skip
TARGET = {
    "counted": "holdings.schools", "at": "least", "value": "7", "by": "2023-12-31", "rule": "hand", "level": "county",
}  # fmt: skip


@pytest.fixture
def officer(counted_county: SmallCounty, client_as: Any) -> Any:
    """Who keeps the programme."""
    with as_system("tests"):
        services.apply(planned(), counted_county.city, keep_unknown=True)
    return client_as(counted_county.city_officer)


def pk_of(model: Any, number: str) -> int:
    with as_system("tests"):
        return int(model.objects.get(number=number).pk)


def words(answer: Any) -> str:
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


def test_a_task_is_made_altered_and_ended(officer: Any, counted_county: SmallCounty) -> None:
    door = f"/programme/edit/measure/{pk_of(Measure, '1.1')}/task"
    assert officer.get(door).status_code == 200
    assert officer.post(door, TASK).status_code == 302
    with as_system("tests"):
        task = Task.objects.get(number="1.1.3")
        assert (task.leader, task.criterion["what"]) == ("周知远、林书宁", "检查报告")
        assert Assignment.objects.filter(task=task, until=None).count() == 3
    door = f"/programme/edit/task/{task.pk}/"
    more = {
        "decides": "programme.indicator",
        "counted": "teachers.certified",
        "value": "60",
        "at": "least",
        "after": "1.1.1",
    }
    assert officer.post(door, {**TASK, **more, "due": "", "due_text": "长期"}).status_code == 302
    with as_system("tests"):
        task.refresh_from_db()
        assert (task.due, task.due_text, task.after) == (None, "长期", ["1.1.1"])
        assert task.criterion["indicator"] == "teachers.certified"
        change = Change.objects.latest("pk")
        assert (change.who_name, change.source) == ("林书宁", "局长办公会纪要")
    page = words(officer.get(door))
    assert "林书宁局长办公会纪要" in page
    assert officer.post(door, {"act": "end", "source": "任务取消"}).status_code == 302
    assert officer.get(door).status_code == 404
    with as_system("tests"):
        assert not Assignment.objects.filter(task=task, until=None).exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"responsible": "", "supporting": ""}, "请写明责任单位"),
        ({"due": ""}, "请写日期"),
        ({"responsible": "火星教育局"}, "火星教育局"),
        ({"leader": "有关领导"}, "有关领导"),
        ({"due": "2031-01-01"}, "2031-01-01"),
        ({"begins": "2023-12-30"}, "早于"),
        ({"after": "9.9.9"}, "9.9.9"),
        ({"decides": "programme.indicator", "counted": "", "value": "1"}, "指标"),
        ({"decides": "programme.indicator", "counted": "teachers.certified", "value": ""}, "数"),
        ({"name": ""}, "必填"),
    ],
)
def test_what_cannot_stand_is_told_and_nothing_is_written(officer: Any, wrong: dict[str, str], told: str) -> None:
    answer = officer.post(f"/programme/edit/measure/{pk_of(Measure, '1.1')}/task", {**TASK, **wrong})
    assert answer.status_code == 422
    assert told in words(answer)
    with as_system("tests"):
        assert Task.objects.count() == 2


def test_a_target_set_by_hand_is_summed_while_it_is_typed(officer: Any, counted_county: SmallCounty) -> None:
    door = f"/programme/edit/target/{pk_of(Target, '1.1/2')}/"
    assert officer.get(door).status_code == 200
    short = {**TARGET, "hand-990100": "2", "hand-990200": "3"}
    told = officer.post(door, {**short, "act": "check"}, headers={"X-Requested-With": "fetch"})
    assert "7" in words(told)
    assert 'role="alert"' in told.content.decode()
    assert officer.post(door, short).status_code == 422
    assert officer.post(door, {**TARGET, "hand-990100": "二"}).status_code == 422
    good = {**TARGET, "hand-990100": "5"}
    assert 'role="alert"' not in officer.post(door, {**good, "act": "check"}).content.decode()
    assert officer.post(door, good).status_code == 302
    with as_system("tests"):
        shares = PlaceTarget.objects.filter(target__number="1.1/2", organisation__kind="county")
        assert sorted((int(s.value), s.by_hand) for s in shares) == [(2, False), (5, True)]
    door = f"/programme/edit/measure/{pk_of(Measure, '1.1')}/target"
    for wrong in ({"by": "2031-01-01"}, {"counted": "gone.indicator"}, {"value": "viel"}, {"hand-000000": "1"}):
        assert officer.post(door, {**TARGET, **wrong}).status_code == 422
    assert officer.post(door, {**TARGET, "rule": "equal"}).status_code == 302


def test_a_measure_is_made_and_ended_with_what_stands_below(officer: Any) -> None:
    new = {"action": "1", "name": "新的举措", "lowest": "county"}
    assert officer.post("/programme/edit/measure/", new).status_code == 302
    pk = pk_of(Measure, "1.2")
    assert officer.post(f"/programme/edit/measure/{pk}/", {"name": "改名的举措", "lowest": "county"}).status_code == 302
    held = f"/programme/edit/measure/{pk_of(Measure, '1.1')}/"
    refused = officer.post(held, {"name": "补齐短板", "lowest": "county"})
    assert refused.status_code == 422, "its tasks name schools"
    assert officer.post(held, {"act": "end"}).status_code == 302
    with as_system("tests"):
        assert not Task.objects.filter(ended_on=None).exists()
        assert not Target.objects.filter(ended_on=None).exists()
    assert "改名的举措" in words(officer.get("/programme/edit/"))


def test_who_may_not_is_refused(officer: Any, counted_county: SmallCounty, client_as: Any) -> None:
    door = f"/programme/edit/task/{pk_of(Task, '1.1.1')}/"
    for person in (counted_county.county_officer_a, counted_county.head_a, counted_county.bureau_leader):
        assert client_as(person).get(door).status_code == 403
        assert client_as(person).post(door, TASK).status_code == 403
    assert officer.get("/programme/edit/task/999999/").status_code == 404
