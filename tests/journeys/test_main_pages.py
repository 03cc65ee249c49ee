"""Every page at both widths: axe finds nothing, and nothing scrolls sideways, in 大字 neither."""

from __future__ import annotations

from typing import Any

import pytest

from tenfold.engines.indicators import services
from tenfold.foundation.exchange.tests.making import GOOD, checked, table
from tenfold.foundation.organisations.mapping import Matched
from tenfold.foundation.organisations.outlines import Outline
from tenfold.foundation.organisations.services import draw_boundaries
from tenfold.foundation.scope import as_system
from tests.support.pages import FIRST, STRANGER, links, route_of
from tests.support.sheet_index import NOT_SHOWN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WEST = ((114.0, 29.0), (114.5, 29.0), (114.5, 29.5), (114.0, 29.5))
EAST = ((114.5, 29.0), (115.0, 29.0), (115.0, 29.5), (114.5, 29.5))


AT_THE_DESK = ("/", "/overview/", "/search/?q=小学", "/imports/")
"""What axe looks at on a wide screen too; the rest of the pages differ there in their columns alone."""
READERS = ("bureau_leader", "county_officer_a", "head_a", "sysadmin", "secadmin", "auditadmin")


def wrong(browser: Any, path: str) -> list[str]:
    """What is wrong with the page that stands open, at both widths, and in 大字."""
    page, found = browser.page, []
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        if width == 375 or path in AT_THE_DESK:
            found += [f"{path} at {width}: {fault}" for fault in browser.axe()]
        for large in (False, True):
            page.evaluate("(on) => document.documentElement.classList.toggle('tf-large', on)", large)
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                found.append(f"{path} is {wide} px wide at {width}{' in 大字' if large else ''}")
        page.evaluate("() => document.documentElement.classList.remove('tf-large')")
    return found


def test_nothing_serious_on_any_page(browser: Any, small_county: Any, settings: Any, tmp_path: Any) -> None:
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
        checked(table(GOOD[0], [*GOOD[1][:2], "三百一十四", *GOOD[1][3:]]), under=small_county.county_a.code)
    seen: set[str] = set()
    found: list[str] = []
    for path in STRANGER:
        browser.go(path)
        found += wrong(browser, path)
    for reader in READERS:
        browser.sign_in(small_county.people[reader])
        browser.go("/")
        waiting = [*FIRST, "/overview/?map=schools", "/search/?q=小学", *links(browser.page)]
        while waiting:
            path = waiting.pop(0)
            name = route_of(path) + ("?" if "?map" in path or "?q" in path else "")
            if name in seen or name in NOT_SHOWN or not name:
                continue
            if browser.context.request.get(browser.address + path).status != 200:
                continue
            seen.add(name)
            browser.go(path)
            found += wrong(browser, path)
            waiting += links(browser.page)
    assert not found, "\n".join(found)
    assert len(seen) > 25, sorted(seen)
