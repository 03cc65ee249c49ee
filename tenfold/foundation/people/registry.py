"""The numbers by which a child is known: 学籍号 and 身份证号. Arithmetic only, nothing is stored here.

学籍号: 19 characters. G and an identity number; J and 18 digits (without an identity number); L, 6 of the area, 8 of
the date of birth, 4 more (temporary). 身份证号: GB 11643, the last character checks the seventeen before it.
"""

from __future__ import annotations

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_IDENTITY = re.compile(r"\d{17}[\dX]")
_REGISTRY = re.compile(r"G\d{17}[\dX]|[JL]\d{18}")


def check_character(digits: str) -> str:
    """The eighteenth character of an identity number, from its seventeen digits."""
    return _CHECKS[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]


def identity_fault(number: str) -> str:
    """What is wrong with an identity number: '' (nothing), form, check, or birth (no such day)."""
    if not _IDENTITY.fullmatch(number):
        return "form"
    if check_character(number[:17]) != number[17]:
        return "check"
    return "" if birth_in(number) else "birth"


def registry_fault(number: str) -> str:
    """What is wrong with a registry number: '' (nothing), form, check, or birth."""
    if not _REGISTRY.fullmatch(number):
        return "form"
    if number[0] == "G":
        return identity_fault(number[1:])
    return "" if number[0] == "J" or birth_in(number[1:]) else "birth"


def birth_in(number: str) -> date | None:
    """The date of birth inside the eighteen characters of an identity number or of L…; None where it is none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_in(number: str) -> str:
    """The code of GB/T 2261.1 inside an identity number: odd 1 (male), even 2 (female)."""
    return "1" if int(number[16]) % 2 else "2"
