"""What counties and one municipality send, read without the product: schools as plain dictionaries."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from .independent import School

STAGE_WORDS = {"幼儿园": "kindergarten", "小学": "primary", "初中": "junior", "高中": "senior", "中职": "vocational",
               "特教": "special"}  # fmt: skip
FIELDS = {
    "在校生数": "pupils", "随迁子女": "pupils_migrant", "片区内就近入学": "pupils_in_zone", "班数": "classes",
    "专任教师": "teachers", "专科毕业": "teachers_specialist", "本科毕业": "teachers_bachelor",
    "研究生毕业": "teachers_postgraduate", "县级以上骨干教师": "teachers_backbone", "体育专任教师": "teachers_pe",
    "音乐专任教师": "teachers_music", "美术专任教师": "teachers_art", "艺术专任教师": "teachers_arts",
    "持教师资格证": "teachers_certified", "五年达360学时": "teachers_360h", "符合交流条件": "teachers_eligible",
    "交流轮岗": "teachers_moved", "交流轮岗其中骨干": "teachers_moved_backbone",
    "计入的走教、兼职体艺教师": "shared_pe_arts", "教学及辅助用房": "area_teaching",
    "室内体育用房": "area_indoor_sports", "体育运动场馆面积": "area_sports", "教学仪器设备值": "equipment_value",
    "网络多媒体教室": "network_rooms", "音乐专用教室": "music_rooms", "音乐专用教室面积": "music_area",
    "美术专用教室": "art_rooms", "美术专用教室面积": "art_area", "公用经费预算": "funds_budget",
    "教师培训经费": "training_spent", "三年前招生数": "intake_g7", "毕业生数": "graduates_g9", "转入": "transfers_in",
    "转出": "transfers_out", "死亡": "deaths", "2010年前建成": "built_by_2010", "2016年前建成": "built_by_2016",
    "寄宿制": "boarding", "图书": "books", "教学用计算机": "computers",
}  # fmt: skip
TYPES = {"小学": "211", "小学教学点": "218", "初级中学": "311", "九年一贯制学校": "312", "完全中学": "341",
         "十二年一贯制学校": "345"}  # fmt: skip
LOCALES = {"主城区": "111", "城乡结合区": "112", "镇中心区": "121", "镇乡结合区": "122", "特殊区域": "123",
           "乡中心区": "210", "村庄": "220"}  # fmt: skip
HEADING = re.compile(
    r"(?P<stage>幼儿园|小学|初中|高中|中职|特教|(?=高[一二三]))?(?:高?[一二三四五六七八九]年级|[小中大]班(?!数))?"
    r"(?P<word>[^（]+)(?P<unit>（.*）)?$"
)
SIZE = re.compile(r"(\d+)(?:-(\d+))?人(及以下|及以上)?$")


def field_of(heading: str) -> tuple[str, int] | None:
    """``field.stage`` of a column, and by what its numbers are multiplied; none for what is not needed."""
    found = HEADING.match(heading)
    if not found:
        return None
    stage = STAGE_WORDS.get(found["stage"] or "高中" if found["stage"] is not None else "", "")
    name = FIELDS.get(found["word"])
    if size := SIZE.match(found["word"]):
        low, high, open_end = size.groups()
        name = f"classes_{low}_{high}" if high else f"classes_{'le' if open_end == '及以下' else 'ge'}{low}"
    if not name:
        return None
    return (f"{name}.{stage}" if stage else name), 10_000 if found["unit"] == "（万元）" else 1


def table(path: Path) -> Iterable[tuple[list[str], list[list[Any]]]]:
    """Heads and rows of every sheet: what lies between the row that begins with the code and the totals."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        head = next(i for i, row in enumerate(rows) if row[0] == "学校(机构)标识码")
        yield [str(cell) for cell in rows[head]], [row for row in rows[head + 1 :] if row[0]]


def returns(paths: Iterable[Path]) -> dict[str, School]:
    """What the schools sent, by their codes; the grades of a stage are added up."""
    found: dict[str, School] = {}
    for path in paths:
        for head, rows in table(path):
            columns = [field_of(word) for word in head]
            for row in rows:
                school = found.setdefault(str(row[0]), {"code": str(row[0]), "name": row[1]})
                for column, cell in zip(columns, row, strict=True):
                    if column and cell != "":
                        _take(school, *column, cell)
    return found


def _take(school: School, field: str, times: int, cell: Any) -> None:
    if cell in ("是", "否"):
        school[field] = cell == "是"
    else:
        school[field] = school.get(field, Fraction(0)) + Fraction(str(cell)) * times


def directory(paths: Iterable[Path]) -> dict[str, School]:
    """The schools of the directory: type, setting, owner and county, through whatever office stands between."""
    rows = [dict(zip(head, row, strict=True)) for path in paths for head, rows in table(path) for row in rows]
    above = {str(row["学校(机构)标识码"]): str(row["管理隶属"]) for row in rows}

    def chain(code: str) -> list[str]:
        """The codes above a school, the nearest first."""
        return [above[code], *chain(above[code])] if code in above else []

    found = {}
    for row in rows:
        code = str(row["学校(机构)标识码"])
        county = str(row.get("所在县域") or above[code])
        found[code] = {
            "type": TYPES.get(str(row["办学类型"]), ""),
            "locale": LOCALES.get(str(row["城乡分类"]), ""),
            "sector": "private" if row["公办/民办"] == "民办" else "public",
            "boarding": row["寄宿制"] == "是",
            "county": above.get(county, county),
            "name": str(row["学校名称"]),
            "run_by": chain(code)[-1],
        }
    return found


def joined(known: dict[str, School], sent: dict[str, School], county: str) -> list[School]:
    """The schools of a county with what they sent."""
    return [{**known[code], **school} for code, school in sent.items() if known[code]["county"] == county]


def rio_claro(path: Path) -> list[School]:
    """The convention: active public schools; what is given for the whole school stands over all its regular pupils."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["TP_SITUACAO_FUNCIONAMENTO"] == "1"]
    return [
        {
            "code": row["CO_ENTIDADE"],
            "pupils.primary": Fraction(row["students_primary"]),
            "pupils.junior": Fraction(row["students_lower_sec"]),
            "pupils.senior": Fraction(row["students_upper_sec"]),
            "pupils.all": Fraction(row["students_in_regular_classes"]),
            "pe_arts": Fraction(row["teachers_of_PE"]) + Fraction(row["teachers_of_arts"]),
            "graduates": Fraction(row["teachers_bachelor"]) + Fraction(row["teachers_master_or_doctor"]),
            "rooms": Fraction(row["NU_EQUIP_MULTIMIDIA"]) if row["NU_EQUIP_MULTIMIDIA"] else None,
        }
        for row in rows
        if row["TP_DEPENDENCIA"] in ("2", "3")
    ]
