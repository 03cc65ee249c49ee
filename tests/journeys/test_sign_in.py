"""Somebody signs in at a desk and on the phone, under the strict security policy."""

from __future__ import annotations

import pytest

from tests.support.cast import PASSWORD

pytestmark = pytest.mark.browser


def sign_in_by_form(browser, person):
    browser.go("/accounts/login/")
    browser.page.fill("input[name=login]", person.number)
    browser.page.fill("input[name=password]", PASSWORD)
    browser.page.press("input[name=password]", "Enter")
    browser.page.wait_for_url(f"{browser.address}/")


def test_a_head_signs_in_and_finds_her_desk(browser, small_county):
    sign_in_by_form(browser, small_county.head_a)
    assert "沈青松" in browser.page.inner_text("header")
    assert browser.axe() == []


@pytest.mark.phone
def test_on_the_phone_nothing_is_wider_than_the_screen(browser, small_county):
    browser.sign_in(small_county.head_a).go("/")
    assert browser.page.evaluate("document.documentElement.scrollWidth") <= 375
    assert browser.axe() == []


def test_a_page_that_is_not_found_says_so(browser, small_county):
    browser.allow("404")
    answer = browser.sign_in(small_county.head_a).go("/nowhere/")
    assert answer.status == 404
    assert browser.axe() == []
