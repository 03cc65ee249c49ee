"""Scripts, style sheets and templates keep to the browsers that offices have: Chromium 100, Safari 15.4.

The lists name what newer browsers brought and people reach for; the rules of colour: ``foundation/ui/checks.py``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.fixtures import ROOT

SCRIPT = {
    "lookbehind in a regular expression": r"\(\?<[=!]",
    "static block": r"\bstatic\s*\{",
    "copying array methods": r"\.(?:toSorted|toReversed|toSpliced)\(|\]\.with\(",
    "grouping": r"\b(?:Object|Map)\.groupBy\(",
    "Promise.withResolvers": r"\bPromise\.(?:withResolvers|try)\b",
    "URL.canParse": r"\bURL\.(?:canParse|parse)\(",
    "AbortSignal.timeout": r"\bAbortSignal\.(?:timeout|any)\(",
    "Array.fromAsync": r"\bArray\.fromAsync\(",
    "methods of sets": r"\.(?:isSubsetOf|isSupersetOf|symmetricDifference)\(",
    "import attributes": r"\bimport\b[^;\n]*\bwith\s*\{",
    "popover": r"\.(?:showPopover|hidePopover|togglePopover)\(",
    "view transitions": r"\bstartViewTransition\b",
    "navigation": r"\bwindow\.navigation\b|(?<![.\w])navigation\.",
    "element.checkVisibility": r"\.checkVisibility\(",
    "inert": r"\.inert\b",
    "selector :has": r"[\"'`][^\"'`\n]*:has\(",
}
STYLE = {
    "container query": r"@container|container-type",
    "scope": r"@scope|@starting-style|@view-transition",
    "property": r"@property\b",
    "small viewport units": r"\d(?:dvh|svh|lvh|dvw|svw|lvw)\b",
    "single transforms": r"(?:^|[{;]\s*)(?:translate|rotate|scale)\s*:",
    "subgrid": r"\bsubgrid\b",
    "light-dark": r"\blight-dark\(|\bcolor\(",
    "anchors": r"\banchor\(|anchor-name|position-area",
    "ranges of media": r"@media[^{]*\b(?:width|height)\s*[<>]=?",
    "overflow: clip margins": r"overflow-clip-margin",
    "nesting mark": r"(?:^|[{;]\s*)&[\s.:>]",
    "mask without prefix": r"(?:^|[{;]\s*)mask(?:-image)?\s*:",
}
TEMPLATE = {
    "popover": r"\spopover(?:target)?[\s=>]",
    "inert": r"\sinert[\s=>]",
    "search element": r"<search\b",
    "exclusive details": r"<details[^>]*\sname=",
}


def faults(text: str, rules: dict[str, str]) -> list[str]:
    """What of a text a browser of the floor does not understand."""
    bare = re.sub(r"/\*.*?\*/|{#.*?#}", "", text, flags=re.DOTALL)
    return [name for name, pattern in rules.items() if re.search(pattern, bare, re.MULTILINE)]


def files(kind: str) -> list[Path]:
    found = sorted((ROOT / "tenfold").rglob(kind))
    return [path for path in found if "tests" not in path.parts]


@pytest.mark.parametrize(("kind", "rules"), [("*.js", SCRIPT), ("*.css", STYLE), ("*.html", TEMPLATE)])
def test_everything_shipped_is_understood(kind, rules):
    found = {str(path.relative_to(ROOT)): faults(path.read_text("utf-8"), rules) for path in files(kind)}
    assert {name: told for name, told in found.items() if told} == {}
    assert len(found) > 3


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        (SCRIPT, "const a = /(?<=x)y/"),
        (SCRIPT, "rows.toSorted()"),
        (SCRIPT, "class A { static { go() } }"),
        (SCRIPT, "Object.groupBy(rows, r => r.a)"),
        (SCRIPT, "document.querySelector('tr:has(td)')"),
        (SCRIPT, "panel.inert = true"),
        (STYLE, "@container (min-width: 1px) { p { margin: 0 } }"),
        (STYLE, "p { height: 100dvh; }"),
        (STYLE, "p { translate: 10px; }"),
        (STYLE, "@media (width >= 600px) { p { margin: 0 } }"),
        (STYLE, "p { color: light-dark(black, white); }"),
        (TEMPLATE, "<div popover>x</div>"),
        (TEMPLATE, "<search><input></search>"),
    ],
)
def test_what_is_too_new_is_seen(rules, text):
    assert faults(text, rules)


@pytest.mark.parametrize(
    ("rules", "text"),
    [
        (SCRIPT, "const a = rows.filter(r => r.navigation).map(r => r?.b ?? 1); // fine"),
        (STYLE, "p { transform: translate(1px); inset: 0; accent-color: red; }"),
        (TEMPLATE, '<details data-tf-popover="x"><summary>y</summary></details>'),
    ],
)
def test_what_the_floor_understands_is_let_be(rules, text):
    assert faults(text, rules) == []
