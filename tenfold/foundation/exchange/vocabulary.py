"""Which field a heading means: codes, titles, synonyms, stages and grades, units in brackets.

An *address* says where a value belongs: ``name``, ``teachers.junior``, ``pupils.primary.3``; a field
that is kept by stage but stands in the file without one (``teachers``) is of the whole school.
Grades count through: 1-6 primary, 7-9 junior, 10-12 senior; kindergarten, vocational and special
schools count their own from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from tenfold.foundation.declare.words import Field

from .numbers import chinese_number, tidy

STAGES = ("kindergarten", "primary", "junior", "senior", "vocational", "special")
FIRST_GRADE = {"junior": 7, "senior": 10}
_STAGE_WORDS = (
    ("kindergarten", ("幼儿园", "学前教育", "学前", "幼儿")),
    ("vocational", ("中等职业学校", "中等职业", "中职", "职业高中", "职高")),
    ("primary", ("普通小学", "小学部", "小学阶段", "小学")),
    ("junior", ("普通初中", "初级中学", "初中部", "初中阶段", "初中")),
    ("senior", ("普通高中", "高中部", "高中阶段", "高中")),
    ("special", ("特殊教育学校", "特殊教育", "特教")),
)
_STAGE_ENGLISH = {
    "kindergarten": "kindergarten", "preschool": "kindergarten", "preprimary": "kindergarten",
    "primary school": "primary", "junior secondary": "junior", "senior secondary": "senior",
    "secondary vocational": "vocational",
    "primary": "primary", "elementary": "primary", "junior": "junior", "lower secondary": "junior",
    "junior high": "junior", "senior": "senior", "upper secondary": "senior", "senior high": "senior",
    "vocational": "vocational", "special education": "special", "special": "special",
}  # fmt: skip
_UNITS = {
    "元": ("元", "人民币元", "yuan", "rmb", "cny"), "千元": ("千元", "thousandyuan"),
    "万元": ("万元", "10000yuan", "10kyuan"), "亿元": ("亿元",),
    "平方米": ("平方米", "平米", "㎡", "m2", "m²", "sqm", "squaremetres", "squaremeters"), "亩": ("亩", "mu"),
    "公顷": ("公顷", "ha", "hectares"), "人": ("人", "名", "位", "人次", "persons", "people", "pupils"),
    "个": ("个", "班", "间", "所", "台", "套", "册", "本", "rooms", "classes", "units", "copies"),
    "%": ("%", "百分比"), "是/否": ("是/否", "是否", "是1否0", "yes/no"),
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
FACTORS = {
    "元": (1, 1), "千元": (1000, 1), "万元": (10_000, 1), "亿元": (100_000_000, 1),
    "平方米": (1, 1), "亩": (2000, 3), "公顷": (10_000, 1),
}  # fmt: skip
"""Units of money in yuan and of area in square metres, as (numerator, denominator)."""
_GROUPS = frozenset(
    "学校 基本信息 基本情况 学校基本信息 学校基本情况 学生 学生情况 在校生 教师 教师情况 教职工情况 师资 师资队伍 "
    "专任教师情况 班级 班级情况 班额 办学条件 校舍 校舍情况 用房 场馆 设备 设施设备 信息化 经费 经费情况 单位信息 "
    "individual school pupils teachers rooms equipment funds classes".split()
)
_SUMS = frozenset("合计 小计 总计 计 总数 全校 total sum all".split())
_FILLERS = re.compile(r"其中|总人数|人数|总数|数量|情况|的|数$|number of|no of|count of")


@dataclass(frozen=True)
class Match:
    """A heading's meaning. ``basis``: code, title, synonym, saved, mapping, confirmed, likely (to be confirmed)."""

    address: str
    field: Field
    basis: str
    unit: str = ""
    stage: str = ""
    grade: int | None = None

    @property
    def certain(self) -> bool:
        """True unless a person must confirm it."""
        return self.basis != "likely"


@dataclass(frozen=True)
class Heading:
    """What stands above a column: its parts from the upper row to the lower, without repeats."""

    column: int
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The parts joined as people write them: ``专任教师/其中女``."""
        return "/".join(self.parts)


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A heading without what people write differently: width, case, blanks, punctuation, brackets."""
    text = tidy(text).lower().replace("≤", "le").replace("≥", "ge").replace("<", "lt").replace(">", "gt")
    text = re.sub(r"(?<=\d)\s*[-~至到]\s*(?=\d)", "到", text)
    return re.sub(r"[\W_]+", "", text).replace("老师", "教师")


@lru_cache(maxsize=8192)
def loose(text: str) -> str:
    """A normal form that also drops fillers (其中, 数, 人数 …)."""
    words = re.sub(r"[_\W]+", " ", tidy(text).lower())
    return normal(_FILLERS.sub("", _FILLERS.sub("", words))) or normal(text)


