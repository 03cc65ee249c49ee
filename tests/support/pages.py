"""The contact sheet: every page of a demonstration at both widths, as small pictures with an index in docs/pages/.

``make pages`` starts a demonstration of its own, signs in as each of those whom it lets in, follows the links of
every page, and keeps one picture of each route at 1440 and at 375 pixels. The server is ended at the end.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs" / "pages"
WIDTHS = {1440: (0.45, 3400), 375: (0.8, 2600)}
"""By width: how far the picture is made smaller, and how much of a long page is kept, in pixels of the page."""
QUALITY = 46
WHO = "leader officer county clerk head teacher inspector sysadmin secadmin auditadmin parent pupil".split()
MOST = 90
"""So many routes at most."""


@dataclass(frozen=True)
class Shown:
    """A page of the sheet."""

    name: str
    title: str
    path: str
    who: str


def environment(folder: Path) -> dict[str, str]:
    """What a demonstration of its own is started with."""
    own = {"TENFOLD_DEMO": "1", "TENFOLD_PUPILS": "1", "TENFOLD_TODAY": "2023-11-20", "TENFOLD_VAR": str(folder)}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "tenfold.site.settings", "PYTHONUNBUFFERED": "1"}


def started(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """The server and its address."""
    command = [Path(sys.executable).parent / "tenfold", "demo", "--port", os.environ.get("PAGES_PORT", "8300")]
    server = subprocess.Popen(
        command, env=environment(folder), cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return server, found.group()
    raise RuntimeError("the demonstration did not start")


def sign_ins(folder: Path) -> dict[str, str]:
    """Passwords by sign-in name."""
    lines = (folder / "demo-sign-ins.txt").read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if line.strip())


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
    return [href for href in dict.fromkeys(found) if not href.startswith("/accounts/logout")]


def sign_in(page: Any, address: str, name: str, password: str) -> bool:
    """Whether somebody was let in."""
    from playwright.sync_api import TimeoutError

    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.click(".tf-bare button[type=submit]")
    try:
        page.wait_for_url(lambda url: "/accounts/" not in url, timeout=10_000)
    except TimeoutError:
        print(f"{name} was not let in: {page.url}")
        return False
    return True


def crawled(browser: Any, address: str, who: str, password: str, seen: set[str]) -> Iterator[tuple[Shown, Any]]:
    """The pages that somebody reaches and nobody before her did, each open in the browser."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    if sign_in(page, address, f"demo-{who}", password):
        page.goto(f"{address}/")
        waiting = ["/", "/actions/", "/overview/", "/gallery/", "/mine/", "/search/?q=xx", *links(page)]
        while waiting and len(seen) < MOST:
            path = waiting.pop(0)
            name = route_of(path)
            if not name or name in seen:
                continue
            answer = context.request.get(address + path)
            if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
                continue
            page.goto(address + path)
            seen.add(name)
            waiting += links(page)
            yield Shown(name, page.title().split(" · ")[0], path, who), page
    context.close()


def shot(browser: Any, page: Any, shown: Shown) -> None:
    """A picture of the page at each width, in the session of the page."""
    for width, (scale, most) in WIDTHS.items():
        context = browser.new_context(
            viewport={"width": width, "height": 900}, device_scale_factor=scale, locale="zh-CN",
            storage_state=page.context.storage_state(),
        )  # fmt: skip
        small = context.new_page()
        small.goto(page.url)
        height = min(most, small.evaluate("document.documentElement.scrollHeight"))
        small.set_viewport_size({"width": width, "height": height})
        small.screenshot(path=str(OUT / f"{shown.name}-{width}.jpg"), type="jpeg", quality=QUALITY)
        context.close()


def index(pages: list[Shown]) -> str:
    """The index as Markdown."""
    lines = [
        "# Every page", "",
        "<!-- drawn by: make pages -->", "",
        f"{len(pages)} pages of the demonstration (模拟数据), each at 1440 and at 375 pixels, made smaller; of a long "
        "page the beginning.", "",
        "| page | seen by | desk | phone |", "|---|---|---|---|",
    ]  # fmt: skip
    for shown in pages:
        pictures = " | ".join(f"![{shown.title}]({shown.name}-{width}.jpg)" for width in WIDTHS)
        lines.append(f"| {shown.title}<br>`{shown.name}` | {shown.who} | {pictures} |")
    return "\n".join([*lines, ""])


def draw(folder: Path) -> list[Shown]:
    """Draw the sheet anew; the pages that it shows."""
    from playwright.sync_api import sync_playwright

    from tests.support.browser import chromium_path

    begun = time.monotonic()
    server, address = started(folder)
    pages: list[Shown] = []
    try:
        OUT.mkdir(parents=True, exist_ok=True)
        for old in OUT.glob("*.jpg"):
            old.unlink()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            seen: set[str] = set()
            held = sign_ins(folder)
            for who in [w for w in WHO if f"demo-{w}" in held]:
                for shown, page in crawled(browser, address, who, held[f"demo-{who}"], seen):
                    shot(browser, page, shown)
                    pages.append(shown)
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
    (OUT / "README.md").write_text(index(pages), "utf-8")
    size = sum(file.stat().st_size for file in OUT.iterdir()) / 1e6
    print(f"{len(pages)} pages, {size:.1f} MB, {time.monotonic() - begun:.0f} s")
    return pages


def main() -> None:
    """The command."""
    folder = ROOT / "var" / "pages"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.update({k: v for k, v in environment(folder).items() if k.startswith(("TENFOLD_", "DJANGO_"))})
    import django

    django.setup()
    draw(folder)


if __name__ == "__main__":
    main()
