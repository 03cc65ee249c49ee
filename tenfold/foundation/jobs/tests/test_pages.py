"""The progress of one's own work, and the list for the system's administrator."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tenfold.foundation.acts import permitted
from tenfold.foundation.declare import JobKind, house
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.jobs.models import Job, State
from tests.support.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def job(small_county, as_person, monkeypatch):
    monkeypatch.setitem(house().jobs, "test.work", JobKind("test.work", "nowhere:work", "检查学校年报"))
    with as_person(small_county.head_a):
        return enqueue("test.work")


def test_she_sees_how_far_her_work_is(job, small_county, client_as):
    client = client_as(small_county.head_a)
    with permitted("jobs"):
        Job.objects.filter(pk=job.pk).update(state=State.RUNNING, done=3, total=8, told="已检查3行")
    page = client.get(reverse("job", args=[job.pk])).content.decode()
    assert "检查学校年报" in page
    assert 'max="8" value="3"' in page
    assert "已检查3行" in words(page)
    assert f'data-tf-poll="{reverse("job", args=[job.pk])}"' in page
    with permitted("jobs"):
        Job.objects.filter(pk=job.pk).update(state=State.FAILED)
    page = client.get(reverse("job", args=[job.pk])).content.decode()
    assert "data-tf-poll" not in page
    assert "没有完成" in page


def test_others_work_is_not_found(job, small_county, client_as):
    for person in (small_county.head_b, small_county.county_officer_a, small_county.sysadmin):
        client = client_as(person)
        assert client.get(reverse("job", args=[job.pk])).status_code == 404
        assert client.post(reverse("job_cancel", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_she_stops_it_by_a_form_and_not_by_a_link(job, small_county, client_as):
    client = client_as(small_county.head_a)
    assert client.get(reverse("job_cancel", args=[job.pk])).status_code == 405
    job.refresh_from_db()
    assert job.state == State.WAITING
    client.post(reverse("job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_nobody_is_sent_to_the_door(job, client):
    assert client.get(reverse("job", args=[job.pk])).status_code == 302


def test_the_administrator_sees_all_work_and_others_none(job, small_county, client_as):
    assert "检查学校年报" in client_as(small_county.sysadmin).get(reverse("jobs")).content.decode()
    assert client_as(small_county.head_a).get(reverse("jobs")).status_code == 403
