"""``tell`` stands in the caller's transaction, once, and reaches those who are meant."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from tenfold.engines.notices import queries
from tenfold.engines.notices.models import Addressed, Notice, Sending, Settings
from tenfold.engines.notices.services import (
    NobodyFits,
    NotFound,
    Posts,
    TellFault,
    TooSoon,
    enter_paper,
    mark_read,
    remind,
    sign,
    tell,
    write_notice,
)
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.acts import Refused, WriteRefused, permitted, service
from tenfold.foundation.calendar import now
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.scope import acting, as_system

pytestmark = [pytest.mark.django_db, pytest.mark.store]

WORDS = {"title": "开学工作检查", "key": "check.1"}


@service(right=None)
def told(**words):
    return tell(**{"kind": "notices.written", **WORDS, **words})


@pytest.fixture
def mail(settings):
    settings.TENFOLD = {**settings.TENFOLD, "MAIL": "smtp://user:word@127.0.0.1:1"}


def as_(person):
    return acting(context_of_post(person.pk))


def test_it_reaches_posts_whatever_the_scope_and_stands_once(small_county, mail):
    c = small_county
    posts = Posts([c.primary_a.pk, c.primary_b.pk], ("principal",))
    with as_system("tests"):
        first = told(to=posts)
        again = told(to=[c.head_a.pk, c.head_b.pk, c.clerk_a])
        assert (first.addressed, again.addressed) == (2, 1)
        assert first.notice == again.notice
        rows = {row.person_id: row.organisation_id for row in Addressed.objects.all()}
        assert rows == {c.head_a.pk: c.primary_a.pk, c.head_b.pk: c.primary_b.pk, c.clerk_a.pk: c.primary_a.pk}
        keys = {f"{pk}.email.0" for pk in Addressed.objects.values_list("pk", flat=True)}
        assert set(Sending.objects.values_list("key", flat=True)) == keys
        assert Job.objects.filter(name="notices.send", state="waiting").count() == 1


def test_it_goes_with_the_callers_transaction_and_only_inside_a_service(small_county, mail):
    with as_system("tests"):
        with pytest.raises(InterruptedError), transaction.atomic():
            told(to=[small_county.head_a])
            raise InterruptedError
        assert not Notice.objects.exists()
        assert not Job.objects.filter(name="notices.send").exists()
        with pytest.raises(WriteRefused):
            tell("notices.written", to=[small_county.head_a], **WORDS)


@pytest.mark.parametrize(
    "words",
    [{"title": " "}, {"title": "长" * 121}, {"key": ""}, {"link": "https://elsewhere"}, {"link": "//elsewhere"}],
)
def test_what_cannot_stand_is_refused(small_county, words):
    with as_system("tests"), pytest.raises(TellFault):
        told(to=[small_county.head_a], **words)


def test_an_unknown_kind_is_refused(small_county):
    with as_system("tests"), pytest.raises(KeyError):
        told(kind="notices.unheard", to=[small_county.head_a])


def test_reading_signing_reminding(small_county, mail, monkeypatch):
    c = small_county
    with as_(c.county_officer_a):
        done = write_notice(c.county_a, ("school", "point"), ("principal", "school_officer"), receipt=True, **WORDS)
        assert done.addressed == 2
        with pytest.raises(TooSoon):
            remind(done.notice)
    with as_(c.head_a):
        row = queries.mine().object_list[0]
        assert [owed.notice_id for owed in queries.unsigned(context_of_post(c.head_a.pk))] == [done.notice]
        mark_read(row.pk)
        assert sign(row.pk)
        assert not sign(row.pk)
        assert queries.unsigned(context_of_post(c.head_a.pk)) == []
    with as_(c.head_b), pytest.raises(NotFound):
        sign(row.pk)
    with as_(c.county_officer_b):
        assert not queries.sent().object_list
        with pytest.raises(Notice.DoesNotExist):
            remind(done.notice)
    with as_(c.teacher_a), pytest.raises(Refused):
        remind(done.notice)
    with as_(c.county_officer_a):
        five_hours_pass(done.notice)
        assert remind(done.notice) == 1
        again = Sending.objects.filter(round=1)
        assert [sending.addressed.person_id for sending in again.select_related("addressed")] == [c.clerk_a.pk]
        assert [(u.told, u.read, u.signed) for u in queries.units_of(Notice.objects.get(pk=done.notice))] == [(2, 1, 1)]


def test_all_are_marked_as_read_save_those_to_be_signed_for(small_county):
    c = small_county
    with as_system("tests"):
        told(to=[c.head_a, c.head_b])
        told(to=[c.head_a], key="2", receipt=True)
        told(to=[c.head_a], key="3")
    with as_(c.head_a):
        newest = queries.own_counts()["newest"]
        assert mark_read(newest, older=True) == 2
        assert queries.own_counts() == {"newest": newest, "unread": 1, "plain": 0, "unsigned": 1}
    with as_(c.head_b):
        assert queries.own_counts()["unread"] == 1
        with pytest.raises(NotFound):
            mark_read(newest, older=True)


def test_a_page_that_is_asked_for_changes_nothing_and_its_button_marks_it_read(small_county, client_as):
    c = small_county
    with as_system("tests"):
        told(to=[c.head_a])
        row = Addressed.objects.get()
    client = client_as(c.head_a)
    page = client.get(f"/notices/{row.pk}/").content.decode()
    with as_system("tests"):
        assert Addressed.objects.get().read_at is None
    assert "data-notice-read" in page
    assert client.post(f"/notices/{row.pk}/read").status_code == 302
    assert "data-notice-read" not in client.get(f"/notices/{row.pk}/").content.decode()
    assert client_as(c.head_b).post(f"/notices/{row.pk}/read").status_code == 404


def five_hours_pass(pk):
    with permitted("jobs"), as_system("tests"):
        Notice.objects.filter(pk=pk).update(created_at=now() - timedelta(hours=5))


def test_one_cannot_write_to_what_one_does_not_reach(small_county):
    c = small_county
    with as_(c.county_officer_a), pytest.raises(NobodyFits):
        write_notice(c.county_b, ("school",), ("principal",), **WORDS)


def test_a_paper_code_is_entered_by_who_reaches_the_unit(small_county):
    c = small_county
    with as_(c.county_officer_a):
        done = write_notice(c.county_a, ("school",), ("principal",), receipt=True, **WORDS)
        (row,) = queries.on_paper(Notice.objects.get(pk=done.notice))
    code = row.paper_code
    typed = f" {code[:4].lower()}-{code[4:]} "
    with as_(c.head_b), pytest.raises(NotFound):
        enter_paper(typed)
    with as_(c.clerk_a):
        wrong = ("A" if code[0] != "A" else "B") + code[1:]
        with pytest.raises(NotFound):
            enter_paper(wrong)
        entered, open_ = enter_paper(typed)
        assert (entered.pk, open_) == (row.pk, True)
        assert enter_paper(code)[1] is False
    with as_system("tests"):
        row.refresh_from_db()
        assert (row.receipted, row.entered_by_id) == ("paper", c.clerk_a.pk)


def test_what_may_not_be_switched_off_keeps_a_way(small_county, mail):
    c = small_county
    with as_system("tests"):
        with permitted("jobs"):
            Settings.objects.create(person=c.head_a, off=["notices.written"], channels_off=["email"])
        told(to=[c.head_a])
        assert Sending.objects.count() == 1
