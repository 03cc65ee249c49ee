"""What the environment says, and the keys that are made at first start."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
"""The checkout, or the folder that holds the installed package."""


def text(name: str, default: str = "") -> str:
    """A variable as text."""
    return os.environ.get(name, default).strip()


def flag(name: str) -> bool:
    """A variable as yes or no."""
    return text(name).lower() in ("1", "yes", "true", "on")


def one_of(name: str, *choices: str) -> str:
    """A variable that is one of some words, the first where it is not set; another stops the start."""
    chosen = text(name, choices[0])
    if chosen not in choices:
        sys.exit(f"{name}: {chosen} is not known; {' or '.join(choices)}")
    return chosen


def var_folder() -> Path:
    """Where the installation keeps its database, files, keys and facts (``TENFOLD_VAR``, else ``var``)."""
    here = ROOT if (ROOT / "pyproject.toml").exists() else Path.cwd()
    folder = Path(text("TENFOLD_VAR") or here / "var")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def key_file(path: Path, size: int = 50) -> list[str]:
    """The keys of a file, newest first; made with one fresh key (0600) when it is missing."""
    if not path.exists():
        descriptor = os.open(
            path.with_suffix(f".{os.getpid()}"),
            os.O_CREAT | os.O_WRONLY | os.O_EXCL,
            0o600,
        )
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(size) + "\n")
        with contextlib.suppress(FileExistsError):  # another process was first
            os.link(path.with_suffix(f".{os.getpid()}"), path)
        path.with_suffix(f".{os.getpid()}").unlink()
    if path.stat().st_mode & 0o077:
        sys.exit(f"{path.name}: readable by others; allow only its owner (chmod 600)")
    return [line.strip() for line in path.read_text().splitlines() if line.strip()]


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's database settings from ``DATABASE_URL``; SQLite (WAL) in the folder when it is empty."""
    if not url or url.startswith("sqlite"):
        name = urlsplit(url).path if url else str(folder / "tenfold.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        sys.exit("DATABASE_URL: only sqlite:// and postgresql:// are understood")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "OPTIONS": query,
    }
