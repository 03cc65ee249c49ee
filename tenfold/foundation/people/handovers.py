"""工作交接: the posts of a person as what may be handed over, and who may take over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import Handover, Held
from tenfold.foundation.ui import words

from .models import Appointment, Person
from .services.handovers import hand_posts

FAMILY = ("", "guardian", "student")


def running(person: int) -> list[Appointment]:
    """Her posts within the scope that run today, those of families apart."""
    posts = Appointment.objects.filter(Q(until=None) | Q(until__gt=today()), person=person, since__lte=today())
    return list(posts.exclude(role__in=("guardian", "student")).select_related("organisation"))


def successors(person: int) -> list[Person]:
    """Who may take over: those with a running post at a place where she holds one."""
    places = [post.organisation_id for post in running(person)]
    here = Appointment.objects.filter(Q(until=None) | Q(until__gt=today()), organisation__in=places)
    found = Person.objects.filter(pk__in=here.exclude(role__in=FAMILY).values("person"))
    return list(found.exclude(pk=person).exclude(name=""))


def held_posts(person: int) -> Iterator[Held]:
    """Posts, one by one."""
    for post in running(person):
        yield Held(str(post.pk), f"{post.organisation.name} {post.title}", words.day(post.since, True))


def hand(person: int, successor: int, keys: Iterable[str]) -> int:
    """Posts pass to the successor."""
    return hand_posts(person, successor, keys)


POSTS = Handover("people.posts", _("Posts"), ("people.Appointment.person",), held_posts, hand, order=10)
