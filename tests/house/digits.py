"""Which digits of a page stand where no figure, time, form control or marked code holds them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

EXCEPTIONS = Path(__file__).with_name("digits.toml")
"""The only list of exceptions; it may shrink, never grow: a line that no page needs fails."""

FIGURES = ("tf-f", "tf-n", "tf-big", "tf-f-coverage")
"""What the figure tag writes: one that opens, one that does not, the one value of a drawer, on what it rests."""
HOLDERS = ("time", "input", "select", "option", "textarea", "button", "label", "code", "script", "style", "template")
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "use")

_DIGIT = re.compile(r"[0-9０-９]")


class _Main(HTMLParser):
    """Gathers the text of ``<main>`` that nothing holds, with the nearest class or tag around it."""

    def __init__(self, excepted: Iterable[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.loose: list[tuple[str, str]] = []
        self.used: set[str] = set()
        self._excepted = set(excepted)
        self._open: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = (dict(attributes).get("class") or "").split()
        held = "held" if tag in HOLDERS or set(classes) & set(FIGURES) else ""
        names = {tag, *(f".{c}" for c in classes)} & self._excepted
        self._open.append((tag, held or ",".join(sorted(names)), " ".join([tag, *(f".{c}" for c in classes)])))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [name for name, _held, _words in self._open]:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not _DIGIT.search(data) or not any(tag == "main" for tag, _held, _words in self._open):
            return
        holders = [held for _tag, held, _words in self._open if held]
        if "held" in holders:
            return
        if holders:
            self.used.update(name for held in holders for name in held.split(","))
            return
        self.loose.append((self._open[-1][2], " ".join(data.split())))


def loose(html: str, excepted: Iterable[str] = (), known: Iterable[str] = ()) -> tuple[list[tuple[str, str]], set[str]]:
    """(element, text) of each loose digit, and the exceptions that were needed. ``known``: names in the data."""
    reader = _Main(excepted)
    reader.feed(html if "<main" in html else f"<main>{html}</main>")
    names = sorted((n for n in known if _DIGIT.search(n)), key=len, reverse=True)

    def without(text: str) -> str:
        for name in names:
            text = text.replace(name, "")
        return text

    return [(where, text) for where, text in reader.loose if _DIGIT.search(without(text))], reader.used


def exceptions() -> tuple[dict[str, str], dict[str, str]]:
    """The exceptions with their reasons: elements (a tag or ``.class`` each), and routes by the head of an address."""
    told = tomllib.loads(EXCEPTIONS.read_text("utf-8"))
    return told["elements"], told["routes"]
