"""The matter of the gallery: every component once, with invented schools and figures."""

from __future__ import annotations

import random
from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from .charts import BarRow, Bars, Distribution, Map, Series, Shape, Spot, Trend, Unit
from .figures import Figure

COLOURS = (
    ("墨", "ink-1", "#1C2326", "15.9 : 1"),
    ("墨灰", "ink-2", "#475056", "8.2 : 1"),
    ("淡墨", "ink-3", "#656D72", "5.3 : 1"),
    ("石青", "azure-6", "#1F5C8F", "7.0 : 1"),
    ("深石青", "azure-7", "#174A75", "9.2 : 1"),
    ("宣纸", "paper", "#FAF9F6", ""),
    ("素白", "sheet", "#FFFFFF", ""),
    ("米灰", "sunk", "#F3F1EB", ""),
)
STATE_USES = (
    ("on_track", pgettext_lazy("gallery", "On schedule or ahead")),
    ("attention", pgettext_lazy("gallery", "Behind what is due today, or little time left")),
    ("late", pgettext_lazy("gallery", "Past its day")),
    ("done", pgettext_lazy("gallery", "Everything is there; of problems: struck off")),
    ("unknown", pgettext_lazy("gallery", "No data; never counted as 0")),
)


STEPS = (
    pgettext_lazy("gallery", "Choose the file"),
    pgettext_lazy("gallery", "Match the columns"),
    pgettext_lazy("gallery", "Check"),
    pgettext_lazy("gallery", "Write"),
)


class ExampleForm(forms.Form):
    """Three fields: prefilled, faulty, plain."""

    pupils = forms.IntegerField(
        label=pgettext_lazy("gallery", "Pupils at school"),
        help_text=pgettext_lazy("gallery", "Registered on 1 September and at school"),
    )
    trained = forms.IntegerField(label=pgettext_lazy("gallery", "Teachers with 360 hours in five years"))
    grounds = forms.DecimalField(
        label=pgettext_lazy("gallery", "Sports area"),
        help_text=pgettext_lazy("gallery", "Leave it empty when it has not been measured"),
        required=False,
    )


def example_form() -> ExampleForm:
    """The form with one fault."""
    form = ExampleForm({"pupils": "86", "trained": "12", "grounds": "1480"})
    form.add_error(
        "trained", pgettext_lazy("gallery", "Cannot exceed the 9 full-time teachers. Check it and correct it.")
    )
    return form


def spread(seed: int = 7, count: int = 52) -> tuple[Unit, ...]:
    """Invented schools around a standard of 1.0."""
    dice = random.Random(seed)
    far = [(0.0, "松涧小学"), (0.66, "棠棣小学"), (0.67, "栗坪小学"), (0.79, "双港小学"), (0.84, "东源小学")]
    near = [0.93, 0.94, 0.95, 0.96, 0.97]
    units = [Unit(name, value, size=dice.randint(86, 300)) for value, name in far]
    units += [Unit(f"第{i + 1}小学", v, size=dice.randint(150, 400)) for i, v in enumerate(near)]
    for i in range(count - len(units)):
        value = round(min(2.0, 1.02 + dice.gammavariate(3, 0.09)), 2)
        units.append(Unit(f"样例{i + 1}小学", value, size=dice.randint(200, 1900)))
    return tuple(units)


def trend() -> Trend:
    """Pupils of two stages with a forecast."""
    periods = tuple(str(year) for year in range(2019, 2029))
    return Trend(
        "义务教育阶段在校生（万人）",
        periods,
        (
            Series("小学", (23.4, 23.5, 23.3, 22.8, 22.4, 21.8, 20.6, 19.4, 17.9, 16.4), "1", forecast_from=5),
            Series("初中", (10.3, 10.6, 11.0, 11.4, 11.6, 11.8, 12.0, 12.2, 12.4, 12.5), "2", forecast_from=5),
        ),
        decimals=1,
        from_zero=True,
    )


def counties() -> Trend:
    """One county against the others, with the standard."""
    return Trend(
        "三年变化",
        ("2021", "2022", "2023"),
        (
            Series("咸安区", (1.21, 1.33, 1.41), "other"),
            Series("全市", (1.08, 1.20, 1.29), "dashed"),
            Series("崇阳县", (1.02, 1.15, 1.27)),
            Series("通山县", (0.92, 1.02, 1.12), "other"),
        ),
        decimals=2,
        thresholds=(("标准", 1.0),),
    )


def bars() -> Bars:
    """Few places by the order of their values."""
    values = (
        ("咸安区", 80.0),
        ("赤壁市", 77.4),
        ("嘉鱼县", 75.0),
        ("通城县", 62.5),
        ("通山县", 56.7),
        ("崇阳县", 53.5),
    )
    rows = tuple(BarRow(name, value, main=value >= 75) for name, value in values)
    return Bars("教联体覆盖义务教育学校比例（%）", rows, decimals=1, threshold=("目标", 75))


