"""Who may do what with an assignment: her right, her post and where the unit stands, kept apart from its state."""

from __future__ import annotations

from dataclasses import dataclass

from tenfold.foundation.organisations.models import STEP, Kind
from tenfold.foundation.scope import AccessContext

from .models import Assignment
from .rights import CONFIRM_MATERIAL, HANDLE_TASKS, SET_TASKS


@dataclass(frozen=True)
class May:
    """``handle``: for the unit that owes it; ``supervise``: from above; ``decide``: what the one who set it decides."""

    handle: bool
    supervise: bool
    decide: bool
    confirm: bool


def may(context: AccessContext, row: Assignment) -> May:
    """What she may do with an assignment (with its organisation, its task, the task's and the programme's units)."""
    return May(
        handles(context, row),
        supervises(context, row),
        context.may(SET_TASKS) and context.reaches(row.task.organisation.path),
        confirms(context, row),
    )


def handles(context: AccessContext, row: Assignment) -> bool:
    """She acts in the unit itself; for an office, in the bureau whose office it is."""
    own = context.everywhere or context.organisation in (row.organisation_id, office_of(row))
    return context.may(HANDLE_TASKS) and own


def supervises(context: AccessContext, row: Assignment) -> bool:
    """She acts above the unit, or at the top of the programme, which nobody stands above."""
    return context.may(SET_TASKS) and _above(context, row)


def confirms(context: AccessContext, row: Assignment) -> bool:
    """Material is confirmed from above the unit, where anybody stands above it."""
    return context.may(CONFIRM_MATERIAL) and _above(context, row)


def office_of(row: Assignment) -> int | None:
    """The bureau of an office; None for what is none."""
    if row.organisation.kind != Kind.OFFICE or len(row.organisation.path) <= STEP:
        return None
    return int(row.organisation.path[-2 * STEP : -STEP])


def _above(context: AccessContext, row: Assignment) -> bool:
    if not context.reaches(row.organisation.path):
        return False
    top = row.task.programme.organisation_id
    return context.everywhere or context.organisation != row.organisation_id or row.organisation_id == top
