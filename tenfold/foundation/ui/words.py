"""Words and dates as the pages say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _


def state_word(state: str) -> str:
    """The word of a state's key (on_track, attention, late, done, unknown)."""
    return {
        "on_track": _("On track"),
        "attention": _("Needs attention"),
        "late": _("Overdue"),
        "done": _("Concluded"),
        "unknown": _("To be filled"),
    }[state]


def mark_word(state: str) -> str:
    """The word of a state that marks a value: it is held against a standard, and nothing is overdue."""
    below = pgettext("of a value", "Below what is asked")
    return below if state in ("attention", "late") else state_word(state)


def chinese() -> bool:
    """Whether the page is in Chinese."""
    return (get_language() or "zh").startswith("zh")


def listed(words: Iterable[str]) -> str:
    """Several words in a row: 甲、乙、丙."""
    return ("、" if chinese() else ", ").join(words)


def day(value: Any, with_year: bool | str = True) -> str:
    """A day as 2023年10月16日, or 10月16日 without its year; English as 16 Oct 2023."""
    if not isinstance(value, date):
        return "" if value is None else str(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if chinese():
        return f"{value.year}年{value.month}月{value.day}日" if with_year else f"{value.month}月{value.day}日"
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{value.day} {months[value.month - 1]}" + (f" {value.year}" if with_year else "")


def day_and_time(value: Any) -> str:
    """A day, and its time where it has one: 2023年10月16日8:00."""
    if not isinstance(value, datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    gap = "" if chinese() else " "
    return f"{day(local)}{gap}{local.hour}:{local.minute:02d}"
