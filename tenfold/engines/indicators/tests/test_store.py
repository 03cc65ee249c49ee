"""The fact store: swapped as a whole, whole after a kill, counted anew when a definition changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tenfold.engines.indicators import queries, services
from tenfold.engines.indicators.engine import keeping
from tenfold.engines.indicators.engine.store import Contents, Store, store
from tenfold.foundation.acts.models import DirtyFact
from tenfold.foundation.declare import Fact, House, Ratio, Total, house, install
from tenfold.foundation.scope import as_system

from .factories import PERIOD, City, hand_in, writing


def pupils(place: str = "A") -> float | None:
    with as_system("tests"):
        return queries.value("holdings.pupils", place, PERIOD).value


def mark(fact: str) -> None:
    with writing():
        DirtyFact.objects.create(fact=fact, period=PERIOD)


@pytest.fixture
def changed_house() -> Any:
    """``changed_house(indicators=…, facts=…)``: another house for the rest of the test."""
    before = house()

    def change(**more: dict[str, Any]) -> None:
        new = House(**{**before.__dict__})
        for name, items in more.items():
            setattr(new, name, {**getattr(before, name), **items})
        install(new)

    yield change
    install(before)


def test_a_sync_takes_up_what_changed_and_nothing_else(cast: City) -> None:
    services.sync()
    assert pupils() == 2400
    assert not DirtyFact.objects.exists()
    hand_in(cast.schools["a1"], pupils__primary=201)
    assert pupils() == 2400, "a reader does not count what is only marked"
    report = services.sync()
    assert report.periods == [PERIOD]
    assert pupils() == 2401
    again = services.sync()
    assert (again.partitions, again.periods) == ([], [])


def test_equal_rows_make_the_same_file_and_are_not_counted_again(cast: City) -> None:
    services.sync()
    before = store().contents()
    mark("*")
    report = services.sync()
    assert report.partitions
    assert report.periods == []
    assert store().contents().files() == before.files()


def test_a_mark_of_one_fact_rewrites_that_fact(cast: City) -> None:
    services.sync()
    mark("premises")
    assert services.sync().partitions == [f"premises {PERIOD}"]


def test_the_store_is_made_anew_where_its_folder_is_gone(cast: City, facts_folder: Path) -> None:
    services.sync()
    import shutil

    shutil.rmtree(facts_folder)
    assert pupils() == 2400


def test_a_return_that_is_gone_takes_its_period_along(cast: City) -> None:
    hand_in(cast.schools["a1"], "2021-22", pupils__primary=1)
    services.sync()
    with as_system("tests"):
        assert queries.periods() == ["2021-22", PERIOD]
    from tenfold.foundation.holdings.models import SchoolYear

    with writing():
        SchoolYear.objects.filter(period="2021-22").delete()
        DirtyFact.objects.create(fact="*", period="2021-22")
    services.sync()
    with as_system("tests"):
        assert queries.periods() == [PERIOD]


def test_a_changed_definition_is_counted_anew(cast: City, changed_house: Any) -> None:
    services.sync()
    code = "holdings.pupils_per_teacher"
    with as_system("tests"):
        before = queries.value(code, "A", PERIOD).value
        old = house().indicators[code]
        assert isinstance(old.value, Ratio)
        changed_house(indicators={code: replace(old, value=replace(old.value, per=1000))})
        assert queries.value(code, "A", PERIOD).value == pytest.approx((before or 0) * 1000)
    assert store().contents().values[PERIOD]["definitions"][code] != ""


def test_a_new_indicator_has_values_at_once(cast: City, changed_house: Any) -> None:
    services.sync()
    old = house().indicators["holdings.pupils"]
    changed_house(
        indicators={"holdings.twice": replace(old, code="holdings.twice", value=Total(old.value.of + old.value.of))},  # type: ignore[union-attr]
    )
    with as_system("tests"):
        assert queries.value("holdings.twice", "A", PERIOD).value == 4800


def test_a_changed_fact_is_written_anew(cast: City, changed_house: Any) -> None:
    services.sync()
    fact = house().facts["premises"]
    rows = [{"school": cast.schools["a1"].pk, "record": "", "books": 7}]
    newer = Fact("premises", fact.title, fact.grain, fact.columns, lambda held: rows, fact.periods, version=2)
    changed_house(facts={"premises": newer})
    with as_system("tests"):
        assert queries.value("holdings.books", "A", PERIOD).value == 7


def test_a_sensitive_column_is_refused(cast: City, changed_house: Any) -> None:
    fact = house().facts["premises"]
    named = replace(fact.columns[0], classed="sensitive")
    changed_house(facts={"premises": replace(fact, columns=(named, *fact.columns[1:]), version=3)})
    with pytest.raises(ValueError, match="is sensitive"):
        services.sync()


STEPS = ("_write_partitions", "compute", "swap", "sweep", "forget")


@pytest.mark.parametrize("step", STEPS)
def test_broken_off_at_any_step_nothing_is_half_told_and_nothing_lost(
    cast: City, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    services.sync()
    hand_in(cast.schools["a1"], pupils__primary=300)

    class Killed(BaseException):
        pass

    def die(*args: Any, **kwargs: Any) -> Any:
        raise Killed

    with monkeypatch.context() as patch:
        if step == "forget":
            patch.setattr(services, "_forget", die)
        elif step in ("swap", "sweep"):
            patch.setattr(Store, step, die)
        else:
            patch.setattr(keeping, step, die)
        with pytest.raises(Killed):
            services.sync()
    assert pupils() in ((2400, 2500) if step in ("sweep", "forget") else (2400,))
    assert DirtyFact.objects.exists()
    services.sync()
    assert pupils() == 2500
    assert not DirtyFact.objects.exists()


def test_a_manifest_cut_off_in_the_middle_is_never_seen(tmp_path: Path) -> None:
    """A process that is killed with SIGKILL while it writes leaves the former manifest."""
    place = Store(tmp_path / "facts")
    place.root.mkdir()
    place.swap(Contents())
    code = f"""
