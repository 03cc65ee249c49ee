"""Forms of access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .factors import right_code


class CodeForm(forms.Form):
    """The six digits that the app shows now."""

    code = forms.CharField(
        label=_("The six digits that the app shows"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, secret: str, data: Any = None) -> None:
        super().__init__(data)
        self.secret = secret

    def clean_code(self) -> str:
        """The code of this moment."""
        code: str = self.cleaned_data["code"]
        if not right_code(self.secret, code):
            raise forms.ValidationError(
                _("These digits are not right. See that the phone's clock is, and type the new ones.")
            )
        return code
