"""工作交接: all that a person has in hand goes to her successor at once, or nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today
from tenfold.foundation.declare import house

from ..models import Appointment, Person
from ..rights import KEEP_PEOPLE
from .posts import appoint, end_appointment


class HandoverFault(ValueError):
    """What cannot be handed over, in words for the one who tried."""


@service(right=KEEP_PEOPLE)
def hand_over(person: Person, successor: Person, chosen: Mapping[str, Iterable[str]], *, why: str = "") -> int:
    """Hand what is chosen (keys by the code of a declared Handover) to the successor; how many things.

    Posts go first, so that what belongs to a post finds her in it. Raises :class:`HandoverFault`.
    """
    if person.pk == successor.pk:
        raise HandoverFault(_("Choose another person as successor."))
    count = 0
    for each in sorted(house().handovers.values(), key=lambda declared: declared.order):
        keys = list(chosen.get(each.code, ()))
        known = {held.key for held in each.held(person.pk)}
        if set(keys) - known:
            raise HandoverFault(_("Something was handed over or ended meanwhile; look at the list again."))
        try:
            count += each.hand(person.pk, successor.pk, keys) if keys else 0
        except ValidationError as fault:
            raise HandoverFault("".join(fault.messages)) from fault
        except ValueError as fault:
            raise HandoverFault(str(fault)) from fault
    if not count:
        raise HandoverFault(_("Choose what is to be handed over."))
    note(subject=f"person:{person.pk}", after={"successor": successor.pk}, count=count, why=why[:300])
    return count


@service(right=KEEP_PEOPLE)
def hand_posts(person: int, successor: int, keys: Iterable[str]) -> int:
    """The predecessor leaves her posts today, the successor holds them from today."""
    wanted, heir = list(keys), Person.objects.get(pk=successor)
    for post in Appointment.objects.filter(person=person, pk__in=wanted).select_related("organisation"):
        if Appointment.objects.filter(
            person=heir, organisation=post.organisation, role=post.role, title=post.title, until=None
        ).exists():
            raise HandoverFault(_("%(name)s holds the post %(title)s already.") % {"name": heir, "title": post.title})
        end_appointment(post, max(today(), post.since + timedelta(days=1)), why=_("Handed over"))
        first = not Appointment.objects.filter(person=heir, until=None).exists()
        appoint(
            heir.number,
            heir.name,
            post.organisation,
            post.title,
            since=today(),
            role=post.role,
            main=first and post.main,
        )
    return len(wanted)
