"""What somebody owes to the self-assessment: items to enter, items to confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

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


def to_enter(context: AccessContext) -> Iterator[Owed]:
    """The county's items that no return tells and nobody has entered, as one thing owed."""
    if not context.may(ENTER_ITEMS) or context.organisation is None or context.everywhere:
        return
    period = values.latest_period()
    if not period:
        return
    standard = queries.choose_standard(STANDARD)
    asked = [demand.code for demand in standard.demands if demand.decided != "return"]
    standing = dict(
        EnteredItem.objects.filter(
            organisation_id=context.organisation, period=period, standard=STANDARD, item__in=asked
        ).values_list("item", "state")
    )
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


def to_confirm(context: AccessContext) -> Iterator[Owed]:
    """Items that others have entered, one thing owed a county."""
    if not context.may(CONFIRM_ITEMS) or context.everywhere:
        return
    waiting = EnteredItem.objects.filter(state=State.ENTERED).exclude(entered_by=context.person)
    rows = waiting.values_list("organisation__name", "organisation__code", "period", "standard")
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
