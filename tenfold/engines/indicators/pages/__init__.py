"""What the pages of indicators are made of."""

from .asked import Asked
from .catalogue import catalogue_page
from .detail import indicator_page, indicator_workbook
from .overview import overview_page
from .overview_workbook import overview_workbook
from .provenance import popover, source_page, source_workbook

__all__ = [
    "Asked",
    "catalogue_page",
    "indicator_page",
    "indicator_workbook",
    "overview_page",
    "overview_workbook",
    "popover",
    "source_page",
    "source_workbook",
]
