"""An officer writes to the units below, and reminds those who have not read; a person says how she is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import now
from tenfold.foundation.declare import house
from tenfold.foundation.organisations.models import Organisation, under
from tenfold.foundation.scope import as_system, require

from ..addressing import Posts
from ..models import Addressed, Notice, Settings
from ..queries import reminds_at
from ..rights import RECEIVE_NOTICES, SEND_NOTICES
from ..timing import timing
from ..words import URGENT, WRITTEN
from .telling import Told, queue, tell


class NobodyFits(ValueError):
    """Nobody holds such a post there today."""


class TooSoon(ValueError):
    """The last reminder is not long ago; ``at`` is from when on the next may go."""

    def __init__(self, at: datetime) -> None:
        super().__init__(str(at))
        self.at = at


@service(right=SEND_NOTICES)
def write_notice(
    place: Organisation,
    kinds: Sequence[str],
    roles: Sequence[str],
    *,
    title: str,
    body: str = "",
    receipt: bool = False,
    due: date | None = None,
    urgent: bool = False,
    key: str = "",
) -> Told:
    """Write to everybody who holds one of ``roles`` at the units of ``kinds`` at or below a place of her own.

    ``key`` is the form's: pressing twice sends once. Raises :class:`NobodyFits` where it would reach nobody.
    """
    units = Organisation.objects.filter(under(place.path), kind__in=list(kinds), closed_on=None)
    done = tell(
        URGENT if urgent else WRITTEN,
        to=Posts(list(units.values_list("pk", flat=True)), tuple(roles)),
        title=title,
        body=body,
        receipt=receipt,
        due=due,
        key=f"written.{require().person}.{key or uuid4().hex}",
    )
    if not Addressed.objects.filter(notice=done.notice).exists():
        raise NobodyFits(place.code)
    note(subject=f"notice:{done.notice}", place=place.path, count=done.addressed, after={"title": title})
    return done


@service(right=SEND_NOTICES)
def remind(pk: int) -> int:
    """Send it again to those, and only to those, who have not read it; returns how many. Raises :class:`TooSoon`."""
    notice = Notice.objects.select_related("organisation").get(pk=pk)
    moment, later = now(), reminds_at(notice)
    unread = list(Addressed.objects.filter(notice=notice, read_at=None))
    taken = Notice.objects.filter(pk=pk, reminders=notice.reminders)
    if later or not taken.update(reminded_at=moment, reminders=notice.reminders + 1):
        raise TooSoon(later or moment + timing().remind)
    with as_system("notices"):
        queue(house().notices[notice.kind], notice, unread, notice.reminders + 1)
    note(subject=f"notice:{pk}", place=notice.organisation.path if notice.organisation else "", count=len(unread))
    return len(unread)


@service(right=RECEIVE_NOTICES)
def save_settings(
    *,
    off: Sequence[str],
    channels_off: Sequence[str],
    identities: Mapping[str, str],
    quiet_from: time | None,
    quiet_until: time | None,
    digest: bool,
) -> Settings:
    """How she wants to be reached. Kinds that nobody may switch off are left out, whoever asks."""
    person = require().person
    kinds = house().notices
    words: dict[str, Any] = {
        "off": sorted(code for code in off if code in kinds and kinds[code].optional),
        "channels_off": sorted(channels_off),
        "identities": dict(identities),
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "digest": digest,
    }
    row, _made = Settings.objects.update_or_create(person_id=person, defaults=words)
    note(subject=f"person:{person}", after={"off": words["off"], "channels_off": words["channels_off"]})
    return row
