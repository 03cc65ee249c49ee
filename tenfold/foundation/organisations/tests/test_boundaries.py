"""Outlines for maps: taken from a file by those who keep the tree, and every shape that cannot be drawn is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tenfold.foundation.acts import Refused
from tenfold.foundation.organisations import outlines, queries, services
from tenfold.foundation.organisations.commands import take
from tenfold.foundation.organisations.mapping import Matched
from tenfold.foundation.organisations.models import Boundary
from tenfold.foundation.scope import as_system
from tenfold.foundation.scope.models import OutOfScope
from tests.support.fixtures import real_data_folder

pytestmark = pytest.mark.django_db
WEST = [[114.0, 29.0], [114.5, 29.0], [114.5, 29.5], [114.0, 29.5], [114.0, 29.0]]
EAST = [[114.5, 29.0], [115.0, 29.0], [115.0, 29.5], [114.5, 29.5], [114.5, 29.0]]


def feature(code: Any = "", name: str = "", ring: Any = WEST, kind: str = "Polygon") -> dict[str, Any]:
    coordinates = [ring] if kind == "Polygon" else ring
    return {"properties": {"adcode": code, "name": name}, "geometry": {"type": kind, "coordinates": coordinates}}


def geojson(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def loaded(*features: Any, **more: Any) -> dict[str, Any]:
    with as_system("tests"):
        return take(geojson(*features), "某图", "鄂S（2023）001号", **more)


def drawn() -> dict[str, Boundary]:
    with as_system("tests"):
        return {b.organisation.code: b for b in Boundary.objects.select_related("organisation")}


def test_it_works(small_county: Any):
    told = loaded(feature(990100, "甲"), feature("", "柳塘县", EAST), feature("1", "邻县"))
    assert (told["state"], sorted(told["places"]), told["of_no_place"]) == ("written", ["990100", "990200"], ["邻县"])
    west = drawn()["990100"]
    assert (west.name, west.review_number, west.source, len(west.rings[0])) == ("甲", "鄂S（2023）001号", "某图", 4)
    assert 114.0 < west.longitude < 114.5
    assert 29.0 < west.latitude < 29.5
    loaded(feature(990100, "乙"))
    assert (drawn()["990100"].name, len(drawn())) == ("乙", 2)
    assert queries.boundaries([small_county.county_b.pk])[small_county.county_b.pk].name == "柳塘县"


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (feature(990200, "乙", [114.5, 29.2], "Point"), "Point"),
        (feature(990200, "乙", [[29.0, 114.0], [29.0, 114.5], [29.5, 114.5]]), "顺序"),
        (feature(990200, "乙", [[38412345.0, 3256789.0], [38412345.0, 3256780.0], [38412340.0, 3256780.0]]), "度"),
        (feature(990200, "乙", [[114.0, 29.0], [114.0, 29.0], [114.0, 29.0]]), "没有围成"),
        (feature(990200, "乙", [["114", "29"], [114.5, 29.0]]), "坐标"),
        (feature(990200, "乙", [[float("nan"), 29.0], [114.5, 29.0], [114.5, 29.5]]), "坐标"),
        (feature(990100, "甲", EAST), "已经有"),
        ({"geometry": None}, "多边形"),
        (7, "多边形"),
    ],
)
def test_a_shape_that_cannot_be_drawn_is_named_and_nothing_is_written(small_county: Any, shape: Any, says: str):
    told = loaded(feature(990100, "甲"), shape)
    assert (told["state"], [f["shape"] for f in told["faults"]]) == ("faulty", [2])
    assert says in told["faults"][0]["text"]
    assert drawn() == {}
    assert loaded(feature(990100, "甲"), shape, skip=True)["state"] == "written"
    assert list(drawn()) == ["990100"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "JSON"),
        ("县".encode("gb18030") * 9, "UTF-8"),
        (b'{"type": "FeatureCollection", "features": []}', "FeatureCollection"),
        (b"[" * 100_000, "JSON"),
        (geojson(feature("7", "外省")), "范围"),
    ],
)
def test_bad_input_keeps_the_good(small_county: Any, content: bytes, says: str):
    loaded(feature(990100, "甲"))
    with as_system("tests"):
        told = take(content, "某图", "")
    assert told["state"] == "faulty"
    assert says in told["faults"][0]["text"]
    assert drawn()["990100"].name == "甲"


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(outlines, "LARGEST", 10)
    with pytest.raises(outlines.OutlineFault, match="MB"):
        outlines.read(b" " * 11)


def test_without_the_right_and_out_of_scope(small_county: Any, as_person: Any):
    outline = outlines.read(geojson(feature(990200, "乙"))).outlines[0]
    one = Matched(outline, small_county.county_b)
    with as_person(small_county.county_officer_b), pytest.raises(Refused):
        services.draw_boundaries([one], "某图")
    with as_person(small_county.county_admin_a), pytest.raises(OutOfScope):
        services.draw_boundaries([one], "某图")
    assert drawn() == {}


def test_the_real_outlines_are_read():
    file: Path = real_data_folder() / "geo" / "xianning_counties_gcj02.geojson"
    if not file.exists():
        pytest.skip("the real data are not here")
    reading = outlines.read(file.read_bytes())
    assert reading.faults == []
    assert sorted(o.code for o in reading.outlines) == ["421202", "421221", "421222", "421223", "421224", "421281"]
    assert all(60 < sum(map(len, o.rings)) < 450 for o in reading.outlines)
