"""The cast with its annual returns, and a fact store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.support.cast import SmallCounty, small_county

from .factories import returns_of


@pytest.fixture
def empty_store(settings: Any, tmp_path: Path) -> Path:
    """A fact store that holds nothing yet."""
    settings.TENFOLD = {**settings.TENFOLD, "VAR": tmp_path}
    return tmp_path


@pytest.fixture(scope="module")
def counted_county(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SmallCounty]:
    """The cast after three school years, everything counted: made once for all tests of a module, since
    counting takes seconds. Such a module uses no other cast.
    """
    from django.conf import settings

    words = {**settings.TENFOLD, "VAR": tmp_path_factory.mktemp("var")}
    with django_db_blocker.unblock(), override_settings(TENFOLD=words), transaction.atomic():
        made = small_county()
        returns_of(made)
        yield made
        transaction.set_rollback(True)
