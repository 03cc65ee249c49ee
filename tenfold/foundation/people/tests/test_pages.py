"""The pages about people, from outside: masks, purposes, scope."""

from __future__ import annotations

import pytest

from tenfold.foundation.audit.models import Entry
from tenfold.foundation.people.models import Guardianship, Person, Pupil
from tenfold.foundation.people.services import let_in_guardian, let_in_pupil
from tests.support.cast import PASSWORD

from .test_pupils import FIRST, NAMES, pupils

__all__ = ["pupils"]


def looks() -> list[tuple[str, str, str]]:
    """What the audit tells of looks: who, of what, what for."""
    return list(Entry.objects.filter(action="audit.looked").order_by("pk").values_list("actor", "subject", "why"))


@pytest.fixture
def clerk(small_county, pupils, client_as):
    return client_as(small_county.clerk_a)


def test_a_class_shows_masked_names(clerk):
    page = clerk.get("/pupils/?class=2-1").content.decode()
    assert "青**" in page
    assert "小学2年级1班" in page
    assert not any(name in page for name in NAMES)


def test_the_city_comes_to_a_class_by_its_schools(small_county, pupils, client_as):
    page = client_as(small_county.city_officer).get("/pupils/").content.decode()
    assert "东岭小学" in page
    assert "南浦小学" in page
    assert client_as(small_county.clerk_a).get("/pupils/?place=9900000005").status_code == 404


def test_a_look_asks_for_a_purpose_and_stands_in_the_audit(clerk, pupils):
    pupil = pupils[0]
    page = clerk.get(f"/pupils/{pupil.pk}/")
    assert NAMES[0] not in page.content.decode()
    subject = {"subject": f"pupil:{pupil.pk}", "field": "name"}
    asked = clerk.get(f"/pupils/{pupil.pk}/", subject).content.decode()
    assert "查看用途" in asked
    assert NAMES[0] not in asked
    for refused in ({}, {"purpose": ""}, {"purpose": "other", "words": "看"}):
        answer = clerk.post(f"/pupils/{pupil.pk}/open/", subject | refused)
        assert answer.status_code == 422
        assert NAMES[0] not in answer.content.decode()
    assert looks() == []
    shown = clerk.post(f"/pupils/{pupil.pk}/open/", subject | {"purpose": "transfer"})
    assert NAMES[0] in shown.content.decode()
    assert shown.content.decode().count("13000000000") == 0
    assert "no-store" in shown.headers["Cache-Control"]
    assert looks() == [("T-clerk_a", f"pupil:{pupil.pk}.name", "办理转学")]
    assert NAMES[0] not in repr(list(Entry.objects.values_list()))


def test_of_a_guardian_one_field_opens(clerk, pupils):
    guardian = Guardianship.objects.model.plain.get(pupil=pupils[0])
    words = {"subject": f"guardianship:{guardian.pk}", "field": "phone", "purpose": "other", "words": "通知家长会"}
    page = clerk.post(f"/pupils/{pupils[0].pk}/open/", words).content.decode()
    assert "13000000000" in page
    assert guardian.name not in page
    assert looks()[-1][1:] == (f"guardianship:{guardian.pk}.phone", "其他用途（写明）：通知家长会")


@pytest.mark.parametrize("who", ["county_officer_b", "head_b"])
def test_out_of_scope_a_pupil_is_not_found(small_county, pupils, client_as, who):
    client = client_as(getattr(small_county, who))
    assert client.get(f"/pupils/{pupils[0].pk}/").status_code == 404
    words = {"subject": f"pupil:{pupils[0].pk}", "field": "name", "purpose": "check"}
    assert client.post(f"/pupils/{pupils[0].pk}/open/", words).status_code in (403, 404)
    assert looks() == []


def test_another_ones_record_does_not_open_through_ones_own(clerk, pupils):
    other = {"subject": f"pupil:{pupils[2].pk}", "field": "name", "purpose": "check"}
    assert clerk.post(f"/pupils/{pupils[0].pk}/open/", other).status_code == 404
    odd = {"subject": f"pupil:{pupils[0].pk}", "field": "registry_hash", "purpose": "check"}
    assert clerk.post(f"/pupils/{pupils[0].pk}/open/", odd).status_code == 404
    assert looks() == []


def test_who_may_see_may_not_therefore_open(small_county, pupils, client_as):
    client = client_as(small_county.county_officer_a)
    page = client.get(f"/pupils/{pupils[0].pk}/?subject=pupil:{pupils[0].pk}&field=name")
    assert page.status_code == 200
    assert "查看用途" not in page.content.decode()
    words = {"subject": f"pupil:{pupils[0].pk}", "field": "name", "purpose": "check"}
    assert client.post(f"/pupils/{pupils[0].pk}/open/", words).status_code == 403


def test_a_family_sees_its_own_and_nothing_else(small_county, pupils, client_as, as_person):
    from tenfold.foundation.access.services import invite
    from tenfold.foundation.scope import as_system

    with as_system("tests"):
        mother = let_in_guardian(Guardianship.objects.get(pupil=pupils[0]), "J00001", since=FIRST)
        child = let_in_pupil(pupils[1], "X00001", since=FIRST)
        for person in (mother, child):
            invite(person, person.number.lower(), PASSWORD, must_change=False)
    for person, url, name in ((mother, "/my-child/", NAMES[0]), (child, "/my-enrolment/", NAMES[1])):
        client = client_as(person)
        page = client.get(url).content.decode()
        assert [n in page for n in NAMES] == [n == name for n in NAMES]
        assert client.get("/").status_code == 200
        for closed in ("/pupils/", f"/pupils/{pupils[0].pk}/", "/people/", "/schools/", "/imports/"):
            assert client.get(closed).status_code == 403


def test_people_in_their_posts(small_county, client_as):
    client = client_as(small_county.head_a)
    page = client.get("/people/").content.decode()
    assert "叶小满" in page
    assert "教务主任" in page
    assert "江南雁" not in page
    found = client.get("/people/?q=苏若").content.decode()
    assert "苏若溪" in found
    assert "叶小满" not in found
    person = client.get(f"/people/{small_county.two_posts.pk}/").content.decode()
    assert "数学教师" in person
    assert "南浦中心学校" not in person
    assert client.get(f"/people/{small_county.head_b.pk}/").status_code == 404


def test_a_phone_of_staff_opens_with_a_purpose(small_county, client_as, system):
    from tenfold.foundation.acts import permitted

    person = Person.objects.get(pk=small_county.teacher_a.pk)
    person.phone = "13900000001"
    with permitted("service"):
        person.save()
    client = client_as(small_county.head_a)
    assert "13900000001" not in client.get(f"/people/{person.pk}/").content.decode()
    words = {"subject": f"person:{person.pk}", "field": "phone", "purpose": "emergency"}
    assert "13900000001" in client.post(f"/people/{person.pk}/open/", words).content.decode()
    assert looks()[-1] == ("T-head_a", f"person:{person.pk}.phone", "应对突发情况")
    assert Pupil.objects.count() == 0
