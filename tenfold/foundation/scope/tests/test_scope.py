"""What lies outside the scope is not found, however it is asked for; without a context nothing is."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db.models import Count, F, OuterRef, Subquery
from django.shortcuts import get_object_or_404

from tenfold.foundation.acts import permitted
from tenfold.foundation.holdings.models import SchoolYear, StageYear
from tenfold.foundation.organisations.models import Event, Organisation, Placement
from tenfold.foundation.organisations.services import Draft, ensure_root, open_organisation
from tenfold.foundation.scope import AccessContext, NoAccessContext, acting, as_system
from tenfold.foundation.scope.models import OutOfScope

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def tree():
    day = date(2000, 9, 1)
    with as_system("test"):
        city = ensure_root("429900", "样例市")
        made = {"city": city}
        for code, name in (("429901", "甲县"), ("429902", "乙县")):
            made[name] = open_organisation(Draft(code, name, "county", city, day))
            school = open_organisation(Draft(f"21{code}01", f"{name}一小", "school", made[name], day))
            made[f"{name}一小"] = school
            with permitted("service"):
                year = SchoolYear.objects.create(organisation=school, period="2023-24")
                StageYear.objects.create(year=year, stage="primary", teachers=9)
    return made


def context(*places, rights=()):
    return AccessContext("tester", places=tuple(p.path for p in places), rights=frozenset(rights))


def test_without_a_context_every_way_to_ask_raises(tree):
    asked = (
        lambda: list(Organisation.objects.all()),
        lambda: Organisation.objects.count(),
        lambda: Organisation.objects.filter(code="x").exists(),
        lambda: Organisation.objects.aggregate(n=Count("pk")),
        lambda: Organisation.objects.first(),
        lambda: list(Organisation.objects.values_list("code")[:1]),
        lambda: Organisation.objects.filter(code="x").update(name="y"),
        lambda: Organisation.objects.filter(code="x").delete(),
        lambda: list(Organisation.objects.filter(code="x").union(Organisation.objects.filter(code="y"))),
        lambda: get_object_or_404(Organisation, code="x"),
        lambda: tree["甲县一小"].years.count(),
        lambda: list(Placement.objects.filter(organisation=tree["甲县"])),
    )
    for ask in asked:
        with permitted("service"), pytest.raises(NoAccessContext):
            ask()


def test_a_query_defined_before_keeps_to_whoever_runs_it(tree):
    everything = Organisation.objects.all()
    with acting(context(tree["甲县"])):
        assert {o.name for o in everything.all()} == {"甲县", "甲县一小"}
    with acting(context(tree["乙县"])):
        assert {o.name for o in everything.all()} == {"乙县", "乙县一小"}


def test_every_way_to_read_keeps_to_the_scope(tree):
    other = tree["乙县一小"]
    with acting(context(tree["甲县"])):
        assert Organisation.objects.count() == 2
        assert not Organisation.objects.filter(pk=other.pk).exists()
        assert Organisation.objects.aggregate(n=Count("pk"))["n"] == 2
        assert list(Organisation.objects.order_by("pk")[5:]) == []
        assert len(list(Organisation.objects.order_by("pk")[:1])) == 1
        assert SchoolYear.objects.count() == StageYear.objects.count() == 1
        assert Event.objects.filter(organisation=other).count() == 0
        assert len(Organisation.objects.prefetch_related("years").get(code=tree["甲县一小"].code).years.all()) == 1
        newest = SchoolYear.objects.filter(organisation=OuterRef("pk")).values("period")[:1]
        assert set(Organisation.objects.annotate(p=Subquery(newest)).values_list("p", flat=True)) == {None, "2023-24"}
        assert list(StageYear.objects.values("year__period").annotate(n=Count("pk")).values_list("n", flat=True)) == [1]
        both = (
            Organisation.objects.filter(kind="school")
            .order_by()
            .union(Organisation.objects.filter(kind="county").order_by())
        )
        assert {o.name for o in both} == {"甲县", "甲县一小"}
        with pytest.raises(Organisation.DoesNotExist):
            tree["乙县一小"].refresh_from_db()


def test_a_forward_key_does_not_leak(tree):
    with as_system("test"):
        placement = Placement.objects.get(organisation=tree["乙县一小"], kind="authority")
    with acting(context(tree["甲县"])), pytest.raises(Organisation.DoesNotExist):
        _ = placement.organisation


def test_writing_keeps_to_the_scope(tree):
    with acting(context(tree["甲县"])), permitted("service"):
        with pytest.raises(OutOfScope):
            SchoolYear(organisation=tree["乙县一小"], period="2022-23").save()
        with pytest.raises(OutOfScope):
            SchoolYear.objects.bulk_create([SchoolYear(organisation=tree["乙县一小"], period="2022-23")])
        assert SchoolYear.objects.filter(organisation=tree["乙县一小"]).update(period="1999-00") == 0
        assert SchoolYear.objects.filter(organisation=tree["乙县一小"]).delete()[0] == 0
        assert SchoolYear.objects.update(version=F("version") + 1) == 1
        assert StageYear.objects.all()._raw_delete("default") == 1
    with as_system("test"):
        assert SchoolYear.objects.get(organisation=tree["乙县一小"]).version == 1
        assert StageYear.objects.count() == 1


def test_no_place_is_no_access(tree):
    with acting(AccessContext("tester")):
        assert Organisation.objects.count() == 0


def test_a_thread_does_not_inherit_the_context(tree):
    found = []

    def ask():
        try:
            found.append(Organisation.objects.count())
        except NoAccessContext:
            found.append("refused")

    with acting(context(tree["甲县"])):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert found == ["refused"]
