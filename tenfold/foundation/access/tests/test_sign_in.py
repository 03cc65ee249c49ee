"""Coming in: with the right password, in one's own post, for a limited time."""

from __future__ import annotations

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tenfold.foundation.access.models import Account
from tenfold.foundation.acts import permitted
from tenfold.foundation.audit.models import Entry
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, name, password=PASSWORD):
    return client.post("/accounts/login/", {"login": name, "password": password})


def test_signed_in_she_is_at_home_and_the_audit_knows(small_county):
    client = Client()
    assert sign_in(client, "t-head_a").url == "/"
    assert client.get("/").status_code == 200
    assert Entry.objects.filter(action="access.sign_in").count() == 1


def test_a_leaders_day_begins_with_the_actions(small_county):
    assert sign_in(Client(), "t-bureau_leader").url == "/actions/"


def test_a_wrong_password_is_refused_and_noted_without_it(small_county):
    client = Client()
    assert sign_in(client, "t-head_a", "wrong-password-42").status_code == 200
    assert client.get("/").status_code == 302
    entry = Entry.objects.get(action="access.sign_in_failed")
    assert "wrong-password-42" not in str(entry.__dict__)


def test_after_five_failures_the_door_is_shut_for_a_while(small_county, settings):
    from django.core.cache import cache

    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/10m/key"}
    client = Client()
    for _ in range(6):
        sign_in(client, "t-head_a", "wrong-password-42")
    sign_in(client, "t-head_a")
    assert client.get("/").status_code == 302, "even the right password does not open it now"
    cache.clear()
    sign_in(client, "t-head_a")
    assert client.get("/").status_code == 200


def test_a_given_password_must_be_changed_first(small_county):
    with permitted("service"):
        Account.objects.filter(username="t-head_a").update(must_change=True)
    client = Client()
    sign_in(client, "t-head_a")
    assert client.get("/").url == "/accounts/password/change/"
    assert client.get("/schools/").url == "/accounts/password/change/"
    new = "another-good-one-77"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/").status_code == 200


def test_a_forgotten_password_is_answered_alike_whether_the_address_is_known_or_not(small_county, mailoutbox):
    with permitted("service"):
        Account.objects.filter(username="t-head_a").update(email="head@example.org")
    known, strange = (
        Client().post("/accounts/password/reset/", {"email": address})
        for address in ("head@example.org", "nobody@example.org")
    )
    assert (
        (known.status_code, known.url) == (strange.status_code, strange.url) == (302, "/accounts/password/reset/done/")
    )
    assert [letter.to for letter in mailoutbox] == [["head@example.org"]]


def test_being_in_is_not_announced(small_county):
    client = Client()
    sign_in(client, "t-head_a")
    assert "tf-messages" not in client.get("/").content.decode()


def test_nobody_signs_herself_up(db):
    assert Client().get("/accounts/signup/").status_code == 404


def test_an_idle_session_ends(small_county, client_as):
    client = client_as(small_county.head_a)
    assert client.get("/").status_code == 200
    session = client.session
    session["seen"] = int(time.time()) - 3601
    session.save()
    assert client.get("/").status_code == 302


def test_only_so_many_sessions_at_once(small_county, settings):
    clients = [Client() for _ in range(settings.TENFOLD["SESSIONS"] + 1)]
    for client in clients:
        sign_in(client, "t-head_a")
    assert Session.objects.count() == settings.TENFOLD["SESSIONS"]
    assert clients[-1].get("/").status_code == 200


def test_two_posts_two_scopes(small_county, client_as):
    client = client_as(small_county.two_posts)
    school_b = f"/schools/{small_county.primary_b.code}/"
    assert client.get(school_b).status_code == 404
    other = small_county.two_posts.appointments.model
    from tenfold.foundation.scope import as_system

    with as_system("tests"):
        post = other.objects.get(person=small_county.two_posts, organisation=small_county.township_b)
        foreign = other.objects.get(person=small_county.head_b)
    assert client.post("/post/", {"post": foreign.pk}).status_code == 404
    assert client.post("/post/", {"post": post.pk}).status_code == 302
    assert client.get(school_b).status_code == 200
    assert client.get(f"/schools/{small_county.primary_a.code}/").status_code == 404


def test_an_ended_post_opens_nothing(small_county, client_as):
    from datetime import date

    from tenfold.foundation.people.services import end_appointment
    from tenfold.foundation.scope import as_system

    client = client_as(small_county.head_a)
    with as_system("tests"):
        end_appointment(small_county.head_a.appointments.get(), date(2023, 10, 1))
    assert client.get("/schools/").status_code in (302, 403)


def test_the_language_is_her_choice_not_the_browsers(small_county, client_as):
    client = client_as(small_county.head_a)
    assert "我的待办" in client.get("/", headers={"accept-language": "en"}).content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert "我的待办" not in client.get("/").content.decode()
    assert client.post("/language/", {"language": "en", "next": "https://example.org/"}).url == "/"
