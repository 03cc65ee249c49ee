"""How statistics are divided and what is not shown, as ``standards/rules/statistics.toml`` has it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tenfold.pure.balance import StandardFault


@dataclass(frozen=True)
class Statistics:
    """Fewer than ``guard`` guarded children are not shown. ``bands``: where each size of a school begins; under
    ``small`` pupils it is a small school after ``small_document``. ``differs`` to ``least_denominator``: from when on a
    school stands out. ``group``: the fewest schools whose quartiles are shown.
    ``far``: so many km from the middle of a place's schools coordinates are doubted.
    """

    guard: int
    bands: tuple[int, ...]
    small: int
    small_document: str
    differs: float
    changed: float
    fewest: int
    least_change: int
    least_off: int
    least_denominator: float
    group: int
    far: float

    @property
    def ranges(self) -> tuple[tuple[int, int | None], ...]:
        """The sizes from and to."""
        ends = [end - 1 for end in self.bands[1:]]
        return tuple(zip(self.bands, [*ends, None], strict=True))


def statistics() -> Statistics:
    """The file as it stands now. Raises :class:`StandardFault` naming entry and key."""
    path = Path(settings.TENFOLD["STANDARDS"]) / "rules" / "statistics.toml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Statistics:
    where = f"standards/rules/{path.name}"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise StandardFault(f"{where}: {fault}") from fault
    bands = data.get("school_size", {}).get("bands", [])
    if bands[:1] != [0] or any(not isinstance(n, int) for n in bands) or sorted(set(bands)) != bands:
        raise StandardFault(f"{where}: school_size.bands must rise from 0")
    out = {name: _number(data, "outstanding", name, where) for name in OUTSTANDING}
    return Statistics(
        guard=int(_number(data, "guarded", "fewer_than", where)),
        bands=tuple(bands),
        small=int(_number(data, "school_size", "small", where)),
        small_document=str(data["school_size"].get("document", "")),
        differs=out["differs"],
        changed=out["changed"],
        fewest=int(out["fewest"]),
        least_change=int(out["least_change"]),
        least_off=int(out["least_off"]),
        least_denominator=out["least_denominator"],
        group=int(_number(data, "groups", "least", where)),
        far=_number(data, "location", "far", where),
    )


OUTSTANDING = ("differs", "changed", "fewest", "least_change", "least_off", "least_denominator")


def _number(data: Mapping[str, Any], part: str, name: str, where: str) -> float:
    value = data.get(part, {}).get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise StandardFault(f"{where}: {part}.{name} should be a number above nought")
    return float(value)
