"""Entries are appended in the caller's transaction; a job seals what is old enough."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from tenfold.foundation.scope import current
from tenfold.foundation.scope.guard import permitted

from .digests import canonical, digest_of, root_of
from .models import Entry, Seal


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
    details = "" if before is None and after is None else canonical({"before": before, "after": after})
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
    with permitted("looks"):
        return record("audit.looked", subject=subject, why=purpose)


def seal() -> Seal | None:
    """Seal all entries that no open transaction can still precede; None where there are none."""
    with permitted("jobs"), transaction.atomic():
        former = Seal.objects.order_by("-last").first()
        entries = Entry.objects.filter(pk__gt=former.last if former else 0, pk__lte=_settled()).order_by("pk")
        rows = list(entries.values_list("pk", "digest"))
        if not rows:
            return None
        root = root_of([digest for _pk, digest in rows])
        previous = former.chain if former else ""
        made = Seal(
            first=rows[0][0], last=rows[-1][0], count=len(rows), root=root, previous=previous,
            chain=hashlib.sha256(f"{previous}{root}".encode()).hexdigest(), at=datetime.now(UTC),
        )  # fmt: skip
        made.save(force_insert=True)
    _carry_out(made)
    return made


def _settled() -> int:
    """The highest number below which no entry can still appear.

    SQLite writes one after another, and this runs inside the only writing transaction. PostgreSQL hands out
    numbers before commits: taking the table's lock waits for every writer that may hold a lower number.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def _carry_out(made: Seal) -> None:
    """Write the chain's head to the place outside the database, where the settings name one."""
    place = settings.TENFOLD["AUDIT_ROOTS"]
    if place:
        with Path(place).open("a", encoding="ascii") as file:
            file.write(f"{made.at.isoformat()} {made.last} {made.chain}\n")
