"""The pages in a browser: the security policy, WCAG 2.1 AA, nothing wider than the screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .factories import returns_of

pytestmark = pytest.mark.browser

PAGES = ("/actions/", "/rooms/alliances/", "/rooms/teachers/", "/rooms/civics/", "/actions/coverage/")


def seen(browser, person, width: int) -> None:
    """Open every page; pictures go to the folder that TENFOLD_TEST_SHOTS names, where it is set."""
    browser.sign_in(person)
    for page in PAGES:
        browser.go(page)
        assert browser.axe() == []
        assert browser.page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("TENFOLD_TEST_SHOTS"):
            browser.shot(Path(folder) / f"programme{page.replace('/', '-')}{width}.png")


def test_at_a_desk(browser, empty_store, small_county) -> None:
    returns_of(small_county)
    seen(browser, small_county.city_officer, 1440)


@pytest.mark.phone
def test_on_the_phone(browser, empty_store, small_county) -> None:
    returns_of(small_county)
    seen(browser, small_county.county_officer_a, 375)
