"""``tenfold worker``."""

from __future__ import annotations

import signal
import threading

import typer


def worker(once: bool = typer.Option(False, "--once", help="Stop when nothing is due.")) -> None:
    """Carry out jobs in the foreground; SIGTERM and Ctrl-C let the current one end, or go back."""
    from .worker import Worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Worker().run(stop, once=once)
