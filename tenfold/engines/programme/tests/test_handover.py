"""工作交接: one page hands posts and tasks to the successor, all of them or none."""

from __future__ import annotations

from typing import Any

from tenfold.engines.programme import services
from tenfold.engines.programme.models import Assignment, Programme
from tenfold.foundation.people.models import Appointment
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

from .test_handling import _on_a_day, by, part, programme, words

__all__ = ["_on_a_day", "programme"]


def test_all_of_a_persons_work_goes_to_the_successor_on_one_page(
    counted_county: SmallCounty, programme: Programme, client_as: Any, count_queries: Any
) -> None:
    cast, row = counted_county, part("1.1.1", "990100")
    gone, heir = cast.county_officer_a, cast.county_admin_a
    with by(gone):
        services.accept(row)
    url, admin = f"/people/{gone.pk}/handover/", client_as(heir)
    admin.get(url)
    with count_queries(at_most=15):
        page = admin.get(url)
    assert "名下共2项" in words(page)
    assert "1.1.1报送名单" in words(page)
    with as_system("tests"):
        post = Appointment.objects.get(person=gone, until=None)
    sent = {"successor": heir.pk, "why": "岗位调整", "people.posts": [post.pk], "programme.tasks": [row.pk]}
    for wrong in ({**sent, "successor": cast.county_officer_b.pk}, {**sent, "successor": ""}, {"successor": heir.pk},
                  {**sent, "programme.tasks": ["99999"]}, {**sent, "people.posts": ["x"]}):  # fmt: skip
        assert admin.post(url, wrong).status_code == 422
    with as_system("tests"):
        assert Assignment.objects.get(pk=row.pk).person == gone.pk
        assert Appointment.objects.get(pk=post.pk).until is None
    assert admin.post(url, sent).status_code == 302
    with as_system("tests"):
        assert Assignment.objects.get(pk=row.pk).person == heir.pk
        assert Appointment.objects.get(pk=post.pk).until is not None
        assert Appointment.objects.filter(person=heir, title=post.title, until=None).count() == 1
    assert "报送名单" in words(admin.get("/tasks/?whose=mine"))


def test_who_holds_no_post_in_the_unit_takes_its_tasks_only_with_the_post(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    cast, row = counted_county, part("1.1.2", "9900000001")
    with by(cast.clerk_a):
        services.accept(row)
    url = f"/people/{cast.clerk_a.pk}/handover/"
    assert client_as(cast.county_admin_a).get(url).status_code == 200
    assert client_as(cast.county_officer_b).get(url).status_code == 403
    assert client_as(cast.teacher_a).post(url, {}).status_code == 403
    assert client_as(cast.city_officer).get("/people/999999/handover/").status_code == 404
