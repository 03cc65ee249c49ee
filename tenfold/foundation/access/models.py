"""Accounts. Nobody is superuser, and there is no such column."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import classed
from tenfold.foundation.people.models import Person


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by the service ``invite``; this manager only finds them."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """By sign-in name, whatever its case."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A sign-in of one person. ``code``: keyed hash of the one-time code by which she sets her own password."""

    username = classed(models.CharField(_("Sign-in name"), max_length=60, unique=True), "internal")
    email = classed(models.EmailField(_("E-mail"), blank=True), "internal")
    person = models.OneToOneField(Person, models.PROTECT, related_name="account", null=True)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    code = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    @property
    def is_staff(self) -> bool:
        """Django's admin is not installed."""
        return False

    @property
    def is_superuser(self) -> bool:
        """Nobody is."""
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Rights are asked of the access context, never of the account."""
        return False

    def has_module_perms(self, label: str) -> bool:
        """Rights are asked of the access context, never of the account."""
        return False
