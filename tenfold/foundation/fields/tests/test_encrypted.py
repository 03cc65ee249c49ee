"""Encrypted columns: unreadable in the database, bound to their place, readable under every key that stands."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.acts import permitted
from tenfold.foundation.fields import Unreadable, keyed_hash
from tenfold.foundation.fields.keys import key_id, opened, seal, sealed_under
from tenfold.foundation.people.models import Person
from tenfold.foundation.scope import as_system

OLD, NEW = "old-key-of-the-test", "new-key-of-the-test"


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.TENFOLD = {**settings.TENFOLD, "DATA_KEYS": [OLD], "VAR": tmp_path}
    return settings.TENFOLD["DATA_KEYS"]


@pytest.fixture
def person(db):
    with as_system("test"), permitted("service"):
        made = Person(number="T1", name="某人", phone="13800001234")
        made.save()
        yield made


def stored(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE id = %s", [person.pk])
        return cursor.fetchone()[0]


def put(person, value):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET phone = %s WHERE id = %s", [value, person.pk])


@given(st.text(min_size=1), st.text())
def test_what_is_sealed_opens_for_its_place_alone(text, bound):
    value = seal(text, bound)
    assert opened(value, bound) == text
    with pytest.raises(Unreadable):
        opened(value, bound + "x")


def test_two_seals_of_one_text_differ():
    assert seal("13800001234", "a") != seal("13800001234", "a")


@pytest.mark.store
def test_the_database_holds_no_plain_value(person):
    value = stored(person)
    assert value.startswith(f"aesgcm1:{key_id(OLD)}:")
    assert "1380000" not in value
    assert Person.objects.get(pk=person.pk).phone == "13800001234"
    assert list(Person.objects.values_list("phone", flat=True)) == ["13800001234"]


@pytest.mark.store
def test_every_way_of_writing_seals(person):
    Person.objects.filter(pk=person.pk).update(phone="13900000000")
    assert stored(person).startswith("aesgcm1:")
    person.phone = "13700000000"
    Person.objects.bulk_update([person], ["phone"])
    assert stored(person).startswith("aesgcm1:")
    assert Person.objects.get(pk=person.pk).phone == "13700000000"
    (other,) = Person.objects.bulk_create([Person(number="T2", name="某", phone="1")])
    assert stored(other).startswith("aesgcm1:")


@pytest.mark.store
def test_the_empty_text_stays_empty(person):
    person.phone = ""
    person.save()
    assert stored(person) == ""
    assert Person.objects.get(pk=person.pk).phone == ""


@pytest.mark.store
@pytest.mark.parametrize("harm", ["plain", "cut", "foreign", "swapped"])
def test_a_value_changed_by_hand_is_not_read(person, harm):
    value = stored(person)
    put(
        person,
        {
            "plain": "13800001234",
            "cut": value[:-8],
            "foreign": seal("13800001234", "people_person.email"),
            "swapped": value[:-6] + ("AAAA==" if not value.endswith("AAAA==") else "BBBB=="),
        }[harm],
    )
    with pytest.raises(Unreadable):
        Person.objects.get(pk=person.pk)


def test_it_cannot_be_searched(person):
    for lookup in ("phone", "phone__contains", "phone__in", "phone__gt"):
        with pytest.raises(FieldError):
            list(Person.objects.filter(**{lookup: "1"}))
    assert Person.objects.filter(phone__isnull=False).count() == 1


def test_the_older_key_still_opens_and_the_newer_seals(person, keys):
    keys.insert(0, NEW)
    assert Person.objects.get(pk=person.pk).phone == "13800001234"
    person.save()
    assert sealed_under(stored(person)) == key_id(NEW)


def test_a_key_added_by_another_process_is_read_from_the_file(person, keys, tmp_path):
    keys.insert(0, NEW)
    person.save()
    keys.remove(NEW)
    with pytest.raises(Unreadable, match=key_id(NEW)):
        Person.objects.get(pk=person.pk)
    (tmp_path / "data.keys").write_text(f"{NEW}\n{OLD}\n")
    assert Person.objects.get(pk=person.pk).phone == "13800001234"
    assert keys == [NEW, OLD]


def test_the_hash_finds_again_and_says_nothing_across_purposes(keys):
    first = keyed_hash("421200", "id")
    assert keyed_hash("421200", "id") == first
    assert keyed_hash("421200", "phone") != first
    assert keyed_hash("421201", "id") != first
    keys.insert(0, NEW)
    assert keyed_hash("421200", "id") == first
