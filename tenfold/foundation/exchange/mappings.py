"""Mapping files: which heading is which field, for files that are sent again and again.

TOML::

    kind = "school-return"
    sheet = "学校表"            # optional; else every sheet whose heading is understood
    heading_rows = [2, 3]       # optional; a row or a first and last row, counted from 1

    [columns]                   # address = heading, column letter ("=H"), or several that are added up
    "school_code" = "CO_ENTIDADE"
    "pupils.primary" = "students_primary"
    "computers" = ["QT_DESKTOP_ALUNO", "QT_COMP_PORTATIL_ALUNO"]
    "teachers_bachelor" = ["teachers_bachelor", "-teachers_master_or_doctor"]

    [stage]                     # optional: a column that says of which stage the row's figures are
    heading = "school.offering"
    Elementary = "primary"

    [values.sector]             # translations of a field's values; "" makes a value unknown
    4 = "private"

    [units]                     # of money and area columns
    funds_spent = "元"

    [constants]                 # the same for every row
    location_county = "421223"

    [skip_where]                # rows that are not imported
    TP_SITUACAO_FUNCIONAMENTO = ["2", "3"]

Columns that the mapping does not name are not imported when it has ``only = true``; else headings
that are understood without it count too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .numbers import column_index, tidy
from .reading import Raw, ReadingFault
from .vocabulary import FACTORS, STAGES, Heading, Match, Vocabulary, normal


@dataclass(frozen=True)
class Source:
    """Where a field's value stands: columns that are added up, each with its sign (+1, -1)."""

    columns: tuple[int, ...]
    signs: tuple[int, ...]
    match: Match


@dataclass(frozen=True)
class FieldMapping:
    """A mapping file, read. Headings are kept as written."""

    kind: str = ""
    sheet: str = ""
    heading_rows: tuple[int, int] | None = None
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stage_heading: str = ""
    stages: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    skip_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: bool = False
    source: str = ""

    def named(self) -> frozenset[str]:
        """Normal forms of all headings that it names."""
        heads = [head for _address, sources in self.columns for head in sources]
        found = {normal(head) for head in (*heads, self.stage_heading, *self.skip_where) if not head.startswith("=")}
        return frozenset(found - {""})


KNOWN = frozenset("kind preset sheet heading_rows columns stage values units constants skip_where only".split())


def read_mapping(text: str, vocabulary: Vocabulary, kind: str = "") -> FieldMapping:
    """Read a mapping file. Raises :class:`ReadingFault` ``bad_mapping`` naming what is wrong in it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ReadingFault("bad_mapping", what=str(fault)) from fault
    if unknown := set(data) - KNOWN:
        raise ReadingFault("bad_mapping", what=", ".join(sorted(unknown)))
    if kind and data.get("kind", kind) != kind:
        raise ReadingFault("bad_mapping", what=f"kind = {data['kind']!r}")
    stage = dict(data.get("stage", {}))
    heading = str(stage.pop("heading", ""))
    found = FieldMapping(
        kind=data.get("kind", kind),
        sheet=data.get("sheet", ""),
        heading_rows=_rows(data.get("heading_rows")),
        columns=tuple((address, _sources(value)) for address, value in data.get("columns", {}).items()),
        stage_heading=heading,
        stages={comparable(word): str(code) for word, code in stage.items()},
        values={
            code: {comparable(a): str(b) for a, b in table.items()} for code, table in data.get("values", {}).items()
        },
        units={code: str(unit) for code, unit in data.get("units", {}).items()},
        constants={code: str(value) for code, value in data.get("constants", {}).items()},
        skip_where={
            head: tuple(comparable(v) for v in (values if isinstance(values, list) else [values]))
            for head, values in data.get("skip_where", {}).items()
        },
        only=bool(data.get("only", False)),
        source=text,
    )
    _refuse_unknown(found, vocabulary)
    return found


def _rows(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    pair = value if isinstance(value, list) else [value, value]
    if not all(isinstance(v, int) and v > 0 for v in pair) or len(pair) not in (1, 2):
        raise ReadingFault("bad_mapping", what=f"heading_rows = {value!r}")
    return pair[0] - 1, pair[-1] - 1


def _sources(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def _refuse_unknown(mapping: FieldMapping, vocabulary: Vocabulary) -> None:
    addresses = [address for address, _sources in mapping.columns]
    for address in (*addresses, *mapping.constants, *mapping.values, *mapping.units):
        if vocabulary.at(address) is None:
            raise ReadingFault("bad_mapping", what=address)
    for unit in mapping.units.values():
        if unit not in FACTORS:
            raise ReadingFault("bad_mapping", what=unit)
    for stage in mapping.stages.values():
        if stage not in STAGES:
            raise ReadingFault("bad_mapping", what=stage)


def comparable(value: Raw) -> str:
    """A cell's value as mappings compare it: ``2.0`` and ``2`` are one, case and width do not matter."""
    text = tidy(str(value)).lower() if value is not None else ""
    return re.sub(r"^(-?\d+)\.0+$", r"\1", text)


