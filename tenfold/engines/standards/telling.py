"""An assessment as plain data: what the command line prints, and what others compare."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tenfold.foundation.ui.numbers import written
from tenfold.pure.balance import Need, Row, Stage

from . import queries
from .queries import Held, Item


def number(value: Fraction | Decimal | int | None) -> int | float | None:
    """A number for JSON: whole numbers without a point, None for what is unknown."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _needs(needs: tuple[Need, ...]) -> list[dict[str, Any]]:
    return [
        {
            "resource": need.resource.code, "unit": need.resource.unit, "part": number(need.part),
            "school": number(need.school), "to_floor": need.to_floor,
        }
        for need in needs
    ]  # fmt: skip


def _row(held: Held, row: Row) -> dict[str, Any]:
    card = held.schools.get(row.code)
    verdict = row.verdict
    items = {item.resource.code: item for item in verdict.items} if verdict else {}
    return {
        "school": card.code if card else "",
        "name": card.name if card else "",
        "pupils": number(row.part.pupils),
        "share": None if row.part.share is None else str(row.part.share),
        "passes": row.passes,
        "resources": {
            resource.code: {
                "top": number(row.part.tops[resource.code]),
                "value": number(row.part.value(resource)),
                "state": items[resource.code].state if resource.code in items else "",
            }
            for resource in held.standard.resources
        },
        "least": _needs(row.least),
        "to_threshold": _needs(row.full),
    }


def _stage(held: Held, stage: Stage) -> dict[str, Any]:
    composite, known, count = stage.composite
    return {
        "schools": len(stage.rows),
        "passing": stage.schools(True),
        "failing": stage.schools(False),
        "open": stage.schools(None),
        "left_out": stage.out,
        "passes": stage.passes,
        "limit": number(stage.limit),
        "resources": {
            resource.code: {
                "threshold": number(resource.threshold.get(stage.stage)),
                "mean": number(stage.mean(resource)),
                "below": stage.missed(resource.code),
                "below_floor": stage.states(resource.code, "below"),
                "unknown": stage.spreads[resource.code].missing,
                "spread": number(stage.spreads[resource.code].value),
                "within": stage.within(resource.code),
            }
            for resource in held.standard.resources
        },
        **({"composite": number(composite), "composite_of_known": number(known), "known": count}
           if held.standard.composite else {}),
        "missing": [
            {"resource": m.resource.code, "unit": m.resource.unit, "part": number(m.part), "school": number(m.school),
             "schools": m.schools} for m in stage.missing()
        ],
        "missing_to_threshold": [
            {"resource": m.resource.code, "unit": m.resource.unit, "part": number(m.part), "school": number(m.school),
             "schools": m.schools} for m in stage.missing("full")
        ],
        "rows": [_row(held, row) for row in stage.rows],
    }  # fmt: skip


def _item(held: Held, item: Item) -> dict[str, Any]:
    entry = item.entry
    return {
        "part": item.demand.part, "number": item.demand.number, "name": item.demand.name, "state": item.state,
        "decided": item.demand.decided,
        "clauses": [
            {"name": c.name, "value": number(c.value), "asked": number(c.asked), "state": c.state,
             "counted": c.counted, "missing": c.missing} for c in item.clauses
        ],
        "failing": [
            {"school": held.schools[f.code].code, "stage": f.stage, "value": number(f.value), "asked": number(f.asked)}
            for f in (item.found.failing if item.found else ()) if f.code in held.schools
        ],
        "entered": None if entry is None else {
            "value": number(entry.value), "verdict": entry.verdict, "state": str(entry.state), "remark": entry.remark,
        },
        "moved": [name for name, _then, _now in item.moved],
    }  # fmt: skip


def whole(held: Held, items: Mapping[str, Item]) -> dict[str, Any]:
    """All of it."""
    return {
        "standard": held.standard.code,
        "document": held.standard.document,
        "place": held.place.code,
        "place_name": held.place.name,
        "period": held.period,
        "result": queries.result(held, items),
        "resources_result": held.assessment.resources,
        "stages": {code: _stage(held, stage) for code, stage in held.assessment.stages.items()},
        "must_add": {code: number(value) for code, value in held.assessment.together().items()},
        "items": {code: _item(held, item) for code, item in items.items()},
        "no_return": list(held.lacking),
        "note": held.standard.footnote[0],
    }


def lines(held: Held, items: Mapping[str, Item]) -> list[str]:
    """The same in a screen of text."""
    found = [f"{held.place.name} {held.period} {held.standard.document}"]
    for code, stage in held.assessment.stages.items():
        found.append(f"{code}: {stage.schools(True)}/{len(stage.rows)}  limit {written(stage.limit, 2)}")
        for resource in held.standard.resources:
            spread = stage.spreads[resource.code].value
            shown = "-" if spread is None else written(spread, 3)
            mean = stage.mean(resource)
            told = "-" if mean is None else written(mean, 2)
            found.append(f"  {resource.code:28}{told:>12}  {shown}  {stage.missed(resource.code)}")
    found += [
        f"{item.demand.part:14}{item.demand.number:>3} {item.state:8} {item.demand.name}" for item in items.values()
    ]
    found.append(held.standard.footnote[0])
    return found
