"""The cast and the fixtures that all tests rest on."""

from __future__ import annotations

import pytest
from django.db import connection

from tenfold.foundation.acts import WriteRefused, permitted
from tenfold.foundation.organisations.models import Organisation, Placement
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import NoAccessContext


@pytest.mark.store
def test_each_sees_her_own_county(small_county, as_person):
    with as_person(small_county.county_officer_a):
        seen = set(Organisation.objects.values_list("code", flat=True))
    assert seen == {"990100", "990101", "9900000001", "9900000002", "9900000003", "9900000004"}
    with as_person(small_county.city_officer):
        assert Organisation.objects.count() == 11


@pytest.mark.store
def test_the_citys_school_stands_in_county_a(small_county, system):
    parents = dict(Placement.objects.filter(organisation=small_county.city_run).values_list("kind", "parent__code"))
    assert parents == {"authority": "990000", "location": "990100"}


def test_without_a_context_nothing_is_read(small_county):
    with pytest.raises(NoAccessContext):
        list(Person.objects.all())


def test_outside_a_service_nothing_is_written(small_county, system):
    with pytest.raises(WriteRefused):
        small_county.primary_a.save()


def test_a_role_of_one_right(small_county, post, role_of_one, context_of):
    person = post(role_of_one("holdings.see_school"), small_county.county_b)
    assert context_of(person).rights == {"holdings.see_school"}


def test_queries_are_counted(small_county, system, count_queries):
    with count_queries(at_most=1) as seen:
        list(Organisation.objects.all())
    assert len(seen) == 1
    with pytest.raises(pytest.fail.Exception, match="at most 0"), count_queries(at_most=0):
        list(Organisation.objects.all())


def test_a_signed_in_client_is_known(small_county, client_as):
    assert client_as(small_county.head_a).get("/").status_code == 200
    assert client_as("teacher", at=small_county.primary_b).get("/").status_code == 200


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_after_it(turn):
    with permitted("service"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        assert cursor.fetchone()[0] == 0
    from tenfold.foundation.acts import service
    from tenfold.foundation.scope import as_system

    @service(right=None)
    def act() -> None:
        """Leaves an entry of the audit."""

    with as_system("tests"):
        act()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        assert cursor.fetchone()[0] == 1
