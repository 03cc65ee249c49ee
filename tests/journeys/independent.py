"""The balanced standard counted a second time, from its wording alone; nothing here comes from the product.

Schools are plain dictionaries, read from the tables that a county sends; every number is a fraction until it is shown.
``None`` is what nobody knows. A school's figures stand under ``field`` or ``field.stage``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import ceil, sqrt
from pathlib import Path
from typing import Any

School = dict[str, Any]
Number = Fraction | None

STAGES = ("primary", "junior")
WEIGHTS = {"primary": Fraction(1), "junior": Fraction(11, 10), "senior": Fraction(132, 100)}
SEVEN: dict[str, tuple[Fraction, Fraction, int]] = {
    "qualified": (Fraction("4.2"), Fraction("5.3"), 100),
    "backbone": (Fraction(1), Fraction(1), 100),
    "pe_arts": (Fraction("0.9"), Fraction("0.9"), 100),
    "teaching": (Fraction("4.5"), Fraction("5.8"), 1),
    "sports": (Fraction("7.5"), Fraction("10.2"), 1),
    "equipment": (Fraction(2000), Fraction(2500), 1),
    "rooms": (Fraction("2.3"), Fraction("2.4"), 100),
}
"""Asked of a primary school, of a junior school, and per how many pupils."""
DIVIDED = ("teaching", "sports", "equipment", "rooms")
SPREADS = {"primary": Fraction("0.50"), "junior": Fraction("0.45")}
FLOOR = Fraction(85, 100)
ROUNDED = {"equipment": 1000}
PRICES = {"qualified": 60_000, "backbone": 60_000, "pe_arts": 60_000, "teaching": 3_000, "sports": 300, "equipment": 1,
          "rooms": 30_000}  # fmt: skip
"""Settings of the standard's file: to what shortfalls are rounded up, and what a unit costs."""


# --- the seven -----------------------------------------------------------------------------------------


def share(school: School, stage: str) -> Number:
    """Which part of what a whole-through school does not divide by stage belongs to one of its stages."""
    weights = {s: school.get(f"pupils.{s}") or 0 for s in WEIGHTS}
    total = sum(WEIGHTS[s] * n for s, n in weights.items())
    return WEIGHTS[stage] * weights[stage] / total if total else None


def added(*parts: Number) -> Number:
    """A sum; unknown where a part is."""
    return None if any(part is None for part in parts) else sum((Fraction(p or 0) for p in parts), Fraction(0))


def amount(school: School, item: str, stage: str) -> Number:
    """What stands above the line for a stage of a school."""

    def of(*fields: str) -> Number:
        return added(*(school.get(f"{field}.{stage}") for field in fields))

    if item == "qualified":
        graduates = ("teachers_bachelor", "teachers_postgraduate")
        return of(*graduates, "teachers_specialist") if stage == "primary" else of(*graduates)
    if item == "backbone":
        return of("teachers_backbone")
    if item == "pe_arts":
        heads = of("teachers_pe", "teachers_music", "teachers_art", "teachers_arts")
        small = 50 <= compulsory(school, "pupils", ("primary", "junior", "senior")) <= 99
        roving = school.get(f"shared_pe_arts.{stage}")
        return added(heads, roving) if small and rural(school) and roving is not None else heads
    whole = {
        "teaching": added(school.get("area_teaching"), negative(school.get("area_indoor_sports"))),
        "sports": school.get("area_sports"),
        "equipment": school.get("equipment_value"),
        "rooms": school.get("network_rooms"),
    }[item]
    part = share(school, stage)
    return None if whole is None or part is None else whole * part


def negative(number: Number) -> Number:
    return None if number is None else -number


def rural(school: School) -> bool:
    return str(school.get("locale") or "").startswith("2")


def compulsory(school: School, field: str, stages: Iterable[str] = STAGES) -> Fraction:
    """A sum over stages; a stage that a school does not have stays blank."""
    return sum((school.get(f"{field}.{stage}") or Fraction(0) for stage in stages), Fraction(0))


def left_out(school: School) -> bool:
    """Teaching points under 50 pupils."""
    return bool(school["type"] == "218" and compulsory(school, "pupils", ("primary", "junior", "senior")) < 50)


