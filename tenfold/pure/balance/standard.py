"""A standard as data: thresholds, limits and readings, parsed from the text of a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import Any

from .counts import School, StageCounts

_STAGE_FIELDS = frozenset(f.name for f in fields(StageCounts)) - {"pupils"}
_SCHOOL_FIELDS = frozenset(f.name for f in fields(School)) - {
    "code",
    "stages",
    "school_type",
    "locale",
}


class StandardFault(ValueError):
    """A standards file that cannot be read as one; says at which entry."""


@dataclass(frozen=True)
class Resource:
    """One of the resource indicators (资源配置).

    Value = (Σ ``top`` − Σ ``minus``) ÷ pupils × ``per``. ``top`` differs by stage (specialist degree and
    above in primary, bachelor and above in junior). ``shared``: counted for the undivided school, so
    split among its stages; the others are counted by the stage they serve. ``also``: a field that counts
    for small rural schools alone. ``whole``: comes in whole pieces (a teacher, a room).
    """

    code: str
    name: str
    gloss: str
    unit: str
    per: int
    top: Mapping[str, tuple[str, ...]]
    threshold: Mapping[str, Fraction]
    minus: tuple[str, ...] = ()
    also: str = ""
    shared: bool = False
    whole: bool = True

    def floor(self, stage: str, standard: Standard) -> Fraction:
        """What the one indicator that may miss its threshold must still reach."""
        return self.threshold[stage] * standard.floor


@dataclass(frozen=True)
class Standard:
    """A standard of balanced schooling.

    ``must_meet`` of the resources at the threshold, the rest at ``floor`` of it; ``spread_limit`` by stage;
    ``weights``: what a pupil of a stage weighs when a whole-through school is split; ``class_limit`` by
    stage; ``oversized`` and ``extreme``: 大班额 and 超大班额 begin here; ``retention``: three years of junior.
    ``point_types`` under ``point_below`` pupils stay out of rule and spread; schools of ``small_from`` to
    ``small_to`` pupils in ``small_locales`` may count shared PE and arts teachers.
    """

    code: str
    document: str
    name: str
    gloss: str
    effective: date
    resources: tuple[Resource, ...]
    must_meet: int
    floor: Fraction
    spread_limit: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    class_limit: Mapping[str, int]
    oversized: int
    extreme: int
    retention: Fraction
    point_types: tuple[str, ...]
    point_below: int
    small_from: int
    small_to: int
    small_locales: tuple[str, ...]
    local: frozenset[str] = field(default_factory=frozenset)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that the standard judges, in the order of the spread limits."""
        return tuple(self.spread_limit)

    def resource(self, code: str) -> Resource:
        """The resource of that code; KeyError where there is none."""
        for resource in self.resources:
            if resource.code == code:
                return resource
        raise KeyError(code)


def parse(text: str) -> Standard:
    """The standard that a TOML text describes; numbers are taken exactly as written.

    Raises :class:`StandardFault` naming the entry that is missing, unknown or of the wrong kind.
    """
    try:
        data = tomllib.loads(text, parse_float=Fraction)
    except tomllib.TOMLDecodeError as fault:
        raise StandardFault(str(fault)) from fault
    head, rule, spread = (
        _table(data, "standard"),
        _table(data, "rule"),
        _table(data, "spread"),
    )
    split, classes, retained = (
        _table(data, "split"),
        _table(data, "class_size"),
        _table(data, "retention"),
    )
    readings = _table(data, "readings")
    points, small = (
        _table(readings, "teaching_points", "readings."),
        _table(readings, "small_rural", "readings."),
    )
    resources = tuple(_resource(entry, n) for n, entry in enumerate(_take(data, "resource", list), 1))
    standard = Standard(
        code=_take(head, "code", str, "standard."),
        document=_take(head, "document", str, "standard."),
        name=_take(head, "name", str, "standard."),
        gloss=_take(head, "gloss", str, "standard."),
        effective=_take(head, "effective", date, "standard."),
        resources=resources,
        must_meet=_take(rule, "must_meet", int, "rule."),
        floor=_number(rule, "floor", "rule."),
        spread_limit=_by_stage(spread, "limit", "spread."),
        weights=_by_stage(split, "weight", "split."),
        class_limit={k: int(v) for k, v in _by_stage(classes, "limit", "class_size.").items()},
        oversized=_take(classes, "oversized", int, "class_size."),
        extreme=_take(classes, "extreme", int, "class_size."),
        retention=_number(retained, "at_least", "retention."),
        point_types=tuple(_take(points, "types", list, "readings.teaching_points.")),
        point_below=_take(points, "below", int, "readings.teaching_points."),
        small_from=_take(small, "from", int, "readings.small_rural."),
        small_to=_take(small, "to", int, "readings.small_rural."),
        small_locales=tuple(_take(small, "locales", list, "readings.small_rural.")),
        local=frozenset(_local(data)),
    )
    _check(standard)
    return standard


