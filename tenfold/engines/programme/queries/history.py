"""修改记录: what was changed of the programme, when, by whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tenfold.foundation.ui.words import listed

from ..content import Difference
from ..models import Change, Programme
from .wording import KINDS, Altered, altered

SHOWN = 200
"""So many of the latest changes a page shows."""


@dataclass(frozen=True)
class Entry:
    """One line of the history: several entries that were made at once stand in one."""

    on: date
    who: str
    source: str
    text: str
    key: str
    altered: tuple[Altered, ...] = ()


def history(row: Programme) -> list[Entry]:
    """The latest changes, the newest first."""
    changes = Change.objects.filter(programme=row).order_by("-pk")[:SHOWN]
    batches: list[list[Change]] = []
    for each in changes:
        if batches and _together(batches[-1][0], each):
            batches[-1].append(each)
        else:
            batches.append([each])
    return [_entry(batch) for batch in batches]


def _together(one: Change, other: Change) -> bool:
    """Entries made, or ended, at one time by one act."""

    def kind(change: Change) -> str:
        return Difference(change.kind, change.key, change.before, change.after).change

    same = (one.on, one.who, one.source, kind(one)) == (other.on, other.who, other.source, kind(other))
    return same and kind(one) != "altered"


def _entry(batch: Sequence[Change]) -> Entry:
    first = batch[0]
    change = Difference(first.kind, first.key, first.before, first.after)
    if len(batch) == 1:
        words = {"kind": _kind(first.kind), "name": change.name}
        text = {
            "new": _("New: %(kind)s %(name)s"), "ended": _("Ended: %(kind)s %(name)s"), "altered": "%(kind)s %(name)s",
        }[change.change]  # fmt: skip
        fields = tuple(altered(change)) if change.change == "altered" else ()
        return Entry(first.on, first.who_name, first.source, (text % words).strip(), first.key, fields)
    counts = listed(_counted(batch))
    text = _("New: %(what)s") if change.change == "new" else _("Ended: %(what)s")
    return Entry(first.on, first.who_name, first.source, text % {"what": counts}, "")


def _counted(batch: Sequence[Change]) -> Iterable[str]:
    for kind in KINDS:
        count = sum(each.kind == kind for each in batch)
        if count and kind != "programme":
            yield _("%(count)s × %(kind)s") % {"count": count, "kind": _kind(kind)}


def _kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))
