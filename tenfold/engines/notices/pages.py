"""What the pages of notices are made of."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tenfold.foundation.access import queries as access
from tenfold.foundation.calendar import today
from tenfold.foundation.fields import mask
from tenfold.foundation.ui.figures import Figure

from . import queries
from .channels import configured
from .forms import SettingsForm
from .models import Notice, State
from .rights import ENTER_RECEIPTS, SEE_CHANNELS, SEND_NOTICES
from .words import CHANNEL_TITLES

HOME = "/notices/"


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs below one's own notices."""
    return [(_("Notices"), HOME if more else ""), *more]


def ways(request: Any) -> dict[str, bool]:
    """Which neighbouring pages she may open."""
    rights = {"may_send": SEND_NOTICES, "may_enter": ENTER_RECEIPTS, "may_see_channels": SEE_CHANNELS}
    return {name: request.access.may(right) for name, right in rights.items()}


def mine_page(request: Any) -> dict[str, Any]:
    """One's own notices."""
    counts = queries.own_counts()
    return {
        "page": queries.mine(request.GET.get("page")),
        "unread": Figure(counts["unread"], _("notices"), link=HOME),
        "unsigned": Figure(counts["unsigned"], _("notices"), link=HOME),
        "plain": counts["plain"],
        "newest": counts["newest"],
        "crumbs": crumbs(),
        "today": today(),
        **ways(request),
    }


def sent_page(request: Any) -> dict[str, Any]:
    """What the places of her scope have sent."""
    page = queries.sent(request.GET.get("page"))
    total = Figure(page.paginator.count, _("notices"), link=f"{HOME}sent/")
    return {"page": page, "total": total, "crumbs": crumbs((_("Sent notices"), "")), **ways(request)}


def sent_one_page(notice: Notice, problem: str = "") -> dict[str, Any]:
    """One sent notice: who has read it, by organisation, and how it went out."""
    units = queries.units_of(notice)
    here = f"{HOME}sent/{notice.pk}/"
    told, read, signed = (sum(getattr(unit, name) for unit in units) for name in ("told", "read", "signed"))
    return {
        "notice": notice,
        "units": units,
        "told": Figure(told, _("persons"), link=here),
        "read": Figure(read, _("persons"), link=here),
        "signed": Figure(signed, _("persons"), link=here),
        "unread": told - read,
        "remind_at": queries.reminds_at(notice),
        "leaves_at": queries.leaves_at(notice),
        "problem": problem,
        "outside": outside(notice),
        "resting": [CHANNEL_TITLES.get(rest.channel, rest.channel) for rest in queries.resting()],
        "crumbs": crumbs((_("Sent notices"), f"{HOME}sent/"), (notice.title, "")),
    }


def outside(notice: Notice) -> list[tuple[Any, int, int, int]]:
    """By channel: sent or no longer needed, waiting, and those whom it does not reach."""
    rows = []
    for channel, states in queries.ways_of(notice).items():
        done = states.get(State.SENT, 0) + states.get(State.NEEDLESS, 0)
        waits = states.get(State.WAITING, 0) + states.get(State.SENDING, 0)
        rows.append((CHANNEL_TITLES.get(channel, channel), done, waits, sum(states.values()) - done - waits))
    return rows


def channels_page() -> dict[str, Any]:
    """The channels of the house, and all that waits on them."""
    rows = [
        (CHANNEL_TITLES.get(row.channel, row.channel), row)
        for row in queries.channels(way for way in CHANNEL_TITLES if way in configured())
    ]
    here = f"{HOME}channels/"
    return {
        "rows": rows,
        "waiting": Figure(sum(row.waiting for _title, row in rows), _("messages"), link=here),
        "resting": [title for title, row in rows if row.rest],
        "days": queries.LOOKED_BACK.days,
        "crumbs": crumbs((_("Channels outside"), "")),
    }


def settings_page(request: Any, form: SettingsForm) -> dict[str, Any]:
    """How one is reached: what is known of phone and mail is shown masked."""
    person = access.sign_in_of(request.access.person)
    return {
        "form": form,
        "kinds": form.part("kind"),
        "ways": form.part("way"),
        "identities": form.part("id"),
        "email": mask(person[1].email) if person and "email" in configured() else "",
        "phone": mask(person[0].phone or "") if person and "sms" in configured() else "",
        "crumbs": crumbs((_("How I am reached"), "")),
    }
