"""What schools may be, in the words of official forms, and the fields by which organisations are imported."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Field

YES_NO = (("yes", ("是", "有", "√", "y", "yes", "true", "1")), ("no", ("否", "无", "×", "n", "no", "false", "0")))

SCHOOL_TYPES = (
    ("111", ("幼儿园",)),
    ("211", ("小学", "完全小学")),
    ("218", ("小学教学点", "教学点")),
    ("311", ("初级中学", "初中")),
    ("312", ("九年一贯制学校", "九年一贯制")),
    ("341", ("完全中学",)),
    ("342", ("高级中学", "普通高中", "高中")),
    ("345", ("十二年一贯制学校", "十二年一贯制")),
    ("365", ("职业高中", "职业高中学校", "中等职业学校", "中职")),
    ("366", ("技工学校", "技工")),
    ("371", ("专门学校",)),
    ("511", ("特殊教育学校", "盲人学校", "特校")),
    ("512", ("聋人学校",)),
    ("513", ("弱智学校", "培智学校")),
    ("514", ("其他特教学校",)),
)
"""办学类型, JY/T 1001 [K−]."""

LOCALES = (
    ("111", ("主城区", "城区", "urban", "城市")),
    ("112", ("城乡结合区",)),
    ("121", ("镇中心区", "镇区", "town")),
    ("122", ("镇乡结合区",)),
    ("123", ("特殊区域",)),
    ("210", ("乡中心区",)),
    ("220", ("村庄", "乡村", "农村", "rural")),
)
"""城乡分类, JY/T 1001 [K]: 1.. urban and town, 2.. rural."""

LOCALE_GROUPS = (("urban", _("Urban")), ("town", _("Town")), ("rural", _("Rural")))
SECTORS = (("public", ("公办", "教育部门", "public")), ("private", ("民办", "私立", "private")))


def locale_group(code: str) -> str:
    """urban, town or rural of a 城乡分类 code; '' when unknown."""
    return {"11": "urban", "12": "town", "21": "rural", "22": "rural"}.get(code[:2], "")


KINDS = (
    ("province", ("省", "province")),
    ("city", ("市", "地市", "city")),
    ("county", ("县", "区", "县市区", "county")),
    ("township", ("乡镇", "中心学校", "教育总支", "联校", "学区", "township")),
    ("school", ("学校", "school")),
    ("point", ("教学点", "teaching point")),
    ("office", ("科室", "机关", "office")),
    ("university", ("高校", "大学", "university")),
    ("enterprise", ("企业", "enterprise")),
    ("partner", ("社会组织", "合作单位", "partner")),
)
"""机构类别. Empty is a school, or a teaching point by its school type."""

CRS = (
    ("WGS84", ("wgs-84", "wgs84", "gps")),
    ("GCJ02", ("gcj-02", "gcj02", "高德", "国测局")),
    ("BD09", ("bd-09", "bd09", "百度")),
    ("CGCS2000", ("cgcs2000", "国家2000")),
)
"""坐标系: a coordinate without its system is several hundred metres wrong."""

_TYPES = ("办学类型", "学校类型", "学校类别")

ORGANISATION_FIELDS = (
    Field(
        "school_code",
        _("Code of the school or organisation"),
        "code",
        required=True,
        synonyms=(
            "学校(机构)标识码",
            "学校标识码",
            "机构标识码",
            "标识码",
            "学校代码",
            "机构代码",
            "单位代码",
            "代码",
            "school code",
            "school id",
            "code",
        ),
    ),
    Field(
        "name",
        _("Name"),
        "text",
        required=True,
        synonyms=("学校名称", "机构名称", "学校(机构)名称", "单位名称", "名称", "学校", "school name", "school"),
    ),
    Field("kind", _("Kind of organisation"), "choice", synonyms=("机构类别", "单位类别", "类别"), choices=KINDS),
    Field(
        "administering_authority",
        _("Administered by"),
        "text",
        synonyms=("管理隶属", "隶属单位", "主管单位", "上级单位", "主管部门", "隶属", "上级单位代码", "管理隶属代码"),
        note=_("Code or name of the organisation directly above it"),
    ),
    Field(
        "location_county",
        _("County where it stands"),
        "text",
        synonyms=("所在县域", "所在县", "所在县区", "县区", "所属县区", "县(市、区)", "县市区"),
        note=_("Code or name; only where it differs from the county that administers it"),
    ),
    Field(
        "township",
        _("Township of the school"),
        "text",
        synonyms=("所在乡镇", "乡镇", "中心学校", "教育总支", "所属中心学校"),
        note=_("Code or name of the township education office"),
    ),
    Field("school_type", _("School type"), "choice", synonyms=(*_TYPES, "类型"), choices=SCHOOL_TYPES),
    Field(
        "locale",
        _("Urban, town or rural"),
        "choice",
        synonyms=("城乡分类", "城乡类型", "所在地城乡类型", "城乡分类代码"),
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
    Field("latitude", _("Latitude"), "decimal", synonyms=("纬度", "lat")),
    Field("longitude", _("Longitude"), "decimal", synonyms=("经度", "lon", "lng")),
    Field("coordinates", _("Coordinate system"), "choice", synonyms=("坐标系", "坐标系统", "crs"), choices=CRS),
    Field("built_on", _("Built on"), "date", synonyms=("建校日期", "建校时间", "建校年月", "建成日期")),
)
"""The columns of an import of organisations."""
