"""Names of schools and people, put together from syllables of our own: none is a real school's."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_FIRST = "松竹梧杏榆枫棠荷菱芦苇霞岚露霁鹤鹭鸢锦碧素听临栖漱含揽澄沐棹砚芷蘅茗雁鸥萤晴曦晓岫屏"
_LAST = "涧溪浦渚汀坪坳岗岭峪渡亭畈洲源壑陂湾屿汐砂榭渊麓野岸皋埠墩垸"
_FIRST_OF_INFANTS = "贝童星阳晨彩乐欣苗芽蕾笋萤蝶蜓雀鹿葵樱桃柚禾稚暖悦朗"
_LAST_OF_INFANTS = "语光朵苑露舟桥塔屋林荷月乐园芽风歌田帆谷"
_SURNAMES = "林沈程柳苏叶江孟方严贺杜周安梁顾秦许韩陆姚谢罗何唐夏钟余"
_GIVEN = "知书长晓一东青南小若远守慎明怀景思雨清宁文嘉子云安之立舟禾远溪松满意涵"


def _pairs(first: str, last: str, dice: Random) -> Iterator[str]:
    pairs = [one + other for one in first for other in last if one != other]
    dice.shuffle(pairs)
    return iter(pairs)


def of_schools(dice: Random) -> Iterator[str]:
    """Two-syllable names, none twice."""
    return _pairs(_FIRST, _LAST, dice)


def of_infants(dice: Random) -> Iterator[str]:
    """Names of kindergartens, none twice."""
    return _pairs(_FIRST_OF_INFANTS, _LAST_OF_INFANTS, dice)


def person(dice: Random) -> str:
    """A person's name."""
    return dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, dice.choice((1, 2, 2, 2))))
