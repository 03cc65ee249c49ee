"""What goes out: a channel that is down for a day, a worker that dies, quiet hours, a summary, wrong persons."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.notices import dispatch, jobs, queries, words
from tenfold.engines.notices.mail import OutboxBackend
from tenfold.engines.notices.models import ChannelRest, OutboxMail, Sending, Settings, State
from tenfold.engines.notices.services import mark_read, marking, tell, telling
from tenfold.engines.notices.timing import leaves_at, quiet
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.acts import permitted, service
from tenfold.foundation.jobs import InlineRun
from tenfold.foundation.scope import acting, as_system

CHINA = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2023, 10, 16, 9, 0, tzinfo=CHINA)


@service(right=None)
def told(people, title="开学工作检查", key="1", kind="notices.written", **more):
    return tell(kind, to=people, title=title, key=key, body="只在平台内阅读的正文", **more)


class Clock:
    def __init__(self):
        self.at = MORNING

    def __call__(self):
        return self.at

    def pass_(self, **words):
        self.at += timedelta(**words)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    for module in (dispatch, telling, marking):
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture
def people(small_county, clock, fake):
    """Head and clerk are reached by WeCom alone."""
    c = small_county
    with as_system("tests"), permitted("jobs"):
        for person, name in ((c.head_a, "head"), (c.clerk_a, "clerk")):
            Settings.objects.create(person=person, channels_off=["dingtalk"], identities={"wecom": name})
        yield c


def run():
    with as_system("job:notices.send"):
        jobs.send(InlineRun())


def states():
    return sorted(Sending.objects.values_list("state", flat=True))


@pytest.mark.django_db
@pytest.mark.store
def test_the_title_alone_leaves_the_house(people, fake):
    told([people.head_a, people.clerk_a, people.teacher_a])
    run()
    assert sorted(who for who, _text in fake.sent) == ["clerk", "head"]
    assert all("开学工作检查" in text and "请登录查看" in text and "正文" not in text for _who, text in fake.sent)
    assert states() == ["no_address", "no_address", "sent", "sent"]
    run()
    assert len(fake.sent) == 2


@pytest.mark.django_db
@pytest.mark.store
def test_a_channel_down_for_a_day_loses_nothing_and_no_storm_follows(people, fake, clock):
    fake.mode = "500"
    for number in range(8):
        told([people.head_a, people.clerk_a], title=f"第{number}件", key=str(number), kind="notices.urgent")
        for _quarter in range(12):
            run()
            clock.pass_(minutes=15)
    assert 40 < fake.asked < 60
    assert fake.sent == []
    assert ChannelRest.objects.get().failures > 40
    with acting(context_of_post(people.clerk_a.pk)):
        for row in people.clerk_a.notices.exclude(notice__title="第7件"):
            mark_read(row.pk)
    fake.mode = "ok"
    clock.pass_(minutes=30)
    run()
    by = dict(fake.sent)
    assert len(fake.sent) == 2
    assert "您有8条通知未读" in by["head"]
    assert "第7件" in by["clerk"]
    assert "未读" not in by["clerk"]
    assert not ChannelRest.objects.exists()
    assert {row.state for row in Sending.objects.filter(channel="wecom")} == {State.SENT, State.NEEDLESS}


class Died(BaseException):
    """The worker is gone between sending and writing it down."""


@pytest.mark.django_db
@pytest.mark.store
def test_what_a_dead_worker_held_goes_once_more_and_nothing_else(people, fake, clock, monkeypatch):
    told([people.head_a, people.clerk_a])
    whole = dispatch.deliver

    def dying(*arguments):
        whole(*arguments)
        raise Died

    monkeypatch.setattr(dispatch, "deliver", dying)
    with pytest.raises(Died):
        run()
    monkeypatch.setattr(dispatch, "deliver", whole)
    run()
    assert sorted(who for who, _text in fake.sent) == ["clerk", "head"]
    clock.at += dispatch.lease() + timedelta(seconds=1)
    run()
    assert len(fake.sent) == 3
    assert fake.sent[0] == fake.sent[2]
    assert {row.state for row in Sending.objects.filter(channel="wecom")} == {State.SENT}


@pytest.mark.django_db
@pytest.mark.store
def test_two_workers_do_not_send_the_same(people, fake):
    told([people.head_a])
    first = dispatch.claim_next()
    assert [row.addressed.person_id for row in first.rows] == [people.head_a.pk]
    assert dispatch.claim_next() is None


@pytest.mark.django_db
def test_quiet_hours_a_summary_and_what_is_urgent(people, fake, clock):
    clock.at = MORNING.replace(hour=22)
    told([people.head_a])
    told([people.head_a], title="另一件", key="2")
    run()
    assert fake.sent == []
    told([people.head_a], title="停课通知", key="3", kind="notices.urgent")
    run()
    assert [text.splitlines()[0] for _who, text in fake.sent] == ["停课通知"]
    clock.at = (MORNING + timedelta(days=1)).replace(hour=7, minute=1)
    run()
    assert [text.splitlines()[0] for _who, text in fake.sent[1:]] == ["您有2条通知未读"]


@pytest.mark.django_db
def test_what_comes_often_goes_with_the_summary_of_the_day(people, fake, clock):
    told([people.head_a], kind="programme.material", title="请审核佐证材料：甲校")
    told([people.head_a], kind="programme.material", title="请审核佐证材料：乙校", key="2")
    run()
    assert fake.sent == []
    clock.at = (MORNING + timedelta(days=1)).replace(hour=7, minute=31)
    run()
    ((who, text),) = fake.sent
    assert (who, text.splitlines()[:3]) == (
        "head",
        ["您有2条通知未读", "· 请审核佐证材料：甲校", "· 请审核佐证材料：乙校"],
    )


@pytest.mark.django_db
def test_a_wrong_person_and_an_answer_that_nobody_explains(people, fake, clock):
    fake.unknown.add("head")
    told([people.head_a])
    run()
    assert states() == ["refused"]
    fake.mode = 777
    told([people.clerk_a], key="2")
    for _try in range(20):
        run()
        clock.pass_(hours=12)
    assert states() == ["refused", "refused"]
    assert fake.asked == 1 + dispatch.TRIES
    assert not ChannelRest.objects.exists()


@pytest.mark.django_db
def test_the_group_of_the_sender_hears_of_it(people, fake):
    told([people.teacher_a], sender=people.county_a)
    told([people.teacher_a], sender=people.county_b, key="2")
    run()
    assert [who for who, _text in fake.sent] == ["group"]


@pytest.mark.django_db
def test_a_mail_of_the_sign_in_goes_the_same_way(clock, monkeypatch):
    gone = []
    monkeypatch.setattr(dispatch, "send_mail", lambda words, address, message: gone.append((address, message.title)))
    clock.pass_(days=3000)
    OutboxBackend().send_messages([EmailMessage("密码", "正文", None, ["a@example.gov.cn"])])
    run()
    run()
    assert gone == [("a@example.gov.cn", "密码")]
    assert OutboxMail.objects.get().state == State.SENT


MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2024, 12, 31), timezones=st.just(CHINA))
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(moment=MOMENTS, begin=TIMES, end=TIMES, digest=st.none() | TIMES)
def test_it_leaves_soon_and_never_in_quiet_hours(moment, begin, end, digest):
    at = leaves_at(moment, begin, end, digest)
    assert moment <= at <= moment + timedelta(days=2)
    assert not quiet(at, begin, end)
    if digest is None and not quiet(moment, begin, end):
        assert at == moment


def test_the_night_reaches_over_midnight():
    night = (time(21), time(7))
    assert quiet(MORNING.replace(hour=23), *night)
    assert quiet(MORNING.replace(hour=6, minute=59), *night)
    assert not quiet(MORNING.replace(hour=7), *night)


@given(st.data())
def test_a_mistake_in_a_paper_code_is_seen(data):
    code = words.new_paper_code()
    assert words.read_paper_code(f" {code[:3].lower()} {code[3:]}-") == code
    place = data.draw(st.integers(0, words.LENGTH - 1))
    sign = data.draw(st.sampled_from([s for s in words.ALPHABET if s != code[place]]))
    assert words.read_paper_code(code[:place] + sign + code[place + 1 :]) == ""
    if place and code[place] != code[place - 1]:
        swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]
        assert words.read_paper_code(swapped) == ""
    assert words.read_paper_code(data.draw(st.text(max_size=20))) in ("", code)


@pytest.mark.django_db
def test_the_page_of_channels_tells_what_waits_and_what_rests(people, fake, clock, monkeypatch):
    monkeypatch.setattr(queries, "now", clock)
    fake.mode = "500"
    told([people.head_a, people.clerk_a])
    run()
    clock.pass_(hours=24)
    run()
    (wecom,) = [row for row in queries.channels(["wecom", "sms"]) if row.channel == "wecom"]
    assert (wecom.waiting, wecom.oldest, wecom.rest.failures) == (2, MORNING, 2)
    fake.mode = "ok"
    clock.pass_(hours=1)
    run()
    (wecom,) = [row for row in queries.channels(["wecom"]) if row.channel == "wecom"]
    assert (wecom.waiting, wecom.oldest, wecom.rest, wecom.sent_at) == (0, None, None, clock.at)
