"""A browser on the house, on the Chromium of the system. Every test of it fails on a violation of the security
policy, and on an error in the console.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tenfold.foundation.people.models import Person

from .fixtures import ROOT, cast_client

LISTENER = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.tenfoldViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ""}`));
"""
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def chromium_path() -> str:
    """The Chromium of the system; ``TENFOLD_TEST_CHROMIUM`` names another."""
    found = os.environ.get("TENFOLD_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "chromium is missing: apt-get install chromium fonts-noto-cjk"
    return found


class Visitor:
    """One person at one browser. ``page`` is Playwright's page."""

    def __init__(self, context: Any, address: str) -> None:
        self.context, self.address = context, address
        self.violations: list[str] = []
        self.errors: list[str] = []
        self.allowed: list[str] = []
        self.page = context.new_page()
        self.page.expose_function("tenfoldViolation", lambda told: self.violations.append(told))
        self.page.add_init_script(LISTENER)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _heard(self, message: Any) -> None:
        if message.type == "error" and not any(word in message.text for word in self.allowed):
            self.errors.append(message.text)

    def allow(self, *words: str) -> None:
        """Console errors that hold one of these words are expected (as ``404`` of a page that is not found)."""
        self.allowed.extend(words)

    def sign_in(self, person: Person, post: int | None = None) -> Visitor:
        """Go on as a person."""
        cookie = cast_client(person, post).cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.address}])
        return self

    def go(self, path: str) -> Any:
        """Open a path of the house; returns Playwright's response."""
        return self.page.goto(f"{self.address}{path}")

    def axe(self, *, without: tuple[str, ...] = ()) -> list[str]:
        """What axe finds wrong on the page as it stands: rule and the place of each fault."""
        source = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
        self.page.evaluate(source)
        found = self.page.evaluate("(rules) => axe.run(document, {runOnly: {type: 'tag', values: rules}})", AXE_RULES)
        return [
            f"{fault['id']}: {node['target']} {node['html'][:120]}"
            for fault in found["violations"]
            if fault["id"] not in without
            for node in fault["nodes"]
        ]

    def shot(self, path: Path) -> Path:
        """A picture of the whole page."""
        self.page.screenshot(path=str(path), full_page=True)
        return path

    def check(self) -> None:
        """Fail on what was heard."""
        assert not self.violations, f"violations of the security policy: {self.violations}"
        assert not self.errors, f"errors in the console: {self.errors}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser's process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        process = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield process
        process.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest, chromium: Any, live_server: Any) -> Iterator[Visitor]:
    """A visitor at a desk (1440×900), or on the phone with ``@pytest.mark.phone`` (375×812). Checked at the end."""
    phone = request.node.get_closest_marker("phone") is not None
    size = {"width": 375, "height": 812} if phone else {"width": 1440, "height": 900}
    context = chromium.new_context(viewport=size, has_touch=phone, locale="zh-CN")
    context.set_default_timeout(10_000)
    context.set_default_navigation_timeout(30_000)  # the first page of a fresh server on a busy machine
    visitor = Visitor(context, live_server.url)
    yield visitor
    context.close()
    visitor.check()
