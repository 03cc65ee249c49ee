"""Numbers and dates as people type them: what can be read without a guess, and what only suggests.

Two answers are kept apart. A *reading* is certain: ``１２``, ``1,234`` and ``314.0`` are numbers.
A *suggestion* is offered to a person and never taken by itself: ``三百一十四`` → 314, ``314人`` → 314,
``31/8/1987`` → 1987-08-31.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from decimal import Decimal, InvalidOperation

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-"})


def tidy(text: str) -> str:
    """Half-width form without outer or zero-width blanks; minus signs of any make become ``-``."""
    if text.isascii():
        return text.strip()
    text = unicodedata.normalize("NFKC", text).translate(_MINUS)
    return re.sub(r"[\u200b-\u200f\ufeff]", "", text).strip()


def number_of(text: str) -> Decimal | None:
    """The number that a text certainly is, or None.

    Full-width digits and thousands separators in the right places are certain; a comma elsewhere,
    an exponent or any word beside the digits is not.
    """
    if text.isascii() and text.isdigit():
        return Decimal(text)
    text = tidy(text).replace(" ", "")
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def chinese_number(text: str) -> int | None:
    """The whole number that Chinese numerals spell (``三百一十四`` 314, ``二〇二三`` 2023), or None."""
    text = tidy(text)
    if not text or any(c not in _DIGITS and c not in _TENS and c not in _MYRIADS for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (1 if digit is None else digit) * _TENS[char]
            digit = None
        else:
            total = (total + section + (digit or 0)) * _MYRIADS[char]
            section, digit = 0, None
    return total + section + (digit or 0)


def suggested_number(text: str) -> Decimal | None:
    """A number that the text probably means: Chinese numerals, or digits with a unit or a stray word."""
    spelled = chinese_number(tidy(text).rstrip("人个名位间所班册台元"))
    if spelled is not None:
        return Decimal(spelled)
    plain = tidy(text).replace(" ", "").replace(",", "")
    found = re.findall(r"\d+(?:\.\d+)?", plain)
    if len(found) != 1:
        return None
    rest = plain.replace(found[0], "", 1)
    if re.fullmatch(r"(约|近|共|计)?(人|个|名|位|间|所|班|册|台|套|平方米|平米|㎡|m2|元|万元|余|多|左右)*", rest):
        return Decimal(found[0])
    return None


def date_of(text: str) -> date | None:
    """The date that a text certainly is, year first: ``1987/9/30``, ``1987年9月30日``, ``19870930``."""
    text = tidy(text)
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(:\d{2})?)?", text)
    if not match:
        match = re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", text)
    return _date(match[1], match[2], match[3]) if match else None


def suggested_date(text: str) -> date | None:
    """A date that the text probably means, d/m/yyyy first; None where it fits no day of the calendar.

    ``31/8/1987`` → 31 August; ``8/31/1987`` fits only the American order; ``3/4/1987`` is read as
    3 April, and is therefore only suggested. A 31st where the month has 30 days gives the last of
    the month. A year and month alone give the first of the month.
    """
    text = tidy(text)
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        day, month, year = match[1], match[2], match[3]
        return _date(year, month, day) or _date(year, day, month) or _month_end(year, month, day)
    if match := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text):
        return _date(match[1], match[2], match[3]) or _month_end(match[1], match[2], match[3])
    if match := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?", text):
        return _date(match[1], match[2], "1")
    if match := re.fullmatch(r"((?:19|20)\d{2})年?", text):
        return _date(match[1], "1", "1")
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_end(year: str, month: str, day: str) -> date | None:
    if not 29 <= int(day) <= 31 or not 1 <= int(month) <= 12:
        return None
    return _date(year, month, str(monthrange(int(year), int(month))[1]))


def column_letters(index: int) -> str:
    """The letters over a column of a sheet: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index under column letters: A → 0, AA → 26."""
    index = 0
    for char in letters.upper():
        index = index * 26 + ord(char) - 64
    return index - 1