def asked(item: str, stage: str) -> Fraction:
    return SEVEN[item][STAGES.index(stage)]


def parts(schools: Iterable[School], stage: str) -> list[School]:
    """The schools of a stage as the standard sees them: each part of a whole-through school is one."""
    found = []
    for school in schools:
        pupils = school.get(f"pupils.{stage}")
        if not pupils or left_out(school):
            continue
        amounts = {item: amount(school, item, stage) for item in SEVEN}
        values = {i: None if a is None else a * SEVEN[i][2] / pupils for i, a in amounts.items()}
        found.append(
            {
                "code": school["code"],
                "pupils": pupils,
                "share": share(school, stage),
                "amounts": amounts,
                "values": values,
                "state": rule(values, stage),
            }
        )
    return found


def rule(values: dict[str, Number], stage: str) -> str:
    """pass, fail or unknown: six at the threshold, the other at 85 % of it; compared exactly."""
    known = {item: value for item, value in values.items() if value is not None}
    below = [item for item, value in known.items() if value < asked(item, stage)]
    if len(below) > 1 or any(known[item] < FLOOR * asked(item, stage) for item in below):
        return "fail"
    return "pass" if len(known) == len(SEVEN) else "unknown"


def missing(part: School, item: str, stage: str, times: Fraction = Fraction(1)) -> tuple[int, int]:
    """What is missing to the threshold (or a share of it): for the part, and for the undivided school."""
    held = part["amounts"][item]
    if held is None:
        return 0, 0
    lacks = max(Fraction(0), times * asked(item, stage) * part["pupils"] / SEVEN[item][2] - held)
    unit = ROUNDED.get(item, 1)
    whole = lacks / part["share"] if item in DIVIDED else lacks
    return ceil(lacks / unit) * unit, ceil(whole / unit) * unit


def least(part: School, stage: str) -> dict[str, tuple[int, int]]:
    """The least that lets a school pass: one of those below stays at 85 %, the one that saves most money."""
    below = [item for item in SEVEN if missing(part, item, stage)[0]]

    def saved(item: str) -> int:
        return PRICES[item] * (missing(part, item, stage)[1] - missing(part, item, stage, FLOOR)[1])

    spared = max(below, key=saved, default="")
    wanted = {item: missing(part, item, stage, FLOOR if item == spared else Fraction(1)) for item in below}
    return {item: both for item, both in wanted.items() if both[0]}


def must_add(found: dict[str, list[School]]) -> dict[str, int]:
    """What all schools must add together: what a school holds undivided serves all its stages at once."""
    needs: dict[tuple[str, str], list[int]] = {}
    for stage, schools in found.items():
        for part in schools:
            for item, (_part, whole) in least(part, stage).items():
                needs.setdefault((item, part["code"]), []).append(whole)
    together: dict[str, int] = {}
    for (item, _code), amounts in needs.items():
        together[item] = together.get(item, 0) + (max(amounts) if item in DIVIDED else sum(amounts))
    return together


def spread(pairs: Iterable[tuple[Fraction, Fraction]]) -> float | None:
    """The coefficient of variation of (amount, pupils), each school weighing what its pupils weigh."""
    square = spread_squared(pairs)
    return None if square is None else sqrt(square)


def spread_squared(pairs: Iterable[tuple[Fraction, Fraction]]) -> Number:
    known = list(pairs)
    pupils = sum((p for _x, p in known), Fraction(0))
    mean = sum((x for x, _p in known), Fraction(0)) / pupils if pupils else Fraction(0)
    if not mean:
        return None
    return sum((p / pupils * (x / p - mean) ** 2 for x, p in known), Fraction(0)) / mean**2


def spreads(found: list[School], stage: str) -> dict[str, tuple[float | None, str]]:
    """The spread of each of the seven, and whether it keeps within the limit."""
    result: dict[str, tuple[float | None, str]] = {}
    for item in SEVEN:
        square = spread_squared((p["amounts"][item], p["pupils"]) for p in found if p["amounts"][item] is not None)
        state = "unknown" if square is None else "pass" if square <= SPREADS[stage] ** 2 else "fail"
        result[item] = (None if square is None else sqrt(square), state)
    return result