@lru_cache(maxsize=8192)
def split_unit(text: str) -> tuple[str, str]:
    """A heading and the unit that stands in its brackets or after a stroke: ``设备值（万元）`` → 设备值, 万元."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", tidy(text))
    for pattern in (r"[(\[【]\s*(?:单位[::]?)?\s*([^()\[\]【】]+?)\s*[)\]】]", r"[/,，:：]\s*([^/]+?)\s*$"):
        for match in re.finditer(pattern, text):
            unit = _UNIT_OF.get(re.sub(r"\s", "", match[1]).lower())
            if unit:
                return (text[: match.start()] + text[match.end() :]).strip(), unit
    return text, ""


def unit_in_note(text: str) -> str:
    """The unit of money or area that a note above a table states (``单位：万元``), or an empty text."""
    match = re.search(r"单位\s*[::]\s*([^\s,，、;；)]+)", tidy(text))
    unit = _UNIT_OF.get(match[1].lower(), "") if match else ""
    return unit if unit in FACTORS else ""


@lru_cache(maxsize=8192)
def split_stage(text: str, *, graded: bool = True) -> tuple[str, str, int | None]:
    """A heading's text without its words of stage and grade, the stage (or empty) and the grade (or None).

    ``graded`` False leaves words of a grade where they are: 三年前初一招生 is the name of a figure.
    """
    rest, stage, grade = _grade(tidy(text)) if graded else (tidy(text), "", None)
    for code, words in _STAGE_WORDS:
        for word in words:
            if word in rest:
                rest = rest.replace(word, "", 1)
                if grade is not None and grade <= 3 and code in FIRST_GRADE:
                    grade += FIRST_GRADE[code] - 1
                return rest, code, grade
    spaced = re.sub(r"[_\W]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", rest)).lower().strip()
    for word in sorted(_STAGE_ENGLISH, key=len, reverse=True):
        if re.search(rf"\b{word}\b", spaced):
            return re.sub(rf"\b{word}\b", " ", spaced).strip(), _STAGE_ENGLISH[word], grade
    return rest, stage, grade


def _grade(text: str) -> tuple[str, str, int | None]:
    if match := re.search(r"([初高])([一二三123])(?:年级|(?!中))", text):
        stage = "junior" if match[1] == "初" else "senior"
        number = chinese_number(match[2]) or int(match[2])
        return text.replace(match[0], "", 1), stage, FIRST_GRADE[stage] - 1 + number
    if match := re.search(r"([一二三四五六七八九]|十[一二]?|1[0-2]|[1-9])年级", text):
        number = int(match[1]) if match[1].isdigit() else (chinese_number(match[1]) or 0)
        return text.replace(match[0], "", 1), _stage_of_grade(number), number
    if match := re.search(r"(?i)\b(?:grade|g)[ _.]?(1[0-2]|[1-9])\b", text):
        return text.replace(match[0], " ", 1), _stage_of_grade(int(match[1])), int(match[1])
    if match := re.search(r"(小|中|大)班(?!额|级|数)", text):
        return text.replace(match[0], "", 1), "kindergarten", "小中大".index(match[1]) + 1
    return text, "", None


def _stage_of_grade(grade: int) -> str:
    return "primary" if grade <= 6 else "junior" if grade <= 9 else "senior"


MET = 5000
"""How many headings a vocabulary keeps the meaning of."""


class Vocabulary:
    """The words by which the fields of a kind of import are known."""

    def __init__(self, fields: Iterable[Field], titles: Mapping[str, Sequence[str]] | None = None) -> None:
        """``titles``: further titles by field code (those of the other languages)."""
        self.fields = {field.code: field for field in fields}
        self._titles = titles or {}
        self._exact: dict[str, tuple[Field, str]] = {}
        self._loose: dict[str, Field | None] = {}
        self._asked: dict[tuple[str, ...], Match | None] = {}
        for field in self.fields.values():
            for basis, words in self._words(field):
                for word in words:
                    self._exact.setdefault(normal(word), (field, basis))
        for field in self.fields.values():
            for _basis, words in self._words(field):
                for word in words:
                    held = self._loose.setdefault(loose(word), field)
                    if held is not field:
                        self._loose[loose(word)] = None

    def _words(self, field: Field) -> list[tuple[str, Sequence[str]]]:
        titles = [str(field.title), *self._titles.get(field.code, ())]
        named = [*titles, *(split_unit(title)[0] for title in titles)]
        return [("code", [field.code]), ("title", named), ("synonym", field.synonyms)]

    def at(self, address: str) -> Match | None:
        """The meaning of an address itself, as mappings and templates write it; None where there is none."""
        code, *rest = address.strip().split(".")
        field = self.fields.get(code)
        if field is None or len(rest) > 2:
            return None
        stage = rest[0] if rest else ""
        grade = int(rest[1]) if len(rest) == 2 and rest[1].isdigit() else None
        if (stage and stage not in STAGES) or (len(rest) == 2 and grade is None):
            return None
        return self._located(field, stage, grade, "code", "")

    def match(self, heading: Heading, before: str = "", *, alike: bool = False) -> Match | None:
        """What a heading means, or None.

        ``before``: the text of the column to the left, for a bare 其中：女. ``alike``: also offer fields whose
        words differ in a sign or two (slow).
        """
        if len(heading.parts) == 1 and (found := self.at(heading.parts[0].lower())):
            return found
        unit = ""
        parts = []
        for part in heading.parts:
            part, stated = split_unit(part)
            unit = stated or unit
            parts.append(part)
        if len(parts) == 1 and before and re.match(r"其中|of which", parts[0]):
            parts = [split_unit(before)[0], *parts]
        found = self._matched(parts, alike=True) if alike else self._met(tuple(parts))
        return replace(found, unit=unit) if found and unit else found

    def _met(self, parts: tuple[str, ...]) -> Match | None:
        """The meaning of some words, kept for the next sheet and row in which they stand."""
        if parts not in self._asked:
            if len(self._asked) >= MET:
                self._asked.clear()
            self._asked[parts] = self._matched(list(parts), alike=False)
        return self._asked[parts]

    def _matched(self, parts: list[str], *, alike: bool) -> Match | None:
        field, basis = self._look_up("".join(parts))
        if field is not None:
            return self._located(field, "", None, basis, "")
        if named := self._with_stage(parts):
            return named
        stage, grade, rest = "", None, []
        for part in parts:
            left, found_stage, found_grade = split_stage(part)
            if stage and found_stage and found_stage != stage:
                return None
            stage, grade = found_stage or stage, grade if found_grade is None else found_grade
            if normal(left):
                rest.append(left)
        while len(rest) > 1 and normal(rest[-1]) in _SUMS:
            rest.pop()
        rest = [part for part in rest if normal(part) not in _SUMS] or rest
        return self._by_suffix(rest, stage, grade) or (self._alike("".join(rest), stage, grade) if alike else None)

    def _with_stage(self, parts: list[str]) -> Match | None:
        """A field's whole name after its stage alone, so that a word of a grade within the name stays there."""
        split = [split_stage(part, graded=False) for part in parts]
        stages = {stage for _rest, stage, _grade in split if stage}
        field, basis = self._look_up("".join(rest for rest, _stage, _grade in split))
        if field is None or len(stages) != 1:
            return None
        return self._located(field, stages.pop(), None, basis, "")

    def _by_suffix(self, rest: list[str], stage: str, grade: int | None) -> Match | None:
        for start in range(len(rest)):
            field, basis = self._look_up("".join(rest[start:]))
            if field is None:
                continue
            for part in rest[:start]:
                if self._harmless(part, field):
                    continue
                if self._look_up(part)[0] is not None:
                    return None
                basis = "likely"
            return self._located(field, stage, grade, basis, "")
        return None

    def _alike(self, text: str, stage: str, grade: int | None) -> Match | None:
        """A field whose words differ in a sign or two; a person must confirm it."""
        near = get_close_matches(normal(text), self._exact, n=1, cutoff=0.84) if len(normal(text)) >= 4 else []
        return self._located(self._exact[near[0]][0], stage, grade, "likely", "") if near else None

    def _look_up(self, text: str) -> tuple[Field | None, str]:
        if hit := self._exact.get(normal(text)):
            return hit
        found = self._loose.get(loose(text))
        return found, "synonym"

    def _harmless(self, part: str, field: Field) -> bool:
        """A heading above that adds nothing: a group's name, or the whole of which ``field`` is a part."""
        if normal(part) in _GROUPS:
            return True
        above, _basis = self._look_up(part)
        return above is not None and above.code.split("_")[0] == field.code.split("_")[0]

    @staticmethod
    def _located(field: Field, stage: str, grade: int | None, basis: str, unit: str) -> Match | None:
        if (stage and field.level == "S") or (grade is not None and field.level != "G"):
            return None
        address = ".".join([field.code, *([stage] if stage else []), *([str(grade)] if grade is not None else [])])
        return Match(address, field, basis, unit, stage, grade)

    def match_all(self, headings: Sequence[Heading], *, alike: bool = False) -> dict[int, Match]:
        """The meaning of every column that has one, by column."""
        found: dict[int, Match] = {}
        before = ""
        for heading in headings:
            if not heading.parts:
                continue
            match = self.match(heading, before, alike=alike)
            if match:
                found[heading.column] = match
            if not re.match(r"其中|of which", heading.parts[-1]):
                before = "".join(heading.parts)
        return found
