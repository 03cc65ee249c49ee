"""Staff from a table: one post a row. A person is known by the staff number, a post by person, place and title."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare.imports import Change, Flaw, ImportContext, ImportRow, Kept
from tenfold.foundation.organisations.models import Organisation, under
from tenfold.foundation.scope import as_system

from .bulk import PostEntry, record_staff, take_back_staff
from .models import Appointment, Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Post = tuple[int, date, date | None, str, bool, str]
"""pk, since, until, subject, main, role"""


class Staff:
    """The importer's handler of the kind ``staff``. Cells of other columns are not kept: they may be private."""

    personal = True
    ratios: tuple[tuple[str, str, str], ...] = ()
    texts: Mapping[str, StrOrPromise] = {
        "name_differs": _("is the number of %(name)s"),
        "unknown_organisation": _("no school or office with this code within your scope"),
        "ends_before_begin": _("lies before the day on which the post begins"),
        "too_long": _("is longer than %(limit)s characters"),
    }

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        top = Organisation.objects.filter(code=context.under).first() if context.under else None
        found = Organisation.objects.filter(closed_on=None)
        if top is not None:
            found = found.filter(under(top.path))
        self.places: dict[str, int] = dict(found.values_list("code", "pk"))
        self.codes = {pk: code for code, pk in self.places.items()}
        self._posts: dict[tuple[str, int, str], Post] | None = None
        self._written: list[tuple[str, PostEntry]] = []

    @property
    def posts(self) -> dict[tuple[str, int, str], Post]:
        """The posts that stand within the scope, by number, place and title; the later of two counts."""
        if self._posts is None:
            rows = Appointment.objects.order_by("since", "pk").values_list(
                "person__number", "organisation", "title", "pk", "since", "until", "subject", "main", "role"
            )
            self._posts = {(number, place, title): tuple(rest) for number, place, title, *rest in rows}
        return self._posts

    def check(self, rows: Sequence[ImportRow]) -> Iterator[Flaw]:
        """Unknown places, numbers of others, doubles, posts that end before they begin."""
        names = self._names([row.values["number"] for row in rows if "number" in row.values])
        seen: dict[tuple[str, str, str], int] = {}
        for row in rows:
            values = row.values
            number, code = values.get("number"), values.get("school_code")
            if code is not None and code not in self.places:
                yield Flaw(row.index, "unknown_organisation", "school_code")
            if number is None or "name" not in values:
                continue
            held = names.setdefault(number, values["name"])
            if held != values["name"]:
                yield Flaw(row.index, "name_differs", "number", {"name": held})
            other = seen.setdefault((number, str(code), values.get("title", "")), row.number)
            if other != row.number:
                yield Flaw(row.index, "duplicate_code", "number", {"other": other})
            for address in ("name", "title"):
                if len(values.get(address, "")) > 60:
                    yield Flaw(row.index, "too_long", address, {"limit": 60})
            if values.get("until") and values["until"] <= self._since(row):
                yield Flaw(row.index, "ends_before_begin", "until")

    def _names(self, numbers: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        with as_system("people.numbers"):
            for start in range(0, len(numbers), 500):
                part = Person.objects.filter(number__in=numbers[start : start + 500])
                found.update(part.values_list("number", "name"))
        return found

    def _since(self, row: ImportRow) -> date:
        if "since" in row.values:
            return row.values["since"]
        held = self._held(row)
        if held is not None:
            return held[1]
        return date(int(self.context.period[:4]), 9, 1) if self.context.period else today()

    def _held(self, row: ImportRow) -> Post | None:
        values = row.values
        place = self.places.get(values.get("school_code", ""), 0)
        return self.posts.get((values.get("number", ""), place, values.get("title", "")))

    def _entry(self, row: ImportRow) -> PostEntry:
        values, held = row.values, self._held(row)

        def told(address: str, otherwise: Any, standing: Any) -> Any:
            if address in row.named:
                return values.get(address, otherwise)
            return standing if held is not None else otherwise

        return PostEntry(
            number=values["number"],
            name=values["name"],
            organisation=self.places[values["school_code"]],
            title=values["title"],
            since=self._since(row),
            until=told("until", None, held and held[2]),
            subject=told("subject", "", held and held[3]),
            main=told("main", True, held and held[4]),
            appointment=held[0] if held else None,
        )

    def preview(self, rows: Sequence[ImportRow]) -> list[Change]:
        """New, changed or unchanged, with a digest of the post that stands."""
        changes = []
        for row in rows:
            held = self._held(row)
            if held is None:
                changes.append(Change("new"))
                continue
            entry = self._entry(row)
            same = held[1:5] == (entry.since, entry.until, entry.subject, entry.main)
            changes.append(Change("unchanged" if same else "changed", _mark(held)))
        return changes

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Enter and appoint them."""
        changes = self.preview(rows)
        told = [self._entry(row) for row, change in zip(rows, changes, strict=True) if change.state != "unchanged"]
        self._written = [(_key(e.number, self.codes[e.organisation], e.title), e) for e in told]
        record_staff(told)

    # --- undo -------------------------------------------------------------------------------------

    def kept(self) -> Iterator[Kept]:
        """What the write did: of a post that stood, its days, subject and weight."""
        for key, entry in self._written:
            held = self._at(key)
            role = held[5] if held else ""
            after = (0, entry.since, entry.until, entry.subject, entry.main, role)
            before = [_plain(value) for value in held[1:]] if held else None
            yield Kept(key, before, _mark(held) if held else "", _mark(after))

    def marks(self, keys: Sequence[str]) -> dict[str, str]:
        """Digests of the posts that stand."""
        return {key: _mark(held) for key in keys if (held := self._at(key))}

    def names(self, keys: Sequence[str]) -> dict[str, str]:
        """Name and post."""
        named = self._names([_parted(key)[0] for key in keys])
        return {key: f"{named.get(_parted(key)[0], '')} {_parted(key)[2]}" for key in keys}

    def ties(self, kept: Sequence[Kept]) -> dict[str, StrOrPromise]:
        """A post has nothing below it; one that opens rights was changed by hand, and its mark tells."""
        return {}

    def undo(self, kept: Sequence[Kept]) -> None:
        """Take new posts away, with people who have no other; mend the others back."""
        gone = [held[0] for k in kept if k.before is None and (held := self._at(k.key))]
        former = {
            held[0]: (date.fromisoformat(k.before[0]), k.before[1] and date.fromisoformat(k.before[1]), *k.before[2:4])
            for k in kept
            if k.before is not None and (held := self._at(k.key))
        }
        take_back_staff(gone, former)

    def _at(self, key: str) -> Post | None:
        number, code, title = _parted(key)
        return self.posts.get((number, self.places.get(code, 0), title))

    def export(self) -> Iterator[Mapping[str, Any]]:
        """The posts that stand at or below the place."""
        names = dict(Person.objects.values_list("number", "name"))
        for (number, place, title), (_pk, since, until, subject, main, _role) in sorted(self.posts.items()):
            if place in self.codes:
                yield {
                    "number": number,
                    "name": names[number],
                    "school_code": self.codes[place],
                    "title": title,
                    "subject": subject or None,
                    "main": main,
                    "since": since,
                    "until": until,
                }


def _key(number: str, code: str, title: str) -> str:
    return f"{number}|{code}|{title}"


def _parted(key: str) -> tuple[str, str, str]:
    number, code, title = key.split("|", 2)
    return number, code, title


def _mark(post: Post) -> str:
    return hashlib.sha256(repr(post[1:]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
