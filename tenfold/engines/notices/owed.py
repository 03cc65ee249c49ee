"""What notices put on the desk: those that ask for a receipt."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.declare import Owed
from tenfold.foundation.scope import AccessContext

from . import queries


def to_sign(context: AccessContext) -> Iterator[Owed]:
    """One for each notice that waits for her receipt."""
    for row in queries.unsigned(context):
        sender = row.notice.organisation
        yield Owed(
            title=row.notice.title,
            why=_("The sender asks for a receipt. It takes one press after reading."),
            url=reverse("notice", args=[row.pk]),
            action=_("Read and sign"),
            minutes=1,
            due=row.notice.due,
            asked_by=sender.name if sender else "",
        )
