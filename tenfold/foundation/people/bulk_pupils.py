"""Many pupils at once: what an import writes, and the loading of a city. Sealed on the way into the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tenfold.foundation.fields import keyed_hash
from tenfold.foundation.scope.bulk import insert_rows

from .models import ENDED, Enrolment, EnrolmentState, Guardianship, Pupil

CHUNK = 2000


@dataclass(frozen=True)
class GuardianEntry:
    """A guardian of a pupil; ``relation`` is a code of GB/T 4761."""

    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True)
class PupilEntry:
    """A pupil as she should stand: who she is, and the enrolment that runs from ``since``.

    ``pupil`` is the one who stands with that registry number, if one does. ``state`` may say that the enrolment
    has ended; it then ends on ``until``.
    """

    registry_number: str
    name: str
    organisation: int
    stage: str
    grade: int
    since: date
    class_number: int | None = None
    identity: str = ""
    birth: date | None = None
    sex: str = ""
    state: str = EnrolmentState.ENROLLED
    until: date | None = None
    guardians: tuple[GuardianEntry, ...] = field(default=())
    pupil: int | None = None


def registry_hash(number: str) -> str:
    """By which a registry number is found."""
    return keyed_hash(number, "registry number")


def identity_hash(number: str) -> str:
    """By which an identity number is found; '' for none."""
    return keyed_hash(number, "identity number") if number else ""


def record_pupils(entries: Iterable[PupilEntry]) -> int:
    """Enter pupils who are new with their enrolments and guardians, and mend those who stand; says how many.

    Inside a service only. Raises :class:`~tenfold.foundation.scope.models.OutOfScope` for a school of others.
    """
    held: list[PupilEntry] = []
    count = 0
    for entry in entries:
        held.append(entry)
        if len(held) == CHUNK:
            count += _record(held)
            held = []
    return count + _record(held)


def _record(entries: Sequence[PupilEntry]) -> int:
    _enter([entry for entry in entries if entry.pupil is None])
    for entry in entries:
        if entry.pupil is not None:
            _mend(entry)
    return len(entries)


def _enter(entries: Sequence[PupilEntry]) -> None:
    hashes = [registry_hash(entry.registry_number) for entry in entries]
    rows = [
        (e.registry_number, found, e.name, e.identity, identity_hash(e.identity), _told(e.birth), e.sex)
        for e, found in zip(entries, hashes, strict=True)
    ]
    columns = ("registry_number", "registry_hash", "name", "identity", "identity_hash", "birth", "sex")
    insert_rows(Pupil, columns, rows)
    pupils = dict(Pupil.plain.filter(registry_hash__in=hashes).values_list("registry_hash", "pk"))
    keyed = [(pupils[found], entry) for found, entry in zip(hashes, entries, strict=True)]
    insert_rows(
        Enrolment,
        ("pupil", "organisation", "stage", "grade", "class_number", "state", "since", "until"),
        [(pk, e.organisation, e.stage, e.grade, e.class_number, e.state, e.since, e.until) for pk, e in keyed],
    )
    _tie(keyed)


def _tie(keyed: Iterable[tuple[int, PupilEntry]]) -> None:
    insert_rows(
        Guardianship,
        ("pupil", "name", "relation", "phone", "order"),
        [
            (pk, guardian.name, guardian.relation, guardian.phone, order)
            for pk, entry in keyed
            for order, guardian in enumerate(entry.guardians, 1)
        ],
    )


def _mend(entry: PupilEntry) -> None:
    pupil = Pupil.objects.get(pk=entry.pupil)
    pupil.name, pupil.sex, pupil.birth = entry.name, entry.sex, _told(entry.birth)
    pupil.identity, pupil.identity_hash = entry.identity, identity_hash(entry.identity)
    pupil.save()
    standing = list(Guardianship.objects.filter(pupil=pupil))
    if [(g.name, g.relation, g.phone) for g in standing] != [(g.name, g.relation, g.phone) for g in entry.guardians]:
        signed_in = {g.name: g.person_id for g in standing if g.person_id}
        Guardianship.objects.filter(pupil=pupil).delete()
        _tie([(pupil.pk, entry)])
        for guardian in Guardianship.objects.filter(pupil=pupil):
            if guardian.name in signed_in:
                guardian.person_id = signed_in[guardian.name]
                guardian.save()
    _enrol(pupil, entry)  # last: a pupil who has left is no longer reached


def _enrol(pupil: Pupil, entry: PupilEntry) -> None:
    """Correct the running enrolment, or end it and begin the next (升级、转学)."""
    running = Enrolment.objects.filter(pupil=pupil, until=None).first()
    if running is not None and running.since < entry.since:
        moved = running.organisation_id != entry.organisation
        running.until = entry.since
        running.state = EnrolmentState.TRANSFERRED if moved else EnrolmentState.PROMOTED
        running.save()
        running = None
    if running is None:
        running = Enrolment(pupil=pupil, since=entry.since)
    running.organisation_id, running.stage, running.grade = entry.organisation, entry.stage, entry.grade
    running.class_number, running.state = entry.class_number, entry.state
    running.until = entry.until if entry.state in ENDED else None
    running.save()


def _told(day: date | None) -> str:
    return day.isoformat() if day else ""
