"""Routes of the programme."""

from tenfold.foundation.declare import page

from .rights import HANDLE_TASKS, SEE_ACTIONS
from .views import overview, periods

app_name = "programme"
urlpatterns = [
    page("actions/", overview.overview, right=SEE_ACTIONS, name="overview"),
    page("actions/coverage/", overview.coverage, right=SEE_ACTIONS, name="coverage"),
    page("rooms/<slug:code>/", overview.room, right=SEE_ACTIONS, name="room"),
    page("periods/", periods.index, right=SEE_ACTIONS, name="periods"),
    page("periods/<str:period>/", periods.period, right=SEE_ACTIONS, name="period"),
    page("periods/<str:period>/table", periods.table, right=SEE_ACTIONS, name="period_table"),
    page("periods/<str:period>/explain", periods.explain, right=HANDLE_TASKS, name="period_explain", methods=("POST",)),
]
