"""The class of a field: said where it is declared, or given by what it can only hold."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

CLASSES = ("public", "internal", "sensitive", "child", "wellbeing")
"""From what anybody may read to what only the counsellor does."""

PLAIN = (
    models.AutoField,
    models.BigAutoField,
    models.ForeignKey,
    models.ManyToManyField,
    models.DateField,
    models.TimeField,
    models.DurationField,
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.FloatField,
    models.UUIDField,
)
"""Kinds of field that say nothing by themselves: internal unless a class is given."""

CODES = frozenset(
    {"action", "address", "basis", "chain", "change", "code", "coordinates", "digest", "fact", "job", "key", "kind",
     "locale", "period", "previous", "role", "root", "school_type", "sector", "stage", "state", "stored", "unit"}
)  # fmt: skip
"""Names under which a text field holds a code of the house and never anybody's words."""

F = TypeVar("F", bound="models.Field[Any, Any]")


def classed(field: F, name: str) -> F:
    """Give a model field its class: ``name = classed(models.CharField(…), "internal")``. ValueError for no class."""
    if name not in CLASSES:
        raise ValueError(f"{name} is no class of field: {', '.join(CLASSES)}")
    field.tenfold_class = name  # type: ignore[attr-defined]
    return field


def class_of(field: Any) -> str | None:
    """The class of a model field; None where nobody has said it and the kind of field does not tell."""
    said: str | None = getattr(field, "tenfold_class", None)
    if said is not None:
        return said
    if isinstance(field, PLAIN) or field.choices or field.name in CODES:
        return "internal"
    return "sensitive" if field.name == "password" else None


def unclassed_fields() -> list[str]:
    """The fields of the house's own models without a class, as ``people.Person.name``."""
    from django.apps import apps

    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config is not None and model._meta.app_config.name.startswith("tenfold.")
        for field in model._meta.local_fields
        if class_of(field) is None
    )
