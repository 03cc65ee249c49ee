"""The templates that ship, drawn as GB/T 9704-2012 has official papers; an officer may change each in Word."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenfold.foundation.papers.official import Official

Columns = list[tuple[str, str, float]]


def _columns(*told: tuple[str, float]) -> Columns:
    """Columns by the name of their row, with the head that tells its note."""
    return [(f"{{{{ heads.{name} }}}}", f"{{{{ each.{name} }}}}", share) for name, share in told]


def _counts(first: float = 1.6) -> Columns:
    return _columns(
        ("name", first), ("all", 0.9), ("count_done", 1), ("share", 1.1), ("count_on_track", 1), ("count_attention", 1),
        ("count_late", 1), ("count_unknown", 0.9), ("change", 1.1),
    )  # fmt: skip


LATE = (("task", 3.2), ("unit", 1.6), ("due", 1.3), ("days", 0.8), ("said", 2.2))
ATTENTION = (("task", 2.8), ("unit", 2.2), ("reason", 2.6), ("said", 1.6))
OPEN = (("task", 3.6), ("unit", 2.4), ("due", 1.2))
TARGETS = (("indicator", 3.4), ("before", 1.2), ("value", 1.2), ("wanted", 1.2))


def sheet() -> bytes:
    """周报: one page."""
    paper = Official.small()
    paper.red_head("{{ head }}" + _("weekly sheet"), "{{ issue }}        {{ organ }}        {{ day }}", high=False)
    paper.body("{{ opening }}{{ comparison }}")
    paper.table("actions", _counts())
    paper.note("{{ note }}")
    paper.chart("chart")
    paper.heading(_("Overdue"))
    paper.only_if("not late", _("Nothing is overdue."))
    paper.each("late", "{{ each.unit }}：{{ each.code }}　{{ each.task }}，{{ each.reason }}。")
    paper.only_if("more", "{{ more }}")
    paper.heading(_("Falling due within a week"))
    paper.only_if("not coming", _("Nothing falls due."))
    paper.each("coming", "{{ each.due }}：{{ each.unit }}，{{ each.code }}　{{ each.task }}。")
    return paper.content()


def bulletin() -> bytes:
    """月调度通报."""
    paper = Official()
    _begin(paper)
    _standing(paper)
    _owed(paper)
    paper.heading(_("4. Concluded in this period"))
    paper.only_if("not done", _("Nothing was newly concluded."))
    paper.table_if("done", _columns(*OPEN))
    _next(paper, _("5. What falls due next"))
    _end(paper)
    return paper.content()


def quarterly() -> bytes:
    """季通报."""
    paper = Official()
    _begin(paper)
    _standing(paper)
    _owed(paper)
    paper.heading(_("4. Aims and what was reached"))
    paper.only_if("not targets", _("No aim is set here."))
    paper.table_if("targets", _columns(*TARGETS))
    paper.heading(_("5. Concluded in this period"))
    paper.only_if("not done", _("Nothing was newly concluded."))
    paper.table_if("done", _columns(*OPEN))
    paper.heading(_("6. Decisions of meetings and what became of them"))
    paper.only_if("not decisions", _("No meeting decided on tasks in this period."))
    paper.each("decisions", "{{ each.name }}：{{ each.task }}（{{ each.unit }}，{{ each.due }}），{{ each.state }}。")
    _next(paper, _("7. What falls due next"))
    _end(paper)
    return paper.content()


def report() -> bytes:
    """半年总结、年度总结."""
    paper = Official()
    paper.title("{{ title }}", "{{ subtitle }}")
    paper.heading(_("1. Overall"))
    paper.body("{{ opening }}{{ comparison }}{{ frozen }}")
    paper.table("actions", _counts())
    paper.note("{{ note }}")
    paper.chart("chart")
    paper.heading(_("(1) Aims and what was reached"), 2)
    paper.only_if("not targets", _("No aim is set here."))
    paper.table_if("targets", _columns(*TARGETS))
    paper.heading(_("(2) Place by place"), 2)
    paper.only_if("not counties", _("No place below owes a task."))
    paper.table_if("counties", _counts())
    paper.heading(_("(3) What was concluded"), 2)
    paper.only_if("not done", _("Nothing was newly concluded."))
    paper.each("done", "{{ each.code }}　{{ each.task }}（{{ each.unit }}）。")
    paper.heading(_("(4) Decisions of meetings and what became of them"), 2)
    paper.only_if("not decisions", _("No meeting decided on tasks in this period."))
    paper.each("decisions", "{{ each.name }}：{{ each.task }}（{{ each.unit }}，{{ each.due }}），{{ each.state }}。")
    _troubles(paper)
    paper.signed("{{ organ }}", "{{ day }}")
    return paper.content()


def letter() -> bytes:
    """致县区函."""
    paper = Official()
    paper.red_head("{{ head }}", "{{ number }}")
    paper.title("{{ title }}（{{ subtitle }}）")
    paper.to("{{ to }}")
    paper.body("{{ opening }}{{ comparison }}")
    paper.table("actions", _counts())
    paper.note("{{ note }}")
    paper.chart("chart")
    paper.heading(_("1. Overdue"))
    paper.only_if("not late", _("Nothing is overdue."))
    paper.table_if("late", _columns(*LATE))
    paper.heading(_("2. Needing attention"))
    paper.only_if("not attention", _("Nothing needs attention."))
    paper.table_if("attention", _columns(*ATTENTION))
    paper.heading(_("3. Aims and what was reached"))
    paper.only_if("not targets", _("No aim is set here."))
    paper.table_if("targets", _columns(*TARGETS))
    _next(paper, _("4. What falls due next"))
    paper.body(_("Please see to what is overdue, and say through the page of supervised tasks what stands in the way."))
    paper.signed("{{ organ }}", "{{ day }}")
    return paper.content()


def own() -> bytes:
    """A unit's own report: 总体情况、存在问题、下步打算."""
    paper = Official()
    paper.title("{{ title }}", "{{ subtitle }}")
    paper.tag("{%p if to %}")
    paper.to("{{ to }}")
    paper.tag("{%p endif %}")
    paper.heading(_("1. Overall"))
    paper.body("{{ opening }}{{ comparison }}")
    paper.table_if("actions", _counts())
    paper.note("{{ note }}")
    paper.chart("chart")
    paper.table_if("targets", _columns(*TARGETS))
    paper.only_if("done", _("Concluded so far:"))
    paper.each("done", "{{ each.code }}　{{ each.task }}。")
    _troubles(paper)
    paper.signed("{{ organ }}", "{{ day }}")
    return paper.content()


