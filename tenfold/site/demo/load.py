"""Loads the sample city as a bureau loads a real one: files go through the importer, in somebody's name."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings

from tenfold.foundation.access.models import Account
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.exchange import services as exchange
from tenfold.foundation.exchange.models import Batch, StagedRow, State
from tenfold.foundation.organisations import services as tree
from tenfold.foundation.organisations.models import Event, Kind, Organisation
from tenfold.foundation.people.models import Person
from tenfold.foundation.people.option import keeps_pupils
from tenfold.foundation.scope import acting, as_system

from . import figures, generator, history, outlines, places, pupils, sheets, signins, steering
from .figures import Figures
from .generator import City
from .signins import SignIn
from .words import CITY, Happening, Plan, School

Tell = Callable[[str], None]
EARLIER = "429900"
"""The county that the demonstration of the first version invented."""


class DemoRefused(RuntimeError):
    """The demonstration has no place here; the text says why."""


def load(tell: Tell = print, plan: Plan | None = None, *, all_pupils: bool = False) -> list[SignIn]:
    """Load what is not loaded yet, and return the sign-ins. ``all_pupils``: every pupil as a person, not a few.

    Broken off half-way, the next run goes on. Raises :class:`DemoRefused` outside demo mode, in an installation
    that holds other data, and for pupils where none are kept.
    """
    if all_pupils and not keeps_pupils():
        raise DemoRefused("pupils are loaded only where they are kept (TENFOLD_PUPILS=1)")
    city = generator.city(plan)
    with as_system("demo"):
        refuse_elsewhere()
        folder()
        if not _loaded(city):
            _Loading(city, tell).run()
        if keeps_pupils():
            _family(city)
    outlines.load(tell)
    _count(tell)
    _year(city, tell)
    if all_pupils:
        _all_pupils(city, tell)
    return signins.sign_ins(city)


def check_mode() -> None:
    """Raise :class:`DemoRefused` outside demo mode, before anything is touched."""
    if not settings.TENFOLD["DEMO"]:
        raise DemoRefused("the demonstration loads and is started anew only in demo mode (TENFOLD_DEMO=1)")


def refuse_elsewhere() -> None:
    """Raise :class:`DemoRefused` where the sample city has no place."""
    check_mode()
    place, known = settings.TENFOLD["VAR"], Organisation.objects.exclude(code=CITY[0])
    if known.filter(code=EARLIER).exists():
        raise DemoRefused(
            f"{place} holds the demonstration of an earlier version (one county of 120 schools); "
            "start anew with DEMO_RESET=1 make demo, or keep it and name an empty folder by TENFOLD_VAR"
        )
    if not _folder().is_dir() and (known.exists() or Account.objects.exists()):
        raise DemoRefused(f"{place} holds other data; to see the demonstration, name an empty folder by TENFOLD_VAR")


def _folder() -> Path:
    return Path(settings.TENFOLD["VAR"]) / "demo"


def folder() -> Path:
    """Where the invented files stay, for whoever wants to try the importer with them."""
    path = _folder()
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def reset() -> None:
    """Take a demonstration away: its database, files and facts. The keys, which are in use, stay.

    Raises :class:`DemoRefused` outside demo mode, and for a folder that holds no demonstration.
    """
    place = Path(settings.TENFOLD["VAR"])
    check_mode()
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        raise DemoRefused("DEMO_RESET takes away only the SQLite database of the demonstration, never PostgreSQL's")
    held = [entry for entry in place.iterdir() if entry.suffix not in (".key", ".keys")] if place.exists() else []
    if not held:
        return
    if not (place / "demo").is_dir() and not signins.sign_in_file().exists():
        raise DemoRefused(f"{place} holds no demonstration; nothing was taken away")
    for entry in held:
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _loaded(city: City) -> bool:
    """Whether the last file of the plan is in."""
    return Batch.objects.filter(filename=_late_name(city)).exists()


def _late_name(city: City) -> str:
    county = next(place.name for place in city.places if place.code == signins.county_of(city))
    return f"{county}{city.plan.years[-1]}学年初教学点补报.xlsx"


def _family(city: City) -> None:
    """The pupils of the village school, so that a parent, a pupil and a teacher have something to see."""
    school = signins.village_school(city)
    if not Person.objects.filter(number=pupils.LET_IN[0]).exists():
        pupils.load_many(Figures(city), [school], lambda done: None)
        pupils.let_in(school)


def _all_pupils(city: City, tell: Tell) -> None:
    begun = time.monotonic()
    with as_system("demo"):
        done = pupils.load_many(Figures(city), city.schools, lambda done: tell(f"  学生  {done:,}"))
    if done:
        tell(f"  学生  {done:,}  {time.monotonic() - begun:.0f} s")


def _year(city: City, tell: Tell) -> None:
    """The programme with what was done of it, once the whole city stands: its targets are shared out by its figures."""
    if {place.code for place in city.places} == set(places.counties()):
        begun = time.monotonic()
        with as_system("demo"):
            officer = signins.person(signins.officers(city)[0])
        row = steering.load(city.seed, officer, "陈立言")
        tell(f"  {row.name}  {time.monotonic() - begun:.1f} s")


def _count(tell: Tell) -> None:
    """Count the facts at once, so that the first page shows them."""
    from tenfold.engines.indicators.services import sync

    report = sync()
    if report.partitions:
        tell(f"  指标计算  {len(report.partitions)}  {report.seconds:.1f} s")


class _Loading:
    """One run of the loader."""

    def __init__(self, city: City, tell: Tell) -> None:
        self.city, self.tell = city, tell
        self.figures = Figures(city)
        self.people: dict[str, Person] = {}

    def run(self) -> None:
        """Counties and officers, then year by year: what befell the schools, and their returns."""
        root = tree.ensure_root(*CITY)
        for place in self.city.places:
            if not Organisation.objects.filter(code=place.code).exists():
                tree.open_organisation(tree.Draft(place.code, place.name, Kind.COUNTY, root, date(1949, 10, 1)))
        self.people = {member.place: signins.person(member) for member in signins.officers(self.city)}
        first = self.city.plan.years[0]
        for year in self.city.plan.years:
            self._organisations(year, all_of_them=year == first)
            if year != first:
                for happening in history.happenings(self.city.schools, year):
                    self._befall(happening)
            self._returns(year)
        self._staff()
        self._leave_one_open()

    @property
    def officer(self) -> Person:
        """The city's officer."""
        return self.people[CITY[0]]

    def _organisations(self, year: int, *, all_of_them: bool) -> None:
        """The city's officer imports the tree, and each year the schools that are new."""
        split = {h.other for h in history.happenings(self.city.schools, year) if h.kind == "split"}
        rows = [s.organisation(year) for s in self.city.schools if s.since == year and s.code not in split]
        name, title = f"{year}年新设学校.xlsx", f"{CITY[1]}{year}年新设学校"
        if all_of_them:
            rows = self.city.offices() + [s.organisation(year) for s in self.city.schools if s.since <= year]
            name, title = "机构名录.xlsx", f"{CITY[1]}教育机构名录"
        if rows:
            period = figures.code_of(year)
            self._import(self.officer, name, [sheets.organisation_sheet(rows, title)], "organisations", CITY[0], period)

    def _returns(self, year: int) -> None:
        """Each county's officer imports its returns, the city's officer those of the city's own schools."""
        for code, name in figures.files(self.city):
            title = f"{name}{year}学年初学校年报"
            content = sheets.return_sheets(self.figures.returns(code, year), title)
            self._import(self.people[code], f"{title}.xlsx", content, "school-return", code, figures.code_of(year))

    def _staff(self) -> None:
        rows = sheets.staff_sheet(self.city.staff(), f"{CITY[1]}校长任职名册")
        period = figures.code_of(self.city.plan.years[-1])
        self._import(self.officer, "校长任职名册.xlsx", [rows], "staff", CITY[0], period)

    # --- what befell ------------------------------------------------------------------------------

    def _befall(self, happening: Happening) -> None:
        """Record what befell a school, in the name of the city's officer, where it is not recorded yet."""
        day, document = date(happening.year, 9, 1), f"咸教发〔{happening.year}〕模拟号"
        school = Organisation.objects.get(code=happening.code)
        if Event.objects.filter(organisation=school, kind=happening.kind, on=day).exists():
            return
        other = Organisation.objects.filter(code=happening.other).first()
        with acting(context_of_post(self.officer.pk)):
            if happening.kind == "renamed":
                tree.rename_organisation(school, happening.text, day, document=document)
            elif happening.kind == "moved" and other is not None:
                tree.move_organisation(school, other, day, document=document)
            elif happening.kind == "merged" and other is not None:
                tree.merge_organisations([school], other, day, document=document)
            elif happening.kind == "closed":
                tree.close_organisation(school, day, document=document)
            elif happening.kind == "split":
                tree.split_organisation(school, [self._draft(happening.other, day)], day, document=document)

    def _draft(self, code: str, day: date) -> tree.Draft:
        """A school that is split off, as the tree takes it."""
        new = next(s for s in self.city.schools if s.code == code)
        parent = Organisation.objects.get(code=new.parent)
        return tree.Draft(code, new.name, new.kind, parent, day, attributes=_attributes(new))

    # --- files ------------------------------------------------------------------------------------

    def _import(
        self, who: Person, name: str, content: Sequence[sheets.Sheet], kind: str, under: str, period: str
    ) -> None:
        """Write a file and import it as that person; a file that was imported before is left."""
        path = folder() / name
        sheets.write(path, content)
        with acting(context_of_post(who.pk)):
            batch = exchange.check(_received(path, kind, under, period), ask=False)
            if batch.state == State.WRITTEN:
                return
            if batch.state != State.CHECKED or batch.counts["errors"]:
                raise RuntimeError(f"{name}: the invented file has faults: {list(_faults(batch))}")
            written = exchange.write(batch, warnings_seen=True)
        self.tell(f"  {name}  {written.counts['written']}")

    def _leave_one_open(self) -> None:
        """Returns of the newest year that came late wait with faults, to show how these are handled."""
        codes = self.figures.late or {signins.village_school(self.city).code}
        year, county = self.city.plan.years[-1], signins.county_of(self.city)
        schools = [s for s in self.city.schools if s.code in codes]
        late = [self.figures.school_return(school, year) for school in schools]
        for row, (address, value) in zip(late, _FAULTS, strict=False):
            row[address] = value(row[address])
        path = folder() / _late_name(self.city)
        content = sheets.return_sheets(late, path.stem)
        sheets.write(path, [sheets.without_totals(sheet) for sheet in content])
        with acting(context_of_post(self.people[county].pk)):
            batch = _received(path, "school-return", county, figures.code_of(year))
            if batch.state == State.RECEIVED:
                exchange.check(batch, ask=False)
                self.tell(f"  {path.name}  （有问题，待处理）")


