"""What decides a task is its record: tried at the level of the database, column by column, for every criterion."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from tenfold.engines.indicators.services import sync
from tenfold.engines.programme import evidence, queries
from tenfold.engines.programme.models import Assignment, FrozenPeriod, Material, Programme
from tenfold.engines.programme.reading_measures import criterion_fault
from tenfold.engines.programme.tests.conftest import counted_county
from tenfold.engines.programme.tests.test_plan import PLAN, applied
from tenfold.foundation.acts import permitted
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.declare import Criterion, house
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system
from tests.support.cast import SmallCounty

__all__ = ["counted_county"]

Lights = dict[int, Any]

PLANNED: Mapping[str, frozenset[str]] = {
    "programme_task": frozenset({"programme_id", "criterion", "begins", "due", "ended_on"}),
    "programme_assignment": frozenset({"task_id", "organisation_id", "part", "due", "since", "until"}),
}
"""What is asked, of whom, by when: the plan, whose changes are written down. Nothing else of these tables counts."""
TREE = frozenset({"organisations_organisation", "organisations_placement"})
SILENT = frozenset({"name", "sort_key", "initials", "latitude", "longitude", "coordinates", "built_on"})
"""What an organisation is called, where it lies: no light. The rest of the tree says of whom a record tells."""
FROZEN = frozenset({"programme_frozenperiod", "programme_frozenlight"})
"""Late in a period that was frozen, repaired afterwards: yellow until the quarter ends."""
NEW_ROWS = 12


# --- every other column of the house ---------------------------------------------------------------------


@pytest.fixture
def standing(counted_county: SmallCounty, db: None, settings: Any, tmp_path: Path) -> Programme:
    """A programme with every criterion, reached here and not there; its store of facts may be rewritten."""
    shutil.copytree(settings.TENFOLD["VAR"], tmp_path / "var", dirs_exist_ok=True)
    settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path / "var", "TODAY": "2023-10-16"}
    row = applied(counted_county, PLAN.replace("value = 60 }", "value = 99 }"))
    with as_system("tests"), permitted("service"):
        for place, state in ((counted_county.county_a, "confirmed"), (counted_county.county_b, "submitted")):
            owed = Assignment.objects.get(task__number="1.1.1", organisation=place)
            decided = date(2023, 10, 9) if state == "confirmed" else None
            Material(assignment=owed, organisation=place, text="名单", on=date(2023, 10, 8), state=state,
                     decided_on=decided).save()  # fmt: skip
        assert new_rows(FrozenPeriod)
    return row


def lights(row: Programme) -> Lights:
    """Every light as computed afresh, with what it rests on."""
    for kept in ("_kept", "_answers"):
        getattr(sys.modules["tenfold.engines.programme.queries.lights"], kept, {}).clear()
    with as_system("tests"):
        found = queries.lights(row)
    return {
        each.assignment: (each.light, a.reached, a.value, a.wanted, a.start, a.course, a.on)
        for each in found
        for a in (each.answer,)
    }


def recounted() -> None:
    """Every fact of every period derived anew from the records."""
    with as_system("tests"):
        with permitted("service"):
            DirtyFact.objects.all().delete()
            periods = {p for fact in house().facts.values() for p in fact.periods()}
            DirtyFact.objects.bulk_create(DirtyFact(fact="*", period=period) for period in periods)
        sync()


def test_nothing_but_the_plan_and_its_record_changes_a_light(standing: Programme) -> None:
    """Steps, sign-ins, sessions, notices, looks, jobs, names, files, positions: every column is written, rows added."""
    before = lights(standing)
    assert {state.state for state, *_rest in before.values()} >= {"done", "attention"}
    records, tried, left, moved = fact_tables(), 0, [], []
    with as_system("tests"), permitted("service"):
        for model in swept(records):
            table = model._meta.db_table
            added = new_rows(model)
            assert added or model._base_manager.exists(), f"no row of {table} could be made: {DOUBTS.get(table)}"
            moved += [f"new rows in {table}"] if lights(standing) != before else []
            for field in columns_of(model):
                if not altered(model, field):
                    left.append(f"{table}.{field.column}")
                else:
                    tried += 1
                    moved += [f"{table}.{field.column}"] if lights(standing) != before else []
        recounted()
    assert moved == []
    assert lights(standing) == before
    assert tried > 200
    assert left == []


def swept(records: set[str]) -> Iterator[type[models.Model]]:
    """Every table but those whose every column is a record, the plan's frame of time, or what was frozen."""
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in records - TREE and table not in FROZEN and table != "organisations_placement":
            yield model


