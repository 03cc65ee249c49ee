"""The main pages at both widths: axe finds nothing, nothing scrolls sideways, and a printed page has its day."""

from __future__ import annotations

from typing import Any

import pytest

from tenfold.engines.indicators import services
from tenfold.foundation.organisations.mapping import Matched
from tenfold.foundation.organisations.outlines import Outline
from tenfold.foundation.organisations.services import draw_boundaries
from tenfold.foundation.scope import as_system

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/", "/actions/", "/overview/", "/overview/?map=schools", "/search/?q=小学"]
WEST = ((114.0, 29.0), (114.5, 29.0), (114.5, 29.5), (114.0, 29.5))
EAST = ((114.5, 29.0), (115.0, 29.0), (115.0, 29.5), (114.5, 29.5))


@pytest.mark.parametrize("width", [1440, 375])
def test_nothing_serious(width: int, browser: Any, small_county: Any, settings: Any, tmp_path: Any) -> None:
    from tenfold.engines.indicators.tests.factories import hand_in

    settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path, "ON_TOUCHED": "", "TODAY": "2023-11-20"}
    counties = ((small_county.county_a, WEST), (small_county.county_b, EAST))
    for school in (small_county.primary_a, small_county.primary_b):
        hand_in(school, pupils__primary=300, teachers__primary=20, teachers_bachelor__primary=12)
    with as_system("tests"):
        outlines = [
            Matched(Outline(n, "", p.name[:3], (r,), (r[0][0] + 0.2, 29.2)), p) for n, (p, r) in enumerate(counties)
        ]
        draw_boundaries(outlines, "某图")
        services.sync()
    browser.page.set_viewport_size({"width": width, "height": 900})
    browser.sign_in(small_county.bureau_leader)
    for path in PAGES:
        assert browser.go(path).status == 200
        assert browser.axe() == [], path
        assert browser.page.evaluate("document.documentElement.scrollWidth") <= width, path
