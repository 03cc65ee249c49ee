"""A programme stands in the store: applied as a whole, shown as a diff, cascaded with restraint, walked back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from tenfold.engines.programme import queries, services
from tenfold.engines.programme.content import entries_of, toml_text
from tenfold.engines.programme.models import Assignment, PlaceTarget, Programme, Task
from tenfold.engines.programme.reading import ProgrammeFault, check, read
from tenfold.engines.programme.words import Programme as Words
from tenfold.foundation.declare import house
from tenfold.foundation.scope import AccessContext, acting, as_system
from tests.support.cast import SmallCounty

PLAN = """
[programme]
code = "qingqu-2023"
name = "清渠市教育五项行动"
gloss = "Five actions"
year = "2023"
begun = 2023-03-02
ends = 2024-08-31
role = "抓手"
role_gloss = "the lever"

[[action]]
number = 1
name = "均衡行动"
menu = "均衡"
gloss = "Balance"
menu_gloss = "Balance"
role = "重点"
role_gloss = "the focus"
thread = []

[[action.measure]]
number = "1.1"
name = "补齐短板"
lowest = "school"

[[action.measure.target]]
indicator = "alliances.schools_meeting stage=primary"
value = 60
by = 2023-12-31
rule = "same"
level = "school"

[[action.measure.target]]
indicator = "holdings.schools"
value = 7
by = 2023-12-31
rule = "equal"

[[action.measure.task]]
number = "1.1.1"
name = "报送名单"
responsible = ["各县（市、区）教育局"]
due = 2023-10-31
criterion = { code = "programme.material", what = "名单" }

