"""Forms: writing a notice, a paper code, how one is reached."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.calendar import today
from tenfold.foundation.declare import house

from . import queries
from .channels import configured
from .models import Settings
from .services import LONGEST
from .timing import timing
from .words import AUDIENCES, CHANNEL_TITLES

IDENTITY = re.compile(r"[A-Za-z0-9_.@-]{1,64}")


class WriteForm(forms.Form):
    """A notice to the units below."""

    place = forms.ChoiceField(label=_("Units below"))
    audience = forms.ChoiceField(label=_("To whom"), choices=[(code, title) for code, title, _k, _r in AUDIENCES])
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST,
        help_text=_("It alone goes out by e-mail, DingTalk, WeCom and text message: name no child in it."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Text"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It is read after signing in."),
    )  # fmt: skip
    receipt = forms.BooleanField(label=_("Asks for a receipt"), required=False)
    due = forms.DateField(label=_("To be receipted by"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    urgent = forms.BooleanField(
        label=_("Urgent"), required=False, help_text=_("Goes out at once, in quiet hours too, and by text message."),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid4().hex})
        self.places = {place.code: place for place in queries.places()}
        fields: dict[str, Any] = dict(self.fields)
        fields["place"].choices = [(code, place.name) for code, place in self.places.items()]

    def clean(self) -> dict[str, Any]:
        """A day by which to sign goes with a receipt, and lies ahead."""
        data: dict[str, Any] = super().clean() or {}
        due = data.get("due")
        if due and not data.get("receipt"):
            self.add_error("receipt", _("A day is given by which to sign, so a receipt is asked: tick it."))
        if due and not today() <= due <= today() + timedelta(days=366):
            self.add_error("due", _("Give a day from today on, within a year."))
        return data

    @property
    def told(self) -> dict[str, Any]:
        """What the service is asked to send."""
        data = self.cleaned_data
        kinds, roles = next((k, r) for code, _title, k, r in AUDIENCES if code == data["audience"])
        words = {name: data[name] for name in ("title", "body", "receipt", "due", "urgent", "key")}
        return {"place": self.places[data["place"]], "kinds": kinds, "roles": roles, **words}


class CodeForm(forms.Form):
    """The code beside a name on the paper sheet."""

    code = forms.CharField(
        label=_("Code on the paper"), max_length=20,
        help_text=_("Letters and digits beside the signature, in any case."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


class SettingsForm(forms.Form):
    """Which kinds and channels one wants, where one is reached there, quiet hours, one summary a day."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_until = forms.TimeField(
        label=_("Quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Urgent notices pass. The same time twice means no quiet hours."),
    )  # fmt: skip
    digest = forms.BooleanField(
        label=_("One summary a day"), required=False,
        help_text=_("Instead of single messages; urgent ones come at once."),
    )  # fmt: skip

    def __init__(self, row: Settings | None, data: Any = None) -> None:
        hours = timing()
        initial = {
            "quiet_from": (row and row.quiet_from) or hours.quiet_from,
            "quiet_until": (row and row.quiet_until) or hours.quiet_until,
            "digest": bool(row and row.digest),
        }
        super().__init__(data, initial=initial)
        self.row = row
        self.known: dict[str, str] = dict(row.identities) if row else {}  # type: ignore[arg-type]
        self.kinds = [kind for kind in house().notices.values() if kind.optional]
        self.fixed = [kind for kind in house().notices.values() if not kind.optional]
        self.ways = [way for way in CHANNEL_TITLES if way in configured()]
        off, channels_off = (row.off, row.channels_off) if row else ([], [])
        for name, codes, left, titles in (
            ("kind", [kind.code for kind in self.kinds], off, {kind.code: kind.title for kind in self.kinds}),
            ("way", self.ways, channels_off, CHANNEL_TITLES),
        ):
            for code in codes:
                self.fields[f"{name}:{code}"] = forms.BooleanField(
                    label=titles[code], required=False, initial=code not in left
                )
        for way, label in (("dingtalk", _("User id in DingTalk")), ("wecom", _("User id in WeCom"))):
            if way in self.ways:
                self.fields[f"id:{way}"] = forms.RegexField(
                    IDENTITY, label=label, required=False, max_length=64, strip=True,
                    initial=self.known.get(way, ""),
                    help_text=_("As the platform's administrator knows it; kept encrypted."),
                    error_messages={"invalid": _("A user id has letters, digits, dots, lines and @ only.")},
                )  # fmt: skip

    def part(self, name: str) -> list[Any]:
        """The bound fields of one part of the form."""
        return [self[field] for field in self.fields if field.startswith(f"{name}:")]

    @property
    def said(self) -> dict[str, Any]:
        """What the service is asked to keep. What is not shown now stays as it was."""
        data = self.cleaned_data
        shown = {kind.code for kind in self.kinds}
        off = [code for code in (self.row.off if self.row else []) if code not in shown]
        ways_off = [way for way in (self.row.channels_off if self.row else []) if way not in self.ways]
        identities = self.known | {field[3:]: data[field] for field in self.fields if field.startswith("id:")}
        return {
            "off": off + [code for code in shown if not data[f"kind:{code}"]],
            "channels_off": ways_off + [way for way in self.ways if not data[f"way:{way}"]],
            "identities": {way: value for way, value in identities.items() if value},
            "quiet_from": data["quiet_from"],
            "quiet_until": data["quiet_until"],
            "digest": data["digest"],
        }
