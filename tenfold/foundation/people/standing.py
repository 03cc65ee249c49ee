"""Pupils as they stand, for the import and its undo: read whole, compared by a keyed digest, restored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tenfold.foundation.fields import keyed_hash
from tenfold.foundation.scope import as_system, require

from .bulk_pupils import GuardianEntry, PupilEntry, identity_hash, registry_hash
from .models import Enrolment, Guardianship, Pupil

CHUNK = 500


@dataclass(frozen=True)
class Standing:
    """A pupil as she stands, with the enrolment that runs. ``reached``: it lies within the asker's scope."""

    pupil: int
    registry: str
    name: str
    identity: str
    birth: date | None
    sex: str
    school: int | None
    school_name: str
    stage: str
    grade: int
    class_number: int | None
    state: str
    since: date
    guardians: tuple[GuardianEntry, ...]
    reached: bool

    @property
    def mark(self) -> str:
        """A digest of all that an import can change."""
        return _digest(self.name, self.identity, self.birth, self.sex, self.school, self.stage, self.grade,
                       self.class_number, self.state, self.since, self.guardians)  # fmt: skip


def entry_mark(entry: PupilEntry) -> str:
    """The digest of a pupil who stands as an entry says."""
    return _digest(entry.name, entry.identity, entry.birth, entry.sex, entry.organisation, entry.stage, entry.grade,
                   entry.class_number, str(entry.state), entry.since, entry.guardians)  # fmt: skip


def _digest(*words: Any) -> str:
    return keyed_hash(repr(words), "pupil as she stands")


def at_numbers(numbers: Sequence[str]) -> dict[str, Standing]:
    """Those who hold some registry numbers, wherever they are enrolled, by the keyed hash."""
    hashes = [registry_hash(number) for number in numbers]
    found: dict[str, Standing] = {}
    for start in range(0, len(hashes), CHUNK):
        found.update({s.registry: s for s in _read("registry_hash__in", hashes[start : start + CHUNK])})
    return found


def at_pupils(pks: Sequence[int]) -> list[Standing]:
    """Pupils by their keys."""
    return [s for start in range(0, len(pks), CHUNK) for s in _read("pk__in", pks[start : start + CHUNK])]


def _read(word: str, values: Sequence[Any]) -> Iterator[Standing]:
    context = require()
    with as_system("people.registry"):
        pupils = list(Pupil.objects.filter(**{word: values}))
        running = {
            e.pupil_id: e for e in Enrolment.objects.filter(pupil__in=pupils, until=None).select_related("organisation")
        }
        guardians: dict[int, list[GuardianEntry]] = {}
        for g in Guardianship.objects.filter(pupil__in=pupils):
            guardians.setdefault(g.pupil_id, []).append(GuardianEntry(g.name, g.relation, g.phone))
    for p in pupils:
        e = running.get(p.pk)
        birth = date.fromisoformat(p.birth) if p.birth else None
        yield Standing(
            p.pk, p.registry_hash, p.name, p.identity, birth, p.sex, e.organisation_id if e else None,
            e.organisation.name if e else "", e.stage if e else "", e.grade if e else 0, e.class_number if e else None,
            e.state if e else "", e.since if e else date.min, tuple(guardians.get(p.pk, ())),
            e is None or context.reaches(e.organisation.path),
        )  # fmt: skip


def holders_of(identities: Iterable[str]) -> dict[str, str]:
    """Who holds some identity numbers: the keyed hash of her registry number, by identity number."""
    hashes = {identity_hash(number): number for number in identities}
    wanted, found = list(hashes), {}
    with as_system("people.registry"):
        for start in range(0, len(wanted), CHUNK):
            rows = Pupil.objects.filter(identity_hash__in=wanted[start : start + CHUNK])
            for held, registry in rows.values_list("identity_hash", "registry_hash"):
                found[hashes[held]] = registry
    return found


_PUPIL = ("name", "identity", "identity_hash", "birth", "sex")
_ENROLMENT = ("organisation", "stage", "grade", "class_number", "state", "since", "until")
_GUARDIAN = ("name", "relation", "phone", "order", "person")


def snapshots(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Everything of some pupils, as plain data that can be restored."""
    found: dict[int, dict[str, Any]] = {}
    with as_system("people.registry"):
        for pk, *values in Pupil.objects.filter(pk__in=pks).values_list("pk", *_PUPIL):
            found[pk] = {"pupil": values, "enrolments": [], "guardians": []}
        for pk, *values in Enrolment.objects.filter(pupil__in=pks).order_by("pk").values_list("pupil", *_ENROLMENT):
            found[pk]["enrolments"].append([v.isoformat() if isinstance(v, date) else v for v in values])
        for pk, *values in Guardianship.objects.filter(pupil__in=pks).values_list("pupil", *_GUARDIAN):
            found[pk]["guardians"].append(values)
    return found


def tied(pks: Sequence[int]) -> set[int]:
    """Those of some pupils who sign in, or whose guardian does."""
    own = Pupil.objects.filter(pk__in=pks, person__isnull=False).values_list("pk", flat=True)
    others = Guardianship.objects.filter(pupil__in=pks, person__isnull=False).values_list("pupil", flat=True)
    return {*own, *others}


def take_back_pupils(gone: Sequence[int], former: Mapping[int, Mapping[str, Any]]) -> None:
    """Undo: take pupils away, restore others whole. Inside a service only."""
    with as_system("people.registry"):  # what was checked stands; a former school may lie outside the scope
        for start in range(0, len(gone), CHUNK):
            Pupil.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
        for pk, data in former.items():
            _restore(pk, data)


def _restore(pk: int, data: Mapping[str, Any]) -> None:
    pupil = Pupil.objects.get(pk=pk)
    for name, value in zip(_PUPIL, data["pupil"], strict=True):
        setattr(pupil, name, value)
    pupil.save()
    Enrolment.objects.filter(pupil=pk).delete()
    Guardianship.objects.filter(pupil=pk).delete()
    for values in data["enrolments"]:
        _again(Enrolment, pk, _ENROLMENT, values)
    for values in data["guardians"]:
        _again(Guardianship, pk, _GUARDIAN, values)


def _again(model: Any, pupil: int, names: Sequence[str], values: Sequence[Any]) -> None:
    fields = {model._meta.get_field(n).attname: v for n, v in zip(names, values, strict=True)}
    model.objects.create(pupil_id=pupil, **fields)
