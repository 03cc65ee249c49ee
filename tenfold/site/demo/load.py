"""Loads the invented county as a bureau loads a real one: files go through the importer, in somebody's name."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from tenfold.foundation.access.backends import DEMO_PREFIX
from tenfold.foundation.access.models import Account
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.access.services import invite
from tenfold.foundation.acts import note, service
from tenfold.foundation.exchange import services as exchange
from tenfold.foundation.exchange.models import Batch, StagedRow, State
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.organisations.services import Draft, ensure_root, open_organisation
from tenfold.foundation.people.models import Appointment, Person
from tenfold.foundation.people.services import appoint
from tenfold.foundation.scope import acting, as_system

from . import figures, generator, sheets
from .generator import CITY, COUNTY

Tell = Callable[[str], None]
SINCE = date(2020, 9, 1)


class DemoRefused(RuntimeError):
    """The demonstration has no place here; the text says why."""


@dataclass(frozen=True)
class SignIn:
    """A way into the demonstration."""

    role: str
    username: str
    password: str


@dataclass(frozen=True)
class _Member:
    """One of those who sign in: the sign-in name, the place, and the post there."""

    key: str
    number: str
    name: str
    place: str
    title: str
    role: str
    since: date = SINCE


def load(tell: Tell = print) -> list[SignIn]:
    """Load what is not loaded yet, and return the sign-ins.

    Broken off half-way, the next run goes on. Raises :class:`DemoRefused` outside demo mode and in an
    installation that holds other data.
    """
    county = generator.county()
    with as_system("demo"):
        _refuse_elsewhere()
        city = ensure_root(*CITY)
        if not Organisation.objects.filter(code=COUNTY[0]).exists():
            open_organisation(Draft(*COUNTY, Kind.COUNTY, city, date(1949, 10, 1)))
        officer, clerk = (_person(member) for member in _officers())
    _import_all(county, officer, clerk, tell)
    _count(tell)
    return _sign_ins(county)


def _count(tell: Tell) -> None:
    """Count the facts at once, so that the first page shows them."""
    from tenfold.engines.indicators.services import sync

    if sync().partitions:
        tell("  indicators")


def _refuse_elsewhere() -> None:
    if not settings.TENFOLD["DEMO"]:
        raise DemoRefused("the demonstration loads only in demo mode (TENFOLD_DEMO=1)")
    known = Organisation.objects.exclude(code=CITY[0])
    if known.exists() and not known.filter(code=COUNTY[0]).exists():
        raise DemoRefused(
            f"{settings.TENFOLD['VAR']} holds other data; to see the demonstration, name an empty folder by TENFOLD_VAR"
        )


# --- people -----------------------------------------------------------------------------------------


def _officers() -> tuple[_Member, _Member]:
    return (
        _Member("city", "DEMO-CITY", "林书宁", CITY[0], "基教科经办人", "section_officer"),
        _Member("county", "DEMO-COUNTY", "孟晓禾", COUNTY[0], "教育股经办人", "county_officer"),
    )


def _members(county: generator.County) -> tuple[_Member, ...]:
    school = county.example()
    head = county.head_of(school)
    return (
        *_officers(),
        _Member("head", head["number"], head["name"], school.code, head["title"], "principal", head["since"]),
        _Member("teacher", "DEMO-TEACHER", "苏若溪", school.code, "语文教师", "teacher"),
    )


def _person(member: _Member) -> Person:
    """The person, appointed where she is not yet."""
    place = Organisation.objects.get(code=member.place)
    held = Appointment.objects.filter(person__number=member.number, organisation=place, role=member.role).first()
    if held is None:
        held = appoint(member.number, member.name, place, member.title, since=member.since, role=member.role)
    return held.person


def sign_in_file() -> Path:
    """Where the sign-ins of this installation stand."""
    return Path(settings.TENFOLD["VAR"]) / "demo-sign-ins.txt"


def _sign_ins(county: generator.County) -> list[SignIn]:
    """The sign-ins: as they were told before, or made anew with fresh passwords."""
    members = _members(county)
    held = _told()
    with as_system("demo"):
        people = {member.key: _person(member) for member in members}
        names = {f"{DEMO_PREFIX}{member.key}": member for member in members}
        if set(held) != set(names) or Account.objects.filter(username__in=names).count() != len(names):
            held = {name: secrets.token_urlsafe(9) for name in names}
            _write(held)
            for name, member in names.items():
                _let_in(people[member.key], name, held[name])
    return [SignIn(names[name].title, name, password) for name, password in held.items()]


def _told() -> dict[str, str]:
    file = sign_in_file()
    if not file.exists():
        return {}
    return dict(line.split() for line in file.read_text("utf-8").splitlines() if line.strip())


def _write(held: dict[str, str]) -> None:
    fresh = sign_in_file().with_suffix(f".{os.getpid()}")
    descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name} {password}\n" for name, password in held.items())
    fresh.replace(sign_in_file())


@service(right=None)
def _let_in(person: Person, username: str, password: str) -> None:
    account = Account.objects.filter(username=username).first()
    if account is None:
        invite(person, username, password, must_change=False)
        return
    account.set_password(password)
    account.save()
    note(subject=f"account:{account.pk}", after={"password": "new"})


# --- files ------------------------------------------------------------------------------------------


def folder() -> Path:
    """Where the invented files stay, for whoever wants to try the importer with them."""
    path = Path(settings.TENFOLD["VAR"]) / "demo"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _import_all(county: generator.County, officer: Person, clerk: Person, tell: Tell) -> None:
    """The city's officer imports the tree and the city's own school, the county's officer the county's returns."""
    organisations = sheets.organisation_sheet(county.organisations(), f"{COUNTY[1]}教育机构名录")
    _import(officer, "机构名录.xlsx", [organisations], "organisations", CITY[0], "", tell)
    with as_system("demo"):
        for member in _members(county):
            _person(member)
    city_run = {school.code for school in county.schools if school.city_run}
    for year in figures.YEARS:
        rows, period = figures.returns(county, year), figures.code_of(year)
        own = [row for row in rows if row["school_code"] in city_run]
        rest = [row for row in rows if row["school_code"] not in city_run]
        for who, place, part in ((clerk, COUNTY, rest), (officer, CITY, own)):
            title = f"{place[1]}{year}学年初学校年报"
            _import(who, f"{title}.xlsx", sheets.return_sheets(part, title), "school-return", place[0], period, tell)
    staff = sheets.staff_sheet(county.staff(), f"{COUNTY[1]}校长任职名册")
    _import(officer, "校长任职名册.xlsx", [staff], "staff", CITY[0], figures.code_of(figures.YEARS[-1]), tell)
    _leave_one_open(county, clerk, tell)


def _import(
    who: Person, name: str, content: Sequence[sheets.Sheet], kind: str, under: str, period: str, tell: Tell
) -> None:
    """Write a file and import it as that person; a file that was imported before is left."""
    path = folder() / name
    sheets.write(path, content)
    with acting(context_of_post(who.pk)):
        batch = exchange.check(_received(path, kind, under, period), ask=False)
        if batch.state == State.WRITTEN:
            return
        faults = batch.problem or [
            (row.number, row.flaws) for row in StagedRow.objects.filter(batch=batch, flaws__isnull=False)[:3]
        ]
        if batch.state != State.CHECKED or batch.counts["errors"]:
            raise RuntimeError(f"{name}: the invented file has faults: {faults}")
        written = exchange.write(batch, warnings_seen=True)
    tell(f"  {name}  {written.counts['written']}")


def _received(path: Path, kind: str, under: str, period: str) -> Batch:
    """The import of a file: the one that stands from an earlier run, or a new one."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    former = Batch.objects.filter(kind=kind, organisation__code=under, period=period, digest=digest)
    held = former.exclude(state=State.DROPPED).order_by("-pk").first()
    return held or exchange.receive([content], path.name, kind, under=under, period=period)


def _leave_one_open(county: generator.County, clerk: Person, tell: Tell) -> None:
    """The last four returns of the newest year wait with faults, for whoever wants to see how they are handled."""
    year = figures.YEARS[-1]
    sent = {row["school_code"] for row in figures.returns(county, year)}
    late = [figures.school_return(county, school, year) for school in county.schools if school.code not in sent]
    title = f"{COUNTY[1]}{year}学年初教学点补报"
    path = folder() / f"{title}.xlsx"
    late[0]["pupils.primary.1"] = "三十一"
    late[1]["pupils_female.primary.2"] = late[1]["pupils.primary.2"] + 40
    late[2]["school_code"] = late[2]["school_code"][:-1] + "X"
    late[3]["teachers.primary"] = "2名"
    content = sheets.return_sheets(late, title)
    sheets.write(path, [sheets.without_totals(sheet) for sheet in content])
    with acting(context_of_post(clerk.pk)):
        batch = _received(path, "school-return", COUNTY[0], figures.code_of(year))
        if batch.state == State.RECEIVED:
            exchange.check(batch, ask=False)
            tell(f"  {path.name}  (waits with faults)")
