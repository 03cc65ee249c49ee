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
