"""What somebody owes because of an import: columns to confirm, rows to handle, a table to write."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenfold.foundation.declare import Owed, house
from tenfold.foundation.scope import AccessContext

from .models import Batch, State
from .queries import broken_off

A_ROW = 0.5
"""Minutes that a row with a fault takes, until real ones are measured."""


def unfinished(context: AccessContext) -> Iterator[Owed]:
    """Her own imports that wait for her, in the post in which she sent them."""
    if context.post is None:
        return
    states = (State.COLUMNS, State.CHECKED, State.CHECKING, State.WRITING)
    found = list(Batch.objects.filter(post=context.post, state__in=states).order_by("-id")[:40])
    broken = broken_off(found)
    waiting = [b for b in found if b.state in (State.COLUMNS, State.CHECKED) or b.pk in broken]
    for batch in waiting[:20]:
        kind = house().readers[batch.kind]
        if not context.may(kind.right):
            continue
        rows, faulty = batch.counts.get("rows", 0), batch.counts.get("faulty", 0)
        why, action, minutes = _("The columns are to be confirmed."), _("Confirm the columns"), 2
        if batch.pk in broken:
            why, action, faulty = (
                _("The work broke off. Nothing was written; what was right is kept."),
                _("Check again"),
                0,
            )
        elif batch.state == State.CHECKED:
            why, action, minutes = _("All rows are in order; nothing is written yet."), _("Write the table"), 1
            if faulty:
                words = ngettext("%(count)s row is to be handled.", "%(count)s rows are to be handled.", faulty)
                why, action, minutes = words % {"count": faulty}, _("Handle the rows"), max(1, round(faulty * A_ROW))
        yield Owed(
            title=_("Finish the import of “%(file)s”") % {"file": batch.filename},
            why=why,
            url=f"/imports/{batch.pk}/",
            action=action,
            minutes=minutes,
            filled=_("%(count)s rows are in order") % {"count": rows - faulty} if faulty and rows > faulty else "",
            asked_by=str(kind.title),
        )
