"""One child of ``tenfold serve``: ``python -m tenfold.site.child web|worker LIFELINE [SOCKET]``.

Ends in good order on SIGTERM, and when whoever started it is gone: then the lifeline, a pipe, reads as ended.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from types import FrameType


def hold(lifeline: int) -> None:
    """End with whoever holds the other end of the pipe."""

    def wait() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def web(listening: socket.socket) -> None:
    """Answer requests in 32 threads."""
    from django.conf import settings
    from waitress import serve
    from waitress.channel import HTTPChannel

    from .too_large import Parser
    from .wsgi import application

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    HTTPChannel.parser_class = Parser
    behind = {}
    if settings.SECURE_PROXY_SSL_HEADER:
        behind = {"trusted_proxy": "*", "trusted_proxy_headers": "x-forwarded-proto x-forwarded-for"}
    serve(
        application,
        sockets=[listening],
        threads=32,
        ident="",
        max_request_body_size=settings.TENFOLD["UPLOAD_LIMIT"] + 2**20,
        _quiet=True,
        **behind,
    )


def worker() -> None:
    """Carry out jobs; the one in hand ends first."""
    import django

    django.setup()
    from tenfold.foundation.jobs.worker import Worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    Worker().run(stop)


def main(part: str, lifeline: str, *descriptors: str) -> None:
    """Begin a part. Ctrl-C is the parent's to hear."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenfold.site.settings")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold(int(lifeline))
    if part == "web":
        web(socket.socket(fileno=int(descriptors[0])))
    else:
        worker()


if __name__ == "__main__":
    main(*sys.argv[1:])
