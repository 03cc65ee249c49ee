"""A fact store of its own for every test, and few indicators, since counting all of them takes a second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tenfold.foundation.declare import House, house, install

from . import factories

FEW = (
    "holdings.pupils holdings.teachers_backbone holdings.pupils_disabled holdings.books holdings.equipment_value "
    "holdings.schools holdings.school_size holdings.school_size_median holdings.pupils_per_teacher holdings.class_size "
    "alliances.sports_area alliances.sports_area_spread alliances.backbone_teachers alliances.backbone_teachers_spread "
    "alliances.schools_meeting alliances.retention digital.computers"
).split()


@pytest.fixture
def whole_catalogue() -> None:
    """Asked for by a test that needs every indicator of the house."""


@pytest.fixture(autouse=True)
def few_indicators(request: pytest.FixtureRequest) -> Iterator[None]:
    """The house with :data:`FEW` of its indicators."""
    before = house()
    if "whole_catalogue" not in request.fixturenames:
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
    """The city with its returns."""
    found = factories.city()
    factories.returns(found)
    return found
