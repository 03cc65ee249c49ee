"""Text messages through any HTTP gateway: the request and the rule of success are configuration."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from .faults import Down, Message, NotThere, Unclear
from .http import SECONDS, request

PLACE = re.compile(r"\{(\w+)\}")


def send(words: dict[str, Any], address: str, message: Message) -> None:
    """One message to one number. ``{phone}``, ``{text}`` and ``{key}`` stand for what is sent."""
    values = {"phone": address, "text": message.text, "key": message.key}
    body = filled(words["body"], values)
    form = words.get("encoding", "json") == "form"
    sent = urlencode(body) if form else json.dumps(body, ensure_ascii=False)
    kind = "application/x-www-form-urlencoded" if form else "application/json; charset=utf-8"
    status, text = request(
        words["method"], words["url"], headers={"Content-Type": kind, **words.get("headers", {})},
        body=sent.encode(), seconds=float(words.get("seconds", SECONDS)),
    )  # fmt: skip
    judge(words, status, text)


def filled(template: Any, values: dict[str, str]) -> Any:
    """The body with the values in their places; whatever they hold, it stays one value."""
    if isinstance(template, dict):
        return {name: filled(part, values) for name, part in template.items()}
    if isinstance(template, list):
        return [filled(part, values) for part in template]
    if isinstance(template, str):
        return PLACE.sub(lambda found: values.get(found[1], found[0]), template)
    return template


def judge(words: dict[str, Any], status: int, text: bytes) -> None:
    """What the answer means by the configured rule. What no rule names is tried again."""
    rule, found = words["success"], _at(text, words["success"].get("field", ""))
    if status in rule.get("status", [200]) and (not rule.get("field") or found in _texts(rule.get("values"))):
        return
    if found and found in _texts(words.get("nobody")):
        raise NotThere(f"answer {found}")
    if status in (401, 403, 404) or not found or found in _texts(words.get("busy")):
        raise Down(f"HTTP {status}, answer {found or 'not understood'}")
    raise Unclear(f"answer {found}")


def _texts(values: Any) -> set[str]:
    return {str(value) for value in values or ()}


def _at(text: bytes, field: str) -> str:
    """The value at ``a.b`` of an answer in JSON, as short text; '' where there is none."""
    if not field:
        return ""
    try:
        found = json.loads(text)
        for name in field.split("."):
            found = found[int(name)] if isinstance(found, list) else found[name]
    except (ValueError, LookupError, TypeError):
        return ""
    return "" if found is None or isinstance(found, dict | list) else str(found)[:40]
