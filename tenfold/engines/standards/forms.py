"""Forms of an item: what is entered, and why it is given back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenfold.pure.balance import Demand

from .models import EnteredItem

YES_NO = (("", _("Not yet known")), ("yes", _("Met")), ("no", _("Not met")))
HAPPENED = (("", _("Not yet known")), ("no", _("Did not happen")), ("yes", _("Happened")))


class ItemForm(forms.Form):
    """A value, a verdict, a remark: as the item asks."""

    value = forms.DecimalField(label=_("Value"), required=False, max_digits=12, decimal_places=4, min_value=0)
    verdict = forms.ChoiceField(label=_("Finding"), required=False, choices=YES_NO)
    material = forms.FileField(
        label=_("Material"), required=False, help_text=_("One file: a document, a table or a picture."),
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What it rests on, in a sentence or two."),
    )  # fmt: skip

    def __init__(self, demand: Demand, entry: EnteredItem | None, data: Any = None, files: Any = None) -> None:
        initial = {}
        if entry is not None:
            verdict = "" if entry.verdict is None else "yes" if entry.verdict else "no"
            value = None if entry.value is None else entry.value.normalize()
            initial = {"value": value, "verdict": verdict, "remark": entry.remark}
        super().__init__(data, files, initial=initial)
        self.demand = demand
        fields: dict[str, Any] = dict(self.fields)
        if demand.part == "veto":
            fields["verdict"].choices = HAPPENED
        fields["value"].widget.attrs["inputmode"] = "decimal"
        if demand.unit == "%":
            fields["value"].max_value = 100
            fields["value"].validators.append(_at_most_hundred)
        for name, asked in (("value", ("value", "both")), ("verdict", ("verdict", "both"))):
            if demand.asks not in asked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Something must be said."""
        data = super().clean() or {}
        if not self.errors and data.get("value") is None and not data.get("verdict") and not data.get("remark"):
            raise forms.ValidationError(_("Nothing is entered yet."))
        return data

    @property
    def entered(self) -> dict[str, Any]:
        """What a service is asked to keep."""
        verdict = {"yes": True, "no": False}.get(self.cleaned_data.get("verdict", ""))
        return {
            "value": self.cleaned_data.get("value"),
            "verdict": verdict,
            "remark": self.cleaned_data["remark"].strip(),
        }


def _at_most_hundred(value: Any) -> None:
    if value > 100:
        raise forms.ValidationError(_("A percentage is at most 100."))


class ReturnForm(forms.Form):
    """Why an entry is given back."""

    reason = forms.CharField(label=_("What is to be mended"), max_length=300)
