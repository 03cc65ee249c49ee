"""Facts, and the small arithmetic in which indicators speak of their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Number = int | float


@dataclass(frozen=True)
class Column:
    """A column of a fact.

    ``kind``: int, float, bool, str. ``fields`` names the return's fields it is made of, so that
    a figure opens down to their cells. ``classed`` above ``internal`` is refused by the fact store.
    """

    name: str
    kind: str = "int"
    title: StrOrPromise = ""
    unit: str = ""
    fields: tuple[str, ...] = ()
    classed: str = "public"


class _Arithmetic:
    def __add__(self, other: Any) -> Expression:
        return Expression("+", (self, other))

    def __sub__(self, other: Any) -> Expression:
        return Expression("-", (self, other))

    def __mul__(self, other: Any) -> Expression:
        return Expression("*", (self, other))

    def __truediv__(self, other: Any) -> Expression:
        return Expression("/", (self, other))

    def __ge__(self, other: Any) -> Condition:
        return Condition(">=", self, other)

    def __gt__(self, other: Any) -> Condition:
        return Condition(">", self, other)

    def __le__(self, other: Any) -> Condition:
        return Condition("<=", self, other)

    def __lt__(self, other: Any) -> Condition:
        return Condition("<", self, other)

    def among(self, *values: Any) -> Condition:
        """True where the value is one of ``values``."""
        return Condition("in", self, values)


@dataclass(frozen=True)
class Expression(_Arithmetic):
    """An arithmetic of columns. ``op`` is ``column`` for a leaf, whose ``parts`` are (fact code, column name)."""

    op: str
    parts: tuple[Any, ...]

    def columns(self) -> tuple[tuple[str, str], ...]:
        """The (fact code, column name) pairs it rests on, in order, once each."""
        if self.op == "column":
            return ((self.parts[0], self.parts[1]),)
        found: dict[tuple[str, str], None] = {}
        for part in self.parts:
            if isinstance(part, Expression):
                found.update(dict.fromkeys(part.columns()))
        return tuple(found)


@dataclass(frozen=True)
class Condition:
    """A rule that a unit meets or not. ``op``: >= > <= < in, and, or."""

    op: str
    left: Any
    right: Any

    def __and__(self, other: Condition) -> Condition:
        return Condition("and", self, other)

    def __or__(self, other: Condition) -> Condition:
        return Condition("or", self, other)

    def columns(self) -> tuple[tuple[str, str], ...]:
        """The (fact code, column name) pairs it rests on."""
        found: dict[tuple[str, str], None] = {}
        for side in (self.left, self.right):
            if isinstance(side, (Expression, Condition)):
                found.update(dict.fromkeys(side.columns()))
        return tuple(found)


@dataclass(frozen=True)
class Fact:
    """Rows that the work leaves, as the indicator engine reads them.

    ``rows(period)`` yields one dict a row: the grain's keys (``school`` is the organisation's id;
    ``stage``, ``grade``), the columns, and ``record``, which says where the row came from
    (``12#Sheet1!7`` = import 12, sheet, row; several joined by ``;``, the later first).
    ``grain`` starts with ``school``. A column is an attribute: ``staffing.backbone``.
    """

    code: str
    title: StrOrPromise
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[str], Iterable[dict[str, Any]]]

    def __getattr__(self, name: str) -> Expression:
        if name.startswith("__"):
            raise AttributeError(name)
        if any(column.name == name for column in self.columns):
            return Expression("column", (self.code, name))
        raise AttributeError(f"{self.code} has no column {name}")

    def column(self, name: str) -> Column:
        """The declared column of that name."""
        return next(column for column in self.columns if column.name == name)
