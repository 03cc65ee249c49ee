"""会议落实: the list of meetings, one meeting with what became of its decisions, and how decisions are set down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.scope import require

from .. import queries, services, telling
from ..decisions import MOST, Decision, Names, read
from ..forms import DecisionForm, MeetingForm, ReasonForm
from ..models import Meeting, Part, Programme
from ..parties import Directory, Found, normal
from ..queries import meetings
from ..rights import SET_TASKS

UNITS = (Part.LEAD, Part.RESPONSIBLE, Part.SUPPORTING)


@dataclass(frozen=True)
class Line:
    """One decision as the page shows it: its form, what is doubtful, how many units each text means."""

    number: int
    form: DecisionForm
    doubts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    units: int = 0
    problem: str = ""

    @property
    def clear(self) -> bool:
        """Nothing about it is doubtful."""
        return not self.doubts and not self.problem and not self.form.errors


def index_page() -> dict[str, Any]:
    """All meetings."""
    programme = queries.in_force()
    rows = meetings.meetings(programme) if programme else []
    told = [(row, telling.counted(found), len({each.task for each in found})) for row, found in rows]
    crumbs = [(_("Supervised tasks"), reverse("programme:tasks")), (_("Meetings"), "")]
    return {"programme": programme, "rows": told, "may_set": require().may(SET_TASKS), "crumbs": crumbs}


def meeting_page(row: Meeting) -> dict[str, Any]:
    """One meeting: each decision with its units and their lights."""
    found = meetings.decided(row)
    lights = [each for decided in found for each in decided.lights]
    told = [(each, [(lit, telling.word(lit), telling.reason(lit)) for lit in each.lights]) for each in found]
    counts = telling.counted(lights)
    return {
        "meeting": row,
        "rows": told,
        "counts": counts,
        "all": len(lights),
        "strip": {key: counts[key] for key in ("done", "on_track", "attention", "late")},
        "crumbs": [
            (_("Supervised tasks"), reverse("programme:tasks")),
            (_("Meetings"), reverse("programme:meetings")),
            (row.name, ""),
        ],
    }


def empty_page() -> dict[str, Any]:
    """Nothing set down yet."""
    return _page(MeetingForm(initial={"on": today()}))


def sent_page(programme: Programme, sent: Mapping[str, Any]) -> tuple[dict[str, Any], Meeting | None]:
    """What was sent, understood; or made, where the tasks are asked for. (the page's words, the meeting made)."""
    form = MeetingForm(sent)
    if not form.is_valid():
        return _page(form), None
    directory = Directory(programme.organisation)
    if sent.get("act") != "make":
        found = read(form.cleaned_data["lines"], form.cleaned_data["on"], Names(directory))
        lines = [_understood(number, each, directory) for number, each in enumerate(found, 1)]
        problem = "" if lines else _("No decision was found in what was typed.")
        return _page(form, lines, problem), None
    return _made(programme, form, sent, directory)


def _page(form: MeetingForm, lines: list[Line] | None = None, problem: str = "", reason: Any = None) -> dict[str, Any]:
    crumbs = [
        (_("Supervised tasks"), reverse("programme:tasks")),
        (_("Meetings"), reverse("programme:meetings")),
        (_("Set decisions down"), ""),
    ]
    doubtful = sum(not line.clear for line in lines or ())
    return {
        "form": form, "lines": lines, "problem": problem, "crumbs": crumbs, "doubtful": doubtful, "most": MOST,
        "reason": reason, "owed": sum(line.units for line in lines or ()),
    }  # fmt: skip


def _understood(number: int, found: Decision, directory: Directory) -> Line:
    initial: dict[str, Any] = {
        "text": found.text, "due": found.due, "due_text": found.due_text, "what": found.what,
        **{part: "、".join(getattr(found, part)) for part in UNITS},
    }  # fmt: skip
    form = DecisionForm(initial=initial, prefix=f"d{number}", auto_id="id_%s")
    units = {o.pk for each in directory.find_all(found.units) for o in each.organisations}
    return Line(number, form, found.doubts, found.also, len(units))


def _made(
    programme: Programme, form: MeetingForm, sent: Mapping[str, Any], directory: Directory
) -> tuple[dict[str, Any], Meeting | None]:
    forms = [DecisionForm(sent, prefix=f"d{number}", auto_id="id_%s") for number in _numbers(sent)]
    reason = ReasonForm(sent)
    kept = [each for each in forms if not (each.is_valid() and each.cleaned_data["left_out"])]
    problem, faulty = "", 0
    if all([*(each.is_valid() for each in kept), reason.is_valid()]):
        try:
            agreed = [_agreed(each.cleaned_data, directory) for each in kept]
            data = form.cleaned_data
            return {}, services.decide(
                programme, data["name"], data["on"], agreed, remote=data["remote"],
                reason=reason.cleaned_data["reason"],
            )  # fmt: skip
        except services.MeetingFault as fault:
            problem, faulty = str(fault), fault.line
    lines = [_again(number, each, directory) for number, each in enumerate(forms, 1)]
    if faulty:
        at = forms.index(kept[faulty - 1])
        old = lines[at]
        lines[at] = Line(old.number, old.form, units=old.units, problem=problem)
        problem = _("Nothing was set down: decision %(number)s is to be mended.") % {"number": old.number}
    return _page(form, lines, problem or _("Nothing was set down: look at what is marked."), reason), None


def _again(number: int, form: DecisionForm, directory: Directory) -> Line:
    told = [name for part in UNITS for name in names(str(form.data.get(form.add_prefix(part), "")))]
    return Line(number, form, units=len({o.pk for each in directory.find_all(told) for o in each.organisations}))


def _numbers(sent: Mapping[str, Any]) -> range:
    text = str(sent.get("count", ""))
    return range(1, min(int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0, MOST) + 1)


def _agreed(data: Mapping[str, Any], directory: Directory) -> services.Agreed:
    parts: dict[str, list[Found]] = {part: directory.find_all(names(data[part])) for part in UNITS}
    day: date | None = data["due"]
    return services.Agreed(data["text"], parts, day, "" if day else data["due_text"], data["what"])


def names(text: str) -> list[str]:
    """Units of one field, those in brackets kept whole (各县（市、区）教育局)."""
    parts = re.split(r"[、，,；;/\s]+(?![^（(]*[)）])", normal(text.replace(" ", "、")))
    return [part for part in parts if part]
