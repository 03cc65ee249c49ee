"""A light in words: its state, why, how much is missing, by when; what pages, papers and notices say alike.

All are plain texts; a page marks their numbers with ``|figured``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import Answer, house
from tenfold.foundation.ui import words
from tenfold.foundation.ui.figures import Figure
from tenfold.foundation.ui.numbers import apart, written

if TYPE_CHECKING:
    from .queries.lights import Lit


def word(lit: Lit) -> str:
    """正常推进, 需要关注, 已经逾期, 已办结, 待填."""
    return words.state_word(lit.state)


def reason(lit: Lit, on: date | None = None) -> str:
    """Why it has its light, and how much is missing by when, in one sentence without its full stop.

    ``on``: the day for which the light was computed, today where nothing is said.
    """
    return joined(_parts(lit, on or today()))


def missing(lit: Lit) -> str:
    """How much is missing to what is wanted: 差4.0个百分点, 尚缺佐证材料; '' where nothing is."""
    if lit.answer.reached:
        return ""
    return lit.answer.waits if not _counts(lit) else gap_of(lit.answer, lit.light.missing) or lit.answer.waits


def gap_of(answer: Answer, gap: Fraction | None) -> str:
    """A gap in the unit of what is counted: 差4.0个百分点, 差2所; '' where it is unknown."""
    if gap is None:
        return ""
    unit = str(answer.unit)
    if unit == "%":
        return _("%(gap)s percentage points are missing") % {"gap": _gap(gap, max(answer.decimals, 1))}
    return _("%(gap)s are missing") % {"gap": f"{_gap(gap, _places(gap, answer.decimals))}{unit}"}


def by(lit: Lit, on: date | None = None) -> str:
    """By when: 12月31日前; 应于9月30日 once it has passed; 长期 without a day."""
    if lit.due is None:
        return _("long-standing")
    told = _day(lit.due, on or today())
    if lit.state == "late":
        return _("was due on %(day)s") % {"day": told}
    return _("by %(day)s") % {"day": told}


def due(day: date | None, text: str, on: date) -> str:
    """A task's own day as its table says it: 12月31日前, or the words of the table (长期)."""
    return _("by %(day)s") % {"day": _day(day, on)} if day else text or _("long-standing")


def criterion(parameters: Mapping[str, Any]) -> str:
    """What decides a task, in words; '' for a criterion that nobody declares any more."""
    declared = house().criteria.get(str(parameters.get("code", "")))
    return declared.told(parameters) if declared else ""


def days_late(lit: Lit, on: date | None = None) -> int:
    """How many days it is overdue; 0 where it is not."""
    if lit.state != "late" or lit.due is None:
        return 0
    return ((on or today()) - lit.due).days


def figure(lit: Lit) -> Figure | None:
    """The value on which the light rests, opening to its source; None where no number tells it."""
    answer = lit.answer
    if not _counts(lit) or not answer.figure:
        return None
    value = None if answer.value is None else float(answer.value)
    decimals = answer.decimals
    if value is not None and answer.wanted is not None:  # 99.96 is no 100.0 beside the 100 that are wanted
        decimals = apart(value, (answer.wanted,), decimals)
    return Figure(value, str(answer.unit), decimals, **dict(answer.figure))


def wanted(lit: Lit) -> str:
    """What is to be reached, as 75%; '' where no number tells it."""
    return aim_of(lit.answer) if _counts(lit) else ""


def aim_of(answer: Answer) -> str:
    """What an answer is held against, with its unit."""
    if answer.wanted is None:
        return ""
    return f"{written(answer.wanted, _places(answer.wanted, max(answer.decimals, 4)))}{answer.unit}"


def plain(lit: Lit, on: date | None = None) -> Mapping[str, str]:
    """What a frozen period keeps of what was said: state, reason, missing, value, wanted, by, due (ISO)."""
    shown = figure(lit)
    value = "" if shown is None or shown.value is None else "".join(shown.words("table"))
    return {
        "state": lit.state, "word": word(lit), "reason": reason(lit, on), "missing": missing(lit), "value": value,
        "wanted": wanted(lit), "by": by(lit, on), "due": lit.due.isoformat() if lit.due else "",
    }  # fmt: skip


def counted(found: Iterable[Lit]) -> dict[str, int]:
    """How many are in each state, every state named."""
    counts = dict.fromkeys(("late", "attention", "unknown", "on_track", "done"), 0)
    for each in found:
        counts[each.state] += 1
    return counts


