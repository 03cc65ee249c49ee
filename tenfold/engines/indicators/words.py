"""What the entry of the menu is called, which leads everybody to her own place."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from tenfold.foundation.organisations.models import STEP
from tenfold.foundation.scope import current


def _own_place() -> str:
    """By how far down the tree the post stands; nobody's is the whole city's."""
    context = current()
    depth = len(context.places[0]) // STEP if context is not None and context.places else 1
    return {0: _("The city as a whole"), 1: _("The city as a whole"), 2: _("The county as a whole")}.get(
        depth, _("My place as a whole")
    )


own_place = lazy(_own_place, str)()
