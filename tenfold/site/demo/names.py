"""Names of places, schools and people, put together from syllables of our own."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_FIRST = "松竹梧桐杏榆枫棠荷菱芦苇云霞岚露霁鹤鹭鸢石玉锦青碧素望归听临栖漱含揽"
_LAST = "涧溪塘湾浦渚汀坪坳垄岗岭峪坞堰渡桥亭畈洲源泉壑陂"
_SURNAMES = "林沈程柳苏叶江孟方严贺杜周安梁顾秦许韩陆姚谢罗何唐夏钟余"
_GIVEN = "知书长晓一东青南小若远守慎明怀景思雨清宁文嘉子云安之立舟禾远溪松满意涵"

TOWNSHIPS = 9
"""How many townships the county has, beside its seat."""


def places(dice: Random) -> Iterator[str]:
    """Two-syllable names of places, none twice; none begins as another until every beginning was used."""
    pairs = [first + last for first in _FIRST for last in _LAST]
    dice.shuffle(pairs)
    seen: set[str] = set()
    for pair in pairs:
        if pair[0] not in seen or len(seen) == len(_FIRST):
            seen.add(pair[0])
            yield pair


def person(dice: Random) -> str:
    """A person's name."""
    return dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, dice.choice((1, 2, 2, 2))))
