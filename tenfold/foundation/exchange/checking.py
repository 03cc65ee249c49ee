"""From cells to values, and what is wrong with them.

Every fault has a stable code; :mod:`.faults` has its words. Errors stop a row, warnings stand until
somebody has looked at them. Unknown is never zero: an empty cell, a dash or a stroke is no value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tenfold.foundation.declare.imports import Flaw
from tenfold.foundation.declare.words import Field

from .mappings import FieldMapping, Source, comparable
from .numbers import date_of, number_of, suggested_date, suggested_number, tidy
from .reading import Raw
from .vocabulary import FACTORS, Match, normal

UNKNOWN = frozenset(
    ["", "-", "--", "---", "/", "\\", "…", "...", "*", "不详", "未知", "未填", "待填", "不适用", "n/a", "na", "null"]
)
NUMERIC = ("integer", "decimal", "money", "area")
DEFAULT_UNIT = {"money": "元", "area": "平方米"}


Cell = Raw | list[Any]
"""A cell as it is staged: a list is a cell that cannot be read, as [fault code, what is shown]."""


def shown(cell: Cell) -> str:
    """A cell as text for people."""
    if isinstance(cell, list):
        return str(cell[1]) if len(cell) > 1 else ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return "" if cell is None else str(cell)


@dataclass(frozen=True)
class Fault:
    """One fault of a cell: code, what its text needs, and what the cell probably should hold."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    suggestion: str | None = None
    level: str = "error"


@dataclass
class Reading:
    """What was made of one row: its values by address, its faults, its stage where a column tells it."""

    values: dict[str, Any]
    flaws: list[Flaw]
    stage: str = ""


def plain_number(value: Decimal) -> str:
    """A number as people write it, without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class RowReader:
    """Reads the rows of one table: knows where every field stands and how its values are translated."""

    def __init__(self, sources: Sequence[Source], mapping: FieldMapping | None, stage_column: int | None = None,
                 unit: str = "") -> None:  # fmt: skip
        self.sources = sources
        self.mapping = mapping or FieldMapping()
        self.stage_column = stage_column
        self.table_unit = unit
        self._choices: dict[str, dict[str, str]] = {}

    def unit_of(self, match: Match) -> str:
        """The unit of a money or area column: stated for it, stated above the table, or the field's own."""
        if match.unit in FACTORS:
            return match.unit
        default = DEFAULT_UNIT.get(match.field.kind, "")
        if self.table_unit and default and _same_kind(self.table_unit, default):
            return self.table_unit
        return default

    def read(self, index: int, cells: Sequence[Cell]) -> Reading:
        """Read a row; ``index`` stands in its flaws."""
        reading = Reading({}, [])
        if self.stage_column is not None:
            reading.stage = self._stage(index, cells, reading.flaws)
        for source in self.sources:
            self._take(index, source, cells, reading)
        for address, value in self.mapping.constants.items():
            reading.values.setdefault(address, value)
        return reading

    def _stage(self, index: int, cells: Sequence[Cell], flaws: list[Flaw]) -> str:
        column = self.stage_column or 0
        raw = shown(cells[column]) if column < len(cells) else ""
        stage = self.mapping.stages.get(comparable(raw), "")
        if not stage and raw:
            params = {"column": column, "value": raw, "allowed": "、".join(self.mapping.stages)}
            flaws.append(Flaw(index, "unknown_choice", "", params))
        return stage

    def _take(self, index: int, source: Source, cells: Sequence[Cell], reading: Reading) -> None:
        match = source.match
        address = match.address
        if reading.stage and not match.stage and match.field.level in ("T", "G"):
            address = f"{address}.{reading.stage}"
        total: Any = None
        for position, (column, sign) in enumerate(zip(source.columns, source.signs, strict=True)):
            raw = cells[column] if column < len(cells) else None
            value, fault = self.convert(match, raw)
            if fault:
                params = {**fault.params, "column": column, "value": shown(raw)}
                reading.flaws.append(Flaw(index, fault.code, address, params, fault.suggestion, fault.level))
                return
            if value is None:
                if match.field.required:
                    reading.flaws.append(Flaw(index, "required_missing", address, {"column": column}))
                return
            total = value if position == 0 and sign == 1 else (total or 0) + sign * value
        if len(source.columns) > 1 and isinstance(total, int | Decimal) and total < 0:
            params = {"column": source.columns[0], "value": str(total)}
            reading.flaws.append(Flaw(index, "negative", address, params))
            return
        reading.values[address] = total

    def convert(self, match: Match, raw: Cell) -> tuple[Any, Fault | None]:
        """A cell as the field's value, or the fault; (None, None) where it is unknown."""
        spec = match.field
        if isinstance(raw, list):
            return None, Fault(str(raw[0]))
        translations = self.mapping.values.get(match.address) or self.mapping.values.get(spec.code)
        if translations and (key := comparable(raw)) in translations:
            raw = translations[key] or None
        if raw is None or (isinstance(raw, str) and tidy(raw).lower() in UNKNOWN):
            return None, None
        if spec.kind in NUMERIC:
            return _number(spec, raw, self.unit_of(match))
        if spec.kind == "code":
            return _code(raw)
        if spec.kind == "date":
            return _date(raw)
        if spec.kind in ("choice", "yes_no"):
            return self._choice(spec, raw)
        text = tidy(str(raw))
        return (text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text), None

    def _choice(self, spec: Field, raw: Raw) -> tuple[Any, Fault | None]:
        known = self._choices.get(spec.code)
        if known is None:
            known = {}
            for choice, words in spec.choices or _YES_NO:
                known.update({choice_key(word): choice for word in (choice, *words)})
            self._choices[spec.code] = known
        text = ("yes" if raw else "no") if isinstance(raw, bool) else comparable(raw) or ""
        key = choice_key(text)
        code: str | None = known.get(key)
        if code is None:
            near = [c for word, c in known.items() if len(word) > 1 and (word in key or key in word)]
            shown = {c: w[0] if w else c for c, w in spec.choices or _YES_NO}
            hint = shown[near[0]] if len(set(near)) == 1 else None
            return None, Fault("unknown_choice", {"allowed": "、".join(shown.values())}, hint)
        return (code == "yes" if spec.kind == "yes_no" else code), None


