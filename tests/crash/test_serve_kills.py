"""Web and worker of ``tenfold serve`` are killed at random in mid-import: nothing half-written, lost or done twice.

Real processes, real requests, a database file that is read past the house's code. ``TENFOLD_TEST_KILLS`` says how
often each of them is killed (10), ``TENFOLD_TEST_SEED`` where chance begins; a failure tells the seed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tenfold.foundation.exchange.tests.making import table
from tests.support.fixtures import ROOT
from tests.support.installation import Installation

from . import looks
from .house import House, found, wait_for
from .officer import GONE, Officer
from .prepare import code_of

SCHOOLS = 1500
KILLS = int(os.environ.get("TENFOLD_TEST_KILLS") or 10)
SEED = int(os.environ.get("TENFOLD_TEST_SEED") or 20231016)
PERIODS = ["2022-23", "2023-24"]
PHASES = ("check", "write", "bring", "write")
"""What is going on when the kills of a round fall; the later rounds begin again."""
MOMENT = 0.8
"""Seconds after a job's begin within which a kill falls."""
HEADS = ["学校标识码", "学校名称", "小学在校生数", "小学班数"]

pytestmark = pytest.mark.slow


def the_return(version: int) -> bytes:
    """The n-th file of a period."""
    rows = [
        [code_of(number), f"第{number + 1}小学", looks.pupils_of(version, number), looks.classes_of(version)]
        for number in range(SCHOOLS)
    ]
    return table(*rows, heads=HEADS)


class Work:
    """The officer's year: file after file, each brought, checked and written, whatever falls down meanwhile."""

    def __init__(self, house: House, database: Path) -> None:
        self.house, self.database = house, database
        self.officer = Officer(house.address)
        self.turn = 0
        self.batch = 0

    @property
    def period(self) -> str:
        return PERIODS[self.turn % len(PERIODS)]

    @property
    def file(self) -> bytes:
        return the_return(self.turn // len(PERIODS) + 1)

    @property
    def state(self) -> str:
        return str(looks.one(self.database, "SELECT state FROM exchange_batch WHERE id = ?", self.batch))

    def go_on(self) -> None:
        """The next thing that she would do."""
        state = self.state if self.batch else "none"
        if state == "none":
            self.batch = self.officer.bring(self.file, self.period)
        elif state == "checked":
            assert self.officer.press(self.batch, "write") == 302
        elif state == "written":
            self.turn, self.batch = self.turn + 1, 0
        else:
            assert state in ("received", "checking", "writing"), f"import {self.batch} is {state}"

    def until(self, moment: Callable[[], object]) -> None:
        """Go on until ``moment()`` is true."""
        limit = time.monotonic() + 90
        while not moment():
            assert time.monotonic() < limit, f"{self.batch} is {self.state}\n{''.join(self.house.words)[-3000:]}"
            self.go_on()
            time.sleep(0.02)


def lurk(work: Work, phase: str, chance: random.Random) -> str:
    """Wait for a random moment in the midst of a phase; what is going on then, '' if it was always over too soon."""
    return next((hit for _attempt in range(4) if (hit := _moment(work, phase, chance))), "")


def _moment(work: Work, phase: str, chance: random.Random) -> str:
    if phase == "bring":
        work.until(lambda: work.batch == 0)
        upload = threading.Thread(target=_bring, args=(work.officer, work.file, work.period), daemon=True)
        upload.start()
        time.sleep(chance.uniform(0, 0.3))
        if upload.is_alive():
            return "upload"
    else:
        work.until(lambda: running(work.database) == f"exchange.{phase}")
        time.sleep(chance.uniform(0, MOMENT))
    return running(work.database)


def running(database: Path) -> str:
    """The import's job that runs now."""
    return (looks.busy(database) or ("", 0))[0]


def _bring(officer: Officer, file: bytes, period: str) -> None:
    """A file on its way when the house falls down; whether it arrived, its sender cannot know."""
    with suppress(*GONE):
        officer.bring(file, period)


def test_killed_at_any_moment_nothing_is_half_written_or_lost(installation: Any) -> None:
    chance, hits = random.Random(SEED), []
    installation.environment["TENFOLD_LEASE_SECONDS"] = "1"
    database = installation.folder / "tenfold.sqlite3"
    found(installation, SCHOOLS)
    house = House(installation)
    work = Work(house, database)
    try:
        house.open()
        work.officer.sign_in()
        with looks.Watcher(database, SCHOOLS) as watcher:
            for round_ in range(KILLS):
                hits.append(lurk(work, PHASES[round_ % len(PHASES)], chance))
                house.kill(*chance.sample(("web", "worker"), 2), pause=chance.uniform(0, 0.1))
                assert not looks.halves(database, SCHOOLS), f"seed {SEED}, kill {round_ + 1}"
                house.open()
            turn = work.turn
            work.until(lambda: work.turn > turn)
            wait_for(lambda: at_rest(database), of="jobs at rest")
    finally:
        house.close()
    assert not watcher.seen, f"seed {SEED}: {watcher.seen[:3]}"
    assert watcher.looks > KILLS
    assert sum(map(bool, hits)) * 2 >= KILLS, f"seed {SEED}: few kills fell into work: {hits}"
    whole(installation, work.turn)


def at_rest(database: Path) -> bool:
    """Nothing runs, nothing waits that is due."""
    due = "state = 'running' OR state = 'waiting' AND run_after <= strftime('%Y-%m-%d %H:%M:%f', 'now')"
    return not looks.one(database, f"SELECT count(*) FROM jobs_job WHERE {due}")


def whole(installation: Installation, turns: int) -> None:
    """In the end: every file once, no import and no job stuck, the audit whole, the facts as from an empty store."""
    database = installation.folder / "tenfold.sqlite3"
    returns = "FROM exchange_batch WHERE kind = 'school-return'"
    assert not looks.halves(database, SCHOOLS)
    assert looks.one(database, f"SELECT count(*) {returns} AND state = 'written'") == turns
    assert not looks.one(
        database, f"SELECT group_concat(id || state) {returns} AND state NOT IN ('written', 'checked')"
    )
    assert not looks.one(database, "SELECT group_concat(name || ' ' || fault) FROM jobs_job WHERE state = 'failed'")
    assert not looks.one(database, "SELECT count(*) FROM acts_dirtyfact"), "a mark that no sync took up"
    told = "SELECT count(*) FROM audit_entry WHERE action LIKE '%writing._write' AND subject IN "
    assert looks.one(database, f"{told} (SELECT 'import:' || id {returns})") == turns, "each writing is told once"
    verdict = installation.told("audit", "verify")
    assert not verdict["broken"], verdict
    stands, wanted = looks.facts(installation.folder), afresh(installation)
    assert stands["facts"] == wanted["facts"]
    assert stands["values"] == wanted["values"]


def afresh(installation: Installation) -> dict[str, Any]:
    """What the fact store holds when it is made from nothing, of the same database."""
    folder = installation.folder / "afresh"
    folder.mkdir(mode=0o700)
    for path in installation.folder.iterdir():
        if path.is_file():
            shutil.copy2(path, folder / path.name)
    code = "import django; django.setup()\nfrom tenfold.engines.indicators.services import sync; sync()"
    environment = {
        **installation.environment, "TENFOLD_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "tenfold.site.settings",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True, timeout=120)
    return looks.facts(folder)
