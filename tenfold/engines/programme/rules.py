"""The rules of lights, caps and hearings as ``standards/rules/lights.toml`` has them: local, and said so on pages."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tenfold.pure.steering.lights import Rules


@dataclass(frozen=True)
class LightRules:
    """``cap``: running tasks that a school holds at most; ``hearing``: working days before a period is frozen.

    ``remind_before``: so many days before its day a unit is reminded; ``remind_late``: and every so many days after it.
    ``never``: words of what may not count as done, by the documents ``never_by``.
    """

    light: Rules
    cap: int
    hearing: int
    month_closes: int
    remind_before: tuple[int, ...]
    remind_late: int
    never: tuple[str, ...]
    never_by: str
    document: str
    local: bool


def rules() -> LightRules:
    """The rules as the file stands now."""
    path = Path(settings.TENFOLD["STANDARDS"]) / "rules" / "lights.toml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> LightRules:
    data = tomllib.loads(path.read_text("utf-8"))
    shares = {key: Fraction(text) for key, text in data["attention"].items()}
    return LightRules(
        Rules(**shares),
        data["cap"]["school"],
        data["hearing"]["working_days"],
        data["hearing"]["month_closes"],
        tuple(sorted(data["reminders"]["days_before"], reverse=True)),
        data["reminders"]["late_every"],
        tuple(data["never"]["words"]),
        data["never"]["document"],
        data["document"],
        data["local"],
    )
