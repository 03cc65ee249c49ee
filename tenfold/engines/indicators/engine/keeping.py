"""Which partitions and values are stale, and bringing them up to date. Touches files alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from tenfold.foundation.declare import Fact, house

from . import partitions
from .attributes import attributes
from .compute import compute
from .definitions import Definition, basis, defined, used
from .store import Contents, Store

EVERY = "*"
"""A dirty mark of this name is one of every fact."""


@dataclass
class Report:
    """What a sync did: partitions written (``enrolment 2023-24``), periods counted anew, seconds."""

    partitions: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    seconds: float = 0.0


def definitions() -> list[Definition]:
    """Every indicator of the house as the engine takes it."""
    return defined(house().indicators.values(), house().facts)


def facts_used() -> dict[str, Fact]:
    """The facts on which any indicator rests."""
    return {code: house().facts[code] for code in used(definitions())}


def bring_up(
    place: Store, contents: Contents, dirty: set[tuple[str, str]], wanted: set[str] | None, report: Report
) -> None:
    """Write the partitions that are dirty, missing or made by an older declaration, count their periods, and
    swap the manifest. Inside the store's lock, in a system context. ``wanted`` limits the partitions.
    """
    counted, facts = definitions(), facts_used()
    held = _periods(facts)
    changed = _drop_gone(contents, facts, held)
    changed |= _write_partitions(place, contents, facts, _stale(contents, facts, held, dirty, wanted), report)
    report.periods = _to_count(contents, facts, counted)
    if report.periods:
        compute(place, contents, report.periods, counted, facts)
    if changed or report.periods:
        place.swap(contents)
        place.sweep()


def _periods(facts: dict[str, Fact]) -> dict[str, set[str]]:
    """The periods of which each fact has rows; facts that share a source are asked once."""
    asked: dict[Any, set[str]] = {}
    for fact in facts.values():
        if fact.periods not in asked:
            asked[fact.periods] = set(fact.periods())
    return {code: asked[fact.periods] for code, fact in facts.items()}


def _drop_gone(contents: Contents, facts: dict[str, Fact], held: dict[str, set[str]]) -> bool:
    """Leave out partitions and values that nothing stands behind any more."""
    changed = False
    for code in list(contents.facts):
        for period in list(contents.facts[code]):
            if code not in facts or period not in held[code]:
                del contents.facts[code][period]
                changed = True
    standing = set().union(*held.values()) if held else set()
    for period in [p for p in contents.values if p not in standing]:
        del contents.values[period]
        changed = True
    return changed


def _stale(
    contents: Contents,
    facts: dict[str, Fact],
    held: dict[str, set[str]],
    dirty: set[tuple[str, str]],
    wanted: set[str] | None,
) -> list[tuple[str, str, str]]:
    """(period, fact, basis) of the partitions to be written: dirty, missing, or made by an older declaration."""
    known = set(house().facts)
    every = {period for fact, period in dirty if fact == EVERY or fact not in known}
    found = []
    for code, fact in facts.items():
        now = basis(fact, Path(settings.TENFOLD["STANDARDS"]))
        for period in sorted(held[code]):
            if wanted is not None and period not in wanted:
                continue
            standing = contents.facts.get(code, {}).get(period, {}).get("basis") == now
            if not standing or period in every or (code, period) in dirty:
                found.append((period, code, now))
    return sorted(found)


def _write_partitions(
    place: Store, contents: Contents, facts: dict[str, Fact], stale: list[tuple[str, str, str]], report: Report
) -> bool:
    known = partitions.Known({})
    loaded: dict[Any, Any] = {}
    current = ""
    for period, code, now in stale:
        if period != current:
            known, loaded, current = partitions.Known(attributes(period)), {}, period
        fact = facts[code]
        source: Any = period
        if fact.source is not None:
            if fact.source not in loaded:
                loaded[fact.source] = fact.source(period)
            source = loaded[fact.source]
        table = partitions.table(fact, period, fact.rows(source), known)
        name = place.put(f"facts/{code}", period, partitions.writer(table))
        entry = {"file": name, "basis": now, "rows": table.num_rows, "schools": len(table["school"].unique())}
        contents.facts.setdefault(code, {})[period] = entry
        report.partitions.append(f"{code} {period}")
    return bool(stale)


def _to_count(contents: Contents, facts: dict[str, Fact], counted: list[Definition]) -> list[str]:
    """The periods whose values rest on other partitions or definitions than those that stand now."""
    digests = {d.code: d.digest for d in counted}
    standing = sorted({period for parts in contents.facts.values() for period in parts})
    return [
        period
        for period in standing
        if (value := contents.values.get(period)) is None
        or value["definitions"] != digests
        or value["facts"] != {code: contents.fact_file(code, period) for code in facts}
    ]


def is_current(contents: Contents) -> bool:
    """Whether what is stored was counted by the definitions and fact declarations of now."""
    digests = {d.code: d.digest for d in definitions()}
    if any(value["definitions"] != digests for value in contents.values.values()):
        return False
    now = {code: basis(fact, Path(settings.TENFOLD["STANDARDS"])) for code, fact in facts_used().items()}
    for code, digest in now.items():
        if any(part["basis"] != digest for part in contents.facts.get(code, {}).values()):
            return False
    return contents.written > 0 and set(now) == set(contents.facts)
