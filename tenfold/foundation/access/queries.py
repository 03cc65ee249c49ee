"""Contexts, posts and places of an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import STEP, Organisation
from tenfold.foundation.people.models import Appointment
from tenfold.foundation.scope import AccessContext, as_system, current

from .models import Account
from .roles import roles


@dataclass(frozen=True)
class Post:
    """A post as the header shows it."""

    id: int
    title: str
    organisation: str
    role: str
    chosen: bool = False


def _running(person: int) -> Any:
    day = today()
    return (
        Appointment.objects.filter(person=person, since__lte=day)
        .filter(Q(until__isnull=True) | Q(until__gt=day))
        .filter(role__in=list(roles()))
        .select_related("organisation", "person")
        .order_by("-main", "since", "id")
    )


def context_of_post(person: int, post: int | None = None) -> AccessContext | None:
    """The access context of a person in one of her running posts (the first when none is named)."""
    with as_system("sign-in"):
        posts = list(_running(person))
    if not posts:
        return None
    chosen = next((p for p in posts if p.pk == post), None if post else posts[0])
    if chosen is None:
        return None
    return AccessContext(
        name=chosen.person.number,
        person=person,
        post=chosen.pk,
        organisation=chosen.organisation_id,
        role=chosen.role,
        rights=roles()[chosen.role].rights,
        places=() if roles()[chosen.role].own else (chosen.organisation.path,),
        persons=frozenset({person}),
    )


def context_of_account(account: Account, post: int | None = None) -> AccessContext | None:
    """The access context of a signed-in account; falls back to her first running post."""
    if account.person_id is None or not account.is_active:
        return None
    return context_of_post(account.person_id, post) or context_of_post(account.person_id)


def posts_of(request: Any) -> list[Post]:
    """The posts between which she may switch, the chosen one marked."""
    context = current()
    if context is None or context.person is None:
        return []
    with as_system("sign-in"):
        posts = list(_running(context.person))
    return [
        Post(
            p.pk,
            p.title,
            p.organisation.name,
            roles()[p.role].title,
            p.pk == context.post,
        )
        for p in posts
    ]


def place_choices(request: Any) -> list[Organisation]:
    """The places that the 范围 switcher offers: the own place and the administrative ones just below it."""
    context = current()
    if context is None or context.organisation is None or not context.places:
        return []
    depth = len(context.places[0]) // STEP - 1
    near = Q(pk=context.organisation) | Q(depth=depth + 1, kind__in=("city", "county", "township"), closed_on=None)
    return list(Organisation.objects.filter(near).order_by("path")[:41])
