"""A fact store of its own for every test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from . import factories


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
