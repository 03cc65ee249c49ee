"""Reading the audit, and proving it whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from .digests import digest_of, root_of
from .models import Entry, Seal
from .wording import named


@dataclass(frozen=True)
class Verdict:
    """Whether the audit is whole; where not, ``broken`` names the first entry or seal that does not fit."""

    entries: int
    seals: int
    unsealed: int
    broken: str = ""


def newest() -> tuple[int, datetime] | None:
    """The last entry's number and time: while they stand, no service has written anything. One query."""
    return Entry.objects.order_by("-pk").values_list("pk", "at").first()


def entries(actor: str = "", action: str = "", day: str = "") -> QuerySet[Entry]:
    """Entries, the newest first."""
    found = Entry.objects.order_by("-pk")
    if actor:
        found = found.filter(actor__icontains=actor)
    if action:
        told = Q(action__icontains=action)
        for package, function in named(action):
            told |= Q(action__contains=f"{package}.", action__endswith=f".{function}")
        found = found.filter(told)
    if day:
        found = found.filter(at__date=day)
    return found


def told(entry: Entry) -> dict[str, Any]:
    """Before and after of an entry."""
    return json.loads(entry.details) if entry.details else {}


def verify() -> Verdict:
    """Recount every digest, every root and the chain; the heads written outside must be in it."""
    count, seals, chain, heads = 0, 0, "", set()
    last = 0
    for seal in Seal.objects.order_by("last").iterator():
        seals += 1
        digests = []
        for entry in Entry.objects.filter(pk__gt=last, pk__lte=seal.last).order_by("pk").iterator():
            count += 1
            if digest_of(entry) != entry.digest:
                return Verdict(count, seals, 0, f"entry {entry.pk}")
            digests.append(entry.digest)
        if len(digests) != seal.count or root_of(digests) != seal.root:
            return Verdict(count, seals, 0, f"seal {seal.pk}: entries {seal.first}-{seal.last}")
        if seal.previous != chain:
            return Verdict(count, seals, 0, f"seal {seal.pk}: chain")
        chain = hashlib.sha256(f"{chain}{seal.root}".encode()).hexdigest()
        if chain != seal.chain:
            return Verdict(count, seals, 0, f"seal {seal.pk}: chain")
        heads.add(chain)
        last = seal.last
    for line in _carried_out():
        if line not in heads:
            return Verdict(count, seals, 0, f"a seal kept outside is missing: {line[:12]}")
    unsealed = 0
    for entry in Entry.objects.filter(pk__gt=last).order_by("pk").iterator():
        unsealed += 1
        if digest_of(entry) != entry.digest:
            return Verdict(count + unsealed, seals, unsealed, f"entry {entry.pk}")
    return Verdict(count + unsealed, seals, unsealed)


def _carried_out() -> list[str]:
    place = settings.TENFOLD["AUDIT_ROOTS"]
    if not place or not Path(place).exists():
        return []
    return [line.split()[2] for line in Path(place).read_text("ascii").splitlines() if line.strip()]
