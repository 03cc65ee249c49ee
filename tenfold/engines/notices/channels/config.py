"""Which channels this house has: a file of its own (``TENFOLD_CHANNELS``), secrets from the environment alone."""

from __future__ import annotations

import os
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

NEEDED: dict[str, tuple[str, ...]] = {
    "email": (),
    "dingtalk": ("api", "agent_id", "key", "secret"),
    "wecom": ("api", "corp", "agent_id", "secret"),
    "sms": ("method", "url", "body", "success"),
}
SECRET = frozenset({"secret", "token", "password"})
"""Words whose value may not stand in the file itself."""
ENVIRONMENT = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


class ChannelFault(ValueError):
    """The channels' file cannot stand; says which line of it and why."""


def configuration() -> dict[str, Any]:
    """The channels by name, the secrets filled in. Raises :class:`ChannelFault`."""
    file = settings.TENFOLD["CHANNELS"]
    return _read(Path(file), Path(file).stat().st_mtime) if file and _there(file) else _own(settings.TENFOLD["MAIL"])


def _there(file: str) -> bool:
    if not Path(file).is_file():
        raise ChannelFault(f"{file}: there is no such file")
    return True


def _own(mail: str) -> dict[str, Any]:
    """Without a file: e-mail, where a mail server is given."""
    return {} if mail == "console" else {"email": {}}


@lru_cache(maxsize=4)
def _read(file: Path, changed: float) -> dict[str, Any]:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ChannelFault(f"{file.name}: {fault}") from fault
    groups = data.pop("groups", {})
    found: dict[str, Any] = {}
    for name, words in data.items():
        if name not in NEEDED:
            raise ChannelFault(f"{file.name}: {name} is no channel: {', '.join(NEEDED)}, groups")
        missing = [word for word in NEEDED[name] if word not in words]
        if missing:
            raise ChannelFault(f"{file.name}: {name} lacks {', '.join(missing)}")
        found[name] = _filled(words, f"{file.name}: {name}")
    if groups:
        found["groups"] = {code: _filled(words, f"{file.name}: groups.{code}") for code, words in groups.items()}
    return found


def _filled(words: Any, where: str) -> Any:
    """Values with ``${NAME}`` taken from the environment; addresses looked at."""
    if isinstance(words, dict):
        return {name: _one(name, value, f"{where}.{name}") for name, value in words.items()}
    if isinstance(words, list):
        return [_filled(value, where) for value in words]
    return ENVIRONMENT.sub(lambda m: _from_environment(m[1], where), words) if isinstance(words, str) else words


def _one(name: str, value: Any, where: str) -> Any:
    if name in SECRET and not (isinstance(value, str) and ENVIRONMENT.fullmatch(value)):
        raise ChannelFault(f"{where}: a secret stands in the environment: ${{NAME}}")
    filled = _filled(value, where)
    if name in ("api", "url"):
        parts = urlsplit(str(filled))
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise ChannelFault(f"{where}: not an address")
    return filled


def _from_environment(name: str, where: str) -> str:
    if name not in os.environ:
        raise ChannelFault(f"{where}: {name} is not in the environment")
    return os.environ[name]
