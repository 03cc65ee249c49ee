"""What is asked before a masked field opens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .words import PURPOSES


class PurposeForm(forms.Form):
    """Which field of which record, and what for. A purpose that is not in the list is written down."""

    subject = forms.CharField(widget=forms.HiddenInput)
    field = forms.CharField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("What for"), choices=[("", "—"), *PURPOSES])
    words = forms.CharField(
        label=_("In words"), required=False, max_length=120, help_text=_("Needed for another purpose. No names.")
    )

    def clean(self) -> dict[str, Any]:
        """Another purpose says which."""
        data = super().clean() or {}
        if data.get("purpose") == "other" and len(data.get("words", "").strip()) < 4:
            self.add_error("words", _("Say what for, in four characters at least."))
        return data

    @property
    def told(self) -> str:
        """The purpose as the audit keeps it, in the words that were chosen and those that were written."""
        data = self.cleaned_data
        return "：".join(part for part in (str(dict(PURPOSES)[data["purpose"]]), data["words"].strip()) if part)


class HandoverForm(forms.Form):
    """Who takes over, and why."""

    successor = forms.TypedChoiceField(
        label=_("Successor"),
        coerce=int,
        help_text=_("Somebody with a post at the same place; appoint her there first."),
    )
    why = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.choices = [("", "—"), *people]
