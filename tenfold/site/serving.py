"""``tenfold serve``: the web process and the worker in the foreground, as two children that live and end together."""

from __future__ import annotations

import errno
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tenfold.foundation.acts import permitted

TRIED_PORTS = 100
"""How many ports are tried after the one asked for."""
PATIENCE = 20.0
"""Seconds a child has to end by itself."""


def migrate() -> None:
    """Bring the database up to the code, where it is behind."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with permitted("migrations"):
            call_command("migrate", interactive=False, verbosity=0)
    connection.close()


def collect() -> None:
    """Collect the static files, where that was never done; ``make`` does it whenever they change."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on the port, or on the next that is free. Raises OSError where none is."""
    for offset in range(TRIED_PORTS):
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port + offset if port else 0))
            listening.listen(1024)
        except OSError as fault:
            listening.close()
            if fault.errno not in (errno.EADDRINUSE, errno.EACCES) or offset == TRIED_PORTS - 1:
                raise
        else:
            return listening
    raise OSError(errno.EADDRINUSE, "no free port")


class House:
    """The two children. They hold the reading end of a pipe whose writing end is ours: if we are gone, they go."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.address: tuple[str, int] = listening.getsockname()[:2]
        self.stop = threading.Event()
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, ready: Callable[[], None]) -> int:
        """Serve until told to stop, or until a child ends; ``ready`` is called once pages are answered.

        Returns 0 when it was told to stop, else 1.
        """
        end, own = os.pipe()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop.set())
        try:
            self._begin("web", end, self.listening.fileno())
            self._begin("worker", end)
            os.close(end)
            self.listening.close()
            return self._watch(ready)
        finally:
            self._end_all()
            os.close(own)

    def _begin(self, part: str, *descriptors: int) -> None:
        command = [sys.executable, "-m", "tenfold.site.child", part, *map(str, descriptors)]
        self.children[part] = subprocess.Popen(command, pass_fds=descriptors, start_new_session=True)  # noqa: S603 (our own Python)

    def _watch(self, ready: Callable[[], None]) -> int:
        told = False
        while not self.stop.wait(0.2):
            for part, child in self.children.items():
                if child.poll() is not None:
                    print(f"the {part} ended ({child.returncode}); the house closes", file=sys.stderr)
                    return 1
            if not told and answers(*self.address):
                told = True
                ready()
        return 0

    def _end_all(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        limit = time.monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(max(limit - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def answers(host: str, port: int) -> bool:
    """Whether a web process answers there."""
    with closing(http.client.HTTPConnection(host, port, timeout=5)) as line:
        try:
            line.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{port}"})
            return line.getresponse().status < 500
        except OSError:
            return False


def serve(host: str = "127.0.0.1", port: int = 8000, tell: Callable[[str], None] = print) -> int:
    """Migrate, then serve in the foreground; returns the exit code."""
    migrate()
    collect()
    with (Path(settings.TENFOLD["VAR"]) / "serving.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # a restore waits for nobody: it is refused while this is held
        return _serve(host, port, tell)


def _serve(host: str, port: int, tell: Callable[[str], None]) -> int:
    listening = listen(host, port)
    found = listening.getsockname()[1]
    if port and found != port:
        tell(f"port {port} is taken; the next free one is used")
    return House(listening).run(lambda: tell(f"http://{host}:{found}/   (Ctrl-C ends it)"))
