"""The kinds of papers of the programme."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import PaperKind

from ..rights import SEE_ACTIONS

HERE = "tenfold.engines.programme.papers"
STEERING = ("city", "county")


def _kind(code: str, title: object, build: str, drawn: str, period: str, order: int, **more: object) -> PaperKind:
    return PaperKind(
        f"programme.{code}", title, f"{HERE}.building.{build}", f"{HERE}.drawn.{drawn}", f"{HERE}.samples.{drawn}",  # type: ignore[arg-type]
        SEE_ACTIONS, period, order=order, **more,  # type: ignore[arg-type]
    )  # fmt: skip


KINDS = (
    _kind("weekly", _("Weekly sheet"), "weekly", "sheet", "week", 10, levels=STEERING),
    _kind("monthly", _("Bulletin of the monthly scheduling"), "monthly", "bulletin", "month", 20, levels=STEERING),
    _kind("quarterly", _("Quarterly bulletin"), "quarterly", "quarterly", "quarter", 30, levels=STEERING),
    _kind("half_year", _("Half-year report"), "report", "report", "half_year", 40, levels=STEERING),
    _kind("annual", _("Annual report"), "report", "report", "year", 50, levels=STEERING),
    _kind("letter", _("Letter to a county"), "letter", "letter", "month", 60, levels=("county",), from_above=True),
    _kind("own", _("The unit's own half-year report"), "own", "own", "half_year", 70),
)
