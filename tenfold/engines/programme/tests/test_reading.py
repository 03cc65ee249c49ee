"""A programme's file: what it says, and every fault named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tenfold.engines.programme.lines import line_of, lines_of
from tenfold.engines.programme.reading import ProgrammeFault, check, read
from tenfold.engines.programme.words import Counted
from tenfold.foundation.declare import house

FILE = Path(__file__).parents[4] / "programmes" / "xianning-2023.toml"
TEXT = FILE.read_text("utf-8")

TITLES = (
    ("civics", "思政一体化", "大中小学思政课一体化建设行动", "纽带"),
    ("alliances", "教联体", "县域教联体扩面提质行动", "重点"),
    ("vocational", "职教体系", "现代职业教育体系建设行动", "牵引"),
    ("teachers", "强师行动", "新时代强师共同行动", "抓手"),
    ("research", "教科研", "教科研提振行动", "引领"),
    ("inspection", "教育督导", "教育督导能力提升行动", "保障"),
    ("digital", "数字教育", "教育数字化战略行动", "动力"),
    ("families", "家校社协同", "家校社协同育人行动", "依托"),
    ("reform", "综合改革", "教育领域综合改革行动", "驱动"),
    ("conduct", "作风转变", "“大学习、大反思、大整顿、大提升”行动", "载体"),
)
"""Room, menu word, official title and role, to the character."""

THREADS = (3, 6, 5, 3, 3, 4, 5, 6, 3, 3)

TERMS = (
    "加强党对教育工作的全面领导",
    "党的二十大精神进教材、进课堂、进头脑",
    "扩面",
    "提质",
    "选修课程",
    "优势学科",
    "特色高中",
    "多样化成长成才路径",
    "职普融通",
    "产教融合",
    "专业结构",
    "政校行企",
    "“四有”教师",
    "多位一体",
    "双提升",
    "咸宁方案",
    "市督学聘任管理办法",
    "优秀督学",
    "全覆盖",
    "常态化应用",
    "教学管评测",
    "共同缔造美好教育",
    "爱国主义读书、经典诵读、诵读写",
    "“三防”教育",
    "心理健康",
    "体教融合",
    "咸宁教育十条",
    "《关于深化教育教学改革，加强中小学管理的若干措施》",
    "办学活力",
    "大学习、大反思、大整顿、大提升",
    "群众最关心最直接最现实的问题",
)
"""Fixed terms among the threads' names, to the character."""


def fault_of(text: str) -> ProgrammeFault:
    """What reading (and checking against the house) says of a text."""
    with pytest.raises(ProgrammeFault) as caught:
        check("x.toml", text, read("x.toml", text), house().rooms, house().indicators)
    return caught.value


def line(text: str, part: str) -> int:
    """The line on which a part of the text first stands."""
    return text[: text.index(part)].count("\n") + 1


def test_the_ten_actions_to_the_character() -> None:
    found = read(FILE.name, TEXT)
    assert tuple((a.room, a.menu, a.name, a.role) for a in found.actions) == TITLES
    assert tuple(len(a.threads) for a in found.actions) == THREADS
    assert [a.number for a in found.actions] == list(range(1, 11))


def test_the_fixed_terms_to_the_character() -> None:
    names = {thread.name for thread in read(FILE.name, TEXT).threads}
    assert set(TERMS) <= names


def test_the_twelve_works_beside() -> None:
    found = read(FILE.name, TEXT)
    assert [work.number for work in found.beside] == [f"B{n}" for n in range(1, 13)]
    names = {work.name for work in found.beside}
    assert {"食堂服务保障专项整治", "防溺水", "向金华学习", "双减中的科学教育加法"} <= names


def test_the_rooms_carry_the_same_official_titles() -> None:
    with translation.override("zh-hans"):
        told = [(code, str(room.menu), str(room.title)) for code, room in house().rooms.items()]
    assert told == [(code, menu, title) for code, menu, title, _role in TITLES]


