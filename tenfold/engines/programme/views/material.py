"""佐证材料: looked at, handed over, confirmed or given back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tenfold.foundation.files.views import download

from ..pages import doing
from ..queries import material as materials
from .handling import found, refused


def material(request: Any, pk: int) -> HttpResponseBase:
    """Material is told on the page of its task."""
    row = materials.material(pk)
    if row is None:
        raise Http404
    return redirect(f"/tasks/{row.assignment_id}/#material-{row.pk}")


def material_file(request: Any, pk: int) -> HttpResponseBase:
    """The file of Material."""
    row = materials.material(pk)
    if row is None:
        raise Http404
    return download(row.file, shown=True)


def decide(request: Any, pk: int) -> HttpResponse:
    """Confirm it, or give it back."""
    try:
        row = doing.decide(pk, request.POST)
    except doing.NotUnderstood as fault:
        held = materials.material(pk)
        return refused(request, found(held.assignment_id if held else 0), fault)
    if row is None:
        raise Http404
    messages.success(request, _("Decided."))
    return redirect("programme:task", pk=row.pk)
