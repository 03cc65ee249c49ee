"""Who signs in to the sample city: invented people, with passwords that every installation draws for itself."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from tenfold.foundation.access.backends import DEMO_PREFIX
from tenfold.foundation.access.models import Account
from tenfold.foundation.access.services import invite
from tenfold.foundation.acts import note, service
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.models import Appointment, Person
from tenfold.foundation.people.option import keeps_pupils
from tenfold.foundation.people.services import appoint
from tenfold.foundation.people.words import SIGN_IN_TITLES
from tenfold.foundation.scope import as_system

from .generator import City
from .pupils import LET_IN
from .words import CITY, School

SINCE = date(2018, 8, 20)
COUNTY = "421223"
"""The county whose officer signs in, where the plan has it."""


@dataclass(frozen=True)
class SignIn:
    """A way into the sample city. ``role``: the post; ``place``: where."""

    role: str
    place: str
    username: str
    password: str


@dataclass(frozen=True)
class Member:
    """One of those who sign in: the sign-in name, the place, and the post there."""

    key: str
    number: str
    name: str
    place: str
    title: str
    role: str
    since: date = SINCE


def county_of(city: City) -> str:
    """The county whose officer, clerk, head and teacher sign in."""
    codes = [place.code for place in city.places]
    return COUNTY if COUNTY in codes else codes[0]


def officers(city: City) -> tuple[Member, ...]:
    """Those in whose name files are imported: the city's officer, and one of every county."""
    shown = county_of(city)
    names = ("孟晓禾", "汪明霞", "许知远", "秦雨桐", "梁景舟", "周若宁")
    return (
        Member("officer", "MN-CITY-1", "林书宁", CITY[0], "规划科经办人", "section_officer"),
        *(
            Member("county" if place.code == shown else "", f"MN-{place.code}", name, place.code, "基教股经办人",
                   "county_officer")
            for place, name in zip(city.places, names, strict=False)
        ),
    )  # fmt: skip


def village_school(city: City) -> School:
    """The school whose head and teacher sign in: a village's primary school of middling size."""
    every = [s for s in city.of(county_of(city), city.plan.years[-1]) if s.school_type == "211"]
    here = [s for s in every if s.group == "rural"] or every
    return sorted(here, key=lambda school: (sum(school.entry.values()), school.code))[len(here) // 2]


def members(city: City) -> tuple[Member, ...]:
    """Everybody who signs in; a parent and a pupil where pupils are kept."""
    school = village_school(city)
    head = next(row for row in city.staff() if row["school_code"] == school.code)
    pupil, parent = LET_IN
    family = (
        Member("parent", parent, "", school.code, SIGN_IN_TITLES["guardian"], "guardian"),
        Member("pupil", pupil, "", school.code, SIGN_IN_TITLES["student"], "student"),
    )
    return (
        Member("leader", "MN-CITY-0", "陈立言", CITY[0], "局领导", "bureau_leader"),
        *(member for member in officers(city) if member.key),
        Member("clerk", "MN-CLERK", "方怀清", school.parent, "中心学校经办人", "school_officer"),
        Member("head", head["number"], head["name"], school.code, head["title"], "principal", head["since"]),
        Member("teacher", "MN-TEACHER", "苏若溪", school.code, "语文教师", "teacher"),
        *(family if keeps_pupils() else ()),
        Member("inspector", "MN-INSPECT", "顾守正", county_of(city), "责任督学", "inspector"),
        Member("sysadmin", "MN-SYS", "罗思远", CITY[0], "系统管理员", "sysadmin"),
        Member("secadmin", "MN-SEC", "唐安宁", CITY[0], "安全管理员", "secadmin"),
        Member("auditadmin", "MN-AUDIT", "余慎之", CITY[0], "审计管理员", "auditadmin"),
    )


def person(member: Member) -> Person:
    """The person, appointed where she is not yet."""
    place = Organisation.objects.get(code=member.place)
    held = Appointment.objects.filter(person__number=member.number, organisation=place, role=member.role).first()
    if held is None:
        held = appoint(member.number, member.name, place, member.title, since=member.since, role=member.role)
    return held.person


def sign_in_file() -> Path:
    """Where the sign-ins of this installation stand."""
    return Path(settings.TENFOLD["VAR"]) / "demo-sign-ins.txt"


def sign_ins(city: City) -> list[SignIn]:
    """The sign-ins: as they were told before, or made anew with fresh passwords."""
    held = _told()
    names = {f"{DEMO_PREFIX}{member.key}": member for member in members(city)}
    with as_system("demo"):
        places = dict(
            Organisation.objects.filter(code__in={m.place for m in names.values()}).values_list("code", "name")
        )
        if set(held) != set(names) or Account.objects.filter(username__in=names).count() != len(names):
            held = {name: held.get(name) or secrets.token_urlsafe(9) for name in names}
            _write(held)
            people = {name: person(member) for name, member in names.items()}
            _let_in(people, held)
    return [SignIn(names[name].title, places[names[name].place], name, password) for name, password in held.items()]


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
def _let_in(people: dict[str, Person], passwords: dict[str, str]) -> None:
    for username, someone in people.items():
        account = Account.objects.filter(username=username).first()
        if account is None:
            invite(someone, username, passwords[username], must_change=False)
            continue
        account.set_password(passwords[username])
        account.save()
    note(subject="demo", count=len(people), after={"password": "new"})


def table(found: Iterable[SignIn]) -> list[str]:
    """The sign-ins as lines of a table."""
    return [f"  {one.username:18}{one.password:16}{one.role}（{one.place}）" for one in found]