def _check(standard: Standard) -> None:
    codes = [resource.code for resource in standard.resources]
    for code in codes:
        if codes.count(code) > 1:
            raise StandardFault(f"resource {code} stands twice")
    if not 0 < standard.must_meet <= len(codes):
        raise StandardFault(f"rule.must_meet = {standard.must_meet} of {len(codes)} resources")
    if not 0 < standard.floor <= 1:
        raise StandardFault(f"rule.floor = {standard.floor} is no share")
    for resource in standard.resources:
        for stage in standard.spread_limit:
            if stage not in resource.threshold or stage not in resource.top:
                raise StandardFault(f"resource {resource.code} says nothing of {stage}")
    for stage, weight in standard.weights.items():
        if weight <= 0:
            raise StandardFault(f"split.weight.{stage} = {weight}")


def _resource(entry: Any, number: int) -> Resource:
    if not isinstance(entry, dict):
        raise StandardFault(f"resource {number} is no table")
    where = f"resource {entry.get('code', number)}: "
    shared = _take(entry, "shared", bool, where)
    top = entry.get("top")
    by_stage = top if isinstance(top, dict) else dict.fromkeys(_by_stage(entry, "threshold", where), top)
    known = _SCHOOL_FIELDS if shared else _STAGE_FIELDS
    named = [
        *(name for names in by_stage.values() for name in names or ("",)),
        *entry.get("minus", ()),
    ]
    if also := entry.get("also", ""):
        named.append(also)
    for name in named:
        if name not in known:
            raise StandardFault(f"{where}{name or 'top'} is not a field that is counted here")
    return Resource(
        code=_take(entry, "code", str, where),
        name=_take(entry, "name", str, where),
        gloss=_take(entry, "gloss", str, where),
        unit=_take(entry, "unit", str, where),
        per=_take(entry, "per", int, where),
        top={stage: tuple(names or ()) for stage, names in by_stage.items()},
        threshold=_by_stage(entry, "threshold", where),
        minus=tuple(entry.get("minus", ())),
        also=also,
        shared=shared,
        whole=_take(entry, "whole", bool, where),
    )


def _take(table: Mapping[str, Any], key: str, kind: type, where: str = "") -> Any:
    value = table.get(key)
    if value is None:
        raise StandardFault(f"{where}{key} is missing")
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise StandardFault(f"{where}{key} should be {kind.__name__}")
    return value


def _table(data: Mapping[str, Any], key: str, where: str = "") -> dict[str, Any]:
    return dict(_take(data, key, dict, where))


def _number(table: Mapping[str, Any], key: str, where: str) -> Fraction:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise StandardFault(f"{where}{key} should be a number")
    return Fraction(value)


def _by_stage(table: Mapping[str, Any], key: str, where: str) -> dict[str, Fraction]:
    inner = _take(table, key, dict, where)
    return {stage: _number(inner, stage, f"{where}{key}.") for stage in inner}


def _local(data: Mapping[str, Any], path: str = "") -> list[str]:
    """The paths of the tables that say ``local = true``: our reading where the documents are silent."""
    found = [path.rstrip(".")] if data.get("local") is True else []
    for key, value in data.items():
        if isinstance(value, dict):
            found += _local(value, f"{path}{key}.")
        elif isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    found += _local(entry, f"{path}{key}.{entry.get('code', '')}.")
    return found
