"""A channels' file that cannot stand stops the start."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, register


def channels_stand(app_configs: Any, **kwargs: Any) -> list[Error]:
    """The channels' file can be read and holds no secret."""
    from .channels import ChannelFault, configured

    try:
        configured()
    except ChannelFault as fault:
        return [Error(f"TENFOLD_CHANNELS: {fault}", id="tenfold.E010")]
    return []


class NoticesConfig(AppConfig):
    """The package as Django knows it."""

    name = "tenfold.engines.notices"

    def ready(self) -> None:
        """Look at the channels at the start."""
        register(channels_stand)