# --- what else the return decides -----------------------------------------------------------------------

BANDS = ("le25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge66")
SMALL = BANDS[:2]
"""A setting of the standard's file: which bands hold no class of thirty."""
LARGE = {"primary": BANDS[5:], "junior": BANDS[6:]}


def over_size(school: School, stage: str, bands: Iterable[str] = ()) -> Number:
    """How many classes of a stage lie in bands; those above its limit unless told otherwise."""
    return added(*(school.get(f"classes_{band}.{stage}") for band in bands or LARGE[stage]))


def band(pupils: int) -> str:
    """The band of a class of so many."""
    if pupils <= 25:
        return "le25"
    if pupils >= 66:
        return "ge66"
    low = (pupils - 1) // 5 * 5 + 1
    return f"{low}_{low + 4}"


def school_size(school: School) -> str:
    """A primary or junior school at most 2,000, the compulsory part of a whole-through school 2,500; relaxed where
    it was built by 2010 or most of its compulsory pupils are migrants."""
    pupils = compulsory(school, "pupils")
    migrants = added(*(school.get(f"pupils_migrant.{stage}") for stage in STAGES if school.get(f"pupils.{stage}")))
    limit, most = (2500, 3000) if school["type"] in ("312", "345") else (2000, 2400)
    if school.get("built_by_2010") or (migrants is not None and migrants * 2 > pupils):
        limit = most
    elif (migrants is None or school.get("built_by_2010") is None) and limit < pupils <= most:
        return "unknown"
    return "pass" if pupils <= limit else "fail"


def rooms_needed(school: School) -> int | None:
    """For every twelve classes one; unknown where the classes of a stage that it teaches are."""
    classes = added(*(school.get(f"classes.{stage}") for stage in STAGES if school.get(f"pupils.{stage}")))
    return None if classes is None else ceil(classes / 12)


def room_areas(school: School, kind: str) -> set[int]:
    """What a music or art room must measure; several where a blank leaves open which relaxation holds."""
    counts = {b: [school.get(f"classes_{b}.{s}") for s in STAGES if school.get(f"pupils.{s}")] for b in BANDS}
    large = [n for b, numbers in counts.items() if b not in SMALL for n in numbers]
    built = school.get("built_by_2016")
    usual = {True: {"music": 73, "art": 67}, False: {"music": 96, "art": 90}}
    areas = {usual[old][kind] for old in ((True, False) if built is None else (built,))}
    small = 61 if school.get("pupils.junior") else 54
    if not rural(school) or any(large):
        return areas
    return areas | {small} if None in [n for numbers in counts.values() for n in numbers] else {small}


def special_rooms(school: School, kind: str) -> str:
    """Whether there are enough rooms of a kind and these are large enough."""
    rooms, area, needed = school.get(f"{kind}_rooms"), school.get(f"{kind}_area"), rooms_needed(school)
    if needed == 0:
        return "pass"
    if needed is None or rooms is None:
        return "unknown"
    if rooms < needed:
        return "fail"
    if area is None:
        return "unknown"
    answers = {area >= needed * least for least in room_areas(school, kind)}
    return "unknown" if len(answers) > 1 else "pass" if answers == {True} else "fail"


def ratio(schools: Iterable[School], above: str, below: str, stages: Iterable[str] = STAGES) -> Number:
    """Sum over sum, of the schools that know both for each of these stages that they teach."""
    top, bottom = Fraction(0), Fraction(0)
    for school in schools:
        tails = [f".{stage}" if stage else "" for stage in stages if not stage or school.get(f"pupils.{stage}")]
        pairs = [(school.get(above + tail), school.get(below + tail)) for tail in tails]
        if all(x is not None and y is not None for x, y in pairs):
            top += sum(x or 0 for x, _y in pairs)
            bottom += sum(y or 0 for _x, y in pairs)
    return top / bottom if bottom else None


def retention(graduates: Any, came: Any, left: Any, intake: Any, deaths: Any) -> Number:
    below = Fraction(intake) - Fraction(deaths)
    return (Fraction(graduates) - came + left) / below if below else None


