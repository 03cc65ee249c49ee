"""Routes of the programme."""

from tenfold.foundation.declare import page

from . import views
from .rights import SEE_ACTIONS

app_name = "programme"
urlpatterns = [
    page("actions/", views.overview, right=SEE_ACTIONS, name="overview"),
    page("actions/coverage/", views.coverage, right=SEE_ACTIONS, name="coverage"),
    page("rooms/<slug:code>/", views.room, right=SEE_ACTIONS, name="room"),
]
