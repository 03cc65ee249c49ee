"""Code lists of the country that people are described by, from ``standards/codes/*.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def relations() -> dict[str, str]:
    """家庭关系代码 (GB/T 4761): code → word."""
    return _list("gbt-4761")


def relation_word(code: str) -> str:
    """What a guardian is to the pupil, in the standard's word; '' for an unknown code."""
    return relations().get(code, "")


@cache
def relation_codes() -> dict[str, str]:
    """Words of a table → code: the standard's own words, those that schools write, and the codes themselves."""
    data = _file("gbt-4761")
    found = {word: code for code, word in data["codes"].items()}
    found |= {word: code for code, words in data["also"].items() for word in words}
    return found | {code: code for code in data["codes"]}


def _list(name: str) -> dict[str, str]:
    codes: dict[str, str] = _file(name)["codes"]
    return codes


def _file(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(settings.TENFOLD["STANDARDS"]) / "codes" / f"{name}.toml").read_text("utf-8"))
