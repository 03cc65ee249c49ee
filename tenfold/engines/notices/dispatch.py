"""Sending what is due: leased row by row, one message to a person and channel, whatever has piled up.

Only the worker's job calls this. A claim is written before a message goes and the end after it; a lease that has
run out is taken up again. What one person has not read of several notices goes as one summary.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenfold.foundation.access.models import Account
from tenfold.foundation.acts import permitted
from tenfold.foundation.calendar import now

from .channels import Down, Message, NotThere, Unclear, deliver
from .channels.mail import send as send_mail
from .models import Addressed, ChannelRest, OutboxMail, Sending, Settings, State
from .timing import rest_of, timing

TRIES = 8
"""So often a message is tried that its channel refuses for a reason not known here: over a day and a half."""
NAMED = 5
"""Titles that a summary names."""


@dataclass
class Batch:
    """Rows under one claim that leave as one message."""

    claim: str
    channel: str
    rows: list[Any] = field(default_factory=list)

    @property
    def model(self) -> Any:
        """The table of its rows."""
        return type(self.rows[0])


def lease() -> timedelta:
    """How long a claim holds: three times that of a job, and so longer than any time limit of a channel."""
    return timedelta(seconds=3 * settings.TENFOLD["LEASE_SECONDS"])


def due(moment: datetime) -> Q:
    """What waits and may go, and what a dead worker has left."""
    return Q(state=State.WAITING, run_after__lte=moment) | Q(state=State.SENDING, lease_until__lt=moment)


def claim_next() -> Batch | None:
    """Lease what leaves next; None where nothing is due. Mails of the sign-in go first."""
    moment = now()
    resting = set(ChannelRest.objects.filter(until__gt=moment).values_list("channel", flat=True))
    if "email" not in resting:
        mail = OutboxMail.objects.filter(due(moment)).order_by("run_after", "pk").values_list("pk", flat=True).first()
        if mail is not None:
            return _take(OutboxMail, "email", Q(pk=mail), moment)
    first = (
        Sending.objects.filter(due(moment))
        .exclude(channel__in=resting)
        .order_by("run_after", "pk")
        .values("pk", "channel", "addressed__person")
        .first()
    )
    if first is None:
        return None
    same = Q(pk=first["pk"])
    if first["addressed__person"] is not None:
        hers = Addressed.objects.filter(person=first["addressed__person"])
        same = Q(channel=first["channel"], addressed__in=hers.order_by())
    return _take(Sending, first["channel"], same, moment)


def _take(model: Any, channel: str, which: Q, moment: datetime) -> Batch:
    """Rows that are still due come under the claim; another worker may have been quicker, then there are none."""
    batch = Batch(uuid4().hex, channel)
    with permitted("jobs"):
        model.objects.filter(due(moment), which).update(
            state=State.SENDING, claim=batch.claim, lease_until=moment + lease()
        )
    rows = model.objects.filter(claim=batch.claim).order_by("pk")
    if model is Sending:
        rows = rows.select_related("addressed__person", "addressed__notice", "notice__organisation")
    batch.rows = list(rows)
    return batch


def send(batch: Batch) -> None:
    """Send one batch and write down how it ended."""
    wanted = [row for row in batch.rows if not _read(row)]
    _end([row for row in batch.rows if row not in wanted], batch, state=State.NEEDLESS)
    if not wanted:
        return
    address = address_of(batch.channel, wanted[0])
    if not address:
        _end(wanted, batch, state=State.NO_ADDRESS)
        return
    try:
        message = message_of(wanted)
        if batch.model is OutboxMail:
            send_mail({}, address, message)
        else:
            deliver(batch.channel, address, message)
    except Down as fault:
        _rest(batch.channel, str(fault))
        _end(wanted, batch, state=State.WAITING, fault=str(fault)[:200])
    except NotThere as fault:
        _end(wanted, batch, state=State.REFUSED, fault=str(fault)[:200])
    except Unclear as fault:
        _again(wanted, batch, str(fault)[:200])
    else:
        _end(wanted, batch, state=State.SENT, sent_at=now(), fault="")
        with permitted("jobs"):
            ChannelRest.objects.filter(channel=batch.channel).delete()


def _read(row: Any) -> bool:
    return isinstance(row, Sending) and row.addressed is not None and row.addressed.read_at is not None


def address_of(channel: str, row: Any) -> str:
    """Where a person is reached on a channel; '' where nobody has said it."""
    if isinstance(row, OutboxMail):
        return row.to
    if row.addressed is None:
        organisation = row.notice.organisation if row.notice else None
        return organisation.code if organisation else ""
    person = row.addressed.person
    if channel == "email":
        return Account.objects.filter(person=person, is_active=True).values_list("email", flat=True).first() or ""
    if channel == "sms":
        return person.phone or ""
    own = Settings.objects.filter(person=person).first()
    return str((own.identities or {}).get(channel, "")) if own else ""


def message_of(rows: list[Any]) -> Message:
    """What leaves: a mail as it was written; else titles, and where to sign in. Several notices become one summary."""
    first = rows[0]
    if isinstance(first, OutboxMail):
        return Message(first.subject, first.body, f"mail.{first.pk}")
    notices = list({notice.pk: notice for notice in map(_notice, rows)}.values())
    key = first.key if len(rows) == 1 else f"{first.key}.{len(rows)}"
    if len(notices) == 1:
        title = notices[0].title
        if again := max(row.round for row in rows):
            title = _("Reminder %(number)s: %(title)s") % {"number": again, "title": title}
        where = "/notices/" if first.addressed is None else f"/notices/{first.addressed.pk}/"
        return Message(title, _text(title, where), key)
    count = len(notices)
    title = ngettext("%(count)s notice is unread", "%(count)s notices are unread", count) % {"count": count}
    named = "\n".join(f"· {notice.title}" for notice in notices[-NAMED:])
    more = "" if count <= NAMED else "\n" + _("and earlier ones")
    return Message(title, _text(f"{title}\n{named}{more}", "/notices/"), key)


def _notice(row: Sending) -> Any:
    return row.addressed.notice if row.addressed else row.notice


def _text(head: str, where: str) -> str:
    return _("%(head)s\nPlease sign in to read: %(address)s") % {"head": head, "address": settings.PUBLIC_URL + where}


def _end(rows: list[Any], batch: Batch, **changes: Any) -> None:
    """How it ended, for those rows that are still under our claim."""
    if not rows:
        return
    with permitted("jobs"):
        batch.model.objects.filter(pk__in=[row.pk for row in rows], claim=batch.claim).update(
            claim="", lease_until=None, **changes
        )


def _again(rows: list[Any], batch: Batch, fault: str) -> None:
    """Later, each time twice as late; after enough tries no more."""
    for row in rows:
        tries = row.tries + 1
        state = State.REFUSED if tries >= TRIES else State.WAITING
        _end(
            [row], batch, state=state, tries=tries, fault=fault, run_after=now() + timedelta(minutes=15 * 2**row.tries)
        )


def _rest(channel: str, fault: str) -> None:
    """The channel rests, twice as long from failure to failure; the rows wait as they are."""
    moment = now()
    with permitted("jobs"):
        row, _made = ChannelRest.objects.get_or_create(channel=channel, defaults={"until": moment, "since": moment})
        row.failures += 1
        row.until, row.fault = moment + rest_of(row.failures), fault[:200]
        row.save()


def sweep() -> None:
    """What went out long ago is forgotten; notices and receipts stay."""
    ended = (State.SENT, State.NEEDLESS, State.NO_ADDRESS, State.REFUSED)
    before = now() - timing().keep
    with permitted("jobs"):
        OutboxMail.objects.filter(state__in=ended, created_at__lt=before).delete()
        Sending.objects.filter(state__in=ended, run_after__lt=before).delete()
