"""分管领导 as tables write them: one or several names in a cell, with their office or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_OFFICES = re.compile(
    r"(?:党组|党委|党工委|教育工委|常务)?(?:副?书记|副?局长|副?主任|副?科长|副?市长|副?县长|副?区长|副?院长|副?校长|成员|总督学|"
    r"副?组长|调研员|同志|督学|处长)+$"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,8})?")
_NONE = re.compile(r"领导|班子|全体|相关|有关|[科局室院校组]$|单位|部门")


@dataclass(frozen=True)
class Leaders:
    """Names in their order; ``doubt``: why the cell was not taken for names."""

    names: tuple[str, ...]
    doubt: str = ""


def leaders(text: str) -> Leaders:
    """The persons that a text names."""
    names, doubt = [], ""
    for part in _parts(text):
        name = _OFFICES.sub("", part) or part
        if _NAME.fullmatch(name) and not _OFFICES.search(name) and not _NONE.search(name):
            names.append(name)
        else:
            doubt = _("“%s” is not taken for a name") % part
    return Leaders(tuple(dict.fromkeys(names)), doubt)


def _parts(text: str) -> list[str]:
    """Names parted at stops, blanks and lines; 张 三, written apart to fill the width, put together again."""
    plain = re.sub(r"[（(][^（()）]*[)）]", " ", text)
    plain = re.sub(r"(?:分管|责任|牵头)?(?:局?领导)?[:：]", " ", plain)
    found: list[str] = []
    alone = False
    for word in re.split(r"[、，,；;/\s\u3000]+", plain):
        if not word:
            continue
        single = len(word) == 1
        if single and alone:
            found[-1] += word
        else:
            found.append(word)
        alone = single and not (alone and len(found[-1]) > 1)
    return found
