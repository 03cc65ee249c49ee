"""What stands in the database, read past all of the house's own code: one look is one snapshot."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RETURNS = """
    SELECT s.period, count(*), count(DISTINCT s.organisation_id), min(g.pupils), max(g.pupils), sum(g.pupils),
           min(g.classes), max(g.classes), min(s.version), max(s.version)
    FROM holdings_schoolyear s LEFT JOIN holdings_gradeyear g ON g.year_id = s.id GROUP BY s.period
"""
WRITTEN = "SELECT period, count(*) FROM exchange_batch WHERE state = 'written' AND kind = 'school-return' GROUP BY 1"


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, for reading; a transaction of it is one snapshot."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20, isolation_level=None)) as base:
        base.execute("BEGIN")
        yield base


def one(path: Path, question: str, *values: Any) -> Any:
    """The first value of an answer, None where there is none."""
    with opened(path) as base:
        found = base.execute(question, values).fetchone()
    return found[0] if found else None


def busy(path: Path) -> tuple[str, int] | None:
    """(job, how often it was begun) of the import's job that runs now."""
    with opened(path) as base:
        return base.execute(
            "SELECT name, attempt FROM jobs_job WHERE state = 'running' AND name LIKE 'exchange.%'"
        ).fetchone()


def pupils_of(version: int, number: int) -> int:
    """The pupils of a school in the n-th file of a period: every file is told from every other by each of its rows."""
    return 200 + 50 * version + number % 50


def classes_of(version: int) -> int:
    """The classes of every school in the n-th file of a period."""
    return 6 + version


def halves(path: Path, schools: int) -> list[str]:
    """What is half-written or written twice: every file tells of all schools, the n-th of a period as ``pupils_of``."""
    with opened(path) as base:
        written = dict(base.execute(WRITTEN).fetchall())
        found = []
        for period, rows, distinct, low, high, total, few, many, first, last in base.execute(RETURNS):
            version = written.pop(period, 0)
            wanted = [pupils_of(version, number) for number in range(schools)]
            if (rows, distinct) != (schools, schools):
                found.append(f"{period}: {rows} rows of {distinct} schools")
            if (low, high, total) != (min(wanted), max(wanted), sum(wanted)) or {few, many} != {classes_of(version)}:
                found.append(f"{period}: rows of several files: pupils {low} to {high}, classes {few} to {many}")
            if {first, last} != {version}:
                found.append(f"{period}: rows written {first} to {last} times by {version} imports")
        return found + [f"{period}: an import says it is written, and no row stands" for period in written]


@dataclass
class Watcher:
    """Looks all the time while processes are killed; ``seen`` gathers what was half-written."""

    path: Path
    schools: int
    looks: int = 0
    seen: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Watcher:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            self.seen += halves(self.path, self.schools)
            self.looks += 1


def facts(folder: Path) -> dict[str, Any]:
    """What the fact store holds, by the digests of its files: the same facts make the same values to the last bit."""
    told = json.loads((folder / "facts" / "manifest.json").read_text("utf-8"))
    return {"facts": told["facts"], "values": told["values"]}
