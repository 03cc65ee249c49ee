"""Who is told of what: the handler or all who may handle, who supervises, the nearest above; nobody of her own act."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from tenfold.engines.notices.models import Addressed, Notice
from tenfold.engines.programme import services
from tenfold.engines.programme.models import Assignment, Programme, StepKind
from tenfold.engines.programme.queries import handling
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.acts import permitted
from tenfold.foundation.calendar import Period
from tenfold.foundation.organisations.services import Draft, open_organisation
from tenfold.foundation.scope import acting, as_system
from tests.support.cast import SmallCounty

from .test_plan import applied

DAY = "2023-10-16"
COUNTY = "990100"


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> Any:
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": DAY}
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def programme(counted_county: SmallCounty, db: None) -> Programme:
    """The programme of two tasks: a list that counties hand in, an indicator that schools reach."""
    return applied(counted_county)


def part(number: str, code: str) -> Assignment:
    """A unit's part in a task, as a page finds it."""
    with as_system("tests"):
        row = Assignment.objects.get(task__number=number, organisation__code=code, until=None)
        found = handling.assignment(row.pk)
    assert found is not None
    return found


def by(person: Any) -> Any:
    """Acting as a person."""
    return acting(context_of_post(person.pk))


def last() -> tuple[str, str, set[int]]:
    """Kind and head of the last notice, and whom it reached."""
    with as_system("tests"):
        notice = Notice.objects.order_by("-pk")[0]
        reached = set(Addressed.objects.filter(notice=notice).values_list("person", flat=True))
    return notice.kind, notice.title.partition("：")[0], reached


def test_the_units_of_a_programme_are_told_once_of_all_their_tasks(
    counted_county: SmallCounty, programme: Programme
) -> None:
    cast = counted_county
    kind, head, reached = last()
    assert (kind, head) == ("programme.task", "本单位有新任务")
    assert {cast.county_officer_a.pk, cast.county_officer_b.pk, cast.head_a.pk} <= reached
    assert cast.teacher_a.pk not in reached
    with as_system("tests"):
        assert Notice.objects.count() == 1


def test_each_step_reaches_whom_it_concerns(counted_county: SmallCounty, programme: Programme) -> None:
    cast, row = counted_county, part("1.1.1", COUNTY)
    officers, unit = {cast.city_officer.pk}, {cast.county_officer_a.pk, cast.county_admin_a.pk}
    with by(cast.city_officer):
        services.hand_out(row)
        assert last() == ("programme.task", "请签收", unit)
    with by(cast.county_officer_a):
        services.accept(row)
        assert last()[1] == "请签收"
        services.respond(row, "名单已核对")
        assert last() == ("programme.asked", "单位反馈", officers)
        day = date(2023, 12, 31)
        services.ask_extension(row, day, "名单未齐")
        assert last() == ("programme.asked", "申请延期至2023年12月31日", officers)
    with by(cast.bureau_leader):
        services.extend(row)
        assert last() == ("programme.task", "同意延期至2023年12月31日", {cast.county_officer_a.pk})
        services.remind(row)
        assert last() == ("programme.reminded", "催办", {cast.county_officer_a.pk})
    with by(cast.county_officer_a):
        material = services.submit(row, "名单已盖章")
        assert last() == ("programme.material", "请审核佐证材料", {cast.bureau_leader.pk})
        services.pass_up(row, "请协调")
        assert last() == ("programme.escalated", "提请上级督办", officers)
    with by(cast.city_officer):
        services.give_back(material, "缺公章")
        assert last() == ("programme.material", "佐证材料已退回", {cast.county_officer_a.pk})
    with as_system("tests"):
        notice = Notice.objects.order_by("-pk")[0]
    assert (notice.link, notice.body) == (f"/tasks/{row.pk}/", "安禾县教育局\n缺公章")


def test_a_handler_who_has_left_is_told_no_more(counted_county: SmallCounty, programme: Programme) -> None:
    cast, row = counted_county, part("1.1.1", COUNTY)
    with as_system("tests"), permitted("jobs"):
        Assignment.objects.filter(pk=row.pk).update(person=cast.head_b.pk)
    with by(cast.city_officer):
        services.remind(part("1.1.1", COUNTY))
    assert last()[2] == {cast.county_officer_a.pk, cast.county_admin_a.pk}


def test_an_office_without_anybody_is_told_through_its_bureau(counted_county: SmallCounty) -> None:
    with as_system("tests"), permitted("jobs"):
        office = open_organisation(Draft("990000K01", "基础教育科", "office", counted_county.city, date(2015, 9, 1)))
    assert services.informing._units([office.pk]).organisations == [counted_county.city.pk]


def test_a_hearing_reaches_those_who_have_something_to_explain_while_they_may(
    counted_county: SmallCounty, programme: Programme, settings: Any
) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": "2023-10-20"}
    with as_system("tests"):
        services.announce(programme, Period.parse("2023-10"))
    kind, head, reached = last()
    assert (kind, head) == ("programme.hearing", "2023年10月")
    assert counted_county.county_officer_a.pk in reached
    with as_system("tests"):
        services.announce(programme, Period.parse("2023-09"))
        assert Notice.objects.filter(kind="programme.hearing").count() == 1


def test_every_step_that_somebody_must_know_of_has_its_kind() -> None:
    silent = {StepKind.ACCEPTED, StepKind.REVIEWED}
    told = {*services.informing.TO_UNIT, StepKind.ASKED, StepKind.RESPONDED, StepKind.ESCALATED}
    assert told == set(StepKind) - silent
