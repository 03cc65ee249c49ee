"""Organisations from a table: matched by code, placed by code or name, opened, renamed, moved.

Rows may name each other: a township and its schools can come in one file. A school that a file puts
under another county is only moved when somebody has seen the warning; a school of another county's
scope is never touched.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare.imports import Change, Flaw, ImportContext, ImportRow, Kept
from tenfold.foundation.scope import as_system

from .bulk import Entry, record_organisations
from .models import STEP, Kind, Organisation, Placement, PlacementKind, under
from .undoing import Former, hanging_on, take_back_organisations

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ATTRIBUTES = ("school_type", "locale", "sector", "boarding", "latitude", "longitude", "coordinates", "built_on")
PLACES = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.TOWNSHIP)


@dataclass(frozen=True)
class Standing:
    """An organisation as it stands: its values, its parents' codes, the county above it."""

    pk: int
    code: str
    name: str
    kind: str
    path: str
    parent: str
    location: str
    values: tuple[Any, ...]
    closed: bool

    def attribute(self, name: str) -> Any:
        """One of ``ATTRIBUTES``."""
        return self.values[ATTRIBUTES.index(name)]

    @property
    def basis(self) -> str:
        """A digest of all that an import could change."""
        told = repr((self.name, self.kind, self.path, self.parent, self.location, self.values, self.closed))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


class Drafted(dict[str, ImportRow]):
    """The rows of a file by code, and its places by name."""

    def __init__(self, rows: Iterable[ImportRow] = ()) -> None:
        super().__init__((row.values["school_code"], row) for row in rows if "school_code" in row.values)
        self._by_name: dict[str, list[str]] = {}
        for code, row in self.items():
            if row.values.get("kind") in PLACES and "name" in row.values:
                self._by_name.setdefault(row.values["name"], []).append(code)

    def named(self, name: str) -> list[str]:
        """The codes of the administrative places that bear a name."""
        return self._by_name.get(name, [])


