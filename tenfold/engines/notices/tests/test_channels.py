"""Each channel against a server that speaks its protocol: taken, expired, wrong person, limit, refusal, no answer."""

from __future__ import annotations

import json
import logging
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from urllib.parse import parse_qsl, urlencode

import pytest
from django.core import mail
from django.core.mail import get_connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ..channels import ChannelFault, Down, Message, NotThere, Unclear, configured, deliver, sms
from ..channels import mail as by_mail
from ..channels.dingtalk import cut
from .fakes import SECRET

MESSAGE = Message("开学工作检查", "开学工作检查\n请登录查看：https://example.gov.cn/notices/1/", "1.wecom.0")
PLATFORMS = ("dingtalk", "wecom")


@pytest.mark.parametrize("channel", [*PLATFORMS, "sms"])
def test_it_is_taken(fake, channel):
    deliver(channel, "zhang", MESSAGE)
    deliver(channel, "li", MESSAGE)
    assert fake.sent == [("zhang", MESSAGE.text), ("li", MESSAGE.text)]
    assert fake.tokens == (0 if channel == "sms" else 1)


@pytest.mark.parametrize("channel", PLATFORMS)
def test_an_expired_token_is_renewed_once(fake, channel):
    deliver(channel, "zhang", MESSAGE)
    fake.token = "another took it"
    deliver(channel, "zhang", MESSAGE)
    assert (len(fake.sent), fake.tokens) == (2, 2)
    fake.mode = 42001
    with pytest.raises(Down):
        deliver(channel, "zhang", MESSAGE)
    assert fake.tokens == 3


@pytest.mark.parametrize(
    ("channel", "mode", "fault"),
    [
        ("dingtalk", 33012, NotThere), ("dingtalk", 90018, Down), ("dingtalk", 143103, Down),
        ("dingtalk", 777, Unclear),
        ("wecom", 81013, NotThere), ("wecom", 60111, NotThere), ("wecom", 45009, Down), ("wecom", -1, Down),
        ("wecom", 777, Unclear), ("sms", 1001, NotThere), ("sms", 9, Down), ("sms", 777, Unclear),
        ("dingtalk_group", 130101, Down), ("dingtalk_group", 310000, Down),
        *((channel, mode, Down) for channel in (*PLATFORMS, "sms") for mode in ("500", "429", "slow")),
    ],
)  # fmt: skip
def test_what_an_answer_means(fake, channel, mode, fault, caplog):
    caplog.set_level(logging.DEBUG)
    fake.mode = mode
    with pytest.raises(fault) as told:
        deliver(channel, "990100" if channel == "dingtalk_group" else "zhang", MESSAGE)
    assert SECRET not in str(told.value) + caplog.text
    assert "token-1" not in str(told.value) + caplog.text


def test_wecom_names_the_wrong_person_beside_success(fake):
    fake.unknown.add("zhang")
    with pytest.raises(NotThere):
        deliver("wecom", "zhang", MESSAGE)


def test_the_robot_signs(fake):
    deliver("dingtalk_group", "990100", MESSAGE)
    assert fake.sent == [("group", MESSAGE.text)]
    with pytest.raises(Down):
        deliver("dingtalk_group", "990200", MESSAGE)


def test_wecom_is_asked_to_drop_the_second(fake):
    deliver("wecom", "zhang", MESSAGE)
    assert fake.bodies[0]["enable_duplicate_check"] == 1


@settings(max_examples=40, deadline=None)
@example(text="{key}，{phone}", phone="139")
@given(text=st.text(max_size=60), phone=st.text(min_size=1, max_size=20))
def test_whatever_the_text_holds_it_stays_one_value(text, phone):
    values = {"phone": phone, "text": text, "key": "k"}
    body = sms.filled({"mobile": "{phone}", "content": "【局】{text}"}, values)
    assert body == {"mobile": values["phone"], "content": f"【局】{text}"}
    assert json.loads(json.dumps(body)) == body
    assert dict(parse_qsl(urlencode(body), keep_blank_values=True)).keys() == body.keys()


@given(text=st.text(max_size=80), most=st.integers(0, 40))
def test_a_cut_breaks_no_character(text, most):
    short = cut(text.encode(errors="ignore").decode(), most)
    assert len(short.encode()) <= most
    assert text.encode(errors="ignore").decode().startswith(short)


def test_a_mail_carries_its_key(monkeypatch):
    monkeypatch.setattr(by_mail, "way_out", lambda: get_connection("django.core.mail.backends.locmem.EmailBackend"))
    mail.outbox = []
    by_mail.send({}, "a@example.gov.cn", MESSAGE)
    assert mail.outbox[0].extra_headers["Message-ID"].startswith("<1.wecom.0@")


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (SMTPRecipientsRefused({"a@b": (550, b"unknown")}), NotThere),
        (SMTPRecipientsRefused({"a@b": (451, b"later")}), Down),
        (SMTPServerDisconnected("gone"), Down),
        (TimeoutError("late"), Down),
    ],
)
def test_what_a_mail_server_says(monkeypatch, broken, fault):
    class Broken:
        def send_messages(self, messages):
            raise broken

    monkeypatch.setattr(by_mail, "way_out", Broken)
    with pytest.raises(fault):
        by_mail.send({}, "a@b", MESSAGE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[wecom]\napi="https://x.cn"\ncorp="a"\nagent_id=1\nsecret="plain"', "a secret stands in the environment"),
        ('[wecom]\napi="https://x.cn"', "wecom lacks corp, agent_id, secret"),
        ("[pigeon]", "pigeon is no channel"),
        ('[wecom]\napi="file:///etc"\ncorp="a"\nagent_id=1\nsecret="${NOTICE_SECRET}"', "wecom.api: not an address"),
        ('[wecom]\napi="https://x.cn"\ncorp="a"\nagent_id=1\nsecret="${NOTICE_NONE}"', "NOTICE_NONE is not in"),
        ("[wecom", "channels.toml"),
    ],
)
def test_a_file_that_cannot_stand_says_where(request, tmp_path, monkeypatch, text, words):
    monkeypatch.setenv("NOTICE_SECRET", SECRET)
    file = tmp_path / "channels.toml"
    file.write_text(text, "utf-8")
    house = request.getfixturevalue("settings")
    house.TENFOLD = {**house.TENFOLD, "CHANNELS": str(file)}
    with pytest.raises(ChannelFault, match=words):
        configured()
