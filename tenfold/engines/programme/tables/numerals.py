"""Numerals as offices number their lists: 一、 （一） 1. （1） ①, and numbers spelled in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenfold.foundation.exchange.numbers import chinese_number, tidy

_DIGITS = "零一二三四五六七八九"
_HAN = "一二三四五六七八九十百〇零"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SHAPES = (
    (1, re.compile(rf"^([{_HAN}]{{1,4}})(?:[、.．]|\s+(?=\S))|^第([{_HAN}]{{1,4}})(?:[项条章]|部分)[、:：\s]*")),
    (2, re.compile(rf"^[（(]([{_HAN}]{{1,4}})[)）]、?")),
    (3, re.compile(r"^(\d{1,3})(?:[、．]|\.(?!\d))")),
    (4, re.compile(r"^[（(](\d{1,3})[)）]、?|^(\d{1,3})[)）]")),
    (5, re.compile(rf"^([{_CIRCLED}])")),
)


@dataclass(frozen=True)
class Numbered:
    """A text with its number taken off. ``level``: 1 一、 2 （一） 3 1. 4 （1） 5 ①; 0 where it has none."""

    level: int
    number: int
    rest: str


def numbered(text: str) -> Numbered:
    """The level and number with which a text begins, and what follows."""
    plain = text.strip()
    for level, pattern in _SHAPES:
        found = pattern.match(plain)
        rest = plain[found.end() :].strip() if found else ""
        if found and rest:
            return Numbered(level, number_of(next(g for g in found.groups() if g)) or 0, rest)
    return Numbered(0, 0, plain)


def level_of_number(text: str) -> int:
    """The level of a number that stands alone, as in a column 序号: 一 1, （一） 2, 1 3, （1） 4; 0 for none."""
    plain = re.sub(r"[、.．\s]+$", "", text.strip())
    if not plain:
        return 0
    if re.fullmatch(rf"第?[{_HAN}]{{1,4}}[项条]?", plain):
        return 1
    if re.fullmatch(rf"[（(][{_HAN}]{{1,4}}[)）]", plain):
        return 2
    if re.fullmatch(r"\d{1,4}", tidy(plain)):
        return 3
    return 4 if re.fullmatch(r"[（(]?\d{1,3}[)）]", plain) else 0


def number_of(text: str) -> int | None:
    """The number meant by 三, 3, ３ or ③; None where it is none."""
    if len(text) == 1 and text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    plain = tidy(text)
    return int(plain) if plain.isdigit() else chinese_number(plain)


def spelled(number: int) -> str:
    """A number below 10,000 in Chinese: 一, 十, 十二, 二十, 一百零三."""
    if number <= 0 or number >= 10_000:
        return str(number)
    text, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + word
            gap = False
        else:
            gap = bool(text)
    return text[1:] if text.startswith("一十") else text