import json, os, signal
from pathlib import Path
from tenfold.engines.indicators.engine import store
def torn(words, file, **more):
    file.write('{{"written": 7, "fac')
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
store.json.dump = torn
store.Store(Path({str(place.root)!r})).swap(store.Contents())
"""
    killed = subprocess.run([sys.executable, "-c", code], cwd=Path.cwd(), check=False)
    assert killed.returncode == -9
    assert place.contents().written == 1
    json.loads((place.root / "manifest.json").read_text())
    with place.lock():
        assert place.sweep(grace=-1) == 1


def test_what_no_manifest_names_is_swept_away(cast: City, facts_folder: Path) -> None:
    services.sync()
    stray = facts_folder / "values" / ".2023-24-1"
    stray.write_text("half")
    os.utime(stray, (0, 0))
    young = facts_folder / "values" / "young.parquet"
    young.write_text("whole")
    hand_in(cast.schools["a1"], pupils__primary=1)
    services.sync()
    assert not stray.exists()
    assert young.exists()
    assert pupils() == 2201


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    place, order = Store(tmp_path / "facts"), []

    def second() -> None:
        with place.lock():
            order.append("second")

    with place.lock():
        other = threading.Thread(target=second)
        other.start()
        other.join(0.2)
        order.append("first")
    other.join(5)
    assert order == ["first", "second"]


def test_what_is_marked_meanwhile_stays_marked(cast: City, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = services.bring_up

    def slow(*args: Any) -> None:
        whole(*args)
        hand_in(cast.schools["a1"], pupils__primary=900)

    monkeypatch.setattr(services, "bring_up", slow)
    services.sync()
    monkeypatch.undo()
    assert DirtyFact.objects.count() == 1
    services.sync()
    assert pupils() == 3100
