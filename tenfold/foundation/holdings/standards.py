"""The standards as their files stand now: one reader for facts, indicators and pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tenfold.pure.balance import Standard, StandardFault, parse

STANDARD = "balanced-compulsory-2017"
"""The standard that the facts of compulsory schooling rest on."""


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.TENFOLD["STANDARDS"])


def names() -> list[str]:
    """The names of all files."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def standard(name: str = STANDARD) -> Standard:
    """A standard by the name of its file. Raises :class:`StandardFault` naming file, entry and key; KeyError: none."""
    path = folder() / f"{name}.toml"
    if not name.replace("-", "").isalnum() or not path.exists():
        raise KeyError(name)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> Standard:
    try:
        found = parse(path.read_text(encoding="utf-8"))
    except (StandardFault, UnicodeDecodeError) as fault:
        raise StandardFault(f"standards/{path.name}: {fault}") from fault
    if found.code != path.stem:
        raise StandardFault(f"standards/{path.name}: standard.code = {found.code}")
    return found
