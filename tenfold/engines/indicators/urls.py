"""Routes of indicators. ``/indicators/<code>/source`` is the address that every figure opens."""

from tenfold.foundation.declare import page

from . import rights, views

urlpatterns = [
    page("overview/", views.overview, right=rights.SEE_VALUES, name="place_overview"),
    page("overview/tables.xlsx", views.overview_tables, right=rights.SEE_VALUES, name="place_tables"),
    page("indicators/", views.catalogue, right=rights.SEE_VALUES, name="indicators"),
    page("indicators/<str:code>/", views.indicator, right=rights.SEE_VALUES, name="indicator"),
    page("indicators/<str:code>/table.xlsx", views.table, right=rights.SEE_VALUES, name="indicator_table"),
    page("indicators/<str:code>/source", views.source, right=rights.SEE_SOURCES, name="indicator_source"),
    page("indicators/<str:code>/source.xlsx", views.source_table, right=rights.SEE_SOURCES, name="indicator_rows"),
]
