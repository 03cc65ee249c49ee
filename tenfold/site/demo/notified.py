"""The sample city's notices: past ones dated and read, Material that waits told, one that asks for receipts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from tenfold.engines.notices.models import Addressed, Notice
from tenfold.engines.notices.services import Posts, tell
from tenfold.engines.programme.models import FrozenPeriod, Material, MaterialState, Programme
from tenfold.engines.programme.services import informing
from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import today
from tenfold.foundation.organisations.models import Kind, Organisation, under

TITLE = "关于报送2023年秋季学期控辍保学台账的通知"
BODY = "请各县（市、区）教育局核对本地台账，按时限报送。联系人：基础教育科。"


@service(right=None)
def load(row: Programme) -> None:
    """Everything that the year has told, as of today."""
    joined = ("assignment__organisation", "assignment__task__programme__organisation")
    for material in Material.objects.filter(state=MaterialState.SUBMITTED).select_related(*joined):
        informing.of_material(material)
    counties = Organisation.objects.filter(under(row.organisation.path), kind=Kind.COUNTY, closed_on=None)
    tell(
        "notices.written", to=Posts(list(counties.values_list("pk", flat=True)), ("county_officer", "county_admin")),
        title=TITLE, body=BODY, key="demo.ledger", receipt=True, due=today() + timedelta(days=4),
        sender=row.organisation,
    )  # fmt: skip
    _dated("programme.tasks.", row.begun)
    for period in FrozenPeriod.objects.filter(programme=row):
        _dated(f"programme.hearing.{period.pk}", period.hearing_from, read=period.frozen_on is not None)
    for prefix in ("programme.material.", "demo."):
        _dated(prefix, today(), read=False)
    note(subject="demo", count=Notice.objects.count())


def _dated(prefix: str, day: date, *, read: bool = True) -> None:
    """The notices whose key begins so were told in the morning of a day, and read the same morning."""
    moment = datetime.combine(day, time(9, 20), ZoneInfo(settings.TIME_ZONE))
    told = Notice.objects.filter(key__startswith=prefix)
    told.update(created_at=moment)
    if read:
        Addressed.objects.filter(notice__in=told.values("pk")).update(read_at=moment + timedelta(hours=1))
