"""Two-step verification of administrators: set up at the first sign-in, asked for at every one, reset by another."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.exceptions import ValidationError
from django.test import Client

from tenfold.foundation.access import factors, services
from tenfold.foundation.acts import Refused, permitted
from tenfold.foundation.audit.models import Entry
from tenfold.foundation.fields.keys import key_id
from tenfold.foundation.people.services import appoint, end_appointment
from tenfold.foundation.scope import as_system
from tests.support.cast import PASSWORD, SECRET, account_of

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def code(secret=SECRET, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(name="t-secadmin"):
    client = Client()
    client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    return client


@pytest.fixture
def unready(small_county):
    """The security administrator before she has set anything up."""
    with permitted("service"):
        Authenticator.objects.filter(user=account_of(small_county.secadmin)).delete()
    return account_of(small_county.secadmin)


def test_without_it_her_post_opens_nothing_but_the_enrolment(unready):
    client = sign_in()
    for address in ("/", "/audit/"):
        assert client.get(address).url == "/second-factor/"
    page = client.get("/second-factor/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "<svg" in page
    assert secret not in str(Authenticator.objects.values_list("data"))
    assert secret not in str(dict(client.session))
    assert client.post("/second-factor/", {"code": "000000"}).status_code == 422
    other = sign_in()
    done = client.post("/second-factor/", {"code": code(secret)})
    assert len(re.findall(r"<code>\d{8}</code>", done.content.decode())) == 10
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302, "a session with the password alone has ended"
    assert Entry.objects.filter(action="access.enrol").exists()


def test_a_proposed_secret_grows_old(unready, monkeypatch):
    client = sign_in()
    first, again = (client.get("/second-factor/").context["secret"] for _time in range(2))
    assert first == again
    monkeypatch.setattr(factors, "MINUTES", -1)
    client = sign_in()
    first, again = (client.get("/second-factor/").context["secret"] for _time in range(2))
    assert first != again


def test_the_password_alone_lets_nobody_in(small_county):
    client = sign_in()
    assert client.get("/").url.startswith("/accounts/login/")
    asked = client.get("/accounts/second-factor/")
    assert "六位" in asked.content.decode()
    wrong = client.post("/accounts/second-factor/", {"code": "000000"})
    assert (wrong.status_code, client.get("/").status_code) == (200, 302)
    assert client.post("/accounts/second-factor/", {"code": code()}).status_code == 302
    assert client.get("/").status_code == 200
    assert {"access.factor_failed", "access.factor_used"} <= set(Entry.objects.values_list("action", flat=True))


def test_after_five_wrong_codes_the_door_is_shut(small_county, settings):
    from django.core.cache import cache

    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/10m/key"}
    client = sign_in()
    for _ in range(6):
        client.post("/accounts/second-factor/", {"code": "000000"})
    client.post("/accounts/second-factor/", {"code": code(steps=1)})
    assert client.get("/").status_code == 302
    cache.clear()


def test_a_recovery_code_opens_once_and_fresh_ones_void_it(small_county):
    account = account_of(small_county.secadmin)
    first, second, *_rest = services.renew_codes(account)
    for times, opens in ((1, True), (2, False)):
        client = sign_in()
        client.post("/accounts/second-factor/", {"code": first})
        assert (client.get("/").status_code == 200) is opens, times
    assert factors.codes_left(account) == 9
    client = sign_in()
    client.post("/accounts/second-factor/", {"code": second})
    assert "恢复码" in client.post("/second-factor/codes/").content.decode()
    assert second not in Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()


def test_another_administrator_resets_it_for_a_reason(small_county, as_person, client_as, post):
    account = account_of(small_county.sysadmin)
    client = client_as(small_county.sysadmin)
    with as_person(small_county.secadmin):
        with pytest.raises(ValueError, match="reason"):
            services.reset_second_factor(account, " ")
        with pytest.raises(Refused):
            services.reset_second_factor(account_of(small_county.secadmin), "手机丢失")
        services.reset_second_factor(account, "手机丢失")
    assert not factors.enrolled(account)
    assert client.get("/").status_code == 302
    assert Entry.objects.get(action="foundation.access.reset_second_factor").why == "手机丢失"
    with as_person(small_county.sysadmin), pytest.raises(Refused):
        services.reset_second_factor(account_of(small_county.auditadmin), "手机丢失")


def test_rotation_covers_the_secrets(small_county, settings):
    account = account_of(small_county.secadmin)
    settings.TENFOLD = {**settings.TENFOLD, "DATA_KEYS": ["newest", *settings.TENFOLD["DATA_KEYS"]]}
    with permitted("service"):
        assert factors.reseal() == 6, "a secret and a seed of three administrators"
        assert factors.reseal() == 0
    assert factors.uses() == {key_id("newest"): 6}
    assert factors.codes_left(account) == 10


def test_nobody_holds_two_of_the_three(small_county, system):
    sysadmin = small_county.sysadmin.appointments.get()
    with pytest.raises(ValidationError, match="已任系统管理员"):
        appoint("T-sysadmin", "程守一", small_county.city, "审计管理员", since=date(2023, 10, 16), role="auditadmin")
    assert small_county.sysadmin.appointments.count() == 1
    end_appointment(sysadmin, date(2023, 10, 16))
    with as_system("tests"):
        appoint("T-sysadmin", "程守一", small_county.city, "审计管理员", since=date(2023, 10, 16), role="auditadmin")