def columns_of(model: type[models.Model]) -> list[Any]:
    """The columns of a table that may not count."""
    table = model._meta.db_table
    read = {name for each in house().criteria.values() for name in each.reads}
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.column not in PLANNED.get(table, ())
        and f"{model._meta.app_label}.{model.__name__}.{field.name}" not in read
        and (table not in TREE or field.column in SILENT)
    ]


DOUBTS: dict[str, str] = {}


def new_rows(model: type[models.Model]) -> int:
    """Add rows of all kinds that point at what the tasks point at; how many the database took."""
    table = model._meta.db_table
    if model in (Material, Organisation) or table in PLANNED:
        return 0
    made = 0
    for number in range(NEW_ROWS):
        values = {f.column: _value(f, number) for f in model._meta.concrete_fields if not _counts_itself(f)}
        names = ", ".join(f'"{name}"' for name in values)
        made += _sent(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(values))})', *values.values())
    return made


def altered(model: type[models.Model], field: Any) -> bool:
    """Write a column in all rows at once, else row by row; whether it was taken, or may not be at all (append-only)."""
    table = model._meta.db_table
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))[:NEW_ROWS]
    said = f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s'
    keys = [model._meta.pk.get_db_prep_value(key, connection) for key in keys]
    taken = [_sent(said, _value(field, number + 5), key) for number, key in enumerate(keys)]
    return any(taken) or "append-only" in DOUBTS.get(table, "") or isinstance(field, models.OneToOneField)


def _counts_itself(field: Any) -> bool:
    return field.primary_key and isinstance(field, models.AutoField | models.BigAutoField)


def _value(field: Any, number: int) -> Any:
    """Something that a column may hold."""
    if field.related_model is not None:
        known = list(field.related_model._base_manager.order_by("pk").values_list("pk", flat=True)[:NEW_ROWS])
        return known[number % len(known)] if known else None
    if field.choices:
        return [value for value, _label in field.flatchoices][number % len(field.flatchoices)]
    day = field.model._meta.concrete_fields.index(field) % 18 + number % 9 + 1
    kinds: tuple[tuple[Any, Any], ...] = (
        (models.BooleanField, number % 2 == 0),
        (models.JSONField, '{"code": "x"}'),
        (models.DateTimeField, f"2023-10-{day:02d} 08:00:00+00:00"),
        (models.DateField, f"2023-10-{day:02d}"),
        (models.DecimalField, 3 + number),
        (models.FloatField, 3.5 + number),
        (models.BinaryField, b"x%d" % number),
        (models.IntegerField, 3 + number),
        (models.UUIDField, f"{number:032x}"),
    )
    made = next((value for kind, value in kinds if isinstance(field, kind)), None)
    if made is not None:
        return made
    return f"x{number}y{abs(hash(field.column)) % 97}"[: getattr(field, "max_length", None) or 20]


def _sent(statement: str, *values: Any) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return bool(cursor.rowcount)
    except DatabaseError as fault:
        DOUBTS[statement.split('"')[1] if '"' in statement else statement] = str(fault)
        return False


# --- the record itself -----------------------------------------------------------------------------------


