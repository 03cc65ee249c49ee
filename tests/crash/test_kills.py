"""Ten kills of the worker, and ten of the whole house, in the midst of imports."""

from __future__ import annotations

import pytest

from tests.support.installation import Installation

from .killing import Victims, Work, survive

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORK = "tests.crash.importing"


@pytest.fixture
def house(tmp_path, django_db_setup):
    return Installation(tmp_path, TENFOLD_LEASE_SECONDS="2")


def test_two_workers_killed_one_after_another(house):
    told = survive(Work(house, WORK), Victims(house, ["worker"], count=2), bring=2)
    print(told)
    assert told["hits"] == 10
    assert told["written"] >= 2
