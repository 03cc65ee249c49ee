"""What people say of a task: a few words, a day, a unit, a person, a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _words(label: Any, required: bool, limit: int = 1000, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=limit, widget=area, help_text=hint)


def _day(label: Any, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget)


class WordsForm(forms.Form):
    """A few words, which may be asked for."""

    def __init__(self, *args: Any, label: Any = "", required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = _words(label or _("In a few words"), required)


class AskForm(forms.Form):
    """A later day, and why."""

    day = _day(_("New day"))
    text = _words(_("Why the day cannot be kept"), True)


class UnitForm(forms.Form):
    """Another unit, and why."""

    unit = forms.ChoiceField(label=_("Unit that takes it over"))
    text = _words(_("Why another unit takes it over"), True)

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.choices = [("", "—"), *units]


class PersonForm(forms.Form):
    """Who handles it in the unit."""

    person = forms.TypedChoiceField(label=_("Who handles it"), coerce=int)

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", "—"), *people]


class TableForm(forms.Form):
    """任务分解表: the file, and what it is to become where a programme stands."""

    file = forms.FileField(label=_("File"))
    into = forms.ChoiceField(label=_("What it becomes"), required=False)

    def __init__(self, *args: Any, targets: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.choices = list(targets)
        if not field.choices:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        """Without a choice, a programme of its own."""
        return {"into": "own", **self.cleaned_data}


class MaterialForm(forms.Form):
    """佐证材料: words and, where it helps, a file."""

    text = _words(_("What was done"), True, hint=_("A sentence or two, at most 1,000 characters."))
    file = forms.FileField(
        label=_("Attachment"), required=False, help_text=_("Only where it says more than the words.")
    )


class MeetingForm(forms.Form):
    """A meeting and its decisions, a line each."""

    name = forms.CharField(label=_("Meeting"), max_length=120)
    on = _day(_("Held on"))
    remote = forms.BooleanField(label=_("Held by video"), required=False)
    lines = forms.CharField(
        label=_("Decisions"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("A line each, typed or pasted from a paper or a table: who is to do it, by when, what."),
    )


class DecisionForm(forms.Form):
    """One decision as it was understood, to be mended. Units are parted by 、."""

    text = forms.CharField(label=_("Task"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    lead = forms.CharField(label=_("Leading unit"), max_length=300, required=False)
    responsible = forms.CharField(label=_("Responsible unit"), max_length=1000, required=False)
    supporting = forms.CharField(label=_("Supporting unit"), max_length=1000, required=False)
    due = _day(_("Due"), False)
    due_text = forms.CharField(label=_("Without a day (long-standing, monthly)"), max_length=60, required=False)
    what = forms.CharField(label=_("What is to be submitted"), max_length=200, required=False)
    left_out = forms.BooleanField(label=_("Leave this line out"), required=False)


class ReasonForm(forms.Form):
    """A leader's reason why schools hold more than the cap."""

    reason = _words(_("A leader's reason, which the schools read"), False, 300)
