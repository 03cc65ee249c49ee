"""完成时限 as offices write it: a day, without end (长期), recurring (每季度末), a span — or not understood, and why.

What is certain is read; what is only likely is a suggestion for a person to take.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tenfold.foundation.exchange.numbers import tidy

from .numerals import number_of


@dataclass(frozen=True)
class Term:
    """What a text says of a term. ``kind``: day, open, recurring, none (empty), unknown.

    ``due``: by when; ``begins``: the first day of what it names, ``span`` where that is a beginning of its own;
    ``said``: the words before a day in brackets (秋季开学前（2024年8月31日前）);
    ``doubt``: why a person should look, '' where certain; ``suggested``: the day that is probably meant.
    """

    kind: str
    due: date | None = None
    begins: date | None = None
    doubt: str = ""
    suggested: date | None = None
    span: bool = False
    said: str = ""

    def begins_apart(self) -> date | None:
        """From when, where the text names a beginning of its own."""
        return self.begins if self.span else None


_END = r"(?:底|末)?(?:之?前|以前|内|止|完成|左右)*"
_PART = {"上旬": 10, "中旬": 20, "上半月": 15, "月初": 10, "月中": 20}
_HALVES = {"上半年": (1, 6), "下半年": (7, 12)}
_OPEN = re.compile(r"长期|常态|持续|经常|不间断|贯穿|始终|一以贯之|日常")
_EVERY = re.compile(
    r"每(?:个?(?:季度?|月|周|学期|学年|年|半年|天|日)|半年)|按(?:季|月|周|学期)度?|(?:月|季|周|半年)报|逐[月季]|适时"
)
_AT_ONCE = re.compile(r"立行立改|即知即改|立即|马上|即时|随时|即刻")
_BOTH = re.compile(r"(.+?)[（(](20\d{2}年\d{1,2}月\d{1,2}日前)[)）]$", re.DOTALL)
_SPAN = re.compile(r"(?<=[\d年月日号季度])\s*(?:-|至|到|~|—)+\s*(?=[\d次明第一二三四上下])")


def term(text: str, year: int) -> Term:
    """What a text says; ``year`` is meant where none is named."""
    plain = _plain(text)
    if not plain or plain in ("-", "/", "无"):
        return Term("none")
    if (match := _BOTH.match(text.strip())) and (day := _dated(_plain(match[2]), year)) and day.due:
        return Term("day", day.due, said=match[1].strip())
    if found := _dated(plain, year):
        return found
    if _AT_ONCE.search(plain):
        return Term("unknown", doubt=_("names no day"))
    if _EVERY.search(plain):
        return Term("recurring")
    if _OPEN.search(plain):
        return Term("open")
    return Term("unknown", doubt=_("is not understood as a term"))


def _plain(text: str) -> str:
    """Half-width, without blanks, numerals as figures."""
    plain = re.sub(r"\s+", "", tidy(text)).strip("。.;,、")
    plain = re.sub(r"[〇○零一二三四五六七八九]{4}(?=年)", lambda m: str(number_of(m[0])), plain)
    return re.sub(r"[一二三四五六七八九十]{1,3}(?=[月日号])", lambda m: str(number_of(m[0]) or m[0]), plain)


def _dated(plain: str, year: int) -> Term | None:
    """A day, or a span of two; None where the text is built otherwise."""
    ends = _SPAN.split(plain)
    if len(ends) == 2:
        return _span(ends[0], ends[1], year)
    found = _point(plain, year)
    if found is not None:
        return found
    parts = [part for part in re.split(r"[,;、。/(]", plain) if part]
    if len(parts) > 1:
        told = [each for each in (_point(_trimmed(part), year) for part in parts) if each and each.due]
        last = max((each.due for each in told if each.due), default=None)
        rest = [part for part in parts if not _point(_trimmed(part), year)]
        if len(told) == 1 and all(_OPEN.search(part) or _EVERY.search(part) for part in rest):
            return Term("day", last)
        if told:
            return Term("unknown", doubt=_("names several steps; say by when all of it is done"), suggested=last)
    begun = _trimmed(plain)
    near = _point(begun, year)
    if near and near.due:
        if _OPEN.search(plain[len(begun) :]):
            return Term("day", near.due) if re.search(r"[月季]", begun) else Term("open")
        return Term("unknown", doubt=_("says more than a day"), suggested=near.due)
    return near


def _trimmed(part: str) -> str:
    """A text up to the end of the first day that it names."""
    found = re.match(r".*?(?:\d日|\d号|月底|月末|年底|年末|月|季度|半年|年)" + _END, part)
    return found[0] if found else part


def _span(first: str, last: str, year: int) -> Term | None:
    until = _point(last, year, before=first)
    unit = "" if re.search(r"[年月日季.\-/]", first) else "年" if re.fullmatch(r"20\d{2}", first) else "月"
    since = _point(first + unit, _year_in(first + unit) or year)
    if until is None or since is None or until.due is None or since.due is None:
        return None
    begins = since.begins or since.due
    if begins > until.due:
        later = date(until.due.year + 1, until.due.month, min(until.due.day, 28)) if not _year_in(last) else None
        return Term("unknown", doubt=_("ends before it begins"), suggested=later)
    return Term("day", until.due, begins, span=True)


def _point(text: str, year: int, before: str = "") -> Term | None:
    """One day, month, quarter, half-year or year with what follows it; its first day as ``begins``."""
    named = _year_in(text) or _year_in(before) or year
    named += 1 if re.match(r"明年|次年|来年", text) else 0
    rest = re.sub(r"^(?:20\d{2}(?:年度?|(?=[上下第全]))|今年|本年度?|当年|明年|次年|来年)", "", text)
    if match := re.fullmatch(rf"(?:20\d{{2}})[-./](\d{{1,2}})(?:[-./](\d{{1,2}}))?日?{_END}", rest):
        return _day(named, int(match[1]), int(match[2]) if match[2] else None)
    if match := re.fullmatch(rf"(20\d{{2}})(\d{{2}})(\d{{2}}){_END}", rest):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(rf"(\d{{1,2}})[月.](\d{{1,2}})[日号]?{_END}", rest):
        return _day(named, int(match[1]), int(match[2]))
    if match := re.fullmatch(rf"(\d{{1,2}})(月份?初|月份?中(?!旬)|月份?[上中下]旬|月份?){_END}", rest):
        return _month(named, int(match[1]), match[2].replace("份", ""))
    if match := re.fullmatch(rf"(?:第?([一二三四1-4])季度?|Q([1-4])){_END}", rest, re.IGNORECASE):
        quarter = number_of(match[1] or match[2]) or 1
        return _months(named, quarter * 3 - 2, quarter * 3)
    if match := re.fullmatch(rf"(上半年|下半年){_END}", rest):
        return _months(named, *_HALVES[match[1]])
    if (rest != text or text.startswith(("年", "全年"))) and re.fullmatch(rf"(?:年度?|全年)?{_END}", rest):
        return _months(named, 1, 12)
    return None


def _year_in(text: str) -> int:
    found = re.match(r"(20\d{2})(?=[年\-./上下第全]|$)", text)
    return int(found[1]) if found else 0


def _day(year: int, month: int, day: int | None) -> Term:
    if not 1 <= month <= 12:
        return Term("unknown", doubt=_("is no day of the calendar"))
    last = monthrange(year, month)[1]
    if day is None:
        return Term("day", date(year, month, last), date(year, month, 1))
    if not 1 <= day <= last:
        near = date(year, month, last) if last < day <= 31 else None
        return Term("unknown", doubt=_("is no day of the calendar"), suggested=near)
    return Term("day", date(year, month, day))


def _month(year: int, month: int, part: str) -> Term:
    found = _day(year, month, None)
    if found.due is None:
        return found
    for word, day in _PART.items():
        if part.endswith(word.removeprefix("月") if word.startswith("月") else word):
            return Term("day", found.due.replace(day=day), found.begins)
    return found


def _months(year: int, first: int, last: int) -> Term:
    return Term("day", date(year, last, monthrange(year, last)[1]), date(year, first, 1))
