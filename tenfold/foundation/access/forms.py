"""Forms of access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .factors import right_code


class RedeemForm(forms.Form):
    """A one-time code, and the password that one sets with it."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60)
    one_time_code = forms.CharField(
        label=_("One-time code"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least ten characters, not digits alone, no common word."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("This is another password than the one above."))
        return data


class InviteForm(forms.Form):
    """A sign-in for a person who has none."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("The code is sent there too."))


class ReasonForm(forms.Form):
    """Why an administrator does something to an account; it stands in the audit."""

    why = forms.CharField(label=_("Reason"), max_length=300, help_text=_("It stands in the audit."))


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
