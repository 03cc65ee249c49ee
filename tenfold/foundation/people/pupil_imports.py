"""Pupils from a table: one a row, known by the registry number; moving up, moving on, mended, never twice.

What a file has no column for stays as it stands. Nothing of a row is kept once it is written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.acts import Refused
from tenfold.foundation.calendar import today
from tenfold.foundation.declare.imports import Change, Flaw, ImportContext, ImportRow, Kept
from tenfold.foundation.fields import mask
from tenfold.foundation.organisations.models import SCHOOLS, Organisation, under
from tenfold.foundation.scope import require

from .bulk_pupils import GuardianEntry, PupilEntry, record_pupils, registry_hash
from .codes import relation_codes
from .grades import class_in, grade_in
from .models import ENDED, Enrolment, EnrolmentState
from .registry import birth_in, identity_fault, registry_fault, sex_in
from .rights import SEE_PUPILS
from .standing import Standing, at_numbers, at_pupils, entry_mark, holders_of, snapshots, take_back_pupils, tied

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}")
GUARDIANS = (1, 2)


class Pupils:
    """The importer's handler of the kind ``pupils``."""

    personal = True
    guarded = frozenset(
        ["registry_number", "name", "identity", "birth"]
        + [f"guardian{n}_{part}" for n in GUARDIANS for part in ("name", "phone")]
    )
    """Addresses whose cells are masked wherever a row is shown; the rows go once they are written."""
    ratios: tuple[tuple[str, str, str], ...] = ()
    texts: Mapping[str, StrOrPromise] = {
        "registry_form": _("is no registry number: G and an identity number, J or L and 18 digits"),
        "number_check": _("fails its own check character; a digit was mistyped"),
        "number_birth": _("holds a day of birth that is none"),
        "identity_form": _("is no identity number of 18 characters"),
        "identity_differs": _("differs from the identity number inside the registry number"),
        "identity_of_other": _("is the number of another pupil"),
        "wrong_birth": _("differs from the day in the identity number"),
        "wrong_sex": _("differs from the identity number"),
        "name_differs": _("so far the name of this registry number is %(held)s"),
        "unknown_grade": _("is no grade; write it as 三年级, 七年级, 高一 or 2021级"),
        "unknown_relation": _("is no relation of GB/T 4761"),
        "no_phone": _("a guardian without a phone cannot be called"),
        "bad_phone": _("is no phone number"),
        "enrolled_elsewhere": _("is enrolled at %(school)s; that school must let the pupil go first"),
        "moves_school": _("is enrolled at %(school)s; writing moves the pupil here"),
        "later_year": _("is enrolled since %(day)s already, later than this school year"),
        "not_enrolled": _("has left, and was never enrolled here"),
        "not_a_school": _("is the code of %(name)s, which is no school"),
        "no_school": _("the school is not told; give its code"),
    }

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self.since = date(int(context.period[:4]), 9, 1) if context.period else today()
        top = Organisation.objects.filter(code=context.under).first() if context.under else None
        self.top = top
        found = Organisation.objects.filter(under(top.path)) if top is not None else Organisation.objects.all()
        self.places: dict[str, Organisation] = {o.code: o for o in found.filter(closed_on=None)}
        self._written: list[PupilEntry] = []
        self._before: dict[int, Any] = {}
        self._held: dict[str, Standing] = {}

    # --- the importer's questions -----------------------------------------------------------------

    def check(self, rows: Sequence[ImportRow]) -> Iterator[Flaw]:
        """Numbers, days, grades, relations, phones, doubles, pupils of other schools."""
        self._load(rows)
        holders = holders_of([row.values["identity"] for row in rows if "identity" in row.values])
        seen: dict[str, int] = {}
        for row in rows:
            number = row.values.get("registry_number")
            if number is None:
                continue
            if (other := seen.setdefault(number, row.number)) != row.number:
                yield Flaw(row.index, "duplicate_code", "registry_number", {"other": other})
            yield from _numbers(row)
            yield from _guardians(row)
            holder = holders.get(row.values.get("identity", ""))
            if holder is not None and holder != registry_hash(number):
                yield Flaw(row.index, "identity_of_other", "identity")
            yield from self._enrolment(row)

    def _enrolment(self, row: ImportRow) -> Iterator[Flaw]:
        values, held = row.values, self._standing(row)
        school = self._school(row)
        if "school_code" in values and values["school_code"] not in self.places:
            yield Flaw(row.index, "unknown_organisation", "school_code")
        elif school is None and held is None:
            yield Flaw(row.index, "no_school", "school_code")
        elif school is not None and school.kind not in SCHOOLS:
            yield Flaw(row.index, "not_a_school", "school_code", {"name": school.name})
        if "grade" in values and self._grade(row) is None:
            yield Flaw(row.index, "unknown_grade", "grade")
        elif held is None and "grade" not in values:
            yield Flaw(row.index, "required_missing", "grade")
        if held is None:
            if values.get("state") in ENDED:
                yield Flaw(row.index, "not_enrolled", "state")
            return
        if "name" in values and values["name"] != held.name:
            yield Flaw(row.index, "name_differs", "name", {"held": mask(held.name)}, None, "warning")
        if held.school is None or school is None:
            return
        if held.since > self.since:
            yield Flaw(row.index, "later_year", "registry_number", {"day": held.since.isoformat()})
        elif not held.reached:
            yield Flaw(row.index, "enrolled_elsewhere", "registry_number", {"school": held.school_name})
        elif held.school != school.pk:
            words = {"school": held.school_name}
            yield Flaw(row.index, "moves_school", "registry_number", words, None, "warning")

    def preview(self, rows: Sequence[ImportRow]) -> list[Change]:
        """New, changed or unchanged, with a digest of what stands."""
        self._load(rows)
        changes = []
        for row in rows:
            held = self._standing(row)
            if held is None:
                changes.append(Change("new"))
                continue
            same = entry_mark(self._entry(row)) == held.mark
            changes.append(Change("unchanged" if same else "changed", held.mark))
        return changes

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Enter, enrol, move up, mend."""
        changes = self.preview(rows)
        told = [self._entry(row) for row, change in zip(rows, changes, strict=True) if change.state != "unchanged"]
        self._written = told
        self._before = snapshots([e.pupil for e in told if e.pupil is not None])
        record_pupils(told)

    # --- undo -------------------------------------------------------------------------------------

    def kept(self) -> Iterator[Kept]:
        """What the write did; what stood before is whole, and sealed where it is kept."""
        standing = at_numbers([e.registry_number for e in self._written])
        held = {s.pupil: s for s in self._held.values()}
        for entry in self._written:
            now = standing[registry_hash(entry.registry_number)]
            before = self._before.get(now.pupil)
            yield Kept(f"pupil:{now.pupil}", before, held[now.pupil].mark if before else "", now.mark)

    def marks(self, keys: Sequence[str]) -> dict[str, str]:
        """Digests of the pupils that stand."""
        return {f"pupil:{s.pupil}": s.mark for s in at_pupils([_pk(key) for key in keys])}

    def names(self, keys: Sequence[str]) -> dict[str, str]:
        """Masked names with their schools."""
        found = at_pupils([_pk(key) for key in keys])
        return {f"pupil:{s.pupil}": f"{mask(s.name)} {s.school_name}" for s in found}

    def ties(self, kept: Sequence[Kept]) -> dict[str, StrOrPromise]:
        """A pupil who signs in, or whose guardian does, does not go."""
        return {f"pupil:{pk}": _("a sign-in") for pk in tied([_pk(k.key) for k in kept if k.before is None])}

    def undo(self, kept: Sequence[Kept]) -> None:
        """Take new pupils away, and let the others stand as before."""
        gone = [_pk(k.key) for k in kept if k.before is None]
        take_back_pupils(gone, {_pk(k.key): k.before for k in kept if k.before is not None})

    def export(self) -> Iterator[Mapping[str, Any]]:
        """The pupils at or below the place, class by class: names and numbers masked."""
        if not require().may(SEE_PUPILS):
            raise Refused("people.export_pupils")
        codes = {place.pk: code for code, place in self.places.items()}
        found = Enrolment.objects.filter(until=None, organisation__in=list(codes)).select_related("pupil")
        for e in found.order_by("organisation", "stage", "grade", "class_number", "pupil"):
            yield {
                "registry_number": mask(e.pupil.registry_number), "name": mask(e.pupil.name),
                "school_code": codes[e.organisation_id], "grade": f"{e.stage} {e.grade}",
                "class": e.class_number and str(e.class_number), "sex": e.pupil.sex or None, "state": e.state,
            }  # fmt: skip

    # --- rows -------------------------------------------------------------------------------------

    def _load(self, rows: Sequence[ImportRow]) -> None:
        if not self._held:
            self._held = at_numbers([row.values["registry_number"] for row in rows if "registry_number" in row.values])

    def _standing(self, row: ImportRow) -> Standing | None:
        return self._held.get(registry_hash(row.values["registry_number"]))

    def _school(self, row: ImportRow) -> Organisation | None:
        code = row.values.get("school_code")
        if code is not None:
            return self.places.get(code)
        return self.top if self.top is not None and self.top.kind in SCHOOLS else None

    def _grade(self, row: ImportRow) -> tuple[str, int] | None:
        school = self._school(row)
        return grade_in(row.values["grade"], school.school_type if school else "", self.since.year)

    def _entry(self, row: ImportRow) -> PupilEntry:
        values, held = row.values, self._standing(row)

        def told(address: str, otherwise: Any) -> Any:
            if address in values:
                return values[address]
            return otherwise if held is None or address not in row.named else type(otherwise)() if otherwise else None

        grade = self._grade(row) if "grade" in values else (held.stage, held.grade) if held else None
        school = self._school(row)
        stage, number = grade or ("", 0)
        state = values.get("state") or (held.state if held and held.state else EnrolmentState.ENROLLED)
        identity = told("identity", held.identity if held else "") or ""
        known = values["registry_number"][1:] if values["registry_number"][0] == "G" else identity
        birth = told("birth", None) or (held.birth if held else None) or (birth_in(known) if known else None)
        same_class = held.class_number if held and "class" not in row.named else None
        since = max(self.since, held.since) if held and held.school else self.since
        return PupilEntry(
            registry_number=values["registry_number"],
            name=told("name", held.name if held else ""),
            organisation=school.pk if school else held.school if held and held.school else 0,
            stage=stage, grade=number, since=since,
            class_number=class_in(values["class"]) if "class" in values else same_class,
            identity=identity,
            birth=birth,
            sex=told("sex", held.sex if held else "") or (sex_in(known) if known else ""),
            state=state,
            until=max(today(), since + timedelta(1)) if state in ENDED else None,
            guardians=_entries(row) if "guardian1_name" in row.named else held.guardians if held else (),
            pupil=held.pupil if held else None,
        )  # fmt: skip


def _numbers(row: ImportRow) -> Iterator[Flaw]:
    """Registry and identity number, and what they say of birth and sex."""
    number, identity = row.values["registry_number"].upper(), row.values.get("identity", "").upper()
    wrong, wrong_identity = registry_fault(number), identity_fault(identity) if identity else ""
    if wrong:
        hint = f"G{identity}" if identity and not wrong_identity and number[:1] == "G" else None
        yield Flaw(row.index, "registry_form" if wrong == "form" else f"number_{wrong}", "registry_number", {}, hint)
    if wrong_identity:
        hint = number[1:] if not wrong and number[0] == "G" else None
        code = "identity_form" if wrong_identity == "form" else f"number_{wrong_identity}"
        yield Flaw(row.index, code, "identity", {}, hint)
    if wrong or wrong_identity:
        return
    if identity and number[0] == "G" and number[1:] != identity:
        yield Flaw(row.index, "identity_differs", "identity", {}, number[1:])
        return
    known = identity or (number[1:] if number[0] == "G" else "")
    born = birth_in(known) if known else birth_in(number[1:]) if number[0] == "L" else None
    if born and row.values.get("birth", born) != born:
        yield Flaw(row.index, "wrong_birth", "birth", {}, born.isoformat())
    if known and row.values.get("sex", sex_in(known)) != sex_in(known):
        yield Flaw(row.index, "wrong_sex", "sex", {}, "男" if sex_in(known) == "1" else "女")


def _guardians(row: ImportRow) -> Iterator[Flaw]:
    """Relations that are none, phones that are none or missing."""
    for n in GUARDIANS:
        name, relation, phone = (f"guardian{n}_{part}" for part in ("name", "relation", "phone"))
        values = row.values
        if relation in values and values[relation] not in relation_codes():
            near = difflib.get_close_matches(values[relation], relation_codes(), n=1, cutoff=0.4)
            yield Flaw(row.index, "unknown_relation", relation, {}, near[0] if near else "其他亲属")
        if phone in values and not _PHONE.fullmatch(re.sub(r"[\s-]", "", values[phone])):
            yield Flaw(row.index, "bad_phone", phone)
        elif name in values and phone not in values:
            yield Flaw(row.index, "no_phone", phone if phone in row.named else name, {}, None, "warning")


def _entries(row: ImportRow) -> tuple[GuardianEntry, ...]:
    values = row.values
    return tuple(
        GuardianEntry(
            values[f"guardian{n}_name"],
            relation_codes().get(values.get(f"guardian{n}_relation", ""), ""),
            re.sub(r"\s", "", values.get(f"guardian{n}_phone", "")),
        )
        for n in GUARDIANS
        if f"guardian{n}_name" in values
    )


def _pk(key: str) -> int:
    return int(key.partition(":")[2])
