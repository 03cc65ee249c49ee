"""The county of the walk: returns, imports and jobs on both sides, and every role held wherever it may be."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client, override_settings

from tenfold.engines.notices.services import tell, write_notice
from tenfold.engines.programme import services as programme
from tenfold.engines.programme.models import Assignment, Meeting
from tenfold.engines.programme.parties import Found
from tenfold.engines.programme.queries import from_file, in_force
from tenfold.engines.programme.queries.handling import assignment
from tenfold.engines.programme.tables.opening import open_table
from tenfold.engines.standards.services import enter_item
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.access.roles import Role, roles
from tenfold.foundation.acts import permitted
from tenfold.foundation.calendar import Period, today
from tenfold.foundation.declare import house
from tenfold.foundation.exchange.tests.making import HEADS, checked, table, written
from tenfold.foundation.files import services as files
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.papers import services as papers
from tenfold.foundation.papers.queries import house_own
from tenfold.foundation.people.bulk_pupils import GuardianEntry, PupilEntry
from tenfold.foundation.people.models import Appointment, Person, Pupil
from tenfold.foundation.people.services import enrol
from tenfold.foundation.scope import AccessContext, acting, as_system
from tests.support.cast import SmallCounty, post, small_county
from tests.support.fixtures import cast_client

HELD_AT: dict[str, tuple[str, ...]] = {
    "city": ("city",),
    "county": ("county_a", "county_b"),
    "township": ("township_a", "township_b"),
    "school": ("primary_a", "primary_b"),
    "point": ("point_a",),
}
"""The places of the cast where a role of a level is held."""

TABLES = Path(__file__).resolve().parents[1] / "journeys" / "files"
PERIOD = "2023-24"
FAILING = {"9900000001": 1, "9900000005": 1}
"""Backbone teachers of schools that fall short, so that pages have something to say of it."""
CHILDREN = ("青禾一", "青禾二", "南竹一")
"""Invented pupils of both sides. Nobody is shown a name by walking: each is masked until a purpose is told."""
_MONTH = itertools.count(1)


@dataclass
class Walker:
    """One who walks: nobody, somebody whose posts have ended, or a role at a place."""

    name: str
    client: Client
    person: Person | None = None
    context: AccessContext | None = None

    def may(self, right: Any) -> bool:
        """Whether the role holds the right."""
        return self.context is not None and self.context.may(right)

    def reaches(self, row: Any) -> bool:
        """Whether a row lies within the post, told from the tree and not from the scope's own SQL."""
        if self.context is None:
            return False
        paths, persons = belongs_to(row)
        if paths is None and persons is None:
            return True
        return any(map(self.context.reaches, paths or ())) or self.context.person in (persons or ())


def belongs_to(row: Any) -> tuple[set[str] | None, set[int] | None]:
    """The paths and the persons to which a row belongs; (None, None) for what is everybody's."""
    if isinstance(row, Organisation):
        return {row.path}, None
    if isinstance(row, Person):
        with as_system("tests"):
            return set(Appointment.objects.filter(person=row).values_list("organisation__path", flat=True)), {row.pk}
    if isinstance(row, Pupil):
        with as_system("tests"):
            return set(row.enrolments.filter(until=None).values_list("organisation__path", flat=True)), {row.person_id}
    if isinstance(row, Meeting):
        with as_system("tests"):
            owing = Assignment.objects.filter(task__meeting=row).values_list("organisation__path", flat=True)
            return {row.organisation.path, *owing}, None
    if not isinstance(row, models.Model):
        return None, None
    person = getattr(row, "person_id", None) or getattr(row, "person", None)
    lead: Any = row
    with as_system("tests"):
        for step in getattr(type(row), "scope_field", "").split("__"):
            lead = getattr(lead, step) if step else None
    persons = {person} if isinstance(person, int) else None
    return ({lead.path} if lead is not None else None), persons


