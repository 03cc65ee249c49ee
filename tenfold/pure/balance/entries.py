"""Entries of a standards file: what is there, of the right kind, or a fault that names it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any


class StandardFault(ValueError):
    """A standards file that cannot be read as one; says at which entry."""


def take(table: Mapping[str, Any], key: str, kind: type, where: str = "") -> Any:
    """The value of a key that must be there and of that kind."""
    value = table.get(key)
    if value is None:
        raise StandardFault(f"{where}{key} is missing")
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise StandardFault(f"{where}{key} should be {kind.__name__}")
    return value


def table(data: Mapping[str, Any], key: str, where: str = "") -> dict[str, Any]:
    """A table that must be there."""
    return dict(take(data, key, dict, where))


def number(table: Mapping[str, Any], key: str, where: str) -> Fraction:
    """A number that must be there, exact."""
    value = table.get(key)
    if value is None:
        raise StandardFault(f"{where}{key} is missing")
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise StandardFault(f"{where}{key} should be a number")
    return Fraction(value)


def by_stage(table: Mapping[str, Any], key: str, where: str) -> dict[str, Fraction]:
    """A table of numbers by stage."""
    inner = take(table, key, dict, where)
    return {stage: number(inner, stage, f"{where}{key}.") for stage in inner}


def local_paths(data: Mapping[str, Any], path: str = "") -> list[str]:
    """The paths of the tables that say ``local = true``: our reading where the documents are silent."""
    found = [path.rstrip(".")] if data.get("local") is True else []
    for key, value in data.items():
        if isinstance(value, dict):
            found += local_paths(value, f"{path}{key}.")
        elif isinstance(value, list):
            for entry in value:
                if isinstance(entry, dict):
                    found += local_paths(entry, f"{path}{key}.{entry.get('code', '')}.")
    return found
