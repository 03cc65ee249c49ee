"""The programme, and where it stands at a place: what today's records count, thread by thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.engines.indicators import queries as indicators
from tenfold.foundation.calendar import Period
from tenfold.foundation.declare import Indicator, Room, house
from tenfold.foundation.holdings.words import STAGES
from tenfold.foundation.organisations.models import Kind, Organisation, under
from tenfold.foundation.ui.figures import Figure

from ..reading import ProgrammeFault
from ..tables.numerals import spelled
from ..words import Action, BesideWork, Counted, Programme, Thread, Work, chosen
from . import rail
from .standing import programme

__all__ = ["Below", "Line", "Overview", "ProgrammeFault", "RoomPage", "Row", "overview", "programme", "room"]


@dataclass(frozen=True)
class Line:
    """An indicator at a place: its title, the stage it is told for, its figure, its course."""

    code: str
    title: str
    stage: str
    figure: Figure
    course: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Row:
    """A thread, or work beside the ten, with the lines that count it (none where nothing does)."""

    work: Work
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ActionRow:
    """An action on the overview: its room, the line that stands for it, and what that line counts."""

    action: Action
    numeral: str
    url: str
    line: Line | None
    counts: Thread | None


@dataclass(frozen=True)
class Below:
    """The places just below, in the order of the tree, by what stands for each action: a distribution, no ranking.

    ``columns``: (menu word, the indicator's title, stage); ``rows``: (name, code, a menu word
    and a figure a column); the place itself last. No columns where nothing is held or nothing lies below.
    """

    columns: tuple[tuple[str, str, str], ...] = ()
    rows: tuple[tuple[str, str, tuple[tuple[str, Figure], ...]], ...] = ()


@dataclass(frozen=True)
class Overview:
    """行动总览 of a place."""

    programme: Programme
    rows: tuple[ActionRow, ...]
    beside: tuple[Row, ...]
    below: Below
    threads: Figure
    countable: Figure
    period: str

    @property
    def year(self) -> str:
        """The period in words."""
        return Period.parse(self.period).title if self.period else ""


@dataclass(frozen=True)
class RoomPage:
    """A room at a place: its threads, its work beside the ten, and what else its records count."""

    room: Room
    action: Action | None
    rows: tuple[Row, ...]
    beside: tuple[Row, ...]
    others: tuple[tuple[Line, ...], ...]
    threads: Figure
    countable: Figure
    period: str

    @property
    def title(self) -> str:
        """The official title, to the character."""
        return self.action.title if self.action else str(self.room.title)

    @property
    def year(self) -> str:
        """The period in words."""
        return Period.parse(self.period).title if self.period else ""


def overview(place: Organisation) -> Overview:
    """The ten actions at a place, by the latest period that holds facts."""
    found, period = programme(), indicators.latest_period()
    wanted = [action.first for action in found.actions if action.first]
    wanted += [counted for work in found.beside for counted in work.indicators]
    lines = _lines(wanted, place, period)
    return Overview(
        programme=found,
        rows=tuple(_action_row(action, lines) for action in found.actions),
        beside=tuple(_row(work, lines) for work in found.beside),
        below=_below(found, place, period),
        threads=_threads(len(found.threads)),
        countable=_threads(found.countable),
        period=period,
    )


def room(code: str, place: Organisation) -> RoomPage:
    """A room at a place; raises KeyError where no package declares it."""
    declared = house().rooms[code]
    found, period = programme(), indicators.latest_period()
    action = found.action_of(code)
    works: list[Thread | BesideWork] = [*(action.threads if action else ()), *found.beside_of(code)]
    named = [counted for work in works for counted in work.indicators]
    others = [c for i in house().indicators_of(code) for c in _others(i, named)]
    lines = _lines([*named, *others], place, period, courses=True)
    rows = {work.number: _row(work, lines) for work in works}
    threads = action.threads if action else ()
    return RoomPage(
        room=declared,
        action=action,
        rows=tuple(rows[thread.number] for thread in threads),
        beside=tuple(rows[work.number] for work in found.beside_of(code)),
        others=_grouped(lines[counted] for counted in others if lines[counted].figure.value is not None),
        threads=_threads(len(threads)),
        countable=_threads(sum(thread.countable for thread in threads)),
        period=period,
    )


ADMINISTRATIVE = (Kind.CITY, Kind.COUNTY, Kind.TOWNSHIP)


def _below(found: Programme, place: Organisation, period: str) -> Below:
    firsts = [(action, action.first) for action in found.actions if action.first]
    if not period or not firsts:
        return Below()
    places = list(
        Organisation.objects.filter(
            under(place.path), depth=place.depth + 1, kind__in=ADMINISTRATIVE, closed_on=None
        ).order_by("path")[:60]
    )
    if not places:
        return Below()
    rows = []
    for each in (*places, place):
        lines = _lines([first for _action, first in firsts], each, period)
        told = tuple((action.menu_title, lines[first].figure) for action, first in firsts)
        rows.append((each.name, each.code, told))
    columns = tuple((action.menu_title, lines[first].title, lines[first].stage) for action, first in firsts)
    return Below(columns, tuple(rows))


def _grouped(lines: Iterable[Line]) -> tuple[tuple[Line, ...], ...]:
    """The lines of one indicator together, a line a stage."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.code, []).append(line)
    return tuple(tuple(group) for group in groups.values())


