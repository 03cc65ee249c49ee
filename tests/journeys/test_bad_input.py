"""What officials really send, to a running house over HTTP: each gets its message and place, nothing is half-written.

The readers' and judges' own tests stand beside the importer; here the whole way is gone, from socket to page.
"""

from __future__ import annotations

import csv
import io
import re
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tenfold.foundation.exchange.tests.making import HEADS, as_csv, table, xlsx
from tests.crash import looks
from tests.crash.house import House, found, wait_for
from tests.crash.officer import Officer
from tests.crash.prepare import code_of
from tests.support.installation import Installation

PERIOD = "2023-24"
SCHOOLS = 12
SECOND = "9900000004"

pytestmark = pytest.mark.slow


class Served:
    """A house that is served, its database, and officers at its door."""

    def __init__(self, installation: Installation) -> None:
        self.database = installation.folder / "tenfold.sqlite3"
        self.uploads = installation.folder / "uploads"
        self.house = House(installation)
        self.house.open()
        self.officer = self.visitor("t-county_officer_a")
        self.colleague = self.visitor("t-county_admin_a")

    def visitor(self, name: str) -> Officer:
        visitor = Officer(self.house.address, name)
        visitor.sign_in()
        return visitor

    def ask(self, question: str, *values: Any) -> Any:
        return looks.one(self.database, question, *values)

    def at_rest(self, batch: int) -> str:
        """The state of an import when no job works on it any more."""
        wait_for(lambda: self.ask("SELECT count(*) FROM jobs_job WHERE state IN ('waiting', 'running') "
                                  "AND name LIKE 'exchange.%'") == 0)  # fmt: skip
        return str(self.ask("SELECT state FROM exchange_batch WHERE id = ?", batch))

    def page(self, batch: int, visitor: Officer | None = None) -> str:
        """What its page says."""
        return plain((visitor or self.officer).ask(f"/imports/{batch}/")[2])

    def checked(self, data: bytes, name: str = "年报.xlsx", kind: str = "school-return") -> tuple[int, str]:
        """(import, what its page says) of a file that was brought and checked."""
        batch = self.officer.bring(data, PERIOD, name, kind=kind)
        self.at_rest(batch)
        return batch, self.page(batch)

    def written(self, data: bytes, name: str = "年报.xlsx", kind: str = "school-return") -> int:
        """The import of a file that is without fault."""
        batch, page = self.checked(data, name, kind)
        assert self.officer.press(batch, "write") == 302
        assert self.at_rest(batch) == "written", page
        return batch

    def truth(self) -> tuple[Any, ...]:
        """All that imports change: what is held, and the tree."""
        returns = "SELECT group_concat(organisation_id || period || version, ' ') FROM holdings_schoolyear"
        figures = "SELECT count(*) || ' ' || coalesce(sum(pupils), 0) FROM holdings_gradeyear"
        tree = "SELECT group_concat(code || name || path, ' ') FROM organisations_organisation"
        return tuple(map(self.ask, (returns, figures, tree)))


def plain(page: str) -> str:
    """The words of a page."""
    body = re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(body))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Served]:
    installation = Installation(tmp_path_factory.mktemp("bad-input"))
    installation.environment["TENFOLD_UPLOAD_MB"] = "5"
    found(installation, SCHOOLS)
    served = Served(installation)
    yield served
    served.house.close()


def row(number: int, *figures: Any) -> list[Any]:
    """A row of a school of the county."""
    return [code_of(number), f"第{number + 1}小学", *(figures or (240, 6, 15, 3, 52.5))]


# --- on its way -----------------------------------------------------------------------------------


def head_of(served: Served, length: int) -> bytes:
    """The head of an upload of so many bytes, and the beginning of its body."""
    officer = served.officer
    officer.ask("/imports/")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in officer.jar)
    return (
        f"POST /imports/ HTTP/1.1\r\nHost: 127.0.0.1:{served.house.port}\r\nCookie: {cookies}\r\n"
        f"Referer: {served.house.address}/imports/\r\nX-CSRFToken: {officer.cookie('csrf')}\r\n"
        f"Content-Type: multipart/form-data; boundary=mark\r\nContent-Length: {length}\r\n\r\n"
        '--mark\r\nContent-Disposition: form-data; name="kind"\r\n\r\nschool-return\r\n'
        f'--mark\r\nContent-Disposition: form-data; name="period"\r\n\r\n{PERIOD}\r\n'
        '--mark\r\nContent-Disposition: form-data; name="under"\r\n\r\n990100\r\n'
        '--mark\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    ).encode()


def kept(served: Served) -> tuple[int, set[str]]:
    """The imports and the files that are kept."""
    return served.ask("SELECT count(*) FROM exchange_batch"), {path.name for path in served.uploads.iterdir()}


def test_an_upload_cut_off_half_way_leaves_nothing(served: Served) -> None:
    data = table(row(0))
    before = kept(served)
    for part in (0.0, 0.5, 0.99):
        with socket.create_connection(("127.0.0.1", served.house.port), timeout=10) as line:
            head = head_of(served, 2000 + len(data))
            line.sendall(head + data[: int(len(data) * part)])
            time.sleep(0.2)
    time.sleep(0.5)
    assert kept(served) == before
    assert served.officer.ask("/imports/")[0] == 200, "the house goes on"


def test_200_megabytes_are_refused_before_they_are_sent(served: Served) -> None:
    before, began = kept(served), time.monotonic()
    with socket.create_connection(("127.0.0.1", served.house.port), timeout=30) as line:
        line.sendall(head_of(served, 200 * 2**20))
        answer = line.recv(65536).decode("utf-8", "replace")
    assert answer.startswith("HTTP/1.1 413"), answer[:300]
    assert time.monotonic() - began < 10
    assert kept(served) == before


def test_a_file_that_is_a_little_too_large_is_told_so_on_the_page(served: Served) -> None:
    before = kept(served)
    fields = {"kind": "school-return", "period": PERIOD, "under": "990100"}
    status, _headers, page = served.officer.ask("/imports/", fields, ("a.csv", b"a,b\n" * (5 * 2**18 + 9)))
    assert status == 422
    assert "一次最多" in plain(page)
    assert kept(served) == before


def bomb() -> bytes:
    """A small workbook that unfolds to 400 MB."""
    out = io.BytesIO(table(row(0)))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as zipped,
        zipped.open("xl/worksheets/sheet9.xml", "w") as part,
    ):
        for _number in range(400):
            part.write(b" " * 2**20)
    return out.getvalue()


def peak(pid: int) -> int:
    """The most memory that a process has held, in MB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) // 1024  # type: ignore[index]


def test_a_zip_bomb_is_refused_without_unfolding_it(served: Served) -> None:
    before = served.truth(), peak(served.house.children["worker"])
    batch, page = served.checked(bomb())
    assert served.ask("SELECT state FROM exchange_batch WHERE id = ?", batch) == "refused"
    assert "展开后超过" in page, page
    assert peak(served.house.children["worker"]) < before[1] + 150
    assert served.truth() == before[0]
