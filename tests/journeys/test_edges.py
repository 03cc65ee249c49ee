"""A county whose schools all lie on an edge: the command says what the second count says."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from openpyxl import Workbook

from tenfold.foundation.exchange import services
from tenfold.foundation.scope import as_system
from tests.support.fixtures import cast_client

from . import independent as second
from . import received
from .comparing import PERIOD, Compared, ask, told
from .comparing_pages import on_a_school

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

COUNTY, SCHOOLS, TRIED = "990100", 90, 6
TAUGHT = {"小学": ("小学",), "小学教学点": ("小学",), "初级中学": ("初中",), "九年一贯制学校": ("小学", "初中"),
          "完全中学": ("初中", "高中"), "十二年一贯制学校": ("小学", "初中", "高中")}  # fmt: skip
STAGE = {"小学": "primary", "初中": "junior"}
PUPILS = (1, 49, 50, 99, 100, 200, 400, 800, 1000, 1999, 2000, 2001, 2400, 2401, 2500, 2501)
BANDS = "25人及以下 26-30人 31-35人 36-40人 41-45人 46-50人 51-55人 56-60人 61-65人 66人及以上".split()
DIRECTORY = "学校(机构)标识码 学校名称 机构类别 管理隶属 所在县域 办学类型 城乡分类 公办/民办 寄宿制".split()
Row = dict[str, Any]


def around(dice: random.Random, wanted: Fraction) -> int:
    """Just at what is asked, one above or below it, or at 85 % of it."""
    edge = wanted * dice.choice((Fraction(1), Fraction(1), Fraction(85, 100)))
    return max(0, dice.choice((ceil(edge), floor(edge), ceil(edge) + 1, floor(edge) - 1, ceil(edge))))


def asked_of(item: str, stage: str, pupils: int) -> Fraction:
    """How much of an item so many pupils ask for."""
    return second.asked(item, stage) * pupils / second.SEVEN[item][2]


def invented(dice: random.Random, number: int) -> tuple[Row, dict[str, Row]]:
    """A school: its row of the directory, and of each sheet of its return."""
    kind = dice.choice(list(TAUGHT))
    code, name = f"99010{number:05}", f"边界{number}学校"
    settled, boarding = dice.choice(list(received.LOCALES)), dice.choice("是否")
    there = [code, name, "教学点" if kind == "小学教学点" else "学校", COUNTY, COUNTY, kind, settled,
             dice.choice(("公办", "公办", "民办")), boarding]  # fmt: skip
    head = {"学校(机构)标识码": code, "学校名称": name}
    sheets = {"学校": {**head, "寄宿制": boarding, "2010年前建成": "否", "2016年前建成": dice.choice("是否")}}
    pupils = {word: dice.choice(PUPILS) if kind != "小学教学点" else dice.choice((49, 50, 99)) for word in TAUGHT[kind]}
    for word, count in pupils.items():
        sheets[word] = head | a_stage(dice, word, count)
    first = next(iter(pupils))
    basis = {"pupils." + {**STAGE, "高中": "senior"}[word]: Fraction(n) for word, n in pupils.items()}
    part = second.share(basis, STAGE[first]) or Fraction(1)
    whole = {
        name: around(dice, asked_of(item, STAGE[first], pupils[first]) / part)
        for item, name in (("sports", "体育运动场馆面积（平方米）"), ("equipment", "教学仪器设备值（元）"),
                           ("rooms", "网络多媒体教室"), ("teaching", "教学及辅助用房（平方米）"))
    }  # fmt: skip
    classes = sum(
        sum(v for k, v in sheets[w].items() if "人" in k[2:] and k[2:] in BANDS) for w in pupils if w in STAGE
    )
    rooms = ceil(classes / 12)
    for word, sizes in (("音乐", (96, 73, 54, 61)), ("美术", (90, 67, 54, 61))):
        held = max(0, rooms + dice.choice((0, 0, 0, -1, 1)))
        whole[f"{word}专用教室"] = held
        whole[f"{word}专用教室面积（平方米）"] = (
            max(0, held * dice.choice(sizes) + dice.choice((0, 0, -1))) if held else 0
        )
    funds = dice.randint(100_000, 900_000)
    whole |= {
        "室内体育用房（平方米）": 0,
        "公用经费预算（元）": funds,
        "教师培训经费（元）": funds // dice.choice((20, 21)),
    }
    sheets["学校"] |= {name: value for name, value in whole.items() if dice.random() > 0.01}
    return dict(zip(DIRECTORY, there, strict=True)), sheets


def a_stage(dice: random.Random, word: str, pupils: int) -> Row:
    """What a stage of a school sends."""
    grade = {"小学": "小学一年级", "初中": "初中七年级", "高中": "高一年级"}[word]
    sizes = dict.fromkeys(BANDS, 0)
    for _each in range(max(1, pupils // 45)):
        sizes[dice.choice(BANDS[:5]) if dice.random() < 0.97 else dice.choice(BANDS[5:7])] += 1
    if pupils < 100:
        sizes = dict.fromkeys(BANDS, 0) | {dice.choice(BANDS[:3]): 3}
    found: Row = {f"{grade}在校生数": pupils, f"{grade}班数": sum(sizes.values())}
    found |= {f"{word}{band}": n for band, n in sizes.items()}
    stage = STAGE.get(word, "junior")
    good = around(dice, asked_of("qualified", stage, pupils))
    pe = around(dice, asked_of("pe_arts", stage, pupils))
    teachers = good + pe + 5
    eligible = teachers // 2
    moved = min(eligible, ceil(eligible / 10))
    found |= {
        f"{word}专任教师": teachers, f"{word}专科毕业": 0, f"{word}本科毕业": good, f"{word}研究生毕业": 0,
        f"{word}县级以上骨干教师": around(dice, asked_of("backbone", stage, pupils)),
        f"{word}体育专任教师": pe, f"{word}音乐专任教师": 0, f"{word}美术专任教师": 0, f"{word}艺术专任教师": 0,
        f"{word}持教师资格证": teachers - (dice.random() < 0.05), f"{word}五年达360学时": teachers,
        f"{word}符合交流条件": eligible, f"{word}交流轮岗": moved, f"{word}交流轮岗其中骨干": ceil(moved / 5),
        f"{word}随迁子女": pupils // 2 + dice.choice((0, 1)) if pupils > 1 else 0,
    }  # fmt: skip
    if word in STAGE:
        found |= {
            f"{word}片区内就近入学": pupils - (dice.random() < 0.03),
            f"{word}计入的走教、兼职体艺教师": dice.choice((0, 1)),
        }
    if word == "初中":
        found |= {"初中三年前招生数": 100, "初中毕业生数": dice.choice((95, 94, 96, 100)), "初中转入": 1, "初中转出": 1,
                  "初中死亡": dice.choice((0, 0, 1))}  # fmt: skip
    return {name: value for name, value in found.items() if name.endswith("在校生数") or dice.random() > 0.004}


def written(path: Path, sheets: dict[str, list[Row]]) -> Path:
    """An xlsx file with one row of headings; what is not told stays blank."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        heads = list(dict.fromkeys(name for row in rows for name in row))
        page.append(heads)
        for row in rows:
            page.append([row.get(name) for name in heads])
    book.save(path)
    return path


