"""最小一步: the smallest next act, by whom, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tenfold.foundation.ui.words import listed

from .. import telling
from ..models import Assignment, Material, MaterialState
from ..queries.handling import Course
from ..queries.lights import Lit


def told(row: Assignment, lit: Lit | None, course: Course, materials: Sequence[Material]) -> str:
    """The next step; '' where nothing is left to do."""
    unit = row.organisation.name
    if course.concluded:
        return ""
    if course.asked:
        return _("Who set the task decides on the extension that %(unit)s asks for.") % {"unit": unit}
    if lit is not None and lit.answer.reached:
        return _("What counts as done is reached: the supervising unit concludes the task.")
    if not course.accepted:
        return _("%(unit)s accepts the task and names who handles it.") % {"unit": unit}
    if lit is None:
        return _("%(unit)s supports the leading and the responsible units.") % {"unit": unit}
    if lit.waits_for:
        return _("Task %(tasks)s comes first and is to be concluded.") % {"tasks": listed(lit.waits_for)}
    if lit.criterion == "programme.material":
        return _material(row, materials)
    return _record(unit, lit)


def _material(row: Assignment, materials: Sequence[Material]) -> str:
    unit = row.organisation.name
    what = str(row.task.criterion.get("what", "")) or _("Material")
    last = materials[0] if materials else None
    if last is None:
        return _("%(unit)s submits: %(what)s.") % {"unit": unit, "what": what}
    if last.state == MaterialState.RETURNED:
        told = {"unit": unit, "remark": last.remark}
        return _("%(unit)s mends the Material that was given back: %(remark)s.") % told
    return _("The supervising unit confirms the Material of %(unit)s.") % {"unit": unit}


def _record(unit: str, lit: Lit) -> str:
    missing = telling.missing(lit)
    if lit.answer.reached is None:
        return _("%(unit)s hands in the record that tells it: %(missing)s.") % {"unit": unit, "missing": missing}
    return _("%(unit)s closes the gap (%(missing)s); the next record tells it by itself.") % {
        "unit": unit, "missing": missing,
    }  # fmt: skip
