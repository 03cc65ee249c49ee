"""The work of importing: tables of schools, then their returns, checked and written by jobs.

Runs inside the installation under test. Every table has codes of its own, so that what became of it can be counted.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.audit.models import Entry
from tenfold.foundation.audit.queries import verify
from tenfold.foundation.exchange import services
from tenfold.foundation.exchange.models import Batch, StagedRow, State
from tenfold.foundation.files import contents
from tenfold.foundation.holdings.models import SchoolYear
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.organisations.services import Draft, ensure_root, open_organisation
from tenfold.foundation.people.models import Person
from tenfold.foundation.people.services import appoint
from tenfold.foundation.scope import acting, as_system

ROWS = 1200
COUNTY = "990100"
PERIOD = "2023-24"
NUMBER = "C-officer"
SINCE = date(2015, 9, 1)


def prepare() -> None:
    """A county and its officer, in whose name everything is done."""
    with as_system("tests"):
        city = ensure_root("990000", "清渠市教育局")
        county = open_organisation(Draft(COUNTY, "安禾县教育局", "county", city, SINCE))
        appoint(NUMBER, "孟晓禾", county, "教育股科员", since=SINCE, role="county_officer")


def codes(table: int) -> list[str]:
    """The codes of a table's schools."""
    return [f"97{table:03}{row:05}" for row in range(ROWS)]


def schools(table: int) -> bytes:
    """A table of schools."""
    return _csv(["学校标识码", "学校名称", "办学类型"], [[code, f"第{code[2:]}小学", "小学"] for code in codes(table)])


def returns(table: int) -> bytes:
    """The return of the same schools."""
    heads = ["学校标识码", "学校名称", "小学在校生数", "小学班数", "小学专任教师"]
    return _csv(heads, [[code, f"第{code[2:]}小学", 240, 6, 15] for code in codes(table)])


def _csv(*parts: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([parts[0], *parts[1]])
    return out.getvalue().encode()


def step(bring: int) -> dict[str, Any]:
    """See that nothing is half-written; bring new tables; write what is checked; bring returns of what is written."""
    with as_system("tests"):
        faults = [fault for batch in Batch.objects.all() for fault in faults_of(batch)] + _faulty_jobs() + _files()
        person = Person.objects.get(number=NUMBER)
    with acting(context_of_post(person.pk)):
        for _number in range(bring):
            table = Batch.objects.filter(kind="organisations").count()
            _start(f"schools-{table}.csv", "organisations", schools(table))
        for batch in Batch.objects.filter(state=State.CHECKED):
            services.start(batch, "exchange.write")
        for batch in Batch.objects.filter(kind="organisations", state=State.WRITTEN):
            if not Batch.objects.filter(filename=f"returns-{_table(batch)}.csv").exists():
                _start(f"returns-{_table(batch)}.csv", "school-return", returns(_table(batch)))
    with as_system("tests"):
        jobs = Job.objects.filter(name__startswith="exchange.")
        return {
            "faults": faults,
            "held": jobs.filter(state="running").count(),
            "open": Batch.objects.exclude(state=State.WRITTEN).count(),
            "written": Batch.objects.filter(state=State.WRITTEN).count(),
        }


def _start(name: str, kind: str, data: bytes) -> None:
    period = PERIOD if kind == "school-return" else ""
    services.start(services.receive([data], name, kind, under=COUNTY, period=period), "exchange.check")


def _table(batch: Batch) -> int:
    return int(batch.filename.partition("-")[2].partition(".")[0])


def faults_of(batch: Batch) -> list[str]:
    """What is half-written or lost of one import."""
    faults = []
    ours = codes(_table(batch))
    made = Organisation.objects.filter(code__range=(ours[0], ours[-1]))
    if batch.kind == "school-return":
        held = SchoolYear.objects.filter(organisation__in=made, period=PERIOD)
        if held.exclude(version=1).exists():
            faults.append(f"{batch.filename} was written twice")
    else:
        held = made
    twins = Batch.objects.filter(kind=batch.kind, filename=batch.filename, state=State.WRITTEN)
    if held.count() != (ROWS if twins.exists() else 0):
        faults.append(f"{batch.filename}: {held.count()} of {ROWS} rows stand, and the import is {batch.state}")
    staged = StagedRow.objects.filter(batch=batch).count()
    if batch.state in (State.CHECKED, State.WRITING, State.WRITTEN) and staged != ROWS:
        faults.append(f"{batch.filename}: {staged} of {ROWS} rows are staged, and the import is {batch.state}")
    if batch.state in (State.REFUSED, State.COLUMNS, State.DROPPED):
        faults.append(f"{batch.filename} became {batch.state}: {batch.problem or batch.tables}")
    told = Entry.objects.filter(subject=f"import:{batch.pk}", action__endswith="._write").count()
    if told != (batch.state == State.WRITTEN):
        faults.append(f"{batch.filename} is {batch.state}, and the audit tells {told} times of its writing")
    return faults


def _faulty_jobs() -> list[str]:
    return [f"{job.name}: {job.fault or job.state}" for job in Job.objects.filter(state__in=("failed", "cancelled"))]


def _files() -> list[str]:
    """A file that bears a digest is whole."""
    return [f"the file {digest} is cut off" for digest in contents.digests() if not contents.whole(digest)]


def settled() -> list[str]:
    """When all is done: every table stands, the audit is whole, no job is left over."""
    told = step(0)
    faults = list(told["faults"])
    with as_system("tests"):
        tables = {_table(batch) for batch in Batch.objects.all()}
        faults += [f"table {t}: nothing of it" for t in sorted(tables) if not _stands(t)]
        verdict = verify()
        left = Job.objects.filter(name__startswith="exchange.", state__in=("waiting", "running"))
        faults += [f"left over: {job.name} {job.state}" for job in left]
    if verdict.broken:
        faults.append(f"the audit is broken at {verdict.broken}")
    return faults


def _stands(table: int) -> bool:
    ours = codes(table)
    held = SchoolYear.objects.filter(organisation__code__range=(ours[0], ours[-1]), period=PERIOD)
    return held.count() == ROWS
