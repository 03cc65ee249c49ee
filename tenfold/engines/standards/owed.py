"""What somebody owes to the self-assessment: items to enter, items to confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenfold.engines.indicators import queries as values
from tenfold.foundation.calendar import Period
from tenfold.foundation.declare import Owed
from tenfold.foundation.holdings.standards import STANDARD
from tenfold.foundation.scope import AccessContext

from . import queries
from .models import EnteredItem, State
from .rights import CONFIRM_ITEMS, ENTER_ITEMS

AN_ITEM = 3
"""Minutes that an item takes to enter, until real ones are measured."""


def items_owed(context: AccessContext) -> Iterator[Owed]:
    """What the county must enter, as one thing; and what others have entered, one thing a county. One query."""
    enters = context.may(ENTER_ITEMS) and context.organisation is not None
    confirms = context.may(CONFIRM_ITEMS)
    period = values.latest_period() if (enters or confirms) and not context.everywhere else ""
    if not period:
        return
    wanted = Q(organisation_id=context.organisation, period=period, standard=STANDARD) if enters else Q(pk__in=[])
    if confirms:
        wanted |= Q(state=State.ENTERED)
    rows = list(EnteredItem.objects.filter(wanted).select_related("organisation").order_by("pk"))
    if enters:
        own = [row for row in rows if row.organisation_id == context.organisation and row.period == period]
        yield from _to_enter(period, {row.item: row.state for row in own if row.standard == STANDARD})
    if confirms:
        yield from _to_confirm([r for r in rows if r.state == State.ENTERED and r.entered_by != context.person])


def _to_enter(period: str, standing: dict[str, str]) -> Iterator[Owed]:
    standard = queries.choose_standard(STANDARD)
    asked = [demand.code for demand in standard.demands if demand.decided != "return"]
    due = [code for code in asked if standing.get(code, State.RETURNED) == State.RETURNED]
    if not due:
        return
    returned = sum(code in standing for code in due)
    why = ngettext("%(count)s item is in no return.", "%(count)s items are in no return.", len(due))
    if returned:
        why = ngettext("%(count)s item was given back to be mended.", "%(count)s items were given back.", returned)
    yield Owed(
        title=_("Enter the items of the self-assessment for %(period)s") % {"period": Period.parse(period).title},
        why=why % {"count": returned or len(due)},
        url=f"/standards/{STANDARD}/#items",
        action=_("Enter the items"),
        minutes=len(due) * AN_ITEM,
        filled=_("%(count)s of %(all)s items are entered") % {"count": len(asked) - len(due), "all": len(asked)},
        asked_by=standard.document,
    )


def _to_confirm(waiting: list[EnteredItem]) -> Iterator[Owed]:
    rows = [(r.organisation.name, r.organisation.code, r.period, r.standard) for r in waiting]
    for (name, code, period, standard), count in sorted(Counter(rows).items()):
        words = ngettext("%(count)s item was entered.", "%(count)s items were entered.", count)
        yield Owed(
            title=_("Confirm items of the self-assessment of %(place)s") % {"place": name},
            why=words % {"count": count},
            url=f"/standards/{standard}/?place={code}&period={period}#items",
            action=_("Look at the items"),
            minutes=count * 2,
            asked_by=name,
        )
