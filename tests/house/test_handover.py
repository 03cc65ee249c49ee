"""Whatever belongs to a person can be handed to her successor: every column that says whose a thing is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tenfold.foundation.declare import house

NOT_WORK = {
    "access.Account.person": "a sign-in is one's own",
    "audit.Entry.person": "what was done stays that of who did it",
    "jobs.Job.person": "a job ends by itself",
    "notices.Addressed.entered_by": "what was done stays that of who did it",
    "notices.Notice.sender": "what was sent stays that of who sent it",
    "notices.Addressed.person": "what somebody was told stays told to her",
    "notices.Settings.person": "how somebody wishes to be told",
    "people.Pupil.person": "a pupil",
    "people.Guardianship.person": "a guardian",
}
"""Columns that name a person and hold no work of hers, with the reason."""


def owning() -> Iterator[str]:
    """Columns called person, or pointing at one, of the packages of the house."""
    for model in apps.get_models():
        if not model.__module__.startswith("tenfold."):
            continue
        for field in model._meta.concrete_fields:
            points = isinstance(field, models.ForeignKey) and field.related_model.__name__ == "Person"
            if points or field.name in ("person", "handler", "contact"):
                yield f"{model._meta.app_label}.{model.__name__}.{field.name}"


def unclaimed() -> list[str]:
    """Columns that no Handover hands over and no reason excuses."""
    claimed = {column for each in house().handovers.values() for column in each.columns}
    return sorted(set(owning()) - claimed - set(NOT_WORK))


def test_whatever_belongs_to_a_person_can_be_handed_over() -> None:
    assert set(NOT_WORK) <= set(owning()), "take out what there is no more"
    assert unclaimed() == [], "declare a Handover in the manifest of the package"


def test_every_handover_names_columns_that_there_are() -> None:
    for each in house().handovers.values():
        assert each.columns
        for column in each.columns:
            label, _dot, name = column.rpartition(".")
            apps.get_model(label)._meta.get_field(name)


def test_a_handover_that_is_taken_away_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(house().handovers, "programme.tasks")
    assert unclaimed() == ["programme.Assignment.person"]
