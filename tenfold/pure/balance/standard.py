"""A standard as data: thresholds, limits and readings, parsed from the text of a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import Any

from .counts import School, StageCounts
from .demands import Demand, demands
from .entries import StandardFault, by_stage, local_paths, number, table, take

_STAGE_FIELDS = frozenset(f.name for f in fields(StageCounts)) - {"pupils"}
_SCHOOL_FIELDS = frozenset(f.name for f in fields(School)) - {
    "code",
    "stages",
    "school_type",
    "locale",
}


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
class Reading:
    """How we read what the documents leave open."""

    code: str
    name: str
    gloss: str


@dataclass(frozen=True)
class Standard:
    """A standard of balanced schooling.

    ``must_meet`` of the resources at the threshold, the rest at ``floor`` of it; ``spread_limit`` by stage;
    ``weights``: what a pupil of a stage weighs when a whole-through school is split; ``class_limit`` by
    stage; ``oversized`` and ``extreme``: 大班额 and 超大班额 begin here; ``retention``: three years of junior.
    ``point_types`` under ``point_below`` pupils stay out of rule and spread; schools of ``small_from`` to
    ``small_to`` pupils in ``small_locales`` may count shared PE and arts teachers. ``composite``: the limit is
    for the mean of all spreads. ``prices`` (yuan a unit) choose which resource may stay at the floor, and
    ``round_to`` is the step of what a school lacks. ``rooms_by_mean``, ``small_bands``, ``whole_through``: how
    rooms and sizes are read. ``early``: why a rule of later date is applied. ``footnote``: Chinese, English.
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
    composite: bool = False
    demands: tuple[Demand, ...] = ()
    readings: tuple[Reading, ...] = ()
    prices: Mapping[str, Fraction] = field(default_factory=dict)
    round_to: Mapping[str, Fraction] = field(default_factory=dict)
    rooms_by_mean: bool = False
    small_bands: tuple[str, ...] = ()
    whole_through: tuple[str, ...] = ()
    early: Reading | None = None
    footnote: tuple[str, str] = ("", "")

    @property
    def judges(self) -> bool:
        """Whether it has a rule for one school; one with a composite spread alone has none."""
        return self.must_meet > 0

    def demand(self, code: str) -> Demand:
        """The demand of that code; KeyError where there is none."""
        for demand in self.demands:
            if demand.code == code:
                return demand
        raise KeyError(code)

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
    head, spread, split = (table(data, name) for name in ("standard", "spread", "split"))
    readings = table(data, "readings")
    points = table(readings, "teaching_points", "readings.")
    document = take(head, "document", str, "standard.")
    asked = demands(data, document)
    judges = "rule" in data or any(isinstance(r, dict) and "threshold" in r for r in data.get("resource", ()))
    standard = Standard(
        code=take(head, "code", str, "standard."),
        document=document,
        name=take(head, "name", str, "standard."),
        gloss=take(head, "gloss", str, "standard."),
        effective=take(head, "effective", date, "standard."),
        resources=tuple(_resource(entry, n, judges) for n, entry in enumerate(take(data, "resource", list), 1)),
        spread_limit=by_stage(spread, "limit", "spread."),
        composite=spread.get("composite") is True,
        weights=by_stage(split, "weight", "split."),
        point_types=tuple(take(points, "types", list, "readings.teaching_points.")),
        point_below=take(points, "below", int, "readings.teaching_points."),
        local=frozenset(local_paths(data)),
        demands=asked,
        readings=tuple(_reading(code, readings) for code in readings),
        early=_reading("application", data) if data.get("application", {}).get("early") is True else None,
        footnote=(head.get("footnote", ""), head.get("footnote_gloss", "")),
        **_rule(data, judges),
        **_small(readings, judges),
        **_sizes(data, {demand.rule for demand in asked}),
        **_least(readings),
    )
    _check(standard)
    return standard


def _rule(data: Mapping[str, Any], judges: bool) -> dict[str, Any]:
    if not judges:
        return {"must_meet": 0, "floor": Fraction(1)}
    rule = table(data, "rule")
    return {"must_meet": take(rule, "must_meet", int, "rule."), "floor": number(rule, "floor", "rule.")}


def _small(readings: Mapping[str, Any], judges: bool) -> dict[str, Any]:
    if not judges:
        return {"small_from": 0, "small_to": 0, "small_locales": ()}
    small = table(readings, "small_rural", "readings.")
    where = "readings.small_rural."
    return {
        "small_from": take(small, "from", int, where),
        "small_to": take(small, "to", int, where),
        "small_locales": tuple(take(small, "locales", list, where)),
    }