# --- what they share ----------------------------------------------------------------------------------


def _begin(paper: Official) -> None:
    paper.red_head("{{ head }}", "{{ issue }}")
    paper.title("{{ title }}", "{{ subtitle }}")


def _standing(paper: Official) -> None:
    paper.heading(_("1. Overall"))
    paper.body("{{ opening }}{{ comparison }}{{ frozen }}")
    paper.table("actions", _counts())
    paper.note("{{ note }}")
    paper.chart("chart")
    paper.heading(_("2. Place by place"))
    paper.only_if("not counties", _("No place below owes a task."))
    paper.table_if("counties", _counts())


def _owed(paper: Official) -> None:
    paper.heading(_("3. Overdue and needing attention"))
    paper.heading(_("(1) Overdue"), 2)
    paper.only_if("not late", _("Nothing is overdue."))
    paper.table_if("late", _columns(*LATE))
    paper.only_if("more", "{{ more }}")
    paper.heading(_("(2) Needing attention"), 2)
    paper.only_if("not attention", _("Nothing needs attention."))
    paper.table_if("attention", _columns(*ATTENTION))


def _next(paper: Official, head: str) -> None:
    paper.heading(head)
    paper.only_if("not coming", _("Nothing falls due."))
    paper.table_if("coming", _columns(*OPEN))


def _troubles(paper: Official) -> None:
    paper.heading(_("2. Problems"))
    paper.only_if("not problems", _("Nothing is overdue or needs attention."))
    paper.each("problems", "{{ each }}")
    paper.heading(_("3. Next steps"))
    paper.only_if("not plans", _("Nothing falls due."))
    paper.each("plans", "{{ each }}")


def _end(paper: Official) -> None:
    paper.signed("{{ organ }}", "{{ day }}")
    paper.colophon("{{ copies }}", "{{ organ }}　　{{ day }}")
