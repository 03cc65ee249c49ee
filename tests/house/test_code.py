"""The code keeps to the house's measures; each rule is shown to catch a planted fault."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from tests.support.fixtures import ROOT

from . import code


def named(path):
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_one_may_be():
    assert [named(f) for f in code.modules() if code.too_long(f.read_text("utf-8"))] == []


def test_no_view_is_longer_than_one_may_be():
    found = {named(f): code.long_views(f.read_text("utf-8")) for f in code.view_modules()}
    assert {file: views for file, views in found.items() if views} == {}
    assert len(found) > 5


def test_today_comes_from_the_calendar_alone():
    found = {
        named(f): lines
        for f in code.own_modules()
        if not code.may_ask_the_clock(f) and (lines := code.clocks(f.read_text("utf-8")))
    }
    assert found == {}


def test_nothing_is_left_for_later():
    found = {named(f): code.unfinished(f.read_text("utf-8")) for f in code.own_modules()}
    assert {file: marks for file, marks in found.items() if marks} == {}


def test_every_template_is_used():
    assert code.unused_templates(code.templates(), code.all_texts(".py", ".html", ".txt")) == []


def test_templates_ask_only_for_those_below():
    owners = {name: code.package_of(path) for name, path in code.templates().items()}
    found = {}
    for name, path in code.templates().items():
        asked = code.asked_for(path.read_text("utf-8"))
        if above := code.upward(owners[name], asked, owners):
            found[name] = above
    assert found == {}


def test_a_template_asked_for_exists():
    known = {*code.templates(), *(n for n in ("account/", "allauth/"))}
    missing = {
        (name, asked)
        for name, path in code.templates().items()
        for asked in code.asked_for(path.read_text("utf-8"))
        if asked not in known and not asked.startswith(code.ALLAUTH)
    }
    assert missing == set()


def test_every_static_file_is_used():
    assert code.unused_static(code.static_files(), code.all_texts(".py", ".html", ".js", ".css")) == []


def keys_upward(found: list[type[models.Model]]) -> list[str]:
    """Foreign keys that lead to a package above."""
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in found
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and code.ORDER.get(field.related_model._meta.app_label, -1) > code.ORDER[model._meta.app_label]
    ]


def own_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("tenfold.")]


def test_keys_lead_only_to_packages_below():
    assert keys_upward(own_models()) == []
    assert len(own_models()) > 10


# --- planted faults -----------------------------------------------------------------------------------


def test_a_long_module_is_seen():
    assert code.too_long("x = 1\n" * 501)
    assert not code.too_long("x = 1\n" * 500)


def test_a_long_view_is_seen():
    body = "    x = 1\n" * 40
    assert code.long_views(f"def short(request):\n    x = 1\n\ndef long(request):\n{body}") == ["long"]


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import date\nd = date.today()",
        "import datetime\nd = datetime.date.today()",
        "from datetime import datetime\nd = datetime.now()",
        "from django.utils import timezone\nd = timezone.now()",
        "from django.utils.timezone import now\nd = now()",
        "from django.utils.timezone import localdate as heute\nd = heute()",
        "import time\nd = time.localtime()",
        "from datetime import date\nclass M:\n    day = Field(default=date.today)",
    ],
)
def test_a_clock_is_seen(text):
    assert code.clocks(text)


def test_the_calendar_is_no_clock():
    assert code.clocks("from tenfold.foundation.calendar import now, today\nd = today()\nm = now()") == []
    assert code.clocks("from django.utils import timezone\nd = timezone.localtime(moment)") == []
    assert code.clocks("from django.utils import timezone\nd = timezone.localtime()") == [2]


def test_work_left_for_later_is_seen():
    assert code.unfinished("x = 1  # TODO later")
    assert code.unfinished("try:\n    x = 1\nexcept Exception: pass")


def test_an_unused_template_is_seen():
    names = ["desk/home.html", "desk/forgotten.html", "account/login.html"]
    assert code.unused_templates(names, ['render(request, "desk/home.html")']) == ["desk/forgotten.html"]


def test_a_template_that_asks_upwards_is_seen():
    owners = {"ui/base.html": "ui", "desk/home.html": "desk", "civics/a.html": "civics", "reform/b.html": "reform"}
    text = '{% extends "desk/home.html" %}{% include "ui/base.html" %}'
    assert code.upward("ui", code.asked_for(text), owners) == ["desk/home.html"]
    assert code.upward("desk", ["ui/base.html"], owners) == []
    assert code.upward("civics", ["reform/b.html", "ui/base.html"], owners) == ["reform/b.html"]


def test_an_unused_script_is_seen():
    texts = ['{% static "ui/menu.js" %}', 'import { x } from "./helper.js";']
    assert code.unused_static(["ui/menu.js", "ui/helper.js", "ui/lost.js"], texts) == ["ui/lost.js"]


def test_a_key_that_leads_upwards_is_seen(monkeypatch):
    from tenfold.foundation.organisations.models import Organisation
    from tenfold.foundation.people.models import Appointment

    monkeypatch.setattr(Appointment._meta.get_field("organisation"), "related_model", Organisation)
    monkeypatch.setitem(code.ORDER, "organisations", 99)
    assert "people.Appointment.organisation -> organisations.Organisation" in keys_upward([Appointment])
