"""任务分解: the programme as a table, today or as it stood on a past day, and what was changed of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.scope import require
from tenfold.foundation.ui.figures import Figure

from .. import queries
from ..queries.history import history
from ..queries.plan import plan_page
from ..rights import KEEP_PROGRAMME
from .shared import acts, day_of, place_of, told, trail


@told
def plan(request: HttpRequest) -> HttpResponse:
    """Measures, targets, tasks, each with its light in the scope of whoever looks."""
    row, access = queries.in_force(), require()
    place = place_of(request)
    crumbs = [*trail(request, place, "programme:overview"), (_("Breakdown of tasks"), "")]
    if row is None:
        return render(request, "programme/plan_none.html", {"crumbs": crumbs, **acts(request)})
    day, refused = day_of(request, row)
    found = plan_page(row, place, day)
    counts = {
        "measures": Figure(found.measures, _("measures")), "aims": Figure(found.aims, _("targets")),
        "tasks": Figure(found.tasks, _("tasks"), link=f"{reverse('programme:lights')}?place={place.code}"),
    }  # fmt: skip
    context = {
        "crumbs": crumbs, "place": place, "page": found, "row": row, "day": day, "refused": refused, "counts": counts,
        "history": history(row), "today": today(), "may_keep": access.may(KEEP_PROGRAMME), **acts(request),
    }  # fmt: skip
    return render(request, "programme/plan.html", context)
