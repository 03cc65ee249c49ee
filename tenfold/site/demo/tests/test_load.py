"""The demonstration goes in through the importer, once, and nowhere but in a demonstration."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings as now
from django.db.models import Sum
from django.test import Client

from tenfold.foundation.access.services import found
from tenfold.foundation.exchange.models import Batch, State
from tenfold.foundation.holdings.models import GradeYear, SchoolYear
from tenfold.foundation.organisations.models import Event, Kind, Organisation
from tenfold.foundation.organisations.services import Draft, ensure_root, open_organisation
from tenfold.foundation.people import registry
from tenfold.foundation.people.models import Enrolment, Guardianship, Pupil
from tenfold.foundation.scope import as_system
from tenfold.site.demo import load, signins
from tenfold.site.demo.words import Plan

pytestmark = pytest.mark.django_db

SMALL = Plan(counties=("421222",), scale=0.15, years=(2021, 2022, 2023))


def quiet(line):
    """Nobody listens."""


@pytest.fixture
def demo_mode(settings, tmp_path):
    settings.TENFOLD = {**now.TENFOLD, "DEMO": True, "VAR": tmp_path, "PUPILS": False}
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


def test_beside_administrators_of_another_installation_it_is_refused(demo_mode):
    with as_system("tests"):
        found("421200", "咸宁市教育局", {"sysadmin": "某人"})
    with pytest.raises(load.DemoRefused, match="other data"):
        load.load(quiet)


def test_the_demonstration_of_the_first_version_is_named(demo_mode):
    (demo_mode / "demo").mkdir()
    with as_system("tests"):
        root = ensure_root("421200", "咸宁市")
        open_organisation(Draft("429900", "云岫县", Kind.COUNTY, root, date(1949, 10, 1)))
    with pytest.raises(load.DemoRefused, match="DEMO_RESET=1"):
        load.load(quiet)


@pytest.mark.slow
def test_it_is_loaded_once_with_its_sources(demo_mode, settings):
    told: list[str] = []
    first = load.load(told.append, SMALL)
    with as_system("tests"):
        schools = Organisation.objects.filter(kind__in=("school", "point"), closed_on=None)
        assert 25 < schools.count() < 45
        assert sorted(set(SchoolYear.objects.values_list("period", flat=True))) == ["2021-22", "2022-23", "2023-24"]
        assert all("#" in str(records) for records in SchoolYear.objects.values_list("records", flat=True))
        assert {"opened", "renamed", "merged"} <= set(Event.objects.values_list("kind", flat=True))
        assert all(batch.uploader for batch in Batch.objects.all())
        written = Batch.objects.filter(state=State.WRITTEN).count()
        assert Batch.objects.get(state=State.CHECKED).counts["errors"] >= 1
    assert signins.sign_in_file().stat().st_mode & 0o077 == 0

    again: list[str] = []
    assert load.load(again.append, SMALL) == first
    assert [line for line in again if "底图" not in line] == []
    with as_system("tests"):
        assert Batch.objects.filter(state=State.WRITTEN).count() == written

    wanted = "leader officer county clerk head teacher inspector sysadmin secadmin auditadmin".split()
    assert [s.username for s in first] == [f"demo-{key}" for key in wanted]
    assert len({sign_in.password for sign_in in first}) == len(first)
    assert all(enters(sign_in).status_code == 302 for sign_in in first)
    settings.TENFOLD = {**now.TENFOLD, "DEMO": False}
    assert all(enters(sign_in).status_code == 200 for sign_in in first)


def test_pupils_are_refused_where_none_are_kept(demo_mode):
    with pytest.raises(load.DemoRefused, match="TENFOLD_PUPILS"):
        load.load(quiet, SMALL, all_pupils=True)


@pytest.mark.slow
def test_with_pupils_the_rolls_are_those_of_the_returns(demo_mode, settings):
    settings.TENFOLD = {**now.TENFOLD, "PUPILS": True}
    plan = Plan(counties=("421224",), scale=0.04, years=(2023,))
    few = load.load(quiet, plan)
    assert {"demo-parent", "demo-pupil"} <= {sign_in.username for sign_in in few}
    with as_system("tests"):
        one = Enrolment.objects.values("organisation").distinct().get()
        child = Pupil.objects.get(person__number="MN-PUPIL")
        assert child.guardianships.get().person.number == "MN-PARENT"
        assert child.enrolments.get().organisation_id == one["organisation"]
        assert registry.identity_fault(child.identity) == "check"
    assert load.load(quiet, plan, all_pupils=True) == few
    with as_system("tests"):
        returned = GradeYear.objects.exclude(stage="kindergarten").aggregate(Sum("pupils"))["pupils__sum"]
        enrolled = Enrolment.objects.filter(until=None).count()
        assert 0 < enrolled == returned == Guardianship.objects.count()


# --- started anew -------------------------------------------------------------------------------------


def test_only_a_folder_of_the_demonstration_is_emptied(demo_mode):
    (demo_mode / "papers.txt").write_text("mine")
    with pytest.raises(load.DemoRefused, match="no demonstration"):
        load.reset()
    assert (demo_mode / "papers.txt").exists()
    (demo_mode / "demo").mkdir()
    (demo_mode / "data.keys").write_text("k")
    load.reset()
    assert [entry.name for entry in demo_mode.iterdir()] == ["data.keys"]
    load.reset()


def test_nothing_is_emptied_outside_demo_mode(settings, tmp_path):
    settings.TENFOLD = {**now.TENFOLD, "DEMO": False, "VAR": tmp_path}
    (tmp_path / "demo").mkdir()
    with pytest.raises(load.DemoRefused, match="TENFOLD_DEMO"):
        load.reset()
    assert (tmp_path / "demo").exists()
