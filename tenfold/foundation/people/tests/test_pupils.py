"""Pupils, their enrolments and guardians: sealed at rest, reached by their school, their family, themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.people.bulk_pupils import GuardianEntry, PupilEntry
from tenfold.foundation.people.models import Enrolment, Guardianship, Pupil
from tenfold.foundation.people.registry import check_character, identity_fault, registry_fault, sex_in
from tenfold.foundation.people.services import NoPupils, enrol, let_in_guardian, let_in_pupil
from tenfold.foundation.scope import as_system
from tenfold.foundation.scope.models import OutOfScope
from tests.support.cast import PASSWORD, SmallCounty

FIRST = date(2023, 9, 1)
NAMES = ("青禾一", "青禾二", "南竹一")


def entry(school: int, number: int, name: str, **more: object) -> PupilEntry:
    """An invented pupil with a temporary number of no area."""
    guardian = GuardianEntry(f"{name}的母亲", "52", "13000000000")
    registry = f"L00000020160901{number:04}"
    words = {"stage": "primary", "grade": 2, "since": FIRST, "class_number": 1, "guardians": (guardian,), **more}
    return PupilEntry(registry, name, school, **words)  # type: ignore[arg-type]


@pytest.fixture
def pupils(small_county: SmallCounty) -> list[Pupil]:
    """Two pupils of the primary school of county A, one of county B."""
    a, b = small_county.primary_a.pk, small_county.primary_b.pk
    with as_system("tests"):
        enrol([entry(a, 1, NAMES[0]), entry(a, 2, NAMES[1], class_number=2), entry(b, 3, NAMES[2])])
        return list(Pupil.objects.order_by("pk"))


@pytest.mark.store
def test_nothing_of_a_child_stands_in_plain_text(pupils):
    with connection.cursor() as cursor:
        told = ""
        for table in ("people_pupil", "people_guardianship"):
            cursor.execute(f"SELECT * FROM {table}")
            told += repr(cursor.fetchall())
    assert "青禾" not in told
    assert "20160901" not in told
    assert "13000000000" not in told
    assert told.count("aesgcm1:") == 3 * 2 + 3 * 2


@pytest.mark.store
def test_each_reaches_the_pupils_of_her_own_schools(small_county, pupils, as_person):
    for person, seen in ((small_county.clerk_a, 2), (small_county.county_officer_b, 1), (small_county.city_officer, 3)):
        with as_person(person):
            assert (Pupil.objects.count(), Enrolment.objects.count(), Guardianship.objects.count()) == (seen,) * 3


@pytest.mark.store
def test_a_guardian_reaches_her_child_and_a_pupil_herself(small_county, pupils, as_person):
    with as_person(small_county.clerk_a):
        mother = let_in_guardian(Guardianship.objects.get(pupil=pupils[0]), "J00001", since=FIRST)
        child = let_in_pupil(pupils[1], "X00001", since=FIRST)
    for person, own in ((mother, pupils[0]), (child, pupils[1])):
        with as_person(person) as context:
            assert [p.pk for p in Pupil.objects.all()] == [own.pk]
            assert [e.pupil_id for e in Enrolment.objects.all()] == [own.pk]
            assert context.places == ()
    assert mother.name == child.name == ""


@pytest.mark.store
def test_moving_up_ends_a_year_and_begins_the_next(small_county, pupils, system):
    enrol([entry(small_county.primary_a.pk, 1, NAMES[0], grade=3, since=date(2024, 9, 1), pupil=pupils[0].pk)])
    found = Enrolment.objects.filter(pupil=pupils[0]).values_list("grade", "state", "until")
    assert list(found) == [(3, "enrolled", None), (2, "promoted", date(2024, 9, 1))]


def test_out_of_scope_nobody_is_enrolled(small_county, pupils, as_person):
    with as_person(small_county.clerk_a), pytest.raises(OutOfScope):
        enrol([entry(small_county.primary_b.pk, 9, "某")])
    with as_system("tests"):
        assert Pupil.objects.count() == 3


def test_without_the_option_nobody_is_enrolled(small_county, settings, system):
    settings.TENFOLD = {**settings.TENFOLD, "PUPILS": False}
    with pytest.raises(NoPupils):
        enrol([entry(small_county.primary_a.pk, 1, "某")])


def test_no_account_is_let_in_by_a_pupils_number(pupils, client):
    assert client.login(username=pupils[0].registry_number, password=PASSWORD) is False


@given(st.integers(0, 10**17 - 1), st.integers(0, 17))
def test_one_wrong_digit_of_an_identity_number_is_seen(number: int, place: int) -> None:
    digits = f"{number:017}"[:6] + "20160901" + f"{number:017}"[14:]
    whole = digits + check_character(digits)
    assert identity_fault(whole) == registry_fault("G" + whole) == ""
    wrong = "0" if whole[place] in "X9" else str(int(whole[place]) + 1)
    broken = whole[:place] + wrong + whole[place + 1 :]
    assert identity_fault(broken) == "check"
    assert sex_in(whole) in "12"


def test_registry_numbers_by_their_letters() -> None:
    numbers = ("L000000201609010001", "J000000000000000000", "G000000201609010001", "L000000201613010001", "A1")
    assert [registry_fault(n) for n in numbers] == ["", "", "check", "birth", "form"]
