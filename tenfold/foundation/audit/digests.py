"""Digests of entries, and Merkle roots over them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no blanks."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(entry: Any) -> str:
    """SHA-256 over every field of an entry but its number."""
    names = ("actor", "person", "post", "place", "action", "subject", "details", "why", "count")
    parts = {name: getattr(entry, name) for name in names}
    parts["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def root_of(digests: Sequence[str]) -> str:
    """The root over hexadecimal digests in their order; an odd one is carried up unpaired.

    Leaves and nodes are hashed with different prefixes, so that a node cannot pass for a leaf.
    """
    level = [hashlib.sha256(b"\x00" + bytes.fromhex(d)).digest() for d in digests]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex() if level else ""
