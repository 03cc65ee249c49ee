"""The contact sheet: every page of a demonstration at both widths, as small pictures with an index in docs/pages/.

``make pages`` starts a demonstration of its own, looks at the doors that are open to everybody, signs in as each of
those whom it lets in and follows the links of every page, keeps one picture of each route and of some more faces of
it (the steps of an import, a search that finds nothing), and ends the server. A page that scrolls sideways, in 大字
too, is told at the end, and the command fails.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.support.sheet_import import import_steps
from tests.support.sheet_index import NOT_SHOWN, OUT, ROOT, WIDTHS, Shown, index

QUALITY = 42
WHO = "leader officer county clerk head teacher inspector sysadmin secadmin auditadmin parent pupil".split()
STRANGER = (
    "/accounts/login/", "/code/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-set-password/", "/accounts/password/reset/key/done/", "/accessibility/",
)  # fmt: skip
"""Doors that are open to everybody."""
FACES: dict[str, dict[str, str]] = {
    "leader": {
        "search--found": "/search/?q=小学", "search--nothing": "/search/?q=没有这样的名字",
        "place_overview--schools": "/overview/?map=schools",
        "standard_item": "/standards/balanced-compulsory-2017/items/rotation/",
        "programme-action": "/actions/2/",
        "programme-tasks--late": "/tasks/?state=late", "programme-period": "/periods/2023-10/",
    },
    "officer": {
        "papers-templates": "/papers/templates/", "papers-template": "/papers/templates/programme.weekly/",
        "notices_sent": "/notices/sent/", "notice_write": "/notices/write/", "notice_enter": "/notices/paper/",
    },
    "county": {"place_overview--county": "/overview/", "programme-overview--county": "/actions/"},
    "sysadmin": {"notice_channels": "/notices/channels/"},
    "head": {"home--school": "/", "programme-overview--school": "/actions/"},
    "teacher": {"home--teacher": "/"},
    "inspector": {"home--inspector": "/"},
    "auditadmin": {"audit--nothing": "/audit/?actor=没有这个人"},
}  # fmt: skip
"""Further faces of a route, by who sees them: what the picture is called, and where it is."""
FIRST = ("/", "/actions/", "/overview/", "/gallery/", "/mine/", "/accounts/logout/")


@dataclass
class Sheet:
    """The sheet while it is drawn."""

    browser: Any
    address: str
    passwords: dict[str, str]
    shown: list[Shown] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def page(self) -> Any:
        """A fresh page at a desk, nobody signed in."""
        context = self.browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        return context.new_page()

    def has(self, name: str) -> bool:
        """Whether there is a picture of that name."""
        return any(shown.name == name for shown in self.shown)

    def take(self, page: Any, name: str, who: str) -> None:
        """A picture of the page as it stands, at each width."""
        for width, (scale, most) in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            self._try(page, name, width)
            height = min(most, page.evaluate("document.documentElement.scrollHeight"))
            clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
            page.set_viewport_size({"width": width, "height": height})
            asked = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
            session = page.context.new_cdp_session(page)
            drawn = session.send("Page.captureScreenshot", asked)["data"]
            session.detach()
            (OUT / f"{name}-{width}.webp").write_bytes(base64.b64decode(drawn))
        page.set_viewport_size({"width": 1440, "height": 900})
        self.shown.append(Shown(name, page.title().split(" · ")[0], who))

    def _try(self, page: Any, name: str, width: int) -> None:
        """Tell what is wrong with a page at a width."""
        for large in (False, True):
            page.evaluate("(on) => document.documentElement.classList.toggle('tf-large', on)", large)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                self.faults.append(f"{name} at {width}{' in 大字' if large else ''}: {wide} px wide")
        page.evaluate("() => document.documentElement.classList.remove('tf-large')")

    def strangers(self) -> None:
        """The doors that are open to everybody, and a page that does not exist."""
        page = self.page()
        for path in STRANGER:
            page.goto(self.address + path)
            self.take(page, route_of(path), "everybody")
        page.goto(f"{self.address}/nowhere/")
        self.take(page, "error--not-found", "everybody")
        page.context.close()

    def sign_in(self, who: str, factor: str = "") -> Any:
        """A page of somebody who was let in; an administrator sets her second factor up on the way."""
        page = self.page()
        page.goto(f"{self.address}/accounts/login/")
        page.fill("[name=login]", f"demo-{who}")
        page.fill("[name=password]", self.passwords[f"demo-{who}"])
        page.click(".tf-bare button[type=submit]")
        page.wait_for_url(lambda url: "/accounts/login" not in url, timeout=10_000)
        return page

    def second_factor(self, page: Any, who: str) -> None:
        """Set the second factor up where it is asked for, and look at the step that asks for it from then on."""
        if "second-factor" not in page.url:
            return
        secret = page.locator("[data-secret], .tf-secret, code").first.inner_text().replace(" ", "")
        page.fill("[name=code]", code_of(secret))
        page.click(".tf-bare button[type=submit]")
        page.wait_for_load_state()
        if not self.has("mfa_authenticate"):
            again = self.sign_in(who)
            self.take(again, "mfa_authenticate", who)
            again.context.close()

    def crawl(self, who: str) -> None:
        """The pages that somebody reaches and nobody before her did."""
        page = self.sign_in(who)
        self.second_factor(page, who)
        page.goto(f"{self.address}/")
        waiting = [*FIRST, *links(page)]
        while waiting:
            path = waiting.pop(0)
            name = route_of(path)
            if not name or name in NOT_SHOWN or self.has(name) or not self.opens(page, path):
                continue
            page.goto(self.address + path)
            self.take(page, name, who)
            waiting += links(page)
        for name, path in FACES.get(who, {}).items():
            if not self.has(name):
                page.goto(self.address + path)
                self.take(page, name, who)
        page.context.close()

    def opens(self, page: Any, path: str) -> bool:
        """Whether a path leads to a page."""
        answer = page.context.request.get(self.address + path)
        return answer.status == 200 and "text/html" in answer.headers.get("content-type", "")


def environment(folder: Path) -> dict[str, str]:
    """What a demonstration of its own is started with."""
    own = {"TENFOLD_DEMO": "1", "TENFOLD_PUPILS": "1", "TENFOLD_TODAY": "2023-11-20", "TENFOLD_VAR": str(folder)}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "tenfold.site.settings", "PYTHONUNBUFFERED": "1"}


def started(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """The server and its address, on data made anew."""
    command = [Path(sys.executable).parent / "tenfold", "demo", "--port", os.environ.get("PAGES_PORT", "8300")]
    server = subprocess.Popen(
        command, env=environment(folder) | {"DEMO_RESET": "1"}, cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return server, found.group()
    raise RuntimeError("the demonstration did not start")


def sign_ins(folder: Path) -> dict[str, str]:
    """Passwords by sign-in name."""
    lines = (folder / "demo-sign-ins.txt").read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if line.strip())


def code_of(secret: str) -> str:
    """What an app shows for a secret just now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def route_of(path: str) -> str:
    """The name of the route that answers a path; '' for what is no page."""
    from django.urls import Resolver404, resolve

    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return ""
    methods = getattr(found.func, "tenfold_methods", ("GET",))
    return (found.view_name or "").replace(":", "-") if "GET" in methods else ""


