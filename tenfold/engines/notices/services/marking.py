"""An addressee reads and signs; a colleague enters what was signed on paper."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import now
from tenfold.foundation.scope import as_system, require

from ..models import Addressed, Receipt
from ..rights import ENTER_RECEIPTS, RECEIVE_NOTICES
from ..words import read_paper_code


class NotFound(LookupError):
    """No notice that is hers, or no such code within her places."""


def _told(row: Addressed, **words: Any) -> None:
    note(subject=f"notice:{row.notice_id}", place=row.organisation.path if row.organisation else "", **words)


def _own(pk: int) -> Addressed:
    row = Addressed.objects.filter(pk=pk, person=require().person).select_related("organisation", "notice").first()
    if row is None:
        raise NotFound(pk)
    return row


@service(right=RECEIVE_NOTICES)
def mark_read(pk: int, *, older: bool = False) -> int:
    """One of hers was read, with ``older`` all before it that ask for no receipt; returns how many were unread."""
    row = _own(pk)
    which = Q(pk=row.pk)
    if older:
        which = Q(person=row.person_id, pk__lte=row.pk, notice__receipt=False)
    count = int(Addressed.objects.filter(which, read_at=None).update(read_at=now()))
    _told(row, count=count)
    return count


@service(right=RECEIVE_NOTICES)
def sign(pk: int) -> bool:
    """签收. Returns whether it was still open; signing twice changes nothing."""
    row = _own(pk)
    if not row.notice.receipt:
        raise NotFound(pk)
    moment = now()
    Addressed.objects.filter(pk=row.pk, read_at=None).update(read_at=moment)
    done = Addressed.objects.filter(pk=row.pk, receipted_at=None).update(receipted_at=moment, receipted=Receipt.SELF)
    _told(row, after={"receipt": Receipt.SELF})
    return bool(done)


@service(right=ENTER_RECEIPTS)
def enter_paper(code: str) -> tuple[Addressed, bool]:
    """A receipt that was signed on paper, by its code; returns the addressee's row and whether it was still open.

    Raises :class:`NotFound` for a code that is none, or that belongs to a place she does not reach.
    """
    context = require()
    signs = read_paper_code(code)
    with as_system("notices"):
        found = Addressed.objects.select_related("notice", "organisation", "person")
        row = found.filter(paper_code=signs).first() if signs else None
        if row is None or row.organisation is None or not context.reaches(row.organisation.path):
            raise NotFound(code)
        moment, open_rows = now(), Addressed.objects.filter(pk=row.pk)
        open_rows.filter(read_at=None).update(read_at=moment)
        done = open_rows.filter(receipted_at=None).update(
            receipted_at=moment, receipted=Receipt.PAPER, entered_by=context.person
        )
        _told(row, after={"receipt": Receipt.PAPER})
    return row, bool(done)
