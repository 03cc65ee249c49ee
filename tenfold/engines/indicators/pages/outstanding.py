"""What stands out: schools far from their peers or from their own last year; and what data are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.declare import Ratio, house
from tenfold.foundation.holdings import queries as holdings
from tenfold.foundation.holdings.statistics import statistics
from tenfold.foundation.ui.figures import Figure
from tenfold.foundation.ui.words import listed
from tenfold.pure.peers import Far, far_from_peers
from tenfold.pure.plane import kilometres, middle

from .. import queries
from ..engine.values import Parts
from ..queries import PUPILS, Standing, Standings, Value
from .asked import Asked, period_title

MORE = ("holdings.class_size", "holdings.pupils_per_teacher")
SHOWN = 12


@dataclass(frozen=True)
class Finding:
    """A school's value that stands out: beside its peers' median, or beside its own of the year before."""

    school: str
    href: str
    title: str
    code: str
    place: str
    now: Figure
    other: Figure
    kind: str
    higher: bool
    distance: float
    group: tuple[str, str]
    peers: int
    why: tuple[tuple[str, Figure, Figure], ...] = ()


def core(stage: str) -> list[str]:
    """The rates by which schools are compared: those of which a standard asks something, class size, teachers."""
    found = [
        i.code
        for i in house().indicators.values()
        if i.standard and isinstance(i.value, Ratio) and i.better in ("higher", "lower") and queries.threshold(i, stage)
        and not i.standard.endswith("/retention")
    ]  # fmt: skip
    return [*found, *(code for code in MORE if code in house().indicators)]


def findings(now: Standings, before: Standings | None, asked: Asked, codes: Sequence[str], year: str) -> list[Finding]:
    """All of them, the farthest first; one a school and indicator."""
    found: dict[tuple[int, str], Finding] = {}
    split = asked.split
    last = {row.id: row for row in before.rows} if before else {}
    for code in codes:
        for row, far in _changed(now, last, code):
            found[(row.id, code)] = _finding(now, asked, code, split, row, far, last[row.id], year)
        for group in now.by_group(code).values():
            rows = {row.id: row for row in now.rows if row.id in group}
            for pk, far in far_from_peers(group, differs=statistics().differs).items():
                if (rows[pk].pupils or 0) >= statistics().fewest and not _few_off(rows[pk], code, far.middle):
                    found.setdefault((pk, code), _finding(now, asked, code, split, rows[pk], far, None, ""))
    return sorted(found.values(), key=lambda f: (-abs(f.distance), f.school))


def _changed(now: Standings, last: dict[int, Standing], code: str) -> list[tuple[Standing, Far]]:
    """Schools whose value has changed by much, and by far more than those of the others."""
    changes, rows = {}, {row.id: row for row in now.rows}
    for row in now.rows:
        value, former = row.values.get(code), last[row.id].values.get(code) if row.id in last else None
        if value is not None and former and (row.pupils or 0) >= statistics().fewest:
            changes[row.id] = (value - former) / abs(former)
    far = far_from_peers(changes)
    return [
        (rows[pk], found)
        for pk, found in far.items()
        if abs(changes[pk]) >= statistics().changed and not _by_chance(rows[pk].parts[code], last[pk].parts[code])
    ]


def _by_chance(now: Parts, then: Parts) -> bool:
    """Whether a rate changed by no more than one or two of what it counts."""
    few = abs((now.n or 0) - (then.n or 0)) < statistics().least_change
    return few and abs((now.d or 0) - (then.d or 0)) < statistics().least_denominator * (then.d or 1)


def _few_off(row: Standing, code: str, middle: float) -> bool:
    """Whether so many fewer (more) would make it like its peers that it may be chance."""
    shape, part = house().indicators[code].value, row.parts[code]
    if not isinstance(shape, Ratio) or part.n is None or part.d is None:
        return False
    return abs(part.n - middle * part.d / shape.per) < statistics().least_off


def _finding(
    now: Standings, asked: Asked, code: str, split: str, row: Standing, far: Far, former: Standing | None, year: str
) -> Finding:
    school, name = now.names[row.id]
    indicator = house().indicators[code]
    value, middle = row.values[code] or 0.0, far.middle
    if former is not None:
        middle = former.values[code] or 0.0
    told = value_split(code, split)
    period = year if former is not None else asked.period
    other = figure_of(code, middle, period, told, school if former is not None else "")
    return Finding(
        school=name,
        href=f"/schools/{school}/?period={asked.period}",
        title=str(indicator.short or indicator.title),
        code=code,
        place=school,
        now=figure_of(code, value, asked.period, told, school),
        other=other,
        kind="year" if former is not None else "peers",
        higher=value > middle,
        distance=far.distance,
        group=queries.group_words(row.group),
        peers=far.count,
        why=_why(code, row, former) if former is not None else (),
    )


def value_split(code: str, split: str) -> str:
    """The split at which an indicator is told: as asked, else undivided."""
    return split if "stage" in house().indicators[code].splits else ""


def figure_of(code: str, number: float | None, period: str, split: str, school: str = "") -> Figure:
    """A school's value of an indicator, or a number in its unit that belongs to no single place."""
    indicator = house().indicators[code]
    wan = indicator.in_wan
    shown = number / 10_000 if wan and number is not None else number
    return Figure(
        shown,
        _("10,000 yuan") if wan else str(indicator.unit),
        1 if wan else indicator.decimals,
        indicator=code if school else "",
        place=school,
        period=period,
        split=split if school else "",
    )


