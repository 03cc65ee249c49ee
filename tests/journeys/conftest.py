"""What the journeys share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tenfold.foundation.declare import House, house, install


@pytest.fixture
def few_indicators() -> Iterator[None]:
    """The house with one indicator: counting all of them takes seconds, and the standards need none."""
    before = house()
    few = {code: one for code, one in before.indicators.items() if code == "holdings.pupils"}
    install(House(**{**before.__dict__, "indicators": few}))
    yield
    install(before)
