"""What was decided of a table's cells, kept as plain data beside the table, which stays as it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .understood import RowRead


@dataclass(frozen=True)
class Settled:
    """``fixes``: by place, {"as": text} or {"keep": True}; ``headings``: heading → field, '' for none; ``units``: one
    that no organisation is → the one that is meant, '' where it stays as words; ``skips``: places of rows left out.
    """

    fixes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    skips: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "fixes": {place: dict(fix) for place, fix in self.fixes.items()}, "headings": dict(self.headings),
            "units": dict(self.units), "skips": list(self.skips),
        }  # fmt: skip

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Settled:
        """From plain data."""
        same = {name: data.get(name, {}) for name in ("fixes", "headings", "units")}
        return cls(**same, skips=tuple(data.get("skips", ())))

    def explained(self) -> dict[str, str]:
        """The headings that were given a field."""
        return {text: name for text, name in self.headings.items() if name}

    def row(self, read: RowRead) -> RowRead:
        """A task with the units that are meant."""
        return replace(
            read, lead=self.meant(read.lead), responsible=self.meant(read.responsible),
            supporting=self.meant(read.supporting),
        )  # fmt: skip

    def meant(self, units: tuple[str, ...]) -> tuple[str, ...]:
        """Units as they are meant."""
        return tuple(dict.fromkeys(self.units.get(unit) or unit for unit in units))
