"""Messages of the sign-in library that this house says in its own words.

The catalogue of this package stands before the library's, so naming its messages here is enough.
"""

from django.utils.translation import gettext_noop as _

BORROWED = (
    _("The username and/or password you specified are not correct."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("This account is currently inactive."),
    _("The email address is not assigned to any user account."),
    _("The password reset token was invalid."),
    _("Username or email"),
    _("Username"),
    _("Incorrect password."),
)
