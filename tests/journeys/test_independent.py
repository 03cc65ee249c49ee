"""Six counties against the standard: the command, the pages and the workbook say what a second count says."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings

from tenfold.foundation.exchange import services
from tenfold.foundation.scope import as_system
from tenfold.site.demo import generator, load
from tenfold.site.demo.words import CITY, Plan
from tests.support.fixtures import cast_client

from . import comparing_pages as pages
from . import independent as second
from . import independent_items as further
from . import received
from .comparing import (
    COUNTED,
    OLDER,
    RESOURCES,
    Compared,
    as_missing,
    as_row,
    ask,
    asked_of_the_command,
    in_the_workbook,
    of_a_stage,
    older_in_the_workbook,
    older_told,
    resources,
    told,
)
from .evidence import sheets

pytestmark = pytest.mark.slow

COUNTIES = ("421202", "421221", "421222", "421223", "421224", "421281")
YEARS = (2022, 2023)
SHOWN = "421223"
"""The county whose own officer reads its page."""


@dataclass(frozen=True)
class Sent:
    """What the counties sent: the schools of each in each year, and who sent nothing in the last."""

    years: dict[int, dict[str, list[second.School]]]
    silent: dict[str, list[str]]

    @property
    def city(self) -> dict[str, list[second.School]]:
        """The last year."""
        return self.years[YEARS[-1]]


@pytest.fixture(scope="module")
def clients(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dict[str, Client]]:
    """A small sample city of all six counties, with the city's and one county's officer signed in."""
    words = {**settings.TENFOLD, "DEMO": True, "VAR": tmp_path_factory.mktemp("var"), "TODAY": "2023-11-20"}
    with django_db_blocker.unblock(), override_settings(TENFOLD=words), transaction.atomic():
        with as_system("tests"):
            signed = {one.username: one.password for one in load.load(lambda line: None, plan())}
        found = {}
        for name in ("demo-officer", "demo-county"):
            found[name] = Client()
            found[name].post("/accounts/login/", {"login": name, "password": signed[name]})
        yield found
        transaction.set_rollback(True)


def plan() -> Plan:
    return Plan(counties=COUNTIES, scale=float(os.environ.get("TENFOLD_TEST_SCALE", "0.15")), years=YEARS)


@pytest.fixture(scope="module")
def sent(clients: dict[str, Client]) -> Sent:
    """The schools of each county, read from the files that were sent; of those that sent none, the plan."""
    folder = settings.TENFOLD["VAR"] / "demo"
    known = received.directory([folder / "机构名录.xlsx", *sorted(folder.glob("*新设学校.xlsx"))])
    stand = {s.code: s.name for s in generator.city(plan()).schools if s.until > YEARS[-1]}
    years, silent = {}, {county: [] for county in COUNTIES}
    for year in YEARS:
        found = received.returns(sorted(folder.glob(f"*{year}学年初学校年报.xlsx")))
        years[year] = {county: received.joined(known, found, county) for county in COUNTIES}
    for code, school in known.items():
        if school["type"] and code not in found and code in stand:
            silent[school["county"]].append(stand[code])
    return Sent(years, silent)


@pytest.mark.parametrize("county", COUNTIES)
def test_command_pages_and_workbook_say_what_a_second_count_says(
    county: str, clients: dict[str, Client], sent: Sent
) -> None:
    found, schools, silent = Compared(), sent.city[county], sent.silent[county]
    told(found, county, schools, silent)
    client = clients["demo-county" if county == SHOWN else "demo-officer"]
    beyond = [s["code"] for s in schools if s["run_by"] == CITY[0]] if county == SHOWN else []
    years = [sent.years[year][county] for year in YEARS]
    for stage in second.STAGES:
        page = ask(client, "", county, stage=stage, all="1").decode()
        pages.on_the_page(found, stage, schools, page, years, silent, beyond)
    in_the_workbook(found, schools, sheets(ask(clients["demo-officer"], "table.xlsx", county)))
    for item, name in COUNTED.items():
        page = ask(clients["demo-officer"], f"items/{item}/", county).decode()
        pages.on_an_item(found, name, further.items(schools)[name], page)
    print(f"{county}: {found.count} numbers and findings")
    found.none_left()


@pytest.mark.parametrize("county", COUNTIES)
def test_what_a_repair_would_do_is_what_a_second_count_says(
    county: str, clients: dict[str, Client], sent: Sent
) -> None:
    found, schools = Compared(), sent.city[county]
    failing = [p["code"] for s in second.STAGES for p in second.parts(schools, s) if p["state"] == "fail"]
    through = [p["code"] for p in second.parts(schools, "junior") if p["share"] != 1]
    for code in dict.fromkeys([*failing[:3], *failing[-1:], *through[:2]]):
        pages.on_a_school(
            found, code, schools, lambda words, code=code: ask(clients["demo-officer"], f"schools/{code}/", county,
                                                               **words).decode(),
        )  # fmt: skip
    found.none_left()


def test_the_city_and_the_older_standard(clients: dict[str, Client], sent: Sent) -> None:
    found, client = Compared(), clients["demo-officer"]
    pages.on_the_city(found, sent.city, sent.silent, ask(client, "", CITY[0]).decode())
    for county in COUNTIES:
        schools, silent = sent.city[county], sent.silent[county]
        older_told(found, county, schools, silent)
        for stage in second.STAGES:
            page = ask(client, "", county, OLDER, stage=stage, all="1").decode()
            pages.on_the_older_page(found, stage, schools, page, silent)
        older_in_the_workbook(found, schools, sheets(ask(client, "table.xlsx", county, OLDER)))
    found.none_left()


# --- golden, of the second count ------------------------------------------------------------------------


def test_the_second_count_holds_the_golden_tests() -> None:
    pupils, books = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    g1 = second.spread((Fraction(x), Fraction(p)) for x, p in zip(books, pupils, strict=True))
    assert round(g1 or 0, 4) == 0.5153
    g2 = {"pupils.primary": Fraction(166), "pupils.junior": Fraction(210)}
    assert [round(float(second.share(g2, s) * 23226), 1) for s in second.STAGES] == [9711.6, 13514.4]
    g3 = {"pupils.primary": Fraction(600), "pupils.junior": Fraction(300), "pupils.senior": Fraction(300)}
    assert [round(float(second.share(g3, s) * 5400), 2) for s in second.WEIGHTS] == [2443.44, 1343.89, 1612.67]
    just = {item: second.asked(item, "primary") for item in second.SEVEN}
    for sports, rooms, state in (("6.375", "2.3", "pass"), ("6.374", "2.3", "fail"), ("6.375", "2.2", "fail")):
        assert second.rule({**just, "sports": Fraction(sports), "rooms": Fraction(rooms)}, "primary") == state
    sizes = {size: further.band(size) for size in (45, 46, 50, 51, 55, 56, 65, 66)}
    assert [n for n, band in sizes.items() if band in further.LARGE["primary"]] == [46, 50, 51, 55, 56, 65, 66]
    assert [n for n, band in sizes.items() if band in further.LARGE["junior"]] == [51, 55, 56, 65, 66]
    assert (sizes[55], sizes[56], sizes[65], sizes[66]) == ("51_55", "56_60", "61_65", "ge66")
    assert round(float(further.retention(980, 20, 30, 1000, 1) or 0) * 100, 2) == 99.10


# --- a real municipality --------------------------------------------------------------------------------

RIO = "schools/rio_claro_2017_school_level.csv"
MAPPINGS = Path(__file__).resolve().parents[1] / "mappings"
UNDIVIDED = ("teachers_pe", "teachers_arts")
"""The convention gives the stage's pupils as all regular pupils, and these to the stage."""


