"""The figure: a number on a page together with the way to what it rests on.

Numbers reach a page only as a :class:`Figure` through the tag ``{% figure f %}`` (or ``{% cell f %}``
in a table). ``value=None`` is unknown and drawn as such, never as 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from .numbers import Number, apart, in_prose, written
from .words import mark_word

STATES = ("on_track", "attention", "late", "done", "unknown")
NOT_APPLICABLE = "not_applicable"


def figure_url(indicator: str, place: str = "", period: str = "", split: str = "") -> str:
    """Where a value's source is told: the one place that knows this address.

    ``place`` is an organisation's code, ``period`` as ``2023-24``, ``split`` as ``stage=primary``.
    The page also answers ``part=popover`` and ``part=drawer`` with a fragment.
    """
    query = {name: word for name, word in (("place", place), ("period", period), ("split", split)) if word}
    return f"/indicators/{indicator}/source" + (f"?{urlencode(query)}" if query else "")


@dataclass(frozen=True)
class Figure:
    """A number that opens.

    ``value`` None is unknown; ``state`` is one of :data:`STATES` (its sign and colour stand beside the
    value), or ``not_applicable`` (—). ``decimals`` None follows the unit: one for %, else none.
    ``indicator``, ``place`` (an organisation's code), ``period`` and ``split`` lead to the source;
    ``link`` leads elsewhere (a count of tasks opens the tasks). ``suppressed``: the statistic rests on too
    few persons to be shown. ``coverage``: on what it rests, as “46/52所”. ``limits``: what it was held against; a
    value with a state is written with so many decimals that it stands on its side of them. ``word``: how its state
    is read out, where it is not simply below a standard.
    """

    value: Number | None
    unit: str = ""
    decimals: int | None = None
    indicator: str = ""
    place: str = ""
    period: str = ""
    split: str = ""
    state: str = ""
    suppressed: bool = False
    coverage: str = ""
    link: str = ""
    limits: tuple[Number, ...] = ()
    word: str = ""

    @cached_property
    def href(self) -> str:
        """Where the figure opens; '' when nothing is behind it."""
        if self.link:
            return self.link
        return figure_url(self.indicator, self.place, self.period, self.split) if self.indicator else ""

    @property
    def places(self) -> int:
        """How many decimals are written."""
        usual = self.decimals if self.decimals is not None else 1 if str(self.unit) == "%" else 0
        if self.limits and self.sign and self.value is not None and isfinite(self.value):
            return apart(self.value, self.limits, usual)
        return usual

    @property
    def kind(self) -> str:
        """``suppressed``, ``not_applicable``, ``unknown`` or ``value``: what the tag draws."""
        if self.suppressed:
            return "suppressed"
        if self.state == NOT_APPLICABLE:
            return NOT_APPLICABLE
        return "value" if self.value is not None and isfinite(self.value) else "unknown"

    @property
    def sign(self) -> str:
        """The state whose sign is drawn, or ''."""
        return self.state if self.state in STATES else ""

    @property
    def spoken(self) -> str:
        """What is read out of its state beside the value."""
        return self.word or mark_word(self.sign)

    def words(self, style: str = "prose") -> tuple[str, str]:
        """The number and its unit as ``style`` (prose, strip, table) writes them."""
        if self.value is None or not isfinite(self.value):
            return _("Unknown"), ""
        if style == "prose":
            return in_prose(self.value, str(self.unit), self.places)
        return written(self.value, self.places), str(self.unit)