def column_of(heading: str, headings: Sequence[Heading]) -> int | None:
    """The column that a mapping means: by the whole heading, its last part, or a letter written ``=H``."""
    if re.fullmatch(r"=[A-Za-z]{1,3}", heading):
        index = column_index(heading[1:])
        return index if index < len(headings) else None
    wanted = normal(heading)
    for pick in (lambda h: h.text, lambda h: h.parts[-1] if h.parts else ""):
        found = [h.column for h in headings if h.parts and normal(pick(h)) == wanted]
        if found:
            return found[0]
    return None


def apply(mapping: FieldMapping | None, headings: Sequence[Heading], understood: Mapping[int, Match],
          vocabulary: Vocabulary) -> tuple[list[Source], list[str]]:  # fmt: skip
    """Where every field's value stands, and the headings of the mapping that the sheet lacks."""
    named: list[Source] = []
    missing: list[str] = []
    taken: set[int] = set()
    for address, heads in mapping.columns if mapping else ():
        match = vocabulary.at(address)
        columns = [column_of(head.removeprefix("-") if column_of(head, headings) is None else head, headings)
                   for head in heads]  # fmt: skip
        missing += [head for head, column in zip(heads, columns, strict=True) if column is None]
        if match is None or None in columns:
            continue
        signs = [-1 if head.startswith("-") and column_of(head, headings) is None else 1 for head in heads]
        known = tuple(column for column in columns if column is not None)
        taken.update(known)
        unit = (mapping.units.get(address) or mapping.units.get(match.field.code, "")) if mapping else ""
        held = Match(address, match.field, "mapping", unit, match.stage, match.grade)
        named.append(Source(known, tuple(signs), held))
    addresses = {source.match.address for source in named}
    if mapping is None or not mapping.only:
        for column, match in understood.items():
            if column not in taken and match.address not in addresses:
                named.append(Source((column,), (1,), _with_unit(match, mapping)))
    return named, missing


def _with_unit(match: Match, mapping: FieldMapping | None) -> Match:
    unit = mapping.units.get(match.field.code, "") if mapping else ""
    return Match(match.address, match.field, match.basis, unit or match.unit, match.stage, match.grade)


def written(mapping: FieldMapping) -> str:
    """The mapping as a file, for keeping and sending on."""
    lines = [f"kind = {_quoted(mapping.kind)}"]
    if mapping.sheet:
        lines.append(f"sheet = {_quoted(mapping.sheet)}")
    if mapping.heading_rows:
        lines.append(f"heading_rows = [{mapping.heading_rows[0] + 1}, {mapping.heading_rows[1] + 1}]")
    lines += _table("columns", mapping.columns)
    lines += _table("units", [(code, (unit,)) for code, unit in mapping.units.items()])
    lines += _table("constants", [(code, (value,)) for code, value in mapping.constants.items()])
    return "\n".join(lines) + "\n"


def _table(name: str, rows: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    body = [
        f"{_quoted(key)} = {_quoted(values[0]) if len(values) == 1 else '[' + ', '.join(map(_quoted, values)) + ']'}"
        for key, values in rows
    ]
    return ["", f"[{name}]", *body] if body else []


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
