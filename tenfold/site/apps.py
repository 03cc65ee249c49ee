"""Assembles the house when Django starts, and refuses to start one that does not fit."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The package as Django knows it."""

    name = "tenfold.site"
    label = "site"

    def ready(self) -> None:
        """Assemble the manifests and read the standards, then register the checks."""
        from tenfold.foundation.holdings import standards

        from . import checks  # noqa: F401  (registers itself)
        from .house import assemble

        assemble()
        for name in standards.names():
            standards.standard(name)
