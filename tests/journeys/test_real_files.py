"""Three real school files: page and command line show what a plain count gives; the report names exactly the faults.

The reader below is the test's own: it shares nothing with the importer.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tenfold.engines.indicators.commands import app as indicator
from tenfold.foundation.exchange import services
from tenfold.foundation.exchange.models import State
from tenfold.foundation.exchange.reports import report
from tenfold.foundation.scope import as_system

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MAPPINGS = Path(__file__).resolve().parents[1] / "mappings"
Row = dict[str, str]


# --- the reader -----------------------------------------------------------------------------------


def read(path: Path) -> list[Row]:
    """The rows of a file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def total(rows: list[Row], columns: tuple[str, ...], keep: Callable[[Row], bool]) -> float:
    """The sum of some columns over the rows to be kept; what is not given counts nothing."""
    known = [[row[c] for c in columns] for row in rows if keep(row)]
    return sum(sum(map(float, cells)) for cells in known if all(cells) and "88888.0" not in cells)


def faults(rows: list[Row], file: File, known: set[str]) -> set[tuple[int, str]]:
    """(row in the sheet, kind of fault) for the ten kinds."""
    found, seen = set(), set()
    for number, row in enumerate(rows, start=2):
        code = row[file.key].strip()
        found |= {(number, "required_missing")} if not code else set()
        found |= {(number, "too_long")} if len(code) > 30 else set()
        found |= {(number, "duplicate_code")} if code in seen else set()
        found |= {(number, "unknown_organisation")} if code and len(code) <= 30 and code not in known else set()
        seen |= {code} if file.active(row) and 0 < len(code) <= 30 else set()
        for text in (row[column].strip() for column in file.numbers):
            if text and not re.fullmatch(r"-?\d+(\.\d+)?", text):
                found.add((number, "not_a_number"))
            elif text and float(text) < 0:
                found.add((number, "negative"))
            elif text and float(text) > 10**13:
                found.add((number, "out_of_range"))
            elif text and float(text) % 1:
                found.add((number, "not_whole"))
        found |= {(number, "unknown_choice")} if file.choice and row[file.choice] not in file.choices else set()
        found |= {(number, "part_exceeds_whole")} if file.part and _above(row, *file.part) else set()
    return {(n, kind) for n, kind in found if file.active(rows[n - 2])} | far_out(rows, file)


def _above(row: Row, part: str, whole: str) -> bool:
    try:
        return float(row[part]) > float(row[whole])
    except ValueError:
        return False


