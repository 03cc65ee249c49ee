"""通知签收: one's own, reading, signing, what was sent, reminding, paper, writing, settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from tenfold.foundation.ui.words import day_and_time

from . import pages, queries, services
from .forms import CodeForm, SettingsForm, WriteForm
from .models import Notice


def mine(request: Any) -> HttpResponse:
    """One's own notices, the unread ones first."""
    return render(request, "notices/mine.html", pages.mine_page(request))


@never_cache
def one(request: Any, addressed: int) -> HttpResponse:
    """One of one's own. That it was read is said by the page itself, or by the button: asking changes nothing."""
    row = queries.own(addressed)
    if row is None:
        raise Http404
    return render(request, "notices/one.html", {"row": row, "crumbs": pages.crumbs((row.notice.title, ""))})


def read(request: Any, addressed: int) -> HttpResponse:
    """It is read; with ``older``, all that came before it as well, save what asks for a receipt."""
    older = request.POST.get("older") == "1"
    try:
        services.mark_read(addressed, older=older)
    except services.NotFound as fault:
        raise Http404 from fault
    return redirect("notices") if older else redirect("notice", addressed=addressed)


def sign(request: Any, addressed: int) -> HttpResponse:
    """签收."""
    try:
        services.sign(addressed)
    except services.NotFound as fault:
        raise Http404 from fault
    messages.success(request, _("Signed for. The sender sees it."))
    return redirect("notice", addressed=addressed)


def sent(request: Any) -> HttpResponse:
    """What was sent."""
    return render(request, "notices/sent.html", pages.sent_page(request))


def _sent(pk: int) -> Notice:
    found = queries.sent_one(pk)
    if found is None:
        raise Http404
    return found


def sent_one(request: Any, notice: int) -> HttpResponse:
    """Who has read it and signed, by organisation."""
    return render(request, "notices/sent_one.html", pages.sent_one_page(_sent(notice)))


def remind(request: Any, notice: int) -> HttpResponse:
    """再次提醒: those who have not read, and nobody else."""
    found = _sent(notice)
    try:
        count = services.remind(notice)
    except services.TooSoon as fault:
        problem = _("Nobody was reminded: the next reminder may go from %(time)s on.") % {
            "time": day_and_time(fault.at)
        }
        return render(request, "notices/sent_one.html", pages.sent_one_page(found, problem), status=422)
    words = ngettext(
        "%(count)s person who has not read is reminded.",
        "%(count)s persons who have not read are reminded.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("notice_sent", notice=notice)


def paper(request: Any, notice: int) -> HttpResponse:
    """The sheet to be signed by hand, with a code beside each name."""
    found = _sent(notice)
    rows = queries.on_paper(found)
    ending = (_("Paper sheet"), "")
    trail = pages.crumbs((_("Sent notices"), "/notices/sent/"), (found.title, f"/notices/sent/{found.pk}/"), ending)
    return render(request, "notices/paper.html", {"notice": found, "rows": rows, "crumbs": trail})


def enter(request: Any) -> HttpResponse:
    """A receipt from paper, by its code."""
    form = CodeForm(request.POST or None)
    done = None
    if request.method == "POST" and form.is_valid():
        try:
            done = services.enter_paper(form.cleaned_data["code"])
            form = CodeForm()
        except services.NotFound:
            form.add_error(
                "code", _("No such code at the units of your scope. Compare it with the paper, sign by sign.")
            )
    refused = request.method == "POST" and done is None
    context = {"form": form, "done": done, "crumbs": pages.crumbs((_("Receipts from paper"), ""))}
    return render(request, "notices/enter.html", context, status=422 if refused else 200)


def write(request: Any) -> HttpResponse:
    """Write to the units below."""
    form = WriteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.write_notice(**form.told)
            return redirect("notice_sent", notice=done.notice)
        except services.NobodyFits:
            form.add_error("audience", _("Nobody holds such a post there today. Choose other units or other posts."))
    context = {"form": form, "crumbs": pages.crumbs((_("Sent notices"), "/notices/sent/"), (_("Write a notice"), ""))}
    return render(request, "notices/write.html", context, status=422 if request.method == "POST" else 200)


def channels(request: Any) -> HttpResponse:
    """How the channels outside work: what waits, what rests, what was refused."""
    return render(request, "notices/channels.html", pages.channels_page())


@never_cache
def settings(request: Any) -> HttpResponse:
    """How one is reached."""
    form = SettingsForm(queries.own_settings(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_settings(**form.said)
        messages.success(request, _("Kept."))
        return redirect("notice_settings")
    context = pages.settings_page(request, form)
    return render(request, "notices/settings.html", context, status=422 if request.method == "POST" else 200)
