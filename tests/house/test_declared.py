"""What is declared fits: rights and roles, classes of fields, codes, words. A fault stops the start, by its name."""

from __future__ import annotations

import itertools
import subprocess
import sys
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.urls import path

from tenfold.foundation.access.roles import Role, roles
from tenfold.foundation.declare import (
    House,
    HouseFault,
    Indicator,
    Manifest,
    MenuItem,
    Right,
    Total,
    house,
    page,
)
from tenfold.foundation.holdings.facts import enrolment
from tenfold.foundation.organisations.models import Kind
from tenfold.site import house as site_house
from tenfold.site import messages, urls

SEEN = Right("planted.see", "Planted")
PLAIN = Manifest("planted", "Planted", rights=(SEEN,))


def faults() -> list[str]:
    """What the checks of the start say."""
    return [str(message.msg) for message in run_checks() if message.id and message.id.startswith("tenfold.")]


def test_the_house_starts():
    assert faults() == []


def test_every_role_has_its_words_and_levels():
    kinds = set(Kind.values)
    for role in roles().values():
        assert role.name, role.code
        assert role.english, role.code
        assert role.levels, role.code
        assert set(role.levels) <= kinds, role.code


def test_the_three_administrators_share_no_right_that_changes_anything():
    three = [roles()[code] for code in ("sysadmin", "secadmin", "auditadmin")]
    changing = [{right for right in role.rights if not right.split(".")[1].startswith("see")} for role in three]
    for one, other in itertools.combinations(changing, 2):
        assert not one & other
    assert not any("audit.see" in role.rights for role in three[:2])


def test_every_package_of_the_house_is_installed_and_every_manifest_is_read():
    installed = {config.name for config in apps.get_app_configs()}
    assert set(site_house.PACKAGES) <= installed
    folders = {
        f"tenfold.{file.parent.parent.name}.{file.parent.name}"
        for file in (messages.PACKAGE).glob("*/*/manifest.py")
        if file.parent.parent.name != "tests"
    }
    assert folders <= set(site_house.PACKAGES)


def test_every_word_has_its_chinese():
    assert [line for package in messages.packages() for line in messages.untranslated(package)] == []


# --- planted faults -----------------------------------------------------------------------------------


def test_a_route_without_a_right_is_named(monkeypatch):
    monkeypatch.setattr(
        urls, "urlpatterns", [*urls.urlpatterns, path("planted/", lambda request: None, name="planted")]
    )
    with fresh_urls():
        assert faults() == ["the route planted/ names no right"]


def test_a_route_with_a_right_that_nobody_declares_is_named(monkeypatch):
    door = page("planted/", lambda request: None, right=SEEN, name="planted")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, door])
    with fresh_urls():
        assert faults() == ["the route planted/ names planted.see, which nobody declares"]


def test_a_page_cannot_be_registered_without_a_right():
    with pytest.raises(TypeError, match="names its right"):
        page("planted/", lambda request: None, right=None, name="planted")  # type: ignore[arg-type]


def test_a_role_with_an_unknown_right_is_named(monkeypatch):
    monkeypatch.setitem(roles(), "planted", Role("planted", "某", "Some", ("city",), frozenset({"planted.see"})))
    assert faults() == ["roles.toml: planted holds planted.see, which nobody declares"]


def test_a_right_that_nobody_holds_is_named(monkeypatch):
    monkeypatch.setitem(house().rights, "planted.see", SEEN)
    monkeypatch.setitem(house().owner, "rights:planted.see", "desk")
    assert faults() == ["roles.toml: no role holds planted.see, declared by desk"]


def test_a_field_without_a_class_is_named(monkeypatch):
    from tenfold.foundation.people.models import Person

    monkeypatch.delattr(Person._meta.get_field("name"), "tenfold_class")
    assert faults() == ["the field people.Person.name has no class"]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("package", {}),
        ("rights", {"name": "other", "rights": (SEEN,)}),
        (
            "indicators",
            {"name": "other", "rights": (), "indicators": (Indicator("a.b", "B", Total(enrolment.pupils)),) * 2},
        ),
    ],
)
def test_a_code_twice_stops_the_start_and_names_the_file(kind, more):
    new = House()
    new.add(PLAIN, "rooms/planted/manifest.py")
    with pytest.raises(HouseFault, match=rf"rooms/other/manifest\.py: {kind} \S+ is declared twice"):
        new.add(replace(PLAIN, **more), "rooms/other/manifest.py")


def test_an_indicator_on_an_unknown_fact_stops_the_start():
    new = House()
    new.add(replace(PLAIN, indicators=(Indicator("planted.i", "I", Total(enrolment.pupils)),)), "planted.py")
    with pytest.raises(HouseFault, match=r"planted\.py: indicator planted\.i rests on the unknown fact"):
        new.check({"planted": "planted.py"})


def test_a_menu_item_with_an_unknown_right_stops_the_start():
    new = House()
    new.add(Manifest("planted", "P", menu=(MenuItem("M", "/", SEEN),)), "planted.py")
    with pytest.raises(HouseFault, match=r"planted\.py: the right planted\.see is not declared"):
        new.check({"planted": "planted.py"})


def test_a_word_without_chinese_is_named(tmp_path, monkeypatch):
    package = tmp_path / "planted"
    package.mkdir()
    (package / "views.py").write_text('from x import _\nword = _("A planted word")\n')
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    assert [line.split(": ")[1] for line in messages.untranslated(package)] == ["A planted word"]


def test_the_web_process_itself_refuses_to_start(tmp_path):
    """Not only ``manage check``: whichever server asks for the application gets the fault instead."""
    planted = "\n".join(
        [
            "import django; django.setup()",
            "from django.urls import path",
            "from tenfold.site import urls",
            "urls.urlpatterns.append(path('planted/', lambda request: None, name='planted'))",
            "import tenfold.site.wsgi",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", planted],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "TENFOLD_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tenfold.site.settings"},
    )
    assert done.returncode == 1
    assert "the route planted/ names no right" in done.stderr


class fresh_urls:
    """The routes are read anew inside the block, and again after it."""

    def __enter__(self) -> None:
        from django.urls import clear_url_caches

        clear_url_caches()

    def __exit__(self, *faults: object) -> None:
        from django.urls import clear_url_caches

        clear_url_caches()
