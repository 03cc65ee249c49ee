"""The fields by which staff are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YES_NO = (("yes", ("是", "主", "√", "y", "yes", "1")), ("no", ("否", "兼", "×", "n", "no", "0")))

STAFF_FIELDS = (
    Field(
        "number",
        _("Staff number"),
        "code",
        required=True,
        synonyms=("工号", "职工号", "教师编号", "人员编号", "编号", "staff number", "staff id"),
    ),
    Field("name", _("Full name"), "text", required=True, synonyms=("姓名", "教师姓名", "名字", "name")),
    Field(
        "school_code",
        _("Code of the school or organisation"),
        "code",
        required=True,
        synonyms=("学校(机构)标识码", "学校标识码", "机构标识码", "学校代码", "单位代码", "标识码", "school code"),
    ),
    Field("title", _("Post"), "text", required=True, synonyms=("职务", "岗位", "任职", "职位", "post", "position")),
    Field("subject", _("Subject taught"), "text", synonyms=("任教学科", "学科", "任课学科", "subject")),
    Field("main", _("Main post"), "yes_no", synonyms=("主要职务", "是否主职", "主职"), choices=YES_NO),
    Field("since", _("Since"), "date", synonyms=("任职日期", "任职时间", "起始日期", "到岗日期", "任职起始")),
    Field("until", _("Until"), "date", synonyms=("离任日期", "离任时间", "终止日期", "任职终止", "免职日期")),
)
"""The columns of an import of staff. Roles that open rights are never imported: they are given by hand."""

SIGN_IN_TITLES = {"guardian": "家长", "student": "学生"}
"""What the post is called by which a guardian or a pupil signs in."""

FIELD_TITLES: dict[str, dict[str, StrOrPromise]] = {
    "person": {"phone": _("Phone")},
    "pupil": {
        "name": _("Name of the pupil"),
        "registry_number": _("Registry number"),
        "identity": _("Identity number"),
        "birth": _("Date of birth"),
    },
    "guardianship": {"name": _("Name of the guardian"), "phone": _("Phone of the guardian")},
}
"""The fields that are masked on every page and opened one at a time, by the kind of record."""

PURPOSES: tuple[tuple[str, StrOrPromise], ...] = (
    ("check", _("Checking the registry")),
    ("contact", _("Calling the guardian")),
    ("transfer", _("Handling a transfer")),
    ("aid", _("Examining an application for aid")),
    ("emergency", _("An emergency")),
    ("other", _("Another purpose, named beside")),
)
"""What a masked field is opened for. 本地可配置: the law wants a purpose, not these ones."""

STAGE_TITLES: dict[str, StrOrPromise] = {
    "kindergarten": _("Kindergarten"),
    "primary": _("Primary school"),
    "junior": _("Junior secondary"),
    "senior": _("Senior secondary"),
    "vocational": _("Secondary vocational"),
    "special": _("Special education"),
}

APART = ("sysadmin", "secadmin", "auditadmin")
"""三员分立: whoever holds one of these roles holds none of the others on the same day."""

_SEXES = (("1", ("男", "男性", "male", "m", "1")), ("2", ("女", "女性", "female", "f", "2")))
_STATES = (
    ("enrolled", ("在读", "在校", "在籍", "正常", "在籍在校", "enrolled")),
    ("suspended", ("休学", "suspended")),
    ("transferred", ("转出", "转学", "transferred")),
    ("graduated", ("毕业", "结业", "graduated")),
    ("left", ("离校", "退学", "辍学", "离籍", "left")),
)


def _guardian(number: int) -> tuple[Field, ...]:
    heads = (
        f"成员{number}",
        f"监护人{number}",
        f"成员或监护人{number}",
        f"家庭成员{number}",
        f"家庭成员或监护人{number}",
    )
    alone = ("监护人", "家长") if number == 1 else ()
    order = {1: _("First guardian"), 2: _("Second guardian")}[number]
    relation = {1: _("Relation of the first guardian"), 2: _("Relation of the second guardian")}[number]
    phone = {1: _("Phone of the first guardian"), 2: _("Phone of the second guardian")}[number]
    return (
        Field(f"guardian{number}_name", order, synonyms=tuple(f"{h}姓名" for h in (*heads, *alone))),
        Field(f"guardian{number}_relation", relation, synonyms=tuple(f"{h}关系" for h in (*heads, *alone))),
        Field(
            f"guardian{number}_phone",
            phone,
            synonyms=tuple(
                f"{h}{word}" for h in (*heads, *alone) for word in ("联系电话", "电话", "手机号", "手机号码")
            ),
        ),
    )


PUPIL_FIELDS = (
    Field(
        "registry_number",
        _("Registry number"),
        "code",
        required=True,
        synonyms=("学籍号", "全国学籍号", "学籍号码", "registry number"),
    ),
    Field("name", _("Name of the pupil"), required=True, synonyms=("姓名", "学生姓名", "name")),
    Field(
        "school_code",
        _("Code of the school"),
        "code",
        synonyms=("学校标识码", "学校(机构)标识码", "所在学校标识码", "学校代码", "school code"),
    ),
    Field("grade", _("Grade"), synonyms=("年级", "所在年级", "年级名称", "grade")),
    Field("class", _("Class"), synonyms=("班级", "班号", "所在班级", "班级名称", "class")),
    Field("sex", _("Sex"), "choice", synonyms=("性别", "sex", "gender"), choices=_SEXES),
    Field("birth", _("Date of birth"), "date", synonyms=("出生日期", "出生年月日", "date of birth")),
    Field("identity", _("Identity number"), "code", synonyms=("身份证件号", "身份证号", "身份证号码", "证件号码")),
    Field(
        "state",
        _("State of the registration"),
        "choice",
        synonyms=("学籍状态", "学生状态", "就读状态", "在籍状态"),
        choices=_STATES,
    ),
    *_guardian(1),
    *_guardian(2),
)
"""The columns of an import of pupils. Whatever else a file holds (家庭住址, 民族 …) is not needed and not kept."""
