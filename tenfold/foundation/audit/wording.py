"""Entries in words: who, what, and of what. What has no words (yet, or any more) stands under its name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import house

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LAYERS = ("foundation.", "engines.", "rooms.")
SUBJECTS: dict[str, StrOrPromise] = {
    "import": _("Import"),
    "account": pgettext_lazy("audit", "Sign-in"),
    "person": _("Person"),
    "organisation": _("Organisation"),
    "key": _("Data key"),
    "facts": _("Facts"),
    "pupil": pgettext_lazy("audit", "Pupil"),
    "pupils": pgettext_lazy("audit", "Pupils"),
    "guardianship": pgettext_lazy("audit", "Guardianship"),
    "boundaries": pgettext_lazy("audit", "Outlines"),
    "demo": pgettext_lazy("audit", "Sample data"),
}


INSTALLATION: dict[str, StrOrPromise] = {
    "backup.made": _("Made a backup"),
    "backup.restored": _("Put a backup in place"),
    "keys.rotate": _("Sealed anew under the newest data key"),
    "keys.retire": _("Took a data key out of use"),
    "site._let_in": _("Let the people of the sample data in"),
}
"""What the installation itself notes: it has no manifest."""
TYPED = frozenset(("command line", "command", "account", "backup", "restore", "init", "keys.rotate", "keys.retire"))
"""The parts of the house that somebody sets going at the command line."""


def short(action: str) -> str:
    """Package and function of a service (``exchange._write``), wherever within the package it stands or stood."""
    layer = next((layer for layer in LAYERS if action.startswith(layer)), "")
    package, *_modules, function = action.removeprefix(layer).split(".") if "." in action else (action, action)
    return f"{package}.{function}"


@lru_cache(maxsize=1)
def _acts() -> dict[str, StrOrPromise]:
    declared = {f"{m.name}.{name}": title for m in house().manifests.values() for name, title in m.acts}
    return {**INSTALLATION, **declared}


def act(action: str) -> str:
    """What was done, in words; '' where there are none."""
    return str(_acts().get(short(action), ""))


def named(words: str) -> list[tuple[str, str]]:
    """(package, function) of the actions whose words hold these."""
    return [
        (found[0], found[-1]) for name, title in _acts().items() if words in str(title) and (found := name.split("."))
    ]


def actor(name: str) -> tuple[str, str]:
    """Who did it, in words, and the name of a part of the house that has none."""
    if name == "nobody":
        return gettext("Nobody signed in"), ""
    if not name.startswith("system:"):
        return name, ""
    name = name.removeprefix("system:")
    job = house().jobs.get(name.removeprefix("job:"))
    words = _("Command line") if name in TYPED else job.title if job else SUBJECTS.get(name, "")
    return (gettext("System: %(words)s") % {"words": words}, "") if words else (gettext("System"), name)


def subject(name: str) -> tuple[str, str]:
    """Of what: its kind in words, with the field that was looked at, and its name or number."""
    kind, _colon, rest = name.partition(":")
    if kind not in SUBJECTS:
        return "", name
    number, _dot, field = rest.partition(".")
    title = _field_title(kind, field) if number.isdigit() and field else ""
    return (f"{SUBJECTS[kind]}{gettext(': ')}{title}", number) if title else (str(SUBJECTS[kind]), rest)


def _field_title(kind: str, field: str) -> str:
    """What the house calls a field of a kind of record; '' where it has none of that name (any more)."""
    for model in apps.get_models():
        if model._meta.model_name == kind:
            try:
                return str(getattr(model._meta.get_field(field), "verbose_name", ""))
            except FieldDoesNotExist:
                return ""
    return ""
