"""Lights with a hearing: seen before they are frozen, explained by the unit alone, and never changed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tenfold.engines.programme import queries, services
from tenfold.engines.programme.models import (
    Assignment,
    Explanation,
    FrozenLight,
    FrozenPeriod,
    Material,
    MaterialState,
    Programme,
)
from tenfold.foundation.acts import permitted
from tenfold.foundation.calendar import Period
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

from .test_plan import applied

OnDay = Callable[[str], None]


@pytest.fixture
def on_day(settings: Any) -> OnDay:
    """Set the day on which everything happens."""

    def put(day: str) -> None:
        settings.TENFOLD = {**settings.TENFOLD, "TODAY": day}

    return put


def state(row: Programme, number: str, name: str) -> str:
    """The light of a unit's task today."""
    with as_system("tests"):
        return next(each.state for each in queries.lights(row) if (each.number, each.name) == (number, name))


def confirm(number: str, name: str, day: date) -> None:
    """Material of a unit's task was confirmed."""
    with as_system("tests"), permitted("service"):
        owed = Assignment.objects.get(task__number=number, organisation__name=name)
        Material.objects.create(
            assignment=owed,
            organisation=owed.organisation,
            text="名单",
            on=day,
            state=MaterialState.CONFIRMED,
            decided_on=day,
        )


@pytest.mark.django_db
def test_a_period_is_heard_frozen_and_never_changes(
    counted_county: SmallCounty, on_day: OnDay, client_as: Callable[..., Client]
) -> None:
    cast = counted_county
    on_day("2023-11-20")
    row = applied(cast)
    with as_system("tests"):
        services.keep_periods()
        month = FrozenPeriod.objects.get(period="2023-11")
        assert (month.hearing_from, month.freezes_on, month.frozen_on) == (date(2023, 11, 20), date(2023, 11, 22), None)
        assert FrozenPeriod.objects.get(period="2023-10").frozen_on == date(2023, 10, 22)
        owed = Assignment.objects.get(task__number="1.1.1", organisation=cast.county_a)
    officer = client_as(cast.county_officer_a)
    before = state(row, "1.1.1", cast.county_a.name)
    assert before == "late"
    said = {"assignment": str(owed.pk), "text": "两所学校协议待盖章，11月25日前补齐。"}
    assert officer.post("/periods/2023-11/explain", said).status_code == 302
    page = officer.get("/periods/2023-11/").content.decode()
    assert said["text"].split("，")[0] in page
    assert "柳塘县教育局" not in page
    assert state(row, "1.1.1", cast.county_a.name) == before
    stranger = client_as(cast.county_officer_b)
    assert stranger.post("/periods/2023-11/explain", said).status_code == 404
    on_day("2023-11-23")
    with as_system("tests"):
        services.keep_periods()
        frozen = FrozenLight.objects.get(frozen=month, assignment=owed)
        assert frozen.light == "late"
    assert officer.post("/periods/2023-11/explain", {**said, "text": "再补一句"}).status_code == 302
    confirm("1.1.1", cast.county_a.name, date(2023, 11, 24))
    on_day("2023-11-25")
    page = officer.get("/periods/2023-11/").content.decode()
    assert "已经逾期" in page
    assert "再补一句" not in page
    with as_system("tests"), permitted("service"):
        for change in (lambda: FrozenLight.objects.filter(pk=frozen.pk).update(light="done"), frozen.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert Explanation.objects.get().text == said["text"]


@pytest.mark.django_db
def test_a_late_repair_turns_red_to_yellow_and_green_only_in_the_next_quarter(
    counted_county: SmallCounty, on_day: OnDay
) -> None:
    on_day("2023-11-20")
    row, name = applied(counted_county), counted_county.county_a.name
    assert state(row, "1.1.1", name) == "late"
    confirm("1.1.1", name, date(2023, 11, 21))
    on_day("2023-11-30")
    assert state(row, "1.1.1", name) == "attention"
    on_day("2024-01-02")
    assert state(row, "1.1.1", name) == "done"


@pytest.mark.django_db
def test_only_what_is_due_is_announced_and_nothing_twice(counted_county: SmallCounty, on_day: OnDay) -> None:
    on_day("2023-11-17")
    row = applied(counted_county)
    with as_system("tests"):
        services.keep_periods()
        services.keep_periods()
        held = list(FrozenPeriod.objects.values_list("period", flat=True))
        assert len(held) == len(set(held))
        assert "2023-11" not in held
        assert {"2023Q3", "2023-10"} <= set(held)
        with pytest.raises(services.PeriodFault):
            services.freeze(FrozenPeriod.objects.get(period="2023-10"))
        assert [p.code for p in services.periods.due_periods(row, date(2023, 3, 21))] == ["2023-03"]
        assert services.periods.closes_on(Period.parse("2024Q1", "quarter")) == date(2024, 3, 31)
