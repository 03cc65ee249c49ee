"""The other faces of a page: what its own searches and filters, and its links to itself, lead to."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

SOUGHT = ("小学", "没有12")
"""What is typed into a search: something that is found, and something with a number that is not."""
TYPED = ("search", "text")
MOST = 4
"""So many faces of a page are looked at."""


class _Forms(HTMLParser):
    """Gathers the forms of a page that ask, with their controls and what these hold; and the links to itself."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.forms: list[tuple[str, dict[str, str], list[tuple[str, str]]]] = []
        self.links: list[str] = []
        self._select = ""
        self._open = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "a" and told.get("href", "").startswith(("?", f"{self.path}?")):
            self.links.append(told["href"].partition("#")[0])
        if tag == "form":
            self._open = told.get("method", "get").lower() == "get"
            if self._open:
                self.forms.append((told.get("action", "").partition("#")[0] or self.path, {}, []))
        if not self._open:
            return
        _action, held, choices = self.forms[-1]
        if tag == "select":
            self._select = told.get("name", "")
        elif tag == "option" and self._select and "value" in told:
            choices.append((self._select, told["value"]))
            if "selected" in told:
                held[self._select] = told["value"]
        elif tag == "input" and (name := told.get("name")):
            kind = told.get("type", "text")
            if kind in TYPED:
                choices.extend((name, text) for text in SOUGHT)
            elif kind in ("checkbox", "radio"):
                choices.append((name, told.get("value", "on")))
            if kind == "hidden" or "checked" in told:
                held[name] = told.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form":
            self._open = False


def faces(url: str, html: str, most: int = MOST) -> Iterator[str]:
    """Addresses on the page's own path: each control of a form changed once, then its links; each once."""
    path = urlsplit(url).path
    reader = _Forms(path)
    reader.feed(html)
    found: dict[str, None] = {}
    for action, held, choices in reader.forms:
        if urlsplit(action).path != path:
            continue
        start = dict(parse_qsl(urlsplit(action).query)) | held
        kept: dict[str, int] = {}
        for name, value in choices:
            kept[name] = kept.get(name, 0) + 1
            if start.get(name) != value and kept[name] <= len(SOUGHT) + 1:
                found[f"{path}?{urlencode({**start, name: value})}"] = None
    for link in reader.links:
        found[f"{path}?{urlsplit(link).query}"] = None
    found.pop(url, None)
    yield from list(found)[:most]
