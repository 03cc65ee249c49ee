"""Puts the write guard on every connection."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from tenfold.foundation.scope.guard import install


class ActsConfig(AppConfig):
    """The package as Django knows it."""

    name = "tenfold.foundation.acts"

    def ready(self) -> None:
        """Guard connections as they open."""
        connection_created.connect(install, dispatch_uid="tenfold.acts.guard")
