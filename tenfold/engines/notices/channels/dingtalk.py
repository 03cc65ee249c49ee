"""DingTalk: work notices of an app of the house's own (``asyncsend_v2``), and the robot of a group."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from tenfold.foundation.calendar import now

from .faults import Message
from .platform import ask, judge, with_token

NOBODY = frozenset({33012, 60121, 400002, 1430000})
OURS = frozenset({-1, 88, 404, 40001, 40035, 40078, 40089, 60020, 90002, 90006, 90018, 143103, 143104, 1430003})
GROUP_OURS = frozenset({-1, 130101, 300001, 310000, 400101, 400102, 430101, 430102, 430103, 430104})
BYTES = 2000
"""A text message may have 2,048 bytes."""


def send(words: dict[str, Any], address: str, message: Message) -> None:
    """A work notice to one user id. The same text goes to one person once a day only: the platform drops the second."""
    api = words["api"].rstrip("/")

    def fetch() -> dict[str, Any]:
        return ask("GET", f"{api}/gettoken", {"appkey": words["key"], "appsecret": words["secret"]})

    def post(token: str) -> dict[str, Any]:
        data = {
            "agent_id": words["agent_id"],
            "userid_list": address,
            "msg": {"msgtype": "text", "text": {"content": cut(message.text, BYTES)}},
        }
        return ask("POST", f"{api}/topapi/message/corpconversation/asyncsend_v2", {"access_token": token}, data)

    judge(with_token(f"dingtalk {words['key']}", fetch, post), NOBODY, OURS)


def send_to_group(words: dict[str, Any], address: str, message: Message) -> None:
    """One line to a group through its robot, signed with the robot's secret."""
    moment = str(round(now().timestamp() * 1000))
    query = {"access_token": words["token"], "timestamp": moment, "sign": sign_of(moment, words["secret"])}
    data = {"msgtype": "text", "text": {"content": cut(message.text, BYTES)}}
    judge(ask("POST", words["url"], query, data), frozenset(), GROUP_OURS)


def sign_of(moment: str, secret: str) -> str:
    """The signature of a robot's request: HMAC-SHA256 of time and secret, in base64."""
    made = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()


def cut(text: str, most: int) -> str:
    """A text of at most so many bytes, no character broken."""
    return text.encode()[:most].decode(errors="ignore")
