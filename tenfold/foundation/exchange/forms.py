"""Forms of the importer's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.calendar import Period, today
from tenfold.foundation.declare import Reader
from tenfold.foundation.organisations.models import Organisation

MAPPING_LIMIT = 200_000


def periods() -> list[tuple[str, str]]:
    """This school year and the five before it."""
    year = Period.of(today(), "school_year")
    return [(p.code, p.title) for p in (year.previous(step) for step in range(6))]


class UploadForm(forms.Form):
    """A file, what it holds, of which year and place."""

    kind = forms.ChoiceField(label=_("What the table holds"), choices=())
    period = forms.ChoiceField(label=_("School year"), choices=())
    under = forms.ChoiceField(label=_("For the schools of"), choices=())
    file = forms.FileField(label=_("File"), allow_empty_file=True)
    mapping = forms.FileField(
        label=_("Mapping file"),
        required=False,
        help_text=_("Only where somebody gave you one for this table."),
    )

    def __init__(self, kinds: Sequence[Reader], places: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["kind"].choices = [(reader.code, reader.title) for reader in kinds]
        fields["period"].choices = periods()
        fields["under"].choices = [(place.code, place.name) for place in places]

    def clean_mapping(self) -> str:
        """The mapping's text; a fault where it is no text."""
        file = self.cleaned_data.get("mapping")
        if not file:
            return ""
        try:
            return str(file.read(MAPPING_LIMIT).decode("utf-8"))
        except UnicodeDecodeError as fault:
            raise forms.ValidationError(_("The mapping file is not a text in UTF-8.")) from fault
