"""An import that waits for its sender stands on her to-do list, and on nobody else's."""

from __future__ import annotations

import pytest

from tenfold.foundation.acts import permitted
from tenfold.foundation.exchange.models import Batch, State
from tenfold.foundation.scope import as_system
from tests.support.reading import words

pytestmark = pytest.mark.django_db


def test_rows_to_handle_are_owed_by_their_sender_alone(small_county, client_as, context_of):
    officer = context_of(small_county.county_officer_a)
    with as_system("tests"), permitted("service"):
        Batch.objects.create(
            kind="school-return", organisation=small_county.county_a, filename="年报.xlsx", digest="d", key="k",
            post=officer.post, state=State.CHECKED, counts={"rows": 8, "faulty": 5},
        )  # fmt: skip
    mine = client_as(small_county.county_officer_a).get("/").content.decode()
    assert "年报.xlsx" in mine
    assert "有5行需要处理" in words(mine)
    for other in (small_county.county_officer_b, small_county.city_officer, small_county.head_a):
        assert "年报.xlsx" not in client_as(other).get("/").content.decode()
