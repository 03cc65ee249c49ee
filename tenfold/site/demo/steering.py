"""The sample city's year: the bureau's offices, the programme as of its first day, and what was done of it since.

Seeded and invented: what was handed in and confirmed, what waits, what nobody has begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

from django.conf import settings

from tenfold.engines.programme import queries, services
from tenfold.engines.programme.models import Assignment, Material, MaterialState, Part, Programme, Step, StepKind
from tenfold.engines.programme.rules import rules
from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today, working_days_before
from tenfold.foundation.organisations import services as tree
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import as_system

from . import notified
from .words import CITY

OFFICES = (
    "机关党委",
    "人事科",
    "规划财务科",
    "政策法规科",
    "思想政治与宣传科",
    "基础教育科",
    "职业教育与成人教育科",
    "教师工作科",
    "教育督导室",
    "教育信息化科",
    "教育科学研究院",
)
"""The bureau's offices, by names that such offices have anywhere."""
FOUNDED = date(2010, 1, 1)
SLOW = "421224"
"""The county that hands in late."""


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """As if it were another day: what was done then is dated then."""
    before = settings.TENFOLD
    settings.TENFOLD = {**before, "TODAY": day.isoformat()}
    try:
        yield
    finally:
        settings.TENFOLD = before


def load(seed: str, officer: Person, leader: str) -> Programme:
    """The offices, the programme and its year so far; what stands already is left."""
    with as_system("demo"):
        city = Organisation.objects.get(code=CITY[0])
        _open_offices(city)
        found = queries.from_file()
        standing = Programme.objects.filter(code=found.code).first()
        if standing is not None:
            return standing
        begun = found.begun or today()
        with on_day(begun):
            row = services.apply(found, city, source="年度方案")
        _lived(row, seed, officer, leader)
        _frozen(row, seed)
        notified.load(row)
        return row


@service(right=None)
def _open_offices(city: Organisation) -> None:
    known = set(Organisation.objects.filter(kind=Kind.OFFICE).values_list("name", flat=True))
    rows = [(n, name) for n, name in enumerate(OFFICES, 1) if name not in known]
    if rows:
        tree.open_many([tree.Draft(f"{CITY[0]}K{n:02}", name, Kind.OFFICE, city, FOUNDED) for n, name in rows])
    note(subject="demo", count=len(rows))


@service(right=None)
def _lived(row: Programme, seed: str, officer: Person, leader: str) -> None:
    """Steps and Material from the first day until today."""
    owed = list(
        Assignment.objects.filter(task__programme=row)
        .exclude(part=Part.SUPPORTING)
        .select_related("task", "organisation")
    )
    steps: list[Step] = []
    materials: list[Material] = []
    for each in owed:
        dice = Random(f"{seed}|{each.task.number}|{each.organisation.code}")
        steps += _steps(each, dice, leader)
        if each.task.criterion.get("code") == "programme.material":
            materials += _materials(each, dice, officer)
    Step.objects.bulk_create(steps, batch_size=500)
    Material.objects.bulk_create(materials, batch_size=500)
    note(subject=f"programme:{row.code}", count=len(steps) + len(materials))


def _frozen(row: Programme, seed: str) -> None:
    """Months and quarters as they were heard and frozen, each on its day; the running one is being heard."""
    for period in services.due_periods(row, today()):
        closes = services.closes_on(period)
        with on_day(working_days_before(closes, rules().hearing)):
            held = services.announce(row, period)
            late = [lit for lit in queries.lights(row) if lit.state == "late"] if period.start >= HEARD else []
            for lit in late:
                dice = Random(f"{seed}|{lit.number}|{lit.code}|{period.code}")
                if dice.random() < 0.7:
                    owed = Assignment.objects.select_related("organisation", "task").get(pk=lit.assignment)
                    services.explain(held, owed, dice.choice(WHY))
        if closes < today():
            with on_day(closes + timedelta(days=1)):
                services.freeze(held)


HEARD = date(2023, 7, 1)
"""From when on units have explained themselves."""
WHY = (
    "部分学校材料退回补正，正在逐校核对，月底前补齐。",
    "涉及机构调整，责任人已重新明确，下月完成。",
    "两所学校协议待用印，其余已报送。",
)


def _steps(each: Assignment, dice: Random, leader: str) -> Iterator[Step]:
    same = {"assignment": each, "organisation": each.organisation}
    yield Step(**same, kind=StepKind.ASSIGNED, on=each.since, who_name=leader)
    accepted = each.since + timedelta(days=dice.randint(1, 12))
    if dice.random() < (0.75 if _slow(each) else 0.97):
        yield Step(**same, kind=StepKind.ACCEPTED, on=accepted, who_name=_name(each))
        for _n in range(dice.randint(0, 2)):
            on = accepted + timedelta(days=dice.randint(20, 200))
            if on <= today():
                yield Step(**same, kind=StepKind.RESPONDED, on=on, who_name=_name(each), text=dice.choice(SAID))


SAID = (
    "已部署到位，正在收集材料。",
    "已完成摸底，名单正在核对。",
    "按计划推进，月底前报送。",
    "两所学校协议待盖章，其余已报。",
)


def _materials(each: Assignment, dice: Random, officer: Person) -> Iterator[Material]:
    """Most hand in before the day, the slow county late or not at all; a few wait to be confirmed."""
    due = each.task.due or today()
    offset = dice.gauss(6, 14) if _slow(each) else dice.gauss(-18, 12)
    on = max(each.since + timedelta(days=20), due + timedelta(days=round(offset)))
    if on > today() or dice.random() < (0.30 if _slow(each) else 0.04):
        return
    decided = min(today(), on + timedelta(days=dice.randint(1, 5)))
    waits = (today() - on).days < 10 and dice.random() < 0.4
    what = each.task.criterion.get("what") or "佐证材料"
    yield Material(
        assignment=each, organisation=each.organisation, text=f"{what}已报送。", on=on, submitted_name=_name(each),
        state=MaterialState.SUBMITTED if waits else MaterialState.CONFIRMED, decided_by=None if waits else officer.pk,
        decided_name="" if waits else officer.name, decided_on=None if waits else decided,
    )  # fmt: skip


def _slow(each: Assignment) -> bool:
    return each.organisation.code.startswith(SLOW)


def _name(each: Assignment) -> str:
    return f"{each.organisation.name}经办人"
