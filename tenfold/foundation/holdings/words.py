"""The fields of the annual school return: one list, from which columns, importer, facts and pages derive."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Field
from tenfold.foundation.organisations.words import LOCALE_GROUPS, LOCALES, SCHOOL_TYPES, SECTORS, YES_NO, locale_group

__all__ = ["LOCALES", "LOCALE_GROUPS", "SCHOOL_TYPES", "SECTORS", "YES_NO", "locale_group"]

STAGES = (
    ("kindergarten", _("Kindergarten")),
    ("primary", _("Primary school")),
    ("junior", _("Junior secondary")),
    ("senior", _("Senior secondary")),
    ("vocational", _("Secondary vocational")),
    ("special", _("Special education")),
)
"""学段. The empty stage means: not divided by stage in the source."""

STAGE_WORDS = {
    "kindergarten": ("幼儿园", "学前", "kindergarten", "preschool"),
    "primary": ("小学", "primary", "elementary"),
    "junior": ("初中", "junior", "lower secondary"),
    "senior": ("普通高中", "高中", "senior", "upper secondary"),
    "vocational": ("中等职业", "中职", "职业高中", "vocational"),
    "special": ("特殊教育", "特教", "special"),
}

GRADES = {
    "kindergarten": (1, 2, 3),
    "primary": (1, 2, 3, 4, 5, 6),
    "junior": (7, 8, 9),
    "senior": (10, 11, 12),
    "vocational": (1, 2, 3),
    "special": (1, 2, 3, 4, 5, 6, 7, 8, 9),
}
"""年级. Grade 0 means: not divided by grade in the source."""


def stages_of(school_type: str) -> tuple[str, ...]:
    """The stages that a 办学类型 teaches; empty when unknown."""
    return {
        "111": ("kindergarten",),
        "211": ("primary",),
        "218": ("primary",),
        "311": ("junior",),
        "312": ("primary", "junior"),
        "341": ("junior", "senior"),
        "342": ("senior",),
        "345": ("primary", "junior", "senior"),
        "365": ("vocational",),
        "366": ("vocational",),
    }.get(school_type, ("special",) if school_type.startswith("51") else ())


_P = _("persons")
_C = _("classes")
_R = _("rooms")
_A = "m²"
_Y = _("yuan")


def _count(code: str, title: object, unit: object, level: str, *synonyms: str) -> Field:
    return Field(code, title, "integer", level, unit, synonyms=synonyms)  # type: ignore[arg-type]


IDENTITY = (
    Field(
        "school_code",
        _("School code"),
        "code",
        required=True,
        synonyms=("学校(机构)标识码", "学校标识码", "机构标识码", "标识码", "学校代码", "school id", "school code"),
    ),
    Field(
        "name",
        _("School name"),
        "text",
        synonyms=("学校名称", "机构名称", "学校(机构)名称", "单位名称", "school name", "school", "名称", "学校"),
    ),
    Field(
        "school_type",
        _("School type"),
        "choice",
        synonyms=("办学类型", "学校类型", "学校类别", "类型"),
        choices=SCHOOL_TYPES,
    ),
    Field(
        "locale",
        _("Urban, town or rural"),
        "choice",
        synonyms=("城乡分类", "城乡类型", "所在地城乡类型"),
        choices=LOCALES,
    ),
    Field(
        "sector",
        _("Public or private"),
        "choice",
        synonyms=("公办/民办", "办学性质", "举办者", "公民办", "举办者类型"),
        choices=SECTORS,
    ),
    Field("boarding", _("Boarding school"), "yes_no", synonyms=("寄宿制", "是否寄宿制", "寄宿制学校"), choices=YES_NO),
    Field("built_by_2010", _("Built by 2010"), "yes_no", synonyms=("2010年前建成", "是否2010年前建成"), choices=YES_NO),
    Field("built_by_2016", _("Built by 2016"), "yes_no", synonyms=("2016年前建成", "是否2016年前建成"), choices=YES_NO),
    Field("dense_centre", _("Dense city centre"), "yes_no", synonyms=("中心城区用地紧张", "用地紧张"), choices=YES_NO),
)

GRADE_FIELDS = (
    _count(
        "pupils",
        _("Pupils"),
        _P,
        "G",
        "在校生数",
        "在校学生数",
        "学生数",
        "在校生",
        "学生人数",
        "enrolment",
        "enrollment",
    ),
    _count("pupils_female", _("Girls"), _P, "G", "其中女生", "女生", "女生数", "女", "其中女"),
    _count("classes", _("Classes"), _C, "G", "班数", "教学班数", "班级数", "教学班", "班级"),
)

BANDS = ("le25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "ge66")

GUARDED = ("pupils_disabled",)
"""Counts of children so few and so sensitive that small ones are not shown."""

STAGE_FIELDS = (
    _count("pupils_boarding", _("Boarders"), _P, "T", "寄宿生", "寄宿生数", "住校生", "其中寄宿生"),
    _count("pupils_migrant", _("Pupils of migrant families"), _P, "T", "随迁子女", "随迁子女数", "其中随迁子女"),
    _count(
        "pupils_in_zone", _("Pupils enrolled in their zone"), _P, "T", "片区内就近入学", "划片内学生", "片区内学生数"
    ),
    _count("pupils_disabled", _("Pupils with disabilities"), _P, "T", "残疾学生", "残疾学生数", "残疾儿童少年"),
    _count("classes_le25", _("Classes of 25 and fewer"), _C, "T", "25人及以下", "≤25", "25人及以下班数"),
    _count("classes_26_30", _("Classes of 26–30"), _C, "T", "26-30人", "26-30"),
    _count("classes_31_35", _("Classes of 31–35"), _C, "T", "31-35人", "31-35"),
    _count("classes_36_40", _("Classes of 36–40"), _C, "T", "36-40人", "36-40"),
    _count("classes_41_45", _("Classes of 41–45"), _C, "T", "41-45人", "41-45"),
    _count("classes_46_50", _("Classes of 46–50"), _C, "T", "46-50人", "46-50"),
    _count("classes_51_55", _("Classes of 51–55"), _C, "T", "51-55人", "51-55"),
    _count("classes_56_60", _("Classes of 56–60"), _C, "T", "56-60人", "56-60"),
    _count("classes_61_65", _("Classes of 61–65"), _C, "T", "61-65人", "61-65"),
    _count("classes_ge66", _("Classes of 66 and more"), _C, "T", "66人及以上", "≥66", "66人及以上班数"),
    _count(
        "teachers", _("Full-time teachers"), _P, "T", "专任教师", "专任教师数", "教师数", "教师", "在岗教师", "teachers"
    ),
    _count(
        "teachers_specialist",
        _("Teachers with a three-year college degree"),
        _P,
        "T",
        "专科毕业",
        "其中专科",
        "专科",
        "大专",
    ),
    _count("teachers_bachelor", _("Teachers with a bachelor's degree"), _P, "T", "本科毕业", "其中本科", "本科"),
    _count(
        "teachers_postgraduate",
        _("Teachers with a postgraduate degree"),
        _P,
        "T",
        "研究生毕业",
        "其中研究生",
        "研究生",
        "硕士及以上",
    ),
    _count(
        "teachers_backbone",
        _("Backbone teachers of county level and above"),
        _P,
        "T",
        "县级以上骨干教师",
        "县级及以上骨干教师",
        "骨干教师",
        "骨干教师数",
        "县骨干以上",
        "县级及以上骨干",
    ),
    _count("teachers_pe", _("PE teachers"), _P, "T", "体育专任教师", "体育教师", "体育"),
    _count("teachers_music", _("Music teachers"), _P, "T", "音乐专任教师", "音乐教师", "音乐"),
    _count("teachers_art", _("Fine-art teachers"), _P, "T", "美术专任教师", "美术教师", "美术"),
    _count("teachers_arts", _("Arts teachers"), _P, "T", "艺术专任教师", "艺术教师", "艺术"),
    _count("teachers_english", _("English teachers"), _P, "T", "英语教师", "英语专任教师", "英语"),
    _count("teachers_science", _("Science teachers"), _P, "T", "科学教师", "科学专任教师", "科学"),
    _count("teachers_psych", _("Mental-health teachers"), _P, "T", "心理健康教师", "心理教师", "心理健康教育教师"),
    _count(
        "teachers_certified", _("Teachers with a certificate"), _P, "T", "持教师资格证", "持证教师", "持教师资格证上岗"
    ),
    _count(
        "teachers_360h",
        _("Teachers with 360 hours in five years"),
        _P,
        "T",
        "五年达360学时",
        "满360学时",
        "五年内满360学时教师数",
        "近5年满360学时",
        "360学时",
    ),
    _count(
        "teachers_eligible",
        _("Teachers eligible for rotation"),
        _P,
        "T",
        "符合交流条件",
        "符合交流条件教师",
        "应交流教师",
    ),
    _count("teachers_moved", _("Teachers rotated"), _P, "T", "交流轮岗", "交流轮岗教师", "实际交流教师"),
    _count(
        "teachers_moved_backbone",
        _("Backbone teachers rotated"),
        _P,
        "T",
        "其中骨干",
        "交流轮岗骨干教师",
        "交流轮岗其中骨干",
    ),
    _count(
        "shared_pe_arts",
        _("Roving and part-time PE and arts teachers"),
        _P,
        "T",
        "计入的走教、兼职体艺教师",
        "走教兼职体艺教师",
        "走教体艺教师",
    ),
    _count(
        "intake_g7",
        _("Grade 7 intake three years ago"),
        _P,
        "T",
        "三年前初一招生",
        "初一招生",
        "三年前初一在校生",
        "三年前招生",
        "三年前招生数",
    ),
    _count("graduates_g9", _("Grade 9 graduates"), _P, "T", "初三毕业", "毕业", "毕业生数", "初中毕业生"),
    _count("transfers_in", _("Transfers in"), _P, "T", "转入", "转入人数"),
    _count("transfers_out", _("Transfers out"), _P, "T", "转出", "转出人数"),
    _count("deaths", _("Deaths"), _P, "T", "死亡", "死亡人数"),
)

SCHOOL_FIELDS = (
    Field(
        "area_teaching",
        _("Teaching and auxiliary rooms"),
        "area",
        "S",
        _A,
        synonyms=("教学及辅助用房", "教学及辅助用房面积", "教学用房", "教学用房面积", "教学辅助用房"),
    ),
    Field(
        "area_indoor_sports",
        _("of which indoor sports rooms"),
        "area",
        "S",
        _A,
        synonyms=("室内体育用房", "其中室内体育用房", "室内体育用房面积"),
    ),
    Field(
        "area_sports",
        _("Sports grounds and halls"),
        "area",
        "S",
        _A,
        synonyms=("体育运动场馆面积", "体育运动场馆", "运动场馆面积", "运动场面积", "运动场地面积"),
    ),
    Field(
        "equipment_value",
        _("Value of teaching equipment"),
        "money",
        "S",
        _Y,
        synonyms=("教学仪器设备值", "教学仪器设备资产值", "仪器设备值", "设备值", "教学仪器设备总值"),
    ),
    _count(
        "network_rooms",
        _("Networked multimedia rooms"),
        _R,
        "S",
        "网络多媒体教室",
        "网络多媒体教室数",
        "多媒体教室",
        "多媒体",
    ),
    _count("music_rooms", _("Music rooms"), _R, "S", "音乐专用教室", "音乐教室", "音乐教室数"),
    Field("music_area", _("Area of music rooms"), "area", "S", _A, synonyms=("音乐专用教室面积", "音乐教室面积")),
    _count("art_rooms", _("Art rooms"), _R, "S", "美术专用教室", "美术教室", "美术教室数"),
    Field("art_area", _("Area of art rooms"), "area", "S", _A, synonyms=("美术专用教室面积", "美术教室面积")),
    _count("books", _("Books"), _("copies"), "S", "图书", "图书册数", "图书数", "图书藏量"),
    _count(
        "computers",
        _("Computers for teaching"),
        _("units"),
        "S",
        "教学用计算机",
        "计算机",
        "教学用计算机台数",
        "计算机数",
        "电脑",
    ),
    Field("funds_budget", _("Public funds, budget"), "money", "S", _Y, synonyms=("公用经费预算", "公用经费年度预算")),
    Field(
        "funds_spent",
        _("Public funds, spent"),
        "money",
        "S",
        _Y,
        synonyms=("公用经费决算", "公用经费支出", "公用经费年度决算"),
    ),
    Field(
        "training_spent", _("Teacher training, spent"), "money", "S", _Y, synonyms=("教师培训经费", "教师培训经费支出")
    ),
)

RETURN_FIELDS = (*IDENTITY, *GRADE_FIELDS, *STAGE_FIELDS, *SCHOOL_FIELDS)
ONLY_OF = {
    **dict.fromkeys(("intake_g7", "graduates_g9", "transfers_in", "transfers_out", "deaths"), ("junior",)),
    **dict.fromkeys(("pupils_in_zone", "shared_pe_arts"), ("primary", "junior")),
}
"""Fields that only some stages are asked for."""
BY_CODE = {field.code: field for field in RETURN_FIELDS}