@dataclass
class World:
    """The cast, who walks through it, and what each must never be shown."""

    cast: SmallCounty
    var: Path
    walkers: list[Walker]
    probe: Walker
    extra: dict[str, set[str]] = field(default_factory=dict)

    def walker(self, name: str) -> Walker:
        """The one called ``role@place``."""
        return next(w for w in self.walkers if w.name == name)

    @cached_property
    def files(self) -> dict[str, str]:
        """By the path of the place of which it tells: how the files were called that were sent."""
        cast = self.cast
        return {cast.county_a.path: "安禾县年报", cast.county_b.path: "柳塘县年报", cast.city_run.path: "市直年报"}

    @cached_property
    def _places(self) -> list[Organisation]:
        with as_system("tests"):
            return list(Organisation.objects.all())

    @cached_property
    def _people(self) -> list[tuple[str, frozenset[str]]]:
        with as_system("tests"):
            return [(p.name, frozenset(belongs_to(p)[0] or ())) for p in Person.objects.all()]

    def foreign_places(self, walker: Walker) -> list[Organisation]:
        """Places that she neither reaches nor stands below."""
        if walker.context is None:
            return self._places
        own = walker.context.places or (self._path(walker.context.organisation),)
        return [p for p in self._places if not any(p.path.startswith(o) or o.startswith(p.path) for o in own)]

    def _path(self, pk: int | None) -> str:
        """The place at which a family's post is held: its name stands in the header."""
        return next(p.path for p in self._places if p.pk == pk)

    def foreign_words(self, walker: Walker) -> set[str]:
        """What she must never be shown; worked out once."""
        if walker.name not in self.extra:
            self.extra[walker.name] = self._foreign_words(walker)
        return self.extra[walker.name]

    def _foreign_words(self, walker: Walker) -> set[str]:
        """Names and codes of such places, names of people who hold posts there alone, and names of their files."""
        found = {word for p in self.foreign_places(walker) for word in (p.code, p.name)}
        if walker.context is not None:
            shown = {n for n, paths in self._people if any(map(walker.context.reaches, paths))} | {str(walker.person)}
            found |= {name for name, _paths in self._people} - shown
            own = walker.context.places  # a school is told by name from which file of its county its row was read
            found |= {
                n for path, n in self.files.items() if not any(o.startswith(path) or path.startswith(o) for o in own)
            }
        return found


def far_apart() -> None:
    """Give the numbers of each table a range of their own, so that one table's never open another's row."""
    mine = [m for m in apps.get_models() if m.__module__.startswith("tenfold.")]
    with permitted("schema"), connection.cursor() as cursor:
        for place, model in enumerate(mine, 1):
            if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
                continue
            table_name, start = model._meta.db_table, place * 10_000
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table_name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table_name, start])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table_name, start])


def _returns(cast: SmallCounty) -> None:
    """Returns of both counties and of the city's own school, each by its officer; one import of each still open."""
    columns = len(HEADS) - 2

    def rows(*schools: Organisation) -> list[list[Any]]:
        return [[s.code, s.name, *[240, 6, 15, FAILING.get(s.code, 3), 52.5][:columns]] for s in schools]

    sides = (
        (cast.county_officer_a, (cast.primary_a, cast.point_a), "安禾县年报.xlsx"),
        (cast.county_officer_b, (cast.primary_b,), "柳塘县年报.xlsx"),
        (cast.city_officer, (cast.city_run,), "市直年报.xlsx"),
    )
    for person, schools, name in sides:
        with acting(context_of_post(person.pk)):
            written(table(*rows(*schools)), name=name)
            faulty = [[schools[0].code, schools[0].name, "三百", 6, 15, 30, 52.5]]
            checked(table(*faulty), name=name, period="2022-23")


def _pupils(cast: SmallCounty) -> None:
    """Pupils of both counties, each with a guardian."""
    schools = (cast.primary_a, cast.primary_a, cast.primary_b)
    with as_system("tests"):
        enrol(
            PupilEntry(f"L00000020160901{number:04}", name, school.pk, "primary", 2, date(2023, 9, 1), 1,
                       guardians=(GuardianEntry(f"{name}之母", "52", "13000000000"),))
            for number, (name, school) in enumerate(zip(CHILDREN, schools, strict=True))
        )  # fmt: skip


def _items(cast: SmallCounty) -> None:
    """An item of the standard with its Material, entered by each county's officer."""
    for person, county in ((cast.county_officer_a, cast.county_a), (cast.county_officer_b, cast.county_b)):
        with acting(context_of_post(person.pk)):
            paper = files.arrive([b"%PDF-1.4 of the walk"])
            words = {"verdict": True, "material": paper, "material_name": f"{county.name}.pdf"}
            enter_item(county, PERIOD, "balanced-compulsory-2017", "planning", **words)


