"""A small county with a fixed cast: one city, two counties, their schools, and who holds which post there.

All names and codes are invented; codes beginning with 99 belong to no place of China.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tenfold.foundation.access.models import Account
from tenfold.foundation.access.roles import roles
from tenfold.foundation.access.services import enrol, invite
from tenfold.foundation.acts import service
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.organisations.services import Draft, open_many
from tenfold.foundation.people.models import Person
from tenfold.foundation.people.services import appoint
from tenfold.foundation.scope import as_system

SINCE = date(2015, 9, 1)
"""The day on which everything of the cast begins: every period of the tests lies after it."""

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""The second factor of everybody whose role asks for one."""

PASSWORD = "a-good-password-of-tests"

_numbers = itertools.count(1)


@dataclass(frozen=True)
class SmallCounty:
    """The places and people of the cast. Two counties mirror each other so that every refusal has its other side."""

    city: Organisation
    county_a: Organisation
    county_b: Organisation
    township_a: Organisation
    township_b: Organisation
    primary_a: Organisation
    junior_a: Organisation
    whole_a: Organisation
    point_a: Organisation
    primary_b: Organisation
    city_run: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(f"the cast has no {name}") from None

    @property
    def schools(self) -> list[Organisation]:
        """All schools and the teaching point."""
        return [self.primary_a, self.junior_a, self.whole_a, self.point_a, self.primary_b, self.city_run]


PLACES: tuple[tuple[str, str, str, str, str | None, dict[str, Any]], ...] = (
    ("city", "990000", "清渠市教育局", "city", None, {}),
    ("county_a", "990100", "安禾县教育局", "county", "city", {}),
    ("county_b", "990200", "柳塘县教育局", "county", "city", {}),
    ("township_a", "990101", "东岭中心学校", "township", "county_a", {}),
    ("township_b", "990201", "南浦中心学校", "township", "county_b", {}),
    ("primary_a", "9900000001", "东岭小学", "school", "township_a", {"school_type": "211", "locale": "220"}),
    ("junior_a", "9900000002", "安禾县初级中学", "school", "county_a", {"school_type": "311", "locale": "121"}),
    ("whole_a", "9900000003", "东岭九年一贯制学校", "school", "township_a", {"school_type": "312", "locale": "210"}),
    ("point_a", "9900000004", "石桥教学点", "point", "township_a", {"school_type": "218", "locale": "220"}),
    ("primary_b", "9900000005", "南浦小学", "school", "township_b", {"school_type": "211", "locale": "121"}),
    ("city_run", "9900000006", "清渠市实验学校", "school", "city", {"school_type": "312", "locale": "111"}),
)
"""(name in the cast, code, name, kind, parent, attributes). The city's own school stands in county A."""

POSTS: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("bureau_leader", "周知远", (("city", "bureau_leader", "副局长"),)),
    ("city_officer", "林书宁", (("city", "section_officer", "基教科科员"),)),
    ("county_admin_a", "贺长安", (("county_a", "county_admin", "教育股股长"),)),
    ("county_officer_a", "孟晓禾", (("county_a", "county_officer", "教育股科员"),)),
    ("county_officer_b", "柳一舟", (("county_b", "county_officer", "教育股科员"),)),
    ("township_head_a", "杜东升", (("township_a", "township_admin", "校长"),)),
    ("head_a", "沈青松", (("primary_a", "principal", "校长"),)),
    ("head_b", "江南雁", (("primary_b", "principal", "校长"),)),
    ("clerk_a", "叶小满", (("primary_a", "school_officer", "教务主任"),)),
    ("teacher_a", "苏若溪", (("primary_a", "teacher", "语文教师"),)),
    ("two_posts", "方远山", (("primary_a", "teacher", "数学教师"), ("township_b", "township_admin", "校长"))),
    ("sysadmin", "程守一", (("city", "sysadmin", "系统管理员"),)),
    ("secadmin", "安慎之", (("city", "secadmin", "安全管理员"),)),
    ("auditadmin", "严明鉴", (("city", "auditadmin", "审计管理员"),)),
)
"""(name in the cast, name, posts as (place, role, title); the first is the main one)."""


@service(right=None)
def _open(places: Any) -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for name, code, title, kind, parent, attributes in places:
        more = {"sector": "public", **attributes} if kind in ("school", "point") else attributes
        location = made["county_a"] if name == "city_run" else None
        draft = Draft(code, title, kind, made[parent] if parent else None, SINCE, location, dict(more))
        made[name] = open_many([draft])[0]
    return made


def post(
    role: str, at: Organisation, *, name: str = "某人", title: str = "", number: str = "", sign_in: bool = True
) -> Person:
    """A person who holds a role at a place, with a sign-in unless told otherwise."""
    number = number or f"T{next(_numbers):05}"
    with as_system("tests"):
        person = appoint(number, name, at, title or role, since=SINCE, role=role).person
        if sign_in:
            account = invite(person, number.lower(), PASSWORD, must_change=False)
            if role in roles() and roles()[role].two_factor:
                enrol(account, SECRET)
    return person


def account_of(person: Person) -> Account:
    """The sign-in of a person."""
    return Account.objects.get(person=person)


def small_county() -> SmallCounty:
    """Make the cast, through the services of the house."""
    with as_system("tests"):
        places = _open(PLACES)
        people = {}
        for key, name, posts in POSTS:
            (place, role, title), *others = posts
            people[key] = post(role, places[place], name=name, title=title, number=f"T-{key}")
            for place, role, title in others:
                appoint(f"T-{key}", name, places[place], title, since=SINCE, role=role, main=False)
    return SmallCounty(**places, people=people)