def far_out(rows: list[Row], file: File) -> set[tuple[int, str]]:
    """Values beyond twenty times their ninth decile, in the one column that is looked at."""
    held = [(n, row[file.outlier]) for n, row in enumerate(rows, start=2) if file.active(row)]
    values = sorted(
        (float(v), n) for n, v in held if re.fullmatch(r"\d+(\.0)?", v) and v not in ("0", "0.0", "88888.0")
    )
    usual = values[-(-len(values) * 9 // 10) - 2][0] if len(values) > 9 else float("inf")
    return {(n, "outlier") for value, n in values if 20 * usual < value <= 10**13}


# --- the files ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class File:
    """One real file. ``totals``: six columns as (indicator, split, columns, which rows)."""

    name: str
    path: str
    period: str
    key: str
    numbers: tuple[str, ...]
    outlier: str
    totals: tuple[tuple[str, str, tuple[str, ...], Callable[[Row], bool]], ...]
    active: Callable[[Row], bool] = lambda row: True
    part: tuple[str, str] | None = None
    choice: str = ""
    choices: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The ten kinds of faults."""
        last = "part_exceeds_whole" if self.part else "unknown_choice"
        return (
            "required_missing", "too_long", "duplicate_code", "unknown_organisation", "not_a_number", "not_whole",
            "negative", "out_of_range", "outlier", last,
        )  # fmt: skip

    def mapping(self, kind: str) -> str:
        """Its mapping file."""
        return (MAPPINGS / f"{self.name}-{kind}.toml").read_text(encoding="utf-8")


def _running(row: Row) -> bool:
    return row["TP_SITUACAO_FUNCIONAMENTO"] == "1"


def _of(offering: str) -> Callable[[Row], bool]:
    """A stage without a pupil is not taught, so its teachers count in the school alone."""
    return lambda row: row["school.offering"] == offering and float(row["school.enrollment"]) > 0


TEACHERS = ("teachers.instructor", "teachers.mobile", "teachers.regular", "teachers.sped")
FILES = (
    File(
        "rio-claro", "schools/rio_claro_2017_school_level.csv", "2017-18", "CO_ENTIDADE",
        ("students_primary", "classes_primary", "NU_EQUIP_MULTIMIDIA", "NU_COMP_ALUNO"), "NU_COMP_ALUNO",
        (
            ("holdings.pupils", "stage=primary", ("students_primary",), _running),
            ("holdings.pupils", "stage=junior", ("students_lower_sec",), _running),
            ("holdings.classes", "stage=primary", ("classes_primary",), _running),
            ("holdings.teachers", "", ("teachers",), _running),
            ("holdings.teachers_pe", "", ("teachers_of_PE",), _running),
            ("holdings.computers", "", ("NU_COMP_ALUNO",), _running),
        ),
        _running, part=("teachers_of_PE", "teachers"),
    ),
    File(
        "tocantins", "schools/tocantins_2025_schools.csv", "2025-26", "CO_ENTIDADE",
        ("IN_SALA_MUSICA_CORAL", "IN_SALA_ATELIE_ARTES", "QT_EQUIP_MULTIMIDIA", "QT_PROF_PSICOLOGO"),
        "QT_EQUIP_MULTIMIDIA",
        (
            ("holdings.computers", "", ("QT_DESKTOP_ALUNO", "QT_COMP_PORTATIL_ALUNO"), _running),
            ("holdings.network_rooms", "", ("QT_EQUIP_MULTIMIDIA",), _running),
            ("holdings.network_rooms", "locale=rural", ("QT_EQUIP_MULTIMIDIA",),
             lambda row: _running(row) and row["TP_LOCALIZACAO"] == "2"),
            ("holdings.music_rooms", "", ("IN_SALA_MUSICA_CORAL",), _running),
            ("holdings.art_rooms", "", ("IN_SALA_ATELIE_ARTES",), _running),
            ("holdings.teachers_psych", "", ("QT_PROF_PSICOLOGO",), _running),
        ),
        _running, choice="IN_SALA_REPOUSO_ALUNO", choices=("", "0.0", "1.0"),
    ),
    File(
        "philippines", "schools/philippines_2015_teachers_rooms_mooe.csv.gz", "2015-16", "school.id",
        ("school.enrollment", "teachers.instructor", "teachers.regular"), "school.mooe",
        (
            ("holdings.pupils", "stage=primary", ("school.enrollment",), _of("Elementary")),
            ("holdings.pupils", "stage=junior", ("school.enrollment",), _of("Secondary")),
            ("holdings.teachers", "stage=primary", TEACHERS, _of("Elementary")),
            ("holdings.teachers", "stage=junior", TEACHERS, _of("Secondary")),
            ("holdings.teachers", "", TEACHERS, lambda row: True),
            ("holdings.pupils", "", ("school.enrollment",), lambda row: True),
        ),
        choice="school.offering", choices=("Elementary", "Secondary"),
    ),
)  # fmt: skip


# --- the tests ------------------------------------------------------------------------------------


def brought(data: bytes, file: File, kind: str) -> Any:
    batch = services.receive(
        [data], Path(file.path).name, kind, under="990100", period=file.period, mapping=file.mapping(kind)
    )
    return services.check(batch, ask=False)


@pytest.fixture(params=FILES, ids=lambda file: file.name)
def file(request: Any, small_county: Any, real_data: Callable[[str], Path]) -> File:
    """A real file, its schools standing under one county."""
    found: File = request.param
    with as_system("tests"):
        batch = brought(real_data(found.path).read_bytes(), found, "organisations")
        assert services.write(batch, warnings_seen=True).state == State.WRITTEN
    return found


def shown_on_the_page(client: Any, code: str, split: str, period: str) -> str:
    place = f"/indicators/{code}/?place=990100&period={period}&split={split}"
    return str(client.get(place).content.decode())


def test_six_totals_equal_what_page_and_command_line_show(
    file: File, small_county: Any, client_as: Any, real_data: Callable[[str], Path]
) -> None:
    path = real_data(file.path)
    rows = read(path)
    with as_system("tests"):
        batch = services.write(brought(path.read_bytes(), file, "school-return"), warnings_seen=True)
        assert report(batch)["rows_written"] == sum(map(file.active, rows))
    client = client_as(small_county.county_officer_a)
    for code, split, columns, keep in file.totals:
        counted = total(rows, columns, keep)
        asked = ["value", code, "--place", "990100", "--period", file.period, "--json"]
        told = json.loads(CliRunner().invoke(indicator, asked + (["--split", split] if split else [])).stdout)
        assert told["value"] == counted, (code, split)
        assert f"{counted:,.0f}" in shown_on_the_page(client, code, split, file.period), (code, split)


def planted(rows: list[Row], file: File) -> tuple[bytes, set[tuple[int, str]]]:
    """The file with three more faults of each kind, each in a row of its own, and where they are."""
    clean = [n for n, row in enumerate(rows) if file.active(row) and all(row[column] for column in file.numbers)]
    places = iter(clean[2 :: len(clean) // 35])
    whole = file.part[1] if file.part else ""
    put = {
        "required_missing": (file.key, lambda n: ""),
        "too_long": (file.key, lambda n: "9" * 31),
        "duplicate_code": (file.key, lambda n: rows[clean[n % 2]][file.key]),
        "unknown_organisation": (file.key, lambda n: f"000{n}"),
        "not_a_number": (file.numbers[0], lambda n: "trezentos"),
        "not_whole": (file.numbers[1], lambda n: "6.5"),
        "negative": (file.numbers[2], lambda n: "-1"),
        "out_of_range": (file.numbers[0], lambda n: "99999999999999999"),
        "outlier": (file.outlier, lambda n: "999999999"),
        "unknown_choice": (file.choice, lambda n: "perhaps"),
        "part_exceeds_whole": (file.part[0] if file.part else "", lambda n: str(int(rows[n][whole]) + 1)),
    }
    rows = [dict(row) for row in rows]
    where = set()
    for kind in file.kinds:
        column, value = put[kind]
        for _time in range(3):
            place = next(places)
            rows[place][column] = value(place)
            where.add((place + 2, kind))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(), where


def test_the_report_names_exactly_the_faults(file: File, real_data: Callable[[str], Path], tmp_path: Path) -> None:
    rows = read(real_data(file.path))
    known = {row[file.key] for row in rows}
    data, where = planted(rows, file)
    (tmp_path / "planted.csv").write_bytes(data)
    listed = faults(read(tmp_path / "planted.csv"), file, known)
    assert listed - faults(rows, file, known) == where, "the reader sees what was planted, and nothing else is new"
    with as_system("tests"):
        batch = brought(data, file, "school-return")
        named = {(fault["row"], fault["code"]) for fault in report(batch)["faults"]}
        with pytest.raises(services.NotReady):
            services.write(batch, warnings_seen=True)
    assert {fault for fault in named if fault[1] in file.kinds} == listed
