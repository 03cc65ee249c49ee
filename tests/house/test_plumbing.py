"""What is named by a path leads somewhere, the tables are those of the models, and the layers hold."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils import translation

from tenfold.foundation.declare import SIGNED_IN, House, JobKind, MenuItem, Panel, house
from tenfold.foundation.ui.context import address
from tests.support.fixtures import ROOT


def leads_nowhere(path: str) -> bool:
    """Whether a dotted path, with a colon or without before its last name, names nothing that can be called."""
    module, _dot, name = path.replace(":", ".").rpartition(".")
    try:
        return not callable(getattr(import_module(module), name, None))
    except ImportError:
        return True


def dead_ends(assembled: House) -> Iterator[str]:
    """Every declaration whose path, template or address leads nowhere."""
    paths = [
        *((f"job {job.name}", job.run) for job in assembled.jobs.values()),
        *((f"command {command.name}", command.run) for command in assembled.commands.values()),
        *((f"import {reader.code}", reader.handler) for reader in assembled.readers.values()),
        *((f"page part {name}", path) for name, path in settings.TENFOLD["PAGE_PARTS"].items()),
        *((name, settings.TENFOLD[name]) for name in ("ON_TOUCHED", "CONTEXT_OF_POST")),
    ]
    yield from (f"{what}: {path}" for what, path in paths if leads_nowhere(path))
    for panel in assembled.panels.values():
        try:
            get_template(panel.template)
        except TemplateDoesNotExist:
            yield f"panel {panel.code}: {panel.template}"
    for item in assembled.menu:
        try:
            resolve(address(item) or "/nowhere-at-all")
        except Resolver404:
            yield f"menu: {item.url}"


def test_every_path_leads_somewhere() -> None:
    assert list(dead_ends(house())) == []


def test_paths_that_lead_nowhere_are_named() -> None:
    planted = dataclasses.replace(
        house(),
        jobs={**house().jobs, "x": JobKind("x", "tenfold.foundation.jobs.worker:nothing", "X")},
        panels={"x": Panel("x", "s", SIGNED_IN, print, "nowhere/at-all.html")},
        menu=[MenuItem("X", "/nowhere/", SIGNED_IN), MenuItem("X", "nobody_built_it", SIGNED_IN)],
    )
    found = list(dead_ends(planted))
    assert [line.partition(":")[0] for line in found] == ["job x", "panel x", "menu", "menu"]


def unmade(state: ProjectState) -> list[str]:
    """The packages whose models differ from what their migrations make."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    with translation.override(None):  # migrations are written in the words of the code
        changes = MigrationAutodetector(loader.project_state(), state).changes(loader.graph)
    own = {app.label for app in apps.get_app_configs() if app.name.startswith("tenfold.")}
    return sorted(own & set(changes))


def test_the_migrations_make_what_the_models_say() -> None:
    assert unmade(ProjectState.from_apps(apps)) == []


def test_a_column_without_its_migration_is_named() -> None:
    state = ProjectState.from_apps(apps)
    state.add_field("audit", "entry", "planted", models.IntegerField(default=0), preserve_default=True)
    assert unmade(state) == ["audit"]


BROKEN_BY = {
    "tenfold/rooms/civics/planted.py": ("import tenfold.rooms.conduct.manifest", "no room knows another"),
    "tenfold/foundation/calendar/planted.py": ("import tenfold.foundation.holdings.models", "each part of the foundat"),
    "tenfold/foundation/desk/planted.py": ("import tenfold.engines.notices.models", "site, rooms, engines, foundation"),
    "tenfold/engines/notices/planted.py": ("import tenfold.engines.programme.queries", "each engine knows only those"),
    "tenfold/pure/planted.py": ("import django", "pure knows no Django"),
    "tenfold/rooms/teachers/planted.py": ("import duckdb", "one door to the fact store"),
    "tenfold/foundation/people/rights.py": ("import tenfold.foundation.people.services", "one shape for every package"),
}
"""A line planted in a file, and how the name of the contract begins that it breaks."""


def layers(folder: Path) -> Any:
    """Draw the layers of the code in a folder."""
    run = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", run], cwd=folder, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
def test_the_layers_hold() -> None:
    told = layers(ROOT)
    assert told.returncode == 0, told.stdout[-4000:]


@pytest.mark.slow
def test_an_import_across_the_layers_breaks_its_contract(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "tests", "locale", "static", "templates", "migrations")
    shutil.copytree(ROOT / "tenfold", tmp_path / "tenfold", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, (line, _contract) in BROKEN_BY.items():
        path = tmp_path / file
        path.write_text((path.read_text("utf-8") if path.exists() else '"""Planted."""') + f"\n{line}\n", "utf-8")
    told = layers(tmp_path)
    assert told.returncode == 1, told.stdout + told.stderr
    kept = [name for _line, name in BROKEN_BY.values() if not _broken(told.stdout, name)]
    assert kept == [], told.stdout[-4000:]


def _broken(told: str, name: str) -> bool:
    return any(line.startswith(name) and "BROKEN" in line for line in told.splitlines())
