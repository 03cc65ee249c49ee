"""What the pages of the self-assessment are made of."""

from .asked import Asked
from .city import city_page
from .county import county_page
from .item import item_page
from .panels import place_panel, school_panel
from .school import school_page
from .workbook import city_workbook, county_workbook

__all__ = [
    "Asked",
    "city_page",
    "city_workbook",
    "county_page",
    "county_workbook",
    "item_page",
    "place_panel",
    "school_page",
    "school_panel",
]
