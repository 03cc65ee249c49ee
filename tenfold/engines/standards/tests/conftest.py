"""A fact store of its own for every test, and few indicators, since counting all of them takes a second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tenfold.engines.indicators import services
from tenfold.engines.indicators.tests import factories
from tenfold.foundation.declare import House, house, install

FEW = (
    "holdings.pupils alliances.sports_area alliances.sports_area_spread alliances.backbone_teachers "
    "alliances.backbone_teachers_spread alliances.schools_meeting alliances.retention alliances.certified"
).split()


@pytest.fixture(autouse=True)
def few_indicators() -> Iterator[None]:
    """The house with :data:`FEW` of its indicators."""
    before = house()
    chosen = {code: one for code, one in before.indicators.items() if code in FEW}
    install(House(**{**before.__dict__, "indicators": chosen}))
    yield
    install(before)


@pytest.fixture(autouse=True)
def facts_folder(tmp_path: Path, settings: Any) -> Path:
    """The installation's folder for this test alone."""
    settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path, "ON_TOUCHED": ""}
    return tmp_path / "facts"


@pytest.fixture
def cast(db: None) -> factories.City:
    """The city, with whole returns of county A and a school in B that has told little."""
    found = factories.city()
    for code in ("a1", "a2", "c1"):
        factories.hand_in(found.schools[code], **whole())
    factories.hand_in(found.schools["a9"], **(whole(600, area_sports=12000, area_teaching=8000) | nine(300)))
    factories.hand_in(found.schools["b1"], pupils__primary=100)
    services.sync()
    return found


def whole(pupils: int = 1000, stage: str = "primary", **changes: Any) -> dict[str, Any]:
    """A return of a primary school that meets everything, for 1,000 pupils."""
    counts = {
        "teachers": 70, "teachers_specialist": 10, "teachers_bachelor": 60, "teachers_postgraduate": 0,
        "teachers_backbone": 10, "teachers_pe": 4, "teachers_music": 3, "teachers_art": 3, "teachers_arts": 0,
        "teachers_certified": 70, "teachers_360h": 70, "teachers_eligible": 20, "teachers_moved": 4,
        "teachers_moved_backbone": 1, "pupils_migrant": 10, "pupils_in_zone": pupils,
    }  # fmt: skip
    bands = "le25 26_30 31_35 36_40 41_45 46_50 51_55 56_60 61_65 ge66".split()
    counts |= {f"classes_{band}": 24 if band == "41_45" else 0 for band in bands}
    held = {
        "area_teaching": 5000, "area_indoor_sports": 500, "area_sports": 7500, "equipment_value": 2_000_000,
        "network_rooms": 24, "music_rooms": 4, "music_area": 400, "art_rooms": 4, "art_area": 400,
        "funds_budget": 100_000, "training_spent": 6000,
    }  # fmt: skip
    by_stage = {f"{code}__{stage}": changes.pop(code, value) for code, value in counts.items()}
    grades = {f"pupils__{stage}": pupils, f"classes__{stage}": 24}
    return {**by_stage, **grades, **(held if stage == "primary" else {}), **changes}


def nine(pupils: int) -> dict[str, Any]:
    """The junior part of a nine-year school."""
    return whole(pupils, "junior") | {
        "graduates_g9__junior": 98, "transfers_in__junior": 2, "transfers_out__junior": 3, "intake_g7__junior": 100,
        "deaths__junior": 0,
    }  # fmt: skip
