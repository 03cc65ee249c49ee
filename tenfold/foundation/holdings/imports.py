"""The annual return from a table: one school a row (or one school and stage a row), for one school year.

A file changes what it has columns for; what it lacks stays as it stands. An empty cell is unknown.
Totals stand beside their parts as they are stated (grade 0, the empty stage); a stage's total that its
grades tell wholly is checked and not kept a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare.imports import Change, Flaw, ImportContext, ImportRow, Kept
from tenfold.foundation.organisations.models import SCHOOLS, Organisation, under
from tenfold.foundation.organisations.queries import split_off_after

from .bulk import SchoolReturnEntry, record_school_returns, records_of, take_back_school_returns
from .flat import ATTRIBUTES, Flat, Key, address_of, flat_years, key_of, merged
from .models import SchoolYear, shown, stored
from .words import BANDS, BY_CODE, GRADES, GUARDED, STAGE_WORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_OF_PUPILS = (
    "pupils_female",
    "pupils_boarding",
    "pupils_migrant",
    "pupils_in_zone",
    "pupils_disabled",
)
_OF_TEACHERS = (
    "teachers_specialist", "teachers_bachelor", "teachers_postgraduate", "teachers_backbone", "teachers_pe",
    "teachers_music", "teachers_art", "teachers_arts", "teachers_english", "teachers_science", "teachers_psych",
    "teachers_certified", "teachers_360h", "teachers_eligible",
)  # fmt: skip
PARTS = (
    *((part, "pupils") for part in _OF_PUPILS),
    *((part, "teachers") for part in _OF_TEACHERS),
    ("teachers_moved_backbone", "teachers_moved"),
    ("area_indoor_sports", "area_teaching"),
)
"""Fields that count a part of another."""
SUMS = (
    (
        ("teachers_specialist", "teachers_bachelor", "teachers_postgraduate"),
        "teachers",
        False,
    ),
    (tuple(f"classes_{band}" for band in BANDS), "classes", True),
)
"""Parts that exclude each other, their whole, and whether they make it up wholly."""


class SchoolReturn:
    """The importer's handler of the kind ``school-return``."""

    ratios: tuple[tuple[str, str, str], ...] = (
        ("pupils", "teachers", "pupils_per_teacher"),
        ("pupils", "classes", "pupils_per_class"),
    )
    only_stages: Mapping[str, tuple[str, ...]] = dict.fromkeys(
        ("intake_g7", "graduates_g9", "transfers_in", "transfers_out", "deaths"), ("junior",)
    )
    masked = frozenset({*GUARDED, *(f"{code}.{stage}" for code in GUARDED for stage in STAGE_WORDS)})
    texts: Mapping[str, StrOrPromise] = {
        "part_exceeds_whole": _("is more than %(whole)s, %(limit)s"),
        "parts_exceed_whole": _("and the other parts come to %(counted)s, more than %(whole)s, %(limit)s"),
        "pupils_per_teacher": _("pupils per teacher"),
        "pupils_per_class": _("pupils per class"),
        "not_a_school": _("is the code of %(name)s, which is no school"),
        "closed_organisation": _("was closed on %(day)s"),
        "split_later": _("was split off %(school)s on %(day)s, whose return of this year has its pupils"),
    }

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self.under = Organisation.objects.filter(code=context.under).first() if context.under else None
        self._schools: dict[str, tuple[int, str, str, Any]] | None = None
        self._held: dict[int, tuple[int, Flat]] | None = None
        self._written: list[SchoolReturnEntry] = []
        self._sources: dict[int, list[str]] = {}

    @property
    def schools(self) -> dict[str, tuple[int, str, str, Any]]:
        """id, name, kind and day of closing by code, of what lies within the scope and below the place."""
        if self._schools is None:
            found = Organisation.objects.all()
            if self.under is not None:
                found = found.filter(under(self.under.path))
            rows = found.values_list("code", "pk", "name", "kind", "closed_on")
            self._schools = {code: (pk, name, kind, closed) for code, pk, name, kind, closed in rows}
        return self._schools

    @property
    def held(self) -> dict[int, tuple[int, Flat]]:
        """Version and figures of the returns of this period, by school."""
        if self._held is None:
            self._held = flat_years(self.context.period, self.under.path if self.under else "")
        return self._held

    # --- the importer's questions -----------------------------------------------------------------

    def check(self, rows: Sequence[ImportRow]) -> Iterator[Flaw]:
        """Unknown and double schools, parts above their whole, totals that do not add up."""
        seen: dict[tuple[str, str, str], ImportRow] = {}
        names = self._codes_by_name()
        for row in rows:
            code = row.values.get("school_code")
            if code is None:
                continue
            yield from self._known(row, code, names)
            for address in row.named & row.values.keys() - {"school_code", "name"}:
                other = seen.setdefault((code, address, ""), row)
                if other is not row:
                    yield Flaw(
                        row.index,
                        "duplicate_code",
                        "school_code",
                        {"other": other.number},
                    )
                    break
            yield from _parts(row)
            yield from _totals(row)

    def _known(self, row: ImportRow, code: str, names: Mapping[str, list[str]]) -> Iterator[Flaw]:
        found = self.schools.get(code)
        if found is None:
            codes = names.get(row.values.get("name", ""), [])
            hint = codes[0] if len(codes) == 1 else None
            yield Flaw(row.index, "unknown_organisation", "school_code", {}, hint)
        elif found[2] not in SCHOOLS:
            yield Flaw(row.index, "not_a_school", "school_code", {"name": found[1]})
        elif found[3] is not None and found[3] <= _first_day(self.context.period):
            yield Flaw(
                row.index,
                "closed_organisation",
                "school_code",
                {"day": found[3].isoformat()},
            )
        elif found[0] in self.split_later:
            day, school = self.split_later[found[0]]
            words = {"day": day.isoformat(), "school": school}
            yield Flaw(row.index, "split_later", "school_code", words, None, "warning")

    @cached_property
    def split_later(self) -> dict[int, tuple[date, str]]:
        """What was split off after the day of which the return tells."""
        return split_off_after(_first_day(self.context.period))

    def _codes_by_name(self) -> dict[str, list[str]]:
        names = defaultdict(list)
        for code, (_pk, name, kind, _closed) in self.schools.items():
            if kind in SCHOOLS:
                names[name].append(code)
        return names

    def preview(self, rows: Sequence[ImportRow]) -> list[Change]:
        """New, changed or unchanged; the basis is the version of the return that stands."""
        changes = []
        for row in rows:
            school = self.schools[row.values["school_code"]][0]
            held = self.held.get(school)
            if held is None:
                changes.append(Change("new"))
                continue
            version, flat = held
            same = merged(flat, *_told(row)) == flat
            changes.append(Change("unchanged" if same else "changed", str(version)))
        return changes

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Record what is new or changed; several rows of one school become one return."""
        entries: dict[int, SchoolReturnEntry] = {}
        for row in rows:
            school = self.schools[row.values["school_code"]][0]
            version, flat = self.held.get(school, (0, {}))
            entry = entries.setdefault(school, SchoolReturnEntry(school, version, dict(flat), dict(flat)))
            entry.after = merged(entry.after, *_told(row))
            entry.records.append(row.record)
        told = [e for e in entries.values() if e.version == 0 or e.after != e.before]
        self._sources = records_of(self.context.period, [e.school for e in told if e.version])
        self._written = told
        record_school_returns(self.context.period, told)

    # --- undo -------------------------------------------------------------------------------------

    def kept(self) -> Iterator[Kept]:
        """What the write did: the version before and after, and of a changed return its figures and sources."""
        codes = {pk: code for code, (pk, *_rest) in self.schools.items()}
        for e in self._written:
            before = None
            if e.version:
                figures = [[*key, value] for key, value in e.before.items()]
                before = {"figures": figures, "records": self._sources[e.school]}
            yield Kept(codes[e.school], before, str(e.version or ""), str(e.version + 1))

    def marks(self, keys: Sequence[str]) -> dict[str, str]:
        """The versions that stand."""
        codes = {pk: code for code, (pk, *_rest) in self.schools.items()}
        rows = SchoolYear.objects.filter(period=self.context.period).values_list("organisation", "version")
        return {codes[pk]: str(version) for pk, version in rows if pk in codes}

    def names(self, keys: Sequence[str]) -> dict[str, str]:
        """The schools' names."""
        return {key: self.schools[key][1] for key in keys if key in self.schools}

    def ties(self, kept: Sequence[Kept]) -> dict[str, StrOrPromise]:
        """Nothing hangs on a return but the figures counted from it, and those are counted anew."""
        return {}

    def undo(self, kept: Sequence[Kept]) -> None:
        """Take new returns away, and let the former ones stand again."""
        gone = [self.schools[k.key][0] for k in kept if k.before is None]
        restored = []
        for k in (k for k in kept if k.before is not None):
            flat = {(code, stage, grade): value for code, stage, grade, value in k.before["figures"]}
            school = self.schools[k.key][0]
            restored.append(SchoolReturnEntry(school, int(k.mark), {}, flat, k.before["records"]))
        take_back_school_returns(self.context.period, gone, restored)

    def export(self) -> Iterator[Mapping[str, Any]]:
        """The returns of the period below the place."""
        by_pk = {pk: (code, name) for code, (pk, name, _kind, _closed) in self.schools.items()}
        for pk, (_version, flat) in sorted(self.held.items(), key=lambda item: by_pk.get(item[0], ("", ""))):
            if pk not in by_pk:
                continue
            code, name = by_pk[pk]
            yield {"school_code": code, "name": name, **_exported(flat)}