def grades() -> Bars:
    """Pupils by grade."""
    words = "一年级 二年级 三年级 四年级 五年级 六年级".split()
    rows = tuple(BarRow(word, number) for word, number in zip(words, (11, 13, 14, 15, None, 17), strict=True))
    return Bars("各年级学生数", rows, height=110)


OUTLINES = (
    ("甲县", 1.41, ((113.6, 29.9), (113.8, 30.05), (114.0, 29.98), (114.2, 30.1), (114.3, 29.8), (114.0, 29.6))),
    ("乙县", 1.18, ((113.6, 29.9), (114.0, 29.6), (113.95, 29.3), (113.7, 29.15), (113.5, 29.5))),
    ("丙县", 1.27, ((114.0, 29.6), (114.3, 29.8), (114.6, 29.6), (114.5, 29.3), (114.2, 29.15), (113.95, 29.3))),
    ("丁县", None, ((114.3, 29.8), (114.2, 30.1), (114.6, 30.05), (114.85, 29.75), (114.6, 29.6))),
)
"""Outlines of counties that are nowhere."""

LABELS = {"甲县": (113.95, 29.84), "乙县": (113.75, 29.5), "丙县": (114.25, 29.48), "丁县": (114.5, 29.83)}


def values_map() -> Map:
    """Values in five steps, one county's own page, one unknown."""
    shapes = tuple(
        Shape(name, [ring], LABELS[name], value, href=f"#{number}", own=name == "丙县")
        for number, (name, value, ring) in enumerate(OUTLINES)
    )
    return Map("每百名学生骨干教师数", shapes, unit="人/百名学生", decimals=2, key="values", source="样例")


def late_map() -> Map:
    """What is overdue, with signs."""
    late = {"乙县": 2, "丙县": 1}
    shapes = tuple(
        Shape(
            name,
            [ring],
            LABELS[name],
            late=late.get(name, 0),
            states=tuple(s for s in (("late", f"逾期{late.get(name)}"), ("attention", "关注1")) if name in late),
        )
        for name, _value, ring in OUTLINES
    )
    return Map("逾期任务", shapes, kind="late", key="late", source="样例")


def schools_map() -> Map:
    """Schools by their state on one county; two cannot be drawn."""
    dice = random.Random(5)
    name, _value, ring = OUTLINES[2]
    states = [""] * 20 + ["attention"] * 4 + ["late"] * 2 + ["unknown"] * 2
    spots = [
        Spot(f"样例{i}小学", dice.uniform(114.05, 114.45), dice.uniform(29.3, 29.62), state)
        for i, state in enumerate(states)
    ]
    spots += [Spot("远望小学", 112.0, 29.5), Spot("无址小学", None, None)]
    words = tuple(zip(("", "attention", "late", "unknown"), ("达到", "未达标", "不足85%", "待填"), strict=True))
    return Map("学校达标情况", (Shape(name, [ring], LABELS[name]),), tuple(spots), "plain", words=words, source="样例")


def figures() -> dict[str, Figure]:
    """One figure of each kind."""
    return {
        "rate": _opening(1.27, "人/百名学生", 2),
        "pupils": _opening(34898, "人"),
        "money": _opening(156000, "元"),
        "low": _opening(1814, "元", 0, "attention"),
        "far": _opening(0.66, "人", 2, "late"),
        "unknown": Figure(None, coverage="46/52所"),
        "few": Figure(3, "人", suppressed=True),
        "none": Figure(None, state="not_applicable"),
        "plain": Figure(54, "项"),
    }


def _opening(value: float, unit: str, decimals: int = 0, state: str = "") -> Figure:
    return Figure(
        value,
        unit,
        decimals,
        "holdings.backbone_teachers",
        place="421223",
        period="2023-24",
        split="stage=primary",
        state=state,
    )


def examples() -> dict[str, Any]:
    """The gallery's context."""
    units = spread()
    own = (Unit("松涧小学", 0.0, own=True), *units[1:])
    return {
        "crumbs": [("咸宁市", "/"), (pgettext_lazy("gallery", "Components"), "")],
        "colours": COLOURS,
        "state_uses": STATE_USES,
        "form": example_form(),
        "f": figures(),
        "course": (1.02, 1.08, 1.15, 1.18, 1.27),
        "gap_course": (1.0, 1.1, None, 1.2, 1.3),
        "distribution": Distribution("每百名学生骨干教师数", units, unit="人", threshold=1.0, reference=("全县", 1.27)),
        "small_distribution": Distribution("骨干教师", units, threshold=1.0, height=28, named=0),
        "among": Distribution("骨干教师", own, threshold=1.0, named=0),
        "many": Distribution("生均仪器设备值", spread(3, 900), unit="元", threshold=1.0),
        "trend": trend(),
        "counties": counties(),
        "bars": bars(),
        "grades": grades(),
        "values_map": values_map(),
        "late_map": late_map(),
        "schools_map": schools_map(),
        "steps": STEPS,
        "stages": (("小学", "?stage=primary", True), ("初中", "?stage=junior", False)),
        "densities": ("roomy", "standard", "dense"),
    }