def _action_row(action: Action, lines: dict[Counted, Line]) -> ActionRow:
    first = action.first
    return ActionRow(
        action=action,
        numeral=spelled(action.number),
        url=rail.address(action),
        line=lines[first] if first else None,
        counts=next((t for t in action.threads if first in t.indicators), None),
    )


def _row(work: Work, lines: dict[Counted, Line]) -> Row:
    return Row(work, tuple(lines[counted] for counted in work.indicators))


def _others(indicator: Indicator, named: list[Counted]) -> list[Counted]:
    """An indicator as the room lists it beside its threads: by stage where it has no meaning without."""
    splits = [f"stage={stage}" for stage, _title in STAGES] if indicator.only_by == "stage" else [""]
    return [c for c in (Counted(indicator.code, split) for split in splits) if c not in named]


def _lines(
    wanted: Iterable[Counted], place: Organisation, period: str, *, courses: bool = False
) -> dict[Counted, Line]:
    """The lines of indicators at a place; without any facts their figures are unknown."""
    by_split: dict[str, list[str]] = {}
    for counted in dict.fromkeys(wanted):
        by_split.setdefault(counted.split, []).append(counted.code)
    earlier = [each for each in indicators.periods() if each < period] if courses and period else []
    lines = {}
    for split, codes in by_split.items():
        values = indicators.values_of(codes, place, period, split) if period else {}
        known = [code for code in codes if code in values and values[code].value is not None]
        before = [indicators.values_of(known, place, each, split) for each in earlier] if known else []
        for code in codes:
            figure = values[code].figure() if values else Figure(None, indicator=code, place=place.code)
            course = (*(told[code].value for told in before), values[code].value) if code in known else ()
            drawn = course if sum(value is not None for value in course) > 1 else ()
            lines[Counted(code, split)] = Line(code, str(house().indicators[code].title), _stage(split), figure, drawn)
    return lines


def _stage(split: str) -> str:
    titles: dict[str, Any] = dict(STAGES)
    return str(titles.get(split.removeprefix("stage="), "")) if split else ""


def _threads(count: int) -> Figure:
    return Figure(count, _("threads"), link=reverse("programme:coverage"))


@dataclass(frozen=True)
class Proof:
    """A line of 落实清单: the work, the page it ends in, the titles of the indicators that count it, its test."""

    work: Work
    under: str
    page: str
    indicators: tuple[str, ...]
    test: str

    @property
    def told(self) -> str:
        """The indicators in one line."""
        return chosen("、", ", ").join(self.indicators)


def coverage(found: Programme | None = None) -> tuple[Proof, ...]:
    """Every thread and the work beside them, honestly: what counts it today, and what does not yet.

    Of the programme in force, or of ``found``.
    """
    found = found or programme()
    threads = [_proof(t, a.menu_title, a.room) for a in found.actions for t in a.threads]
    return (*threads, *(_proof(work, work.where_title, work.where) for work in found.beside))


TEST = "tenfold/engines/programme/tests/test_threads.py::test_it_is_counted"


def _proof(work: Work, under: str, room_code: str) -> Proof:
    known = house().rooms
    return Proof(
        work=work,
        under=under,
        page=reverse("programme:room", args=[room_code]) if room_code in known else "",
        indicators=tuple(dict.fromkeys(str(house().indicators[c.code].title) for c in work.indicators)),
        test=f"{TEST}[{work.number}]" if work.countable else "",
    )
