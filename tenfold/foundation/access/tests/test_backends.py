"""Who may come in with a password."""

from __future__ import annotations

import pytest
from django.conf import settings as now
from django.test import Client

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit.models import Entry
from tests.support.cast import PASSWORD, account_of


def enters(client, username, password=PASSWORD):
    return client.post("/accounts/login/", {"login": username, "password": password})


@pytest.mark.store
def test_a_closed_account_is_answered_like_a_wrong_password(small_county):
    account = account_of(small_county.head_a)
    with permitted("service"):
        account.is_active = False
        account.save()
    right, wrong = enters(Client(), "t-head_a"), enters(Client(), "t-head_a", "x" * 12)
    assert right.status_code == wrong.status_code == 200
    assert right.context["form"].errors == wrong.context["form"].errors
    assert not Entry.objects.filter(action="access.sign_in").exists()


@pytest.mark.store
def test_a_session_ends_with_its_account(small_county):
    client = Client()
    assert enters(client, "t-head_a").status_code == 302
    assert client.get("/").status_code == 200
    account = account_of(small_county.head_a)
    with permitted("service"):
        account.is_active = False
        account.save()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(("demo", "status"), [(True, 302), (False, 200)])
def test_the_demonstrations_accounts_open_nothing_elsewhere(small_county, settings, demo, status):
    account = account_of(small_county.head_a)
    with permitted("service"):
        account.username = "Demo-head"
        account.save()
    settings.TENFOLD = {**now.TENFOLD, "DEMO": demo}
    assert enters(Client(), "Demo-head").status_code == status