def _material() -> None:
    _sent(
        "UPDATE programme_material SET state = %s, decided_on = %s WHERE state = 'submitted'", "confirmed", "2023-10-10"
    )


def _returns() -> None:
    _sent("UPDATE holdings_stageyear SET teachers_certified = 50")
    recounted()


RECORDS: Mapping[str, Callable[[], None]] = {"programme.material": _material, "programme.indicator": _returns}
"""By criterion: the change of its record that reaches what is wanted. A new criterion says here what its record is."""


def test_every_criterion_says_what_its_record_is() -> None:
    assert set(RECORDS) == set(house().criteria)


@pytest.mark.parametrize("code", sorted(RECORDS))
def test_changing_the_record_changes_the_light(code: str, standing: Programme) -> None:
    before = lights(standing)
    with as_system("tests"), permitted("service"):
        owed = {a.pk: a.task.criterion["code"] for a in Assignment.objects.select_related("task")}
        RECORDS[code]()
    after = lights(standing)
    moved = {pk for pk in before if before[pk] != after[pk]}
    assert moved
    assert {owed[pk] for pk in moved} == {code}
    assert any(before[pk][0].state != "done" and after[pk][0].state == "done" for pk in moved)


# --- what may never decide a task ------------------------------------------------------------------------


def fact_tables() -> set[str]:
    """The tables that facts are derived from."""
    found: set[str] = set()
    with as_system("tests"), CaptureQueriesContext(connection) as seen:
        for fact in house().facts.values():
            for period in list(fact.periods())[:1]:
                list(fact.rows(fact.source(period) if fact.source else period))
    tables = {model._meta.db_table for model in apps.get_models()}
    for query in seen.captured_queries:
        found |= {name for name in query["sql"].split('"') if name in tables}
    return found


def test_no_fact_rests_on_how_the_system_is_used(standing: Programme) -> None:
    """So no indicator can, and no task that asks for an indicator."""
    of_use = {m._meta.db_table for m in apps.get_models() if m._meta.app_label in evidence.OF_USE}
    found = fact_tables()
    assert "holdings_schoolyear" in found
    assert found & of_use == set()


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("access.Account.last_login", "tells of the use of the system"),
        ("sessions.Session.expire_date", "tells of the use of the system"),
        ("programme.Material.file", "is a file"),
        ("organisations.Organisation.latitude", "is a position"),
        ("programme.Nothing.at_all", "is no column of the house"),
    ],
)
def test_a_criterion_that_reads_what_may_not_decide_does_not_start(
    column: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = replace(house().criteria["programme.material"], code="planted.asked", reads=(column,))
    monkeypatch.setitem(house().criteria, planted.code, planted)
    said = [str(fault.msg) for fault in run_checks() if fault.id == "tenfold.E006"]
    assert said == [f"criterion planted.asked reads {column}, {'which ' + words}"]


def test_a_criterion_that_reads_more_than_it_declares_is_refused(
    standing: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection refuses it, however the query is written."""
    from tenfold.foundation.access.models import Account

    def with_file(asked: Any, on: date) -> dict[int, Any]:
        return dict.fromkeys(Material.objects.exclude(file=None).values_list("assignment", flat=True))

    def with_signing_in(asked: Any, on: date) -> dict[int, Any]:
        return dict.fromkeys(Account.objects.exclude(last_login=None).values_list("person", flat=True))

    for query in (with_file, with_signing_in):
        planted: Criterion = replace(house().criteria["programme.material"], query=query)
        monkeypatch.setitem(house().criteria, planted.code, planted)
        with pytest.raises(evidence.NotARecord, match="does not declare"):
            lights(standing)


def test_what_counts_as_done_names_no_photograph_position_or_log_in() -> None:
    for what in ("现场照片三张", "教师登录次数统计", "巡查定位截图"):
        assert criterion_fault({"code": "programme.material", "what": what})
    assert not criterion_fault({"code": "programme.material", "what": "会议签到表"})
