"""督办: each step by whom it is due, refused in words to others; the page and the list."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from tenfold.engines.programme import queries, services
from tenfold.engines.programme.models import Assignment, Change, Programme, Step, StepKind
from tenfold.engines.programme.queries import handling
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.acts import Refused, permitted
from tenfold.foundation.scope import acting, as_system
from tests.support.cast import SmallCounty

from .test_plan import applied

DAY = "2023-10-16"


@pytest.fixture(autouse=True)
def _on_a_day(settings: Any) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": DAY}


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


def words(answer: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_a_task_goes_its_way_from_handing_out_to_its_conclusion(
    counted_county: SmallCounty, programme: Programme, settings: Any
) -> None:
    cast, row = counted_county, part("1.1.1", "990100")
    with by(cast.city_officer):
        services.hand_out(row, "按时报送")
    with by(cast.county_officer_a):
        services.accept(row)
        assert row.person == cast.county_officer_a.pk
        services.respond(row, "名单已核对")
        services.submit(row, "名单已盖章报送")
        with pytest.raises(services.HandlingFault):
            services.accept(row)
    with by(cast.bureau_leader):
        services.review(row)
        with translation.override("zh-hans"), pytest.raises(services.HandlingFault, match="佐证材料"):
            services.conclude(row)
        services.confirm(row.materials.get())
        services.conclude(row, "同意办结")
    with as_system("tests"):
        assert handling.lit_of(row).state == "done"
        kinds = [step.kind for step in handling.steps_of(row)]
        assert kinds == ["assigned", "accepted", "responded", "reviewed", "concluded"]


def test_steps_are_for_whom_they_are_due(counted_county: SmallCounty, programme: Programme) -> None:
    cast, row = counted_county, part("1.1.1", "990100")
    with by(cast.city_officer), pytest.raises(Refused):
        services.accept(row)
    with by(cast.county_officer_b), pytest.raises(Refused):
        services.accept(row)
    with by(cast.county_admin_a), pytest.raises(Refused):
        services.conclude(row)
    with by(cast.teacher_a), pytest.raises(Refused):
        services.accept(part("1.1.2", "9900000001"))


def test_material_is_confirmed_from_above_and_never_by_the_own_unit(
    counted_county: SmallCounty, programme: Programme
) -> None:
    cast, row = counted_county, part("1.1.1", "990100")
    with by(cast.county_officer_a):
        found = services.submit(row, "名单已报送")
    with by(cast.county_admin_a), pytest.raises(Refused):
        services.confirm(found)
    with by(cast.city_officer):
        services.give_back(found, "缺公章")
        with pytest.raises(services.HandlingFault):
            services.confirm(found)
    with as_system("tests"):
        assert handling.lit_of(row).state != "done"
    with by(cast.county_officer_a), pytest.raises(services.HandlingFault):
        services.submit(row, "长" * 1001)


def test_nobody_confirms_what_she_submitted_herself(counted_county: SmallCounty, programme: Programme) -> None:
    cast = counted_county
    row = part("1.1.1", "990100")
    with as_system("tests"), permitted("service"):
        Assignment.objects.filter(pk=row.pk).update(organisation=cast.city)
    own = handling_of(row.pk)
    with by(cast.city_officer):
        found = services.submit(own, "名单已报送")
        with pytest.raises(services.HandlingFault):
            services.confirm(found)
    with by(cast.bureau_leader):
        assert services.confirm(found).state == "confirmed"


def handling_of(pk: int) -> Assignment:
    """An assignment as a page finds it."""
    with as_system("tests"):
        found = handling.assignment(pk)
    assert found is not None
    return found


def test_an_extension_is_granted_by_who_set_the_task_and_told(
    counted_county: SmallCounty, programme: Programme, settings: Any
) -> None:
    cast, row = counted_county, part("1.1.1", "990100")
    with by(cast.county_officer_a):
        services.accept(row)
        with pytest.raises(services.HandlingFault):
            services.ask_extension(row, date(2023, 10, 20), "一所学校未报")
        services.ask_extension(row, date(2023, 11, 20), "一所学校未报")
    with by(cast.county_admin_a), pytest.raises(Refused):
        services.extend(row)
    with by(cast.city_officer):
        services.extend(row, "下不为例")
        with pytest.raises(services.HandlingFault):
            services.extend(row)
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": "2023-11-05"}
    with as_system("tests"):
        lit = handling.lit_of(row)
        assert lit.extended
        assert lit.state != "late"
        other = handling.lit_of(part("1.1.1", "990200"))
        assert other.state == "late"
        change = Change.objects.get(kind="assignment")
        assert (change.before, change.after) == ({"due": ""}, {"due": "2023-11-20"})
        then = {each.assignment: each for each in queries.lights(programme, date(2023, 10, 15))}
        assert then[row.pk].due == date(2023, 10, 31)


def test_a_task_is_handed_to_another_unit_of_the_same_place(counted_county: SmallCounty, programme: Programme) -> None:
    cast, row = counted_county, part("1.1.2", "9900000001")
    with by(cast.county_admin_a):
        with pytest.raises(services.HandlingFault):
            services.transfer(row, cast.junior_a, "不在同一地方")
        with pytest.raises(services.HandlingFault):
            services.transfer(row, cast.whole_a, "已有任务")
    with as_system("tests"), permitted("service"):
        Assignment.objects.filter(task=row.task, organisation=cast.whole_a).update(until=date(2023, 10, 1))
    with by(cast.county_admin_a):
        new = services.transfer(row, cast.whole_a, "由九年一贯制学校承担")
    assert (row.until, new.organisation_id, new.since) == (date(2023, 10, 16), cast.whole_a.pk, date(2023, 10, 16))
    with by(cast.clerk_a), pytest.raises(services.HandlingFault):
        services.accept(row)


def test_a_step_is_never_altered_or_taken_away(counted_county: SmallCounty, programme: Programme) -> None:
    row = part("1.1.1", "990100")
    with by(counted_county.city_officer):
        step = services.hand_out(row)
    for statement in ("UPDATE programme_step SET text = 'x' WHERE id = %s", "DELETE FROM programme_step WHERE id = %s"):
        with permitted("service"), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            _sent(statement, step.pk)


def _sent(statement: str, pk: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, [pk])


@pytest.mark.parametrize("who", ["city_officer", "county_admin_a", "county_officer_a", "head_a", "teacher_a"])
def test_the_pages_work_within_the_scope(
    who: str, counted_county: SmallCounty, programme: Programme, client_as: Any, count_queries: Any
) -> None:
    client = client_as(getattr(counted_county, who))
    mine = part("1.1.2", "9900000001")
    for page in ("/tasks/", "/tasks/?whose=all&state=late", f"/tasks/{mine.pk}/", "/tasks/table.xlsx"):
        client.get(page)
        with count_queries(at_most=15):
            assert client.get(page).status_code == 200
    theirs = part("1.1.2", "9900000005")
    assert client.get(f"/tasks/{theirs.pk}/").status_code == (200 if who == "city_officer" else 404)


def test_a_school_sees_no_other_schools_shortcomings(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    page = words(client_as(counted_county.head_a).get("/tasks/?whose=all"))
    assert "提高比例" in page
    assert "东岭小学" in page
    for other in ("东岭九年一贯制学校", "南浦小学", "石桥教学点", "安禾县初级中学"):
        assert other not in page
    assert "本校承担1项，上限8项" in page


def test_bad_input_is_told_and_keeps_what_was_sent(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    row = part("1.1.1", "990100")
    client = client_as(counted_county.county_officer_a)
    url = f"/tasks/{row.pk}/handle"
    assert client.get(url).status_code == 405
    for sent in ({}, {"act": "nonsense"}, {"act": "conclude"}, {"act": "respond", "text": "早了"}):
        assert client.post(url, sent).status_code == 422
    assert client.post(url, {"act": "accept"}).status_code == 302
    answer = client.post(url, {"act": "ask", "day": "明年", "text": "等一等"})
    assert answer.status_code == 422
    assert "等一等" in answer.content.decode()
    with as_system("tests"):
        assert [step.kind for step in Step.objects.all()] == [StepKind.ACCEPTED]
    assert client_as(counted_county.teacher_a).post(url, {"act": "accept"}).status_code == 403
    assert client_as(counted_county.county_officer_b).post(url, {"act": "accept"}).status_code == 404