[[action.measure.task]]
number = "1.1.2"
name = "提高比例"
responsible = ["各学校"]
due = 2023-12-31
after = ["1.1.1"]
criterion = { code = "programme.indicator", indicator = "teachers.certified", value = 60 }
"""


def plan(text: str = PLAN) -> Words:
    """The programme of a text, held against the house."""
    found = read("plan.toml", text)
    check("plan.toml", text, found, house().rooms, house().indicators)
    return found


def applied(cast: SmallCounty, text: str = PLAN, **more: Any) -> Programme:
    """The programme, standing at the city."""
    with as_system("tests"):
        return services.apply(plan(text), cast.city, source="plan.toml", **more)


@pytest.mark.django_db
def test_a_programme_is_applied_once_and_comes_out_as_it_went_in(counted_county: SmallCounty) -> None:
    row = applied(counted_county)
    with as_system("tests"):
        assert not services.preview(plan(), counted_county.city).changes
        assert services.apply(plan(), counted_county.city).version == row.version
        assert queries.planned(row) == plan()
        owed = Assignment.objects.filter(task__number="1.1.1").values_list("organisation__name", flat=True)
        assert sorted(owed) == ["安禾县教育局", "柳塘县教育局"]
        assert Assignment.objects.filter(task__number="1.1.2").count() == 7


@pytest.mark.django_db
def test_a_changed_file_shows_what_would_change_and_history_keeps_what_stood(
    counted_county: SmallCounty, settings: Any
) -> None:
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": "2023-05-10"}
    row = applied(counted_county)
    later = PLAN.replace("due = 2023-10-31", "due = 2023-11-30").replace('name = "提高比例"', 'name = "提高达标比例"')
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": "2023-06-20"}
    with as_system("tests"):
        seen = services.preview(plan(later), counted_county.city)
        assert [(d.kind, d.key, d.altered) for d in seen.differences] == [
            ("task", "1.1.1", [("due", "2023-10-31", "2023-11-30")]),
            ("task", "1.1.2", [("name", "提高比例", "提高达标比例")]),
        ]
        assert Task.objects.get(number="1.1.1").due == date(2023, 10, 31)
        services.apply(plan(later), counted_county.city)
        row.refresh_from_db()
        assert queries.planned(row) == plan(later)
        assert queries.planned(row, date(2023, 5, 31)) == plan()
        services.apply(plan(PLAN), counted_county.city)
        assert queries.planned(Programme.objects.get()) == plan()


@pytest.mark.django_db
def test_what_is_no_longer_named_is_ended_and_not_lost(counted_county: SmallCounty) -> None:
    applied(counted_county)
    shorter = PLAN[: PLAN.index('[[action.measure.task]]\nnumber = "1.1.2"')]
    applied(counted_county, shorter)
    with as_system("tests"):
        task = Task.objects.get(number="1.1.2")
        assert task.ended_on
        assert not Assignment.objects.filter(task=task, until=None).exists()
        assert {each.number for each in queries.lights(Programme.objects.get())} == {"1.1.1"}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("holdings.schools", "holdings.scools", "holdings.scools", "没有“holdings.scools”这项指标"),
        ('after = ["1.1.1"]', 'after = ["1.1.2"]', "after =", "互相等待"),
        ('after = ["1.1.1"]', 'after = ["1.1.9"]', "after =", "没有任务1.1.9"),
        ("due = 2023-10-31", "due = 2026-10-31", "due = 2026", "不在方案期内"),
        ('number = "1.1.2"', 'number = "1.1.1"', 'number = "1.1.1"', "编号1.1.1重复"),
        ('rule = "equal"', 'rule = "fair"', "rule =", "fair"),
        ('what = "名单"', 'photo = "yes"', 'criterion = { code = "programme.material"', "photo"),
        ("value = 60 }", 'value = "many" }', 'criterion = { code = "programme.indicator"', "many"),
        ('lowest = "school"', 'lowest = "county"', "level =", "county"),
    ],
)
def test_a_fault_is_named_by_its_line(old: str, new: str, line: str, words: str) -> None:
    text = PLAN.replace(old, new, 1)
    with translation.override("zh-hans"), pytest.raises(ProgrammeFault) as fault:
        plan(text)
    assert words in fault.value.text
    assert line in text.splitlines()[fault.value.line - 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("各县（市、区）教育局", "海棠局", "海棠局"),
        ('lowest = "school"\n', 'lowest = "county"\n', "1.1.2"),
    ],
)
def test_an_owner_that_does_not_exist_or_lies_too_low_is_refused(
    counted_county: SmallCounty, old: str, new: str, words: str
) -> None:
    text = PLAN.replace(old, new)
    if "lowest" in old:
        text = text.replace('level = "school"\n', "")
    with pytest.raises(services.PlanFault, match=words):
        applied(counted_county, text)
    with as_system("tests"):
        assert not Programme.objects.exists()


@pytest.mark.django_db
def test_a_school_holds_no_more_than_the_cap_without_a_leaders_reason(counted_county: SmallCounty) -> None:
    start = PLAN.index('[[action.measure.task]]\nnumber = "1.1.2"')
    many = PLAN + "".join(PLAN[start:].replace('"1.1.2"', f'"1.1.{n}"', 1) for n in range(3, 11))
    with pytest.raises(services.PlanFault, match="8"):
        applied(counted_county, many)
    applied(counted_county, many, reason="迎接省级评估")
    with as_system("tests"):
        assert counted_county.primary_a.pk in set(Programme.objects.get().loads.values_list("organisation", flat=True))


@pytest.mark.django_db
def test_a_target_is_shared_out_and_a_hand_set_value_keeps_the_sum(counted_county: SmallCounty) -> None:
    applied(counted_county)
    with as_system("tests"):
        counts = PlaceTarget.objects.filter(target__number="1.1/2", organisation__kind="county")
        assert sorted(counts.values_list("value", flat=True)) == [Decimal(3), Decimal(4)]
        assert PlaceTarget.objects.filter(target__number="1.1/1", organisation__kind="school").count() == 7
        by_hand = PLAN.replace('rule = "equal"', 'rule = "hand"\nhand = { "990100" = 6 }')
        services.apply(plan(by_hand), counted_county.city)
        assert sorted(counts.values_list("value", flat=True)) == [Decimal(1), Decimal(6)]
        short = PLAN.replace('rule = "equal"', 'rule = "hand"\nhand = { "990100" = 2, "990200" = 3 }')
        with pytest.raises(services.PlanFault, match=r"1\.1/2.*5"):
            services.apply(plan(short), counted_county.city)


@pytest.mark.django_db
def test_lights_stay_within_the_scope(counted_county: SmallCounty) -> None:
    row = applied(counted_county)
    place = counted_county.primary_a
    mine = AccessContext(
        "tests", organisation=place.pk, places=(place.path,), rights=frozenset(["programme.see_actions"])
    )
    with acting(mine):
        seen = queries.lights(row)
        assert {each.organisation for each in seen} == {place.pk}
        assert PlaceTarget.objects.exclude(organisation=place).count() == 0
        assert Task.objects.count() == 2


@pytest.mark.parametrize("name", ["xianning-2023", "yunze-2024"])
def test_a_file_that_ships_comes_out_as_it_went_in(name: str) -> None:
    found = queries.from_file(name)
    text = toml_text(found)
    again = read(f"{name}.toml", text)
    check(f"{name}.toml", text, again, house().rooms, house().indicators)
    assert entries_of(again) == entries_of(found)


@pytest.mark.django_db
def test_another_citys_programme_stands_without_a_line_of_code(counted_county: SmallCounty) -> None:
    with as_system("tests"):
        row = services.apply(queries.from_file("yunze-2024"), counted_county.city)
        assert len(queries.programme(row).actions) == 5
        lit = {(each.number, each.name): each for each in queries.lights(row)}
        assert lit["4.1.1.1", "安禾县教育局"].due is None
        assert lit["2.1.1.1", "柳塘县教育局"].answer.wanted == 0
        hand = PlaceTarget.objects.filter(target__indicator="teachers.bachelor", organisation__kind="county")
        assert hand.count() == 2
