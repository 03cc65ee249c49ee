"""Routes of notices."""

from tenfold.foundation.declare import page

from . import views
from .rights import ENTER_RECEIPTS, RECEIVE_NOTICES, SEE_CHANNELS, SEND_NOTICES

urlpatterns = [
    page("notices/", views.mine, right=RECEIVE_NOTICES, name="notices"),
    page("notices/sent/", views.sent, right=SEND_NOTICES, name="notices_sent"),
    page("notices/write/", views.write, right=SEND_NOTICES, name="notice_write", methods=("GET", "POST")),
    page("notices/paper/", views.enter, right=ENTER_RECEIPTS, name="notice_enter", methods=("GET", "POST")),
    page("notices/settings/", views.settings, right=RECEIVE_NOTICES, name="notice_settings", methods=("GET", "POST")),
    page("notices/channels/", views.channels, right=SEE_CHANNELS, name="notice_channels"),
    page("notices/<int:addressed>/", views.one, right=RECEIVE_NOTICES, name="notice"),
    page("notices/<int:addressed>/read", views.read, right=RECEIVE_NOTICES, name="notice_read", methods=("POST",)),
    page("notices/<int:addressed>/sign", views.sign, right=RECEIVE_NOTICES, name="notice_sign", methods=("POST",)),
    page("notices/sent/<int:notice>/", views.sent_one, right=SEND_NOTICES, name="notice_sent"),
    page("notices/sent/<int:notice>/paper/", views.paper, right=SEND_NOTICES, name="notice_paper"),
    page("notices/sent/<int:notice>/remind", views.remind, right=SEND_NOTICES, name="notice_remind", methods=("POST",)),
]
