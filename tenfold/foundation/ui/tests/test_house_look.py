"""The rules of the look that hold for every template and style sheet of the house."""

from __future__ import annotations

import pytest

from tenfold.foundation.ui import checks

PLANTED_IN_TEMPLATES = {
    '<p style="color:red">': "style attribute",
    "<style>p{}</style>": "style element",
    "<script>alert(1)</script>": "inline script",
    '<button onclick="go()">': "inline handler",
    '<a href="javascript:go()">': "address of a script",
    '<img src="//elsewhere.example/x.png">': "address elsewhere",
    "<a href='/x'>点击这里</a>": "empty words of a link",
}
PLANTED_IN_SHEETS = {
    "p { color: color-mix(in srgb, var(--a), var(--b)); }": "color-mix",
    "p { color: oklch(50% 0 0); }": "oklch",
    "p:has(a) { margin: 0; }": ":has",
    "p { a { margin: 0; } }": "nesting",
    '@import "x.css";': "address elsewhere",
    "p { font-weight: 500; }": "more than two weights",
    "p { font-style: italic; }": "italics",
    "p { color: #fff; }": "colour outside the tokens",
    "p { border: 1px solid rgba(0, 0, 0, 0.1); }": "colour outside the tokens",
    "p { background: white; }": "colour outside the tokens",
}


@pytest.mark.parametrize("path", list(checks.templates()), ids=lambda p: str(p.relative_to(checks.ROOT)))
def test_no_template_breaks_the_policy_of_content(path):
    assert checks.template_faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", list(checks.style_sheets()), ids=lambda p: str(p.relative_to(checks.ROOT)))
def test_every_style_sheet_keeps_to_the_floor_and_to_the_tokens(path):
    assert checks.style_faults(path.read_text("utf-8"), tokens=path.name == "tokens.css") == []


@pytest.mark.parametrize("path", list(checks.templates()), ids=lambda p: str(p.relative_to(checks.ROOT)))
def test_every_class_of_a_template_is_drawn_by_some_style_sheet(path):
    assert checks.used_classes(path.read_text("utf-8")) - checks.defined_classes() == set()


@pytest.mark.parametrize(("text", "fault"), PLANTED_IN_TEMPLATES.items())
def test_a_planted_fault_in_a_template_is_seen(text, fault):
    assert checks.template_faults(text) == [fault]


@pytest.mark.parametrize(("text", "fault"), PLANTED_IN_SHEETS.items())
def test_a_planted_fault_in_a_style_sheet_is_seen(text, fault):
    assert checks.style_faults(text) == [fault]


def test_a_style_sheet_of_media_rules_is_not_taken_for_nesting():
    assert checks.style_faults("@media print { p { margin: 0; } a { margin: 0; } }") == []


def test_a_class_that_nobody_draws_is_seen():
    found = checks.used_classes('<p class="tf-nowhere{% if a %} tf-also{% endif %} tf-{{ part }}">')
    assert found == {"tf-nowhere", "tf-also"}
