"""A real ``tenfold serve`` whose processes are killed by their own ids and which is started again."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.installation import Installation

ROOT = Path(__file__).resolve().parents[2]


def wait_for(what: Callable[[], object], seconds: float = 60, *, every: float = 0.02, of: str = "") -> object:
    """The first true answer of ``what``; fails after so many seconds."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if found := what():
            return found
        time.sleep(every)
    raise AssertionError(f"waited {seconds} s in vain for {of or what}")


def free_port() -> int:
    """A port that is free now; kept for all starts, so that a browser finds the house again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def found(installation: Installation, schools: int) -> None:
    """The cast and so many schools of county A, in an installation."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.prepare", str(schools)],
        env=installation.environment, cwd=ROOT, text=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


class House:
    """``tenfold serve`` of an installation. ``kill`` takes one of its processes, or all, without a word."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None
        self.children: dict[str, int] = {}
        self.words: list[str] = []

    def open(self) -> None:
        """Start it and wait until pages are answered."""
        self.process = self.installation.start("serve", "--port", str(self.port))
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._hear, args=(self.process, lines), daemon=True).start()
        told = ""
        while self.address not in told:
            told = lines.get(timeout=60)
            assert told != "ended", "".join(self.words)[-3000:]
            assert "taken" not in told, told
        self.children = {part_of(pid): pid for pid in children_of(self.process.pid)}
        assert set(self.children) == {"web", "worker"}, self.children

    def _hear(self, process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.words.append(line)
            lines.put(line)
        lines.put("ended")

    def kill(self, *parts: str, pause: float = 0.0) -> None:
        """SIGKILL to ``web``, ``worker``, in this order; returns when the whole house has ended by itself."""
        for part in parts:
            os.kill(self.children[part], signal.SIGKILL)
            time.sleep(pause)
        self._ended()

    def close(self) -> None:
        """Ctrl-C."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self._ended()

    def _ended(self) -> None:
        assert self.process is not None
        self.process.wait(timeout=60)
        for part, pid in self.children.items():
            wait_for(lambda pid=pid: not alive(pid), of=f"the end of the {part}")
        self.children = {}


def children_of(pid: int) -> list[int]:
    """The ids of a process's children."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def part_of(pid: int) -> str:
    """``web`` or ``worker``: how ``tenfold.site.child`` was called."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return words[words.index("tenfold.site.child") + 1]


def alive(pid: int) -> bool:
    """Whether a process runs (one that has ended and waits to be buried does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
