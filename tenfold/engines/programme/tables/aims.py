"""Numbers that a task names as its aim (达到95%, 不少于20场): offered as a target, never taken by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tenfold.foundation.exchange.numbers import tidy


@dataclass(frozen=True)
class Aim:
    """A number with its unit; ``at``: least or most; ``text``: the words around it."""

    value: Decimal
    unit: str
    at: str
    text: str


_LEAST = (
    "达到|达|不低于|不少于|不小于|至少|力争|超过|提高到|提升到|提高至|提升至|增加到|"
    "建成|新建|建设|创建|开展|组织|完成|培养|培训|新增|遴选|覆盖"
)
_MOST = "不超过|不高于|不多于|降到|降至|控制在|下降到|低于"
_UNIT = (
    "%|％|个百分点|万?人次?|名|位|所|个|场次?|次|次以上|门|项|节|期|套|间|篇|万元|亿元|公里|平方米|万?册|家|件|对|组|校"
)
_AIM = re.compile(
    rf"(?P<word>{_MOST}|{_LEAST})[^\d,.;、。，；]{{0,10}}?(?P<value>\d+(?:\.\d+)?)(?P<unit>{_UNIT})(?P<after>以上|以内|以下)?"
    rf"|(?P<value2>\d+(?:\.\d+)?)(?P<unit2>{_UNIT})(?P<after2>以上|以内|以下)"
)


def aims(text: str) -> tuple[Aim, ...]:
    """The aims that a text names, in its order."""
    return tuple(_aim(match) for match in _AIM.finditer(tidy(text).replace(" ", "")))


def _aim(match: re.Match[str]) -> Aim:
    value, unit = match["value"] or match["value2"], match["unit"] or match["unit2"]
    after = match["after"] or match["after2"] or ""
    most = after in ("以内", "以下") or re.fullmatch(_MOST, match["word"] or "")
    return Aim(Decimal(value), unit.replace("％", "%"), "most" if most else "least", match[0])
