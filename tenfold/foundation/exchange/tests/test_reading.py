"""Opening files: what is read, and what is refused before it can do harm."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenfold.foundation.exchange.reading import Limits, ReadingFault, open_book

TEXT = "学校名称,在校生数\n白霓镇大塘小学,283\n沙坪镇中心小学,1161\n"


def file(folder: Path, data: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ReadingFault) as fault:
        open_book(path, limits)
    return fault.value.code


def workbook(path: Path, rows: list[list[object]], **options: object) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("学校表")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.close()
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_usual_encoding_and_dialect(tmp_path: Path, encoding: str, delimiter: str) -> None:
    book = open_book(file(tmp_path, TEXT.replace(",", delimiter).encode(encoding)))
    assert book.sheets[0].rows[1] == ["白霓镇大塘小学", "283"]


def test_csv_inside_gzip(tmp_path: Path) -> None:
    assert open_book(file(tmp_path, gzip.compress(TEXT.encode()))).sheets[0].rows[2][0] == "沙坪镇中心小学"


def test_one_broken_byte_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    data = (TEXT * 30).encode()
    cut = data[:200].rfind("学".encode()) + 1
    with pytest.raises(ReadingFault) as fault:
        open_book(file(tmp_path, data[:cut] + b"\xff" + data[cut + 1 :]))
    assert fault.value.code == "wrong_encoding"
    assert fault.value.params["row"] == data[:cut].count(b"\n") + 1


def test_latin_text_that_is_neither_is_refused(tmp_path: Path) -> None:
    assert refused(file(tmp_path, "name,x\nPõla Ñ \n".encode("latin-1"))) == "wrong_encoding"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n", "empty_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "old_excel"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"<html><table><tr><td>1</td></tr></table>", "web_page"),
        (b"\x89PNG\r\n\x1a\n", "wrong_type"),
        (b"a,b\n1,\0\0\n", "wrong_type"),
        (b"PK\x03\x04 not a zip at all", "damaged_file"),
        (b'a,b\n1,"open quote\n2,3\n', "damaged_csv"),
        (b"a,b,c\n1,2,3\n4,5,6\n7,8", "cut_off"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, code: str) -> None:
    assert refused(file(tmp_path, data)) == code


def test_an_xlsx_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", [["a", "b"], ["x", 2]] * 50).read_bytes()
    for part in (0.1, 0.5, 0.9, 0.999):
        assert refused(file(tmp_path, whole[: int(len(whole) * part)], "b.xlsx")) == "damaged_file"


def test_a_zip_without_a_workbook_is_no_table(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as zipped:
        zipped.writestr("readme.txt", "hello")
    assert refused(tmp_path / "a.xlsx") == "wrong_type"


def test_a_zip_bomb_is_refused_by_its_declared_sizes(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["a", "b"], ["x", 2]])
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/media/pad.bin", b"\0" * (64 * 2**20))
    assert (tmp_path / "a.xlsx").stat().st_size < 2**18
    assert refused(tmp_path / "a.xlsx") == "zip_bomb"


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["a", "b"], ["x", 2]])
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/pad.bin", b"\0" * (8 * 2**20))
    size = (8 * 2**20).to_bytes(4, "little")
    data = (tmp_path / "a.xlsx").read_bytes()
    assert data.count(size) >= 2
    assert refused(file(tmp_path, data.replace(size, (1000).to_bytes(4, "little")), "b.xlsx")) == "damaged_file"


def test_one_cell_at_the_end_of_the_sheet_does_not_take_the_memory(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1048575, 16383, 1)
    book.close()
    assert refused(tmp_path / "a.xlsx") == "too_many_columns"
    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1048575, 0, 1)
    book.close()
    assert refused(tmp_path / "b.xlsx") == "too_many_rows"


def test_an_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["a", "b"], ["x", 2]])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
            new.writestr(name, data)
    assert refused(tmp_path / "b.xlsx") == "damaged_file"


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    assert refused(file(tmp_path, TEXT.encode()), Limits(file=20)) == "too_large"
    assert refused(file(tmp_path, gzip.compress(b"a,b\n" * 10**6)), Limits(unfolded=2**20)) == "zip_bomb"
    assert refused(file(tmp_path, b"a,b\n" * 50), Limits(rows=20)) == "too_many_rows"


def test_formulas_give_their_stored_value_and_say_when_they_have_none(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["=1+1", 5])
    book.save(tmp_path / "a.xlsx")
    assert open_book(tmp_path / "a.xlsx").sheets[0].unfilled == {(1, 0)}
    stored = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    sheet = stored.add_worksheet()
    sheet.write_formula(0, 0, "=1+1", None, 2)
    sheet.write_formula(0, 1, "=NA()", None, "#N/A")
    stored.close()
    found = open_book(tmp_path / "b.xlsx").sheets[0]
    assert found.rows[0][0] == 2
    assert not found.unfilled
    assert found.errors == {(0, 1): "#N/A"}


def test_dates_numbers_and_truth_values_of_xlsx(tmp_path: Path) -> None:
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["x", 12, 12.5, datetime.date(2020, 1, 2), True, None, "007", 2142000184])
    book.active.merge_cells("A3:B4")
    book.active["A3"] = "merged"
    book.save(tmp_path / "a.xlsx")
    sheet = open_book(tmp_path / "a.xlsx").sheets[0]
    assert sheet.rows[0] == ["x", 12, 12.5, "2020-01-02", True, None, "007", 2142000184]
    assert sheet.merges == [(2, 0, 3, 1)]


cell = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_a_csv_holds_comes_back_cell_by_cell(tmp_path: Path, rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    csv.writer(out).writerows([["学校", "数", "备注"], *rows])
    book = open_book(file(tmp_path, out.getvalue().encode()))
    read = [[c or "" for c in row] for row in book.sheets[0].rows[1:]]
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    assert read == rows


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_by_name(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for start in (b"", b"PK\x03\x04", b"\x1f\x8b"):
            try:
                open_book(file(Path(folder), start + data))
            except ReadingFault as fault:
                assert fault.code  # noqa: PT017
