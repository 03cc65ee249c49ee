"""From a template and plain data to a paper, in a process of its own that can take neither memory nor time at will."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from typing import Any

from . import checking
from .faults import PaperFault
from .rules import rules

LIMITS = {"memory": 768 * 2**20, "seconds": 20, "bytes": 30 * 2**20}
PATIENCE = 40
"""Seconds by the clock, for a machine that has other work."""


def filled(template: bytes, data: dict[str, Any], *, limits: dict[str, int] | None = None) -> bytes:
    """The paper as Word. Raises :class:`PaperFault`."""
    checking.check(template)
    asked = {
        "template": base64.b64encode(template).decode(),
        "data": rules().named(data),
        "limits": {**LIMITS, **(limits or {})},
    }
    try:
        done = subprocess.run(  # noqa: S603 (our own module, nothing of the template stands in the call)
            [sys.executable, "-I", "-m", f"{__package__}.filling"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={"LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise PaperFault("too_long") from fault
    if done.returncode == 0:
        return done.stdout
    if done.returncode < 0:
        raise PaperFault("too_long")
    raise _told(done.returncode, done.stderr)


def _told(code: int, stderr: bytes) -> PaperFault:
    try:
        told = json.loads(stderr) if code == 3 else {}
    except ValueError:
        told = {}
    if not told:
        return PaperFault("too_large" if b"MemoryError" in stderr else "cannot")
    return PaperFault(told["code"], told.get("paragraph", ""), told.get("word", ""))
