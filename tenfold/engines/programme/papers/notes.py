"""The footnotes: what each figure of a paper means and from what it is counted."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from tenfold.foundation.papers.data import noted
from tenfold.foundation.ui import words

from ..rules import rules
from .gathered import Gathered


def meaning(state: str) -> str:
    """What a state means, as the note of its figure."""
    left = int(rules().light.remaining * 100)
    return {
        "all": _("Tasks: counted for each leading and responsible unit; supporting units are left out."),
        "late": _("Overdue: the day has passed and what counts as done is not reached."),
        "attention": _(
            "Needing attention: under %(left)s%% of the time is left and progress is behind, or made good late."
        ) % {"left": left},
        "unknown": _("To be filled: no record tells yet how far it is."),
        "on_track": _("On track: what should be reached by now is reached."),
        "done": _("Concluded: what counts as done is reached, as the records tell."),
        "share": _("Share concluded: concluded tasks ÷ all tasks."),
        "change": _("Against the last period: overdue tasks now less overdue tasks then."),
    }[state]  # fmt: skip


def counted(g: Gathered, state: str, count: int | None = None) -> str:
    """A count with its note."""
    number = g.counts[state] if count is None else count
    return noted(number, meaning(state))


def heads() -> dict[str, str]:
    """Heads of tables, each figure's with its note."""
    return {
        "name": _("Name"), "unit": _("Responsible unit"), "task": _("Task"), "code": _("Number"), "due": _("Day due"),
        "days": noted(_("Days overdue"), _("Days overdue: from the day due to the day of this paper.")),
        "reason": _("Progress and what is missing"), "said": _("What the unit says"), "state": _("State"),
        "all": noted(_("Tasks"), meaning("all")), "count_done": noted(words.state_word("done"), meaning("done")),
        "share": noted(_("Share concluded"), meaning("share")),
        "count_on_track": noted(words.state_word("on_track"), meaning("on_track")),
        "count_attention": noted(words.state_word("attention"), meaning("attention")),
        "count_late": noted(words.state_word("late"), meaning("late")),
        "count_unknown": noted(words.state_word("unknown"), meaning("unknown")),
        "change": noted(_("Overdue against last"), meaning("change")),
        "indicator": _("Indicator"), "before": _("Last value"), "value": _("Value now"), "wanted": _("Aim"),
    }  # fmt: skip


def told_day(day: date | None, on: date) -> str:
    """A day, with its year where it is another one; or 长期."""
    return words.day(day, day.year != on.year) if day else _("long-standing")
