"""Contexts, posts and places of an account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenfold.foundation.calendar import today
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import STEP, Organisation
from tenfold.foundation.people.models import Appointment, Person
from tenfold.foundation.scope import AccessContext, as_system, current, once

from .models import Account
from .roles import roles

SIZE = 50
"""People on a page of the list."""

STATES = (
    ("open", pgettext_lazy("sign-in", "Open")),
    ("invited", _("Invited")),
    ("closed", pgettext_lazy("sign-in", "Closed")),
    ("idle", _("No post")),
    ("none", _("No sign-in")),
)
"""Where a person's sign-in stands."""
SIGNS = {"open": "on_track", "invited": "attention", "closed": "done", "idle": "attention", "none": "unknown"}


@dataclass(frozen=True)
class SignInRow:
    """A person with her sign-in, as the security administrator sees it. ``factor``: None where none is asked for."""

    person: int
    name: str
    number: str
    posts: str
    username: str
    email: str
    state: str
    state_word: str
    state_sign: str
    last: Any
    factor: bool | None


def sign_ins(q: str = "", state: str = "", factor: str = "", page: str | None = None) -> Page[SignInRow]:
    """A page of the people within the scope and their sign-ins; those without one where they are asked for."""
    found = Paginator(_people(q, state, factor), SIZE).get_page(page)
    found.object_list = _rows(list(found))
    return found


def every_sign_in(state: str = "") -> Iterator[SignInRow]:
    """The same without pages, for the command line."""
    pages = Paginator(_people("", state, ""), SIZE)
    for number in pages.page_range:
        yield from _rows(list(pages.page(number)))


def _people(q: str, state: str, factor: str) -> Any:
    people = Person.objects.select_related("account").order_by("sort_key", "id")
    if q:
        people = people.filter(Q(name__icontains=q) | Q(number__icontains=q) | Q(account__username__icontains=q))
    elif state != "none":
        people = people.exclude(account=None)
    if state:
        people = people.filter(_in_state(state))
    if factor == "missing":
        people = people.filter(_asked_for_a_factor(), ~Q(account__in=_with_factor()), account__isnull=False)
    return people


def _in_state(state: str) -> Q | Exists:
    """The same as ``_state``, for the store."""
    posts = Exists(_all_running().filter(person=OuterRef("pk")).order_by())
    closed, active = Q(account__is_active=False), Q(account__is_active=True)
    invited = Q(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    states = {
        "none": Q(account=None),
        "closed": closed,
        "idle": active & ~Q(posts),
        "invited": active & Q(posts) & invited,
        "open": active & Q(posts) & ~invited,
    }
    return states.get(state, Q(pk=None))


def _asked_for_a_factor() -> Exists:
    asking = [role for role, told in roles().items() if told.two_factor]
    return Exists(_all_running().filter(person=OuterRef("pk"), role__in=asking).order_by())


def _with_factor() -> Any:
    return Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user_id")


def sign_in_of(person: int) -> tuple[Person, SignInRow] | None:
    """One of them; None where she is out of scope."""
    found = Person.objects.select_related("account").filter(pk=person).first()
    return (found, _rows([found])[0]) if found else None


def _rows(people: list[Person]) -> list[SignInRow]:
    posts: dict[int, list[Appointment]] = defaultdict(list)
    for post in _all_running().filter(person__in=[p.pk for p in people]):
        posts[post.person_id].append(post)
    accounts = [p.account.pk for p in people if getattr(p, "account", None)]
    with_factor = set(_with_factor().filter(user_id__in=accounts).values_list("user_id", flat=True))
    return [_row(person, posts[person.pk], with_factor) for person in people]


def _row(person: Person, posts: list[Appointment], with_factor: set[int]) -> SignInRow:
    account: Account | None = getattr(person, "account", None)
    state = "none" if account is None else _state(account, posts)
    asked = any(roles()[post.role].two_factor for post in posts)
    return SignInRow(
        person=person.pk,
        name=person.name,
        number=person.number,
        posts="；".join(f"{post.organisation.name} {post.title}" for post in posts),
        username=account.username if account else "",
        email=account.email if account else "",
        state=state,
        state_word=str(dict(STATES)[state]),
        state_sign=SIGNS[state],
        last=account.last_login if account else None,
        factor=(account.pk in with_factor) if account and asked else None,
    )


def _state(account: Account, posts: list[Appointment]) -> str:
    if not account.is_active:
        return "closed"
    if not posts:
        return "idle"
    return "open" if account.has_usable_password() else "invited"


@dataclass(frozen=True)
class Post:
    """A post as the header shows it."""

    id: int
    title: str
    organisation: str
    role: str
    chosen: bool = False


def _running(person: int) -> Any:
    return _all_running().filter(person=person)


def _all_running() -> Any:
    day = today()
    return (
        Appointment.objects.filter(since__lte=day)
        .filter(Q(until__isnull=True) | Q(until__gt=day))
        .filter(role__in=list(roles()))
        .select_related("organisation", "person")
        .order_by("-main", "since", "id")
    )


def _held(person: int) -> list[Appointment]:
    """Her running posts; asked once a page."""
    with as_system("sign-in"):
        return once(("access.held", person), lambda: list(_running(person)))


def context_of_post(person: int, post: int | None = None) -> AccessContext | None:
    """The access context of a person in one of her running posts (the first when none is named)."""
    posts = _held(person)
    if not posts:
        return None
    chosen = next((p for p in posts if p.pk == post), None if post else posts[0])
    if chosen is None:
        return None
    if not roles()[chosen.role].own:
        organisations.at_home(chosen.organisation)
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


def front_of(request: Any, post: int | None = None) -> str:
    """The page on which the day begins of whoever has just signed in, or goes on in another of her posts."""
    person = getattr(request.user, "person_id", None)
    context = context_of_post(person, post) if person else None
    return roles()[context.role].front if context else "/"


def posts_of(request: Any) -> list[Post]:
    """The posts between which she may switch, the chosen one marked."""
    context = current()
    if context is None or context.person is None:
        return []
    posts = _held(context.person)
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
