"""The browser's listeners hear what they are there for."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_violation_of_the_policy_is_heard(browser, small_county):
    browser.sign_in(small_county.head_a).go("/")
    browser.check()
    browser.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = '1'; document.body.append(s); }"
    )
    browser.page.wait_for_function("() => true")
    assert any("script-src" in violation for violation in browser.violations)
    browser.violations.clear()
    browser.errors.clear()


def test_a_fault_of_a_script_is_heard(browser, small_county):
    browser.sign_in(small_county.head_a).go("/")
    browser.page.evaluate("() => { setTimeout(() => { throw new Error('planted') }, 0) }")
    browser.page.wait_for_timeout(50)
    with pytest.raises(AssertionError, match="planted"):
        browser.check()
    browser.errors.clear()


def test_axe_sees_a_picture_without_words(browser, small_county):
    browser.sign_in(small_county.head_a).go("/")
    browser.page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert any(fault.startswith("image-alt") for fault in browser.axe())