def _first_day(period: str) -> date:
    return date(int(period[:4]), 9, 1)


def _told(row: ImportRow) -> tuple[dict[Key, Any], set[Key]]:
    """What a row says, as the columns keep it: values by key, and the keys it has a column for."""
    keys = {address: key_of(address) for address in row.named | row.values.keys()}
    told = {
        key: (value if key[0] in ATTRIBUTES else stored(BY_CODE[key[0]], value))
        for address, value in row.values.items()
        if (key := keys[address]) and key[0] not in ("school_code", "name")
    }
    return told, {key for key in keys.values() if key[0] not in ("school_code", "name")}


def _exported(flat: Flat) -> dict[str, Any]:
    return {
        address_of(key): (value if value != "" else None) if key[0] in ATTRIBUTES else shown(BY_CODE[key[0]], value)
        for key, value in flat.items()
        if key[0] not in GUARDED  # few children: a file that goes out tells no count of them, and re-read changes none
    }


def _parts(row: ImportRow) -> Iterator[Flaw]:
    """A part that exceeds its whole, at the same stage and grade."""
    told: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for address, value in row.values.items():
        told[address.partition(".")[0]].append((address, value))
    for part, whole in PARTS:
        for address, value in told.get(part, ()):
            limit = row.values.get(whole + address[len(part) :])
            if limit is not None and value > limit:
                words = {"whole": f"@{whole}", "limit": str(limit)}
                yield Flaw(row.index, "part_exceeds_whole", address, words)
    for parts, whole, complete in SUMS:
        for stage in {address.partition(".")[2] for address in row.values if address.startswith(f"{whole}.")} | {""}:
            yield from _sum(row, parts, whole, stage, complete)


