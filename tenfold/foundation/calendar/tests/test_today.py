"""Today: the machine's in the city's zone, or the day that is set."""

from datetime import UTC, date, datetime

from django.utils import timezone

from tenfold.foundation.calendar import today
from tenfold.foundation.calendar.clock import now


def test_a_set_day_is_today(settings):
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": "2023-10-16"}
    assert today() == date(2023, 10, 16)


def test_without_one_it_is_the_citys_day(settings, monkeypatch):
    settings.TENFOLD = {**settings.TENFOLD, "TODAY": ""}
    evening = datetime(2023, 10, 16, 17, 0, tzinfo=UTC)  # already the 17th in Shanghai
    monkeypatch.setattr(timezone, "now", lambda: evening)
    assert today() == date(2023, 10, 17)
    assert now() == evening
