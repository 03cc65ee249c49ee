"""Keeping the fact store and the values in step with the records."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from tenfold.foundation.acts import note, service
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.declare import Fact, house
from tenfold.foundation.scope import as_system

from .engine import partitions
from .engine.attributes import Attributes, attributes
from .engine.compute import compute
from .engine.definitions import Definition, basis, defined, used
from .engine.store import Contents, Store, store

EVERY = "*"
"""A dirty mark of this name is one of every fact."""

JOB = "indicators.sync"


@dataclass
class Report:
    """What a sync did: partitions written (``enrolment 2023-24``), periods counted anew, seconds."""

    partitions: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    seconds: float = 0.0


def ask_for_sync() -> None:
    """Have the sync run soon; called when a transaction that touched facts has committed."""
    from tenfold.foundation.jobs import enqueue

    enqueue(JOB, key=JOB)


def definitions() -> list[Definition]:
    """Every indicator of the house as the engine takes it."""
    return defined(house().indicators.values(), house().facts)


def facts_used() -> dict[str, Fact]:
    """The facts on which any indicator rests."""
    return {code: house().facts[code] for code in used(definitions())}


def sync(periods: Iterable[str] | None = None) -> Report:
    """Rewrite stale partitions and count their periods anew; limited to ``periods`` where they are named.

    One at a time across processes. What becomes dirty meanwhile stays marked. Killed between two
    steps, it has changed nothing that a reader sees, or leaves marks whose work is done once more.
    """
    begun, report = time.monotonic(), Report()
    wanted = None if periods is None else set(periods)
    place = store()
    with as_system("indicators.sync"), place.lock():
        marks = _marks(wanted)
        contents = place.contents()
        _bring_up(place, contents, {(fact, period) for _id, fact, period in marks}, wanted, report)
        _forget([mark for mark, _fact, _period in marks])
    report.seconds = round(time.monotonic() - begun, 3)
    return report


def refresh_definitions() -> None:
    """Count anew what a changed or new definition, or a missing partition, leaves without values.

    For readers: it touches files alone and leaves dirty marks to the sync.
    """
    place = store()
    with as_system("indicators.sync"), place.lock():
        _bring_up(place, place.contents(), set(), None, Report())


def _marks(wanted: set[str] | None) -> list[tuple[int, str, str]]:
    """The dirty marks that stand now. Only these are taken away at the end: others may commit meanwhile."""
    found = DirtyFact.objects.order_by("pk")
    if wanted is not None:
        found = found.filter(period__in=wanted)
    return list(found.values_list("pk", "fact", "period"))


@service(right=None)
def _forget_marks(marks: list[int]) -> None:
    for start in range(0, len(marks), 500):
        DirtyFact.objects.filter(pk__in=marks[start : start + 500]).delete()
    note(subject="facts", count=len(marks))


def _forget(marks: list[int]) -> None:
    if marks:
        _forget_marks(marks)


def _bring_up(
    place: Store, contents: Contents, dirty: set[tuple[str, str]], wanted: set[str] | None, report: Report
) -> None:
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
    known: dict[int, Attributes] = {}
    loaded: dict[Any, Any] = {}
    current = ""
    for period, code, now in stale:
        if period != current:
            known, loaded, current = attributes(period), {}, period
        fact = facts[code]
        source: Any = period
        if fact.source is not None:
            if fact.source not in loaded:
                loaded[fact.source] = fact.source(period)
            source = loaded[fact.source]
        table = partitions.table(fact, period, fact.rows(source), known)
        name = place.put(f"facts/{code}", period, partitions.writer(table))
        entry = {"file": name, "basis": now, "rows": table.num_rows, "schools": len(set(table["school"].to_pylist()))}
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