def _sum(row: ImportRow, parts: Sequence[str], whole: str, stage: str, complete: bool) -> Iterator[Flaw]:
    end = f".{stage}" if stage else ""
    limit = row.values.get(whole + end)
    known = [(part + end, row.values[part + end]) for part in parts if part + end in row.values]
    if limit is None or len(known) < 2 or "." in stage:
        return
    total = sum(value for _address, value in known)
    words = {"counted": str(total), "whole": f"@{whole}", "limit": str(limit)}
    if total > limit and all(value <= limit for _address, value in known):
        yield Flaw(row.index, "parts_exceed_whole", known[-1][0], words)
    elif complete and len(known) == len(parts) and total != limit:
        yield Flaw(row.index, "total_mismatch", whole + end, words, str(total))


def _totals(row: ImportRow) -> Iterator[Flaw]:
    """A stage's total against its grades, a school's total against its stages."""
    grouped: dict[tuple[str, str], dict[int, int | Decimal]] = defaultdict(dict)
    stages: dict[str, dict[str, int | Decimal]] = defaultdict(dict)
    for address, value in row.values.items():
        if address.split(".")[0] in ATTRIBUTES or isinstance(value, str | bool):
            continue
        code, stage, grade = key_of(address)
        if grade:
            grouped[code, stage][grade] = value
        if stage and not grade:
            stages[code][stage] = value
    for (code, stage), by_grade in grouped.items():
        stages[code].setdefault(stage, sum(by_grade.values()))
        stated = row.values.get(f"{code}.{stage}")
        total = sum(by_grade.values())
        whole = set(by_grade) >= set(GRADES[stage])
        if stated is not None and (total > stated or (whole and total != stated)):
            yield Flaw(
                row.index,
                "total_mismatch",
                f"{code}.{stage}",
                {"counted": str(total)},
                str(total),
            )
    for code, by_stage in stages.items():
        stated = row.values.get(code)
        total = sum(by_stage.values())
        if stated is not None and total > stated:
            yield Flaw(row.index, "total_mismatch", code, {"counted": str(total)}, str(total))
