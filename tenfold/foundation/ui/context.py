"""What every page shows around its own matter: title, rail, places, posts, the count of what is owed.

One context processor, :func:`page`, gives templates the variable ``frame``. Everything that costs
a query is asked for when a template first prints it. The packages above ``ui`` that own places, posts
and the desk are reached by the dotted paths of ``settings.TENFOLD["PAGE_PARTS"]``; each function
takes the request, and a part that is not named is simply not shown:

* ``todo_count`` → int
* ``posts`` → objects with ``id, title, organisation, role, chosen``
* ``places`` → objects with ``code`` and ``name``, the own place first; the chosen one is the code in
  the address (``?place=``), else the first
* ``actions`` → the year's actions as a :class:`Group` of the rail, with what is late; None leaves the rooms there
* ``as_of`` → the day or time up to which the data reach
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tenfold.foundation.declare import PUBLIC, SIGNED_IN, MenuItem, house

LARGE_COOKIE = "tf_large"
DENSITY_COOKIE = "tf_density"
DENSITIES = ("roomy", "standard", "dense")


@dataclass
class Entry:
    """A line of the rail as it is drawn."""

    title: str
    url: str
    numeral: str = ""
    late: int = 0
    current: bool = False
    is_home: bool = False


@dataclass
class Group:
    """A part of the rail with its heading (none for the topmost)."""

    code: str
    title: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A choice of the 范围 switcher: where it leads and whether it is the one in force."""

    code: str
    name: str
    url: str
    current: bool


def page(request: Any) -> dict[str, Any]:
    """The context processor."""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}


def address(item: MenuItem) -> str:
    """Where a menu item leads: a path as it stands, or a route's name; '' when there is no such route."""
    return item.url if item.url.startswith("/") else route(item.url)


