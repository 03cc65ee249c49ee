"""Scoped models: the scope is added when SQL is compiled, not when the query is written.

So definition at import is fine, and count, exists, aggregates, slices, subqueries, prefetch and
related managers are scoped alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, sql

from .context import AccessContext, require


class OutOfScope(PermissionDenied):
    """A write into a place that the writer does not reach."""


class ScopedQuery(sql.Query):
    """A query that reads the access context when it is compiled."""

    scope_applied = False

    def with_scope(self) -> Any:
        """A copy with the condition of the present context; raises NoAccessContext without one."""
        context = require()
        clone: Any = self.clone()
        model: Any = self.model
        clone.scope_applied = True
        condition = model.scope_condition(context) if model else None
        if condition is not None:
            high, low = clone.high_mark, clone.low_mark
            clone.clear_limits()
            clone.add_q(condition)
            clone.set_limits(low, high)
        return clone

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """Every way to SQL leads through here."""
        if self.scope_applied:
            return super().get_compiler(*args, **kwargs)
        if self.combinator:
            require()
            return super().get_compiler(*args, **kwargs)
        return super(ScopedQuery, self.with_scope()).get_compiler(*args, **kwargs)

    def chain(self, klass: Any = None) -> Any:
        """Updates and deletes become queries of another class, so the scope goes in before."""
        if klass is not None and klass is not type(self) and not self.scope_applied:
            return super(ScopedQuery, self.with_scope()).chain(klass)
        return super().chain(klass)


class ScopedQuerySet(models.QuerySet[Any]):
    """The query set of scoped models: deletes and bulk writes keep to the scope too."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(
            model,
            query if query is not None or model is None else ScopedQuery(model),
            using,
            hints,
        )

    def _raw_delete(self, using: Any) -> int:
        scoped: Any = self.query
        query = scoped.with_scope()
        query.__class__ = sql.DeleteQuery
        return query.get_compiler(using).execute_sql("row count")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Create many, each within the writer's scope; raises :class:`OutOfScope`."""
        objs = list(objs)
        check_places(self.model, objs)
        return super().bulk_create(objs, *args, **kwargs)


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The manager of every scoped model."""

    use_in_migrations = False


def check_places(model: Any, objects: Sequence[Any]) -> None:
    """Refuse objects whose organisation lies outside the writer's scope."""
    first, *rest = model.scope_field.split("__")
    if first and not rest:
        attribute = model._meta.get_field(first).attname
        check_place_ids(model, {getattr(o, attribute) for o in objects} - {None})


def check_place_ids(model: Any, ids: Iterable[Any]) -> None:
    """Refuse organisations (ids) outside the writer's scope; raises :class:`OutOfScope`."""
    context = require()
    if context.everywhere:
        return
    related = model._meta.get_field(model.scope_field).related_model
    reached = 0
    ids = list(ids)
    for start in range(0, len(ids), 500):
        reached += related.objects.filter(pk__in=ids[start : start + 500]).count()
    if reached != len(ids):
        raise OutOfScope(model._meta.label)


class Scoped(models.Model):
    """A model whose rows belong to a place. ``scope_field`` leads to an organisation."""

    scope_field = "organisation"

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save within the writer's scope; raises :class:`OutOfScope`."""
        check_places(type(self), [self])
        super().save(*args, **kwargs)

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """What limits the rows to the scope; None for no limit."""
        if context.everywhere:
            return None
        *lead, last = cls.scope_field.split("__")
        model: Any = cls
        for name in (*lead, last):
            model = model._meta.get_field(name).related_model
        return Q(**{f"{cls.scope_field}__in": model.objects.all()})
