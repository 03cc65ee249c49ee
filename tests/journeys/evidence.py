"""What a reader does to believe a number: press it, add up its rows, open the file at the cell."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tenfold.foundation.declare import Count, Mean, Percentile, Ratio, Share, Spread, Total, house

FIGURE = re.compile(
    r'<a class="tf-f tf-f-(?P<style>\w+)[^"]*" href="(?P<href>/indicators/[^"]+/source[^"]*)"[^>]*>(?P<inside>.*?)</a>',
    re.S,
)
NUMBER = re.compile(r'class="tf-f-n">([^<]*)<')
UNIT = re.compile(r'class="tf-u">([^<]*)<')
LINK = re.compile(r'<a\b[^>]*\shref="(/[^"#]*)"')
SCALES = {"亿": 10**8, "万": 10**4}


@dataclass(frozen=True)
class Seen:
    """A figure as it stands on a page."""

    reader: str
    page: str
    href: str
    shown: str
    unit: str

    @property
    def code(self) -> str:
        """The indicator behind it."""
        return urlsplit(self.href).path.split("/")[2]

    @property
    def scale(self) -> int:
        """By what the shown number was divided: 万 and 亿 before the unit, and money in 万元."""
        return next((s for sign, s in SCALES.items() if self.unit.startswith(sign)), 1)


def figures(reader: str, page: str, html: str) -> Iterator[Seen]:
    """Every figure of a page that opens to a source."""
    for found in FIGURE.finditer(html):
        number, unit = NUMBER.search(found["inside"]), UNIT.search(found["inside"])
        if number and number[1].strip():
            yield Seen(reader, page, unescape(found["href"]), number[1], unit[1] if unit else "")


def wander(
    reader: str, client: Client, starts: list[str], most: int = 5, limit: int = 120
) -> Iterator[tuple[str, str]]:
    """(address, page) of what is reached by links from the first pages: at most ``most`` addresses a route."""
    waiting, seen, routes = list(starts), set(starts), {}
    while waiting and limit:
        url = waiting.pop(0)
        try:
            name = resolve(urlsplit(url).path).view_name
        except Resolver404:
            continue
        if routes.get(name, 0) >= most or name in ("account_logout", "import_file"):
            continue
        routes[name] = routes.get(name, 0) + 1
        answer = client.get(url)
        assert answer.status_code < 500, f"{reader}: {url}: {answer.status_code}"
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        limit -= 1
        html = answer.content.decode()
        yield url, html
        for link in map(unescape, LINK.findall(html)):
            if link not in seen and not link.startswith("/static/"):
                seen.add(link)
                waiting.append(link)


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The cells of an xlsx file, by sheet; row and column from nought."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def recounted(shape: Any, rows: list[tuple[float | None, float | None, float | None]]) -> float | None:
    """The value that (above the line, below the line, value) of all rows give, by the shape's own arithmetic."""
    known = [(n, d, v) for n, d, v in rows if n is not None]
    if not known:
        return None
    top = math.fsum(n for n, _d, _v in known)
    if isinstance(shape, (Total, Count)):
        return top
    if isinstance(shape, Ratio):
        bottom = math.fsum(d or 0 for _n, d, _v in known)
        return top / bottom * shape.per if bottom else None
    if isinstance(shape, Spread):
        bottom = math.fsum(d or 0 for _n, d, _v in known)
        mean = top / bottom if bottom else 0
        square = math.fsum(d / bottom * (n / d - mean) ** 2 for n, d, _v in known if d)
        return math.sqrt(square) / mean if mean else None
    if isinstance(shape, (Mean, Share)):
        return top / len(known) * (100 if isinstance(shape, Share) else 1)
    if isinstance(shape, Percentile):
        values = sorted(n for n, _d, _v in known)
        place = (len(values) - 1) * shape.percent / 100
        low = math.floor(place)
        return values[low] + (values[min(low + 1, len(values) - 1)] - values[low]) * (place - low)
    return None


def agrees(seen: Seen, value: float) -> bool:
    """Whether the number on the page is the value, rounded as far as it is shown."""
    text = seen.shown.replace(",", "").replace("−", "-")
    decimals = len(text.partition(".")[2])
    scale = seen.scale
    if house().indicators[seen.code].in_wan and scale == 1 and seen.unit in ("", "万元"):
        scale = 10**4
    return abs(Fraction(text) - Fraction(value) / scale) <= Fraction(501, 1000) / 10**decimals


def asked(href: str) -> dict[str, str]:
    """The words of a source's address."""
    return {name: words[0] for name, words in parse_qs(urlsplit(href).query).items()}