@pytest.fixture
def county(small_county: Any, few_indicators: None, tmp_path: Path) -> Iterator[list[second.School]]:
    """The county, imported; and as the second count reads it."""
    seed = int(os.environ.get("TENFOLD_TEST_SEED") or random.SystemRandom().randrange(10**6))
    print(f"TENFOLD_TEST_SEED={seed}")
    dice = random.Random(seed)
    there: list[Row] = []
    sent: dict[str, list[Row]] = {}
    for number in range(SCHOOLS):
        row, sheets = invented(dice, number)
        there.append(row)
        for title, line in sheets.items():
            sent.setdefault(title, []).append(line)
    files = {
        "organisations": written(tmp_path / "there.xlsx", {"机构": there}),
        "school-return": written(tmp_path / "sent.xlsx", sent),
    }
    with override_settings(TENFOLD={**settings.TENFOLD, "VAR": tmp_path}):
        with as_system("tests"):
            for kind, path in files.items():
                batch = services.receive([path.read_bytes()], path.name, kind, under=COUNTY, period=PERIOD)
                done = services.write(services.check(batch, ask=False), warnings_seen=True)
                assert done.counts["written"] >= SCHOOLS, done.counts
        yield received.joined(
            received.directory([files["organisations"]]), received.returns([files["school-return"]]), COUNTY
        )


def test_on_the_edges_both_counts_say_the_same(county: list[second.School], small_county: Any) -> None:
    found = Compared()
    parts = {stage: second.parts(county, stage) for stage in second.STAGES}
    told(found, COUNTY, county, [s.name for s in small_county.schools if s != small_county.primary_b])
    client = cast_client(small_county.city_officer)
    through = [p["code"] for p in parts["junior"] if p["share"] != 1 and p["state"] == "fail"]
    for code in through[:TRIED]:
        on_a_school(
            found, code, county, lambda words, code=code: ask(client, f"schools/{code}/", COUNTY, **words).decode()
        )
    edges = [
        part for stage in second.STAGES for part in parts[stage] for item, value in part["values"].items()
        if value in (second.asked(item, stage), second.asked(item, stage) * second.FLOOR)
    ]  # fmt: skip
    assert len(edges) > 20
    assert not found.faults, f"{len(found.faults)} of {found.count}\n" + "\n".join(found.faults[:25])
