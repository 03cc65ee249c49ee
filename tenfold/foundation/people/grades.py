"""What schools write for a grade and a class: 三年级, 小学2021级, 七年级, 初二, 高一, 2021级3班."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_STAGES = (
    ("kindergarten", ("幼儿园", "学前", "kindergarten")),
    ("primary", ("小学", "primary")),
    ("junior", ("初中", "初级中学", "初", "junior")),
    ("senior", ("普通高中", "高中", "高", "senior")),
    ("vocational", ("中职", "职高", "中专", "vocational")),
    ("special", ("特教", "特殊教育", "special")),
)
_FIRST = {"primary": 1, "junior": 7, "senior": 10}
_LENGTH = {"kindergarten": 3, "primary": 6, "junior": 3, "senior": 3, "vocational": 3, "special": 9}
_OF_TYPE = {"111": "kindergarten", "211": "primary", "218": "primary", "311": "junior", "342": "senior"}
_SMALL = {"小": 1, "中": 2, "大": 3}


def grade_in(text: str, school_type: str, year: int) -> tuple[str, int] | None:
    """Stage and grade (1 to 12 through school, 1 to 3 elsewhere) of a text; None where it tells neither.

    ``year`` is that in which the school year begins: a cohort such as 2021级 counts from it.
    """
    plain = re.sub(r"\s", "", str(text)).lower()
    if found := re.fullmatch(r"(?:幼儿园)?([小中大])班?", plain):
        return "kindergarten", _SMALL[found[1]]
    stage = next((code for code, words in _STAGES if plain.startswith(words)), "")
    if cohort := re.search(r"(20\d\d)[级年]?", plain):
        stage = stage or _OF_TYPE.get(school_type, "")
        return _placed(stage, year - int(cohort[1]) + 1) if stage else None
    number = _number(plain)
    if number is None:
        return None
    if not stage:
        stage = next((s for s, first in _FIRST.items() if first <= number < first + _LENGTH[s]), "")
        return (stage, number) if stage else None
    first = _FIRST.get(stage, 1)
    return (stage, number) if first <= number < first + _LENGTH[stage] else _placed(stage, number)


def _placed(stage: str, within: int) -> tuple[str, int] | None:
    """The grade by its place within the stage: the second of 初中 is 8."""
    return (stage, _FIRST.get(stage, 1) + within - 1) if 1 <= within <= _LENGTH[stage] else None


def _number(text: str) -> int | None:
    if found := re.search(r"\d{1,2}", text):
        return int(found[0])
    if found := re.search(r"十?[一二三四五六七八九]|十", text):
        return (10 if "十" in found[0] else 0) + _DIGITS.index(found[0][-1]) if found[0] != "十" else 10
    return None


def class_in(text: str) -> int | None:
    """The number of a class: the last number before 班, or alone; None where there is none."""
    plain = re.sub(r"[\s()（）]", "", str(text))
    found = re.findall(r"\d{1,3}(?=班)|(?<!\d)\d{1,3}$", plain)
    if found:
        return int(found[-1])
    words = re.search(r"十?[一二三四五六七八九]班|十班", plain)
    return _number(words[0]) if words else None
