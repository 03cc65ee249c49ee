"""Merkle roots over digests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def root_of(digests: Sequence[str]) -> str:
    """The root over hexadecimal digests in their order; an odd one is carried up unpaired.

    Leaves and nodes are hashed with different prefixes, so that a node cannot pass for a leaf.
    """
    level = [hashlib.sha256(b"\x00" + bytes.fromhex(d)).digest() for d in digests]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + a + b).digest()
            for a, b in zip(level[::2], level[1::2], strict=False)
        ]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex() if level else ""
