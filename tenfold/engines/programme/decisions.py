"""会议决定 as they are typed or pasted, a line each: who is to do it, by when, what it is, and what is doubtful.

基础教育科牵头，10月31日前制定若干措施，各县市区教育局配合。 Units that stand at the beginning, or beside a word of
their part, are taken for those who owe it; others that are named are told, and not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import working_days_after
from tenfold.foundation.organisations.models import Kind

from .parties import Directory, normal
from .tables.terms import term

LONGEST = 500
MOST = 60
_NUMBER = re.compile(
    r"^\s*(?:[（(]?\d{1,2}[）)．.、](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|[一二三四五六七八九]是|[-—•·●▪*])\s*"
)
_LEAD = "牵头|主责|主办"
_SUPPORT = "配合|协助|协办|参与"
_RESPONSIBLE = "负责|承办|落实|组织实施"
_AFTER = re.compile(rf"^(?:等?(?:共同|分别|按职责)?)({_LEAD}|{_SUPPORT}|{_RESPONSIBLE})")
_BEFORE = re.compile(r"(牵头|主责|责任|配合|协办|承办)(?:单位|科室|部门)?[:：]$")
_START = re.compile(
    r"^(?:会议(?:决定|要求|议定|明确)[，,:：]?)?(?:每[月周年]|每季度|每学期)?(?:由|请|责成|要求|督促)?$"
)
_JOIN = re.compile(r"^[、和与及，,]|^以及")
_DAY = re.compile(
    r"(?:20\d{2}年?|今年|明年|本年)?(?:\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|底|末)?|"
    r"第?[一二三四1-4]季度|上半年|下半年|年底|年末)(?:之?前|以前|内|底|末)?|20\d{2}[-./]\d{1,2}[-./]\d{1,2}"
)
_NEAR = re.compile(
    r"(?P<week>本|这|下|(?<![每一二两三]))(?:个?周|星期)(?P<weekday>[一二三四五六日天])(?=前|之前|以前|内|下班|$|[，,。])|"
    r"(?P<month>本|下)月(?:底|末|(?P<day>\d{1,2})[日号])?|"
    r"(?P<number>[一二两三四五六七八九十]|\d{1,3})(?P<unit>天|日|个?工作日|周|个月)(?:之?内|以内|后)|"
    r"(?P<word>今天|当天|明天|后天|本周|下周)(?=前|之前|以前|内|完成)"
)
_OPEN = re.compile(r"长期|持续|常态化|始终|每(?:个?(?:月|周|季度?|学期|学年|年|天|日))")
_TITLE = re.compile(r"《[^》]{2,60}》")
NUMERALS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True)
class Decision:
    """One decision. ``lead``, ``responsible``, ``supporting``: units as they are written; ``due`` None with
    ``due_text`` (长期). ``what`` counts as done. ``doubts``: why a person should look; ``also``: units that are named
    and not taken.
    """

    text: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    due: date | None = None
    due_text: str = ""
    what: str = ""
    doubts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """All who owe it."""
        return (*self.lead, *self.responsible, *self.supporting)


def read(text: str, on: date, names: Names) -> list[Decision]:
    """The decisions of a text, a line each; ``on``: the day of the meeting, from which near days are counted."""
    lines = [re.sub(r"[ \u3000]+", " ", line).strip() for line in text.replace("\r", "").split("\n")]
    found = (decision(line, on, names) for line in lines if re.search(r"\w", line))
    return [each for each in found if re.search(r"\w", each.text)][:MOST]


def decision(line: str, on: date, names: Names) -> Decision:
    """One line understood."""
    if "\t" in line:
        return checked(_cells(line, on, names), on)
    plain = _NUMBER.sub("", line).strip()
    (lead, responsible, supporting), also = _parties(plain, names)
    due, due_text, doubt = _due(plain, on)
    title = _TITLE.search(plain)
    what, doubts = title[0] if title else "", (doubt,) if doubt else ()
    return checked(Decision(plain, lead, responsible, supporting, due, due_text, what, doubts, also), on)


def checked(found: Decision, on: date) -> Decision:
    """With what a person should look at, beside what stands there already."""
    doubts = list(found.doubts)
    if not found.lead and not found.responsible:
        said = _("no unit is named that is to do it")
        doubts.append(f"{said}（{'、'.join(found.also)}）" if found.also else said)
    if found.due is None and not found.due_text and not found.doubts:
        doubts.append(_("no day is named"))
    if found.due and found.due < on:
        doubts.append(_("the day lies before the meeting"))
    if len(found.text) > LONGEST:
        doubts.append(_("longer than %(number)s characters") % {"number": LONGEST})
    return replace(found, doubts=tuple(dict.fromkeys(doubts)))


class Names:
    """The names by which units are called in running text, the longest first."""

    def __init__(self, directory: Directory) -> None:
        self.meant: dict[str, str] = {word: word for group in directory.groups for word in group.words}
        place = normal(directory.place.name)
        for each in directory.all:
            plain = normal(each.name)
            called = {plain}
            if each.kind == Kind.COUNTY:
                bare = next((plain.removesuffix(word) for word in directory.strip if plain.endswith(word)), plain)
                short = re.sub(r"(?<=..)[县市区]$", "", bare)
                called |= {bare, *(f"{name}{word}" for word in directory.strip for name in (bare, short))}
            elif each.kind == Kind.OFFICE:
                called.add(plain.removeprefix(place))
            self.meant |= dict.fromkeys((word for word in called if len(word) > 1), plain)
        self.pattern = re.compile("|".join(re.escape(word) for word in sorted(self.meant, key=len, reverse=True)))

    def named(self, text: str) -> list[str]:
        """The units of a text, by the names that they bear."""
        return [self.meant[match[0]] for match in self.pattern.finditer(normal(text))]


def _parties(plain: str, names: Names) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """(lead, responsible, supporting) and what is named beside."""
    parts: dict[str, list[str]] = {"lead": [], "responsible": [], "supporting": []}
    also: list[str] = []
    said = normal(plain)
    for run, start, end in _runs(said, names):
        part = _part(said[:start], said[end:])
        (parts[part] if part else also).extend(run)
    if not parts["lead"] and not parts["responsible"] and parts["supporting"] and not also:
        parts["responsible"], parts["supporting"] = parts["supporting"], []
    told = [tuple(dict.fromkeys(parts[key])) for key in ("lead", "responsible", "supporting")]
    return told, tuple(dict.fromkeys(also))


def _runs(said: str, names: Names) -> Iterable[tuple[list[str], int, int]]:
    """Names that stand one beside the other, with where they begin and end."""
    run: list[str] = []
    start = end = 0
    for match in names.pattern.finditer(said):
        between = said[end : match.start()]
        if run and not _JOIN.sub("", between):
            run.append(names.meant[match[0]])
        else:
            if run:
                yield run, start, end
            run, start = [names.meant[match[0]]], match.start()
        end = match.end()
    if run:
        yield run, start, end


def _part(before: str, after: str) -> str:
    """What a run of names is to the task; '' where it is only spoken of."""
    match = _AFTER.match(after) or _BEFORE.search(before)
    if match is None:
        return "responsible" if _START.match(_DAY.sub("", before).strip("，,于在")) else ""
    if re.fullmatch(_LEAD, match[1]):
        return "lead"
    return "supporting" if re.fullmatch(_SUPPORT, match[1]) else "responsible"


def _due(plain: str, on: date) -> tuple[date | None, str, str]:
    """(day, words for none, doubt): by when, counted from the meeting where it is said so."""
    found = []
    for match in _DAY.finditer(plain):
        told = term(match[0], on.year)
        if told.due:
            found.append(told.due)
        elif told.doubt:
            return told.suggested, "", f"“{match[0]}”{told.doubt}"
    found += [each for match in _NEAR.finditer(_DAY.sub("", plain)) if (each := _near(match, on))]
    if len(set(found)) > 1:
        return max(found), "", _("several days are named; the last one is taken")
    if found:
        return found[0], "", ""
    match_open = _OPEN.search(plain)
    return None, match_open[0] if match_open else "", ""


def _near(match: re.Match[str], on: date) -> date | None:
    """A day told from the meeting: 本周五, 下月底, 三天内."""
    said = match.groupdict()
    if said["weekday"]:
        monday = on - timedelta(days=on.weekday()) + timedelta(days=7 if said["week"] == "下" else 0)
        return monday + timedelta(days="一二三四五六日".index(said["weekday"].replace("天", "日")))
    if said["month"]:
        first = _month(on, 1 if said["month"] == "下" else 0)
        return first.replace(day=min(int(said["day"]), _last(first).day)) if said["day"] else _last(first)
    if said["number"]:
        return _later(on, said["number"], said["unit"])
    days = {"今天": 0, "当天": 0, "明天": 1, "后天": 2, "本周": 6 - on.weekday(), "下周": 13 - on.weekday()}
    return on + timedelta(days=days[said["word"]])


def _later(on: date, number: str, unit: str) -> date | None:
    count = int(number) if number.isdigit() else NUMERALS[number]
    if not count:
        return None
    if "月" in unit:
        first = _month(on, count)
        return first.replace(day=min(on.day, _last(first).day))
    if "工作日" in unit:
        return working_days_after(on, count)
    return on + timedelta(days=count * (7 if unit == "周" else 1))


def _month(on: date, later: int) -> date:
    months = on.year * 12 + on.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def _last(first: date) -> date:
    return _month(first, 1) - timedelta(days=1)


def _cells(line: str, on: date, names: Names) -> Decision:
    """A row pasted from a table: the longest cell is the task, others are told by what they hold."""
    cells = [cell.strip() for cell in line.split("\t") if re.search(r"\w", cell)]
    text = max(cells, key=len)
    told = decision(text, on, names)
    parts: list[tuple[str, ...]] = []
    due, due_text = told.due, told.due_text
    for cell in (cell for cell in cells if cell != text):
        rest = re.sub(r"[、，,和与及；;/]", "", names.pattern.sub("", normal(cell)))
        read_ = term(cell, on.year)
        if not rest and names.named(cell):
            parts.append(tuple(dict.fromkeys(names.named(cell))))
        elif read_.due or read_.kind in ("open", "recurring"):
            due, due_text = read_.due, "" if read_.due else cell
    if not parts:
        return replace(told, due=due, due_text=due_text, doubts=())
    responsible, supporting = [*parts, ()][:2]
    return Decision(told.text, (), responsible, supporting, due, due_text, told.what)
