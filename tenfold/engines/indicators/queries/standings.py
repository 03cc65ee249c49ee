"""Schools beside their peers: of one stage, one setting, one size; and their values of several indicators at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.holdings.statistics import statistics
from tenfold.foundation.organisations.models import SCHOOLS, Organisation, under

from ..engine.definitions import Definition
from ..engine.splits import Split, choices
from ..engine.values import Parts, Reader, value_of
from .lock import definition_of, level_of, opened, period_in, place_of
from .values import nearest

PUPILS = "holdings.pupils"

Group = tuple[str, int]
"""A setting (urban, town, rural, '' unknown) and the number of a band (-1 unknown)."""


@dataclass(frozen=True)
class Standing:
    """A school: its id, its group, its pupils of the stage, and by indicator its value and what stands above and
    below the line. An indicator that it should not have is absent; one that it has not told is None.
    """

    id: int
    group: Group
    pupils: float | None
    values: dict[str, float | None]
    parts: dict[str, Parts]


@dataclass(frozen=True)
class Standings:
    """The schools that a place counts, within the scope; by id their (code, name) and where they stand in GCJ-02."""

    rows: tuple[Standing, ...]
    names: dict[int, tuple[str, str]]
    where: dict[int, tuple[float, float]]

    def by_group(self, code: str) -> dict[Group, dict[int, float]]:
        """The known values of an indicator by group and school, groups by setting and size."""
        found: dict[Group, dict[int, float]] = {}
        for row in self.rows:
            value = row.values.get(code)
            if value is not None:
                found.setdefault(row.group, {})[row.id] = value
        return {group: found[group] for group in sorted(found, key=_order)}

    def silent(self, code: str) -> list[int]:
        """The schools that should have an indicator and have not told it."""
        return [row.id for row in self.rows if code in row.values and row.values[code] is None]


def _order(group: Group) -> tuple[int, int]:
    settings = [code for code, _title in choices("locale")]
    return settings.index(group[0]) if group[0] in settings else len(settings), group[1]


def group_words(group: Group) -> tuple[str, str]:
    """A group in words: 乡村, 100—299人."""
    setting, band = group
    where = dict(choices("locale")).get(setting) or _("Setting to be filled")
    if band < 0:
        return where, _("Pupils to be filled")
    low, high = statistics().ranges[band]
    if high is None:
        return where, _("%(low)s pupils and more") % {"low": f"{low:,}"}
    if not low:
        return where, _("fewer than %(high)s pupils") % {"high": high + 1}
    return where, _("%(low)s—%(high)s pupils") % {"low": f"{low:,}", "high": f"{high:,}"}


@dataclass(frozen=True)
class _Key:
    """What decides the rows: files never change, so what was read of them stays true."""

    files: tuple[tuple[str, str], ...]
    root: str
    level: str
    place: int
    stage: str
    definitions: tuple[str, ...]
    reader: Reader = field(compare=False, repr=False)
    defined: tuple[Definition, ...] = field(compare=False, repr=False)


def standings(
    codes: Sequence[str],
    place: str | Organisation,
    period: str,
    stage: str,
    among: dict[int, tuple[str, str]] | None = None,
) -> Standings:
    """The schools of a place in a stage. ``among``: names that were found before, which spares the query; an empty
    one for all that the place counts, whose sums and medians alone may be shown then.
    """
    where = place_of(place)
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    level = level_of(where)
    if not level:
        return Standings((), {}, {})
    defined = tuple(d for d in map(definition_of, dict.fromkeys((PUPILS, *codes))) if not d.guarded and not d.ranked)
    files = tuple(sorted(reader.files.items()))
    digests = tuple(f"{d.code}:{d.digest}" for d in defined)
    rows = _rows(_Key(files, str(store.root), level, where.pk, stage, digests, reader, defined))
    if among is not None:
        return Standings(tuple(row for row in rows if not among or row.id in among), among, {})
    names, places = _found(where, [row.id for row in rows])
    return Standings(tuple(row for row in rows if row.id in names), names, places)


def neighbours(
    codes: Sequence[str], school: Organisation, period: str, stages: Sequence[str]
) -> dict[str, list[Standing]]:
    """By stage, the schools within the scope that the school's county counts and that should have one of the
    indicators. Only stages in which the school is one of them, and only for whoever reaches the county. One query.
    """
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    pupils = definition_of(PUPILS)
    counted = reader.schools([pupils], "school", school.pk, Split())
    county = counted[0].places["county"] if counted else None
    if county is None:
        return {}
    defined = (pupils, *(d for d in map(definition_of, codes) if not d.guarded and not d.ranked))
    files = tuple(sorted(reader.files.items()))
    digests = tuple(f"{d.code}:{d.digest}" for d in defined)
    found = {}
    for stage in stages:
        rows = _rows(_Key(files, str(store.root), "county", county, stage, digests, reader, defined))
        found[stage] = [row for row in rows if any(code in row.values for code in codes)]
    ids = {county, *(row.id for rows in found.values() for row in rows)}
    known = set(Organisation.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if county not in known:
        return {}
    kept = {stage: [row for row in rows if row.id in known] for stage, rows in found.items()}
    return {stage: rows for stage, rows in kept.items() if any(row.id == school.pk for row in rows)}


@lru_cache(maxsize=48)
def _rows(key: _Key) -> tuple[Standing, ...]:
    wanted = Split(stage=key.stage)
    by_split: dict[Split, list[Definition]] = {}
    for definition in key.defined:
        by_split.setdefault(nearest(definition, wanted), []).append(definition)
    settings: dict[int, str] = {}
    parts: dict[int, dict[str, Parts]] = {}
    for split, definitions in by_split.items():
        for row in key.reader.schools(definitions, key.level, key.place, split):
            settings[row.id] = row.locale
            parts.setdefault(row.id, {}).update({code: part for code, part in row.parts.items() if part.due})
    taught = {pk for pk, held in parts.items() if PUPILS in held}
    shapes = {d.code: d.indicator.value for d in key.defined}
    return tuple(_standing(pk, settings[pk], parts[pk], shapes) for pk in parts if pk in taught)


def _standing(pk: int, setting: str, parts: dict[str, Parts], shapes: Mapping[str, object]) -> Standing:
    values = {code: value_of(shapes[code], part) for code, part in parts.items()}
    pupils = values[PUPILS]
    return Standing(pk, (setting, band_of(pupils)), pupils, values, parts)


def band_of(pupils: float | None) -> int:
    """The number of the band that holds so many pupils; -1 for unknown."""
    if pupils is None:
        return -1
    return next(i for i, (_low, high) in enumerate(statistics().ranges) if high is None or pupils <= high)


Found = tuple[dict[int, tuple[str, str]], dict[int, tuple[float, float]]]


def _found(place: Organisation, ids: Collection[int]) -> Found:
    """Names and places of those of some schools that lie within the scope. One query, and one more where some are
    counted in a place that does not administer them.
    """
    wanted = set(ids)
    names: dict[int, tuple[str, str]] = {}
    where: dict[int, tuple[float, float]] = {}
    _gather(Organisation.objects.filter(under(place.path), kind__in=SCHOOLS), wanted, names, where)
    rest = sorted(wanted - set(names))
    for start in range(0, len(rest), 900):
        _gather(Organisation.objects.filter(pk__in=rest[start : start + 900]), wanted, names, where)
    return names, where


def _gather(
    rows: Any, wanted: set[int], names: dict[int, tuple[str, str]], where: dict[int, tuple[float, float]]
) -> None:
    from tenfold.pure.plane import to_gcj02

    for pk, code, name, x, y, system in rows.values_list("pk", "code", "name", "longitude", "latitude", "coordinates"):
        if pk not in wanted:
            continue
        names[pk] = (code, name)
        if x is not None and y is not None:
            where[pk] = to_gcj02(float(x), float(y), system or "GCJ02")
