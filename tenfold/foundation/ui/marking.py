"""Digits that are no figures of their own: days and periods as times, codes as codes, counts inside a text.

A digit on a page stands in a figure, a time, a form control or a marked code; ``tests/house`` holds every page to it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString

from . import words

_DIGIT = re.compile(r"[0-9]")
_YEAR = r"(?<![0-9.,])(?P<year>(?:1[6-9]|2[0-9])[0-9]{2})"
_DAY = r"(?<![0-9])(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
_TIMES = (
    rf"{_YEAR}(?:-[0-9]{{2}}-[0-9]{{2}}(?![0-9])|年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?|年第[0-9]{{1,2}}(?:季度|周)|学年|年)"
    rf"|{_DAY}"
)
_TIME = re.compile(rf"{_TIMES}|^(?P<whole>[0-9]{{4}}(?:-[0-9]{{2}})?)$")
_DOCUMENT = r"(?P<document>〔[0-9]{4}〕[0-9]+号)"
_NUMBER = re.compile(rf"{_DOCUMENT}|{_TIMES}|(?<![0-9#])[-−+]?(?P<number>[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?)")
_TAG = re.compile(r"(<[^>]*>)")


def day(value: Any, with_year: bool | str = True) -> str:
    """A day as the page says it, marked as a time."""
    return _time(value, words.day(value, with_year))


def day_and_time(value: Any) -> str:
    """A day and its time as the page says them, marked as a time."""
    return _time(value, words.day_and_time(value))


def timed(text: Any) -> SafeString:
    """A text with its years and days marked as times: the title of a period, a day inside a note."""
    return _marked(_TIME, text)


def coded(text: Any) -> str:
    """A text whose digits count nothing: a code, a place in a list or a sheet, a document, a file, what a cell says."""
    return format_html('<code class="tf-code">{}</code>', text) if _DIGIT.search(str(text)) else escape(text)


def numbered(text: Any) -> SafeString:
    """A text that holds numbers, each a figure that does not open; years and days are times, documents codes."""
    return _marked(_NUMBER, text)


def _time(value: Any, told: str) -> str:
    if not isinstance(value, date):
        return told
    exact = value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', exact, told)


def _markup(hit: re.Match[str]) -> str:
    found = hit.groupdict()
    if found.get("number"):
        return format_html('<span class="tf-n tf-f-count"><span class="tf-f-n">{}</span></span>', hit[0])
    if found.get("document"):
        return format_html('<code class="tf-code">{}</code>', hit[0])
    if found["month"]:
        return format_html('<time datetime="{:0>2}-{:0>2}">{}</time>', found["month"], found["day"], hit[0])
    return format_html('<time datetime="{}">{}</time>', found["year"] or found["whole"][:4], hit[0])


def _marked(pattern: re.Pattern[str], text: Any) -> SafeString:
    """A text, escaped, with what the pattern finds in it marked up; of a text with markup, what is between the tags."""
    if text is None:
        return SafeString("")
    told: list[str] = []
    for piece in _TAG.split(str(conditional_escape(text))):
        at = 0
        for hit in () if piece.startswith("<") else pattern.finditer(piece):
            told += [piece[at : hit.start()], _markup(hit)]
            at = hit.end()
        told.append(piece[at:])
    return SafeString("".join(told))