def joined(parts: Iterable[str]) -> str:
    """Parts of a sentence in a row."""
    return ("，" if words.chinese() else ", ").join(part for part in parts if part)


def _parts(lit: Lit, on: date) -> list[str]:
    said = {
        "reached": _reached, "repaired": _repaired, "overdue": _overdue, "behind": _behind, "urgent": _urgent,
        "trend": _trend, "untold": _untold, "not_begun": _not_begun, "running": _running,
    }  # fmt: skip
    parts = said[lit.light.reason](lit, on)
    open_ = lit.state != "done" and lit.light.reason != "repaired"
    if open_ and lit.waits_for:
        tasks = words.listed(lit.waits_for)
        parts.append(_("waits for task %(tasks)s") % {"tasks": tasks})
    if open_ and lit.extended and lit.due is not None:
        parts.append(_extended(lit, on))
    elif open_ and lit.state != "late":
        parts.append(by(lit, on))
    return parts


def _extended(lit: Lit, on: date) -> str:
    told = {"day": _day(lit.due, on), "first": _day(lit.planned, on)}
    if lit.planned is None:
        return _("extended to %(day)s") % told
    return _("extended to %(day)s (first %(first)s)") % told


def _reached(lit: Lit, on: date) -> list[str]:
    done = _("done on %(day)s") % {"day": _day(lit.answer.on, on)} if lit.answer.on else _("reached")
    return [done, _stands(lit)]


def _repaired(lit: Lit, on: date) -> list[str]:
    parts = [_("made good after its day"), _("counts as needing attention until the quarter ends")]
    return [_("done on %(day)s") % {"day": _day(lit.answer.on, on)}, *parts] if lit.answer.on else parts


def _overdue(lit: Lit, on: date) -> list[str]:
    return [_("overdue by %(days)s days") % {"days": days_late(lit, on)}, missing(lit)]


def _behind(lit: Lit, on: date) -> list[str]:
    return [*_way(lit), missing(lit)]


def _urgent(lit: Lit, on: date) -> list[str]:
    left = (lit.due - on).days + 1 if lit.due else 0
    return [*_way(lit), _("%(days)s days are left") % {"days": left}, missing(lit)]


def _trend(lit: Lit, on: date) -> list[str]:
    return [_("by its course of earlier years it would miss its aim"), missing(lit)]


def _untold(lit: Lit, on: date) -> list[str]:
    return [lit.answer.waits or _("no record tells it yet")]


def _not_begun(lit: Lit, on: date) -> list[str]:
    return [_("begins on %(day)s") % {"day": _day(lit.begins, on)}]


def _running(lit: Lit, on: date) -> list[str]:
    return [*_way(lit), missing(lit)]


def _way(lit: Lit) -> list[str]:
    """How much of the way is gone, and of the time: 完成56%, 时间已过89%."""
    parts, share, passed = [], lit.share, lit.light.passed
    if share is not None and _counts(lit):
        parts.append(_("%(share)s%% of the way done") % {"share": _percent(share)})
    if passed is not None:
        parts.append(_("%(share)s%% of the time gone") % {"share": _percent(passed)})
    return parts


def _stands(lit: Lit) -> str:
    """What an indicator stands at once its aim is reached: 现为78.8%, 目标75%."""
    shown = figure(lit)
    if shown is None or shown.value is None:
        return ""
    told = {"value": "".join(shown.words("table")), "wanted": wanted(lit)}
    return _("now %(value)s, the aim is %(wanted)s") % told


def _counts(lit: Lit) -> bool:
    """Whether a number tells how far it is: not where one record decides (Material)."""
    answer = lit.answer
    return answer.wanted is not None and (bool(answer.unit) or bool(answer.figure) or answer.wanted != 1)


def _percent(share: Fraction | float) -> str:
    """A share in per cent, cut and not rounded up: what is not whole is not told as 100."""
    return str(int(Fraction(share) * 100))


def _gap(gap: Fraction, decimals: int) -> str:
    """What is missing; so many decimals that a small rest is not told as zero."""
    while gap and not float(written(gap, decimals).replace(",", "")):
        decimals += 1
    return written(gap, decimals)


def _places(value: Fraction, decimals: int) -> int:
    """As many decimals as the value needs, at most the indicator's."""
    for places in range(decimals + 1):
        if Fraction(Decimal(written(abs(value), places).replace(",", ""))) == abs(value):
            return places
    return decimals


def _day(day: date | None, on: date) -> str:
    return words.day(day, day is not None and day.year != on.year)
