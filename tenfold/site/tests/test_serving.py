"""The house as one: web and worker begin, live and end together."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tenfold.site.serving import answers, listen

pytestmark = pytest.mark.slow

PATIENCE = 60


class Running:
    """A house that serves, its words as they come."""

    def __init__(self, process):
        self.process, self.words = process, []
        for line in process.stdout:
            self.words.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                return
        pytest.fail("it did not serve:\n" + "".join(self.words))

    @property
    def children(self) -> dict[str, int]:
        """web and worker by name, as the kernel knows them."""
        found = {}
        for child in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            found[words[words.index(b"tenfold.site.child") + 1].decode()] = int(child)
        return found

    def ends(self) -> int:
        code = self.process.wait(PATIENCE)
        self.words.append(self.process.stdout.read())
        return code


def alive(pid: int) -> bool:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def gone(*pids: int) -> bool:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def serving(installation):
    started = []

    def start(*arguments):
        process = installation.start("serve", *(arguments or ("--port", "0")))
        started.append(process)
        return Running(process)

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.mark.store
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end_both_end(serving, number):
    running = serving()
    children = running.children
    assert set(children) == {"web", "worker"}
    assert answers("127.0.0.1", running.port)
    running.process.send_signal(number)
    assert running.ends() == 0
    assert gone(*children.values())


@pytest.mark.parametrize("part", ["web", "worker"])
def test_where_one_dies_the_other_ends(serving, part):
    running = serving()
    children = running.children
    os.kill(children[part], signal.SIGKILL)
    assert running.ends() == 1
    assert f"the {part} ended" in running.words[-1]
    assert gone(*children.values())


def test_killed_outright_it_leaves_nobody_behind(serving):
    running = serving()
    children = running.children
    running.process.kill()
    assert gone(*children.values())


@pytest.mark.store
def test_a_fresh_folder_is_enough(installation, serving):
    (installation.folder / "tenfold.sqlite3").unlink(missing_ok=True)
    running = serving()
    with closing(http.client.HTTPConnection("127.0.0.1", running.port)) as line:
        line.request("GET", "/accounts/login/", headers={"Host": f"127.0.0.1:{running.port}"})
        page = line.getresponse()
        assert page.status == 200
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "DEBUG" not in page.read().decode()


def test_a_port_that_is_taken_is_said(serving):
    with closing(listen("127.0.0.1", 18743)) as taken:
        port = taken.getsockname()[1]
        running = serving("--port", str(port))
        assert running.port > port
        assert f"port {port} is taken" in "".join(running.words)


def test_two_never_listen_at_one_port():
    with closing(listen("127.0.0.1", 18853)) as first, closing(listen("127.0.0.1", 18853)) as second:
        assert first.getsockname()[1] != second.getsockname()[1]


def test_nobody_is_asked_where_nobody_listens():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        assert not answers("127.0.0.1", free.getsockname()[1])
