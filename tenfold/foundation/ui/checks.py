"""What a template or a style sheet of this house may not hold; the tests of the house ask here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the packages."""

_TEMPLATE_FAULTS = (
    ("style attribute", re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE)),
    ("style element", re.compile(r"<style\b", re.IGNORECASE)),
    ("inline script", re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE)),
    ("inline handler", re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)),
    ("address of a script", re.compile(r"javascript:", re.IGNORECASE)),
    ("address elsewhere", re.compile(r"\s(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)),
    ("empty words of a link", re.compile(r"点击这里|click here", re.IGNORECASE)),
)
_CSS_FAULTS = (
    ("color-mix", re.compile(r"color-mix\s*\(")),
    ("oklch", re.compile(r"ok(?:lch|lab)\s*\(")),
    (":has", re.compile(r":has\s*\(")),
    ("nesting", re.compile(r"{[^{}@]*{")),
    ("address elsewhere", re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import")),
    ("more than two weights", re.compile(r"font-weight:(?!\s*(?:400|600|700|inherit)\b)")),
    ("italics", re.compile(r"font-style:\s*(?:italic|oblique)")),
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(?:rgba?|hsla?)\(")
_NAMED = re.compile(r":\s*(?:[^;]*\s)?(?:white|black|red|green|blue|gr[ae]y|orange|yellow)\s*[;}]")
_TAG = re.compile(r"{%.*?%}", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\btf-[a-z0-9_-]+(?![a-z0-9_{-])")


def templates() -> Iterator[Path]:
    """Every template of the house."""
    return (path for path in sorted(ROOT.rglob("templates/**/*.html")))


def style_sheets() -> Iterator[Path]:
    """Every style sheet of the house."""
    return (path for path in sorted(ROOT.rglob("static/**/*.css")))


def template_faults(text: str) -> list[str]:
    """What a template holds that the policy of content refuses or the look forbids."""
    bare = _TAG.sub("", text)
    return [name for name, pattern in _TEMPLATE_FAULTS if pattern.search(bare)]


def style_faults(text: str, *, tokens: bool = False) -> list[str]:
    """What a style sheet holds that the oldest browsers or the look do not bear; colours stand in the tokens alone."""
    text = _COMMENT.sub("", text)
    found = [
        name for name, pattern in _CSS_FAULTS if pattern.search(_without_media(text) if name == "nesting" else text)
    ]
    if not tokens and (_COLOUR.search(text) or _NAMED.search(text)):
        found.append("colour outside the tokens")
    return found


def _without_media(text: str) -> str:
    return re.sub(r"@(?:media|supports|page|keyframes)[^{]*{", "@", text)


def defined_classes() -> set[str]:
    """Every ``tf-`` class that a style sheet of the house names."""
    return {name for path in style_sheets() for name in re.findall(r"\.(tf-[a-z0-9_-]+)", path.read_text("utf-8"))}


def used_classes(text: str) -> set[str]:
    """The whole ``tf-`` classes of a template's class attributes; those put together by a variable are left out."""
    found: set[str] = set()
    for words in re.findall(r'class="([^"]*(?:{%[^%]*%}[^"]*)*)"', text):
        words = re.sub(r"{%.*?%}", " ", words)
        found.update(_CLASS.findall(re.sub(r"\S*{{.*?}}\S*", " ", words)))
    return found
