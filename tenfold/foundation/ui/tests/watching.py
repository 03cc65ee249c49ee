"""A watched page: everything that went wrong on it is written down, and axe looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
DESK, PHONE = (1440, 900), (375, 812)
_LISTEN = """
document.addEventListener('securitypolicyviolation', (e) => {
  console.error('CSP ' + e.violatedDirective + ' ' + (e.blockedURI || '') + ' ' + (e.sample || ''));
});
"""


@dataclass
class Watched:
    """A page and everything that went wrong on it: violations of the policy, errors, answers of 4xx and 5xx."""

    page: Any
    wrong: list[str] = field(default_factory=list)

    def violations(self, within: str = "html") -> list[str]:
        """What axe finds against WCAG 2.1 A and AA within a selector, each with its first place."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("([place, tags]) => axe.run(place, {runOnly: tags})", [within, WCAG])["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]

    def wider_than_the_screen(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@contextmanager
def watched(
    browser: Any, size: tuple[int, int] = DESK, *, allow: tuple[int, ...] = (), **options: Any
) -> Iterator[Watched]:
    """A fresh page in a context of its own, watched; ``allow`` names answers that are meant (404 of a test of 404)."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce", **options
    )
    context.add_init_script(_LISTEN)
    page = context.new_page()
    seen = Watched(page)
    page.on("console", lambda m: seen.wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: seen.wrong.append(str(e)))
    page.on(
        "response",
        lambda r: seen.wrong.append(f"{r.status} {r.url}") if r.status >= 400 and r.status not in allow else None,
    )
    try:
        yield seen
    finally:
        context.close()
