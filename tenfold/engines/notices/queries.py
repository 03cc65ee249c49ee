"""Reads of notices: one's own, those that one's places have sent, and who has read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Max, Min, Q, When

from tenfold.foundation.access.roles import roles
from tenfold.foundation.calendar import now
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.scope import AccessContext, as_system, current, require

from .models import Addressed, ChannelRest, Notice, OutboxMail, Sending, Settings, State
from .timing import timing
from .words import URGENT, WRITTEN

SIZE = 30
MOST_OWED = 20
LOOKED_BACK = timedelta(days=7)
BY_HAND = (WRITTEN.code, URGENT.code)
"""Kinds that an officer writes; what the house tells of single matters stands on their own pages."""


@dataclass(frozen=True)
class UnitRow:
    """How far one organisation is with a notice."""

    organisation: int | None
    name: str
    told: int
    read: int
    signed: int

    @property
    def state(self) -> str:
        """The sign beside it."""
        return "done" if self.read == self.told else "attention" if self.read else "late"


def mine(page: str | None = None) -> Page[Addressed]:
    """One's own notices, the unread ones first, then the newest."""
    unread = Case(When(read_at=None, then=0), default=1)
    rows = _own(require()).select_related("notice__organisation").order_by(unread, "-pk")
    return Paginator(rows, SIZE).get_page(page)


def own_counts() -> dict[str, Any]:
    """How many are ``unread``, ``plain`` ones of them that ask for no receipt, and ``unsigned``; the ``newest`` key."""
    unread = Q(read_at=None)
    found: dict[str, Any] = _own(require()).aggregate(
        newest=Max("pk"),
        unread=Count("pk", filter=unread),
        plain=Count("pk", filter=unread & Q(notice__receipt=False)),
        unsigned=Count("pk", filter=Q(notice__receipt=True, receipted_at=None)),
    )
    return found


def own(pk: int) -> Addressed | None:
    """One of one's own."""
    found: Addressed | None = _own(require()).filter(pk=pk).select_related("notice__organisation").first()
    return found


def unsigned(context: AccessContext) -> list[Addressed]:
    """Those that wait for her receipt, the earliest due first. One query, on every page of the house."""
    if context.person is None:
        return []
    rows = _own(context).filter(notice__receipt=True, receipted_at=None).select_related("notice__organisation")
    return list(rows.order_by("notice__due", "pk")[:MOST_OWED])


def _own(context: AccessContext) -> Any:
    return Addressed.objects.filter(person=context.person)


def sent(page: str | None = None) -> Page[Notice]:
    """What officers in the places of her scope have written, the newest first, with who has read it."""
    rows = Notice.objects.filter(kind__in=BY_HAND).exclude(organisation=None).select_related("organisation")
    counted = rows.annotate(
        told=Count("addressed"),
        read=Count("addressed", filter=Q(addressed__read_at__isnull=False)),
        signed=Count("addressed", filter=Q(addressed__receipted_at__isnull=False)),
    )
    return Paginator(counted.order_by("-created_at", "-pk"), SIZE).get_page(page)


def sent_one(pk: int) -> Notice | None:
    """One that her places have sent."""
    found: Notice | None = (
        Notice.objects.filter(kind__in=BY_HAND, pk=pk).exclude(organisation=None).select_related("organisation").first()
    )
    return found


def units_of(notice: Notice) -> list[UnitRow]:
    """How far each organisation is, those first where nobody has read it."""
    rows = (
        Addressed.objects.filter(notice=notice)
        .order_by()
        .values_list("organisation", "organisation__name")
        .annotate(
            told=Count("pk"),
            read=Count("pk", filter=Q(read_at__isnull=False)),
            signed=Count("pk", filter=Q(receipted_at__isnull=False)),
        )
    )
    found = [UnitRow(pk, name or "", told, read, signed) for pk, name, told, read, signed in rows]
    return sorted(found, key=lambda row: (row.read - row.told, row.signed - row.told, row.organisation or 0))


