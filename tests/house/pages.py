"""What a page may not say: English words on a Chinese page, and names that its template does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from django.template import engines

UNKNOWN = "⟦unknown: %s⟧"

SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
"""Attributes that are read out or shown."""

KNOWN_WORDS = set(
    (
        "Excel Word WPS PDF pdf docx English CSV xlsx UTF GB WGS GCJ CGCS ICP ID IP MB SVG WCAG AA Chromium Safari "
        "Tab Esc"
    ).split()
)
"""What stands in Latin letters in Chinese too."""

_LATIN = re.compile(r"[A-Za-z][A-Za-z'’]+")
_NO_WORDS = re.compile(
    r"[\w.+-]+@[\w.-]+"  # an address of mail
    r"|\b[\w-]+\.(?:xlsx?|docx?|pdf|ofd|csv|toml|gz)\b|#[0-9A-F]{6}\b"  # a file, a colour of the gallery
    r"|\b[A-Za-z]+[-_.]?\d[\w.-]*"  # a code or number: T-00012, m2, G7
    r"|\b[a-z]+(?:[._][a-z0-9_]+)+\b"  # a code of the catalogue: holdings.pupils
)


class _Spoken(HTMLParser):
    """Gathers what a reader sees or hears, apart from what is marked as another language or as a code."""

    SILENT = ("script", "style", "template", "code", "kbd", "samp")
    VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        held = dict(attributes)
        language = held.get("lang") or ""
        silent = tag in self.SILENT or (tag != "html" and language != "" and not language.startswith("zh"))
        if not self._silent and not silent:
            self.words += [value for name, value in attributes if name in SPOKEN and value]
            if tag == "input" and held.get("type") in ("submit", "button"):
                self.words.append(held.get("value") or "")
        if tag not in self.VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [name for name, _silent in self._open]:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def _silent(self) -> bool:
        return any(silent for _name, silent in self._open)


def english(html: str, known: set[str] | frozenset[str] = frozenset()) -> list[str]:
    """English words that a page shows or says. ``known``: names in the data that are no words of the house."""
    reader = _Spoken()
    reader.feed(html)
    text = " \n".join(reader.words)
    for name in sorted(known, key=len, reverse=True):
        text = text.replace(name, " ")
    return [word for word in _LATIN.findall(_NO_WORDS.sub(" ", text)) if word not in KNOWN_WORDS]


def unknown(html: str) -> list[str]:
    """Names that the page's templates asked for and nobody gave."""
    return re.findall(r"⟦unknown: (.*?)⟧", html)


@contextmanager
def telling_unknown() -> Iterator[None]:
    """Inside the block, templates write down each name that they do not know."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    before = engine.string_if_invalid
    engine.string_if_invalid = UNKNOWN
    try:
        yield
    finally:
        engine.string_if_invalid = before
