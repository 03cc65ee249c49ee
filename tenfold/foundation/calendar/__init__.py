"""The only source of today, and the periods that every fact carries.

``TENFOLD_TODAY`` sets today for tests, demonstrations and drills; time stamps of audit and
jobs are the real clock's.
"""

from .clock import now, today
from .periods import BadPeriod, Period
from .working import is_working, working_days_after, working_days_before

__all__ = ["BadPeriod", "Period", "is_working", "now", "today", "working_days_after", "working_days_before"]
