"""WeCom (企业微信): messages of an app of the house's own (``message/send``)."""

from __future__ import annotations

from typing import Any

from .dingtalk import BYTES, cut
from .faults import Message, NotThere
from .platform import ask, code_of, judge, with_token

NOBODY = frozenset({40003, 40031, 60111, 81013})
OURS = frozenset({-1, 40001, 40013, 40056, 41001, 45009, 45033, 48002, 60020, 301002})
AGAIN = 4 * 3600
"""Seconds within which the platform drops the same message to the same person: its longest."""


def send(words: dict[str, Any], address: str, message: Message) -> None:
    """A text to one user id."""
    api = words["api"].rstrip("/")

    def fetch() -> dict[str, Any]:
        return ask("GET", f"{api}/cgi-bin/gettoken", {"corpid": words["corp"], "corpsecret": words["secret"]})

    def post(token: str) -> dict[str, Any]:
        data = {
            "touser": address,
            "msgtype": "text",
            "agentid": words["agent_id"],
            "text": {"content": cut(message.text, BYTES)},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": AGAIN,
        }
        return ask("POST", f"{api}/cgi-bin/message/send", {"access_token": token}, data)

    answer = with_token(f"wecom {words['corp']} {words['agent_id']}", fetch, post)
    judge(answer, NOBODY, OURS)
    if code_of(answer) == 0 and address in str(answer.get("invaliduser") or "").split("|"):
        raise NotThere("invaliduser")