def test_the_reader_s_language_chooses() -> None:
    action = read(FILE.name, TEXT).actions[1]
    with translation.override("zh-hans"):
        assert (action.title, action.threads[0].title, action.threads[0].note) == (
            "县域教联体扩面提质行动",
            "扩面",
            "更多学校进入教联体",
        )
    with translation.override("en"):
        assert (action.threads[0].title, action.threads[0].note) == ("More schools in alliances", "")


def test_a_split_stands_after_a_blank() -> None:
    text = TEXT.replace("indicators = []", 'indicators = ["a.b", "a.c stage=primary"]', 1)
    assert read("x.toml", text).threads[0].indicators == (Counted("a.b"), Counted("a.c", "stage=primary"))


@pytest.mark.parametrize(
    ("before", "after", "at", "said"),
    [
        ('menu = "教联体"\n', "", 'number = 2\nname', "“menu”"),
        ('menu = "教联体"', 'menu = ""', 'menu = ""', "“menu”"),
        ('number = 3\n', "number = 4\n", 'number = 4\nname = "现代', "4"),
        ('number = "2.3"', 'number = "2.4"', 'number = "2.4"', "2.4"),
        ('room = "families"', 'room = "family"', 'room = "family"', "“family”"),
        ('hint = "推动政府', 'hints = "推动政府', 'hints = "', "“hints”"),
        ('where = "safety"', 'where = "canteens"', 'where = "canteens"', "“canteens”"),
        ('number = 7\n', 'number = "7"\n', 'number = "7"', "“number”"),
        ('["vocational.share"', '["alliances.equipment"', '["alliances.equip', "“alliances.equipment”"),
        ('["vocational.share"', '["vocational.share stage=senior"', 'stage=senior', "“vocational.share”"),
        ('indicators = []', 'indicators = ["no.such_thing"]', 'indicators = ["no', "“no.such_thing”"),
        ('indicators = []', 'indicators = ["Holdings pupils"]', 'indicators = ["Hol', "“Holdings pupils”"),
        ('room = "civics"', 'room = "civics"\nheadline = "a.b"', 'headline = "a.b"', "“a.b”"),
        ('year = "2023"', "year = 2023", "year = 2023", "“year”"),
        ("[programme]", "[program]", "[program]", "“program”"),
        ('menu = "教联体"', 'menu = "教联体', 'menu = "教联体', "TOML"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line(before: str, after: str, at: str, said: str) -> None:
    assert before in TEXT
    text = TEXT.replace(before, after, 1)
    fault = fault_of(text)
    start = line(text, at)
    allowed = {start, start - 1} if after == "" else {start}
    assert fault.line in allowed, str(fault)
    assert said in fault.text
    assert str(fault).count("\n") == 0
    assert "x.toml" in str(fault)
    assert str(fault.line) in str(fault)


def test_a_fault_speaks_the_reader_s_language() -> None:
    text = TEXT.replace('room = "families"', 'room = "family"')
    with translation.override("zh-hans"):
        assert str(fault_of(text)) == f"x.toml第{line(text, 'family')}行：没有“family”这个行动页面"
    with translation.override("en"):
        assert str(fault_of(text)) == f"x.toml, line {line(text, 'family')}: there is no room “family”"


@given(st.lists(st.integers(0, 3), max_size=8), st.integers(0, 3))
def test_lines_are_found_whatever_stands_between(threads: list[int], blank: int) -> None:
    gap = "\n" * blank
    text, due = "", {}
    for n, count in enumerate(threads):
        text += f"[[action]]\n{gap}name = 1\n"
        due["action", n, "name"] = text.count("\n")
        for m in range(count):
            text += f"# note\n[[action.thread]]\n{gap}name = 2 # name = 3\n"
            due["action", n, "thread", m, "name"] = text.count("\n")
    found = lines_of(text)
    assert {path: found[path] for path in due} == due
    assert all(line_of(found, (*path, "more", 0)) == number for path, number in due.items())
    assert line_of(found, ("nowhere",)) == 1