def ways_of(notice: Notice) -> dict[str, dict[str, int]]:
    """By channel, how many sendings stand in which state."""
    rows = (
        Sending.objects.filter(addressed__notice=notice)
        .order_by("channel")
        .values_list("channel", "state")
        .annotate(count=Count("pk"))
    )
    found: dict[str, dict[str, int]] = {}
    for channel, state, count in rows:
        found.setdefault(channel, {})[State(state)] = count
    return found


def reminds_at(notice: Notice) -> datetime | None:
    """From when on those who have not read may be reminded again; None where they may be now."""
    at = (notice.reminded_at or notice.created_at) + timing().remind
    return at if at > now() else None


def leaves_at(notice: Notice) -> datetime | None:
    """From when on what waits may go, where quiet hours or a daily summary hold all of it back."""
    waiting = Sending.objects.filter(addressed__notice=notice, state=State.WAITING)
    first: datetime | None = waiting.aggregate(first=Min("run_after"))["first"]
    return first if first and first > now() else None


def on_paper(notice: Notice) -> list[Addressed]:
    """Those who have not signed, in the order of the tree, with their codes."""
    rows = Addressed.objects.filter(notice=notice, receipted_at=None).exclude(paper_code=None)
    return list(rows.select_related("person", "organisation").order_by("organisation__path", "pk"))


def resting() -> list[ChannelRest]:
    """The channels that do not answer at present."""
    return list(ChannelRest.objects.order_by("channel"))


@dataclass
class ChannelRow:
    """How one channel works. ``oldest``: since when what waits the longest might have gone."""

    channel: str
    configured: bool
    waiting: int = 0
    refused: int = 0
    oldest: datetime | None = None
    sent_at: datetime | None = None
    rest: ChannelRest | None = None


def channels(known: Iterable[str]) -> list[ChannelRow]:
    """Every channel that the house has or on which something waits, whosever it is: counts alone."""
    found = {channel: ChannelRow(channel, True) for channel in known}
    with as_system("notices.channels"):
        rests = {rest.channel: rest for rest in ChannelRest.objects.all()}
        rows = [*_told(Sending.objects.order_by("channel").values("channel"))]
        rows += [row | {"channel": "email"} for row in _told(OutboxMail.objects.order_by().values("state"))]
    for row in rows:
        one = found.setdefault(row["channel"], ChannelRow(row["channel"], False))
        one.waiting += row["waiting"]
        one.refused += row["refused"]
        one.oldest = min((moment for moment in (one.oldest, row["oldest"]) if moment), default=None)
        one.sent_at = max((moment for moment in (one.sent_at, row["last"]) if moment), default=None)
    for one in found.values():
        one.rest = rests.get(one.channel)
    return [one for one in found.values() if one.configured or one.waiting]


def _told(rows: Any) -> Any:
    waits = Q(state__in=(State.WAITING, State.SENDING))
    refused = Q(state__in=(State.REFUSED, State.NO_ADDRESS), run_after__gte=now() - LOOKED_BACK)
    return rows.annotate(
        waiting=Count("pk", filter=waits),
        refused=Count("pk", filter=refused),
        oldest=Min("run_after", filter=waits & Q(run_after__lte=now())),
        last=Max("sent_at"),
    )


def own_settings() -> Settings | None:
    """How the one who asks wants to be reached, where she has said it."""
    context = current()
    found: Settings | None = Settings.objects.filter(person=context.person).first() if context else None
    return found


def places() -> list[Organisation]:
    """From where a notice may be addressed downwards: one's own place and the administrative ones below."""
    kinds = (Kind.PROVINCE, Kind.CITY, Kind.COUNTY, Kind.TOWNSHIP)
    context = require()
    return list(
        Organisation.objects.filter(Q(kind__in=kinds) | Q(pk=context.organisation), closed_on=None).order_by("path")
    )


def role_choices() -> list[tuple[str, str]]:
    """The roles of staff, as a notice is addressed to them."""
    return [(role.code, role.title) for role in roles().values() if not role.own]