def county_retention(schools: Iterable[School]) -> Number:
    names = ("graduates_g9", "transfers_in", "transfers_out", "intake_g7", "deaths")
    rows = [[school.get(f"{name}.junior") for name in names] for school in schools]
    whole = [row for row in rows if None not in row]
    return retention(*(sum(column) for column in zip(*whole, strict=True))) if whole else None


def near_enrolment(schools: Iterable[School], stage: str) -> Number:
    """Urban and town schools, public, not boarding."""
    held = [s for s in schools if str(s.get("locale"))[:1] == "1" and s["sector"] == "public" and not s["boarding"]]
    return ratio(held, "pupils_in_zone", "pupils", [stage])


def migrants_placed(schools: Iterable[School]) -> Number:
    """The share in public schools, of the schools that know it for each stage that they teach."""
    taught = [(s, [s.get(f"pupils_migrant.{stage}") for stage in STAGES if s.get(f"pupils.{stage}")]) for s in schools]
    known = [(s["sector"], sum(n or 0 for n in numbers)) for s, numbers in taught if None not in numbers]
    everywhere = Fraction(sum(n for _sector, n in known))
    return sum(n for sector, n in known if sector == "public") / everywhere if everywhere else None


def further(schools: list[School]) -> dict[str, Number]:
    """What the county's returns say together."""
    held = [s for s in schools if any(s.get(f"pupils.{stage}") for stage in STAGES)]
    roomed = [s for s in held if not left_out(s)]
    found: dict[str, Number] = {
        "rooms": count(roomed, lambda s: "fail" in (special_rooms(s, "music"), special_rooms(s, "art"))),
        "size": count(held, lambda s: school_size(s) == "fail"),
        "hours": ratio(held, "teachers_360h", "teachers"),
        "certified": ratio(held, "teachers_certified", "teachers"),
        "exchange": ratio(held, "teachers_moved", "teachers_eligible"),
        "exchange_backbone": ratio(held, "teachers_moved_backbone", "teachers_moved"),
        "migrants": migrants_placed(held),
        "retention": county_retention(held),
        "training": ratio(held, "training_spent", "funds_budget", [""]),
    }
    for stage in STAGES:
        found[f"over.{stage}"] = added(*(n for s in held if (n := over_size(s, stage)) is not None))
        found[f"classes.{stage}"] = sum((s.get(f"classes.{stage}") or Fraction(0) for s in held), Fraction(0))
        found[f"zone.{stage}"] = near_enrolment(held, stage)
    return found


def named(schools: Iterable[School]) -> dict[str, set[tuple[str, str]]]:
    """Which schools (and stages) fall short of the further items."""
    found: dict[str, set[tuple[str, str]]] = {"rooms": set(), "size": set(), "classes": set(), "hours": set(),
                                              "certified": set(), "retention": set()}  # fmt: skip
    for school in schools:
        if not any(school.get(f"pupils.{stage}") for stage in STAGES):
            continue
        code = school["code"]
        if not left_out(school) and "fail" in (special_rooms(school, "music"), special_rooms(school, "art")):
            found["rooms"].add((code, ""))
        if school_size(school) == "fail":
            found["size"].add((code, ""))
        found["classes"] |= {(code, stage) for stage in STAGES if over_size(school, stage)}
        for item, field in (("hours", "teachers_360h"), ("certified", "teachers_certified")):
            if (part := ratio([school], field, "teachers")) is not None and part < 1:
                found[item].add((code, ""))
        if (kept := county_retention([school])) is not None and kept < Fraction(95, 100):
            found["retention"].add((code, ""))
    return found


def count(schools: Iterable[School], wanted: Callable[[School], bool]) -> Fraction:
    return Fraction(sum(1 for school in schools if wanted(school)))


# --- reading what counties send -------------------------------------------------------------------------

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
    "寄宿制": "boarding",
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
            "rooms": Fraction(row["NU_EQUIP_MULTIMIDIA"]) if row["NU_EQUIP_MULTIMIDIA"] else None,
        }
        for row in rows
        if row["TP_DEPENDENCIA"] in ("2", "3")
    ]
