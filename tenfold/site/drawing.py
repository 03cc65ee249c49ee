"""Pages of docs/ that are drawn from the code: the map of packages and the catalogue of indicators.

``tenfold house --map --write`` writes them anew; a test holds the files equal to what is drawn here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils import translation

from .environment import ROOT
from .house import PACKAGES

BEGIN, END = "<!-- drawn by: tenfold house --map --write -->", "<!-- end of the drawing -->"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CATALOGUE = ROOT / "docs" / "catalogue.md"
HEADS = (
    "指标 indicator",
    "代码 code",
    "单位 unit",
    "指标口径 definition",
    "汇总 adds up",
    "划分 splits",
    "依据 source",
)
LAYERS = (("rooms", "Rooms"), ("engines", "Engines"), ("foundation", "Foundation"), ("pure", "Pure"))


def packages() -> list[str]:
    """Every package of the house from the top down, and the pure ones, which the list of packages need not name."""
    pure = sorted(f"tenfold.pure.{p.parent.name}" for p in (ROOT / "tenfold" / "pure").glob("*/__init__.py"))
    return [*reversed(PACKAGES), *pure]


def imports(package: str) -> list[str]:
    """The other packages that a package names in its code (tests and migrations apart), in the order of the house."""
    found = {name for file in _code(package) for name in _imported(ast.parse(file.read_text("utf-8")))}
    above = [other for other in packages() if any(name == other or name.startswith(f"{other}.") for name in found)]
    return [other for other in above if other != package]


def _code(package: str) -> Iterator[Path]:
    for file in sorted((ROOT / package.replace(".", "/")).rglob("*.py")):
        if not {"tests", "migrations"} & set(file.parts):
            yield file


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def purpose(package: str) -> str:
    """The first sentence of the package's docstring."""
    text = " ".join((import_module(package).__doc__ or "").split("\n\n")[0].split())
    return text.partition(". ")[0].rstrip(".")


def map_of_packages() -> str:
    """The map as Markdown: one table a layer, from the top down; each package with what it stands on."""
    lines = []
    for layer, title in LAYERS:
        lines += [f"### {title}", "", "| package | what it is for | stands on |", "|---|---|---|"]
        for package in packages():
            if package.split(".")[1] == layer:
                stands_on = ", ".join(name.split(".")[-1] for name in imports(package))
                lines.append(f"| {package.split('.')[-1]} | {purpose(package)} | {stands_on or '—'} |")
        lines.append("")
    return "\n".join(lines).strip()


def catalogue() -> str:
    """The catalogue of indicators as Markdown, in Chinese with the English title beside it."""
    from tenfold.engines.indicators import queries

    with translation.override("en"):
        english = {e.indicator.code: str(e.indicator.title) for e in queries.catalogue()}
    with translation.override("zh-hans"):
        entries = queries.catalogue()
        parts = [
            "# 监测指标目录 / Catalogue of indicators",
            "",
            BEGIN,
            "",
            f"{len(entries)} 项指标，各由负责的模块声明。/ {len(entries)} indicators, each declared by the package that"
            " answers for it. A split in brackets is the only one by which the indicator has a meaning.",
            "",
        ]
        for package in dict.fromkeys(entry.package for entry in entries):
            own = [entry for entry in entries if entry.package == package]
            parts += [f"## {own[0].package_title} `{package}`", "", *_table(own, english), ""]
        return "\n".join([*parts, END, ""])


def _table(entries: Iterable[Any], english: dict[str, str]) -> Iterator[str]:
    yield "| " + " | ".join(HEADS) + " |"
    yield "|" + "---|" * len(HEADS)
    for entry in entries:
        indicator = entry.indicator
        cells = (
            f"{indicator.title}<br>{english[indicator.code]}",
            f"`{indicator.code}`",
            str(indicator.unit) or "—",
            "; ".join(word for word in (entry.formula, entry.better) if word),
            entry.adds_up,
            f"({indicator.only_by})" if indicator.only_by else " ".join(indicator.splits) or "—",
            indicator.source or "—",
        )
        yield "| " + " | ".join(cell.replace("|", "∣").replace("\n", " ") for cell in cells) + " |"


def architecture(text: str) -> str:
    """The page on the architecture with its drawing replaced by what the code says now."""
    before, begin, rest = text.partition(BEGIN)
    _former, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{ARCHITECTURE.name} holds no place for the drawing")
    return f"{before}{BEGIN}\n\n{map_of_packages()}\n\n{END}{after}"


def write() -> list[Path]:
    """Write both pages; returns those that have changed."""
    pages = {ARCHITECTURE: architecture(ARCHITECTURE.read_text("utf-8")), CATALOGUE: catalogue()}
    changed = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in changed:
        path.write_text(pages[path], "utf-8")
    return changed
