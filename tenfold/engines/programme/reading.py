"""Reads a file of ``programmes/`` into a :class:`Programme`; every fault names its file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from tenfold.foundation.declare import Indicator

from .lines import Way, line_of, lines_of
from .reading_measures import check_measures, measures_of
from .words import Action, BesideWork, Counted, Programme, Thread


class ProgrammeFault(Exception):
    """A programme that cannot be read. ``str()`` is one line: file, line, what is wrong."""

    def __init__(self, file: str, line: int, text: str) -> None:
        super().__init__(file, line, text)
        self.file, self.line, self.text = file, line, text

    def __str__(self) -> str:
        return _("%(file)s, line %(line)d: %(text)s") % {
            "file": self.file,
            "line": self.line,
            "text": self.text,
        }


_WORK = {
    "number": str,
    "name": str,
    "gloss": str,
    "indicators": list,
    "record": str,
    "record_gloss": str,
}
_WORK_MAY = {"hint": str, "later": str, "later_gloss": str}
_ACTION = {
    "number": int,
    "name": str,
    "menu": str,
    "thread": list,
}
_TEXTS = {"gloss": str, "menu_gloss": str, "role": str, "role_gloss": str, "lead": str, "lead_gloss": str, "room": str}
_ACTION_MAY = {**_TEXTS, "headline": str, "measure": list}
_HEAD = {"code": str, "name": str, "year": str}
_HEAD_TEXTS = {"gloss": str, "role": str, "role_gloss": str}
_DAYS = {"begun": date, "ends": date}
_HEAD_MAY = {**_HEAD_TEXTS, **_DAYS}


def read(file: str, text: str) -> Programme:
    """The programme that a text describes; raises :class:`ProgrammeFault`."""
    return _Reading(file, text).programme()


def read_frame(file: str, data: dict[str, Any]) -> Programme:
    """The programme that a frame describes: the same as tables, dates as text; raises :class:`ProgrammeFault`."""
    reading = _Reading(file, "")
    head = dict(data["programme"])
    head |= {key: date.fromisoformat(head[key]) for key in _DAYS if key in head}
    reading.data = {**data, "programme": head}
    return reading.programme()


def check(file: str, text: str, found: Programme, rooms: Collection[str], known: Mapping[str, Indicator]) -> None:
    """Refuse a programme that names a room or an indicator which nobody declares, or a split that it lacks."""
    reading = _Reading(file, text)
    for n, action in enumerate(found.actions):
        if action.room and action.room not in rooms:
            reading.fault(("action", n, "room"), _("there is no room “%s”") % action.room)
        for m, thread in enumerate(action.threads):
            reading.check_indicators(("action", n, "thread", m, "indicators"), thread.indicators, known)
        check_measures(reading, ("action", n), action.measures, found, known)
    for n, work in enumerate(found.beside):
        reading.check_indicators(("beside", n, "indicators"), work.indicators, known)


def line_of_entry(text: str, found: Programme, key: str) -> int:
    """The line in which a measure, a target (1.2/1) or a task of a file begins; 1 for what has none."""
    lines = lines_of(text)
    for n, action in enumerate(found.actions):
        for m, measure in enumerate(action.measures):
            here: Way = ("action", n, "measure", m)
            ways = {measure.number: here}
            ways |= {f"{measure.number}/{k + 1}": (*here, "target", k) for k in range(len(measure.targets))}
            ways |= {task.number: (*here, "task", k) for k, task in enumerate(measure.tasks)}
            if key in ways:
                return line_of(lines, ways[key])
    return 1


class _Reading:
    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text

    @cached_property
    def lines(self) -> dict[Way, int]:
        """Where everything stands; looked up when something is wrong."""
        return lines_of(self.text)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The text as tables."""
        try:
            return tomllib.loads(self.text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as fault:
            place = re.search(r"\(at (?:line (\d+).*|end of document)\)", str(fault))
            line = int(place.group(1)) if place and place.group(1) else max(1, len(self.text.splitlines()))
            raise ProgrammeFault(self.file, line, _("this is no TOML")) from fault

    def fault(self, path: Way, text: str) -> NoReturn:
        """Stop, naming the line of the entry."""
        raise ProgrammeFault(self.file, line_of(self.lines, path), text)

    def check_indicators(self, path: Way, wanted: tuple[Counted, ...], known: Mapping[str, Indicator]) -> None:
        """Each must be in the catalogue, split as the catalogue allows and asks."""
        for counted in wanted:
            indicator, by = known.get(counted.code), counted.split.partition("=")[0]
            if indicator is None:
                self.fault(path, _("there is no indicator “%s”") % counted.code)
            elif indicator.only_by and by != indicator.only_by:
                self.fault(path, _("the indicator “%s” is told by stage; name one after a blank") % counted.code)
            elif by and by not in indicator.splits:
                self.fault(path, _("the indicator “%s” is not split so") % counted.code)

    def programme(self) -> Programme:
        """The whole file."""
        self.table((), self.data, {"programme": dict, "action": list}, {"where": dict, "beside": list})
        head = self.data["programme"]
        self.table(("programme",), head, _HEAD, _HEAD_MAY)
        return Programme(
            **{key: head[key] for key in (*_HEAD, *_HEAD_TEXTS) if key in head},
            begun=head.get("begun"),
            ends=head.get("ends"),
            actions=tuple(self.action(n, row) for n, row in enumerate(self.data["action"])),
            beside=tuple(self.beside(n, row) for n, row in enumerate(self.data.get("beside", ()))),
        )

    def action(self, n: int, row: Any) -> Action:
        """One action with its threads, numbered in their order."""
        path: Way = ("action", n)
        self.table(path, row, _ACTION, _ACTION_MAY)
        if row["number"] != n + 1:
            self.fault(
                (*path, "number"),
                _("action %(found)s stands where %(due)s is due") % {"found": row["number"], "due": n + 1},
            )
        threads = tuple(self.thread(path, m, entry) for m, entry in enumerate(row["thread"]))
        headline = self.counted((*path, "headline"), row["headline"]) if "headline" in row else None
        if headline and all(headline not in thread.indicators for thread in threads):
            self.fault((*path, "headline"), _("the headline “%s” counts none of the threads") % row["headline"])
        fields = {key: row[key] for key in (*_ACTION, *_TEXTS) if key in row and key != "thread"}
        measures = measures_of(self, path, row, {thread.number for thread in threads})
        return Action(**fields, threads=threads, headline=headline, measures=measures)

    def thread(self, action: Way, m: int, row: Any) -> Thread:
        """One thread; its number begins with the action's."""
        path = (*action, "thread", m)
        self.table(path, row, _WORK, _WORK_MAY)
        due = f"{int(action[1]) + 1}.{m + 1}"
        if row["number"] != due:
            self.fault(
                (*path, "number"),
                _("thread %(found)s stands where %(due)s is due") % {"found": row["number"], "due": due},
            )
        return Thread(**self.work(path, row))

    def beside(self, n: int, row: Any) -> BesideWork:
        """One work beside the actions; where it is done is one of the table ``where``."""
        path: Way = ("beside", n)
        self.table(path, row, {**_WORK, "where": str}, _WORK_MAY)
        where = self.data.get("where", {}).get(row["where"])
        if where is None:
            self.fault((*path, "where"), _("“%s” is not in the table [where]") % row["where"])
        self.table(("where", row["where"]), where, {"name": str, "gloss": str}, {})
        place = {"where": row["where"], "where_name": where["name"], "where_gloss": where["gloss"]}
        return BesideWork(**self.work(path, row), **place)

    def work(self, path: Way, row: dict[str, Any]) -> dict[str, Any]:
        """What threads and the work beside have in common."""
        fields = {key: row[key] for key in (*_WORK, *_WORK_MAY) if key in row}
        counted = tuple(self.counted((*path, "indicators"), text) for text in row["indicators"])
        return {**fields, "indicators": counted}

    def counted(self, path: Way, text: Any) -> Counted:
        """``code`` or ``code split=value``."""
        if not isinstance(text, str) or not re.fullmatch(r"[a-z_.0-9]+( [a-z]+=[a-z_]+)?", text):
            self.fault(path, _("“%s” is not the code of an indicator, with a split after a blank") % text)
        code, _blank, split = text.partition(" ")
        return Counted(code, split)

    def table(self, path: Way, row: Any, must: Mapping[str, type], may: Mapping[str, type]) -> None:
        """Refuse what is missing, of another kind, empty or unknown."""
        if not isinstance(row, dict):
            self.fault(path, _("this should be a table"))
        for key in row:
            if key not in must and key not in may:
                self.fault((*path, key), _("“%s” is not known here") % key)
        for key, kind in {**must, **may}.items():
            if key not in row and key in must:
                self.fault(path, _("“%s” is missing") % key)
            value = row.get(key)
            if value is None:
                continue
            if not isinstance(value, kind) or isinstance(value, bool):
                self.fault((*path, key), _("“%s” is of another kind than expected") % key)
            if value == "" and key in must:
                self.fault((*path, key), _("“%s” is empty") % key)
