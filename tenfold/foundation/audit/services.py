"""Entries are appended in the caller's transaction; a job seals what is old enough."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from tenfold.foundation.scope import current

from .merkle import root_of
from .models import Entry, Seal

SETTLED = timedelta(seconds=60)
"""On SQLite writes are one after another; on PostgreSQL an entry may become visible after a later one,
but not later than the longest transaction that a service is allowed."""


def record(
    action: str,
    *,
    subject: str = "",
    place: str = "",
    before: Any = None,
    after: Any = None,
    why: str = "",
    count: int | None = None,
) -> Entry:
    """Append an entry for the one who acts now. ``before`` and ``after`` are kept encrypted."""
    context = current()
    details = (
        ""
        if before is None and after is None
        else _canonical({"before": before, "after": after})
    )
    entry = Entry(
        at=datetime.now(UTC),
        actor=context.name if context else "nobody",
        person=context.person if context else None,
        post=context.post if context else None,
        place=place[:80],
        action=action[:80],
        subject=subject[:120],
        details=details,
        why=why[:300],
        count=count,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def looked(subject: str, purpose: str) -> Entry:
    """A look at a sensitive field, with its purpose."""
    return record("audit.looked", subject=subject, why=purpose)


def _canonical(value: Any) -> str:
    return json.dumps(
        value,
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def digest_of(entry: Entry) -> str:
    """SHA-256 over every field of an entry but its number."""
    names = (
        "actor",
        "person",
        "post",
        "place",
        "action",
        "subject",
        "details",
        "why",
        "count",
    )
    parts = {name: getattr(entry, name) for name in names}
    parts["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_canonical(parts).encode()).hexdigest()


def seal(now: datetime | None = None) -> Seal | None:
    """Seal all settled entries since the last seal; None where there are none."""
    moment = now or datetime.now(UTC)
    with transaction.atomic():
        former = Seal.objects.order_by("-last").first()
        entries = Entry.objects.filter(
            pk__gt=former.last if former else 0, at__lt=moment - SETTLED
        ).order_by("pk")
        rows = list(entries.values_list("pk", "digest"))
        if not rows:
            return None
        root = root_of([digest for _pk, digest in rows])
        previous = former.chain if former else ""
        made = Seal(
            first=rows[0][0], last=rows[-1][0], count=len(rows), root=root, previous=previous,
            chain=hashlib.sha256(f"{previous}{root}".encode()).hexdigest(), at=moment,
        )  # fmt: skip
        made.save(force_insert=True)
    _carry_out(made)
    return made


def _carry_out(made: Seal) -> None:
    """Write the chain's head to the place outside the database, where the settings name one."""
    place = settings.TENFOLD["AUDIT_ROOTS"]
    if place:
        with Path(place).open("a", encoding="ascii") as file:
            file.write(f"{made.at.isoformat()} {made.last} {made.chain}\n")
