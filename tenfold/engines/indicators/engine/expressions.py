"""Indicators as Ibis expressions: facts → units → components → sums by place and split.

Nothing here runs. Tables are named and unbound, so that the same expressions compile for DuckDB,
which is embedded, and for Spark. Units are schools, or schools by stage; a unit's components add
up, so that all places and splits come from one table of small sums and never from exploded rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from tenfold.foundation.declare import (
    WHOLE,
    Condition,
    Count,
    Distinct,
    Expression,
    Fact,
    Percentile,
    Ratio,
    Share,
    Spread,
)

from .definitions import LEVELS, Definition, column

KINDS = {"int": "int64", "float": "float64", "bool": "boolean", "str": "string"}
GROUPS = ("locale", "sector", "school_type")
KEYS = ("period", "school", *LEVELS, *GROUPS)
"""What every row of a fact carries beside its grain and its columns."""

Table = Any
Value = Any


def schema(fact: Fact) -> dict[str, str]:
    """The columns of a fact's partition with their types."""
    found = {"period": "string", "school": "int64"}
    found |= dict.fromkeys(LEVELS, "int64") | dict.fromkeys(GROUPS, "string")
    for key in fact.grain[1:]:
        found[key] = "int32" if key == "grade" else "string"
    found |= {c.name: KINDS[c.kind] for c in fact.columns}
    return found | {"record": "string"}


def fact_name(code: str) -> str:
    """The table under which a fact is known to the backend."""
    return f"fact_{code}"


def fact_table(fact: Fact) -> Table:
    """A fact as an unbound table."""
    import ibis

    return ibis.table(schema(fact), name=fact_name(fact.code))


def keys(by_stage: bool) -> tuple[str, ...]:
    """What names a unit."""
    return ("period", "school", "stage") if by_stage else ("period", "school")


def _of_units(fact: Fact, by_stage: bool) -> Table:
    """One row a unit with the columns of one fact, and a mark that the unit should have it.

    All columns are renamed, so that facts stand side by side without a clash.
    """
    table = fact_table(fact)
    if "stage" in fact.grain:
        table = table.filter(table.stage != WHOLE if by_stage else table.stage == WHOLE)
    group = keys(by_stage)
    if by_stage and "grade" in fact.grain:
        summed = {f"{fact.code}__{c.name}": table[c.name].sum() for c in fact.columns}
        named = {f"{fact.code}__of_{name}": table[name] for name in group}
        return table.group_by(**named).aggregate(**summed).mutate(**{f"{fact.code}__due": True})
    kept = {f"{fact.code}__{c.name}": table[c.name] for c in fact.columns}
    named = {f"{fact.code}__of_{name}": table[name] for name in group}
    return table.select(**named, **kept, **{f"{fact.code}__due": True})


def _spine(facts: Sequence[Fact], by_stage: bool) -> Table:
    """Every unit that any fact speaks of, once, with its places and groups."""
    import ibis

    narrow = []
    for fact in facts:
        table = fact_table(fact)
        if "stage" in fact.grain:
            table = table.filter(table.stage != WHOLE if by_stage else table.stage == WHOLE)
        narrow.append(table.select(*names_of(by_stage)))
    return ibis.union(*narrow, distinct=True) if len(narrow) > 1 else narrow[0].distinct()


def units(facts: Sequence[Fact], by_stage: bool) -> Table:
    """All units with the columns of all facts that speak of such units, side by side."""
    chosen = [fact for fact in facts if not by_stage or "stage" in fact.grain]
    spine = _spine(chosen, by_stage)
    joined, taken = spine, {name: spine[name] for name in names_of(by_stage)}
    for fact in chosen:
        side = _of_units(fact, by_stage)
        joined = joined.left_join(side, [spine[name] == side[f"{fact.code}__of_{name}"] for name in keys(by_stage)])
        taken |= {f"{fact.code}__{c.name}": side[f"{fact.code}__{c.name}"] for c in fact.columns}
        taken[f"{fact.code}__due"] = side[f"{fact.code}__due"]
    return joined.select(**taken)


def lower(expression: Any, table: Table) -> Value:
    """An expression of columns over the unit table."""
    if not isinstance(expression, Expression):
        return expression
    if expression.op == "column":
        fact, name = expression.parts
        return table[f"{fact}__{name}"]
    left, right = (lower(part, table) for part in expression.parts)
    if expression.op == "+":
        return left + right
    if expression.op == "-":
        return left - right
    if expression.op == "*":
        return left * right
    return left.cast("float64") / (right.nullif(0) if hasattr(right, "nullif") else right)


