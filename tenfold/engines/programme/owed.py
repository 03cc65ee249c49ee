"""督办 on the desk: what is to be accepted and handed in; what is to be confirmed, reviewed, decided, taken up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.declare import Owed
from tenfold.foundation.scope import AccessContext

from .queries import waiting
from .queries.waiting import Waiting
from .rights import CONFIRM_MATERIAL, HANDLE_TASKS, SET_TASKS

SINGLY = 4
"""So many of a kind stand one by one; more stand in one line that leads to their list."""
MINUTES = {"accept": 1, "submit": 5, "mend": 5, "confirm": 3, "review": 3, "decide": 3, "step_in": 5}


def to_handle(context: AccessContext) -> Iterator[Owed]:
    """For the unit that owes tasks."""
    if context.may(HANDLE_TASKS):
        yield from _told(waiting.to_handle(context), reverse("programme:tasks") + "?whose=unit")


def to_supervise(context: AccessContext) -> Iterator[Owed]:
    """For who stands above it, by what she may."""
    wanted = {what for what in ("review", "decide", "step_in") if context.may(SET_TASKS)}
    wanted |= {"confirm"} if context.may(CONFIRM_MATERIAL) else set()
    if wanted:
        found = [each for each in waiting.to_supervise(context) if each.what in wanted]
        yield from _told(found, reverse("programme:tasks") + "?whose=all")


def _told(found: Iterable[Waiting], every: str) -> Iterator[Owed]:
    by_kind: dict[str, list[Waiting]] = defaultdict(list)
    for each in found:
        by_kind[each.what].append(each)
    for what, rows in by_kind.items():
        if len(rows) <= SINGLY:
            yield from (_one(row) for row in rows)
        else:
            yield _many(what, rows, every)


def _one(row: Waiting) -> Owed:
    action, why = _words(row.what)
    return Owed(
        f"{action}：{row.name}", why % {"unit": row.unit}, reverse("programme:task", args=[row.assignment]), action,
        MINUTES[row.what], row.due,
    )  # fmt: skip


def _many(what: str, rows: list[Waiting], every: str) -> Owed:
    action, _why = _words(what)
    told = {"action": action, "number": len(rows)}
    names = "、".join(dict.fromkeys(row.unit for row in rows[:SINGLY]))
    days = [row.due for row in rows if row.due]
    why = _("%(units)s and others. The list opens each of them.") % {"units": names}
    minutes = MINUTES[what] * len(rows)
    return Owed(
        _("%(action)s: %(number)s tasks") % told, why, every, _("Open the list"), minutes, min(days, default=None)
    )


def _words(what: str) -> tuple[str, str]:
    """(what the button says, why it is asked)."""
    return {
        "accept": (_("Accept the task"), _("Handed out to %(unit)s. Accept it and name who handles it.")),
        "submit": (
            _("Submit Material"),
            _("%(unit)s says what was done; a file only if it helps."),
        ),
        "mend": (_("Mend the Material"), _("It was given back to %(unit)s; its page says what is to be mended.")),
        "confirm": (
            _("Confirm the Material"),
            _("%(unit)s has handed it in; confirmed, it is the record."),
        ),
        "review": (_("Review the answer"), _("%(unit)s says how far it is.")),
        "decide": (_("Decide on the extension"), _("%(unit)s asks for a later day and says why.")),
        "step_in": (_("Step in"), _("The task of %(unit)s was passed up: say what is to be done.")),
    }[what]
