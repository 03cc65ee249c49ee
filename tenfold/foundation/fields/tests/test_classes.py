"""Every field has a class: said, or told by what it can only hold."""

import pytest
from django.db import models

from tenfold.foundation.fields import EncryptedText, class_of, classed, unclassed_fields


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (models.BigAutoField(), "internal"),
        (models.DateField(), "internal"),
        (models.BooleanField(), "internal"),
        (models.PositiveSmallIntegerField(), "internal"),
        (models.CharField(choices=[("a", "A")]), "internal"),
        (models.CharField(), None),
        (models.TextField(), None),
        (models.EmailField(), None),
        (models.JSONField(), None),
        (EncryptedText(), "sensitive"),
        (classed(EncryptedText(), "child"), "child"),
        (classed(models.CharField(), "public"), "public"),
        (classed(models.DateField(), "child"), "child"),
    ],
)
def test_the_class_is_said_or_follows_from_the_kind(field, expected):
    assert class_of(field) == expected


def test_a_code_of_the_house_is_known_by_its_name():
    field = models.CharField(max_length=10)
    field.set_attributes_from_name("period")
    assert class_of(field) == "internal"


def test_an_unknown_class_is_refused():
    with pytest.raises(ValueError, match="secret"):
        classed(models.CharField(), "secret")


def test_a_field_without_a_class_is_named(monkeypatch):
    from tenfold.foundation.people.models import Person

    assert "people.Person.name" not in unclassed_fields()
    monkeypatch.delattr(Person._meta.get_field("name"), "tenfold_class")
    assert "people.Person.name" in unclassed_fields()
