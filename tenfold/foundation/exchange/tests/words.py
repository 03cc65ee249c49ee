"""A few fields for tests that need no database."""

from __future__ import annotations

from tenfold.foundation.declare import Field

YES_NO = (("yes", ("是", "√", "1")), ("no", ("否", "×", "0")))
SECTORS = (("public", ("公办",)), ("private", ("民办",)))
FIELDS = (
    Field("school_code", "学校标识码", "code", required=True, synonyms=("学校(机构)标识码", "标识码", "school code")),
    Field("name", "学校名称", "text", synonyms=("学校", "单位名称", "school name")),
    Field("township", "所在乡镇", "text"),
    Field("sector", "公办或民办", "choice", choices=SECTORS, synonyms=("办学性质",)),
    Field("boarding", "寄宿制", "yes_no", choices=YES_NO),
    Field("built_on", "建校日期", "date"),
    Field("pupils", "在校生数", "integer", "G", "人", synonyms=("在校学生数", "学生数", "在校生", "pupils")),
    Field("pupils_female", "女生数", "integer", "G", "人", synonyms=("其中女生", "其中女", "女")),
    Field("classes", "班数", "integer", "G", synonyms=("教学班", "班级数")),
    Field("classes_26_30", "26-30人班数", "integer", "T", synonyms=("26-30人", "26-30")),
    Field("teachers", "专任教师", "integer", "T", synonyms=("教师数", "教师", "full-time teachers")),
    Field("teachers_specialist", "其中专科", "integer", "T", synonyms=("专科", "specialist teachers")),
    Field("teachers_backbone", "县级以上骨干教师", "integer", "T", synonyms=("骨干教师",)),
    Field("area_teaching", "教学及辅助用房面积", "area", "S", "m²", synonyms=("教学用房",)),
    Field("area_indoor_sports", "室内体育用房", "area", "S", "m²"),
    Field("equipment_value", "教学仪器设备值", "money", "S", "元", synonyms=("设备值",)),
)
