"""The life of a sign-in: invited by a code, reset by a code, closed, opened again, gone with the last post."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import typer
from django.core import mail
from django.test import Client
from typer.testing import CliRunner

from tenfold.foundation.access import commands, services
from tenfold.foundation.access.models import Account
from tenfold.foundation.acts import Refused, permitted
from tenfold.foundation.audit.models import Entry
from tenfold.foundation.people.services import end_appointment
from tenfold.foundation.scope import as_system
from tenfold.foundation.scope.models import OutOfScope
from tests.support.cast import PASSWORD, account_of

pytestmark = [pytest.mark.django_db, pytest.mark.store]
OWN = "a-password-of-her-own-77"


def enters(name, password=OWN):
    client = Client()
    client.post("/accounts/login/", {"login": name, "password": password})
    return client.get("/").status_code == 200


def redeem(name, code, password=OWN, again=None):
    body = {"username": name, "one_time_code": code, "password": password, "again": again or password}
    return Client().post("/code/", body)


@pytest.fixture
def newcomer(small_county, post):
    return post("teacher", small_county.primary_a, name="新来者", sign_in=False)


@pytest.fixture
def secadmin(small_county, as_person):
    with as_person(small_county.secadmin):
        yield small_county


def test_invited_she_sets_her_own_password_once(newcomer, small_county, client_as, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = client_as(small_county.secadmin)
    address = f"/sign-ins/{newcomer.pk}/"
    page = client.post(address, {"act": "invite", "username": "xinlaizhe", "email": "x@example.org"}).content.decode()
    code = mail.outbox[0].body.split("一次性登录码: ")[1].split()[0]
    assert f"<code>{code}</code>" in page
    assert code.replace("-", "") not in str(Account.objects.filter(username="xinlaizhe").values())
    assert not enters("xinlaizhe", code)
    assert redeem("xinlaizhe", code, "12345").status_code == 422, "too weak: the code stays"
    assert redeem("xinlaizhe", code, again="another").status_code == 422
    assert redeem("XINLAIZHE", code.lower()).status_code == 302
    assert enters("xinlaizhe")
    assert redeem("xinlaizhe", code).status_code == 422, "used up"
    assert {"access.code_redeemed", "foundation.access.invite_by_code"} <= set(
        Entry.objects.values_list("action", flat=True)
    )


def test_a_code_is_void_after_five_wrong_ones_or_its_day(secadmin):
    account = account_of(secadmin.head_a)
    told = services.reset(account, "忘记密码")
    for _ in range(5):
        assert not services.redeem("t-head_a", "AAAA-AAAA-AAAA-AAAA", OWN)
    assert not services.redeem("t-head_a", told.code, OWN)
    told = services.reset(account, "忘记密码")
    with permitted("service"):
        Account.objects.filter(pk=account.pk).update(code_until=told.account.code_until - timedelta(days=2))
    assert not services.redeem("t-head_a", told.code, OWN)


def test_a_reset_voids_the_password_and_ends_the_sessions(small_county, as_person, client_as):
    client = client_as(small_county.head_a)
    with as_person(small_county.secadmin):
        code = services.reset(account_of(small_county.head_a), "忘记密码").code
    assert client.get("/").status_code == 302
    assert not enters("t-head_a", PASSWORD)
    assert redeem("t-head_a", code).status_code == 302
    assert enters("t-head_a")
    assert Entry.objects.get(action="foundation.access.reset").why == "忘记密码"


def test_closed_and_opened_again(small_county, as_person, client_as):
    client = client_as(small_county.head_a)
    account = account_of(small_county.head_a)
    with as_person(small_county.secadmin):
        services.close(account, "调离")
        with pytest.raises(ValueError, match="closed"):
            services.reset(account, "忘记密码")
    assert client.get("/").status_code == 302
    assert not enters("t-head_a", PASSWORD)
    with as_person(small_county.secadmin):
        services.reopen(account, "调回")
    assert enters("t-head_a", PASSWORD)


def test_with_the_last_post_the_session_ends_and_nobody_enters(small_county, client_as):
    client = client_as(small_county.head_a)
    with as_system("tests"):
        end_appointment(small_county.head_a.appointments.get(), date(2023, 10, 1))
    assert client.get("/").url.startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session
    assert not enters("t-head_a", PASSWORD)


def test_who_may_not(small_county, as_person, newcomer, client_as):
    head = account_of(small_county.head_a)
    with as_person(small_county.county_admin_a), pytest.raises(Refused):
        services.reset(head, "x")
    with as_person(small_county.secadmin):
        for act in (services.close, services.reset):
            with pytest.raises(Refused):
                act(account_of(small_county.secadmin), "x")
            with pytest.raises(ValueError, match="reason"):
                act(head, " ")
        with pytest.raises(services.Taken):
            services.invite_by_code(newcomer, "T-HEAD_A")
    head.refresh_from_db()
    assert head.is_active
    assert head.has_usable_password()
    own = f"/sign-ins/{small_county.secadmin.pk}/"
    answer = client_as(small_county.secadmin).post(own, {"act": "close", "why": "x"})
    assert (answer.status_code, "另一位管理员" in answer.content.decode()) == (422, True)
    assert client_as(small_county.head_b).get("/sign-ins/").status_code == 403


def test_an_administrator_of_another_city_does_not_find_her(small_county, post, as_person, newcomer):
    """A security administrator whose scope ends at one county."""
    other = post("secadmin", small_county.county_b)
    with as_person(other):
        with pytest.raises(OutOfScope):
            services.close(account_of(small_county.head_a), "x")
        with pytest.raises(OutOfScope):
            services.invite_by_code(newcomer, "xinlaizhe")


def test_the_list_is_filtered(small_county, client_as, newcomer, count_queries):
    client = client_as(small_county.secadmin)

    def shown(query):
        return client.get(f"/sign-ins/?{query}").content.decode()

    assert "沈青松" in shown("")
    assert "新来者" not in shown("")
    assert "新来者" in shown("state=none")
    assert "沈青松" not in shown("state=closed")
    assert "沈青松" in shown("q=head_a")
    assert "没有符合条件" in shown("factor=missing")
    with count_queries(at_most=25):
        shown("")


def test_from_the_command_line(small_county, newcomer):
    def run(*words):
        app = typer.Typer()
        app.add_typer(commands.app, name="account")
        return CliRunner().invoke(app, ["account", *words])

    invited = run("invite", newcomer.number, "xinlaizhe")
    assert redeem("xinlaizhe", invited.output.strip()).status_code == 302
    assert redeem("xinlaizhe", run("reset", "xinlaizhe", "--why", "忘记").output.strip()).status_code == 302
    assert run("close", "xinlaizhe", "--why", "调离").exit_code == 0
    assert "closed" in run("list", "--state", "closed").output
    refused = run("reset", "xinlaizhe", "--why", "x")
    assert (refused.exit_code, "nothing was changed" in refused.stderr) == (1, True)
    for words in (("invite", "nobody", "x"), ("invite", newcomer.number, "y"), ("close", "nobody", "--why", "x")):
        assert run(*words).exit_code == 1
    assert run("reopen", "xinlaizhe", "--why", "调回").exit_code == 0
    assert run("reset-factor", "t-secadmin", "--why", "手机丢失").exit_code == 0


def test_the_list_finds_each_state_and_goes_on_over_pages(small_county, client_as, post, system, monkeypatch):
    from tenfold.foundation.access import queries

    idle, never = (
        post("teacher", small_county.primary_a, name=name, sign_in=name == "离任者") for name in ("离任者", "从未登录")
    )
    end_appointment(idle.appointments.get(), date(2023, 10, 1))
    with permitted("service"):
        Account.objects.filter(person=small_county.head_a).update(is_active=False)
        account = account_of(small_county.teacher_a)
        account.set_unusable_password()
        account.save()
        queries.Authenticator.objects.filter(user__person=small_county.sysadmin).delete()
    client = client_as(small_county.secadmin)

    def found(**words):
        return {row.person for row in client.get("/sign-ins/", words).context["page"]}

    one = {"idle": idle, "none": never, "closed": small_county.head_a, "invited": small_county.teacher_a}
    everybody = found()
    for state, person in one.items():
        assert person.pk in found(state=state), state
        assert all(queries.sign_in_of(pk)[1].state == state for pk in found(state=state))
    assert found(state="open") == everybody - found(state="idle") - found(state="closed") - found(state="invited")
    assert found(factor="missing") == {small_county.sysadmin.pk}
    assert found(q="从未登录") == {never.pk}
    assert found(state="no-such-state") == set()
    monkeypatch.setattr(queries, "SIZE", 4)
    assert set().union(*(found(page=number) for number in range(1, 9))) == everybody
