"""Invented pupils with a guardian each, as the returns of the newest year count them: one village school's, or all.

No number is valid: registry numbers name an area that China does not have, identity numbers bear a wrong check
character, and no telephone begins as theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from random import Random

from tenfold.foundation.holdings.words import GRADES
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.bulk_pupils import GuardianEntry, PupilEntry
from tenfold.foundation.people.models import Enrolment, Guardianship
from tenfold.foundation.people.registry import check_character
from tenfold.foundation.people.services import enrol, let_in_guardian, let_in_pupil

from . import names
from .figures import Figures
from .words import School

AREA = "429999"
BATCH = 20_000
AGE_OF_ENTRY = {"primary": 6, "junior": 12, "senior": 15, "vocational": 15, "special": 7}
RELATIONS = ("51", "52")
"""Father and mother in GB/T 4761."""
SINCE = date(2023, 9, 1)
LET_IN = ("MN-PUPIL", "MN-PARENT")


def entries(figures: Figures, school: School, place: int) -> Iterator[PupilEntry]:
    """The pupils of a school in the newest year; none of a kindergarten."""
    dice = Random(f"{figures.city.seed}|{school.code}|pupils")
    number = 0
    for stage, by_grade in figures.pupils(school, figures.newest).items():
        if stage not in AGE_OF_ENTRY:
            continue
        for grade, pupils in by_grade.items():
            classes = max(-(-pupils // 45), 1)
            for index in range(pupils):
                number += 1
                yield _pupil(dice, school, place, stage, grade, index % classes + 1, number)


def _pupil(
    dice: Random, school: School, place: int, stage: str, grade: int, class_number: int, number: int
) -> PupilEntry:
    name = names.person(dice)
    female = dice.random() < 0.468
    age = AGE_OF_ENTRY[stage] + grade - GRADES[stage][0]
    birth = date(SINCE.year - age - 1, 9, 1) + timedelta(days=int(dice.random() * 365))
    digits = f"{AREA}{birth:%Y%m%d}{number % 100:02}{int(dice.random() * 5) * 2 + (not female)}"
    checked = check_character(digits)
    father = dice.random() < 0.5
    given = names.person(dice)[1:]
    return PupilEntry(
        registry_number=f"J{AREA}{school.code[-4:]}{number:08}",
        name=name,
        organisation=place,
        stage=stage,
        grade=grade,
        since=SINCE,
        class_number=class_number,
        identity=digits + ("0" if checked != "0" else "1"),
        birth=birth,
        sex="2" if female else "1",
        guardians=(GuardianEntry(name[0] + given, RELATIONS[not father], f"100{school.code[-4:]}{number:04}"),),
    )


def load_many(figures: Figures, schools: Iterable[School], tell: Callable[[int], None]) -> int:
    """Enrol the pupils of schools that have none yet, whole schools at a time; says how many. In a system context."""
    held = set(Enrolment.objects.filter(until=None).values_list("organisation__code", flat=True).distinct())
    places = dict(Organisation.objects.filter(kind__in=("school", "point")).values_list("code", "pk"))
    waiting: list[PupilEntry] = []
    done = 0
    for school in schools:
        if school.code in held or not school.stands(figures.newest):
            continue
        waiting += entries(figures, school, places[school.code])
        if len(waiting) >= BATCH:
            done += enrol(waiting)
            waiting = []
            tell(done)
    return done + (enrol(waiting) if waiting else 0)


def let_in(school: School) -> None:
    """Let a pupil of a school and her guardian in. In a system context."""
    running = Enrolment.objects.filter(organisation__code=school.code, until=None, grade__gte=4).order_by("pk")[0]
    guardianship = Guardianship.objects.filter(pupil=running.pupil_id).order_by("order")[0]
    pupil, guardian = LET_IN
    let_in_guardian(guardianship, guardian, since=SINCE)
    let_in_pupil(running.pupil, pupil, since=SINCE)
