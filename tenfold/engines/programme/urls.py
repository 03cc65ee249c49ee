"""Routes of the programme."""

from tenfold.foundation.declare import page

from .rights import SEE_ACTIONS
from .views import overview

app_name = "programme"
urlpatterns = [
    page("actions/", overview.overview, right=SEE_ACTIONS, name="overview"),
    page("actions/coverage/", overview.coverage, right=SEE_ACTIONS, name="coverage"),
    page("rooms/<slug:code>/", overview.room, right=SEE_ACTIONS, name="room"),
]
