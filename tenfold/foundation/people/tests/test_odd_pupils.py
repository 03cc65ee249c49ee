"""Pupils as they come: in two schools at once, with guardians who cannot be called; by command and page."""

from __future__ import annotations

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from tenfold.foundation.exchange.commands import import_table
from tenfold.foundation.people.models import Enrolment, Guardianship, Pupil
from tenfold.foundation.scope import as_system

from .test_pupil_imports import HEADS, child, sheet
from .test_pupils import pupils

__all__ = ["pupils"]

pytestmark = pytest.mark.django_db
CITY_HEADS = [*HEADS, "学校标识码"]
app = typer.Typer()
app.command()(import_table)


def told(tmp_path: Any, *rows: list[object], under: str, heads: list[str] = CITY_HEADS, code: int = 0) -> Any:
    """What the command says of a table of pupils."""
    path = tmp_path / "学籍.xlsx"
    path.write_bytes(sheet(*rows, heads=heads))
    words = ["pupils", str(path), "--period", "2023-24", "--under", under, "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def running() -> list[tuple[str, str]]:
    with as_system("tests"):
        return sorted(
            (e.pupil.name, e.organisation.code)
            for e in Enrolment.objects.filter(until=None).select_related("pupil", "organisation")
        )


def test_a_pupil_in_two_schools_is_told_and_stands_in_one(small_county, pupils, client_as, tmp_path):
    before = running()
    row = child(学籍号="L000000201609010009", 姓名="青禾九")
    both = told(tmp_path, [*row, "9900000001"], [*row, "9900000005"], under="990000", code=1)
    assert [(f["code"], f["row"]) for f in both["faults"] if f["level"] == "error"] == [("duplicate_code", 3)]
    assert running() == before, "nothing is half-written"
    elsewhere = child(学籍号="L000000201609010003", 姓名="南竹一")
    moved = told(tmp_path, [*elsewhere, "9900000001"], under="990000")
    assert [f["code"] for f in moved["faults"]] == ["moves_school"]
    assert ("南竹一", "9900000001") in running()
    assert len(running()) == len(before), "she left the one as she came into the other"
    pupil = pupils[2]
    assert client_as(small_county.clerk_a).get(f"/pupils/{pupil.pk}/").status_code == 200
    page = client_as(small_county.city_officer).get(f"/pupils/{pupil.pk}/").content.decode()
    assert "东岭小学" in page


def test_a_guardian_without_a_phone_is_taken_and_shown_as_to_be_filled(small_county, pupils, client_as, tmp_path):
    row = child(学籍号="L000000201609010009", 姓名="青禾九", 成员1联系电话=None)
    report = told(tmp_path, row, under="9900000001", heads=HEADS)
    assert [(f["code"], f["level"], f["column"]) for f in report["faults"]] == [("no_phone", "warning", "K")]
    with as_system("tests"):
        pupil = next(p for p in Pupil.objects.all() if p.name == "青禾九")
        assert Guardianship.objects.get(pupil=pupil).phone == ""
    page = client_as(small_county.clerk_a).get(f"/pupils/{pupil.pk}/").content.decode()
    assert "待填" in page.partition("监护人")[2]
