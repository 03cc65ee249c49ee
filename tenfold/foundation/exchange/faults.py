"""The words of faults: what is wrong, and what to do. Codes are stable, texts are translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .numbers import column_letters

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FILE: dict[str, StrOrPromise] = {
    "empty_file": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file has %(megabytes)s MB; at most %(limit)s MB can be taken. Send it in parts."),
    "zip_bomb": gettext_lazy("The file would unfold to more than %(limit)s MB. It was not opened."),
    "damaged_file": gettext_lazy(
        "The file is damaged or was cut off on its way. Open it in Excel, save it again, send it again."
    ),
    "wrong_type": gettext_lazy("This is not a table. Take a file of Excel (.xlsx, .xls) or a .csv."),
    "old_excel": gettext_lazy(
        "This file of Excel is protected or of a kind that is not read. "
        "Open it, remove the password, save it as .xlsx, send it again."
    ),
    "old_word": gettext_lazy(
        "This is a file of an old Word (.doc). Open it in Word or WPS, save it as .docx, send it again."
    ),
    "web_page": gettext_lazy("This is a web page under the name of a table. Open it in Excel and save it as .xlsx."),
    "wrong_encoding": gettext_lazy(
        "The characters cannot be read from row %(row)s on. Save the file as .xlsx, or as .csv in UTF-8."
    ),
    "damaged_csv": gettext_lazy("Row %(row)s opens a quotation mark that is not closed."),
    "cut_off": gettext_lazy("The file ends in the middle of row %(row)s. It was cut off on its way; send it again."),
    "too_many_rows": gettext_lazy("The sheet has more than %(limit)s rows. Send it in parts."),
    "too_many_columns": gettext_lazy("The sheet has more than %(limit)s columns. Remove those that are not needed."),
    "bad_mapping": gettext_lazy("The mapping file cannot be used: %(what)s"),
    "no_table": gettext_lazy(
        "No heading row was understood. Use the template, or say which row is the heading and which column is which."
    ),
    "missing_key": gettext_lazy("There is no column for “%(field)s”, by which rows are told apart."),
    "missing_heading": gettext_lazy("The mapping names “%(heading)s”, which the sheet lacks."),
    "no_sheet": gettext_lazy("There is no sheet “%(sheet)s”."),
    "no_rows": gettext_lazy("There is no row below the heading."),
    "no_period": gettext_lazy("Say of which school year the figures are."),
    "empty_tree": gettext_lazy("There is no organisation yet: tenfold init makes the first."),
    "unknown_place": gettext_lazy("There is no place with the code %(code)s within your scope."),
}
"""Faults of a whole file."""

CELL: dict[str, StrOrPromise] = {
    "not_a_number": gettext_lazy("should be a number"),
    "not_whole": gettext_lazy("should be a whole number"),
    "negative": gettext_lazy("cannot be below zero"),
    "out_of_range": gettext_lazy("lies beyond what is possible"),
    "bad_date": gettext_lazy("is no day of the calendar written as year-month-day"),
    "unknown_choice": gettext_lazy("is not one of the allowed words"),
    "required_missing": gettext_lazy("must not be empty"),
    "not_a_code": gettext_lazy("is not a code"),
    "code_lost_digits": gettext_lazy("lost its last digits in Excel; enter it as text"),
    "too_long": gettext_lazy("is longer than %(limit)s characters"),
    "formula_without_value": gettext_lazy("is a formula without a stored value; open the file in Excel and save it"),
    "excel_error": gettext_lazy("is an error of Excel"),
    "merged_number": gettext_lazy("is one number for several merged rows"),
    "duplicate_code": gettext_lazy("stands also in row %(other)s"),
    "duplicate_column": gettext_lazy("stands also in column %(other)s; leave one of the two out"),
    "column_unconfirmed": gettext_lazy("probably means “%(field)s”; confirm it or leave the column out"),
    "unit_unconfirmed": gettext_lazy("has no unit; say whether it is yuan or ten thousand yuan"),
    "unknown_organisation": gettext_lazy("no school with this code within your scope"),
    "total_mismatch": gettext_lazy("differs from the sum of its parts, %(counted)s"),
    "outlier": gettext_lazy("is far beyond the others, of which the largest is %(usual)s"),
    "ratio_outlier": gettext_lazy("comes to %(ratio)s %(per)s; the largest of the others is %(usual)s"),
    "looks_like_yuan": gettext_lazy("seems to be in yuan; the largest of the others is %(usual)s"),
}
"""Faults of a cell; read after its value: “三百一十四” should be a number."""

WARNINGS = frozenset(["outlier", "ratio_outlier", "looks_like_yuan"])


def file_text(code: str, params: Mapping[str, Any]) -> str:
    """What is wrong with a file as a whole."""
    return str(FILE.get(code, code)) % _Lenient(params)


def problem(code: str, params: Mapping[str, Any], texts: Mapping[str, StrOrPromise]) -> str:
    """What is wrong with a cell, without its value. ``texts``: those of the kind's own codes."""
    return str(texts.get(code) or CELL.get(code) or code) % _Lenient(params)


def advice(code: str, suggestion: str | None, params: Mapping[str, Any]) -> str:
    """What to do about it."""
    if suggestion:
        return _("change it to %(value)s") % {"value": suggestion}
    if code == "unknown_choice":
        return _("one of: %(allowed)s") % _Lenient(params)
    if code == "required_missing":
        return _("fill it in")
    if code in ("outlier", "ratio_outlier"):
        return _("look at it; keep it if it is true")
    if code == "total_mismatch":
        return _("the parts count")
    return _("check it")


def sentence(sheet: str, row: int, column: int | None, value: str, code: str, suggestion: str | None,
             params: Mapping[str, Any], texts: Mapping[str, StrOrPromise]) -> str:  # fmt: skip
    """The fault in one sentence, with its place: 第22行H列“三百一十四”应为数字，改为314。"""
    words = {
        "row": row,
        "column": column_letters(column) if column is not None else "",
        "value": value,
        "problem": problem(code, params, texts),
        "advice": advice(code, suggestion, params),
    }
    if column is None:
        return _("Row %(row)s: %(problem)s; %(advice)s.") % words
    if not value:
        return _("Row %(row)s, column %(column)s: empty, %(problem)s; %(advice)s.") % words
    return _("Row %(row)s, column %(column)s: “%(value)s” %(problem)s; %(advice)s.") % words


class _Lenient(dict[str, Any]):
    """Parameters of a text; a missing one shows as an empty word rather than failing the page."""

    def __missing__(self, key: str) -> str:
        return ""
