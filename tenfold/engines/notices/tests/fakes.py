"""Servers that speak the published protocols of DingTalk, WeCom and a text gateway, as far as notices use them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SECRET = "a-secret-that-no-log-may-hold"


@dataclass
class Fake:
    """One server. ``mode``: ok, 500, 429, slow, or an errcode with which every sending is answered."""

    mode: Any = "ok"
    sent: list[tuple[str, str]] = field(default_factory=list)
    """(to whom, text) of what was taken."""
    asked: int = 0
    tokens: int = 0
    token: str = ""
    unknown: set[str] = field(default_factory=set)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""
    hold: Callable[[], None] = lambda: None
    """Called before a message is taken and before the answer goes; whoever is gone by then has sent nothing."""

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes, kind: str) -> tuple[int, Any]:
        """What the platform would say."""
        if path.endswith("/gettoken"):
            return 200, self._token(query)
        self.asked += 1
        if self.mode in ("500", "429"):
            return int(self.mode), {"errmsg": "not now"}
        if self.mode == "slow":
            time.sleep(0.5)
        if "access_token" in query and "sign" not in query and query["access_token"] != self.token:
            return 200, {"errcode": 40014, "errmsg": "invalid access_token"}
        data = dict(parse_qsl(body.decode())) if "urlencoded" in kind else json.loads(body)
        if isinstance(self.mode, int):
            return 200, {"errcode": self.mode, "errmsg": "no", "code": str(self.mode)}
        self.bodies.append(data)
        return 200, self._take(path, query, data)

    def _token(self, query: dict[str, str]) -> dict[str, Any]:
        if SECRET not in (query.get("appsecret"), query.get("corpsecret")):
            return {"errcode": 40001, "errmsg": "invalid credential"}
        self.tokens += 1
        self.token = f"token-{self.tokens}"
        return {"errcode": 0, "errmsg": "ok", "access_token": self.token, "expires_in": 7200}

    def _take(self, path: str, query: dict[str, str], data: dict[str, Any]) -> dict[str, Any]:
        if path.endswith("asyncsend_v2"):
            who, text = data["userid_list"], data["msg"]["text"]["content"]
        elif path.endswith("message/send"):
            who, text = data["touser"], data["text"]["content"]
        elif path.endswith("robot/send"):
            made = hmac.new(SECRET.encode(), f"{query['timestamp']}\n{SECRET}".encode(), hashlib.sha256).digest()
            if base64.b64encode(made).decode() != query["sign"]:
                return {"errcode": 310000, "errmsg": "sign not match"}
            who, text = "group", data["text"]["content"]
        else:
            who, text = data["mobile"], data["content"]
        if who in self.unknown:
            wecom = path.endswith("message/send")
            return {"errcode": 0, "invaliduser": who} if wecom else {"errcode": 33012, "code": "1001"}
        self.sent.append((who, text))
        self.hold()
        return {"errcode": 0, "errmsg": "ok", "task_id": len(self.sent), "code": "0"}


def gone(connection: socket.socket) -> bool:
    """Whether whoever asked has hung up."""
    readable, _w, _x = select.select([connection], [], [], 0)
    return bool(readable) and not connection.recv(1, socket.MSG_PEEK)


@contextmanager
def served(fake: Fake) -> Iterator[Fake]:
    """The fake behind a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kind = self.headers.get("Content-Type", "")
            fake.hold()
            if gone(self.connection):
                return
            status, data = fake.answer(self.command, parts.path, dict(parse_qsl(parts.query)), body, kind)
            text = json.dumps(data).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)
            except OSError:  # whoever asked is gone
                return

        do_GET = do_POST = _answer

        def log_message(self, *words: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def text_messages(address: str, seconds: float = 0.2) -> str:
    """A channels' file with the text gateway alone."""
    return f"""
[sms]
method = "POST"
url = "{address}/sms"
seconds = {seconds}
headers = {{ Authorization = "Bearer ${{NOTICE_SECRET}}" }}
body = {{ mobile = "{{phone}}", content = "{{text}}", serial = "{{key}}" }}
success = {{ field = "code", values = ["0"] }}
nobody = ["1001"]
busy = ["9"]
"""


def channels_file(address: str) -> str:
    """A channels' file that leads everything to one fake."""
    return f"""
[dingtalk]
api = "{address}"
agent_id = 1234
key = "app"
secret = "${{NOTICE_SECRET}}"
[wecom]
api = "{address}"
corp = "ww1"
agent_id = 1000002
secret = "${{NOTICE_SECRET}}"
{text_messages(address)}[groups.990100]
url = "{address}/robot/send"
token = "${{NOTICE_SECRET}}"
secret = "${{NOTICE_SECRET}}"
"""