def route(name: str) -> str:
    """The address of a named route without arguments, or '' where nobody has built it yet."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def group_titles() -> dict[str, str]:
    """The groups of the rail in their order."""
    return {"top": "", "rooms": _("The ten actions"), "work": _("Steering and data"), "more": _("Further")}


def _density_words() -> tuple[str, str, str]:
    return pgettext("density", "Roomy"), pgettext("density", "Standard"), pgettext("density", "Dense")


class Frame:
    """What a page shows around its own matter; every costly part is computed at most once, when asked."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.access = getattr(request, "access", None)
        self.words: dict[str, Any] = settings.TENFOLD
        self.path: str = request.path

    def _part(self, name: str, default: Any) -> Any:
        dotted = self.words.get("PAGE_PARTS", {}).get(name)
        return import_string(dotted)(self.request) if dotted and self.access else default

    @property
    def title(self) -> str:
        """The city's own title."""
        return str(self.words.get("TITLE", ""))

    @property
    def seal(self) -> list[tuple[str, int, int]]:
        """The characters of the name seal with their x and y in its 32 by 32 square, right column first."""
        signs = str(self.words.get("SEAL", ""))[:4]
        spots = [(23, 14), (23, 27), (9, 14), (9, 27)] if len(signs) > 2 else [(16, 14), (16, 27)]
        return [(sign, x, y) for sign, (x, y) in zip(signs, spots, strict=False)]

    @property
    def demo(self) -> bool:
        """Whether the data are invented."""
        return bool(self.words.get("DEMO"))

    @property
    def icp(self) -> str:
        """The filing number of the site."""
        return str(self.words.get("ICP", ""))

    @property
    def app_filing(self) -> str:
        """The filing number of the mobile application."""
        return str(self.words.get("APP_FILING", ""))

    @property
    def language(self) -> str:
        """The language of the page as HTML names it."""
        return "zh-Hans" if self.chinese else "en"

    @property
    def chinese(self) -> bool:
        """Whether the page is in Chinese."""
        return (get_language() or "zh").startswith("zh")

    @property
    def large(self) -> bool:
        """Whether 大字 is on."""
        return self.request.COOKIES.get(LARGE_COOKIE) == "1"

    @property
    def density(self) -> str:
        """roomy, standard or dense."""
        chosen = self.request.COOKIES.get(DENSITY_COOKIE, "")
        return chosen if chosen in DENSITIES else "standard"

    @property
    def densities(self) -> list[tuple[str, str]]:
        """The choices of density with their words."""
        return list(zip(DENSITIES, _density_words(), strict=True))

    @property
    def classes(self) -> str:
        """Classes of the html element."""
        return " ".join(["tf"] + [f"tf-{self.density}"] + (["tf-large"] if self.large else []))

    @property
    def here(self) -> str:
        """The full path of this page, to come back to."""
        return self.request.get_full_path() if self.request.method == "GET" else "/"

    @cached_property
    def menu(self) -> list[Group]:
        """The rail: what the present post may open, grouped."""
        groups = {code: Group(code, title) for code, title in group_titles().items()}
        for item in sorted(house().menu, key=lambda item: item.order):
            if (url := address(item)) and self._may(item):
                entry = Entry(str(item.title), url, item.numeral, is_home=url == self.todo_url)
                groups[item.group].entries.append(entry)
        if groups["rooms"].entries and (actions := self._part("actions", None)) is not None:
            groups["rooms"] = actions
        entries = [entry for group in groups.values() for entry in group.entries]
        self._mark(entries)
        return [group for group in groups.values() if group.entries]

    def _may(self, item: MenuItem) -> bool:
        if item.right == PUBLIC:
            return True
        if self.access is None:
            return False
        return item.right == SIGNED_IN or bool(self.access.may(item.right))

    def _mark(self, entries: list[Entry]) -> None:
        fits = [e for e in entries if self.path == e.url or (e.url != "/" and self.path.startswith(e.url))]
        if fits:
            max(fits, key=lambda entry: len(entry.url)).current = True

    @cached_property
    def todo_count(self) -> int:
        """How many things the present post owes."""
        return int(self._part("todo_count", 0))

    @cached_property
    def posts(self) -> list[Any]:
        """The posts between which the person may switch."""
        return list(self._part("posts", []))

    @property
    def post(self) -> Any:
        """The post in force."""
        return next((post for post in self.posts if post.chosen), None)

    @cached_property
    def person(self) -> str:
        """The name of the one who has signed in; of a guardian or pupil, who has none here, what she is called as
        such; the sign-in name while she holds no post."""
        user = getattr(self.request, "user", None)
        person = getattr(user, "person", None) if self.access else None
        named = getattr(person, "name", "") or (self.post.title if person and self.post else "")
        return str(named or person or user or "")

    @cached_property
    def places(self) -> list[Place]:
        """The choices of 范围; each keeps the rest of the present address."""
        found = list(self._part("places", []))
        wanted = self.request.GET.get("place", "")
        chosen = next((p.code for p in found if p.code == wanted), found[0].code if found else "")
        return [Place(p.code, str(p.name), self._with_place(p.code), p.code == chosen) for p in found]

    def _with_place(self, code: str) -> str:
        query = self.request.GET.copy()
        query["place"] = code
        return f"?{query.urlencode()}"

    @property
    def place(self) -> Place | None:
        """The place in force."""
        return next((place for place in self.places if place.current), None)

    @cached_property
    def as_of(self) -> Any:
        """Up to when the data reach, or None."""
        return self._part("as_of", None)

    @property
    def todo_url(self) -> str:
        """Home is the to-do list."""
        return route("home") or "/"

    @property
    def overview_url(self) -> str:
        """The second entry of the rail's top, for the bar at the foot of a phone."""
        entries = [entry for group in self.menu if group.code == "top" for entry in group.entries]
        return entries[1].url if len(entries) > 1 else ""

    def _routes(self) -> Iterator[tuple[str, str]]:
        names = "search complaints accessibility mine look switch_post choose_language redeem_code account_login"
        for name in (*names.split(), "account_logout", "account_change_password", "account_second_factor"):
            yield name, route(name)

    @cached_property
    def urls(self) -> dict[str, str]:
        """The addresses that the frame links to; '' where a page is not built yet, and the link is left out."""
        return dict(self._routes())
