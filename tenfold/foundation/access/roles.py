"""Who holds which rights: ``roles.toml``, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

ROLES_FILE = Path(__file__).resolve().parents[3] / "roles.toml"


@dataclass(frozen=True)
class Role:
    """A role of DOMAIN.md 1.2: its words, the levels where it is held, its rights.

    ``own``: it reaches oneself and one's children, and nothing of the place where it is held. ``two_factor``:
    it opens nothing without a second factor. ``front``: the page on which its day begins.
    """

    code: str
    name: str
    english: str
    levels: tuple[str, ...]
    rights: frozenset[str]
    own: bool = False
    two_factor: bool = False
    front: str = "/"

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.name if (get_language() or "zh").startswith("zh") else self.english


@cache
def roles() -> dict[str, Role]:
    """All roles by code."""
    data = tomllib.loads(ROLES_FILE.read_text("utf-8"))
    groups = {name: frozenset(rights) for name, rights in data["groups"].items()}
    found = {}
    for code, row in data["roles"].items():
        rights = frozenset(row.get("rights", ())).union(*(groups[g] for g in row.get("groups", ())))
        own, two_factor = row.get("reach") == "own", row.get("two_factor", False)
        front = row.get("front", "/")
        found[code] = Role(code, row["name"], row["english"], tuple(row["levels"]), rights, own, two_factor, front)
    return found
