"""One fake server a test, and a channels' file that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..channels import http, platform
from .fakes import SECRET, Fake, channels_file, served


@pytest.fixture
def fake(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """All channels but mail lead to it."""
    monkeypatch.setenv("NOTICE_SECRET", SECRET)
    monkeypatch.setattr(http, "SECONDS", 0.2)
    platform.tokens.held.clear()
    with served(Fake()) as one:
        file = tmp_path / "channels.toml"
        file.write_text(channels_file(one.address), "utf-8")
        settings.TENFOLD = {**settings.TENFOLD, "CHANNELS": str(file)}
        yield one
    platform.tokens.held.clear()