def links(page: Any) -> list[str]:
    """The paths of this house that a page leads to."""
    found = page.eval_on_selector_all("a[href^='/']", "(all) => all.map((a) => a.getAttribute('href'))")
    return list(dict.fromkeys(found))


def draw(folder: Path) -> Sheet:
    """Draw the sheet anew."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import chromium_path

    server, address = started(folder)
    try:
        OUT.mkdir(parents=True, exist_ok=True)
        for old in (*OUT.glob("*.jpg"), *OUT.glob("*.webp")):
            old.unlink()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            sheet = Sheet(browser, address, sign_ins(folder))
            sheet.strangers()
            for who in [w for w in WHO if f"demo-{w}" in sheet.passwords]:
                sheet.crawl(who)
            import_steps(sheet)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
    return sheet


def main() -> None:
    """The command."""
    begun = time.monotonic()
    folder = ROOT / "var" / "pages"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.update({k: v for k, v in environment(folder).items() if k.startswith(("TENFOLD_", "DJANGO_"))})
    import django

    django.setup()
    sheet = draw(folder)
    (OUT / "README.md").write_text(index(sheet.shown), "utf-8")
    size = sum(file.stat().st_size for file in OUT.iterdir()) / 1e6
    print(f"{len(sheet.shown)} pages, {size:.1f} MB, {time.monotonic() - begun:.0f} s")
    if sheet.faults:
        sys.exit("\n".join(sheet.faults))


if __name__ == "__main__":
    main()
