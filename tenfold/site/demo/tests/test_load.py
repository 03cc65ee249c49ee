"""The demonstration goes in through the importer, once, and nowhere but in a demonstration."""

from __future__ import annotations

import pytest
from django.conf import settings as now
from django.test import Client

from tenfold.foundation.exchange.models import Batch, State
from tenfold.foundation.holdings.models import SchoolYear
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import as_system
from tenfold.site.demo import load

pytestmark = pytest.mark.django_db


def quiet(line):
    """Nobody listens."""


@pytest.fixture
def demo_mode(settings, tmp_path):
    settings.TENFOLD = {**now.TENFOLD, "DEMO": True, "VAR": tmp_path}
    return tmp_path


def enters(sign_in):
    return Client().post("/accounts/login/", {"login": sign_in.username, "password": sign_in.password})


def test_outside_demo_mode_it_is_refused(db):
    with pytest.raises(load.DemoRefused, match="TENFOLD_DEMO"):
        load.load(quiet)
    assert Organisation.plain.count() == 0


def test_beside_other_data_it_is_refused(small_county, demo_mode):
    with pytest.raises(load.DemoRefused, match="other data"):
        load.load(quiet)


@pytest.mark.slow
def test_it_is_loaded_once_with_its_sources(demo_mode, settings):
    told: list[str] = []
    first = load.load(told.append)
    with as_system("tests"):
        assert Organisation.objects.filter(kind__in=("school", "point")).count() == 120
        assert sorted(set(SchoolYear.objects.values_list("period", flat=True))) == ["2021-22", "2022-23", "2023-24"]
        assert all("#" in str(records) for records in SchoolYear.objects.values_list("records", flat=True))
        written = Batch.objects.filter(state=State.WRITTEN).count()
        waiting = Batch.objects.get(state=State.CHECKED)
        assert waiting.counts["errors"] >= 4
    assert (demo_mode / "demo-sign-ins.txt").stat().st_mode & 0o077 == 0

    again: list[str] = []
    assert load.load(again.append) == first
    assert again == []
    with as_system("tests"):
        assert Batch.objects.filter(state=State.WRITTEN).count() == written

    assert [s.username for s in first] == ["demo-city", "demo-county", "demo-head", "demo-teacher"]
    assert all(enters(sign_in).status_code == 302 for sign_in in first)
    settings.TENFOLD = {**now.TENFOLD, "DEMO": False}
    assert all(enters(sign_in).status_code == 200 for sign_in in first)


@pytest.mark.slow
def test_a_session_of_the_demonstration_ends_with_it(demo_mode, settings):
    sign_in = load.load(quiet)[2]
    client = Client()
    client.post("/accounts/login/", {"login": sign_in.username, "password": sign_in.password})
    assert client.get("/").status_code == 200
    settings.TENFOLD = {**now.TENFOLD, "DEMO": False}
    assert client.get("/").status_code == 302