def _why(code: str, row: Standing, former: Standing) -> tuple[tuple[str, Figure, Figure], ...]:
    """What stands above and below the line, where it changed: (word, before, now)."""
    shape = house().indicators[code].value
    if not isinstance(shape, Ratio):
        return ()
    now, then = row.parts[code], former.parts[code]
    found = []
    for word, before, after in ((shape.top, then.n, now.n), (shape.bottom, then.d, now.d)):
        if before is not None and after is not None and before != after:
            whole = 0 if float(before).is_integer() and float(after).is_integer() else 1
            told = queries.worded(word) if word.op == "column" else _("above the line")
            found.append((told, Figure(before, decimals=whole), Figure(after, decimals=whole)))
    return tuple(found)


@dataclass(frozen=True)
class Gap:
    """Something that is missing: what, how many, whose, and the smallest step that fills it."""

    what: str
    count: Figure
    names: str
    step: str
    href: str
    schools: tuple[str, ...] = ()


def gaps(asked: Asked, now: Standings, values: dict[str, Value], may_import: bool) -> list[Gap]:
    """Returns that are not in, columns that schools left empty, schools without coordinates or far from all others."""
    found = []
    year = period_title(asked.period)
    missing = holdings.without_return(asked.place, asked.period)
    if missing:
        step = _("import their annual return, some 3 minutes a sheet") if may_import else _("ask them for the return")
        what = _("Annual return of %(year)s not in") % {"year": year}
        found.append(_gap(what, [name for _code, name in missing], step, "/imports/" if may_import else ""))
    for code, value in values.items():
        silent = [now.names[pk][1] for pk in now.silent(code)]
        if not silent:
            continue
        indicator = house().indicators[code]
        what = _("%(title)s cannot be counted") % {"title": indicator.short or indicator.title}
        step = _("fill in: %(columns)s") % {"columns": _columns(code)}
        found.append(_gap(what, silent, step, f"/indicators/{code}/?{asked.at(split=value.split).query[1:]}"))
    lost = [name for pk, (_code, name) in now.names.items() if pk not in now.where]
    if lost:
        step = _("add longitude and latitude to the list of schools")
        found.append(_gap(_("No coordinates"), lost, step, "/imports/" if may_import else ""))
    if astray := _astray(now):
        step = _("check longitude and latitude in the list of schools")
        found.append(_gap(_("Coordinates far from all other schools"), astray, step, "/imports/" if may_import else ""))
    return found


def _astray(now: Standings) -> list[str]:
    """Schools whose coordinates lie far from the middle of all."""
    centre = middle(now.where.values())
    far = statistics().far
    return [now.names[pk][1] for pk, at in now.where.items() if centre and kilometres(at, centre) > far]


def _gap(what: str, names: Sequence[str], step: str, href: str) -> Gap:
    told = listed(names[:3])
    if len(names) > 3:
        told = _("%(names)s and others") % {"names": told}
    return Gap(what, Figure(len(names), _("schools"), 0), told, step, href, tuple(names))


def _columns(code: str) -> str:
    """The columns that an indicator is counted from, in words."""
    shape: Any = house().indicators[code].value
    parts = [shape.top, shape.bottom] if isinstance(shape, Ratio) else [shape.of]
    return listed(dict.fromkeys(queries.worded(part) for part in parts))


def totals(asked: Asked, codes: Sequence[str]) -> dict[str, Value]:
    """The plain counts that open the page, of those that the house counts."""
    known = [code for code in codes if code in house().indicators]
    return queries.values_of(known, asked.place, asked.period) if asked.period else {}


COUNTS = ("holdings.schools", PUPILS, "holdings.teachers", "holdings.classes")