_FAULTS: tuple[tuple[str, Callable[[object], object]], ...] = (
    ("pupils.primary.1", lambda value: "三十一"),
    ("pupils_female.primary.2", lambda value: int(str(value)) + 40),
    ("school_code", lambda value: f"{str(value)[:-1]}X"),
    ("teachers.primary", lambda value: f"{value}名"),
)
"""What is wrong in the late returns."""


def _attributes(school: School) -> dict[str, object]:
    return {
        "school_type": school.school_type, "locale": school.locale, "sector": school.sector,
        "boarding": school.boarding, "latitude": school.at[0], "longitude": school.at[1], "coordinates": "GCJ02",
        "built_on": school.built,
    }  # fmt: skip


def _faults(batch: Batch) -> Iterator[object]:
    yield batch.problem
    for row in StagedRow.objects.filter(batch=batch, flaws__isnull=False):
        if any(flaw["level"] == "error" for flaw in row.flaws or ()):
            yield row.sheet, row.number, row.flaws


def _received(path: Path, kind: str, under: str, period: str) -> Batch:
    """The import of a file: the one that stands from an earlier run, or a new one."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    former = Batch.objects.filter(kind=kind, organisation__code=under, period=period, digest=digest)
    held = former.exclude(state=State.DROPPED).order_by("-pk").first()
    return held or exchange.receive([content], path.name, kind, under=under, period=period)
