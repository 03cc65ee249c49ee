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
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tenfold.foundation.exchange.tests.making import HEADS, as_csv, table
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
        self.uploads = installation.folder / "files"
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
    page = re.sub(r"</?(?:code|time|span)\b[^>]*>", "", page)
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
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 413"), answer[:300]
    assert "最多接收5MB" in plain(answer)
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


# --- in the table ---------------------------------------------------------------------------------

CSV = [HEADS, row(0), row(1)]


def with_formula() -> bytes:
    """A workbook whose second figure is a formula that was never counted."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "学校表"
    for line in (HEADS, row(0), [*row(1)[:2], "=240+1", *row(1)[3:]]):
        book.active.append(line)
    book.save(out)
    return out.getvalue()


def with_merged_figure() -> bytes:
    """A workbook in which one number stands for two schools."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = "学校表"
    for line in (HEADS, row(0), row(1)):
        book.active.append(line)
    book.active.merge_cells("C2:C3")
    book.save(out)
    return out.getvalue()


FAULTY: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "a word for a number": (table(row(0), row(1, "很多", 6, 15, 3, 52.5)), (" 3 C ", "很多", "应为数字")),
    "a total that does not add up": (table(row(0), row(1), ["合计", None, 481]), (" 4 C ", "481", "分项之和480")),
    "a code twice": (table(row(0), row(1), row(0)), (" 4 A ", "与第2行重复")),
    "a school of another county": (table(row(0), ["9900000005", "南浦小学", 9, 1]), (" 3 A ", "9900000005")),
    "a formula without a value": (with_formula(), (" 3 C ", "公式")),
    "one number for two rows": (with_merged_figure(), (" 2 C ", " 3 C ", "合并")),
    "SQL for a number": (table(row(0, "0); DROP TABLE exchange_batch;--", 6)), (" 2 C ", "DROP TABLE", "应为数字")),
    "a formula for a number": (as_csv(HEADS, row(0, "=1+240", 6, 15, 3, 1)), (" 2 C ", "=1+240")),
    "a day as d/m/yyyy": (
        table([*row(0), "31/8/1987"], heads=[*HEADS, "建校日期"]), (" 2 H ", "31/8/1987", "1987-08-31"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTY)
def test_a_fault_in_the_table_is_told_with_its_cell_and_nothing_is_written(served: Served, what: str) -> None:
    before = served.truth()
    data, words = FAULTY[what]
    kind = "organisations" if "day" in what else "school-return"
    batch, page = served.checked(data, "年报.csv" if data.startswith(b"\xe5") else "年报.xlsx", kind)
    for word in words:
        assert word in page, page
    served.officer.press(batch, "write")
    assert served.at_rest(batch) == "checked", "a faulty table is not written, whoever presses"
    assert served.truth() == before


REFUSED = {
    "Latin-1": ("Código,Name\n1,Põla Ñ \n".encode("latin-1"), "无法识别"),
    "one broken byte": (as_csv(*CSV, *[row(n) for n in range(2, 12)])[:-40] + b"\xff\n", "第"),
    "an old Excel that is broken": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
    "a page of the web": (b"<html><table><tr><td>1</td></tr></table>", "网页"),
    "an xlsx cut off": (table(row(0))[:-300], "损坏"),
    "nothing at all": (b"", "空"),
    "no heading": (as_csv(["甲", "乙"], [1, 2]), "表头"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_read_says_why(served: Served, what: str) -> None:
    before = served.truth()
    data, word = REFUSED[what]
    batch, page = served.checked(data, "年报.csv")
    assert served.ask("SELECT state FROM exchange_batch WHERE id = ?", batch) == "refused", page
    assert word in page, page
    assert served.truth() == before
    assert not served.ask("SELECT count(*) FROM exchange_stagedrow WHERE batch_id = ?", batch)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_understood(served: Served, encoding: str) -> None:
    data = as_csv(HEADS, row(2, 250, 6, 15, 3, 52.5)).decode().encode(encoding)
    _batch, page = served.checked(data, "年报.csv")
    assert "第3小学" in page or "写入1行" in page, page
    assert "�" not in page


# --- several times, several people ----------------------------------------------------------------


def pupils(served: Served, number: int) -> Any:
    """The pupils of a school, None where nothing is held of it."""
    return served.ask(
        "SELECT g.pupils FROM holdings_gradeyear g JOIN holdings_schoolyear y ON g.year_id = y.id "
        "JOIN organisations_organisation o ON o.id = y.organisation_id WHERE o.code = ? AND y.period = ?",
        code_of(number), PERIOD,
    )  # fmt: skip


def test_the_same_file_twice_is_recognised_and_changes_nothing(served: Served) -> None:
    data = table(row(3), row(4))
    served.written(data)
    before = served.truth()
    batch, page = served.checked(data)
    assert "同一文件已于" in page, page
    served.officer.press(batch, "write")
    served.at_rest(batch)
    assert served.truth() == before


def test_two_people_write_at_once_and_the_second_is_told(served: Served) -> None:
    mine = served.officer.bring(table(row(5, 300, 8, 20, 3, 50), row(6, 310, 8, 20, 3, 50)), PERIOD)
    theirs = served.colleague.bring(table(row(6, 410, 10, 25, 3, 50), row(7, 420, 10, 25, 3, 50)), PERIOD)
    assert (served.at_rest(mine), served.at_rest(theirs)) == ("checked", "checked")
    both = [
        threading.Thread(target=served.officer.press, args=(mine, "write")),
        threading.Thread(target=served.colleague.press, args=(theirs, "write")),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    states = {mine: served.at_rest(mine), theirs: served.at_rest(theirs)}
    assert sorted(states.values()) == ["checked", "written"], states
    (second,) = [batch for batch, state in states.items() if state == "checked"]
    stands = [pupils(served, number) for number in (5, 6, 7)]
    assert stands == ([300, 310, None] if second == theirs else [None, 410, 420]), (
        "one file whole, of the other nothing"
    )
    page = served.page(second, served.colleague if second == theirs else served.officer)
    assert "没有写入" in page, page
    assert "重新比对" in page, page
    assert served.officer.press(second, "write") == 302
    assert served.at_rest(second) == "written"
    assert [pupils(served, 5), pupils(served, 7)] == [300, 420], "checked again and written, it stands beside the other"


def test_a_school_that_moved_to_another_county_is_no_longer_ours(served: Served) -> None:
    tree = "SELECT path FROM organisations_organisation WHERE code = ?"
    moved = as_csv(["学校标识码", "学校名称", "管理隶属"], [code_of(8), "第9小学", "990200"])
    before = served.truth()
    batch, page = served.checked(moved, "学校.csv", "organisations")
    assert " 2 C " in page, page
    assert "990200" in page, "an officer cannot give a school away to a county that is not hers"
    assert served.truth() == before
    file = served.uploads.parent / "moved.csv"
    file.write_bytes(moved)
    served.house.installation.run("import", "organisations", file)
    assert served.ask(tree, code_of(8)).startswith(served.ask(tree, "990200"))
    batch, page = served.checked(table(row(8, 333, 8, 20, 3, 50), row(9, 334, 8, 20, 3, 50)))
    assert " 2 A " in page, page
    assert code_of(8) in page
    served.officer.press(batch, "write")
    assert served.at_rest(batch) == "checked"
    assert pupils(served, 8) is None
    assert pupils(served, 9) is None


NAMES = [
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+1-2",
    "-2+3",
    "'); DROP TABLE holdings_schoolyear;--",
    "<script>alert(1)</script>",
]


def test_what_comes_in_as_a_formula_goes_out_as_a_text(served: Served) -> None:
    rows = [[code_of(100 + number), name, "211"] for number, name in enumerate(NAMES)]
    served.written(table(*rows, heads=["学校标识码", "学校名称", "办学类型"]), kind="organisations")
    tables = served.ask("SELECT count(*) FROM sqlite_master WHERE name = 'holdings_schoolyear'")
    assert tables == 1
    for number, name in enumerate(NAMES):
        assert served.ask("SELECT name FROM organisations_organisation WHERE code = ?", code_of(100 + number)) == name
    _status, _headers, page = served.officer.ask("/imports/")
    assert "<script>alert" not in page
    sent = list(csv.reader(io.StringIO(download(served, "csv").decode("utf-8-sig"))))
    assert {f"'{name}" for name in NAMES[:4]} <= {cell for line in sent for cell in line}
    assert not [cell for line in sent for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = zipfile.ZipFile(io.BytesIO(download(served, "xlsx")))
    assert not [name for name in book.namelist() if re.search(rb"<f[ >]|<hyperlink", book.read(name))]
    served.written(download(served, "csv"), "出.csv", "organisations")
    for number, name in enumerate(NAMES):
        assert served.ask("SELECT name FROM organisations_organisation WHERE code = ?", code_of(100 + number)) == name


def download(served: Served, kind: str) -> bytes:
    """The organisations of the county as they go out."""
    with served.officer.browser.open(f"{served.house.address}/exports/organisations/?place=990100&as={kind}") as answer:
        return bytes(answer.read())
