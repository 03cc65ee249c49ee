"""The pages of docs/ say what the code says."""

from __future__ import annotations

import re

import pytest

from tenfold.site import drawing
from tests.support.fixtures import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_map_is_that_of_the_code():
    text = drawing.ARCHITECTURE.read_text("utf-8")
    assert text == drawing.architecture(text), "draw it anew: make map"


def test_the_catalogue_is_that_of_the_house():
    assert drawing.CATALOGUE.read_text("utf-8") == drawing.catalogue(), "write it anew: make map"


def test_a_package_more_changes_the_map(tmp_path, monkeypatch):
    monkeypatch.setattr(drawing, "PACKAGES", [*drawing.PACKAGES[:-1]])
    text = drawing.ARCHITECTURE.read_text("utf-8")
    assert text != drawing.architecture(text)


def variables_in_the_code() -> set[str]:
    """Every variable of the environment that the site reads."""
    files = [*(ROOT / "tenfold" / "site").glob("*.py")]
    text = "".join(file.read_text("utf-8") for file in files if file.name != "testing.py")
    return set(re.findall(r"\"((?:TENFOLD_[A-Z_]+)|DATABASE_URL)\"", text))


def test_every_setting_is_told_and_none_is_invented():
    page = (ROOT / "docs" / "operations" / "settings.md").read_text("utf-8")
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert told == variables_in_the_code()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = page.read_text("utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text) if "://" not in t]
    assert [t for t in targets if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_is_to_be_run_exists(page):
    text = page.read_text("utf-8")
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^\s+|`)make ([a-z]+)", text, re.MULTILINE)) <= made
    named = set(re.findall(r"`((?:tenfold|tests|docs|standards|programmes)/[\w./-]+)`", text))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_commands_of_the_readme_are_declared():
    from tenfold.foundation.declare import house

    declared = {*house().commands, "serve", "demo", "house", "manage", "keys", "backup", "restore"}
    for page in PAGES:
        used = set(re.findall(r"^    (?:\.venv/bin/)?tenfold ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
        assert used <= declared, page.name


def test_the_readme_has_the_same_commands_in_both_languages():
    def commands(name: str) -> list[str]:
        lines = (ROOT / name).read_text("utf-8").splitlines()
        return [" ".join(re.sub(r"#.*", "", line).split()[:3]) for line in lines if line.startswith("    ")]

    assert [c for c in commands("README.md") if c] == [c for c in commands("README.zh-CN.md") if c]


@pytest.mark.parametrize("words", ["Apache License", "9. Accepting Warranty", "END OF TERMS AND CONDITIONS"])
def test_the_licence_is_whole(words):
    assert words in (ROOT / "LICENSE").read_text("utf-8")