class Organisations:
    """The importer's handler of the kind ``organisations``."""

    ratios: tuple[tuple[str, str, str], ...] = ()
    texts: Mapping[str, StrOrPromise] = {
        "code_elsewhere": _("belongs to %(name)s, which lies outside your scope"),
        "moved_county": _("stands in %(held)s so far; writing moves the school to %(new)s"),
        "unknown_place": _("is no place within your scope"),
        "ambiguous_place": _("is the name of several places; give the code"),
        "no_parent": _("is under no organisation; fill in who administers it"),
        "own_parent": _("stands below itself"),
        "closed_organisation": _("was closed; its code is not used again"),
        "out_of_range": _("is no degree of the globe"),
        "coordinates_incomplete": _("stands without its counterpart; give latitude and longitude"),
    }

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self.under = Organisation.objects.filter(code=context.under).first() if context.under else None
        self._standing: dict[str, Standing] | None = None
        self._names: dict[str, list[str]] = {}
        self._written: list[str] = []
        self._day = today()

    # --- what stands ------------------------------------------------------------------------------

    @property
    def standing(self) -> dict[str, Standing]:
        """Organisations within the scope, by code."""
        if self._standing is None:
            self._standing = {s.code: s for s in self._read()}
            for held in self._standing.values():
                if held.kind in PLACES and not held.closed:
                    self._names.setdefault(held.name, []).append(held.code)
        return self._standing

    def _read(self) -> Iterator[Standing]:
        locations: dict[int, int] = dict(
            Placement.objects.filter(kind=PlacementKind.LOCATION, until=None).values_list("organisation", "parent")
        )
        columns = ("pk", "code", "name", "kind", "path", "closed_on", *ATTRIBUTES)
        rows = list(Organisation.objects.values_list(*columns))
        codes = {row[0]: row[1] for row in rows}
        for pk, code, name, kind, path, closed, *values in rows:
            above = int(path[-2 * STEP : -STEP]) if len(path) > STEP else 0
            location = codes.get(locations.get(pk, 0), "")
            yield Standing(
                pk, code, name, kind, path, codes.get(above, ""), location, tuple(values), closed is not None
            )

    def _elsewhere(self, codes: Sequence[str]) -> dict[str, str]:
        """Names of organisations outside the scope that hold one of the codes."""
        unknown = [code for code in codes if code not in self.standing]
        found: dict[str, str] = {}
        with as_system("organisations.codes"):
            for start in range(0, len(unknown), 500):
                part = Organisation.plain.filter(code__in=unknown[start : start + 500])
                found.update(part.values_list("code", "name"))
        return found

    # --- the importer's questions -----------------------------------------------------------------

    def check(self, rows: Sequence[ImportRow]) -> Iterable[Flaw]:
        """Doubles, unknown and ambiguous places, codes of others, moves between counties."""
        seen: dict[str, int] = {}
        elsewhere = self._elsewhere([row.values.get("school_code", "") for row in rows])
        drafted = Drafted(rows)
        for row in rows:
            code = row.values.get("school_code")
            if code is None:
                continue
            if code in seen:
                yield Flaw(row.index, "duplicate_code", "school_code", {"other": seen[code]})
                continue
            seen[code] = row.number
            if code in elsewhere:
                yield Flaw(row.index, "code_elsewhere", "school_code", {"name": elsewhere[code]})
                continue
            yield from self._check_row(row, drafted)

    def _check_row(self, row: ImportRow, drafted: Drafted) -> Iterator[Flaw]:
        values = row.values
        held = self.standing.get(values["school_code"])
        if held and held.closed:
            yield Flaw(row.index, "closed_organisation", "school_code")
            return
        for address in ("township", "administering_authority", "location_county"):
            if values.get(address) and self._place(values[address], drafted) is None:
                yield self._unplaced(row, address)
        parent = self._parent(row, drafted)
        if parent == values["school_code"]:
            yield Flaw(row.index, "own_parent", "administering_authority")
        elif (
            parent is None and held is None and not any(values.get(a) for a in ("township", "administering_authority"))
        ):
            yield Flaw(row.index, "no_parent", "school_code")
        elif held and parent and self._county(parent, drafted) not in ("", self._county(held.code, Drafted())):
            words = {
                "held": self._name(self._county(held.code, Drafted())),
                "new": self._name(self._county(parent, drafted)),
            }
            yield Flaw(row.index, "moved_county", "school_code", words, None, "warning")
        for address, limit in (("latitude", 90), ("longitude", 180)):
            if abs(values.get(address, 0)) > limit:
                yield Flaw(row.index, "out_of_range", address)
        if ("latitude" in values) != ("longitude" in values):
            there = "latitude" if "latitude" in values else "longitude"
            yield Flaw(row.index, "coordinates_incomplete", there)

    def _unplaced(self, row: ImportRow, address: str) -> Flaw:
        text = row.values[address]
        if len(self._names.get(text, ())) > 1:
            return Flaw(row.index, "ambiguous_place", address)
        near = difflib.get_close_matches(text, self._names, n=1, cutoff=0.6)
        return Flaw(row.index, "unknown_place", address, {}, near[0] if near else None)

    def preview(self, rows: Sequence[ImportRow]) -> Sequence[Change]:
        """New, changed or unchanged, with a digest of what stands."""
        drafted = Drafted(rows)
        changes = []
        for row in rows:
            held = self.standing.get(row.values["school_code"])
            if held is None:
                changes.append(Change("new"))
                continue
            entry = self._entry(row, drafted)
            same = (
                entry.name in (None, held.name)
                and entry.kind in (None, held.kind)
                and entry.parent in (None, held.parent)
                and entry.location in (None, held.location)
                and all(_same(held.attribute(name), value) for name, value in entry.attributes.items())
            )
            changes.append(Change("unchanged" if same else "changed", held.basis))
        return changes

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Open, rename, move and complete them."""
        drafted = Drafted(rows)
        day = date(int(self.context.period[:4]), 9, 1) if self.context.period else today()
        changes = self.preview(rows)
        entries = [
            self._entry(row, drafted) for row, change in zip(rows, changes, strict=True) if change.state != "unchanged"
        ]
        self._written, self._day = [entry.code for entry in entries], day
        self.standing  # noqa: B018 (read before it is changed)
        record_organisations(entries, day)

    # --- undo -------------------------------------------------------------------------------------

    def kept(self) -> Iterator[Kept]:
        """What the write did: of an organisation that stood, all that an import can change, and the day."""
        now = {s.code: s for s in self._read()}
        for code in self._written:
            held = self.standing.get(code)
            before = None
            if held is not None:
                before = {**asdict(held), "day": self._day.isoformat()}
                before["values"] = [None if v is None else str(v) for v in held.values]
            yield Kept(code, before, held.basis if held else "", now[code].basis)

    def marks(self, keys: Sequence[str]) -> dict[str, str]:
        """Digests of what stands."""
        return {key: self.standing[key].basis for key in keys if key in self.standing}

    def names(self, keys: Sequence[str]) -> dict[str, str]:
        """Their names."""
        return {key: self.standing[key].name for key in keys if key in self.standing}

    def ties(self, kept: Sequence[Kept]) -> dict[str, StrOrPromise]:
        """What hangs on organisations that would go."""
        codes = {self.standing[k.key].pk: k.key for k in kept if k.before is None}
        return {codes[pk]: what for pk, what in hanging_on(list(codes)).items()}

    def undo(self, kept: Sequence[Kept]) -> None:
        """Take new ones away, and give the others back their names, places and attributes."""
        gone = sorted((self.standing[k.key] for k in kept if k.before is None), key=lambda s: -len(s.path))
        former = [Former.of(k.before) for k in kept if k.before is not None]
        take_back_organisations([s.pk for s in gone], former)

    def export(self) -> Iterator[Mapping[str, Any]]:
        """The open organisations below the place, those above first."""
        top = self.under.path if self.under else ""
        for held in sorted(self.standing.values(), key=lambda s: s.path):
            if held.closed or held.path == top or not held.path.startswith(top):
                continue
            yield {
                "school_code": held.code,
                "name": held.name,
                "kind": held.kind,
                "administering_authority": held.parent or None,
                "location_county": None if self._stands_as_usual(held) else held.location,
                **dict(zip(ATTRIBUTES, (v if v != "" else None for v in held.values), strict=True)),
            }

    # --- places -----------------------------------------------------------------------------------

    def _place(self, text: str, drafted: Drafted) -> str | None:
        """The code of the place that a text means: a code, or a name that only one place bears."""
        text = str(text).strip()
        if text in self.standing or text in drafted:
            return text
        codes = self._names.get(text, [])
        if not codes:
            codes = [
                c for c, row in drafted.items() if row.values.get("name") == text and row.values.get("kind") in PLACES
            ]
        return codes[0] if len(codes) == 1 else None

    def _parent(self, row: ImportRow, drafted: Drafted) -> str | None:
        for address in ("township", "administering_authority"):
            if row.values.get(address):
                return self._place(row.values[address], drafted)
        held = self.standing.get(row.values["school_code"])
        if held:
            return held.parent or None
        return self.under.code if self.under else None

    def _county(self, code: str, drafted: Drafted) -> str:
        """The county at or above a code; '' where there is none (a city's own school)."""
        for _step in range(10):
            held = self.standing.get(code)
            if held and held.kind == Kind.COUNTY:
                return code
            if held:
                code = held.parent
            elif code in drafted:
                if drafted[code].values.get("kind") == Kind.COUNTY:
                    return code
                code = self._parent(drafted[code], drafted) or ""
            else:
                return ""
        return ""

    def _stands_as_usual(self, held: Standing) -> bool:
        """Whether it stands in the county that administers it (or, without one, under its authority)."""
        return held.location in (held.parent, self._county(held.code, Drafted()), "")

    def _name(self, code: str) -> str:
        held = self.standing.get(code)
        return held.name if held else code

    def _entry(self, row: ImportRow, drafted: Drafted) -> Entry:
        values = row.values
        held = self.standing.get(values["school_code"])
        parent = self._parent(row, drafted)
        location = self._place(values["location_county"], drafted) if values.get("location_county") else None
        kind = values.get("kind")
        if kind is None and held is None:
            kind = Kind.POINT if values.get("school_type") == "218" else Kind.SCHOOL
        if location is None and held and parent != held.parent and self._stands_as_usual(held):
            location = self._county(parent or "", drafted) or parent
        return Entry(
            code=values["school_code"],
            name=values.get("name"),
            kind=kind,
            parent=parent,
            location=location,
            attributes={a: _kept(a, values.get(a)) for a in ATTRIBUTES if a in row.named or a in values},
        )


def _kept(attribute: str, value: Any) -> Any:
    """An attribute as its column keeps it: degrees to six places, words empty rather than null."""
    if attribute in ("latitude", "longitude"):
        return None if value is None else value.quantize(_PLACES)
    return "" if value is None and attribute in _WORDS else value


def _names_parent(row: ImportRow) -> bool:
    return any(row.values.get(address) for address in ("township", "administering_authority"))


_WORDS = ("school_type", "locale", "sector", "coordinates")
_PLACES = Decimal("0.000001")


def _same(held: Any, new: Any) -> bool:
    return (held if held != "" else None) == (new if new != "" else None)


def below(organisation: Organisation) -> Any:
    """Open organisations at or below a place, within the scope."""
    return Organisation.objects.filter(under(organisation.path), closed_on=None)
