"""The worker's part: sending what is due, forgetting what went out long ago."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from . import dispatch


def send(run: Any) -> None:
    """Send all that is due now, in the language of the house, whoever asked."""
    count = 0
    with translation.override(settings.LANGUAGE_CODE):
        while (batch := dispatch.claim_next()) is not None:
            run.check()
            if batch.rows:
                dispatch.send(batch)
                count += len(batch.rows)
                run.progress(count)


def sweep(run: Any) -> None:
    """Forget what went out long ago."""
    dispatch.sweep()
