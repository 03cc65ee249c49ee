"""Working days: weekends are free, but for what the State Council arranges for each year (data)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SATURDAY = 5


@dataclass(frozen=True)
class Arrangement:
    """One year's arrangement: days off, weekend days that are worked, the document's number."""

    document: str
    off: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)


def arrangements() -> dict[int, Arrangement]:
    """The arrangements that are held, by year."""
    path = Path(settings.TENFOLD["STANDARDS"]) / "rules" / "working-days.toml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> dict[int, Arrangement]:
    data = tomllib.loads(path.read_text("utf-8"))
    return {
        row["year"]: Arrangement(row["document"], frozenset(_days(row["off"])), frozenset(_days(row["worked"])))
        for row in data["year"]
    }


def _days(texts: list[str]) -> list[date]:
    found = []
    for text in texts:
        first, _dots, last = text.partition("..")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            found.append(day)
            day += timedelta(days=1)
    return found


def is_working(day: date) -> bool:
    """Whether a day is worked; in a year without an arrangement, whether it is a weekday."""
    held = arrangements().get(day.year)
    if held and day in held.off:
        return False
    return bool(held and day in held.worked) or day.weekday() < SATURDAY


def working_days_before(day: date, number: int) -> date:
    """The day from which ``number`` working days are left, that of ``day`` included where it is one."""
    left = number
    while True:
        if is_working(day):
            left -= 1
            if left <= 0:
                return day
        day -= timedelta(days=1)


def working_days_after(day: date, number: int) -> date:
    """The working day that comes ``number`` working days after a day."""
    left = number
    while left > 0:
        day += timedelta(days=1)
        left -= is_working(day)
    return day
