"""The harness: starts processes on an installation of their own and kills them at random, with all their children."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.installation import TENFOLD, Installation

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0
"""Seconds in which undisturbed work must come to its end after the last kill."""


@dataclass
class Work:
    """What is being done while processes are killed: a module whose functions run inside the installation.

    ``prepare()`` is called once. ``step(bring)`` brings that much new work, carries on what a person would carry
    on, and returns ``faults`` (what is half-written or lost), ``held`` (jobs of which a worker holds the lease) and
    ``open`` (what is still to be done). ``settled()`` returns the faults when all is done.
    """

    house: Installation
    module: str

    def call(self, function: str, *arguments: Any) -> Any:
        """Call one of them; its words on standard error are shown where it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.crash.inside", self.module, function, json.dumps(arguments)],
            env={**self.house.environment, "PYTHONPATH": str(ROOT)}, cwd=self.house.folder, text=True,
            capture_output=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, f"{self.module}.{function}{arguments}\n{done.stderr}"
        return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Victims:
    """Processes of one command that are killed and started again; ``sign`` is the line that tells a job's begin."""

    house: Installation
    command: Sequence[str]
    count: int = 1
    sign: str = r" exchange\.\S+ \S+ begins"
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    _read: int = 0

    def fill(self) -> None:
        """Start as many as are missing. One that ended by itself is a fault."""
        for process in self.running:
            assert process.poll() is None, f"{self.command} ended by itself: {process.returncode}\n{self.words()}"
        self._read = len(self._log())
        while len(self.running) < self.count:
            with self._log_file().open("a") as log:
                process = subprocess.Popen(
                    [TENFOLD, *self.command],
                    env={**self.house.environment, "PYTHONPATH": str(ROOT)}, cwd=self.house.folder, text=True,
                    stdout=log, stderr=log,
                )  # fmt: skip
            self.running.append(process)

    def at_work(self) -> None:
        """Wait until one of them has begun a job; the round is lost where nothing is left for them to begin."""
        limit = time.monotonic() + 15
        while time.monotonic() < limit and not re.search(self.sign, self._log()[self._read :]):
            time.sleep(0.02)

    def kill(self, process: subprocess.Popen[str]) -> None:
        """Kill one as a power cut does, with all that it started."""
        for pid in [process.pid, *descendants(process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def kill_all(self) -> None:
        """Kill what is left."""
        for process in list(self.running):
            self.kill(process)

    def words(self) -> str:
        """The last that they said."""
        return self._log()[-4000:]

    def _log_file(self) -> Path:
        return self.house.folder / "victims.log"

    def _log(self) -> str:
        return self._log_file().read_text() if self._log_file().exists() else ""


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *descendants(child)]
    return found


@contextmanager
def running(victims: Victims) -> Iterator[Victims]:
    """Nothing that was started outlives the test."""
    try:
        yield victims
    finally:
        victims.kill_all()


def survive(work: Work, victims: Victims, *, kills: int = 10, longest: float = 1.5, bring: int = 0) -> dict[str, int]:
    """Kill all victims until that hit jobs in the midst of their work ``kills`` times, then let the work end.

    Where there are several, the second goes a moment after the first, which it may just have taken over. A round
    counts only where its dead held a job. The seed stands in what a failure tells: TENFOLD_TEST_SEED repeats the
    same pauses.
    """
    seed = int(os.environ.get("TENFOLD_TEST_SEED") or random.SystemRandom().randrange(10**6))
    chance = random.Random(seed)
    work.call("prepare")
    told = work.call("step", bring)
    hits = spent = 0
    with running(victims):
        while hits < kills:
            assert spent < kills * 6, f"seed {seed}: {spent} rounds and only {hits} in mid-work\n{victims.words()}"
            victims.fill()
            victims.at_work()
            time.sleep(chance.uniform(0.0, longest))
            while victims.running:
                victims.kill(chance.choice(victims.running))
                time.sleep(chance.uniform(0.0, 1.5) if victims.running else 0)
            spent += 1
            told = work.call("step", bring if told["open"] <= bring else 0)
            assert not told["faults"], f"seed {seed}, round {spent}: {told['faults']}"
            hits += told["held"] > 0
        limit = time.monotonic() + PATIENCE
        while told["open"]:
            victims.fill()
            assert time.monotonic() < limit, f"seed {seed}: never done: {told}\n{victims.words()}"
            time.sleep(1)
            told = work.call("step", 0)
            assert not told["faults"], f"seed {seed}, afterwards: {told['faults']}"
    faults = work.call("settled")
    assert not faults, f"seed {seed}, at the end: {faults}"
    return {"rounds": spent, "hits": hits, **{name: n for name, n in told.items() if isinstance(n, int)}}
