"""佐证材料 as pages read it."""

from __future__ import annotations

from ..models import Assignment, Material


def material(pk: int) -> Material | None:
    """Material within the scope, with its assignment; None where there is none."""
    joined = ("file", "organisation", "assignment__organisation", "assignment__task__organisation")
    rows = Material.objects.filter(pk=pk).select_related(*joined, "assignment__task__programme__organisation")
    return rows.first()


def waiting_of(row: Assignment) -> Material | None:
    """The Material of an assignment that waits to be confirmed."""
    return Material.objects.filter(assignment=row, state="submitted").select_related("file").first()