def _programme(cast: SmallCounty) -> None:
    """A programme with tasks of both counties and their schools; Material of each county with its file."""
    with as_system("tests"):
        programme.apply(from_file("xianning-2023"), cast.city, source="年度方案", keep_unknown=True)
        owed = Assignment.objects.filter(organisation__in=(cast.county_a, cast.county_b)).order_by("-task__number")
        parts = {place: assignment(pk) for place, pk in owed.values_list("organisation", "pk")}
    for person, county in ((cast.county_officer_a, cast.county_a), (cast.county_officer_b, cast.county_b)):
        with acting(context_of_post(person.pk)):
            row = parts[county.pk]
            programme.accept(row)
            paper = files.arrive([b"%PDF-1.4 of the walk"])
            programme.submit(row, "名单已报送。", file=paper, name=f"{county.name}名单.pdf")
    with as_system("tests"):
        programme.keep_periods()
        _meeting(cast)
    with acting(context_of_post(cast.city_officer.pk)), next(TABLES.glob("3-*")).open("rb") as file:
        table = open_table(file)
        file.seek(0)
        draft = programme.receive_table(files.arrive(file), "责任清单.xls", table, cast.city, in_force())
        programme.settle_table(draft, programme.with_unit("督查室", ""))


def _notices(cast: SmallCounty, walkers: list[Walker]) -> None:
    """A notice of each county to its schools, to be signed for; and one of the house to everybody who walks."""
    for person, county in ((cast.county_officer_a, cast.county_a), (cast.county_officer_b, cast.county_b)):
        with acting(context_of_post(person.pk)):
            write_notice(county, ("school", "point"), ("principal",), title="开学工作检查", receipt=True)
    with as_system("tests"), permitted("service"):
        tell("notices.written", to=[w.person for w in walkers if w.person], title="平台通知", key="walk", receipt=True)


def _papers(cast: SmallCounty) -> None:
    """A paper of each side, made and not made, and a changed template of each."""
    own = house().papers["programme.own"]
    for person, place in ((cast.county_admin_a, cast.county_a), (cast.county_officer_b, cast.county_b)):
        with acting(context_of_post(person.pk)):
            row = papers.ask(own, place, Period.of(today(), own.period))
            papers.ask(own, place, Period.of(today(), own.period).previous())
            papers.make(row)
    with acting(context_of_post(cast.city_officer.pk)):
        for place in (cast.county_a, cast.county_b):
            papers.send(own, place, house_own(own), f"{place.name}模板.docx")


def _meeting(cast: SmallCounty) -> None:
    """A meeting for each county, with a decision that it and its school owe."""
    row = in_force()
    assert row is not None
    for county, school in ((cast.county_a, cast.primary_a), (cast.county_b, cast.primary_b)):
        owing = {"lead": [Found(county.name, (county,))], "responsible": [Found(school.name, (school,))]}
        agreed = [programme.Agreed(f"{county.name}核对名单", owing, date(2023, 11, 30))]
        programme.decide(row, "局长办公会", date(2023, 10, 16), agreed)


def _walkers(cast: SmallCounty) -> list[Walker]:
    found = [Walker("nobody", Client(raise_request_exception=True))]
    gone = post("teacher", cast.primary_a, name="已离任", title="教师")
    client = cast_client(gone)
    with as_system("tests"), permitted("service"):
        Appointment.objects.filter(person=gone).update(until="2020-01-01")
    found.append(Walker("without a post", client, gone))
    for role in [r for r in roles().values() if r.code != "probe"]:
        for place in [p for level in role.levels for p in HELD_AT.get(level, ())]:
            found.append(_walker(f"{role.code}@{place}", role.code, getattr(cast, place)))
    return found


def _walker(name: str, role: str, at: Organisation) -> Walker:
    person = post(role, at, name=f"行者{name}", title=roles()[role].name)
    return Walker(name, cast_client(person), person, context_of_post(person.pk))


def _jobs(walkers: list[Walker]) -> None:
    kind = next(k for k in house().jobs.values() if not k.every)
    for walker in walkers:
        if walker.context is not None:
            with acting(walker.context):
                enqueue(kind.name)


@contextmanager
def made(var: Path) -> Iterator[World]:
    """The world, in one transaction that is taken back at the end."""
    from django.conf import settings

    from tenfold.engines.indicators.services import sync

    words = {**settings.TENFOLD, "VAR": var, "ON_TOUCHED": "", "TODAY": "2023-10-16"}
    roles()["probe"] = Role("probe", "探路", "Probe", (), frozenset(house().rights))
    try:
        with override_settings(TENFOLD=words), transaction.atomic():
            far_apart()
            cast = small_county()
            _returns(cast)
            _pupils(cast)
            with as_system("tests"):
                sync()
            _items(cast)
            _programme(cast)
            _papers(cast)
            walkers = _walkers(cast)
            probe = _walker("probe@city", "probe", cast.city)
            _jobs([*walkers, probe])
            _notices(cast, [*walkers, probe])
            yield World(cast, var, walkers, probe)
            transaction.set_rollback(True)
    finally:
        del roles()["probe"]
