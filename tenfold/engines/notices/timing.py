"""When a notice may leave the house: quiet hours, the hour of the digest, how long a channel rests."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings


class TimingFault(ValueError):
    """``standards/notices/reaching.toml`` cannot be read; says where."""


@dataclass(frozen=True)
class Timing:
    """The house's own hours."""

    quiet_from: time
    quiet_until: time
    digest_at: time
    remind: timedelta
    rest_first: int
    rest_most: int
    keep: timedelta


def timing() -> Timing:
    """The hours of the standards file; raises :class:`TimingFault`."""
    return _read(Path(settings.TENFOLD["STANDARDS"]) / "notices" / "reaching.toml")


@lru_cache(maxsize=4)
def _read(file: Path) -> Timing:
    data = tomllib.loads(file.read_text("utf-8"))
    try:
        return Timing(
            time.fromisoformat(data["quiet"]["from"]),
            time.fromisoformat(data["quiet"]["until"]),
            time.fromisoformat(data["digest"]["at"]),
            timedelta(hours=data["remind"]["hours"]),
            data["rest"]["first_seconds"],
            data["rest"]["most_seconds"],
            timedelta(days=data["keep"]["days"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise TimingFault(f"{file.name}: {fault}") from fault


def local(moment: datetime) -> datetime:
    """A moment as the clock of the city shows it."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def quiet(moment: datetime, begin: time, end: time) -> bool:
    """Whether a moment lies within the quiet hours, which may reach over midnight; none where both are equal."""
    at = local(moment).time()
    return begin <= at < end if begin <= end else at >= begin or at < end


def leaves_at(moment: datetime, begin: time, end: time, digest: time | None = None) -> datetime:
    """The earliest time from ``moment`` on at which a notice that can wait leaves the house."""
    at = _next(moment, digest) if digest is not None else moment
    return _next(at, end) if quiet(at, begin, end) else at


def _next(moment: datetime, at: time) -> datetime:
    """The next time that the clock of the city shows ``at``."""
    shown = local(moment)
    found = shown.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return found if found >= shown else found + timedelta(days=1)


def rest_of(failures: int, times: Any = None) -> timedelta:
    """How long a channel rests after so many failures in a row."""
    times = times or timing()
    return timedelta(seconds=min(times.rest_most, times.rest_first * 2 ** min(failures - 1, 20)))
