"""Schools for the tests of the arithmetic, and the standard they are held against."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tenfold.pure.balance import School, StageCounts, Standard, parse

FILE = Path(__file__).parents[4] / "standards" / "balanced-compulsory-2017.toml"


@cache
def standard() -> Standard:
    """教督〔2017〕6号 as it stands in the repository."""
    return parse(FILE.read_text(encoding="utf-8"))


def counts(pupils: Any = 1000, **changes: Any) -> StageCounts:
    """A stage that meets all that is counted by stage, with 1,000 pupils."""
    values: dict[str, Any] = {
        "pupils": pupils,
        "teachers_specialist": 20,
        "teachers_bachelor": 60,
        "teachers_postgraduate": 1,
        "teachers_backbone": 10,
        "teachers_pe": 4,
        "teachers_music": 3,
        "teachers_art": 3,
        "teachers_arts": 0,
        "shared_pe_arts": None,
    }
    return StageCounts(**{**values, **changes})


def primary(code: str = "2142000001", *, stage: StageCounts | None = None, **changes: Any) -> School:
    """A primary school of 1,000 pupils that meets all seven."""
    values: dict[str, Any] = {
        "school_type": "211",
        "locale": "121",
        "area_teaching": 5000,
        "area_indoor_sports": 500,
        "area_sports": 7500,
        "equipment_value": 2_000_000,
        "network_rooms": 23,
    }
    return School(code, {"primary": stage or counts()}, **{**values, **changes})
