"""The contact sheet in docs/pages/ shows every page that the house has, at both widths."""

from __future__ import annotations

import pytest

from tests.support.sheet_index import NOT_SHOWN, OUT, WIDTHS

from .doors import doors


def pictured() -> dict[str, set[str]]:
    """Widths by the name of a picture."""
    found: dict[str, set[str]] = {}
    for file in OUT.glob("*.webp"):
        name, _dash, width = file.stem.rpartition("-")
        found.setdefault(name, set()).add(width)
    return found


def shows(name: str, route: str) -> bool:
    """Whether a picture is one of a route, with or without the name of its package."""
    of = name.partition("--")[0]
    return of == route or of.endswith(f"-{route}")


@pytest.mark.slow  # drawn once a change is whole, not in the inner loop
def test_every_page_has_its_picture_at_both_widths():
    found = pictured()
    routes = {door.name for door in doors() if "GET" in (door.methods or ("GET",))}
    missing = {r for r in routes - set(NOT_SHOWN) if not any(shows(name, r) for name in found)}
    assert not missing, f"draw them (make pages), or say why not in tests/support/sheet_index.py: {sorted(missing)}"
    assert not set(NOT_SHOWN) - routes, "no such routes: take them out of NOT_SHOWN"
    assert not {r for r in NOT_SHOWN if any(shows(name, r) for name in found)}, "shown: take them out of NOT_SHOWN"
    assert {n for n, widths in found.items() if widths != {str(w) for w in WIDTHS}} == set(), "drawn at one width only"
    strange = {n for n in found if not n.startswith("error--") and not any(shows(n, r) for r in routes)}
    assert not strange, f"pictures of pages that are no more; make pages: {sorted(strange)}"


def test_the_index_names_every_picture_and_the_folder_stays_small():
    text = (OUT / "README.md").read_text("utf-8")
    assert {n for n in pictured() if f"`{n}`" not in text} == set()
    assert sum(file.stat().st_size for file in OUT.iterdir()) < 4_000_000


def test_a_route_without_a_picture_is_told():
    assert shows("programme-overview--school", "overview")
    assert not shows("place_overview", "overview")
    assert not shows("import--written", "imports")
