"""会议视图: what was done since a day, what comes, what became of decisions; nobody reads of others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tenfold.engines.programme import queries
from tenfold.engines.programme import services as programme
from tenfold.engines.programme.models import Assignment, Meeting, Programme, Task
from tenfold.engines.programme.queries.conference import conference
from tenfold.foundation.acts import permitted
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

from .test_periods import OnDay, confirm, on_day
from .test_plan import applied

__all__ = ["on_day"]


def decided(row: Programme, cast: SmallCounty) -> Meeting:
    """A meeting that decided on a task of each county."""
    with as_system("tests"), permitted("service"):
        meeting = Meeting.objects.create(programme=row, organisation=cast.city, name="局长办公会", on=date(2023, 11, 6))
        for number, place in enumerate((cast.county_a, cast.county_b), 1):
            task = Task.objects.create(
                programme=row, organisation=cast.city, meeting=meeting, origin="meeting", number=f"会1-{number}",
                name=f"核对{place.name}台账", begins=date(2023, 11, 6), due=date(2023, 11, 15),
                criterion={"code": "programme.material", "what": "台账"},
            )  # fmt: skip
            Assignment.objects.create(task=task, organisation=place, since=date(2023, 11, 6))
        return meeting


def text(client: Client, query: str = "") -> str:
    """What the page says, without its markup."""
    answer = client.get(f"/conference/{query}")
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


@pytest.mark.django_db
def test_what_was_done_what_comes_and_what_became_of_decisions(
    counted_county: SmallCounty, on_day: OnDay, client_as: Callable[..., Client]
) -> None:
    cast = counted_county
    on_day("2023-11-20")
    row = applied(cast)
    decided(row, cast)
    confirm("1.1.1", cast.county_b.name, date(2023, 10, 20))
    with as_system("tests"):
        programme.keep_periods()
        found = conference(row, cast.city, date(2023, 10, 1))
        lit = queries.lights(row)
        late = conference(row, cast.city, date(2023, 11, 1))
    names = [name for _action, rows in found.done for entry in rows for name in entry.units]
    assert cast.county_b.name in names
    assert cast.county_b.name not in [n for _a, rows in late.done for e in rows if e.number == "1.1.1" for n in e.units]
    coming = sum(1 for each in lit if each.state != "done" and each.due and date(2023, 11, 20) < each.due)
    assert found.coming_count == coming == sum(e.count for _month, rows in found.coming for e in rows)
    assert [(each.meeting.name, len(each.rows)) for each in found.decided] == [("局长办公会", 2)]
    assert found.decisions["late"] == 2
    page = text(client_as(cast.city_officer), "?since=2023-10-01")
    assert "1次会议的议定事项中，办结0项，逾期2项" in page
    assert "逾期5天" in page
    assert client_as(cast.city_officer).get("/conference/table.xlsx").content.startswith(b"PK")


@pytest.mark.django_db
def test_each_reads_of_her_own_place_alone(
    counted_county: SmallCounty, on_day: OnDay, client_as: Callable[..., Client]
) -> None:
    cast = counted_county
    on_day("2023-11-20")
    decided(applied(cast), cast)
    page = text(client_as(cast.county_officer_a))
    assert f"核对{cast.county_a.name}台账" in page
    assert f"核对{cast.county_b.name}台账" not in page
    assert cast.county_b.name not in text(client_as(cast.head_a))
    assert client_as(cast.county_officer_a).get(f"/conference/?place={cast.county_b.code}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("since", ["x", "2023-13-01", "2031-01-01", "²"])
def test_a_foolish_day_is_told(
    counted_county: SmallCounty, on_day: OnDay, client_as: Callable[..., Client], since: str
) -> None:
    on_day("2023-11-20")
    applied(counted_county)
    assert "已按" in text(client_as(counted_county.city_officer), f"?since={since}")


@pytest.mark.django_db
def test_without_a_programme_it_says_so(counted_county: SmallCounty, client_as: Callable[..., Client]) -> None:
    assert "还没有" in text(client_as(counted_county.city_officer))
