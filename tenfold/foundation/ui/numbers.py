"""How numbers are written: thousands, 万 and 亿 in prose, half up, a true minus.

The rules are those of the look (LOOK.md, Charts, last paragraph); English pages have no 万.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = int | float | Decimal | Fraction

MINUS = "−"
WAN = 10**4
YI = 10**8
MILLION = 10**6


def rounded(value: Number, decimals: int) -> Decimal:
    """The value half up to ``decimals`` places; of a float its shortest decimal form counts (2.675 → 2.68)."""
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    units = int(abs(exact) * 10**decimals + Fraction(1, 2))
    return Decimal((int(exact < 0), tuple(int(digit) for digit in str(units)), -decimals))


def apart(value: Number, limits: Iterable[Number], decimals: int, most: int = 6) -> int:
    """With how many decimals, at least ``decimals``, a value is written on the same side of each limit on which it
    lies: 99.96 beside 100 is no 100.0. What differs from a limit by the last bits of a float lies at it.
    """
    known = [limit for limit in limits if not _same(value, limit)]
    for more in range(decimals, most):
        shown = Fraction(rounded(value, more))
        if all((shown > limit) == (value > limit) and (shown < limit) == (value < limit) for limit in known):
            return more
    return most


def _same(value: Number, limit: Number) -> bool:
    return abs(Fraction(value) - Fraction(limit)) <= abs(Fraction(limit)) / 10**12


def written(value: Number, decimals: int = 0) -> str:
    """The value with thousands separators, ``decimals`` places and a true minus; minus zero is zero."""
    number = rounded(value, decimals)
    if not number:
        number = number.copy_abs()
    return f"{number:,f}".replace("-", MINUS)


def change(value: Number, decimals: int = 0) -> str:
    """A change: with its sign, zero without."""
    text = written(value, decimals)
    return text if text.startswith(MINUS) or not rounded(value, decimals) else f"+{text}"


def in_prose(value: Number, unit: str = "", decimals: int = 0) -> tuple[str, str]:
    """The value and its unit as a sentence says them: 3.5 and 万人, 1.2 and 亿元, 15.6 and 万元.

    Money is told in 万元 with one decimal, from 10⁸ yuan in 亿元; below 10,000 yuan in yuan.
    """
    if not (get_language() or "zh").startswith("zh"):
        return _in_english(value, unit, decimals)
    if unit == "万元" and abs(rounded(value, 8)) >= YI // WAN:
        return written(rounded(value, 8) / WAN, 1), "亿元"
    size = abs(rounded(value, decimals))
    if unit == "元" and WAN <= size < YI:
        return written(rounded(value, 0) / WAN, 1), "万元"
    if size >= YI:
        return written(rounded(value, 0) / YI, 1), f"亿{unit}"
    if size >= WAN and unit != "%":
        shown = rounded(rounded(value, 0) / WAN, 1)
        if abs(shown) >= YI // WAN:
            return written(shown / WAN, 1), f"亿{unit}"
        return written(shown, 1), f"万{unit}"
    return written(value, decimals), unit


def _in_english(value: Number, unit: str, decimals: int) -> tuple[str, str]:
    if abs(rounded(value, 0)) >= MILLION:
        return written(rounded(value, 0) / MILLION, 1), f"{_('million')} {unit}".strip()
    return written(value, decimals), unit
