"""The cockpit of the sample city: from the first view to a single record in three clicks, at the desk and on the phone;
a school sees its own tasks and the city's aims, and of no other school what it lacks.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tenfold.engines.programme.models import Assignment, Material, MaterialState
from tenfold.foundation.access.models import Account
from tenfold.foundation.organisations.models import SCHOOLS
from tenfold.foundation.scope import as_system
from tenfold.site.demo import load
from tenfold.site.demo.words import Plan
from tests.support.fixtures import cast_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CITY = Plan(scale=0.03, years=(2023,))
"""All counties with a few schools each."""


def words(page: str) -> str:
    """What a page says, without what only marks it."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def of(name: str) -> Any:
    """Who signs in under a name."""
    with as_system("tests"):
        return Account.objects.select_related("person").get(username=name).person


@pytest.fixture
def city(settings: Any, tmp_path: Any) -> None:
    """A small sample city after its year."""
    settings.TENFOLD = {
        **settings.TENFOLD, "DEMO": True, "VAR": tmp_path, "ON_TOUCHED": "", "TODAY": "2023-11-20",
    }  # fmt: skip
    with as_system("tests"):
        load.load(lambda line: None, CITY)


def test_the_cockpit(browser: Any, city: None) -> None:
    browser.sign_in(of("demo-leader"))
    in_three_clicks_to_a_record(browser)
    on_the_phone(browser)
    as_of_a_past_day(browser)
    a_school_sees_its_own()


def in_three_clicks_to_a_record(browser: Any) -> None:
    """First view → an action → a county's part in a task → the record, with its source and whose it is."""
    page = browser.page
    with as_system("tests"):
        confirmed = Material.objects.filter(
            state=MaterialState.CONFIRMED, assignment__task__action=6, organisation__kind="county"
        )
        record = confirmed.select_related("organisation", "assignment__task").order_by("pk")[0]
    browser.go("/actions/")
    assert "今年共31项任务" in words(page.content())
    page.locator(".tf-cockpit-actions").get_by_role("link", name="教育督导").click()
    page.locator(".tf-part-units").get_by_role("link", name=record.organisation.name, exact=True).first.click()
    assert page.locator("h1").inner_text() == record.assignment.task.name
    page.locator("main").get_by_role("link", name=record.text).first.click()
    page.wait_for_url(f"**/tasks/material/{record.pk}/")
    told = words(page.content())
    for said in ("责任单位", record.organisation.name, "来源", record.submitted_name, "已确认"):
        assert said in told


def on_the_phone(browser: Any) -> None:
    """The same pages in the hand; a late task opens the part of the unit whose it is."""
    page = browser.page
    page.set_viewport_size({"width": 375, "height": 812})
    for path in ("/actions/", "/programme/", "/rooms/inspection/", "/actions/6/", "/actions/lights/?state=late"):
        browser.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, path
        assert browser.axe() == [], path
    browser.go("/actions/")
    late = page.locator(".tf-owing").first
    whose, days = late.locator("b").inner_text(), late.locator(".tf-owing-sign").inner_text()
    late.get_by_role("link").click()
    told = words(page.content())
    assert whose in told
    assert "逾期" + "".join(days.split()) in told


def as_of_a_past_day(browser: Any) -> None:
    """A past day says that it is one; a day that cannot be shown is told."""
    browser.go("/actions/?day=2023-06-30")
    assert "2023年6月30日" in words(browser.page.content())
    browser.go("/actions/?day=1999-01-01")
    assert "1999-01-01" in words(browser.page.content())


def a_school_sees_its_own() -> None:
    """Its own tasks, counted by themselves, and the city's aims; no other school is named."""
    person = of("demo-head")
    head = cast_client(person)
    with as_system("tests"):
        own = person.appointments.filter(until=None).first().organisation
        mine = Assignment.objects.filter(organisation=own, until=None).exclude(part="supporting")
        count = mine.values("task").distinct().count()
        owing = Assignment.objects.filter(organisation__kind__in=SCHOOLS).exclude(organisation=own)
        others = set(owing.values_list("organisation__name", flat=True))
    assert f"{own.name}今年承担{count}项任务" in words(head.get("/actions/").content.decode())
    for path in ("/actions/", "/programme/", "/rooms/alliances/", "/actions/lights/"):
        told = words(head.get(path).content.decode())
        assert not [name for name in others if name in told]
