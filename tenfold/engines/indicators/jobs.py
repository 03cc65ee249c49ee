"""The sync as a job: asked for whenever a committed service has touched facts."""

from __future__ import annotations

from typing import Any

from . import services


def sync(run: Any) -> None:
    """Bring the fact store and the values up to date. Done twice it changes nothing more."""
    report = services.sync()
    if report.partitions or report.periods:
        run.progress(len(report.partitions), len(report.partitions), ", ".join(report.periods))
