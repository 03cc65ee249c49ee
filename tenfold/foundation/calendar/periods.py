"""Periods: a year 2023, a school year 2023-24, a half year 2023H2, a quarter 2023Q4, a month 2023-11, a week
2023W47.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

KINDS = ("school_year", "year", "half_year", "quarter", "month", "week")
SCHOOL_YEAR_BEGINS = (9, 1)
"""1 September: the day of the annual return (教育事业统计) and the first of a school year."""

_PATTERNS = {
    "year": re.compile(r"(\d{4})", re.ASCII),
    "school_year": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "month": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "half_year": re.compile(r"(\d{4})H([12])", re.ASCII),
    "quarter": re.compile(r"(\d{4})Q([1-4])", re.ASCII),
    "week": re.compile(r"(\d{4})W(\d{2})", re.ASCII),
}


class BadPeriod(ValueError):
    """A period that cannot be read; its text says how to write one."""


@dataclass(frozen=True, order=True)
class Period:
    """A span of days. ``number`` counts within the year (0 for years and school years)."""

    year: int
    number: int
    kind: str

    @classmethod
    def parse(cls, text: str, kind: str = "") -> Period:
        """Read a period; raises :class:`BadPeriod`.

        ``2011-12`` is both a school year and a month: without ``kind`` it is the school year,
        since two consecutive years cannot be meant otherwise by a return; a month needs ``kind``.
        """
        text = text.strip()
        for name in (_known(kind),) if kind else KINDS:
            match = _PATTERNS[name].fullmatch(text)
            period = _made(name, *(int(part) for part in match.groups())) if match else None
            if period is not None:
                return period
        raise BadPeriod(
            _("“%(text)s” is not a period. Write a school year as 2023-24, a month as 2023-11.") % {"text": text[:20]}
        )

    @classmethod
    def of(cls, day: date, kind: str) -> Period:
        """The period of a kind in which a day lies."""
        kind = _known(kind)
        if kind == "school_year":
            return cls(
                day.year if (day.month, day.day) >= SCHOOL_YEAR_BEGINS else day.year - 1,
                0,
                kind,
            )
        if kind == "week":
            year, week, _weekday = day.isocalendar()
            return cls(year, week, kind)
        number = {
            "year": 0, "half_year": (day.month + 5) // 6, "quarter": (day.month + 2) // 3, "month": day.month
        }[kind]  # fmt: skip
        return cls(day.year, number, kind)

    @property
    def code(self) -> str:
        """As it is written and stored."""
        return {
            "year": f"{self.year}",
            "school_year": f"{self.year}-{(self.year + 1) % 100:02}",
            "half_year": f"{self.year}H{self.number}",
            "quarter": f"{self.year}Q{self.number}",
            "month": f"{self.year}-{self.number:02}",
            "week": f"{self.year}W{self.number:02}",
        }[self.kind]

    @property
    def start(self) -> date:
        """Its first day."""
        if self.kind == "week":
            return date.fromisocalendar(self.year, self.number, 1)
        if self.kind == "school_year":
            return date(self.year, *SCHOOL_YEAR_BEGINS)
        month = {
            "year": 1, "half_year": self.number * 6 - 5, "quarter": self.number * 3 - 2, "month": self.number
        }[self.kind]  # fmt: skip
        return date(self.year, month, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.next().start - timedelta(days=1)

    @property
    def census_day(self) -> date:
        """The day whose state an annual return tells: the first of the period, 1 September of a school year."""
        return self.start

    def next(self, steps: int = 1) -> Period:
        """The period that many steps later (earlier when negative)."""
        if self.kind == "week":
            return Period.of(self.start + timedelta(weeks=steps), "week")
        size = {"half_year": 2, "quarter": 4, "month": 12}.get(self.kind)
        if size is None:
            return Period(self.year + steps, 0, self.kind)
        count = self.year * size + self.number - 1 + steps
        return Period(count // size, count % size + 1, self.kind)

    def previous(self, steps: int = 1) -> Period:
        """The period that many steps earlier."""
        return self.next(-steps)

    def __contains__(self, other: date | Period) -> bool:
        """Whether a day, or the whole of another period, lies within it."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    @property
    def title(self) -> str:
        """In the reader's words: 2023学年, 2023年11月."""
        words = {
            "year": self.year,
            "number": self.number,
            "next": (self.year + 1) % 100,
        }
        return {
            "year": _("%(year)d"),
            "school_year": _("School year %(year)d-%(next)02d"),
            "half_year": _("Second half of %(year)d") if self.number == 2 else _("First half of %(year)d"),
            "quarter": _("Quarter %(number)d of %(year)d"),
            "month": _("%(year)d-%(number)02d"),
            "week": _("Week %(number)d of %(year)d"),
        }[self.kind] % words

    def __str__(self) -> str:
        return self.code


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise BadPeriod(_("“%(kind)s” is no kind of period.") % {"kind": kind})
    return kind


def _made(kind: str, year: int, number: int = 0) -> Period | None:
    """A period of a kind from its numbers, or None where they do not fit."""
    if not 1900 <= year <= 2200:
        return None
    if kind == "school_year":
        return Period(year, 0, kind) if number == (year + 1) % 100 else None
    if kind == "month" and not 1 <= number <= 12:
        return None
    if kind == "week" and not 1 <= number <= date(year, 12, 28).isocalendar().week:
        return None
    return Period(year, number, kind)
