"""The first administrators of an installation: three people, once."""

from __future__ import annotations

import json

import pytest
import typer
from django.test import Client
from typer.testing import CliRunner

from tenfold.foundation.access.commands import init
from tenfold.foundation.access.models import Account
from tenfold.foundation.access.queries import context_of_account
from tenfold.foundation.access.roles import roles
from tenfold.foundation.acts import Refused
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def run(*arguments):
    app = typer.Typer()
    app.command()(init)
    return CliRunner().invoke(app, [*arguments, "--json"])


def test_three_people_each_with_one_part(system):
    made = json.loads(run("--code", "990000", "--city", "清渠市教育局").stdout)
    assert [row["role"] for row in made] == ["sysadmin", "secadmin", "auditadmin"]
    assert Organisation.objects.get().code == "990000"
    people = Person.objects.all()
    assert len(people) == 3
    for account in Account.objects.all():
        context = context_of_account(account)
        assert context.rights == roles()[account.username].rights
        assert not context.everywhere
        assert account.must_change


def test_the_password_opens_the_door_and_no_other(system):
    made = json.loads(run().stdout)[1]
    client = Client()
    for password, opens in ((made["password"] + "x", False), (made["password"], True)):
        answer = client.post("/accounts/login/", {"login": made["username"], "password": password})
        assert (answer.status_code == 302) is opens


def test_a_second_time_nothing_is_changed(system):
    run()
    before = list(Account.objects.values_list("username", "password"))
    second = run("--code", "990001", "--city", "另一个市")
    assert second.exit_code == 1
    assert second.stdout == ""
    assert "already" in second.stderr
    assert list(Account.objects.values_list("username", "password")) == before
    assert Organisation.objects.count() == 1


def test_nobody_founds_from_within(small_county, as_person):
    from tenfold.foundation.access.services import found

    with as_person(small_county.secadmin), pytest.raises(Refused):
        found("990001", "另一个市", {"sysadmin": "某人"})