@pytest.mark.django_db
@pytest.mark.parametrize("stage", second.STAGES)
def test_rio_claro_by_its_convention(
    stage: str, small_county: Any, few_indicators: None, real_data: Callable[[str], Path], tmp_path: Path
) -> None:
    path = real_data(RIO)
    mine = [school for school in received.rio_claro(path) if school[f"pupils.{stage}"] >= 50]
    held = {school["code"] for school in mine}
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    content = "".join(line for line in lines if line.partition(",")[0] in held | {"CO_ENTIDADE"}).encode()
    mapping = (MAPPINGS / "rio-claro-school-return.toml").read_text(encoding="utf-8")
    mapping = re.sub(r'^"(pupils|classes)\..*\n', "", mapping, flags=re.M)
    for field in UNDIVIDED:
        mapping = mapping.replace(f"{field} =", f'"{field}.{stage}" =')
    whole = f'[columns]\n"pupils.{stage}" = "students_in_regular_classes"'
    nobody = f'[constants]\n"teachers_music.{stage}" = "0"\n"teachers_art.{stage}" = "0"\n'
    mapping = f"{mapping.replace('[columns]', whole)}\n{nobody}"
    client = cast_client(small_county.county_officer_a)
    with override_settings(TENFOLD={**settings.TENFOLD, "VAR": tmp_path}):
        for kind, words in (("organisations", None), ("school-return", mapping)):
            words = words or (MAPPINGS / f"rio-claro-{kind}.toml").read_text(encoding="utf-8")
            with as_system("tests"):
                batch = services.receive([content], path.name, kind, under=RIO_CLARO, period="2017-18", mapping=words)
                done = services.write(services.check(batch, ask=False), warnings_seen=True)
            assert done.counts["written"] == len(mine)
        answer = asked_of_the_command(RIO_CLARO, period="2017-18")["stages"][stage]
        page = ask(client, "", RIO_CLARO, period="2017-18", stage=stage, all="1").decode()
        book = sheets(ask(client, "table.xlsx", RIO_CLARO, period="2017-18"))
    found, parts = Compared(), [as_part(school, stage) for school in mine]
    by_convention(found, stage, parts, answer)
    pages.of_a_stage(found, stage, parts, pages.pieces(page))
    of_a_stage(found, stage, parts, book, 0)
    found.none_left()
    assert found.count > 30 * len(mine)


RIO_CLARO = "990100"


def as_part(school: second.School, stage: str) -> second.School:
    """A school as the convention has it: what is given for the whole of it stands over all its regular pupils."""
    amounts = dict.fromkeys(second.SEVEN) | {item: school[item] for item in ("pe_arts", "rooms")}
    if stage == "junior":  # in primary, teachers of specialist degree count too, and of these nothing is told
        amounts["qualified"] = school["graduates"]
    part = {"code": school["code"], "pupils": school["pupils.all"], "share": Fraction(1), "amounts": amounts}
    return second.judged(part, stage)


def by_convention(found: Compared, stage: str, parts: list[second.School], answer: dict[str, Any]) -> None:
    """The stage and its schools as the command tells them."""
    mine = {RESOURCES[item]: line for item, line in resources(parts, stage).items()}
    found.tree("seven", mine, answer["resources"])
    found.tree("schools", [as_row(part, stage) for part in parts], answer["rows"])
    for key, kind in (("missing", second.least), ("missing_to_threshold", second.full)):
        found.tree(key, as_missing(second.sums(parts, stage, kind)), answer[key])
