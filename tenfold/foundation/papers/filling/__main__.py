"""The process: limits first, then the template and its data from standard input, the paper to standard output.

Exit 0: the paper; 3: a fault of the template, told as JSON on standard error.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
from typing import Any

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "ctypes.")
"""Events of the interpreter that nothing which fills a template may bring about."""


def main() -> int:
    """Fill one template."""
    asked = json.loads(sys.stdin.buffer.read())
    limited(asked["limits"])
    from .template import Fault, fill

    closed()
    try:
        made = fill(base64.b64decode(asked["template"]), asked["data"])
    except Fault as fault:
        return told(fault.code, **fault.words)
    except (MemoryError, RecursionError):
        return told("too_large")
    if len(made) > asked["limits"]["bytes"]:
        return told("too_large")
    sys.stdout.buffer.write(made)
    return 0


def closed() -> None:
    """From here on no connection, no other program and no file to write, whatever a template brings about."""

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        if writes or event.startswith(FORBIDDEN):
            raise PermissionError(event)

    sys.addaudithook(look)


def limited(limits: dict[str, int]) -> None:
    """No more memory, time, files and processes than this from here on."""
    for which, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(which, (most, most))


def told(code: str, **words: Any) -> int:
    """Say what is wrong."""
    sys.stderr.write(json.dumps({"code": code, **words}, ensure_ascii=True))
    return 3


if __name__ == "__main__":
    sys.exit(main())
