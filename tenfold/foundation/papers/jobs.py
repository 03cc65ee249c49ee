"""Making a paper, as a job."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from . import services
from .models import Paper


def make(run: Any, paper: int) -> None:
    """Make a paper that was asked for; it acts for the one who asked."""
    row = Paper.objects.select_related("organisation", "about").get(pk=paper)
    if row.word_id or row.fault:
        return
    run.progress(0, 1, _("Gathering the figures and filling the template"))
    run.check()
    services.make(row, run.finish)
