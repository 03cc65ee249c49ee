"""What the one who looks may do with a task now: each act with its form, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.organisations.models import SCHOOLS, STEP, Organisation, under

from ..forms import AskForm, MaterialForm, PersonForm, UnitForm, WordsForm
from ..models import Assignment, Material, MaterialState, Part
from ..policy import May
from ..queries import handling
from ..queries.handling import Course
from ..queries.lights import Lit

HANDLE, SUPERVISE, CONFIRM = "handle", "supervise", "decide"


@dataclass(frozen=True)
class Kind:
    """An act: the route that takes it, its button, what its words are called, whether they are needed.

    ``chooses``: its form is asked for first, since its choices cost a look.
    """

    door: str
    label: Any
    words: Any = ""
    needed: bool = False
    chooses: bool = False


REMARK, MEND, SETTLE = _("Opinion"), _("What is to be mended"), _("What it is to settle")
MIND = _("What is to be minded")
KINDS: dict[str, Kind] = {
    "accept": Kind(HANDLE, _("Accept the task")),
    "submit": Kind(HANDLE, _("Submit Material")),
    "respond": Kind(HANDLE, _("Respond"), _("How far it is"), True),
    "ask": Kind(HANDLE, _("Ask for an extension")),
    "name": Kind(HANDLE, _("Name who handles it"), chooses=True),
    "pass_up": Kind(HANDLE, _("Ask the next level to step in"), SETTLE, True),
    "confirm": Kind(CONFIRM, _("Confirm the Material"), REMARK),
    "give_back": Kind(CONFIRM, _("Give the Material back"), MEND, True),
    "extend": Kind(SUPERVISE, _("Grant the extension"), REMARK),
    "refuse": Kind(SUPERVISE, _("Do not grant it"), _("Why the day stays"), True),
    "review": Kind(SUPERVISE, _("Reviewed, in order"), REMARK),
    "send_back": Kind(SUPERVISE, _("Send it back"), MEND, True),
    "conclude": Kind(SUPERVISE, _("Conclude the task"), REMARK),
    "hand_out": Kind(SUPERVISE, _("Hand it out"), MIND),
    "remind": Kind(SUPERVISE, _("Remind the unit"), MIND),
    "transfer": Kind(SUPERVISE, _("Hand it to another unit"), chooses=True),
    "pass_on": Kind(SUPERVISE, _("Ask the next level to step in"), SETTLE, True),
}


@dataclass(frozen=True)
class Act:
    """An act as the page offers it. ``first``: its form stands open. ``pk``: the Material that it concerns."""

    code: str
    kind: Kind
    form: forms.Form | None = None
    first: bool = False
    pk: int = 0
    link: bool = False

    @property
    def sends_file(self) -> bool:
        """Whether its form may send a file."""
        return self.form is not None and bool(self.form.is_multipart())


def act(code: str, row: Assignment, data: Any = None, files: Any = None, pk: int = 0) -> Act:
    """An act with its form, filled with what was sent. Raises KeyError for an act that there is not."""
    kind = KINDS[code]
    return Act(code, kind, _form(code, kind, row, data, files), pk=pk)


def _form(code: str, kind: Kind, row: Assignment, data: Any, files: Any) -> forms.Form | None:
    same: dict[str, Any] = {"auto_id": f"id_{code}_%s"}
    if code == "accept":
        return None
    if code == "submit":
        return MaterialForm(data, files, **same)
    if code == "ask":
        return AskForm(data, **same)
    if code == "name":
        return PersonForm(data, people=handling.colleagues(row), initial={"person": row.person}, **same)
    if code == "transfer":
        return UnitForm(data, units=beside(row), **same)
    return WordsForm(data, label=kind.words, required=kind.needed, **same)


def offered(
    row: Assignment, lit: Lit | None, course: Course, may: May, materials: Sequence[Material], tried: Act | str = ""
) -> list[Act]:
    """The acts that are open to her; the one that was tried, or is asked for, stands first."""
    codes: list[tuple[str, int]] = []
    if may.confirm:
        codes += _confirming(materials)
    if may.handle and not course.concluded:
        codes += [(code, 0) for code in _handling(row, lit, course, materials)]
    if may.supervise or may.decide:
        codes += [(code, 0) for code in _supervising(row, lit, course, may)]
    first = tried.code if isinstance(tried, Act) else tried
    found = [_shown(code, row, pk) for code, pk in codes if code != first]
    if isinstance(tried, Act):
        found = [tried, *found]
    elif chosen := next(((code, pk) for code, pk in codes if code == first), None):
        found = [act(chosen[0], row, pk=chosen[1]), *found]
    return [replace(each, first=not place and not each.link) for place, each in enumerate(found)]


def _shown(code: str, row: Assignment, pk: int) -> Act:
    kind = KINDS[code]
    return Act(code, kind, pk=pk, link=True) if kind.chooses else act(code, row, pk=pk)


def _handling(row: Assignment, lit: Lit | None, course: Course, materials: Sequence[Material]) -> Iterator[str]:
    if not course.accepted:
        yield "accept"
        return
    waiting = any(each.state == MaterialState.SUBMITTED for each in materials)
    reached = lit is not None and bool(lit.answer.reached)
    if lit is not None and lit.criterion == "programme.material" and not reached and not waiting:
        yield "submit"
    yield "respond"
    if row.part != Part.SUPPORTING and (row.due or row.task.due) and not course.asked and not reached:
        yield "ask"
    yield "name"
    if not reached:
        yield "pass_up"


def _confirming(materials: Sequence[Material]) -> Iterator[tuple[str, int]]:
    for each in materials:
        if each.state == MaterialState.SUBMITTED:
            yield "confirm", each.pk
            yield "give_back", each.pk


def _supervising(row: Assignment, lit: Lit | None, course: Course, may: May) -> Iterator[str]:
    if course.asked and may.decide:
        yield from ("extend", "refuse")
    if not may.supervise:
        return
    if course.response and not course.concluded:
        yield "review"
    if course.response or course.concluded:
        yield "send_back"
    if course.concluded:
        return
    if lit is None or lit.answer.reached:
        yield "conclude"
    if not course.assigned:
        yield "hand_out"
    yield "remind"
    yield "transfer"
    yield "pass_on"


def beside(row: Assignment) -> list[tuple[str, str]]:
    """Units of the same place that may take it over."""
    own = row.organisation
    kinds = SCHOOLS if own.kind in SCHOOLS else (own.kind,)
    near = Organisation.objects.filter(under(own.path[:-STEP]), depth=own.depth, kind__in=kinds, closed_on=None)
    return list(near.exclude(pk=own.pk).order_by("path").values_list("code", "name")[:200])
