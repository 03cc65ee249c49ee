"""待办 and 催办: what waits stands on the desk of whom it waits for, and units are reminded once a stage."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.programme import owed, queries, services
from tenfold.engines.programme.models import Programme, Step, StepKind
from tenfold.engines.programme.rules import rules
from tenfold.engines.programme.services.reminding import stage
from tenfold.foundation.declare import Owed
from tenfold.foundation.scope import as_system, require
from tests.support.cast import SmallCounty

from .test_handling import _on_a_day, by, part, programme, words

__all__ = ["_on_a_day", "programme"]


def desk(person: Any) -> list[tuple[str, int]]:
    """What the duties put on somebody's desk: (what, minutes)."""
    with by(person):
        found: list[Owed] = [*owed.to_handle(require()), *owed.to_supervise(require())]
    return [(each.title.partition("：")[0], each.minutes) for each in found]


def test_what_waits_stands_on_the_desk_of_whom_it_waits_for(
    counted_county: SmallCounty, programme: Programme, client_as: Any
) -> None:
    cast, row = counted_county, part("1.1.1", "990100")
    assert desk(cast.county_officer_a) == [("签收任务", 1)]
    assert desk(cast.head_a) == [("签收任务", 1)]
    assert desk(cast.teacher_a) == []
    with by(cast.county_officer_a):
        services.accept(row)
    assert desk(cast.county_officer_a) == [("提交佐证材料", 5)]
    with by(cast.county_officer_a):
        material = services.submit(row, "名单已报送")
        services.respond(row, "已办理")
        services.ask_extension(row, date(2023, 11, 20), "一所学校未报")
        services.pass_up(row, "请协调编制部门")
    assert desk(cast.county_officer_a) == []
    assert desk(cast.county_admin_a) == []
    assert sorted(desk(cast.city_officer)) == sorted(
        [("确认佐证材料", 3), ("研究延期申请", 3), ("复核反馈", 3), ("提级督办", 5)]
    )
    assert "确认佐证材料" in words(client_as(cast.city_officer).get("/"))
    with by(cast.city_officer):
        services.give_back(material, "缺公章")
        services.extend(row)
        services.review(row)
    assert desk(cast.city_officer) == []
    assert desk(cast.county_officer_a) == [("补正佐证材料", 5)]


def test_a_school_waits_for_its_county_and_not_for_the_city(counted_county: SmallCounty, programme: Programme) -> None:
    cast, row = counted_county, part("1.1.2", "9900000001")
    with by(cast.clerk_a):
        services.accept(row)
        services.respond(row, "已安排教师进修")
    assert ("复核反馈", 3) in desk(cast.county_admin_a)
    assert ("复核反馈", 3) not in desk(cast.county_officer_b)
    assert desk(cast.city_officer) == []


def test_units_are_reminded_once_a_stage_and_no_light_moves(
    counted_county: SmallCounty, programme: Programme, settings: Any
) -> None:
    """The day is 31 October: 15, 5 and 1 days before, the day after, and a week later; a day missed is made up for."""
    row = part("1.1.1", "990100")
    with as_system("tests"):
        for day in ("2023-10-15", "2023-10-16", "2023-10-20", "2023-10-27", "2023-10-28", "2023-10-30", "2023-10-31",
                    "2023-11-01", "2023-11-02", "2023-11-08", "2023-11-14", "2023-11-15"):  # fmt: skip
            settings.TENFOLD = {**settings.TENFOLD, "TODAY": day}
            before = {lit.assignment: lit.light for lit in queries.lights(programme)}
            services.remind_due()
            services.remind_due()
            assert {lit.assignment: lit.light for lit in queries.lights(programme)} == before
        steps = Step.objects.filter(assignment=row, kind=StepKind.REMINDED)
        made, said = [f"{step.on:%m-%d}" for step in steps], [step.text for step in steps]
    assert made == ["10-16", "10-27", "10-30", "11-01", "11-08", "11-15"]
    assert "逾期" in said[-1]
    with as_system("tests"):
        assert not Step.objects.filter(assignment__task__number="1.1.2", on__lt=date(2023, 11, 30)).exists()


@given(st.dates(date(2023, 3, 2), date(2024, 6, 1)))
def test_a_stage_begins_on_no_day_to_come_and_never_goes_back(on: date) -> None:
    class Lit:
        """A task that is owed, as far as a reminder looks at it."""

        state, begins, due = "on_track", date(2023, 3, 2), date(2023, 10, 31)
        answer = type("Answer", (), {"reached": False})

    now, later = stage(Lit, on, rules()), stage(Lit, on + timedelta(days=1), rules())  # type: ignore[arg-type]
    assert now is None or now <= on
    assert now is None or (later is not None and later >= now)
