"""A county held against a standard: its schools, its spreads, what is missing, what the return says of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from .conditions import Conditions
from .counts import School
from .items import Found, find
from .least import Need, full, least, together
from .rule import BELOW, NEAR, Part, Verdict, in_scope, judge, parts
from .spread import Spread, spreads
from .standard import Resource, Standard


@dataclass(frozen=True)
class Row:
    """A part of a school with what the rule says of it. ``asked`` None: whether the rule asks is unknown.

    ``least``: what lets it pass; ``full``: all that it lacks to the thresholds.
    """

    part: Part
    asked: bool | None
    verdict: Verdict | None
    least: tuple[Need, ...]
    full: tuple[Need, ...]

    @property
    def code(self) -> str:
        """The school's code."""
        return self.part.school.code

    @property
    def passes(self) -> bool | None:
        """Whether it meets the rule; None where that is unknown or there is no rule."""
        return self.verdict.passes if self.verdict and self.asked else None

    def count(self, state: str) -> int:
        """How many of its resources are in a state."""
        return self.verdict.count(state) if self.verdict else 0


@dataclass(frozen=True)
class Missing:
    """What is missing of one resource over a stage: parts, undivided schools, and how many schools lack it."""

    resource: Resource
    part: Fraction
    school: Fraction
    schools: int


@dataclass(frozen=True)
class Stage:
    """One stage of a county. ``out``: small teaching points that stay out of rule and spreads."""

    stage: str
    rows: tuple[Row, ...]
    spreads: Mapping[str, Spread]
    out: int
    standard: Standard

    def schools(self, passes: bool | None) -> int:
        """How many parts pass (True), fail (False), are open (None)."""
        return sum(row.passes is passes for row in self.rows)

    def states(self, code: str, state: str) -> int:
        """How many parts have a resource in a state."""
        return sum(
            1
            for row in self.rows
            if row.verdict and row.asked
            for item in row.verdict.items
            if item.resource.code == code and item.state == state
        )

    def missed(self, code: str) -> int:
        """How many parts are below the threshold of a resource."""
        return self.states(code, NEAR) + self.states(code, BELOW)

    def mean(self, resource: Resource) -> Fraction | None:
        """The county's mean, all together over all pupils; never a mean of means."""
        mean = self.spreads[resource.code].mean
        return None if mean is None else mean * resource.per

    @property
    def limit(self) -> Fraction:
        """What a spread may be."""
        return self.standard.spread_limit[self.stage]

    def within(self, code: str) -> bool | None:
        """Whether a spread keeps to its limit, exactly."""
        return self.spreads[code].within(self.limit)

    @property
    def composite(self) -> tuple[Decimal | None, Decimal | None, int]:
        """The mean of all spreads (None while one is unknown), the mean of the known ones, how many these are."""
        known = [value for s in self.spreads.values() if (value := s.value) is not None]
        if not known:
            return None, None, 0
        with localcontext() as context:
            context.prec = 28
            mean = sum(known, Decimal(0)) / len(known)
        return (mean if len(known) == len(self.spreads) else None), mean, len(known)

    def missing(self, kind: str = "least") -> tuple[Missing, ...]:
        """What all failing parts need together, by resource, in the standard's order."""
        found = []
        for resource in self.standard.resources:
            needs = [n for row in self.rows for n in getattr(row, kind) if n.resource.code == resource.code]
            if needs:
                found.append(
                    Missing(
                        resource,
                        sum((n.part for n in needs), Fraction(0)),
                        sum((n.school for n in needs), Fraction(0)),
                        len(needs),
                    )
                )
        return tuple(found)

    @property
    def passes(self) -> bool | None:
        """Whether the stage passes: every school and every spread. None while something is open."""
        verdicts = [row.passes for row in self.rows] if self.standard.judges else []
        if self.standard.composite:
            whole = self.composite[0]
            verdicts.append(None if whole is None else Fraction(whole) <= self.limit)
        else:
            verdicts += [self.within(code) for code in self.spreads]
        return all_of(verdicts)


def all_of(verdicts: Iterable[bool | None]) -> bool | None:
    """False with the first that fails, else None while one is open, else True."""
    known = list(verdicts)
    return False if False in known else None if None in known else True


@dataclass(frozen=True)
class Assessment:
    """A county against a standard: its stages that have schools, and what the return says of further items."""

    standard: Standard
    stages: Mapping[str, Stage]
    items: Mapping[str, Found]

    @property
    def resources(self) -> bool | None:
        """Whether all stages pass; None while one is open or there is no school."""
        return all_of(stage.passes for stage in self.stages.values()) if self.stages else None

    def together(self) -> dict[str, Fraction]:
        """What the undivided schools of the county must add for all their stages."""
        by_school: dict[str, list[Need]] = {}
        for stage in self.stages.values():
            for row in stage.rows:
                by_school.setdefault(row.code, []).extend(row.least)
        found: dict[str, Fraction] = {}
        for needs in by_school.values():
            for code, amount in together(needs).items():
                found[code] = found.get(code, Fraction(0)) + amount
        return {r.code: found[r.code] for r in self.standard.resources if r.code in found}


def row_of(part: Part, asked: bool | None, standard: Standard) -> Row:
    """A part judged."""
    if not standard.judges:
        return Row(part, asked, None, (), ())
    verdict = judge(part, standard)
    return Row(part, asked, verdict, least(part, standard) if asked else (), full(part, standard) if asked else ())


def assess(pairs: Sequence[tuple[School, Conditions]], standard: Standard) -> Assessment:
    """Hold the schools of a county against a standard. Each comes with its further conditions."""
    asked = {school.code: in_scope(school, standard) for school, _more in pairs}
    virtual = [part for school, _more in pairs for part in parts(school, standard)]
    counted = spreads(virtual, standard)
    stages = {}
    for stage in standard.stages:
        here = [part for part in virtual if part.stage == stage]
        if not here:
            continue
        kept = [part for part in here if asked[part.school.code] is not False]
        stages[stage] = Stage(
            stage,
            tuple(row_of(part, asked[part.school.code], standard) for part in kept),
            {r.code: counted[r.code, stage] for r in standard.resources},
            len(here) - len(kept),
            standard,
        )
    every = [more for _school, more in pairs if more.stages]
    judged = [more for more in every if asked[more.code] is not False]
    found = {d.code: find(d, every, judged, standard) for d in standard.demands}
    return Assessment(standard, stages, {code: one for code, one in found.items() if one is not None})


def repaired(row: Row, adds: Mapping[str, Fraction]) -> Part:
    """A part after so much was added to the undivided school, by resource."""
    part = row.part
    tops = dict(part.tops)
    for resource in (item.resource for item in row.verdict.items) if row.verdict else ():
        extra, top = adds.get(resource.code), tops[resource.code]
        if extra and top is not None:
            tops[resource.code] = top + (extra * (part.share or 0) if resource.shared else extra)
    return replace(part, tops=tops)


def with_repair(stage: Stage, adds: Mapping[str, Mapping[str, Fraction]]) -> Stage:
    """The stage after schools were given something: by school, then by resource. Exact."""
    rows = tuple(
        row_of(repaired(row, adds[row.code]), row.asked, stage.standard) if row.code in adds else row
        for row in stage.rows
    )
    counted = spreads([row.part for row in rows], stage.standard)
    return replace(stage, rows=rows, spreads={code: counted[code, stage.stage] for code in stage.spreads})
