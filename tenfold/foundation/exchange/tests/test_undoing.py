"""An import is undone: what stood before stands again, or nothing is touched and it is said what changed since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from tenfold.foundation.acts import Refused
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.audit.models import Entry
from tenfold.foundation.exchange.models import Batch, KeptRecord, State
from tenfold.foundation.exchange.services import CannotUndo, undo
from tenfold.foundation.holdings.flat import flat_years
from tenfold.foundation.holdings.models import SchoolYear
from tenfold.foundation.organisations.models import Event, Organisation, Placement
from tenfold.foundation.people.models import Appointment, Person
from tenfold.foundation.people.services import appoint
from tenfold.foundation.scope import as_system

from .making import GOOD, PERIOD, table, work, written, xlsx

PLACES = ["学校标识码", "学校名称", "类别", "管理隶属", "城乡分类"]
SCHOOL = "9900000020"
STAFF = ["工号", "姓名", "学校标识码", "职务", "任教学科"]


@pytest.fixture
def officer(small_county, as_person):
    with as_person(small_county.county_officer_a):
        yield small_county


def standing() -> dict[str, Any]:
    """Everything that an import can change, ids of rows apart."""
    with as_system("tests"):
        organisations = Organisation.plain.exclude(code="990000").order_by("code")
        return {
            "returns": {school: flat for school, (_version, flat) in flat_years(PERIOD).items()},
            "sources": dict(SchoolYear.objects.values_list("organisation", "records")),
            "organisations": list(organisations.values("code", "name", "kind", "path", "depth", "locale", "sort_key")),
            "placements": sorted(Placement.objects.values_list("organisation", "parent", "kind", "since"), key=repr),
            "events": sorted(Event.objects.values_list("organisation", "kind", "on", "after"), key=repr),
            "posts": sorted(Appointment.objects.values_list("person__number", "title", "since", "subject", "main")),
            "people": sorted(Person.objects.values_list("number", "name")),
        }


TABLES: dict[str, tuple[bytes, bytes]] = {
    "school-return": (table(), table(["9900000001", "东岭小学", 260, 7, 16, 3, 52.5], GOOD[1])),
    "organisations": (
        xlsx(PLACES, ["990150", "新设中心学校", "乡镇", "990100", None], [SCHOOL, "新设小学", "学校", "990150", "220"]),
        xlsx(PLACES, [SCHOOL, "改名小学", "学校", "990101", "121"], ["9900000001", "东岭新小学", None, None, None]),
    ),
    "staff": (
        xlsx(STAFF, ["N1", "新人甲", "9900000001", "数学教师", "数学"], ["N2", "新人乙", "9900000001", "班主任", None]),
        xlsx(STAFF, ["N1", "新人甲", "9900000001", "数学教师", "物理"]),
    ),
}  # fmt: skip


@pytest.mark.store
@pytest.mark.parametrize("kind", TABLES)
def test_two_imports_are_undone_one_after_the_other(officer, kind):
    first, second = TABLES[kind]
    before = standing()
    one = written(first, kind, period=PERIOD)
    between = standing()
    two = written(second, kind, period=PERIOD, name="second.xlsx")
    assert standing() != between != before
    with pytest.raises(CannotUndo) as refused:
        undo(one)
    assert "second.xlsx" in refused.value.text()
    assert undo(two).state == State.UNDONE
    assert standing() == between
    undo(undo(one))
    assert standing() == before
    assert Batch.objects.get(pk=one.pk).state == State.UNDONE
    told = Entry.objects.filter(action__endswith="undo")
    assert told.count() == 3
    if kind == "school-return":
        assert DirtyFact.objects.filter(period=PERIOD).count() == 4


def test_what_hangs_on_a_new_school_keeps_it(officer):
    batch = written(TABLES["organisations"][0], "organisations")
    school = Organisation.objects.get(code="9900000020")
    with as_system("tests"):
        appoint("N9", "某人", school, "校长", since=date(2023, 9, 1))
    before = standing()
    with pytest.raises(CannotUndo, match="新设小学"):
        undo(batch)
    assert standing() == before


def test_a_record_changed_by_hand_is_named(officer):
    batch = written(TABLES["staff"][0], "staff")
    with as_system("tests"):
        appoint("N1", "新人甲", officer.primary_a, "年级主任", since=date(2023, 9, 1))
        from tenfold.foundation.acts import permitted

        with permitted("service"):
            Appointment.objects.filter(person__number="N2").update(role="teacher")
    with pytest.raises(CannotUndo, match="新人乙 班主任") as refused:
        undo(batch)
    assert refused.value.count == 1


def test_a_new_person_with_another_post_stays(officer):
    batch = written(TABLES["staff"][0], "staff")
    with as_system("tests"):
        appoint("N1", "新人甲", officer.primary_a, "年级主任", since=date(2023, 9, 1))
    undo(batch)
    with as_system("tests"):
        assert sorted(Person.objects.filter(number__startswith="N").values_list("number", flat=True)) == ["N1"]


def test_without_the_right_or_out_of_scope_nothing_is_undone(officer, client_as, as_person):
    batch = written(table())
    with as_person(officer.teacher_a), pytest.raises(Refused):
        undo(batch)
    assert client_as(officer.county_officer_b).post(f"/imports/{batch.pk}/undo/").status_code == 404
    assert SchoolYear.objects.count() == 2


def test_the_page_asks_undoes_and_names_what_changed(officer, client_as):
    one, two = written(table()), written(TABLES["school-return"][1], name="更正.xlsx")
    client = client_as(officer.county_officer_a)
    page = client.get(f"/imports/{one.pk}/").content.decode()
    assert "撤销这次导入？" in page
    assert "不撤销" in page
    refused = client.post(f"/imports/{one.pk}/undo/")
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "更正.xlsx" in told
    assert f'href="/imports/{two.pk}/"' in told, "the import that hinders it is one press away"
    assert "/undo/" not in told, "what was just refused is not offered again"
    for batch in (two, one):
        assert client.post(f"/imports/{batch.pk}/undo/").status_code == 302
    assert "已撤销" in client.get(f"/imports/{one.pk}/").content.decode()
    assert SchoolYear.objects.count() == 0
    again = written(table())
    assert again.counts["new"] == 2


def test_a_large_import_is_undone_as_a_job(officer, client_as, monkeypatch):
    from tenfold.foundation.exchange.services import undoing

    one, two = written(table()), written(TABLES["school-return"][1], name="更正.xlsx")
    monkeypatch.setattr(undoing, "LARGE", 0)
    client = client_as(officer.county_officer_a)
    for batch, state, word in (
        (one, State.WRITTEN, "更正.xlsx"),
        (two, State.UNDONE, "已撤销"),
        (one, State.UNDONE, "已撤销"),
    ):
        assert client.post(f"/imports/{batch.pk}/undo/").status_code == 302
        assert "正在撤销" in client.get(f"/imports/{batch.pk}/").content.decode()
        assert "正在撤销" in client.get(f"/imports/{batch.pk}/progress/").content.decode()
        work()
        batch.refresh_from_db()
        assert batch.state == state
        assert word in client.get(f"/imports/{batch.pk}/").content.decode()
    assert SchoolYear.objects.count() == 0


def test_after_the_term_nothing_is_kept_and_the_page_says_so(officer, client_as, settings):
    from tenfold.foundation.exchange.jobs import grow_old

    batch = written(table())
    with as_system("tests"):
        grow_old(None)
        assert KeptRecord.objects.exists()
        settings.TENFOLD = {**settings.TENFOLD, "UNDO_DAYS": 0}
        grow_old(None)
        grow_old(None)
        assert not KeptRecord.objects.exists()
        assert Entry.objects.filter(action__endswith="_let_go").count() == 1
    page = client_as(officer.county_officer_a).get(f"/imports/{batch.pk}/").content.decode()
    assert "不能再撤销" in page
    assert "撤销这次导入？" not in page
    batch.refresh_from_db()
    with pytest.raises(CannotUndo):
        undo(batch)


def test_what_stood_before_is_kept_sealed(officer):
    written(table())
    written(TABLES["school-return"][1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT before FROM exchange_keptrecord WHERE before <> ''")
        (before,) = [row[0] for row in cursor.fetchall()]
    assert before.startswith("aesgcm1:")
