"""What access brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Manifest, MenuItem

from .rights import KEEP_ACCOUNTS, RIGHTS

MANIFEST = Manifest(
    name="access",
    title=_("Sign-in and posts"),
    rights=RIGHTS,
    urls="tenfold.foundation.access.urls",
    menu=(MenuItem(_("Sign-ins"), "/sign-ins/", KEEP_ACCOUNTS, group="more", order=80),),
    commands=(
        Command("init", "tenfold.foundation.access.commands:init"),
        Command("account", "tenfold.foundation.access.commands:app", group=True),
    ),
    acts=(
        ("invite", _("Gave a sign-in")),
        ("found", _("Founded the house")),
        ("sign_in", _("Signed in")),
        ("sign_in_failed", _("Failed to sign in")),
        ("password_changed", _("Changed the password")),
        ("enrol", _("Set up the second step")),
        ("renew_codes", _("Took fresh recovery codes")),
        ("factor_used", _("Passed the second step")),
        ("factor_failed", _("Failed the second step")),
        ("reset_second_factor", _("Took a second step away")),
        ("invite_by_code", _("Gave a sign-in by code")),
        ("reset", _("Voided a password")),
        ("close", _("Closed a sign-in")),
        ("reopen", _("Opened a sign-in again")),
        ("code_failed", _("Failed with a one-time code")),
        ("code_redeemed", _("Set a password by code")),
    ),
)