_YES_NO = (("yes", ("是", "有", "√", "y", "true", "1")), ("no", ("否", "无", "×", "n", "false", "0")))


def choice_key(text: str) -> str:
    """A choice as it is compared; signs such as √ and × stay themselves."""
    return normal(str(text)) or tidy(str(text))


def _same_kind(unit: str, other: str) -> bool:
    return unit.endswith("元") == other.endswith("元")


def _number(spec: Field, raw: Raw, unit: str) -> tuple[Any, Fault | None]:
    if isinstance(raw, bool):
        return None, Fault("not_a_number")
    if isinstance(raw, int | float):
        number = Decimal(str(raw))
        if not number.is_finite():
            return None, Fault("not_a_number")
    else:
        found = number_of(str(raw))
        if found is None:
            guess = suggested_number(str(raw))
            return None, Fault("not_a_number", {}, plain_number(guess) if guess is not None else None)
        number = found
    if number < 0 and spec.kind != "decimal":
        return None, Fault("negative", {}, None)
    if number > Decimal(10) ** 13:
        return None, Fault("out_of_range")
    if spec.kind == "integer":
        if number != number.to_integral_value():
            return None, Fault("not_whole")
        return int(number), None
    top, bottom = FACTORS.get(unit, (1, 1))
    return number * top / bottom, None


def _code(raw: Raw) -> tuple[Any, Fault | None]:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) >= 10**15:
        return None, Fault("code_lost_digits")
    if isinstance(raw, float):
        return None, Fault("not_a_code", {}, None)
    text = tidy(str(raw)).replace(" ", "").lstrip("'")
    if len(text) > 30:
        return None, Fault("too_long", {"limit": 30})
    return re.sub(r"^(\d+)\.0+$", r"\1", text), None


def _date(raw: Raw) -> tuple[Any, Fault | None]:
    if isinstance(raw, int) and 19000101 <= raw <= 21001231:
        raw = str(raw)
    if isinstance(raw, int | float | bool):
        return None, Fault("bad_date")
    found = date_of(str(raw))
    if found is None:
        guess = suggested_date(str(raw))
        return None, Fault("bad_date", {}, guess.isoformat() if guess else None)
    if not date(1850, 1, 1) <= found <= date(2100, 12, 31):
        return None, Fault("bad_date")
    return found, None
