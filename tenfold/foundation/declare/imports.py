"""What the importer and the packages that take rows in say to each other.

A package's ``imports.py`` holds one class for each kind it declares with a ``Reader``; it is made
anew for every check and every write, in the access context of whoever imports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Address = str
"""Where a value belongs: ``name``, ``teachers.junior``, ``pupils.primary.3`` (field, stage, grade)."""


@dataclass(frozen=True)
class ImportRow:
    """One row of a sheet, its cells read. Unknown cells are absent from ``values``.

    ``values`` by address: text, int, Decimal (yuan, m²), bool, date, or a choice's code. ``named`` are
    the addresses that the sheet has a column for, whether known in this row or not. ``stage`` is
    given where a column says of which stage the row's figures are. ``record`` is ``12#Sheet1!7``.
    """

    index: int
    sheet: str
    number: int
    values: Mapping[Address, Any]
    record: str
    stage: str = ""
    named: frozenset[Address] = frozenset()


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a row, or with one of its cells.

    ``index`` is that of the :class:`ImportRow`; ``level`` error (stops the row) or warning (stands until
    somebody has looked at it). ``suggestion`` is what the cell probably should hold, as text.
    """

    index: int
    code: str
    address: Address = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    suggestion: str | None = None
    level: str = "error"


@dataclass(frozen=True)
class Change:
    """What writing a row would do. ``basis`` is a digest of what stands now: it tells if others changed it since."""

    state: str
    basis: str = ""


@dataclass(frozen=True)
class Kept:
    """What an import did to one record, so that it can be undone.

    ``key`` names the record within its kind; ``before`` is what stood there, as plain data (None: nothing did).
    ``stood`` and ``mark`` are digests of the record before and after: by ``mark`` it is seen later whether
    anybody has changed it since.
    """

    key: str
    before: Any
    stood: str
    mark: str


@dataclass(frozen=True)
class ImportContext:
    """Of which import: ``under`` is the code of the place below which is matched and made, '' for one's own."""

    batch: int = 0
    period: str = ""
    under: str = ""


class ImportHandler(Protocol):
    """The importer's side of a ``Reader``. ``texts`` gives the words of its own fault codes."""

    texts: Mapping[str, StrOrPromise]

    def __init__(self, context: ImportContext) -> None: ...

    def check(self, rows: Sequence[ImportRow]) -> Iterable[Flaw]:
        """The faults of the rows against each other and against what stands."""

    def preview(self, rows: Sequence[ImportRow]) -> Sequence[Change]:
        """What writing would do, row by row: new, changed, unchanged."""

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Make them true, inside a service."""

    def kept(self) -> Iterable[Kept]:
        """What the write has just done, record by record."""

    def marks(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The digests of the records as they stand now; absent where one is gone."""

    def names(self, keys: Sequence[str]) -> Mapping[str, str]:
        """What the records are called on a page."""

    def ties(self, kept: Sequence[Kept]) -> Mapping[str, StrOrPromise]:
        """What hangs on records that an undo would take away, by key; empty where nothing does."""

    def undo(self, kept: Sequence[Kept]) -> None:
        """Restore what stood before, inside a service."""

    def export(self) -> Iterable[Mapping[Address, Any]]:
        """What stands, as rows that can be imported again."""
