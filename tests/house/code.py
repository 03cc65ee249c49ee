"""What the code of the house may not hold. Each rule takes a text or a folder, so that a planted fault can be shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tenfold.site.house import PACKAGES
from tests.support.fixtures import ROOT

LONGEST_MODULE = 500
LONGEST_VIEW = 40
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "localtime"),
}
"""Calls that ask the machine's clock for a day or a moment."""
MAY_ASK_THE_CLOCK = ("calendar", "audit", "jobs")
NEEDS_NOTHING = ("localtime", "localdate")
"""Those that convert a moment when they are given one."""
ALLAUTH = ("account/", "allauth/")
"""Templates by which we replace those of the sign-in library; it asks for them itself."""
ASKED_FOR_BY_DJANGO = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")


def modules() -> list[Path]:
    """Every Python file of the house and of its tests, migrations apart."""
    files = [*(ROOT / "tenfold").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    return sorted(file for file in files if "migrations" not in file.parts)


def own_modules() -> list[Path]:
    """Those of the house alone, without tests and the settings of tests."""
    return [f for f in modules() if (ROOT / "tenfold") in f.parents and "tests" not in f.parts and f.stem != "testing"]


def view_modules() -> list[Path]:
    """The modules that hold views."""
    return [f for f in own_modules() if f.stem in ("views", "api") or {"views", "api"} & set(f.parent.parts[-1:])]


def too_long(text: str) -> bool:
    """Whether a module is longer than one may be."""
    return len(text.splitlines()) > LONGEST_MODULE


def long_views(text: str) -> list[str]:
    """Functions of a module of views that are longer than a view may be."""
    return [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_VIEW
    ]


def clocks(text: str) -> list[int]:
    """The lines on which a module asks the machine's clock."""
    tree = ast.parse(text)
    bare = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone"
        for alias in node.names
        if ("timezone", alias.name) in CLOCKS
    }
    given = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args}
    found = []
    for node in ast.walk(tree):
        if id(node) in given and getattr(node, "attr", getattr(node, "id", "")) in NEEDS_NOTHING:
            continue
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if (name, node.attr) in CLOCKS:
                found.append(node.lineno)
        elif isinstance(node, ast.Name) and node.id in bare:
            found.append(node.lineno)
    return found


def may_ask_the_clock(file: Path) -> bool:
    """Whether a module lies in a package that keeps time."""
    return file.relative_to(ROOT).parts[2:3] in [(name,) for name in MAY_ASK_THE_CLOCK]


def unfinished(text: str) -> list[str]:
    """Marks of work left for later, and faults that are hidden."""
    return re.findall(r"#\s*(?:TODO|FIXME|XXX|HACK)\b|except Exception:\s*pass|except:\s*$", text, re.MULTILINE)


# --- templates ----------------------------------------------------------------------------------------


def templates() -> dict[str, Path]:
    """Every template by the name it is asked for."""
    folder = ROOT / "tenfold"
    return {
        str(path).split("/templates/", 1)[1]: path
        for path in sorted(folder.rglob("templates/**/*"))
        if path.is_file() and path.suffix in (".html", ".txt")
    }


def unused_templates(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Templates that no code and no other template names."""
    everything = "\n".join(texts)
    asked = (name for name in names if not name.startswith(ALLAUTH) and name not in ASKED_FOR_BY_DJANGO)
    return [name for name in asked if f'"{name}"' not in everything]


def asked_for(text: str) -> list[str]:
    """The templates that a template extends or includes."""
    return re.findall(r"{%-?\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", text)


ORDER = {package.split(".")[-1]: index for index, package in enumerate(PACKAGES)}
ORDER["site"] = len(PACKAGES)


def package_of(path: Path) -> str:
    """The package in whose folder a file lies."""
    parts = path.relative_to(ROOT / "tenfold").parts
    return "site" if parts[0] == "site" else parts[1]


def upward(package: str, asked: Iterable[str], owners: dict[str, str]) -> list[str]:
    """Templates of packages above (or of another room) for which a package asks."""
    rooms = {name.split(".")[-1] for name in PACKAGES if name.startswith("tenfold.rooms.")}
    found = []
    for name in asked:
        owner = owners.get(name, "")
        if not owner or owner == package:
            continue
        if ORDER[owner] > ORDER[package] or {owner, package} <= rooms:
            found.append(name)
    return found


# --- static files -------------------------------------------------------------------------------------


def static_files() -> dict[str, Path]:
    """Every script, style sheet and picture by the name it is served under."""
    return {
        str(path).split("/static/", 1)[1]: path
        for path in sorted((ROOT / "tenfold").rglob("static/**/*"))
        if path.is_file()
    }


def unused_static(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Static files that nothing loads: neither a template nor code by name, nor a script beside it by its file name."""
    everything = "\n".join(texts)
    return [n for n in names if n not in everything and f"./{n.rsplit('/', 1)[-1]}" not in everything]


def all_texts(*suffixes: str) -> Iterator[str]:
    """The texts of the house with one of the suffixes, tests apart."""
    for path in sorted((ROOT / "tenfold").rglob("*")):
        if path.suffix in suffixes and "tests" not in path.parts:
            yield path.read_text("utf-8")