def _sizes(data: Mapping[str, Any], rules: set[str]) -> dict[str, Any]:
    """Class sizes and retention, which a standard must give where a demand rests on them."""
    found: dict[str, Any] = {"class_limit": {}, "oversized": 0, "extreme": 0, "retention": Fraction(0)}
    if "class_size" in rules or "class_size" in data:
        classes = table(data, "class_size")
        found["class_limit"] = {k: int(v) for k, v in by_stage(classes, "limit", "class_size.").items()}
        found |= {name: take(classes, name, int, "class_size.") for name in ("oversized", "extreme")}
    if "retention" in rules or "retention" in data:
        found["retention"] = number(table(data, "retention"), "at_least", "retention.")
    readings = data.get("readings", {})
    if "rooms" in rules:
        rooms = table(readings, "rooms", "readings.")
        found["rooms_by_mean"] = take(rooms, "area", str, "readings.rooms.") == "average"
        found["small_bands"] = tuple(take(rooms, "largest_class_bands", list, "readings.rooms."))
    if "school_size" in rules:
        size = table(readings, "school_size", "readings.")
        found["whole_through"] = tuple(take(size, "whole_through", list, "readings.school_size."))
    return found


def _least(readings: Mapping[str, Any]) -> dict[str, Any]:
    if "least" not in readings:
        return {}
    least = table(readings, "least", "readings.")
    return {
        "prices": by_stage(least, "price", "readings.least."),
        "round_to": by_stage(least, "round_to", "readings.least."),
    }


def _reading(code: str, readings: Mapping[str, Any]) -> Reading:
    entry, where = table(readings, code, "readings."), f"readings.{code}."
    return Reading(code, take(entry, "name", str, where), take(entry, "gloss", str, where))


def _check(standard: Standard) -> None:
    codes = [resource.code for resource in standard.resources]
    for code in codes:
        if codes.count(code) > 1:
            raise StandardFault(f"resource {code} stands twice")
    if standard.judges or standard.must_meet < 0:
        _check_rule(standard)
    for stage, weight in standard.weights.items():
        if weight <= 0:
            raise StandardFault(f"split.weight.{stage} = {weight}")
    for stage, limit in standard.spread_limit.items():
        if limit <= 0:
            raise StandardFault(f"spread.limit.{stage} = {limit}")


def _check_rule(standard: Standard) -> None:
    codes = [resource.code for resource in standard.resources]
    if not 0 < standard.must_meet <= len(codes):
        raise StandardFault(f"rule.must_meet = {standard.must_meet} of {len(codes)} resources")
    if not 0 < standard.floor <= 1:
        raise StandardFault(f"rule.floor = {standard.floor} is no share")
    for resource in standard.resources:
        for stage in standard.spread_limit:
            if stage not in resource.threshold or stage not in resource.top:
                raise StandardFault(f"resource {resource.code}: threshold says nothing of {stage}")
            if resource.threshold[stage] <= 0:
                raise StandardFault(f"resource {resource.code}: threshold.{stage} = {resource.threshold[stage]}")
        for name in ("prices", "round_to"):
            if resource.code not in getattr(standard, name):
                raise StandardFault(f"readings.least.{name.removesuffix('s')}.{resource.code} is missing")


def _resource(entry: Any, at: int, judges: bool) -> Resource:
    if not isinstance(entry, dict):
        raise StandardFault(f"resource {at} is no table")
    where = f"resource {entry.get('code', at)}: "
    shared = take(entry, "shared", bool, where)
    threshold = by_stage(entry, "threshold", where) if judges else {}
    top = entry.get("top")
    tops = top if isinstance(top, dict) else dict.fromkeys(threshold or ("primary", "junior"), top)
    also = entry.get("also", "")
    known = _SCHOOL_FIELDS if shared else _STAGE_FIELDS
    asked = [name for names in tops.values() for name in (("",) if names is None else names)]
    for name in [*asked, *entry.get("minus", ()), *([also] if also else [])]:
        if name not in known:
            raise StandardFault(f"{where}{name or 'top'} is not a field that is counted here")
    return Resource(
        code=take(entry, "code", str, where),
        name=take(entry, "name", str, where),
        gloss=take(entry, "gloss", str, where),
        unit=take(entry, "unit", str, where),
        per=take(entry, "per", int, where),
        top={stage: tuple(names or ()) for stage, names in tops.items()},
        threshold=threshold,
        minus=tuple(entry.get("minus", ())),
        also=also,
        shared=shared,
        whole=take(entry, "whole", bool, where),
    )
