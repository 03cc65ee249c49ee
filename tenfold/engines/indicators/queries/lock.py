"""The lock of the fact store: who asks, for which place, and whether what is stored may be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenfold.foundation.declare import house
from tenfold.foundation.organisations.models import Kind, Organisation
from tenfold.foundation.scope import as_system, require

from ..engine.definitions import ALL_LEVELS, Definition, define
from ..engine.keeping import Report, bring_up, is_current
from ..engine.store import Contents, Store, store


class OutOfScope(LookupError):
    """A place that does not exist or lies beyond the asker's scope; she is not told which."""


class UnknownIndicator(LookupError):
    """No indicator has that code."""


class UnknownPeriod(LookupError):
    """Nothing is held of that period."""


@dataclass
class _Seen:
    """What this process last found to be current."""

    root: str = ""
    stamp: tuple[int, int] = (0, 0)
    house: int = 0
    contents: Contents | None = None


_seen = _Seen()


def opened() -> tuple[Store, Contents]:
    """The store and its manifest; counts anew first where a definition has changed or nothing is stored yet.

    Raises NoAccessContext without an access context.
    """
    require()
    place = store()
    stamp = place.stamp()
    if _seen.contents is None or (_seen.root, _seen.stamp, _seen.house) != (str(place.root), stamp, id(house())):
        contents = place.contents()
        if not is_current(contents):
            contents = _brought_up(place)
        _seen.root, _seen.stamp, _seen.house = str(place.root), place.stamp(), id(house())
        _seen.contents = contents
    return place, _seen.contents


def _brought_up(place: Store) -> Contents:
    """Count anew what the definitions of now leave without values. Leaves dirty marks to the sync."""
    with as_system("indicators.read"), place.lock():
        contents = place.contents()
        if not is_current(contents):
            bring_up(place, contents, set(), None, Report())
        return contents


def stamp() -> tuple[str, tuple[int, int]]:
    """Changes whenever what is stored changes: what was derived from the records stays true while it stands."""
    place, _contents = opened()
    return str(place.root), place.stamp()


def place_of(place: str | Organisation) -> Organisation:
    """The place within the scope, by its code or itself (which spares the query); raises :class:`OutOfScope`."""
    context = require()
    if isinstance(place, Organisation) and context.reaches(place.path):
        return place
    code = place.code if isinstance(place, Organisation) else place
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise OutOfScope(_("There is no place %(code)s, or it is not within your scope.") % {"code": code})
    return found


def level_of(place: Organisation) -> str:
    """The level at which a place is counted; '' for those that hold no schools (offices, partners)."""
    if place.kind in (Kind.SCHOOL, Kind.POINT):
        return "school"
    return place.kind if place.kind in ALL_LEVELS else ""


def definition_of(code: str) -> Definition:
    """The definition of an indicator; raises :class:`UnknownIndicator`."""
    indicator = house().indicators.get(code)
    if indicator is None:
        raise UnknownIndicator(_("There is no indicator %(code)s.") % {"code": code})
    return define(indicator, house().facts)


def period_in(contents: Contents, period: str) -> str:
    """A period of which something is stored; raises :class:`UnknownPeriod`."""
    if period not in contents.values:
        raise UnknownPeriod(_("Nothing is held of %(period)s.") % {"period": period})
    return period
