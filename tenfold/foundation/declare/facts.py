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
    ``guarded``: counts of people so few and so sensitive (pupils with disabilities) that statistics of
    fewer than ten of them are not shown.
    """

    name: str
    kind: str = "int"
    title: StrOrPromise = ""
    unit: StrOrPromise = ""
    fields: tuple[str, ...] = ()
    classed: str = "public"
    guarded: bool = False


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


WHOLE = "*"
"""The stage of a row that speaks of the whole school, in a fact whose grain holds the stage."""


@dataclass(frozen=True)
class Fact:
    """Rows that the work leaves, as the indicator engine reads them.

    ``grain``: ``school``, then ``stage`` and ``grade`` where the rows are so divided. ``rows(period)``
    yields one dict a row: the grain's keys (``school`` is the organisation's id), the columns, and
    ``record``, which says where the row came from (``12#Sheet1!7`` = import 12, sheet, row; several
    joined by ``;``, the later first). ``periods()``: the periods of which there are rows.

    What the engine relies on: a row stands for every unit that *should* have it, and None in it is
    unknown, never zero. The rows of one stage add up: where a stage's sum is unknown, the column is
    None in all its rows. A fact by stage also yields a row of stage :data:`WHOLE` for the school as a
    whole (none where only single stages have a meaning), since a school's sum may be known where its
    parts are not. The engine adds the places above the school and its attributes.

    ``source(period)``, where several facts are read from one load: called once, its answer handed to
    ``rows`` in place of the period. ``standards``: codes of the standards files that the rows rest on;
    a change in one, or in ``version``, makes stored rows stale. A column is an attribute:
    ``staffing.backbone``.
    """

    code: str
    title: StrOrPromise
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[dict[str, Any]]]
    periods: Callable[[], Iterable[str]] = tuple
    source: Callable[[str], Any] | None = None
    standards: tuple[str, ...] = ()
    version: int = 1

    def __getattr__(self, name: str) -> Expression:
        if name.startswith("__"):
            raise AttributeError(name)
        if any(column.name == name for column in self.columns):
            return Expression("column", (self.code, name))
        raise AttributeError(f"{self.code} has no column {name}")

    def column(self, name: str) -> Column:
        """The declared column of that name."""
        return next(column for column in self.columns if column.name == name)
