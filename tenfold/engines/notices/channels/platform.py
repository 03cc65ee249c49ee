"""What DingTalk and WeCom have in common: a token that expires, and an ``errcode`` in every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .faults import Down, NotThere, Unclear
from .http import Tokens, ask

tokens = Tokens()

EXPIRED = frozenset({40014, 42001})
"""The access token is not, or no longer, good: the same numbers on both platforms."""


def with_token(name: str, fetch: Callable[[], dict[str, Any]], send: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Send with the token held, and once more with a new one where it has expired."""
    for _try in range(2):
        answer = send(tokens.get(name) or _new(name, fetch))
        if code_of(answer) not in EXPIRED:
            return answer
        tokens.drop(name)
    raise Down("the access token is refused")


def _new(name: str, fetch: Callable[[], dict[str, Any]]) -> str:
    answer = fetch()
    token = answer.get("access_token")
    if code_of(answer) != 0 or not isinstance(token, str) or not token:
        raise Down(f"no access token: errcode {code_of(answer)}")
    seconds = answer.get("expires_in")
    return tokens.put(name, token, float(seconds) if isinstance(seconds, int | float) else 7200.0)


def code_of(answer: dict[str, Any]) -> int | None:
    """The answer's ``errcode``; DingTalk's 88 speaks through its ``sub_code``. None where there is none."""
    code = answer.get("errcode")
    if code == 88 and str(answer.get("sub_code", "")).isdigit():
        code = int(answer["sub_code"])
    return code if isinstance(code, int) else None


def judge(answer: dict[str, Any], nobody: frozenset[int], ours: frozenset[int]) -> None:
    """Raise what an ``errcode`` means: ``nobody`` a wrong person, ``ours`` a limit or a fault of the whole channel."""
    code = code_of(answer)
    if code == 0:
        return
    if code in nobody:
        raise NotThere(f"errcode {code}")
    if code is None or code in ours:
        raise Down(f"errcode {code}")
    raise Unclear(f"errcode {code}")


__all__ = ["ask", "code_of", "judge", "tokens", "with_token"]