def decide(condition: Condition, table: Table) -> Value:
    """A condition over the unit table; null where what is known does not decide it."""
    if condition.op in ("and", "or"):
        left, right = decide(condition.left, table), decide(condition.right, table)
        return left & right if condition.op == "and" else left | right
    left = lower(condition.left, table)
    if condition.op == "in":
        return left.isin(list(condition.right))
    right = lower(condition.right, table)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[condition.op]


def _components(definition: Definition, table: Table) -> dict[str, Value]:
    """The components of one indicator in a unit, by part; null where the unit does not know it."""
    shape = definition.indicator.value
    if isinstance(shape, (Ratio, Spread)):
        ratio = shape.of if isinstance(shape, Spread) else shape
        top, bottom = lower(ratio.top, table).cast("float64"), lower(ratio.bottom, table).cast("float64")
        both = top.notnull() & bottom.notnull()
        if isinstance(shape, Spread):
            both = both & (bottom > 0)
        found = {"n": both.ifelse(top, None), "d": both.ifelse(bottom, None)}
        if isinstance(shape, Spread):
            found["q"] = both.ifelse(top * top / bottom.nullif(0), None)
        return found
    if isinstance(shape, Share):
        return {"n": decide(shape.rule, table).cast("int32").cast("float64")}
    if isinstance(shape, Count):
        of = lower(shape.of, table)
        if shape.where is None:
            return {"n": of.notnull().cast("int32").cast("float64").nullif(0)}
        return {"n": of.notnull().ifelse(decide(shape.where, table).cast("int32").cast("float64"), None)}
    return {"n": lower(shape.of, table).cast("string" if isinstance(shape, Distinct) else "float64")}


def _due(definition: Definition, table: Table) -> Value:
    """Whether a unit should have the indicator: each of its facts speaks of the unit."""
    due = reduce(lambda a, b: a & b, (table[f"{fact}__due"].fill_null(False) for fact in definition.facts))
    if isinstance(definition.indicator.value, Spread):
        weight = lower(definition.indicator.value.of.bottom, table)
        due = due & (weight.isnull() | (weight > 0))
    return due.cast("int32")


def names_of(by_stage: bool) -> list[str]:
    """The columns of a unit that are no components."""
    return [*KEYS, *(("stage",) if by_stage else ())]


def components(definitions: Sequence[Definition], table: Table, by_stage: bool) -> Table:
    """One row a unit: its keys and the components of every indicator."""
    found: dict[str, Value] = {}
    for definition in definitions:
        for part, value in _components(definition, table).items():
            found[column(definition.code, part)] = value
        if definition.expected not in found:
            found[definition.expected] = _due(definition, table)
    return table.select(**{name: table[name] for name in names_of(by_stage)}, **found)


def cube(definitions: Sequence[Definition], table: Table, by_stage: bool) -> Table:
    """Sums of components over units that every place and split counts together.

    It is small whatever the number of units: townships x locales x sectors x stages. All levels and
    splits are summed from it (``rollup``).
    """
    found: dict[str, Value] = {}
    for definition in definitions:
        for part in definition.parts:
            found[column(definition.code, part)] = table[column(definition.code, part)].sum()
        found[column(definition.code, "c")] = table[column(definition.code, "n")].count()
        if definition.expected not in found:
            found[definition.expected] = table[definition.expected].sum()
    return table.group_by(cube_keys(by_stage)).aggregate(**found)


def cube_keys(by_stage: bool) -> list[str]:
    """What names a cell of the cube."""
    return ["period", *LEVELS, "locale", "sector", *(("stage",) if by_stage else ())]


def ranked(definitions: Sequence[Definition], table: Table, by_stage: bool, level: str, split: str) -> Table:
    """Percentiles and numbers of different values, which no sum gives, at one level and split."""
    import ibis

    wanted = split.split(",") if split else []
    kept = table.filter([table[level].notnull(), *(table[name] != "" for name in wanted)])
    group = {"period": kept.period, "place": kept[level], **{f"_{name}": kept[name] for name in wanted}}
    found: dict[str, Value] = {}
    for definition in definitions:
        value = kept[column(definition.code, "n")]
        shape = definition.indicator.value
        if isinstance(shape, Percentile):
            found[column(definition.code, "n")] = value.quantile(shape.percent / 100)
        elif isinstance(shape, Distinct):
            found[column(definition.code, "n")] = value.nunique().cast("float64")
        found[column(definition.code, "c")] = value.count()
        if definition.expected not in found:
            found[definition.expected] = kept[definition.expected].sum()
    counted = kept.group_by(**group).aggregate(**found)
    split_keys = {
        name: counted[f"_{name}"] if name in wanted else ibis.literal("")
        for name in (("stage",) if by_stage else ()) + ("locale", "sector")
    }
    return counted.select(
        period=counted.period, level=ibis.literal(level), place=counted.place, **split_keys,
        **{name: counted[name] for name in found},
    )  # fmt: skip
