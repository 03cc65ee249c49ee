"""An import of organisations is undone: what it opened goes, what it changed is as before. Inside a service only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.scope import as_system

from .models import Event, EventKind, Organisation, Placement, PlacementKind
from .names import initials, sort_key
from .services import _repath, _stale_since

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHUNK = 500
ATTRIBUTES = ("school_type", "locale", "sector", "boarding", "latitude", "longitude", "coordinates", "built_on")
FORGOTTEN = ("exchange.KnownHeading",)
"""Rows that go with an organisation without a word."""


@dataclass(frozen=True)
class Former:
    """An organisation as it stood before an import changed it on a day. Parents are codes."""

    code: str
    name: str
    kind: str
    parent: str
    location: str
    attributes: Mapping[str, Any]
    day: date

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Former:
        """From plain data."""
        values = zip(ATTRIBUTES, data["values"], strict=True)
        fields: Any = Organisation._meta
        attributes = {name: fields.get_field(name).to_python(value) for name, value in values}
        words = {name: data[name] for name in ("code", "name", "kind", "parent", "location")}
        return cls(**words, attributes=attributes, day=date.fromisoformat(data["day"]))


def hanging_on(pks: Sequence[int]) -> dict[int, StrOrPromise]:
    """What stands on organisations that are to go, beside themselves: the name of the first kind of record found."""
    found: dict[int, StrOrPromise] = {}
    going = set(pks)
    with as_system("organisations.undo"):
        for model, name in _references():
            for start in range(0, len(pks), CHUNK):
                rows = model._base_manager.filter(**{f"{name}__in": pks[start : start + CHUNK]})
                own = ("pk", "organisation") if model in (Placement, Event) else ("pk", name)
                for _pk, owner, at in rows.values_list(*own, name):
                    if model not in (Placement, Event) or owner not in going:
                        found.setdefault(at, _WORDS.get(model._meta.label, model._meta.verbose_name))
    return found


_WORDS: dict[str, StrOrPromise] = {
    "organisations.Placement": _("an organisation below it"),
    "organisations.Event": _("an event of another organisation"),
    "people.Appointment": _("a post held there"),
    "people.Enrolment": _("a pupil enrolled there"),
    "holdings.SchoolYear": _("an annual return"),
    "exchange.Batch": _("an import brought there"),
}


def _references() -> Iterator[tuple[Any, str]]:
    """Every column of another model that points to an organisation."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        model: Any = relation.related_model if relation.auto_created and relation.is_relation else None
        if model is None or not getattr(relation, "one_to_many", False) or model._meta.label in FORGOTTEN:
            continue
        name = relation.field.name  # type: ignore[union-attr]
        if not (model in (Placement, Event) and name == "organisation"):
            yield model, name


def take_back_organisations(gone: Sequence[int], former: Sequence[Former]) -> None:
    """Take some away (those below first), restore others as they stood."""
    days = [f.day for f in former]
    for start in range(0, len(gone), CHUNK):
        part = gone[start : start + CHUNK]
        mine = Q(organisation__in=part)
        days += Placement.objects.filter(mine).values_list("since", flat=True)
        Event.objects.filter(mine | Q(other__in=part)).delete()
        Placement.objects.filter(mine).delete()
    for start in range(0, len(gone), CHUNK):
        Organisation.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    held = {o.code: o for o in Organisation.objects.filter(code__in=[f.code for f in former])}
    for one in former:
        _restore(held[one.code], one)
    if days:
        _stale_since(min(days))


def _restore(organisation: Organisation, former: Former) -> None:
    made = Event.objects.filter(organisation=organisation, on=former.day)
    made.filter(kind=EventKind.RENAMED, after=organisation.name, before=former.name).delete()
    organisation.name, organisation.kind = former.name, former.kind
    organisation.sort_key, organisation.initials = sort_key(former.name), initials(former.name)
    for name, value in former.attributes.items():
        setattr(organisation, name, "" if value is None and name in _EMPTY else value)
    organisation.save()
    for kind, code in ((PlacementKind.AUTHORITY, former.parent), (PlacementKind.LOCATION, former.location)):
        _place_back(organisation, kind, code, former.day)


_EMPTY = ("school_type", "locale", "sector", "coordinates")


def _place_back(organisation: Organisation, kind: str, code: str, day: date) -> None:
    """Let the former placement run again, and take the one away that began on the day of the import."""
    running = Placement.objects.filter(organisation=organisation, kind=kind, until=None).first()
    parent = Organisation.objects.filter(code=code).first() if code else None
    if running is None or running.parent_id == (parent.pk if parent else None):
        return
    Event.objects.filter(organisation=organisation, kind=EventKind.MOVED, on=day, other=running.parent_id).delete()
    earlier = Placement.objects.filter(organisation=organisation, kind=kind, until=running.since, parent=parent).first()
    if earlier is not None or parent is None:
        running.delete()
    else:
        running.parent = parent
        running.save()
    if earlier is not None:
        earlier.until = None
        earlier.save()
    if kind == PlacementKind.AUTHORITY and parent is not None:
        _repath(organisation, parent)
